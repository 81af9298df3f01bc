"""Check digits, one side at a time: every state meets every event, and no cheat gets to digits."""

from __future__ import annotations

import hashlib

import msgspec
import pytest

from openline.exchanges.voice import LASTS_MS, Ask, Event, Heard, Out, Phase, Result, Session, digits, step
from openline.terms import EntryId, Instant, PostId
from openline.wire import voice
from openline.wire.voice import Step

NORTH, SOUTH, EAST = (PostId(bytes([at]) * 32) for at in (1, 2, 3))
CALL = EntryId(b"C" * 32)
AT = Instant(1_000_000)
OURS, THEIRS, OTHER = (hashlib.sha256(word).digest() for word in (b"ours", b"theirs", b"other"))

BLANK = Session(CALL, NORTH, SOUTH, NORTH, Instant(AT + LASTS_MS), Phase.HEARD)
BOUND = voice.commitment(CALL, SOUTH, NORTH, THEIRS)
MINE = voice.commitment(CALL, NORTH, SOUTH, OURS)

HEARD = msgspec.structs.replace(BLANK, theirs=BOUND)
ASKED = msgspec.structs.replace(BLANK, phase=Phase.ASKED, value=OURS)
REVEALED = msgspec.structs.replace(HEARD, phase=Phase.REVEALED, value=OURS)
READY = msgspec.structs.replace(REVEALED, phase=Phase.READY, shown=THEIRS)
SESSIONS = {"none": None, "heard": HEARD, "asked": ASKED, "revealed": REVEALED, "ready": READY}

ELSE = voice.commitment(CALL, SOUTH, NORTH, OTHER)
EVENTS: dict[str, Event] = {
    "ask": Ask(NORTH, OURS),
    "commit": Heard(NORTH, Step.COMMIT, BOUND),
    "other commit": Heard(NORTH, Step.COMMIT, ELSE),
    "reveal": Heard(NORTH, Step.REVEAL, THEIRS, MINE),
    "other reveal": Heard(NORTH, Step.REVEAL, OTHER, MINE),
    "reveal of another answer": Heard(NORTH, Step.REVEAL, THEIRS, ELSE),
}

ANEW = msgspec.structs.replace(HEARD, theirs=ELSE)
BROKEN: Result = (None, (Out.TELL_BROKEN,))
SAID = (Out.COMMIT, Out.REVEAL)

TABLE: dict[str, dict[str, Result]] = {
    "none": {
        "ask": (ASKED, (Out.COMMIT,)),
        "commit": (HEARD, (Out.TELL_ASKED,)),
        "other commit": (ANEW, (Out.TELL_ASKED,)),
        "reveal": (None, ()),
        "other reveal": (None, ()),
        "reveal of another answer": (None, ()),
    },
    "heard": {
        "ask": (REVEALED, SAID),
        "commit": (HEARD, ()),
        "other commit": (ANEW, ()),
        "reveal": BROKEN,
        "other reveal": BROKEN,
        "reveal of another answer": BROKEN,
    },
    "asked": {
        "ask": (ASKED, ()),
        "commit": (REVEALED, SAID),
        "other commit": (msgspec.structs.replace(REVEALED, theirs=ELSE), SAID),
        "reveal": BROKEN,
        "other reveal": BROKEN,
        "reveal of another answer": BROKEN,
    },
    "revealed": {
        "ask": (REVEALED, ()),
        "commit": (REVEALED, ()),
        "other commit": (ANEW, (Out.TELL_ASKED,)),
        "reveal": (READY, (Out.TELL_READY,)),
        "other reveal": BROKEN,
        "reveal of another answer": BROKEN,
    },
    "ready": {
        "ask": (None, (Out.SHOW,)),
        "commit": (READY, ()),
        "other commit": (ANEW, (Out.TELL_ASKED,)),
        "reveal": (READY, ()),
        "other reveal": BROKEN,
        "reveal of another answer": (READY, ()),
    },
}


@pytest.mark.parametrize("name", SESSIONS)
@pytest.mark.parametrize("event", EVENTS)
def test_every_state_meets_every_event(name: str, event: str) -> None:
    assert step(SESSIONS[name], EVENTS[event], BLANK, AT) == TABLE[name][event]


@pytest.mark.parametrize("name", ["heard", "asked", "revealed", "ready"])
@pytest.mark.parametrize("event", EVENTS)
def test_after_its_time_or_a_clock_set_back_it_is_as_if_there_were_none(name: str, event: str) -> None:
    for at in (Instant(AT + LASTS_MS), Instant(AT - 1)):
        blank = msgspec.structs.replace(BLANK, until=Instant(at + LASTS_MS))
        assert step(SESSIONS[name], EVENTS[event], blank, at) == step(None, EVENTS[event], blank, at)


@pytest.mark.parametrize("name", ["heard", "asked", "revealed", "ready"])
def test_the_two_agree_on_who_called(name: str) -> None:
    for event in (Ask(SOUTH, OURS), Heard(SOUTH, Step.COMMIT, BOUND)):
        assert step(SESSIONS[name], event, BLANK, AT) == BROKEN


def test_nobody_shows_a_value_before_it_holds_the_other_commitment() -> None:
    """A value leaves with REVEAL alone, and only from a session that holds what the peer bound itself to."""
    for name, row in TABLE.items():
        for event, (after, outs) in row.items():
            if Out.REVEAL in outs:
                assert after is not None, (name, event)
                assert after.theirs, (name, event)


def test_both_sides_come_to_the_same_and_the_roles_differ() -> None:
    theirs = Session(CALL, SOUTH, NORTH, NORTH, BLANK.until, Phase.READY, THEIRS, MINE, OURS)
    assert digits(READY) == digits(theirs)
    first, second = digits(READY)
    assert first != second
    assert len(first) == len(second) == 6
    turned = msgspec.structs.replace(READY, caller=SOUTH)
    assert digits(turned) != digits(READY)


def test_the_same_values_with_another_peer_or_call_give_other_digits() -> None:
    """Nobody in the middle can give one pair of digits to two posts."""
    seen = {digits(READY)}
    for changed in ({"peer": EAST}, {"me": EAST, "caller": EAST}, {"contact": EntryId(b"D" * 32)}, {"shown": OTHER}):
        seen.add(digits(msgspec.structs.replace(READY, **changed)))
    assert len(seen) == 5
