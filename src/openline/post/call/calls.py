"""Contacts: what people ask for becomes entries. The checks that need a fold are the machine's (engine.conversing)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Any, Final, TypeVar

from openline.engine import events, reaching
from openline.engine.conversing import gather
from openline.errors import Misuse, NotAllowed, NotReady
from openline.exchanges import contact as machine
from openline.exchanges.contact import Party, State, stating
from openline.feeds.folding import Folded
from openline.limits import INBOX_MAX_ENTRIES
from openline.post.call import boards, certificates, contacts
from openline.post.call import requests as asks
from openline.post.loop import now
from openline.post.names import precedence, traffic_class
from openline.post.saying import say_in
from openline.post.speaker import Answerer, Speaker
from openline.post.talk import talks
from openline.terms import EntryId, Instant, LineId
from openline.wire import contact as wire
from openline.wire.certificate import RESPONSE, Response
from openline.wire.contact import (
    Answer,
    Attempt,
    Called,
    Closing,
    Layer,
    Outcome,
    Reason,
    Reply,
    Request,
    RequestWords,
    Words,
)
from openline.wire.kinds import Kind

Option = TypeVar("Option", bound=IntEnum)


def option(options: type[Option], said: str) -> Option:
    """One of an enumeration by its name as people type it. Raises Misuse."""
    try:
        return options[said.upper().replace("-", "_")]
    except KeyError:
        known = ", ".join(each.name.lower().replace("_", "-") for each in options)
        raise Misuse(f"{said!r} is none of: {known}.") from None


async def ask(service: Speaker, request: asks.CallAsk) -> Any:
    """Ask to speak with offices."""
    called = tuple(Called(service.names.peer(peer), office.strip()) for peer, office in request.called)
    if not called or not request.office.strip() or not all(each.office for each in called):
        raise Misuse("Say which office asks, and which office of which peer is to be reached.")
    if request.reply_by <= now():
        raise Misuse("Reply-by is over already: name a later time.")
    line = service.names.line(request.line)
    engine = service.post.engine
    held = None if engine is None else engine.state.lines.get(line)
    if request.told and (held is None or not held.rules.told):
        raise NotAllowed("The terms of this line do not let members say who else is told; your own board shows it.")
    body = Request(
        office=request.office.strip(),
        called=called,
        reply_by=Instant(request.reply_by),
        times=tuple(Instant(at) for at in request.times),
        languages=request.languages,
        means=request.means,
    )
    words = RequestWords(
        topics=request.topics,
        consequence=request.consequence,
        content=request.content,
        matter=request.matter,
        told=request.told,
    )
    return await service.say(
        line,
        Kind.CALL_REQUEST,
        (wire.REQUEST.item(body), wire.REQUEST_WORDS.item(words)),
        officer=request.officer,
        precedence=precedence(request.precedence),
        traffic=traffic_class(request.traffic),
    )


async def answer(service: Speaker, request: asks.CallAnswer) -> Any:
    """Answer a call request of another post."""
    _, folded = await find_contact(service, request.contact)
    reply = option(Reply, request.reply)
    me = service.post.keyring.card.post
    theirs = [each for each in folded.state.requests if each.entry.header.author != me]
    if not theirs:
        raise NotAllowed("This post asked for that call; the other side answers it.")
    body = Answer(
        reply=reply,
        at=Instant(request.at or (now() if reply == Reply.ACCEPTED else 0)),
        times=tuple(Instant(at) for at in request.times),
        office=request.office,
        reason=option(Reason, request.reason),
    )
    items = (wire.ANSWER.item(body), wire.WORDS.item(Words(request.text)))
    opening = theirs[0].entry.id
    return await _add(service, folded, Kind.CALL_ANSWER, items, request.officer, opening)


async def close(service: Speaker, request: asks.CallClose) -> Any:
    """Close our contact with one called party."""
    _, folded = await find_contact(service, request.contact)
    party = find_party(service, folded.state, request.peer)
    outcome = option(Outcome, request.outcome)
    named = service.names.entry(request.answer).entry.id if request.answer else _answer_for(party, outcome)
    began = request.began or (now() if outcome == Outcome.HELD else 0)
    body = Closing(
        post=party.post,
        outcome=outcome,
        began=Instant(began),
        ended=Instant(max(request.ended, began)),
        present=request.present,
        interpreters=request.interpreters,
    )
    refers = (folded.head, *([] if named is None else [named]))
    items = (wire.CLOSING.item(body), wire.WORDS.item(Words(request.text)))
    return await _add(service, folded, Kind.CALL_OUTCOME, items, request.officer, *refers)


def _answer_for(party: Party, outcome: Outcome) -> EntryId | None:
    """The party's newest answer that an outcome of this sort takes."""
    wanted = {
        Outcome.DECLINED: {Reply.DECLINED},
        Outcome.NOT_HELD: {Reply.ACCEPTED, Reply.COUNTER_TIME, Reply.DELEGATED},
        Outcome.HELD: {Reply.ACCEPTED, Reply.COUNTER_TIME, Reply.DELEGATED, Reply.DEFERRED},
    }.get(outcome, set())
    return next((each.id for each in reversed(party.answers) if each.answer.reply in wanted), None)


