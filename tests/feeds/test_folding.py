"""Folding: canonical order, one step each, and what has no place is listed."""

from __future__ import annotations

import itertools
import random

import pytest

from openline.errors import NoPlace, PeerError
from openline.feeds.folding import TOO_MANY, Ignored, alike, check_mark, fold, fold_alike
from openline.feeds.record import Kept
from openline.terms import EntryId, TrafficClass
from openline.wire.bodies import whom_item
from openline.wire.kinds import Kind
from tests.feeds.histories import ALPHA, BRAVO, CHARLIE, mark, message

FIRST = message(ALPHA, 1)
SECOND = message(ALPHA, 2, exchange=FIRST.entry.id)
OTHER = message(BRAVO, 1, exchange=FIRST.entry.id, knew={ALPHA: 2})


def begin(kept: Kept) -> tuple[EntryId, ...]:
    return (kept.entry.id,)


def step(state: tuple[EntryId, ...], kept: Kept) -> tuple[EntryId, ...]:
    if kept.entry.header.author == BRAVO:
        raise NoPlace("Bravo has no say here")
    return (*state, kept.entry.id)


def never(kept: Kept) -> tuple[EntryId, ...]:
    raise NoPlace("not an opening")


def test_every_order_of_arrival_folds_alike() -> None:
    for entries in itertools.permutations((FIRST, SECOND, OTHER)):
        folded = fold(entries, begin, step)
        assert folded is not None
        assert folded.state == (FIRST.entry.id, SECOND.entry.id)
        assert folded.head == FIRST.entry.id
        assert folded.ignored == (Ignored(OTHER.entry.id, "Bravo has no say here"),)
        assert [kept.entry.id for kept in folded.entries] == [FIRST.entry.id, SECOND.entry.id, OTHER.entry.id]
        assert folded.why_not(OTHER.entry.id) == "Bravo has no say here"
        assert folded.why_not(SECOND.entry.id) is None


def test_of_one_author_no_more_than_so_many_entries_count_in_an_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first of its feed, whatever the order of arrival; those of others, and in others, are counted apart."""
    monkeypatch.setattr("openline.feeds.folding.EXCHANGE_ENTRIES_MAX", 3)
    flood = [message(ALPHA, at, exchange=FIRST.entry.id) for at in range(2, 7)]
    asked = message(BRAVO, 1)
    also = [asked, message(ALPHA, 9, exchange=asked.entry.id), message(CHARLIE, 1, exchange=FIRST.entry.id)]
    for seed in range(20):
        entries = [FIRST, *flood, *also]
        random.Random(seed).shuffle(entries)
        folded = fold(entries, begin, lambda state, kept: (*state, kept.entry.id), head=FIRST.entry.id)
        assert folded is not None
        assert set(folded.state) == {each.entry.id for each in (FIRST, *flood[:3], *also)}
        assert folded.ignored == tuple(Ignored(each.entry.id, TOO_MANY) for each in flood[3:])


def test_without_an_opening_that_can_be_read_there_is_nothing() -> None:
    assert fold([SECOND], begin, step) is None
    assert fold([FIRST], never, step) is None
    assert fold([FIRST], begin, step, head=SECOND.entry.id) is None


def test_another_opening_may_be_the_head() -> None:
    later = message(BRAVO, 1, knew={ALPHA: 1})
    folded = fold([FIRST, later], begin, lambda state, kept: (*state, kept.entry.id), head=later.entry.id)
    assert folded is not None
    assert folded.state == (later.entry.id, FIRST.entry.id)


def test_openings_of_one_key_are_one_exchange_under_the_smallest_id() -> None:
    one, two, three = message(ALPHA, 1), message(ALPHA, 2), message(BRAVO, 1)

    def author(kept: Kept) -> bytes:
        if kept is three:
            raise NoPlace("cannot be read")
        return kept.entry.header.author

    every = [three, two, one]
    ids = tuple(sorted((one.entry.id, two.entry.id)))
    assert alike(every, one.entry.id, author) == alike(every, two.entry.id, author) == ids
    assert alike(every, three.entry.id, author) == (three.entry.id,)
    for entries in itertools.permutations((one, two)):
        folded = fold_alike(entries, begin, step)
        assert folded is not None
        assert folded.head == ids[0]
        assert set(folded.state) == set(ids)
    assert fold_alike([SECOND], begin, step) is None


def test_a_mark_is_another_posts_officers_word_on_the_opening() -> None:
    check_mark(mark(BRAVO, 1, Kind.SEEN, FIRST), FIRST.entry)
    check_mark(mark(BRAVO, 1, Kind.PASSED_ON, FIRST, whom_item("the minister")), FIRST.entry)
    for bad in (
        mark(ALPHA, 3, Kind.SEEN, FIRST),
        mark(BRAVO, 1, Kind.SEEN, FIRST, act=None),
        mark(BRAVO, 1, Kind.SEEN, FIRST, refers=(SECOND.entry.id,)),
        mark(BRAVO, 1, Kind.SEEN, FIRST, traffic=TrafficClass.TEST),
        mark(BRAVO, 1, Kind.PASSED_ON, FIRST),
    ):
        with pytest.raises(PeerError):
            check_mark(bad, FIRST.entry)
