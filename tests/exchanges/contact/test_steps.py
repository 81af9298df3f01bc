"""A contact: every answer and outcome in every state, late answers, crossing requests, several parties."""

from __future__ import annotations

import itertools

import pytest

from openline.exchanges.contact import fold, group, objection
from openline.feeds.record import Kept
from openline.terms import TrafficClass
from openline.wire.contact import Outcome, Reply
from openline.wire.kinds import Kind
from tests.exchanges.contacts import REPLY_BY, answer, attempt, closing, folded, request
from tests.feeds.histories import ALPHA, BRAVO, CHARLIE, kept

ASKED = request()


def why(*entries: Kept) -> list[str]:
    return [each.why for each in folded(*entries).ignored]


def outcomes(*entries: Kept) -> list[Outcome | None]:
    return [party.outcome for party in folded(*entries).state.parties]


def test_without_a_request_there_is_no_contact() -> None:
    assert fold([]) is None
    assert fold([answer(BRAVO, 1, ASKED)]) is None
    assert fold([kept(ALPHA, 1, Kind.CALL_REQUEST, b"\x00", b"\x00")]) is None


@pytest.mark.parametrize("reply", Reply)
def test_it_may_be_answered_several_times_and_stays_open(reply: Reply) -> None:
    first = answer(BRAVO, 1, ASKED, reply)
    state = folded(ASKED, first, answer(BRAVO, 2, ASKED, Reply.DECLINED)).state
    assert [each.answer.reply for each in state.parties[0].answers] == [reply, Reply.DECLINED]
    assert state.open
    assert state.parties[0].standing is not None
    assert state.parties[0].standing.answer.reply == Reply.DECLINED


@pytest.mark.parametrize(("reply", "outcome"), list(itertools.product([None, *Reply], Outcome)))
def test_every_outcome_after_every_answer(reply: Reply | None, outcome: Outcome) -> None:
    given = [] if reply is None else [answer(BRAVO, 1, ASKED, reply)]
    names = [] if outcome in (Outcome.NO_ANSWER, Outcome.WITHDRAWN) else [each.entry.id for each in given]
    end = closing(ALPHA, 2, ASKED, outcome, *names, knew={BRAVO: len(given)})
    state = folded(ASKED, *given, end).state
    allowed = {
        Outcome.HELD: True,
        Outcome.NOT_HELD: reply is not None,
        Outcome.DECLINED: reply == Reply.DECLINED,
        Outcome.NO_ANSWER: True,
        Outcome.WITHDRAWN: True,
    }[outcome]
    assert (state.parties[0].outcome == outcome) == allowed
    if state.parties[0].ended is not None:
        assert state.parties[0].ended.contradicted == (outcome == Outcome.NO_ANSWER and reply is not None)


def test_one_outcome_and_one_writer() -> None:
    end = closing(ALPHA, 2, ASKED)
    assert outcomes(ASKED, end, closing(ALPHA, 3, ASKED, Outcome.HELD)) == [Outcome.WITHDRAWN]
    assert why(ASKED, closing(BRAVO, 1, ASKED)) == [
        "only the post that asked closes the contact, and of requests that crossed the one with the smallest id"
    ]
    assert why(ASKED, closing(ALPHA, 2, ASKED, act=None)) == ["no officer signed it"]
    assert why(ASKED, closing(ALPHA, 2, ASKED, post=CHARLIE)) == ["it closes with somebody who was not called"]
    assert why(ASKED, closing(ALPHA, 2, ASKED, Outcome.NO_ANSWER, at=REPLY_BY - 1)) == [
        "there is no 'no answer' before reply-by is over"
    ]


def test_an_answer_that_crosses_the_closing_word_is_late_in_any_order() -> None:
    end = closing(ALPHA, 2, ASKED, Outcome.NO_ANSWER)
    late = answer(BRAVO, 1, ASKED)
    for entries in itertools.permutations((ASKED, end, late)):
        (party,) = folded(*entries).state.parties
        assert [each.late for each in party.answers] == [True]
        assert party.ended is not None
        assert not party.ended.contradicted
        assert party.standing is None
    assert why(ASKED, end, answer(BRAVO, 1, ASKED, knew={ALPHA: 2})) == [
        "its author knew that the contact was closed; a new request is needed"
    ]