async def attempt(service: Speaker, request: asks.CallTry) -> Any:
    """State an attempt outside Openline, as the officer's own word."""
    _, folded = await find_contact(service, request.contact)
    me = service.post.keyring.card.post
    mine = next((each.entry.id for each in folded.state.requests if each.entry.header.author == me), None)
    if mine is None:
        raise NotAllowed("Only the post that asked for the contact states attempts.")
    if not request.means.strip():
        raise Misuse("Say by which means it was tried: telephone, satellite, attache.")
    body = Attempt(
        post=find_party(service, folded.state, request.peer).post if mine == folded.head else folded.state.closer,
        means=request.means.strip(),
        began=Instant(request.began or now()),
        ended=Instant(request.ended),
        layer=option(Layer, request.layer),
    )
    items = (wire.ATTEMPT.item(body), wire.WORDS.item(Words(request.text, request.who)))
    return await _add(service, folded, Kind.CALL_ATTEMPT, items, request.officer, mine)


async def certificate(service: Speaker, request: asks.CallCertificate) -> Any:
    """Certify how far our call to a party got, in our feed and in a file."""
    line, folded = await find_contact(service, request.contact)
    me, state = service.post.keyring.card.post, folded.state
    mine = next((each.entry.id for each in state.requests if each.entry.header.author == me), None)
    if mine is None:
        raise NotAllowed("Only the post that asked for the contact certifies how far it got.")
    about = find_party(service, state, request.peer).post if mine == folded.head else state.closer
    officer = service.names.officer(request.officer)
    written = await service.command(
        lambda number: events.Certify(
            request=number,
            line=line,
            post=about,
            opening=mine,
            officer=officer,
            precedence=state.precedence,
            traffic=state.traffic,
            exchange=folded.entries,
        )
    )
    await service.command(lambda number: events.MakeCheckpoint(number, line))
    await service.post.loop.idle()
    statement = EntryId(bytes.fromhex(written))
    made = await service.post.reading(certificates.export, service.post, service.names, line, statement, request.file)
    return {"id": written, **made}


async def respond(service: Speaker, request: asks.CallRespond) -> Any:
    """Respond as an officer to the newest certificate about this post."""
    line, folded = await find_contact(service, request.contact)
    me, state = service.post.keyring.card.post, folded.state
    held = [each for party in state.parties for each in party.certificates if each.certificate.post == me]
    if not held:
        raise NotAllowed("No certificate about this post is here; nothing is to be responded to.")
    entry, engine = held[-1].entry, service.post.engine
    if engine is None:
        raise NotReady("The post is still loading its record.")
    known = reaching.facts(engine.state, engine.state.line(line), entry.header.author)
    mine = [each.id for party in state.parties for each in party.answers if each.kept.entry.header.author == me]
    body = Response(number=known.held, id=known.last, answers=tuple(mine[-stating.ANSWERS_MAX :]))
    items = (RESPONSE.item(body), wire.WORDS.item(Words(request.text)))
    opening = entry.header.refers[0]
    return await _add(service, folded, Kind.CALL_RESPONSE, items, request.officer, opening, entry.id)


async def board(service: Speaker, request: asks.CallBoard) -> Any:
    """The reach board."""
    return await service.post.reading(boards.board, service.post, service.names, request.matter)


async def show(service: Speaker, request: asks.CallShow) -> Any:
    """One contact."""
    line, folded = await find_contact(service, request.contact)
    value = await service.post.reading(contacts.contact_value, service.names, service.post.record, line, folded)
    after = await service.post.reading(talks.follows, service.names, service.post.record, line, folded.state)
    return {**value, "follows": after}


async def list_(service: Speaker, request: asks.CallList) -> Any:
    """The newest contacts."""
    if not 1 <= request.most <= INBOX_MAX_ENTRIES:
        raise Misuse(f"Ask for 1 to {INBOX_MAX_ENTRIES} contacts at a time.")
    line = service.names.line(request.line) if request.line else None
    found = await service.post.reading(contacts.newest, service.post.record, line, request.most)
    record = service.post.record
    values = [await service.post.reading(contacts.contact_value, service.names, record, *each) for each in found]
    return {"contacts": [each for each in values if each["open"] or not request.open]}


async def find_contact(service: Speaker, text: str) -> tuple[LineId, Folded[State]]:
    """The contact that an entry belongs to, and its line. Raises Misuse or UnknownName."""
    header = (kept := service.names.entry(text)).entry.header
    opening = header.exchange or kept.entry.id
    folded = machine.fold(await service.post.reading(gather, service.post.record, header.line, opening))
    if folded is None:
        raise Misuse(f"{text} belongs to no call request; look into `openline call list`.")
    return header.line, folded


def find_party(service: Speaker, state: State, peer: str) -> Party:
    """A called party by its peer's name; without one, the only party. Raises Misuse or UnknownName."""
    if not peer and len(state.parties) == 1:
        return state.parties[0]
    called = ", ".join(service.names.post(each.post) for each in state.parties)
    party: Party | None = state.party(service.names.peer(peer)) if peer else None
    if party is None:
        raise Misuse(f"Say with which party: {called}.")
    return party


async def _add(
    service: Speaker, folded: Folded[State], kind: Kind, items: tuple[bytes, ...], officer: str, *refers: EntryId
) -> Any:
    return await say_in(service, folded, kind, items, officer, *refers, precedence=folded.state.precedence)


ANSWERS: Final[Mapping[type, Answerer]] = {
    asks.CallAsk: ask,
    asks.CallAnswer: answer,
    asks.CallClose: close,
    asks.CallTry: attempt,
    asks.CallCertificate: certificate,
    asks.CallRespond: respond,
    asks.CallBoard: board,
    asks.CallShow: show,
    asks.CallList: list_,
}
