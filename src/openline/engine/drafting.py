"""Drafts: what is made ready and not written yet, for an officer's device to sign or a second officer to release.

A draft has its id, its words and its header as it would be written now. When a signature comes, all of it is made again
from what the line is then: if a single byte of what was signed would differ, it is stale and nobody's signature is put
under anything else (docs/decisions/0100). A draft is used once. One that is signed by its drafter outlives a restart.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

from openline.engine import conversing, messages, second_person
from openline.engine.content import Content
from openline.engine.effects import Answer
from openline.engine.events import Draft, DropDraft, Mark, ReleaseDraft, Say, Send, SignDraft
from openline.engine.line import Line
from openline.engine.state import Asked, HeldDraft, State
from openline.engine.turn import Turn
from openline.engine.writing import bare, post_act, post_key, write_content
from openline.errors import BadSignature, DraftStale, Misuse, NotAllowed, TooBusy, UnknownName
from openline.feeds.record import Drop, Put, Record
from openline.identity.acts import challenge, sign_drafted, signing_key
from openline.identity.chain import Officer
from openline.limits import DRAFTS_MAX, ENTRY_MAX_BYTES
from openline.terms import EntryId, Instant, LineId, Precedence, TrafficClass
from openline.wire import cbor
from openline.wire.assertion import Assertion
from openline.wire.bodies import message_of
from openline.wire.entry import (
    ACT_CONTEXT,
    DRAFT_BYTES,
    DRAFTED_CONTEXT,
    Act,
    Drafted,
    Entry,
    act_to_be_signed,
    drafted_of,
    drafted_value,
)
from openline.wire.kinds import Kind

TABLE: Final = "draft"

DEVICE_MS: Final = 10 * 60_000
"""How long a device has to sign."""

RELEASE_MS: Final = 7 * 24 * 3_600_000
"""How long a draft waits for its second officer."""


def done(state: State, turn: Turn, line: Line, command: Draft | SignDraft | ReleaseDraft | DropDraft) -> None:
    """Do what a command asks of a draft. Raises the OpenlineError that forbids it."""
    forget_old(state, turn)
    if isinstance(command, Draft):
        value = _make(state, turn, line, command)
    elif isinstance(command, SignDraft):
        value = _sign(state, turn, line, command)
    elif isinstance(command, ReleaseDraft):
        value = _release(state, turn, line, command)
    else:
        _forget(state, turn, _held(state, line, command.draft))
        value = {"draft": command.draft}
    turn.emit(Answer(command.request, value))


def forget_old(state: State, turn: Turn) -> None:
    """Drafts whose time is over are no more."""
    for held in [each for each in state.drafts.values() if each.until <= turn.at]:
        _forget(state, turn, held)


def _make(state: State, turn: Turn, line: Line, command: Draft) -> dict[str, Any]:
    if not command.release and not command.device:
        raise Misuse("A draft waits for a device or for a second officer.")
    if not command.of.officer:
        raise Misuse("An officer drafts; name one.")
    _room(state, turn)
    held = HeldDraft(
        draft=turn.random(DRAFT_BYTES),
        line=line.id,
        content=_content(state, turn, line, command.of),
        made=turn.at,
        until=Instant(turn.at + RELEASE_MS),
    )
    if not command.release:
        _check_persons(state, turn, line, held.content, command.of.officer)
    if command.device:
        return _ask(state, turn, line, held, command.of.officer, drafting=command.release)
    return _drafted(state, turn, line, held, command.of.officer)


def _check_persons(state: State, turn: Turn, line: Line, content: Content, officer: int) -> None:
    """Raise TwoPersons before a device is asked for what it could not sign alone."""
    header, _ = bare(state, line, content, None, turn.at)
    act = Act(officer, b"", "", turn.at, b"")
    second_person.check(line, msgspec.structs.replace(header, act=act), content.items)


def _content(state: State, turn: Turn, line: Line, command: Send | Mark | Say) -> Content:
    if isinstance(command, Send):
        return messages.sending(state, line, command)
    if isinstance(command, Mark):
        return messages.marking(state, line, command)
    return conversing.saying(state, turn, line, command)


def _room(state: State, turn: Turn) -> None:
    """What was never signed gives way to what is to be."""
    unsigned = [each for each in state.drafts.values() if each.drafted is None]
    if len(state.drafts) >= DRAFTS_MAX and unsigned:
        _forget(state, turn, unsigned[0])
    if len(state.drafts) >= DRAFTS_MAX:
        raise TooBusy(f"{DRAFTS_MAX} drafts wait to be released: release some, or drop them.")


def _ask(state: State, turn: Turn, line: Line, held: HeldDraft, officer: int, *, drafting: bool) -> dict[str, Any]:
    """Ask a device of the officer to sign."""
    known = state.card.officer(officer)
    passkeys = () if known is None or known.ended is not None else known.passkeys
    allowed = [each.public for each in passkeys if not each.revoked]
    if known is None or not allowed:
        raise NotAllowed(f"Officer {officer} has no passkey on the card of this post.")
    role = known.roles[0] if known.roles else ""
    about = challenge(_message(state, line, held, role, turn.at, drafting=drafting))
    state.drafts[held.draft] = msgspec.structs.replace(held, asked=Asked(officer, role, turn.at, drafting, about))
    until = Instant(min(held.until, turn.at + DEVICE_MS))
    return {"draft": held.draft, "challenge": about, "until": until, "role": role, "time": turn.at, "keys": allowed}


def _message(state: State, line: Line, held: HeldDraft, role: str, time: Instant, *, drafting: bool) -> bytes:
    """What is signed of a draft, as the line stands now."""
    header, _ = bare(state, line, held.content, held.draft, time)
    context = DRAFTED_CONTEXT if drafting else ACT_CONTEXT
    return act_to_be_signed(header, draft=held.draft, role=role, time=time, context=context)


def _drafted(state: State, turn: Turn, line: Line, held: HeldDraft, officer: int) -> dict[str, Any]:
    """Sign a draft for its drafter, with the key that the post holds."""
    key, role = post_key(state, officer)
    header, _ = bare(state, line, held.content, held.draft, turn.at)
    return _wait(state, turn, held, sign_drafted(header, officer, role, held.draft, turn.at, key))


def _wait(state: State, turn: Turn, held: HeldDraft, drafted: Drafted) -> dict[str, Any]:
    """Keep a draft that its drafter has signed, until another officer releases it."""
    held = state.drafts[held.draft] = msgspec.structs.replace(held, asked=None, drafted=drafted)
    turn.emit(Put(TABLE, held.draft, _encoded(held)))
    return {"draft": held.draft, "until": held.until}


def _sign(state: State, turn: Turn, line: Line, command: SignDraft) -> dict[str, Any]:
    held = _held(state, line, command.draft)
    asked = held.asked
    if asked is None or turn.at > asked.time + DEVICE_MS:
        raise DraftStale("No device was asked to sign this, or it took too long: ask again.")
    _check_now(state, turn, line, held, command.exchange)
    message = _message(state, line, held, asked.role, asked.time, drafting=asked.drafting)
    if challenge(message) != asked.challenge:
        raise _stale()
    officer = state.card.officer(asked.officer)
    if officer is None or not _signed(officer, command.assertion, message):
        raise BadSignature("The passkey did not sign this draft, or it is not on the card of this post.")
    if asked.drafting:
        return _wait(state, turn, held, Drafted(asked.officer, asked.role, asked.time, command.assertion))
    act = Act(asked.officer, held.draft, asked.role, asked.time, command.assertion, held.drafted)
    return _write(state, turn, line, held, act)


def _signed(officer: Officer, assertion: Assertion, message: bytes) -> bool:
    """Whether a passkey that is in force has signed this."""
    public = signing_key(officer, assertion, message)
    return officer.ended is None and any(each.public == public and not each.revoked for each in officer.passkeys)


def _release(state: State, turn: Turn, line: Line, command: ReleaseDraft) -> dict[str, Any]:
    held = _held(state, line, command.draft)
    if held.drafted is None:
        raise NotAllowed("Its drafter has not signed this draft.")
    if held.drafted.officer == command.officer:
        raise NotAllowed("Who drafted this does not release it: that takes another officer.")
    _check_now(state, turn, line, held, command.exchange)
    _check_drafter(state, line, held, held.drafted)
    if command.device:
        return _ask(state, turn, line, held, command.officer, drafting=False)
    header, _ = bare(state, line, held.content, held.draft, turn.at)
    act = post_act(state, header, command.officer, held.draft, turn.at)
    return _write(state, turn, line, held, msgspec.structs.replace(act, drafted=held.drafted))


def _check_now(state: State, turn: Turn, line: Line, held: HeldDraft, exchange: tuple[Any, ...]) -> None:
    """Raise unless the same words could be written now, in the same place and with the same number."""
    content = held.content
    if content.kind in messages.WORDS:
        return
    if content.kind in messages.PEOPLE:
        header, salted = bare(state, line, content, held.draft, turn.at)
        entry = Entry(
            id=EntryId(held.draft), header=header, payload=b"", signature=b"", items=content.items, salts=salted
        )
        if message_of(entry).serial != messages.next_serial(line, content.kind, content.traffic):
            raise _stale()
        return
    again = Say(
        request=0,
        line=line.id,
        kind=content.kind,
        items=content.items,
        officer=held.asked.officer if held.asked is not None else held.drafted.officer if held.drafted else 0,
        precedence=content.precedence,
        traffic=content.traffic,
        opening=content.exchange,
        refers=content.refers,
        exchange=exchange,
    )
    if conversing.saying(state, turn, line, again) != content:
        raise _stale()


def _check_drafter(state: State, line: Line, held: HeldDraft, drafted: Drafted) -> None:
    """Raise unless the drafter is in force, and what they signed is what would be written now."""
    officer = state.card.officer(drafted.officer)
    if officer is None or not officer.in_force:
        raise NotAllowed("Whoever drafted this is an officer of this post no more: draft it again.")
    message = _message(state, line, held, drafted.role, drafted.time, drafting=True)
    if signing_key(officer, drafted.signature, message) is None:
        raise _stale()


def _stale() -> DraftStale:
    return DraftStale("The line has moved on since this was drafted, so what was signed could not be written as it is.")


def _write(state: State, turn: Turn, line: Line, held: HeldDraft, act: Act) -> dict[str, Any]:
    content = held.content
    if content.kind in messages.PEOPLE:
        entry = messages.write_message(state, turn, line, content, act=act)
    elif content.kind in messages.WORDS:
        entry = write_content(state, turn, line, content, act=act)
    else:
        entry = conversing.write_said(state, turn, line, content, act=act)
    _forget(state, turn, held)
    return {"draft": held.draft, "id": entry.id}


def _held(state: State, line: Line, draft: bytes) -> HeldDraft:
    held = state.drafts.get(draft)
    if held is None or held.line != line.id:
        raise UnknownName("There is no such draft here: it was written, dropped, or its time is over.")
    return held


def _forget(state: State, turn: Turn, held: HeldDraft) -> None:
    del state.drafts[held.draft]
    if held.drafted is not None:
        turn.emit(Drop(TABLE, held.draft))


# What outlives a restart


def _encoded(held: HeldDraft) -> bytes:
    content = held.content
    assert held.drafted is not None
    return cbor.encode(
        [
            held.line,
            [int(content.kind), list(content.items), int(content.precedence), int(content.traffic)],
            content.exchange,
            list(content.refers),
            held.made,
            held.until,
            drafted_value(held.drafted),
        ]
    )


def reload(record: Record, state: State) -> None:
    """The drafts that were signed by their drafters when the post stopped."""
    for draft, value in record.objects(TABLE).items():
        line, said, exchange, refers, made, until, drafted = cbor.decode(value, ENTRY_MAX_BYTES)
        kind, items, precedence, traffic = said
        content = Content(
            kind=Kind(kind),
            items=tuple(items),
            precedence=Precedence(precedence),
            traffic=TrafficClass(traffic),
            exchange=None if exchange is None else EntryId(exchange),
            refers=tuple(EntryId(each) for each in refers),
        )
        state.drafts[draft] = HeldDraft(
            draft=draft,
            line=LineId(line),
            content=content,
            made=Instant(made),
            until=Instant(until),
            drafted=drafted_of(drafted),
        )
