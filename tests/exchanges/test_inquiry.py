"""Inquiries: every state meets every event, one writer closes, late answers are late, no order of arrival counts."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadField
from openline.exchanges.inquiry import WARN_MS, State, begin, due, fold, overdue, told
from openline.feeds.folding import Folded
from openline.feeds.record import Kept
from openline.terms import EntryId, Instant, PostId, TrafficClass
from openline.wire.inquiry import Verdict
from openline.wire.kinds import Kind
from tests.exchanges.asking import CLOCK, inquiry, judged, reply
from tests.exchanges.talks import name_of
from tests.feeds.histories import ALPHA, BRAVO, CHARLIE, mark, message

ASKED = inquiry()
SAID = reply(BRAVO, 1, ASKED)
POOR = judged(ALPHA, 2, ASKED, Verdict.UNSATISFACTORY, SAID, reply_by=CLOCK + 1_000)
AGAIN = reply(BRAVO, 2, ASKED, "A drill until Friday.", knew={ALPHA: 2})


def folded(*entries: Kept) -> Folded[State]:
    state = fold(entries)
    assert state is not None
    return state


STATES: dict[str, tuple[Kept, ...]] = {
    "asked": (ASKED,),
    "answered": (ASKED, SAID),
    "answered elsewhere": (ASKED, reply(BRAVO, 1, ASKED, "", channel="our ambassador")),
    "unsatisfactory": (ASKED, SAID, POOR),
    "answered again": (ASKED, SAID, POOR, AGAIN),
    "satisfied": (ASKED, SAID, judged(ALPHA, 2, ASKED, Verdict.SATISFIED, SAID)),
    "not answered": (ASKED, judged(ALPHA, 2, ASKED, Verdict.NOT_ANSWERED, at=CLOCK)),
    "withdrawn": (ASKED, judged(ALPHA, 2, ASKED, Verdict.WITHDRAWN)),
}
CLOSED = ("satisfied", "not answered", "withdrawn")
LATER = CLOCK + 1_000


def an_answer(entries: tuple[Kept, ...]) -> Kept:
    """The newest answer; where there is none, the inquiry itself, which is none."""
    return next((each for each in reversed(entries) if each.entry.header.kind == Kind.INQUIRY_ANSWER), entries[0])


EVENTS: dict[str, tuple[Callable[[tuple[Kept, ...]], Kept], Callable[[str], bool], str]] = {
    "answer": (
        lambda held: reply(BRAVO, 9, held[0], knew={ALPHA: 8}),
        lambda state: state not in CLOSED,
        "answered",
    ),
    "answer that crosses": (lambda held: reply(BRAVO, 9, held[0], knew={ALPHA: 1}), lambda state: True, ""),
    "satisfied": (
        lambda held: judged(ALPHA, 9, held[0], Verdict.SATISFIED, an_answer(held)),
        lambda state: state not in (*CLOSED, "asked"),
        "satisfied",
    ),
    "unsatisfactory": (
        lambda held: judged(ALPHA, 9, held[0], Verdict.UNSATISFACTORY, an_answer(held)),
        lambda state: state not in (*CLOSED, "asked"),
        "unsatisfactory",
    ),
    "unsatisfactory without an answer": (
        lambda held: judged(ALPHA, 9, held[0], Verdict.UNSATISFACTORY),
        lambda state: False,
        "",
    ),
    "not answered": (
        lambda held: judged(ALPHA, 9, held[0], Verdict.NOT_ANSWERED, at=LATER, knew={BRAVO: 8}),
        lambda state: state in ("asked", "unsatisfactory"),
        "not answered",
    ),
    "not answered too early": (
        lambda held: judged(ALPHA, 9, held[0], Verdict.NOT_ANSWERED, at=CLOCK - 1, knew={BRAVO: 8}),
        lambda state: False,
        "",
    ),
    "not answered, of an answer": (
        lambda held: judged(ALPHA, 9, held[0], Verdict.NOT_ANSWERED, an_answer(held), at=LATER),
        lambda state: False,
        "",
    ),
    "withdrawn": (
        lambda held: judged(ALPHA, 9, held[0], Verdict.WITHDRAWN),
        lambda state: state not in CLOSED,
        "withdrawn",
    ),
}


@pytest.mark.parametrize("name", STATES)
def test_each_state_is_said(name: str) -> None:
    state = folded(*STATES[name]).state
    assert state.status == ("answered" if name == "answered again" else name)
    assert state.open == (name not in CLOSED)
    assert state.waits == (name in ("asked", "unsatisfactory"))


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("name", STATES)
def test_every_state_meets_every_event(name: str, event: str) -> None:
    make, taken, becomes = EVENTS[event]
    held = STATES[name]
    entry = make(held)
    after = folded(*held, entry)
    assert (after.why_not(entry.entry.id) is None) == taken(name)
    if not taken(name):
        assert after.state == folded(*held).state
    elif becomes:
        assert after.state.status == becomes


@pytest.mark.parametrize("name", STATES)
def test_what_counts_for_nothing(name: str) -> None:
    held = STATES[name]
    for entry in (
        reply(ALPHA, 9, ASKED),
        reply(CHARLIE, 1, ASKED),
        judged(BRAVO, 9, ASKED, Verdict.WITHDRAWN),
        judged(CHARLIE, 1, ASKED, Verdict.NOT_ANSWERED, at=LATER),
        reply(BRAVO, 9, ASKED, act=None),
        reply(BRAVO, 9, ASKED, refers=()),
        reply(BRAVO, 9, ASKED, traffic=TrafficClass.TEST),
        message(BRAVO, 9, exchange=ASKED.entry.id, refers=(ASKED.entry.id,)),
        mark(ALPHA, 9, Kind.SEEN, ASKED),
    ):
        after = folded(*held, entry)
        assert after.why_not(entry.entry.id), entry.entry.header.kind
        assert after.state == folded(*held).state


def test_an_answer_that_crossed_the_closing_word_is_late() -> None:
    closed = judged(ALPHA, 2, ASKED, Verdict.NOT_ANSWERED, at=CLOCK, knew={BRAVO: 0})
    for answer in (SAID, reply(BRAVO, 1, ASKED, at=CLOCK + 5)):
        after = folded(ASKED, closed, answer)
        assert [(each.late, each.overdue) for each in after.state.answers] == [(True, answer is not SAID)]
        assert after.state.status == "not answered"
    knowing = reply(BRAVO, 1, ASKED, knew={ALPHA: 2})
    assert folded(ASKED, closed, knowing).why_not(knowing.entry.id) == "its author knew that the inquiry was closed"


def test_a_satisfied_asker_may_not_have_had_the_newest_answer() -> None:
    closed = judged(ALPHA, 2, ASKED, Verdict.SATISFIED, SAID, knew={BRAVO: 1})
    after = folded(ASKED, SAID, reply(BRAVO, 2, ASKED, "More."), closed)
    assert [each.late for each in after.state.answers] == [False, True]
    assert after.state.status == "satisfied"


def test_a_new_clock_is_never_shorter() -> None:
    assert folded(ASKED, SAID, POOR).state.clock == CLOCK + 1_000
    shorter = judged(ALPHA, 2, ASKED, Verdict.UNSATISFACTORY, SAID, reply_by=5)
    assert folded(ASKED, SAID, shorter).state.clock == CLOCK
    early = judged(ALPHA, 3, ASKED, Verdict.NOT_ANSWERED, at=CLOCK, knew={BRAVO: 1})
    assert folded(ASKED, SAID, POOR, early).why_not(early.entry.id)


def test_what_opens_no_inquiry() -> None:
    for bad in (inquiry(act=None), inquiry(refers=(EntryId(bytes(32)), EntryId(bytes([1]) * 32)))):
        with pytest.raises(BadField):
            begin(bad)
        assert fold([bad]) is None
    assert begin(inquiry(refers=(EntryId(bytes([1]) * 32),))).about == bytes([1]) * 32


def codes(before: Folded[State] | None, after: Folded[State], me: PostId) -> list[str]:
    return [each.code for each in told(before, after, me, name_of)]


def test_what_is_told() -> None:
    one = folded(ASKED)
    (news,) = told(None, one, BRAVO, name_of)
    assert (news.code, news.text) == (
        "inquiry-asked",
        "Alpha asks about an activity: Movement of forces, near the border",
    )
    assert codes(None, one, ALPHA) == codes(None, one, CHARLIE) == []
    answered = folded(ASKED, SAID)
    assert codes(one, answered, ALPHA) == ["inquiry-answered"]
    assert codes(one, answered, BRAVO) == []
    (poor,) = told(answered, folded(ASKED, SAID, POOR), BRAVO, name_of)
    assert poor.text == "Alpha finds the answer unsatisfactory. It says too little."
    (closed,) = told(one, folded(*STATES["not answered"]), BRAVO, name_of)
    assert (closed.code, closed.text) == ("inquiry-closed", "Alpha closed its inquiry: not answered.")
    crossed = folded(*STATES["not answered"], reply(BRAVO, 1, ASKED))
    assert codes(folded(*STATES["not answered"]), crossed, ALPHA) == ["inquiry-late"]
    assert codes(folded(ASKED, SAID), crossed, BRAVO) == ["inquiry-closed", "inquiry-late"]
    assert codes(crossed, crossed, BRAVO) == []
    overrun = folded(ASKED, reply(BRAVO, 1, ASKED, at=CLOCK + 1))
    assert told(one, overrun, ALPHA, name_of)[0].text.startswith("Bravo answered the inquiry, after the clock")


def test_both_ends_are_reminded_of_the_clock() -> None:
    state = folded(ASKED).state
    warned = Instant(CLOCK - CLOCK // 4)
    for post in (ALPHA, BRAVO):
        assert [due(state, post, Instant(at)) for at in (0, warned, CLOCK)] == [warned, CLOCK, None]
    assert due(state, CHARLIE, Instant(0)) is None
    assert due(folded(inquiry(reply_by=9 * WARN_MS)).state, BRAVO, Instant(0)) == 8 * WARN_MS
    for name in CLOSED:
        assert due(folded(*STATES[name]).state, ALPHA, Instant(0)) is None
    answered = folded(ASKED, SAID).state
    assert (due(answered, ALPHA, Instant(0)), due(answered, BRAVO, Instant(0))) == (CLOCK, None)
    texts = [overdue(state, post, Instant(at), name_of)[0].text for post in (ALPHA, BRAVO) for at in (warned, CLOCK)]
    assert all(each.endswith("Announced next: We ask for a meeting.") for each in texts)
    assert ["is over" in each for each in texts] == [False, True, False, True]
    (unjudged,) = overdue(answered, ALPHA, Instant(CLOCK), name_of)
    assert "is not judged" in unjudged.text
    again = overdue(folded(*STATES["unsatisfactory"]).state, ALPHA, Instant(LATER), name_of)
    assert "has not answered again." in again[0].text


STEPS = ("answer", "poor", "satisfied", "not answered", "withdrawn", "seen")


def history(steps: list[tuple[str, int]]) -> list[Kept]:
    """What asker and asked wrote, each knowing some of the other."""
    entries, numbers, answers = [ASKED], {ALPHA: 1, BRAVO: 0}, [ASKED]
    verdicts = {"poor": Verdict.UNSATISFACTORY, "satisfied": Verdict.SATISFIED}
    for what, knew in steps:
        author, other = (BRAVO, ALPHA) if what in ("answer", "seen") else (ALPHA, BRAVO)
        numbers[author] += 1
        more: dict[str, Any] = {"knew": {other: min(knew, numbers[other])}, "at": numbers[author] * CLOCK}
        match what:
            case "answer":
                answers.append(reply(BRAVO, numbers[BRAVO], ASKED, **more))
                entries.append(answers[-1])
            case "seen":
                entries.append(mark(BRAVO, numbers[BRAVO], Kind.SEEN, ASKED, **more))
            case "poor" | "satisfied":
                entries.append(judged(ALPHA, numbers[ALPHA], ASKED, verdicts[what], answers[-1], **more))
            case _:
                verdict = Verdict[what.upper().replace(" ", "_")]
                entries.append(judged(ALPHA, numbers[ALPHA], ASKED, verdict, **more))
    return entries


@given(
    st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 6)), max_size=8),
    st.randoms(use_true_random=False),
)
def test_the_order_of_arrival_makes_no_difference(steps: list[tuple[str, int]], chance: random.Random) -> None:
    entries = history(steps)
    shuffled = list(entries)
    chance.shuffle(shuffled)
    state = folded(*entries)
    assert state == folded(*shuffled)
    assert sum(each.judgement.verdict != Verdict.UNSATISFACTORY for each in state.state.judged) <= 1
    assert all(each.kept.entry.header.author == BRAVO for each in state.state.answers)
