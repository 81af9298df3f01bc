"""Contacts as JSON holds them (docs/reference/control.md)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from openline.engine.conversing import gather
from openline.exchanges import contact as machine
from openline.exchanges.contact import Answered, Certified, Ended, Opened, Party, Responded, State, Tried
from openline.feeds.folding import Folded
from openline.feeds.proving import had_signed
from openline.feeds.record import Record
from openline.post.names import Names
from openline.post.queries import entry_value
from openline.proof.sentences import utc
from openline.terms import Instant, LineId, PostId, Precedence, TrafficClass
from openline.wire.contact import Reason
from openline.wire.entry import Entry

Signed = Callable[[Entry, PostId, int], bool]
"""Whether the author of an entry had signed by then for a number of a feed."""


def newest(record: Record, line: LineId | None, most: int) -> list[tuple[LineId, Folded[State]]]:
    """The newest contacts, each once: open ones first, then by age."""
    found: dict[tuple[LineId, bytes], Folded[State]] = {}
    for _, kept in record.openings(line, sorted(machine.OPENINGS), None, most):
        at = kept.entry.header.line
        folded = machine.fold(gather(record, at, kept.entry.id))
        if folded is not None:
            found.setdefault((at, folded.head), folded)
    return [(at, folded) for (at, _), folded in sorted(found.items(), key=lambda each: not each[1].state.open)]


def contact_value(names: Names, record: Record, line: LineId, folded: Folded[State]) -> dict[str, Any]:
    """A contact with everything that was said in it.

    Its fold goes by numbers. That somebody is contradicted or refuted by its own signature is said only where the ids
    that it signed for bear it out: after a restore a number may stand for another entry.
    """
    state = folded.state
    signed = partial(had_signed, record)
    return {
        "id": folded.head.hex(),
        "line": names.line_name(line),
        "closer": names.post(state.closer),
        "own": names.is_own(state.closer),
        "open": state.open,
        "class": TrafficClass(state.traffic).name.lower(),
        "precedence": Precedence(state.precedence).name.lower(),
        "reply_by": utc(state.reply_by),
        "requests": [_request_value(names, each) for each in state.requests],
        "parties": [_party_value(names, signed, each) for each in state.parties],
        "ignored": [{"id": each.entry.hex(), "why": each.why} for each in folded.ignored],
    }


def _request_value(names: Names, opened: Opened) -> dict[str, Any]:
    request, words, header = opened.request, opened.words, opened.entry.header
    return {
        "id": opened.entry.id.hex(),
        "author": names.post(header.author),
        "officer": names.acted(opened.entry),
        "at": utc(header.time),
        "office": request.office,
        "called": [[names.post(each.post), each.office] for each in request.called],
        "reply_by": utc(request.reply_by),
        "times": [utc(at) for at in request.times],
        "languages": list(request.languages),
        "means": request.means,
        "topics": None if words is None else list(words.topics),
        "consequence": None if words is None else words.consequence,
        "content": None if words is None else words.content,
        "matter": None if words is None else words.matter,
        "told": None if words is None else list(words.told),
    }


def _party_value(names: Names, signed: Signed, party: Party) -> dict[str, Any]:
    outcome = party.outcome
    taken = party.content_taken
    return {
        "post": names.post(party.post),
        "office": party.office,
        "outcome": None if outcome is None else named(outcome.name),
        "content_taken": None if taken is None else _who(names, taken),
        "answers": [_answer_value(names, each) for each in party.answers],
        "attempts": [_attempt_value(names, each) for each in party.attempts],
        "certificates": [_certified_value(names, signed, each) for each in party.certificates],
        "ended": None if party.ended is None else _ended_value(names, signed, party, party.ended),
    }


def _who(names: Names, answered: Answered) -> dict[str, Any]:
    entry = answered.kept.entry
    return {"officer": names.acted(entry), "at": utc(entry.header.time), "proof": entry.id.hex()}


def _answer_value(names: Names, answered: Answered) -> dict[str, Any]:
    answer, words = answered.answer, answered.words
    return {
        **entry_value(names, answered.kept),
        "reply": named(answer.reply.name),
        "for": _time(answer.at),
        "times": [utc(at) for at in answer.times],
        "office": answer.office,
        "reason": None if answer.reason == Reason.UNSTATED else named(answer.reason.name),
        "text": None if words is None else words.text,
        "late": answered.late,
    }


def _ended_value(names: Names, signed: Signed, party: Party, ended: Ended) -> dict[str, Any]:
    closing, words, entry = ended.closing, ended.words, ended.kept.entry
    answers = [each.kept.entry.header for each in party.answers]
    others = [each for each in answers if each.author != entry.header.author]
    return {
        **entry_value(names, ended.kept),
        "outcome": named(closing.outcome.name),
        "answer": None if ended.named is None else ended.named.hex(),
        "contradicted": ended.contradicted and any(signed(entry, each.author, each.number) for each in others),
        "began": _time(closing.began),
        "ended": _time(closing.ended),
        "present": list(closing.present),
        "interpreters": list(closing.interpreters),
        "text": None if words is None else words.text,
    }


def _attempt_value(names: Names, tried: Tried) -> dict[str, Any]:
    attempt, words = tried.attempt, tried.words
    return {
        "id": tried.entry.id.hex(),
        "stated_by": names.post(tried.entry.header.author),
        "officer": names.acted(tried.entry),
        "means": attempt.means,
        "began": utc(attempt.began),
        "ended": _time(attempt.ended),
        "layer": named(attempt.layer.name),
        "who": None if words is None else words.who,
        "text": None if words is None else words.text,
    }


def _certified_value(names: Names, signed: Signed, certified: Certified) -> dict[str, Any]:
    body, words = certified.certificate, certified.words
    refuted = bool(certified.refuted) and signed(certified.entry, body.post, certified.refuted)
    return {
        **_stated_value(names, certified.entry),
        "about": names.post(body.post),
        "holds": body.number,
        "link": named(body.link.state.name),
        "since": _time(body.link.since),
        "heard": _time(body.link.heard),
        "text": None if words is None else words.text,
        "refuted": certified.refuted if refuted else None,
        "responses": [_response_value(names, each) for each in certified.responses],
    }


def _response_value(names: Names, responded: Responded) -> dict[str, Any]:
    body, words = responded.response, responded.words
    return {
        **_stated_value(names, responded.entry),
        "holds": body.number,
        "answers": [each.hex() for each in body.answers],
        "text": None if words is None else words.text,
    }


def _stated_value(names: Names, entry: Entry) -> dict[str, Any]:
    author, officer = names.post(entry.header.author), names.acted(entry)
    return {"id": entry.id.hex(), "stated_by": author, "officer": officer, "at": utc(entry.header.time)}


def named(name: str) -> str:
    """What people and programs read for a member of an enumeration."""
    return name.lower().replace("_", "-")


def _time(at: Instant) -> str | None:
    return utc(at) if at else None
