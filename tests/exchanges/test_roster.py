"""Rosters: the newest of each post counts, whatever order they arrived in."""

from __future__ import annotations

import itertools

from openline.exchanges.roster import fold, newest, told
from openline.feeds.record import Kept
from openline.terms import Instant, PostId
from openline.wire.kinds import Kind
from openline.wire.roster import FALLBACKS, OFFICES, Fallbacks, Holder, Office, Offices
from tests.feeds.histories import ALPHA, BRAVO, kept


def roster(author: PostId, number: int, holder: str) -> Kept:
    offices = Offices((Office(name="Chief", holders=(Holder(holder),)),))
    return kept(author, number, Kind.ROSTER, OFFICES.item(offices), FALLBACKS.item(Fallbacks()))


BROKEN = kept(BRAVO, 9, Kind.ROSTER, b"\x00", b"\x00")


def test_the_newest_of_each_post_counts() -> None:
    held = (roster(ALPHA, 1, "Old"), roster(ALPHA, 5, "New"), roster(BRAVO, 2, "Other"), BROKEN)
    for entries in itertools.permutations(held):
        found = newest(entries)
        assert {post: state.holder("chief", Instant(3)) for post, state in found.items()} == {
            ALPHA: "New",
            BRAVO: "Other",
        }
    assert newest(held)[ALPHA].holder("Minister", Instant(3)) == ""


def test_nothing_else_has_a_place_in_it() -> None:
    first = roster(ALPHA, 1, "Old")
    folded = fold([first, kept(ALPHA, 2, Kind.ROSTER, *first.entry.items, exchange=first.entry.id)])  # type: ignore[arg-type]
    assert folded is not None
    assert len(folded.ignored) == 1
    assert fold([BROKEN]) is None


def test_the_others_are_told() -> None:
    folded = fold([roster(ALPHA, 1, "Old")])
    assert folded is not None
    name = {ALPHA: "Alpha"}.__getitem__
    assert [each.code for each in told(None, folded, BRAVO, name)] == ["roster-published"]
    assert told(None, folded, ALPHA, name) == told(folded, folded, BRAVO, name) == ()
