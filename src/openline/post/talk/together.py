"""Simultaneous exchanges, as people ask for them and as JSON holds them."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from typing import Any, Final

from openline.engine import events
from openline.engine import together as engine
from openline.engine.conversing import gather
from openline.engine.machines import TOGETHER
from openline.errors import Misuse, NotAllowed
from openline.exchanges import together as machine
from openline.exchanges.together import Bound, State
from openline.feeds.folding import Folded
from openline.feeds.order import precedes
from openline.feeds.record import Record
from openline.limits import INBOX_MAX_ENTRIES, OPENINGS_MAX
from openline.post.loop import now
from openline.post.names import Names, traffic_class
from openline.post.queries import entry_value
from openline.post.speaker import Answerer, Speaker
from openline.post.talk import talks
from openline.post.talk import together_requests as asks
from openline.proof.sentences import utc
from openline.terms import Instant, LineId, PostId
from openline.wire.contact import WORDS, Words
from openline.wire.kinds import Kind
from openline.wire.together import TOGETHER as BODY
from openline.wire.together import Together


async def open_(service: Speaker, request: asks.TogetherOpen) -> Any:
    """Ask for a simultaneous exchange."""
    line = service.names.line(request.line)
    parties = (service.post.keyring.card.post, *service.names.peers(request.peers))
    held = service.names.machine_line(line)
    if len(parties) < 2 or len(set(parties)) < len(parties):
        raise Misuse("Name the other parties, each once.")
    if held is not None and not set(parties).issubset(held.terms.active()):
        raise NotAllowed("All parties are members of the line.")
    if not now() < request.commit_by < request.reveal_by:
        raise Misuse("Name an hour to commit by that is still to come, and a later one to show by.")
    if not request.text.strip():
        raise Misuse("Say what each is to show.")
    body = Together(parties, Instant(request.commit_by), Instant(request.reveal_by))
    return await service.say(
        line,
        Kind.TOGETHER,
        (BODY.item(body), WORDS.item(Words(request.text.strip()))),
        officer=request.officer,
        precedence=talks.PRECEDENCE,
        traffic=traffic_class(request.traffic),
    )


async def commit(service: Speaker, request: asks.TogetherCommit) -> Any:
    """Bind this post to a document."""
    _, folded = await talks.opened_by(service, request.exchange, TOGETHER, "simultaneous exchange")
    officer, header = service.names.officer(request.officer), folded.state.entry.header
    return await service.writing(
        lambda number: events.Bind(
            request=number,
            line=header.line,
            opening=folded.head,
            document=request.document,
            name=request.name,
            officer=officer,
            traffic=header.traffic,
            exchange=folded.entries,
        )
    )


async def withdraw(service: Speaker, request: asks.TogetherWithdraw) -> Any:
    """Take no part any more."""
    _, folded = await talks.opened_by(service, request.exchange, TOGETHER, "simultaneous exchange")
    items = (WORDS.item(Words(request.text.strip())),)
    return await talks.add(service, folded, Kind.TOGETHER_WITHDRAWN, items, request.officer, folded.head)


async def show(service: Speaker, request: asks.TogetherShow) -> Any:
    """One with its documents."""
    _, folded = await talks.opened_by(service, request.exchange, TOGETHER, "simultaneous exchange")
    return _value(service, folded, documents=True)


async def list_(service: Speaker, request: asks.TogetherList) -> Any:
    """The newest; open ones among the OPENINGS_MAX newest."""
    if not 1 <= request.most <= INBOX_MAX_ENTRIES:
        raise Misuse(f"Ask for 1 to {INBOX_MAX_ENTRIES} simultaneous exchanges at a time.")
    line = service.names.line(request.line) if request.line else None
    look = OPENINGS_MAX if request.open else request.most
    found = await service.post.reading(_newest, service.post.record, line, look)
    wanted = [each for each in found if not request.open or not (each.state.open or each.state.off)][: request.most]
    return {"exchanges": [_value(service, each, documents=False) for each in wanted]}


def _newest(record: Record, line: LineId | None, most: int) -> list[Folded[State]]:
    openings = [kept for _, kept in record.openings(line, [Kind.TOGETHER], None, most)]
    folds = [machine.fold(gather(record, each.entry.header.line, each.entry.id)) for each in openings]
    return [each for each in folds if each is not None]


def _value(service: Speaker, folded: Folded[State], *, documents: bool) -> dict[str, Any]:
    names, state = service.names, folded.state
    running = service.post.engine
    key = (state.entry.header.line, folded.head)
    return {
        **entry_value(names, next(kept for kept in folded.entries if kept.entry.id == folded.head)),
        "text": None if state.words is None else state.words.text,
        "commit_by": utc(state.opened.commit_by),
        "reveal_by": utc(state.opened.reveal_by),
        "complete": state.complete,
        "open": state.open,
        "off": state.off,
        "kept_here": running is not None and key in running.state.sealed,
        "lost_here": running is not None and key in running.state.lost,
        "parties": [_party_value(service, state, party, documents=documents) for party in state.parties],
        "withdrawn": [
            {
                **entry_value(names, kept),
                "text": None if words is None else words.text,
                "not_held_by": _not_held_by(service, state),
            }
            for kept, words in state.withdrawn
        ],
        "ignored": [{"id": each.entry.hex(), "why": each.why} for each in folded.ignored],
    }


def _not_held_by(service: Speaker, state: State) -> list[str]:
    """The parties that might all be bound yet, for none has signed that it holds a withdrawal; none once one has."""
    line = service.names.machine_line(state.entry.header.line)
    if line is None or state.complete or engine.off_for_good(line, state) is not None:
        return []
    return [service.names.post(each) for each in state.parties if state.by(each) is None]


def _party_value(service: Speaker, state: State, party: PostId, *, documents: bool) -> dict[str, Any]:
    names, bound = service.names, state.by(party)
    value: dict[str, Any] = {
        "post": names.post(party),
        "own": names.is_own(party),
        "stands": _stands(state, party),
        "committed": None,
        "shown": None,
        "document": None,
        "silent": None,
    }
    if bound is None:
        return value
    value["committed"] = {**entry_value(names, bound.kept), "digest": bound.digest.hex()}
    if bound.shown is not None and bound.secret is not None:
        value["shown"] = {**entry_value(names, bound.shown), "late": state.late(party)}
        value["document"] = _document_value(bound) if documents else None
    elif value["stands"] == "did not reveal":
        value["silent"] = _silent(service.post.record, names, state, party)
    return value


def _stands(state: State, party: PostId) -> str:
    """`not bound`, `bound`, `shown`, `shown late`, or `did not reveal` once the hour is over."""
    bound = state.by(party)
    if bound is None:
        return "not bound"
    if bound.shown is not None:
        return "shown late" if state.late(party) else "shown"
    return "did not reveal" if state.complete and now() > state.opened.reveal_by else "bound"


def _document_value(bound: Bound) -> dict[str, Any]:
    assert bound.secret is not None
    data = bound.secret.document
    try:
        text: str | None = data.decode()
    except UnicodeDecodeError:
        text = None
    return {
        "name": bound.secret.name,
        "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "base64": b64encode(data).decode(),
        "text": text,
    }


def _silent(record: Record, names: Names, state: State, party: PostId) -> dict[str, Any] | None:
    """What proves that a party had the commitments of all and showed nothing by the hour: its newest entry, if later.

    None where nothing of it from after the hour is here, without a gap before it.
    """
    line = state.entry.header.line
    head = next((head for head in record.heads(line) if head.feed == party), None)
    last = None if head is None else record.entry(line, head.id)
    if last is None or last.entry.header.time <= state.opened.reveal_by:
        return None
    if not all(precedes(each.kept, last) for each in state.bound):
        return None
    return entry_value(names, last)


ANSWERS: Final[Mapping[type, Answerer]] = {
    asks.TogetherOpen: open_,
    asks.TogetherCommit: commit,
    asks.TogetherWithdraw: withdraw,
    asks.TogetherShow: show,
    asks.TogetherList: list_,
}
