"""A turn collects effects in order, and draws from its randomness without repeating itself."""

from __future__ import annotations

from openline.engine.effects import Alarm, Dial, Note
from openline.engine.turn import Turn
from openline.terms import Instant, PostId, Precedence


def test_effects_keep_their_order() -> None:
    turn = Turn(Instant(1), bytes(32))
    turn.note("first", "Bravo")
    turn.emit(Dial(PostId(bytes(32))))
    turn.alarm(None, "late", "third", precedence=Precedence.FLASH)
    assert turn.effects == [
        Note("first", "Bravo"),
        Dial(PostId(bytes(32))),
        Alarm(None, "late", "third", None, Precedence.FLASH),
    ]


def test_an_alarm_rings_as_immediate_unless_told_otherwise() -> None:
    turn = Turn(Instant(1), bytes(32))
    turn.alarm(None, "late", "first")
    assert turn.effects == [Alarm(None, "late", "first", None, Precedence.IMMEDIATE)]


def test_nothing_is_drawn_twice() -> None:
    one, again, other = Turn(Instant(1), bytes(32)), Turn(Instant(1), bytes(32)), Turn(Instant(1), b"\x01" * 32)
    drawn = [one.random(32) for _ in range(100)]
    assert len(set(drawn)) == 100
    assert [again.random(32) for _ in range(100)] == drawn
    assert not {other.random(32) for _ in range(100)} & set(drawn)
    assert len(one.random(16)) == 16