def test_what_counts_for_nothing() -> None:
    assert why(ASKED, answer(CHARLIE, 1, ASKED)) == ["its author was not called"]
    assert why(ASKED, answer(BRAVO, 1, ASKED, act=None)) == ["no officer signed it"]
    assert why(ASKED, answer(BRAVO, 1, ASKED, traffic=TrafficClass.DRILL)) == [
        "its traffic class is not that of the request"
    ]
    assert why(ASKED, answer(BRAVO, 1, ASKED, refers=())) == ["it does not refer to the request"]
    assert why(ASKED, attempt(BRAVO, 1, ASKED)) == ["only who asked for the contact states attempts"]
    assert why(ASKED, attempt(ALPHA, 2, ASKED, post=CHARLIE)) == ["it is about somebody who was not called"]


def test_attempts_are_kept_in_order() -> None:
    state = folded(ASKED, attempt(ALPHA, 3, ASKED), attempt(ALPHA, 2, ASKED)).state
    assert [each.entry.header.number for each in state.parties[0].attempts] == [2, 3]


def test_each_of_several_parties_has_its_outcome() -> None:
    asked = request(to=(BRAVO, CHARLIE))
    yes = answer(CHARLIE, 1, asked)
    end = closing(ALPHA, 2, asked, Outcome.HELD, yes.entry.id, post=CHARLIE, knew={CHARLIE: 1})
    assert outcomes(asked, yes, end) == [None, Outcome.HELD]
    assert folded(asked, yes, end).state.open
    assert not folded(asked, yes, end, closing(ALPHA, 3, asked)).state.open


def crossing() -> tuple[Kept, Kept]:
    pair = (ASKED, request(BRAVO, to=(ALPHA,)))
    return (min(pair, key=lambda each: each.entry.id), max(pair, key=lambda each: each.entry.id))


def test_requests_that_crossed_are_one_contact_with_one_closer() -> None:
    smaller, larger = crossing()
    assert group([smaller, larger], larger.entry.id) == (smaller.entry.id, larger.entry.id)
    closer, other = smaller.entry.header.author, larger.entry.header.author
    end = closing(closer, 2, smaller, Outcome.HELD, post=other)
    for entries in itertools.permutations((smaller, larger, end)):
        state = folded(*entries).state
        assert (state.id, state.closer, len(state.requests)) == (smaller.entry.id, closer, 2)
        assert [party.outcome for party in state.parties] == [Outcome.HELD]
    assert why(smaller, larger, closing(other, 2, larger, Outcome.HELD, post=closer)) == [
        "only the post that asked closes the contact, and of requests that crossed the one with the smallest id"
    ]
    yes = answer(closer, 2, larger)
    assert [each.id for each in folded(smaller, larger, yes).state.parties[0].answers] == [yes.entry.id]


def test_requests_that_did_not_cross_stay_apart() -> None:
    after = request(BRAVO, to=(ALPHA,), knew={ALPHA: 1})
    assert group([ASKED, after], ASKED.entry.id) == (ASKED.entry.id,)
    several = request(BRAVO, to=(ALPHA, CHARLIE))
    assert group([ASKED, several], ASKED.entry.id) == (ASKED.entry.id,)
    drill = request(BRAVO, to=(ALPHA,), traffic=TrafficClass.DRILL)
    assert group([ASKED, drill], ASKED.entry.id) == (ASKED.entry.id,)


def test_nobody_writes_what_convicts_it() -> None:
    yes = answer(BRAVO, 1, ASKED)
    denied = closing(ALPHA, 2, ASKED, Outcome.NO_ANSWER, knew={BRAVO: 1})
    assert objection(folded(ASKED, yes, denied), denied.entry.id, ALPHA) is not None
    assert objection(folded(ASKED, yes), yes.entry.id, BRAVO) is None
