"""Check digits before principals speak: notes to one peer on its own link, sealed and signed (spec/voice.md).

Nothing of it is an entry, and nothing is kept: a restart ends it, and both sides begin again.
"""

from __future__ import annotations

from typing import Final

from openline.engine.effects import Answer, SealVoice
from openline.engine.events import CheckDigits, VoiceSealed
from openline.engine.link import Link
from openline.engine.sending import parts_of
from openline.engine.state import State
from openline.engine.turn import Turn
from openline.errors import BadField, BadSeal, BadSignature, NotReady, PeerError
from openline.exchanges import voice
from openline.exchanges.voice import LASTS_MS, Ask, Heard, Out, Phase, Session
from openline.limits import VOICE_SESSIONS_MAX
from openline.terms import EntryId, Instant, PostId, Precedence
from openline.wire import voice as wire
from openline.wire.link import VoicePiece, encode_piece
from openline.wire.voice import VALUE_BYTES, Note, Step

PART_BYTES: Final = 600
"""A note goes out in parts: an older post refuses the whole of them, and nothing else that came with it."""


def ask(state: State, turn: Turn, command: CheckDigits) -> None:
    """An officer asks for the digits: answered with them once both sides have asked, with null before."""
    peer = command.peer
    if state.link_to(peer) is None:
        raise NotReady(f"There is no link to {state.name_of(peer)} now, and check digits go by no other way.")
    key = (peer, command.contact)
    before = state.voice.get(key)
    event = Ask(command.caller, turn.random(VALUE_BYTES))
    after, outs = voice.step(before, event, _blank(state, turn, *key), turn.at)
    _take(state, turn, key, after, outs)
    if Out.SHOW in outs and before is not None:
        first, second = voice.digits(before)
        ours = before.caller == state.me
        read, hear = (first, second) if ours else (second, first)
        turn.emit(Answer(command.request, {"ready": True, "first": ours, "read": read, "hear": hear}))
    else:
        turn.emit(Answer(command.request, {"ready": False, "until": after.until if after else turn.at}))


def _blank(state: State, turn: Turn, peer: PostId, contact: EntryId) -> Session:
    return Session(contact, state.me, peer, state.me, Instant(turn.at + LASTS_MS), Phase.HEARD)


def _take(state: State, turn: Turn, key: tuple[PostId, EntryId], after: Session | None, outs: tuple[Out, ...]) -> None:
    if after is None:
        state.voice.pop(key, None)
    else:
        state.voice[key] = after
        if Out.COMMIT in outs:
            _say(state, turn, after)
    name, contact = state.name_of(key[0]), key[1]
    if Out.TELL_ASKED in outs:
        text = f"{name} wants to compare check digits before a call: 'openline call digits {contact.hex()[:12]}'."
        turn.alarm(None, "digits-asked", text, contact)
    if Out.TELL_READY in outs:
        text = f"The check digits with {name} are there, for one use: 'openline call digits {contact.hex()[:12]}'."
        turn.alarm(None, "digits-ready", text, contact, Precedence.PRIORITY)
    if Out.TELL_BROKEN in outs:
        text = f"The check digits with {name} came to nothing: what was shown is not what was promised. Begin again."
        turn.alarm(None, "digits-broken", text, contact)


def _say(state: State, turn: Turn, session: Session) -> None:
    """Our commitment, and our value where it may be shown, sealed for the peer."""
    card = state.card_of(session.peer)
    sealing = None if card is None else card.sealing_key(turn.at)
    if sealing is None:
        raise NotReady(f"No sealing key of {state.name_of(session.peer)} is valid now; ask for its newest card.")
    place = (session.contact, session.caller, session.me, session.peer)
    notes = [Note(*place, Step.COMMIT, session.ours)]
    if session.phase in (Phase.REVEALED, Phase.READY):
        notes.append(Note(*place, Step.REVEAL, session.value, session.theirs))
    signed = [(note.payload(), state.key.sign(note.to_be_signed())) for note in notes]
    info = wire.seal_info(state.me, session.peer)
    turn.emit(SealVoice(session.peer, sealing[1], info, wire.encode_notes(signed)))


def sealed(state: State, event: VoiceSealed) -> None:
    """A note can go out; where the link is gone, it is said again on the next."""
    link = state.link_to(event.peer)
    if link is not None:
        link.streams += 1
        link.outbox.control.extend(parts_of(encode_piece(VoicePiece(event.sealed)), link.streams, PART_BYTES))


def again(state: State, turn: Turn, peer: PostId) -> None:
    """A new link: what we said on the last one may be lost."""
    for (other, _), session in state.voice.items():
        if other == peer and session.phase != Phase.HEARD and turn.at < session.until:
            try:
                _say(state, turn, session)
            except NotReady as error:
                turn.note(str(error))


def heard(state: State, turn: Turn, link: Link, piece: VoicePiece) -> None:
    """A note of the peer on its own link. Raises PeerError where it is none, or of somebody else."""
    if not link.live:
        raise BadField("Check digits are not carried by hand.")
    for note, signature in wire.decode_notes(_opened(state, link.peer, piece.sealed)):
        if (note.author, note.reader) != (link.peer, state.me):
            raise BadField("A note about a call is of another post, or for another.")
        card = state.card_of(note.author)
        key = None if card is None else card.verify_feed(signature, note.to_be_signed())
        if key is None or key.revocations is not None:
            raise BadSignature("A note about a call is not signed by its author.")
        place = (link.peer, note.contact)
        before = state.voice.get(place)
        if before is None and sum(peer == link.peer for peer, _ in state.voice) >= VOICE_SESSIONS_MAX:
            raise BadField("Too many check digits are asked for at once.")
        event = Heard(note.caller, note.step, note.value, note.answers)
        after, outs = voice.step(before, event, _blank(state, turn, *place), turn.at)
        _take(state, turn, place, after, outs)


def _opened(state: State, peer: PostId, data: bytes) -> bytes:
    info = wire.seal_info(peer, state.me)
    for number, *_ in reversed(state.own.sealing_seeds):
        key = state.own.sealing(number)
        try:
            if key is not None:
                return key.open(data, info)
        except PeerError:
            continue
    raise BadSeal("A note about a call does not open under any sealing key of this post.")


def tick(state: State, turn: Turn) -> None:
    """Sessions end after their time."""
    for key, session in list(state.voice.items()):
        if not turn.at < session.until <= turn.at + LASTS_MS:
            del state.voice[key]
