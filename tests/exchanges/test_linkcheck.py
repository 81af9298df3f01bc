"""Link checks: who may answer, in every order; who is told."""

from __future__ import annotations

import itertools

import pytest

from openline.exchanges.linkcheck import due, fold, overdue, told
from openline.feeds.record import Kept
from openline.terms import EntryId, Instant, PostId, TrafficClass
from openline.wire.kinds import Kind
from openline.wire.linkcheck import CHECK, MISSED, Check, Missed
from tests.feeds.histories import ACT, ALPHA, BRAVO, CHARLIE, kept

NAMES = {ALPHA: "Alpha", BRAVO: "Bravo", CHARLIE: "Charlie"}


def check(*, human: bool = False) -> Kept:
    body = Check(slot=Instant(5), answer_by=Instant(9), asked=(BRAVO, CHARLIE), text="Swans.", human=human)
    return kept(ALPHA, 1, Kind.CHECK, CHECK.item(body))


def answer(to: Kept, by: PostId = BRAVO, number: int = 1, **fields: object) -> Kept:
    given = {"exchange": to.entry.id, "refers": (to.entry.id,), "knew": {ALPHA: 1}, **fields}
    return kept(by, number, Kind.CHECK_ANSWER, **given)  # type: ignore[arg-type]


MISS = kept(
    BRAVO, 1, Kind.CHECK_MISSED, MISSED.item(Missed(member=ALPHA, slot=Instant(5), number=0, last=EntryId(bytes(32))))
)


def test_answers_are_kept_in_any_order() -> None:
    asked = check()
    for entries in itertools.permutations((asked, answer(asked), answer(asked, CHARLIE))):
        folded = fold(entries)
        assert folded is not None
        assert {each.by for each in folded.state.answers} == {BRAVO, CHARLIE}
        assert folded.state.silent == ()


@pytest.mark.parametrize(
    ("human", "fields", "why"),
    [
        (True, {}, "no officer signed it"),
        (False, {"by": PostId(bytes(32))}, "not asked"),
        (False, {"refers": ()}, "not asked"),
        (False, {"traffic": TrafficClass.DRILL}, "traffic class"),
    ],
)
def test_what_counts_for_nothing(human: bool, fields: dict[str, object], why: str) -> None:
    asked = check(human=human)
    folded = fold([asked, answer(asked, **fields)])  # type: ignore[arg-type]
    assert folded is not None
    assert why in folded.ignored[0].why
    assert folded.state.silent == (BRAVO, CHARLIE)


def test_an_answer_counts_once_and_nothing_else_has_a_place() -> None:
    asked = check(human=True)
    folded = fold([asked, answer(asked, act=ACT), answer(asked, number=2, act=ACT)])
    assert folded is not None
    assert [each.officer for each in folded.state.answers] == [1]
    assert "already" in folded.ignored[0].why
    other = fold([MISS, kept(ALPHA, 1, Kind.CHECK_ANSWER, exchange=MISS.entry.id, refers=(MISS.entry.id,))])
    assert other is not None
    assert "no place" in other.ignored[0].why


def codes(me: PostId, opening: Kept) -> list[str]:
    folded = fold([opening])
    assert folded is not None
    return [each.code for each in told(None, folded, me, NAMES.__getitem__)]


def test_who_is_told() -> None:
    assert codes(BRAVO, check(human=True)) == ["check-waits"]
    assert codes(ALPHA, check(human=True)) == codes(BRAVO, check()) == []
    assert codes(ALPHA, MISS) == ["check-missed"]
    assert codes(CHARLIE, MISS) == codes(BRAVO, MISS) == []


def test_those_who_should_answer_are_told_when_it_is_late() -> None:
    asked = check(human=True)
    folded, machine = fold([asked]), fold([check()])
    assert folded is not None
    assert machine is not None
    assert (due(folded.state, BRAVO, Instant(0)), due(folded.state, BRAVO, Instant(9))) == (9, None)
    assert due(folded.state, ALPHA, Instant(0)) is None
    assert due(machine.state, BRAVO, Instant(0)) is None
    assert [each.code for each in overdue(folded.state, BRAVO, Instant(9), NAMES.__getitem__)] == ["check-unanswered"]
