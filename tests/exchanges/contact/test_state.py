"""Every state of a contact meets every event; what is folded does not depend on the order of arrival."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.exchanges.contact import State, fold, group
from openline.feeds.record import Kept
from openline.terms import EntryId, PostId, TrafficClass
from openline.wire.contact import Outcome, Reply
from openline.wire.kinds import Kind
from tests.exchanges.contacts import REPLY_BY, answer, attempt, certificate, closing, folded, request, response
from tests.feeds.histories import ALPHA, BRAVO, CHARLIE, mark, message

ASKED = request()
REPLIES = {reply: answer(BRAVO, 1, ASKED, reply) for reply in Reply}
CERTIFIED = certificate(ALPHA, 2, ASKED)


class At(msgspec.Struct, frozen=True):
    """A state by the entries that make it: the newest reply, and the outcome."""

    entries: tuple[Kept, ...]
    reply: Reply | None = None
    outcome: Outcome | None = None
    certified: bool = False


def closed(outcome: Outcome, reply: Reply | None) -> At:
    """A closed contact; its author had the answer, if there is one."""
    given = () if reply is None else (REPLIES[reply],)
    names = [each.entry.id for each in given if outcome in (Outcome.DECLINED, Outcome.NOT_HELD, Outcome.HELD)]
    return At((ASKED, *given, closing(ALPHA, 3, ASKED, outcome, *names, knew={BRAVO: len(given)})), reply, outcome)


STATES = {
    "asked": At((ASKED,)),
    **{reply.name: At((ASKED, REPLIES[reply]), reply) for reply in Reply},
    "certified": At((ASKED, CERTIFIED), certified=True),
    "held": closed(Outcome.HELD, Reply.ACCEPTED),
    "not held": closed(Outcome.NOT_HELD, Reply.ACCEPTED),
    "declined": closed(Outcome.DECLINED, Reply.DECLINED),
    "no answer": closed(Outcome.NO_ANSWER, None),
    "withdrawn": closed(Outcome.WITHDRAWN, None),
    "withdrawn after an answer": closed(Outcome.WITHDRAWN, Reply.DEFERRED),
}

Rule = Callable[[At], bool]


class Event(msgspec.Struct, frozen=True):
    """An entry, and in which states it is taken."""

    make: Callable[[At], Kept]
    taken: Rule


def always(at: At) -> bool:
    return True


def never(at: At) -> bool:
    return False


def _answers(reply: Reply) -> Event:
    return Event(lambda at: answer(BRAVO, 2, ASKED, reply, knew={ALPHA: 1}), always)


def _closes(outcome: Outcome) -> Event:
    def make(at: At) -> Kept:
        names = [] if at.reply is None or outcome in (Outcome.NO_ANSWER, Outcome.WITHDRAWN) else [REPLIES[at.reply]]
        return closing(ALPHA, 9, ASKED, outcome, *(each.entry.id for each in names), knew={BRAVO: 1})

    def taken(at: At) -> bool:
        fits = {Outcome.NOT_HELD: at.reply is not None, Outcome.DECLINED: at.reply == Reply.DECLINED}
        return at.outcome is None and fits.get(outcome, True)

    return Event(make, taken)


EVENTS = {
    **{f"answer {reply.name}": _answers(reply) for reply in Reply},
    "answer by one who knows the end": Event(
        lambda at: answer(BRAVO, 2, ASKED, knew={ALPHA: 3}), lambda at: at.outcome is None
    ),
    "answer by one who asked": Event(lambda at: answer(ALPHA, 9, ASKED), never),
    "answer by a stranger": Event(lambda at: answer(CHARLIE, 1, ASKED), never),
    "answer without an officer": Event(lambda at: answer(BRAVO, 2, ASKED, act=None), never),
    "answer in another class": Event(lambda at: answer(BRAVO, 2, ASKED, traffic=TrafficClass.TEST), never),
    **{f"outcome {outcome.name}": _closes(outcome) for outcome in Outcome},
    "outcome by the called": Event(lambda at: closing(BRAVO, 2, ASKED), never),
    "outcome without an officer": Event(lambda at: closing(ALPHA, 9, ASKED, act=None), never),
    "outcome too early": Event(lambda at: closing(ALPHA, 9, ASKED, Outcome.NO_ANSWER, at=REPLY_BY - 1), never),
    "outcome with a stranger": Event(lambda at: closing(ALPHA, 9, ASKED, post=CHARLIE), never),
    "attempt": Event(lambda at: attempt(ALPHA, 9, ASKED), always),
    "attempt by the post": Event(lambda at: attempt(ALPHA, 9, ASKED, act=None), always),
    "attempt by the called": Event(lambda at: attempt(BRAVO, 2, ASKED), never),
    "attempt on a stranger": Event(lambda at: attempt(ALPHA, 9, ASKED, post=CHARLIE), never),
    "certificate": Event(lambda at: certificate(ALPHA, 9, ASKED), always),
    "certificate by the called": Event(lambda at: certificate(BRAVO, 2, ASKED, post=ALPHA), never),
    "certificate about a stranger": Event(lambda at: certificate(ALPHA, 9, ASKED, post=CHARLIE), never),
    "response": Event(lambda at: response(BRAVO, 2, ASKED, CERTIFIED), lambda at: at.certified),
    "response by a stranger": Event(lambda at: response(CHARLIE, 1, ASKED, CERTIFIED), never),
    "request again": Event(lambda at: request(number=9, exchange=ASKED.entry.id), never),
    "message": Event(lambda at: message(BRAVO, 2, exchange=ASKED.entry.id, refers=(ASKED.entry.id,)), never),
    "mark": Event(lambda at: mark(BRAVO, 2, Kind.SEEN, ASKED), never),
    "refers to nothing": Event(lambda at: attempt(ALPHA, 9, ASKED, refers=()), never),
}


@pytest.mark.parametrize(("state", "event"), list(itertools.product(STATES, EVENTS)))
def test_every_state_meets_every_event(state: str, event: str) -> None:
    at, made = STATES[state], EVENTS[event]
    entry = made.make(at)
    before, after = folded(*at.entries), folded(*at.entries, entry)
    taken = made.taken(at)
    assert (after.why_not(entry.entry.id) is None) == taken
    (party,) = after.state.parties
    if not taken:
        assert after.state == before.state
    if at.outcome is not None:
        assert party.outcome == at.outcome
    late = [each.late for each in party.answers if each.id == entry.entry.id]
    assert late == ([at.outcome is not None] if taken and event.startswith("answer") else [])
    assert after.state.open == (party.outcome is None)


@st.composite
def exchanges(draw: st.DrawFn) -> list[Kept]:
    """Two or three posts ask each other, perhaps at once, answer, close and certify, each knowing some of the rest."""
    reached = {ALPHA: 1, BRAVO: 0, CHARLIE: 0}
    crossing = draw(st.booleans())
    entries = [ASKED]
    if crossing:
        reached[BRAVO] = 1
        entries.append(request(BRAVO, to=(ALPHA,)))
    known: dict[PostId, dict[PostId, int]] = {post: {} for post in reached}
    for _ in range(draw(st.integers(0, 6))):
        author = draw(st.sampled_from((ALPHA, BRAVO, CHARLIE)))
        to = draw(st.sampled_from(entries[: 1 + crossing]))
        for other, most in reached.items():
            if other != author:
                known[author][other] = draw(st.integers(known[author].get(other, 0), most))
        reached[author] += 1
        fields: dict[str, Any] = {"knew": dict(known[author])}
        answers = [each.entry.id for each in entries if each.entry.header.kind == Kind.CALL_ANSWER]
        entries.append(_next(draw, author, reached[author], to, answers, fields))
    return entries


def _next(
    draw: st.DrawFn, author: PostId, number: int, to: Kept, answers: list[EntryId], fields: dict[str, Any]
) -> Kept:
    about = draw(st.sampled_from([post for post in (ALPHA, BRAVO) if post != author]))
    match draw(st.sampled_from(("answer", "close", "try", "certify"))):
        case "answer":
            return answer(author, number, to, draw(st.sampled_from(Reply)), **fields)
        case "close":
            named = draw(st.lists(st.sampled_from(answers), max_size=1)) if answers else []
            return closing(author, number, to, draw(st.sampled_from(Outcome)), *named, post=about, **fields)
        case "try":
            return attempt(author, number, to, post=about, **fields)
        case _:
            return certificate(author, number, to, post=about, **fields)


@given(exchanges(), st.randoms())
def test_the_order_of_arrival_makes_no_difference(entries: list[Kept], chance: st.DataObject) -> None:
    shuffled = list(entries)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = fold(entries), fold(shuffled)
    assert one is not None
    assert one == other
    heads = [kept.entry.id for kept in entries if kept.entry.header.exchange is None]
    groups = {group(entries, head) for head in heads} | {group(shuffled, head) for head in heads}
    assert groups == {tuple(sorted(heads))}
    assert _one_outcome_each(one.state)


def _one_outcome_each(state: State) -> bool:
    """At most one closing entry counts for each party, and its author is the closer."""
    ended = [party.ended for party in state.parties if party.ended is not None]
    return len({each.closing.post for each in ended}) == len(ended) and all(
        each.kept.entry.header.author == state.closer for each in ended
    )
