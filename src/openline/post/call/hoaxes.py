"""Did you call us? As people ask it, answer it and report hoax calls, and as JSON holds it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from openline.engine.conversing import gather
from openline.errors import Misuse
from openline.exchanges import hoax
from openline.exchanges.hoax import State
from openline.feeds.folding import Folded
from openline.feeds.record import Record
from openline.limits import INBOX_MAX_ENTRIES
from openline.post.call import hoax_requests as asks
from openline.post.call.calls import option
from openline.post.names import Names, precedence, traffic_class
from openline.post.queries import entry_value
from openline.post.saying import say_in
from openline.post.speaker import Answerer, Speaker
from openline.proof.sentences import utc
from openline.terms import Instant, LineId, PostId
from openline.wire.hoax import ANSWER, CLAIM, Answer, Claim, Verdict
from openline.wire.kinds import Kind


def _claim(request: asks.HoaxAsk | asks.HoaxReport, post: PostId | None) -> Claim:
    if not request.channel.strip():
        raise Misuse("Say by which channel the call came: telephone, video, messenger.")
    return Claim(
        at=Instant(request.at),
        channel=request.channel,
        post=post,
        name=request.name,
        office=request.office,
        shown=request.shown,
        text=request.text,
    )


async def ask(service: Speaker, request: asks.HoaxAsk) -> Any:
    """Ask a peer whether it called."""
    return await _open(service, request, Kind.HOAX_QUESTION, _claim(request, service.names.peer(request.peer)))


async def report(service: Speaker, request: asks.HoaxReport) -> Any:
    """Tell all members of a line of a hoax call."""
    post = None
    if request.peer:
        own = request.peer.casefold() == service.post.keyring.card.name.casefold()
        post = service.post.keyring.card.post if own else service.names.peer(request.peer)
    return await _open(service, request, Kind.HOAX_REPORT, _claim(request, post))


async def _open(service: Speaker, request: asks.HoaxAsk | asks.HoaxReport, kind: Kind, claim: Claim) -> Any:
    return await service.say(
        service.names.line(request.line),
        kind,
        (CLAIM.item(claim),),
        officer=request.officer,
        precedence=precedence(request.precedence),
        traffic=traffic_class(request.traffic),
    )


async def answer(service: Speaker, request: asks.HoaxAnswer) -> Any:
    """Answer a question of another post."""
    folded = await _found(service, request.question)
    items = (ANSWER.item(Answer(verdict=option(Verdict, request.verdict), text=request.text)),)
    return await say_in(service, folded, Kind.HOAX_ANSWER, items, request.officer)


async def list_(service: Speaker, request: asks.HoaxList) -> Any:
    """The newest questions and reports."""
    if not 1 <= request.most <= INBOX_MAX_ENTRIES:
        raise Misuse(f"Ask for 1 to {INBOX_MAX_ENTRIES} at a time.")
    line = service.names.line(request.line) if request.line else None
    found = await service.post.reading(_newest, service.post.record, line, request.most)
    return {"calls": [_value(service.names, at, folded) for at, folded in found]}


def _newest(record: Record, line: LineId | None, most: int) -> list[tuple[LineId, Folded[State]]]:
    found = []
    for _, kept in record.openings(line, sorted(hoax.OPENINGS), None, most):
        at = kept.entry.header.line
        folded = hoax.fold(gather(record, at, kept.entry.id))
        found += [] if folded is None else [(at, folded)]
    return found


async def _found(service: Speaker, text: str) -> Folded[State]:
    kept = service.names.entry(text)
    header = kept.entry.header
    entries = await service.post.reading(gather, service.post.record, header.line, header.exchange or kept.entry.id)
    folded = hoax.fold(entries) if entries and entries[0].entry.header.kind in hoax.READERS else None
    if folded is None or not folded.state.is_question:
        raise Misuse(f"{text} is no question whether somebody called; look into `openline call hoaxes`.")
    return folded


def _value(names: Names, line: LineId, folded: Folded[State]) -> dict[str, Any]:
    state, claim = folded.state, folded.state.claim
    standing = state.standing
    return {
        **entry_value(names, state.opening),
        "question": state.is_question,
        "peer": None if claim.post is None else names.post(claim.post),
        "called_at": utc(claim.at),
        "channel": claim.channel,
        "name": claim.name,
        "office": claim.office,
        "shown": claim.shown,
        "text": claim.text,
        "verdict": None if standing is None else standing.answer.verdict.name.lower(),
        "answers": [
            {
                "id": each.entry.id.hex(),
                "verdict": each.answer.verdict.name.lower(),
                "text": each.answer.text,
                "by": names.post(each.entry.header.author),
                "officer": names.acted(each.entry),
                "at": utc(each.entry.header.time),
            }
            for each in state.answers
        ],
        "ignored": [{"id": each.entry.hex(), "why": each.why} for each in folded.ignored],
    }


ANSWERS: Final[Mapping[type, Answerer]] = {
    asks.HoaxAsk: ask,
    asks.HoaxReport: report,
    asks.HoaxAnswer: answer,
    asks.HoaxList: list_,
}
