"""Translations: who may attach and withdraw one, which stand beside an entry whatever came first, and who is told."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.exchanges.translation import Beside, State, beside, fold, made_by, told
from openline.feeds.folding import Folded
from openline.feeds.record import Kept
from openline.terms import EntryId, PostId, TrafficClass
from openline.wire.contact import WORDS, Words
from openline.wire.kinds import Kind
from openline.wire.translation import TRANSLATION, Maker, Translation
from tests.feeds.histories import ACT, ALPHA, BRAVO, CHARLIE, kept, message

ASKED = message(ALPHA, 1)
NAMES = {ALPHA: "Alpha", BRAVO: "Bravo", CHARLIE: "Charlie"}


def made(
    by: PostId, number: int, *to: Kept, maker: Maker = Maker.PERSON, who: str = "Lt. Orlova", **fields: Any
) -> Kept:
    items = TRANSLATION.item(Translation((0, 1), "ru", maker)), WORDS.item(Words("Это ваши самолёты?", who))
    refers = tuple(each.entry.id for each in to)
    return kept(by, number, Kind.TRANSLATION, *items, **{"act": ACT, "refers": refers, "knew": {ALPHA: 1}, **fields})


def gone(by: PostId, number: int, of: Kept, why: str = "", **fields: Any) -> Kept:
    place = {"act": ACT, "exchange": of.entry.id, "refers": (of.entry.id,), **fields}
    return kept(by, number, Kind.TRANSLATION_WITHDRAWN, WORDS.item(Words(why)), knew={ALPHA: 1, BRAVO: 1}, **place)


FIRST = made(BRAVO, 1, ASKED)
BETTER = made(BRAVO, 2, ASKED, FIRST)
OTHER = made(ALPHA, 2, ASKED, FIRST, maker=Maker.MACHINE, who="a program", knew={BRAVO: 1})
TAKEN_BACK = gone(ALPHA, 3, OTHER)


def folded(*entries: Kept) -> Folded[State]:
    found = fold(entries)
    assert found is not None
    return found


def standing(*entries: Kept) -> tuple[Beside, ...]:
    """What stands beside the message, from the entries of all its translations."""
    openings = [each.entry.id for each in entries if each.entry.header.exchange is None]
    folds = [fold(each for each in entries if one in (each.entry.id, each.entry.header.exchange)) for one in openings]
    return beside(ASKED.entry, [each.state for each in folds if each is not None])


@given(st.permutations([FIRST, BETTER, OTHER, TAKEN_BACK]))
def test_the_order_of_arrival_decides_nothing(arrived: list[Kept]) -> None:
    found = standing(*arrived)
    assert found == standing(FIRST, BETTER, OTHER, TAKEN_BACK)
    assert [(each.state.id, each.stands) for each in found if each.stands] == [(BETTER.entry.id, True)]


def test_a_better_one_replaces_ones_own_and_disputes_anothers() -> None:
    first, *_ = standing(FIRST, BETTER, OTHER)
    assert (first.replaced, first.disputed, first.stands) == ((BETTER.entry.id,), (OTHER.entry.id,), False)
    first, other = standing(FIRST, OTHER)
    assert (first.disputed, first.stands, other.stands) == ((OTHER.entry.id,), True, True)
    first, _ = standing(FIRST, OTHER, TAKEN_BACK)
    assert (first.disputed, first.stands) == ((), True)


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (gone(ALPHA, 2, FIRST), "only who attached a translation withdraws it; another attaches a better one"),
        (gone(BRAVO, 2, FIRST, act=None), "no officer signed it"),
        (gone(BRAVO, 2, FIRST, traffic=TrafficClass.DRILL), "its traffic class is not that of the translation"),
        (gone(BRAVO, 2, FIRST, refers=()), "it does not refer to the translation"),
        (kept(ALPHA, 2, Kind.TAKEN, act=ACT, exchange=FIRST.entry.id), "its kind has no place in a translation"),
    ],
)
def test_what_has_no_place_is_listed_with_the_reason(entry: Kept, why: str) -> None:
    found = folded(FIRST, entry)
    assert [each.why for each in found.ignored] == [why]
    assert found.state.withdrawn is None


def test_it_is_withdrawn_once() -> None:
    once, twice = gone(BRAVO, 2, FIRST, "Wrong tense."), gone(BRAVO, 3, FIRST, "Again.")
    found = folded(FIRST, twice, once)
    assert found.state.withdrawn == once
    assert [each.entry for each in found.ignored] == [twice.entry.id]


def test_what_is_none_of_this_entry_does_not_stand_beside_it() -> None:
    (only,) = standing(FIRST)
    assert only.state.id == FIRST.entry.id
    assert standing(made(BRAVO, 1, message(ALPHA, 2))) == ()
    assert standing(made(BRAVO, 1, ASKED, traffic=TrafficClass.DRILL)) == ()
    assert standing(made(BRAVO, 1, ASKED, act=None)) == ()
    assert standing(kept(BRAVO, 1, Kind.TRANSLATION, b"\xff", b"", act=ACT, refers=(ASKED.entry.id,))) == ()
    assert beside(FIRST.entry, [folded(made(ALPHA, 2, FIRST)).state]) == ()


def test_who_is_told_of_it_and_of_who_made_it() -> None:
    one, back = folded(OTHER), folded(OTHER, gone(ALPHA, 3, OTHER, "Wrong tense."))
    assert told(None, one, ALPHA, NAMES.__getitem__) == ()
    for me in (BRAVO, CHARLIE):
        (said,) = told(None, one, me, NAMES.__getitem__)
        assert (said.code, said.about) == ("translated", OTHER.entry.id)
        assert said.text.startswith("Alpha attached a translation (ru), made by the machine “a program”.")
        (said,) = told(one, back, me, NAMES.__getitem__)
        assert (said.code, said.text) == ("translation-withdrawn", "Alpha withdrew a translation (ru). Wrong tense.")
    assert told(back, back, BRAVO, NAMES.__getitem__) == ()
    assert told(None, back, BRAVO, NAMES.__getitem__) == ()


def test_a_withheld_name_still_says_person_or_machine() -> None:
    state = folded(OTHER).state
    assert made_by(folded(FIRST).state) == "Lt. Orlova"
    closed = State(state.opening, state.translation, None, EntryId(bytes(32)))
    assert made_by(closed) == "a machine"
