"""Check digits for one contact with one peer: each side binds itself to a value before either shows its own.

Whoever stands between, or is the other side, has one guess in a million: it must choose before it knows (as in ZRTP,
RFC 6189). Nothing of this is kept or exported; a machine is for one use and ends after 15 minutes (spec/voice.md).
"""

from __future__ import annotations

from enum import Enum, auto
from typing import Final, assert_never

import msgspec

from openline.terms import EntryId, Instant, PostId
from openline.wire import voice
from openline.wire.voice import Step

LASTS_MS: Final = 15 * 60_000


class Phase(Enum):
    """Where one side stands."""

    HEARD = auto()
    ASKED = auto()
    REVEALED = auto()
    READY = auto()


class Session(msgspec.Struct, frozen=True):
    """One side of it. `value` is ours, `theirs` the peer's commitment, `shown` the peer's value, each b"" before."""

    contact: EntryId
    me: PostId
    peer: PostId
    caller: PostId
    until: Instant
    phase: Phase
    value: bytes = b""
    theirs: bytes = b""
    shown: bytes = b""

    @property
    def ours(self) -> bytes:
        """Our commitment."""
        return voice.commitment(self.contact, self.me, self.peer, self.value)


class Ask(msgspec.Struct, frozen=True):
    """An officer here asks for the digits; `value` is drawn for it and used only where a session begins."""

    caller: PostId
    value: bytes


class Heard(msgspec.Struct, frozen=True):
    """The peer signed a commitment, or a value with our commitment that it answers."""

    caller: PostId
    step: Step
    value: bytes
    answers: bytes = b""


Event = Ask | Heard


class Out(Enum):
    """What one side does: say its commitment, say its value too, show the digits, or tell its people something."""

    COMMIT = auto()
    REVEAL = auto()
    SHOW = auto()
    TELL_ASKED = auto()
    TELL_READY = auto()
    TELL_BROKEN = auto()


Result = tuple[Session | None, tuple[Out, ...]]


def step(session: Session | None, event: Event, blank: Session, at: Instant) -> Result:
    """The session after an event, and what to do; `blank` holds contact, posts and the time at which a new one ends."""
    if session is not None and not at < session.until <= at + LASTS_MS:
        session = None
    if session is not None and session.caller != event.caller:
        return None, (Out.TELL_BROKEN,)
    if isinstance(event, Ask):
        return _ask(session, event, blank)
    if event.step == Step.COMMIT:
        return _committed(session, event, blank)
    return _revealed(session, event)


def _ask(session: Session | None, event: Ask, blank: Session) -> Result:
    if session is None:
        asked = msgspec.structs.replace(blank, caller=event.caller, phase=Phase.ASKED, value=event.value)
        return asked, (Out.COMMIT,)
    match session.phase:
        case Phase.HEARD:
            revealed = msgspec.structs.replace(session, phase=Phase.REVEALED, value=event.value)
            return revealed, (Out.COMMIT, Out.REVEAL)
        case Phase.ASKED:
            return session, ()
        case Phase.REVEALED:
            return session, ()
        case Phase.READY:
            return None, (Out.SHOW,)
        case _:
            assert_never(session.phase)


def _committed(session: Session | None, event: Heard, blank: Session) -> Result:
    heard = msgspec.structs.replace(blank, caller=event.caller, phase=Phase.HEARD, theirs=event.value)
    if session is None:
        return heard, (Out.TELL_ASKED,)
    match session.phase:
        case Phase.HEARD:
            return msgspec.structs.replace(session, theirs=event.value), ()
        case Phase.ASKED:
            return msgspec.structs.replace(session, phase=Phase.REVEALED, theirs=event.value), (Out.COMMIT, Out.REVEAL)
        case Phase.REVEALED | Phase.READY:
            # Ours is out: to a new commitment it says nothing any more. The peer has begun again, and so must we.
            return (session, ()) if event.value == session.theirs else (heard, (Out.TELL_ASKED,))
        case _:
            assert_never(session.phase)


def _revealed(session: Session | None, event: Heard) -> Result:
    if session is None:
        return None, ()
    match session.phase:
        case Phase.HEARD | Phase.ASKED:
            return None, (Out.TELL_BROKEN,)
        case Phase.REVEALED:
            bound = voice.commitment(session.contact, session.peer, session.me, event.value)
            if bound != session.theirs or event.answers != session.ours:
                return None, (Out.TELL_BROKEN,)
            return msgspec.structs.replace(session, phase=Phase.READY, shown=event.value), (Out.TELL_READY,)
        case Phase.READY:
            return (session, ()) if event.value == session.shown else (None, (Out.TELL_BROKEN,))
        case _:
            assert_never(session.phase)


def digits(session: Session) -> tuple[str, str]:
    """What the caller reads and what the called answers, of a session that is ready."""
    called = session.me if session.caller == session.peer else session.peer
    mine = session.caller == session.me
    first, second = (session.value, session.shown) if mine else (session.shown, session.value)
    return voice.digits(session.contact, session.caller, called, first, second)
