"""Did you call us: every state meets every entry, nobody answers for another, and who is told what, when."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from openline.exchanges.hoax import TIMES, WAITS_MS, State, due, fold, overdue, told
from openline.feeds.folding import Folded
from openline.feeds.record import Kept
from openline.terms import EntryId, Instant, PostId, Precedence, TrafficClass
from openline.wire.hoax import ANSWER, CLAIM, Answer, Claim, Verdict
from openline.wire.kinds import Kind
from tests.feeds.histories import ACT, ALPHA, BRAVO, CHARLIE, kept

FLASH = Precedence.FLASH
CALL = Claim(at=Instant(5), channel="telephone", post=BRAVO, name="the minister", shown="+1 555 0100")
ASKED = kept(ALPHA, 1, Kind.HOAX_QUESTION, CLAIM.item(CALL), act=ACT, precedence=FLASH, at=1_000)
REPORTED = kept(ALPHA, 1, Kind.HOAX_REPORT, CLAIM.item(CALL), act=ACT, precedence=FLASH)
NAMES = {ALPHA: "Alpha", BRAVO: "Bravo", CHARLIE: "Charlie"}


def answer(verdict: Verdict, by: PostId = BRAVO, number: int = 1, to: Kept = ASKED, **fields: object) -> Kept:
    given = {"act": ACT, "exchange": to.entry.id, "refers": (to.entry.id,), "precedence": FLASH, **fields}
    item = ANSWER.item(Answer(verdict=verdict))
    return kept(by, number, Kind.HOAX_ANSWER, item, knew={ALPHA: 1}, **given)  # type: ignore[arg-type]


def folded(*entries: Kept) -> Folded[State]:
    state = fold(entries)
    assert state is not None
    return state


NO, LATER_YES = answer(Verdict.NO), answer(Verdict.YES, number=2)


def test_the_newest_answer_stands_and_all_are_kept() -> None:
    for order in itertools.permutations((ASKED, NO, LATER_YES)):
        state = folded(*order).state
        assert [each.answer.verdict for each in state.answers] == [Verdict.NO, Verdict.YES]
        assert state.standing is not None
        assert state.standing.answer.verdict == Verdict.YES
    assert folded(ASKED).state.standing is None


@pytest.mark.parametrize("before", [(ASKED,), (ASKED, NO), (ASKED, NO, LATER_YES), (REPORTED,)])
@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"by": CHARLIE, "number": 9}, "only the post that was asked answers"),
        ({"by": ALPHA, "number": 9}, "only the post that was asked answers"),
        ({"number": 9, "act": None}, "no officer signed it"),
        ({"number": 9, "traffic": TrafficClass.DRILL}, "its traffic class is not that of the question"),
        ({"number": 9, "refers": ()}, "it does not refer to the question"),
        ({"number": 9, "refers": (EntryId(bytes(32)),)}, "it does not refer to the question"),
    ],
)
def test_every_state_refuses_what_has_no_place(before: tuple[Kept, ...], changes: dict[str, object], why: str) -> None:
    head = before[0]
    entry = answer(Verdict.YES, to=head, **changes)  # type: ignore[arg-type]
    state = folded(*before, entry)
    expected = why if head is ASKED else "its kind has no place here"
    assert [(each.entry, each.why) for each in state.ignored] == [(entry.entry.id, expected)]
    assert state.state.answers == folded(*before).state.answers


def test_other_kinds_and_unread_answers_count_for_nothing() -> None:
    place: dict[str, Any] = {"act": ACT, "exchange": ASKED.entry.id, "refers": (ASKED.entry.id,)}
    for entry in (kept(BRAVO, 1, Kind.TAKEN, **place), kept(BRAVO, 1, Kind.HOAX_ANSWER, b"\xff", **place)):
        assert folded(ASKED, entry).state.answers == ()


def test_without_an_officer_or_a_body_there_is_no_exchange() -> None:
    assert fold([]) is None
    assert fold([NO]) is None
    assert fold([kept(ALPHA, 1, Kind.HOAX_QUESTION, CLAIM.item(CALL))]) is None
    assert fold([kept(ALPHA, 1, Kind.HOAX_QUESTION, b"\xff", act=ACT)]) is None


def texts(before: Folded[State] | None, after: Folded[State], me: PostId) -> list[tuple[str, str]]:
    return [(each.code, each.text) for each in told(before, after, me, NAMES.__getitem__)]


def test_who_is_told_what() -> None:
    asked, no, yes = folded(ASKED), folded(ASKED, NO), folded(ASKED, NO, LATER_YES)
    words = "the minister, by telephone, showing +1 555 0100"
    assert texts(None, asked, BRAVO) == [
        ("did-you-call", f"Alpha asks whether this post called: {words}. Answer yes or no.")
    ]
    assert texts(None, asked, ALPHA) == texts(None, asked, CHARLIE) == texts(asked, no, BRAVO) == []
    assert texts(asked, no, ALPHA) == [("did-you-answered", f"Bravo answers: NO, the call was not theirs ({words}).")]
    assert "YES" in texts(no, yes, ALPHA)[0][1]
    assert texts(yes, yes, ALPHA) == []
    report = folded(REPORTED)
    assert texts(None, report, ALPHA) == []
    for me in (BRAVO, CHARLIE):
        assert texts(None, report, me) == [
            ("hoax-reported", f"Alpha reports a hoax call in which somebody spoke for Bravo: {words}.")
        ]


@pytest.mark.parametrize("precedence", list(Precedence))
def test_a_question_that_waits_is_told_at_both_ends_to_a_bound(precedence: Precedence) -> None:
    question = kept(ALPHA, 1, Kind.HOAX_QUESTION, CLAIM.item(CALL), act=ACT, precedence=precedence, at=1_000)
    state, every = folded(question).state, WAITS_MS[precedence]
    for me in (ALPHA, BRAVO):
        after, times = Instant(0), []
        while (at := due(state, me, after)) is not None:
            times.append(at)
            after = at
        urgent_here = me == BRAVO and precedence >= Precedence.IMMEDIATE
        assert times == ([] if urgent_here else [1_000 + every * count for count in range(1, TIMES + 1)])
    assert due(state, CHARLIE, Instant(0)) is None
    assert due(folded(question, answer(Verdict.NO, to=question)).state, ALPHA, Instant(0)) is None
    assert due(folded(REPORTED).state, BRAVO, Instant(0)) is None


def test_what_is_said_of_one_that_waits() -> None:
    state = folded(ASKED).state
    (here,) = overdue(state, BRAVO, Instant(121_000), NAMES.__getitem__)
    (there,) = overdue(state, ALPHA, Instant(121_000), NAMES.__getitem__)
    assert here.text.startswith("Nobody here has answered Alpha for 2 minutes: the minister")
    assert there.text.startswith("Nobody at Bravo has answered us for 2 minutes: the minister")
    assert (here.code, here.precedence, here.about) == ("did-you-waits", FLASH, ASKED.entry.id)
    assert overdue(folded(ASKED, NO).state, ALPHA, Instant(121_000), NAMES.__getitem__) == ()
