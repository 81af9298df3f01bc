"""Every event meets every state a post can be in: it is answered, refused or noted, and never raises."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, get_args

import pytest

from openline.engine.effects import Answer, Parcel, Refuse, SignTree
from openline.engine.events import (
    AcceptLine,
    Bind,
    Cards,
    CarriedIn,
    CarryOut,
    Certify,
    ChangeMembers,
    CheckDigits,
    Command,
    ConfirmStart,
    DialFailed,
    Draft,
    DropDraft,
    Event,
    Fetched,
    FrameIn,
    LineStatus,
    LinkDown,
    LinkUp,
    MakeCheckpoint,
    Mark,
    OpenLine,
    Refolded,
    Regrown,
    ReleaseDraft,
    Say,
    Send,
    Settle,
    SignDraft,
    Tick,
    TreeSigned,
    VoiceSealed,
    Wrapped,
)
from openline.errors import LocalError
from openline.feeds.merkle import Frontier
from openline.feeds.record import Kept
from openline.terms import EntryId, LineId
from openline.wire.assertion import Assertion
from openline.wire.kinds import Kind
from tests.engine.forging import hand_over, signed
from tests.engine.pair import Post, Wire

STRANGE = LineId(b"\x99" * 32)


def fresh() -> tuple[Wire, LineId]:
    wire = Wire("Alpha", "Bravo", "Charlie")
    return wire, STRANGE


def running() -> tuple[Wire, LineId]:
    wire = Wire("Alpha", "Bravo", "Charlie")
    return wire, wire.line()


def alone() -> tuple[Wire, LineId]:
    wire, line = running()
    wire.posts[0].stop()
    wire.cut |= {frozenset(("Alpha", "Bravo")), frozenset(("Alpha", "Charlie"))}
    wire.posts[0].start()
    wire.settle()
    return wire, line


def restored() -> tuple[Wire, LineId]:
    wire, line = alone()
    wire.posts[0].stop()
    wire.posts[0].start(restored=True)
    wire.settle()
    return wire, line


def removed() -> tuple[Wire, LineId]:
    wire, line = running()
    _, bravo, charlie = wire.posts
    bravo.do(ChangeMembers, line, (), (wire.posts[0].id,))
    charlie.do(AcceptLine, line)
    return wire, line


def signing() -> tuple[Wire, LineId]:
    wire, line = running()
    alpha = wire.posts[0]
    alpha.hold = (SignTree,)
    alpha.ask(MakeCheckpoint, line)
    wire.settle()
    return wire, line


def forked() -> tuple[Wire, LineId]:
    wire, line = running()
    alpha, bravo, _ = wire.posts
    hand_over(wire, bravo, alpha, signed(bravo, line, number=2))
    return wire, line


STATES = (fresh, running, alone, restored, removed, signing, forked)


def samples(wire: Wire, line: LineId) -> list[Event]:
    """One or more of each event, with what the post knows and with what it does not."""
    alpha, bravo, _ = wire.posts
    entry = next(iter(bravo.engine.state.lines.values())).mine if bravo.engine.state.lines else None
    target = alpha.entries(line, bravo)[0] if entry is not None and line in alpha.engine.state.lines else None
    kept = Kept(target, wire.now, {}) if target is not None else None
    link = next((number for name, number in wire.ends if name == "Alpha"), 1)
    events: list[Event] = [
        LinkUp(900, bravo.id),
        LinkDown(link),
        LinkDown(901),
        DialFailed(bravo.id, "Nobody answers."),
        FrameIn(link, b"\x00"),
        FrameIn(link, b""),
        FrameIn(902, b"\x00"),
        Settle(),
        Tick(),
        Cards(alpha.own, alpha.card, (bravo.card,), frozenset()),
        VoiceSealed(bravo.id, bytes(1_400)),
        CheckDigits(113, bravo.id, EntryId(bytes(32)), alpha.id),
        OpenLine(101, "second line", (bravo.id,)),
    ]
    for named in (line, STRANGE):
        events += [
            Wrapped(named, 1, bravo.id, bytes(100)),
            TreeSigned(named, 1, bytes(2420)),
            Fetched(link, named, bravo.id, ()),
            Regrown(named, bravo.id, 0, Frontier.empty().to_bytes(), ()),
            Refolded(named, EntryId(bytes(32)), (), ()),
            Say(request=111, line=named, kind=Kind.CALL_REQUEST, items=()),
            Certify(request=112, line=named, post=bravo.id, opening=EntryId(bytes(32)), officer=1),
            Bind(request=113, line=named, opening=EntryId(bytes(32)), document=b"one", name="", officer=1),
            Draft(request=114, line=named, of=Send(request=114, line=named, text="hello"), release=True),
            SignDraft(request=115, line=named, draft=bytes(16), assertion=Assertion(bytes(37), b"{}", bytes(64))),
            ReleaseDraft(request=116, line=named, draft=bytes(16), officer=1),
            DropDraft(117, named, bytes(16)),
            AcceptLine(102, named),
            ChangeMembers(103, named, remove=(bravo.id,)),
            Send(request=104, line=named, text="hello", replies_to=kept),
            MakeCheckpoint(106, named),
            CarryOut(107, named, bravo.id, ()),
            CarriedIn(108, bravo.id, (b"\x80", b"\x00")),
            ConfirmStart(109, named),
            LineStatus(110, named),
        ]
        if kept is not None:
            events.append(Mark(request=105, line=named, target=kept, kind=Kind.SEEN, officer=1))
    return events


def test_every_event_has_a_sample() -> None:
    wire, line = running()
    assert {type(event) for event in samples(wire, line)} == set(get_args(Event))


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_every_state_meets_every_event(state: Callable[[], tuple[Wire, LineId]]) -> None:
    wire, line = state()
    count = len(samples(wire, line))
    for at in range(count):
        wire, line = state() if at else (wire, line)
        alpha = wire.posts[0]
        event = samples(wire, line)[at]
        answered = reply(alpha, event)
        if isinstance(event, get_args(Command)):
            deferred = sum(len(waiting) for waiting in alpha.engine.state.deferred.values())
            assert len(answered) + deferred + _joins(alpha, event) == 1, f"{event} was answered {answered}"
        wire.settle()
        alpha.queue.append(Settle())
        wire.settle()


def _joins(alpha: Post, event: Any) -> int:
    waiting = alpha.engine.state.signing.get(event.line) if isinstance(event, MakeCheckpoint) else None
    return int(waiting is not None and event.request in waiting)


def reply(post: Post, event: Event) -> list[Any]:
    post.queue.append(event)
    replies = [effect for effect in post.turn() if isinstance(effect, Answer | Refuse | Parcel)]
    assert all(isinstance(each.error, LocalError) for each in replies if isinstance(each, Refuse))
    return replies


@cache
def listed() -> set[type[Any]]:
    return set(get_args(Command)) & set(get_args(Event))


def test_commands_are_events_with_a_request() -> None:
    assert listed() == set(get_args(Command))
    assert all("request" in each.__struct_fields__ for each in listed())
    assert not any("request" in each.__struct_fields__ for each in set(get_args(Event)) - listed())
