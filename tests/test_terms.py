"""The words that every room shares, with the numbers that are on the wire for all time."""

from __future__ import annotations

from openline.terms import ID_BYTES, EntryId, Instant, LineId, PostId, Precedence, TrafficClass


def test_precedence_rises_with_urgency_and_never_moves() -> None:
    assert {each.name: each.value for each in Precedence} == {"ROUTINE": 0, "PRIORITY": 1, "IMMEDIATE": 2, "FLASH": 3}
    assert max(Precedence) is Precedence.FLASH


def test_classes_never_move() -> None:
    assert {each.name: each.value for each in TrafficClass} == {"OPERATION": 0, "EXERCISE": 1, "DRILL": 2, "TEST": 3}


def test_ids_and_instants_cost_nothing() -> None:
    for kind in (EntryId, LineId, PostId):
        assert type(kind(bytes(ID_BYTES))) is bytes
    assert type(Instant(0)) is int
    assert ID_BYTES == 32
