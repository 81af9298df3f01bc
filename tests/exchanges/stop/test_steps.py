"""A STOP: read back word for word, added to, passed on, withdrawn."""

from __future__ import annotations

import itertools

import msgspec
import pytest

from openline.exchanges.stop import fold, same_words
from openline.feeds.record import Kept
from openline.terms import TrafficClass
from openline.wire.kinds import Kind
from tests.exchanges.warnings import about, added, read_back, stop_folded, stop_passed, stopped, withdrawn
from tests.feeds.histories import ALPHA, BRAVO, kept

STOP = stopped(what="Aid convoy", where="coast road, km 12")


def why(*entries: Kept) -> list[str]:
    return [each.why for each in stop_folded(*entries).ignored]


def test_it_must_be_read_back_word_for_word() -> None:
    good = read_back(1, STOP, STOP, "aid CONVOY", "Coast road km 12")
    assert stop_folded(STOP, good).state.reads(BRAVO) is not None
    for wrong in (("aid convoy", ""), ("aid convoy", "coast road, km 21"), ("", "coast road, km 12")):
        assert why(STOP, read_back(1, STOP, STOP, *wrong)) == ["it does not repeat what and where the STOP says"]
    bare = stopped()
    assert stop_folded(bare, read_back(1, bare, bare)).state.reads(BRAVO) is not None


def test_what_is_added_must_be_read_back_again() -> None:
    first, more = (
        read_back(1, STOP, STOP, "aid convoy", "coast road, km 12"),
        added(2, STOP, by="artillery", where="km 13"),
    )
    both = (STOP, first, more)
    for order in itertools.permutations(both):
        assert stop_folded(*order).state.reads(BRAVO) is None
    again = read_back(2, STOP, more, "aid convoy", "km 13", knew={ALPHA: 2})
    state = stop_folded(*both, again).state
    assert state.reads(BRAVO) is not None
    hit = state.hit()
    assert hit is not None
    assert (hit.what, hit.where, hit.by) == ("Aid convoy", "km 13", "artillery")
    assert len(state.areas()) == 1


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (stopped(number=2, exchange=STOP.entry.id), "no place"),
        (stop_passed(1, STOP, traffic=TrafficClass.TEST), "traffic class"),
        (stop_passed(1, STOP, refers=()), "does not refer"),
        (stop_passed(1, STOP, act=None), "no officer"),
        (read_back(2, STOP, STOP, author=ALPHA), "answers its own"),
        (read_back(1, STOP, stopped(number=9)), "names no version"),
        (about(BRAVO, 1, Kind.STOP_WITHDRAWN, STOP), "only its author"),
    ],
)
def test_what_has_no_place(entry: Kept, reason: str) -> None:
    (ignored,) = why(STOP, entry)
    assert reason in ignored


def test_withdrawn_is_an_entry_and_undoes_nothing() -> None:
    end = withdrawn(2, STOP)
    state = stop_folded(STOP, end, stop_passed(1, STOP)).state
    assert state.withdrawn is not None
    assert state.passes(BRAVO) is not None
    assert "another STOP" in why(STOP, end, added(3, STOP, by="x"))[0]


def test_withheld_words_are_no_bar() -> None:
    entry = msgspec.structs.replace(STOP.entry, items=(STOP.entry.items[0], None, None))
    hidden = msgspec.structs.replace(STOP, entry=entry)
    assert why(hidden, read_back(1, STOP, STOP, "x", "y")) == []
    assert fold([kept(ALPHA, 1, Kind.STOP, b"\x00")]) is None


def test_words_are_compared_as_people_read_them() -> None:
    assert same_words("Km 12, coast road!", "km 12 COAST  road")
    assert same_words("Больница № 3", "больница No 3")
    assert same_words("مستشفى", "مستشفى")
    assert not same_words("km 12", "km 1 2")
