"""Slots: at their minutes, on their days, never on holidays, in UTC."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from openline.engine.timetable import DAY_MS, latest, upcoming
from openline.terms import Instant
from openline.wire.rules import Slots
from tests.feeds.histories import ALPHA


def at(text: str) -> Instant:
    return Instant(int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000))


OFFICE = Slots(member=ALPHA, machine=(20, 500), human=(480,), days=0b0011111, holidays=(at("2026-12-25") // DAY_MS,))


def test_slots_of_a_week() -> None:
    assert latest(OFFICE, at("2026-11-26T08:20"), human=False) == at("2026-11-26T08:20")
    assert latest(OFFICE, at("2026-11-26T08:19"), human=False) == at("2026-11-26T00:20")
    assert latest(OFFICE, at("2026-11-26T07:59"), human=True) == at("2026-11-25T08:00")
    assert upcoming(OFFICE, at("2026-11-26T08:20"), human=False) == at("2026-11-27T00:20")


def test_weekends_and_holidays_have_none() -> None:
    assert latest(OFFICE, at("2026-11-29T23:00"), human=True) == at("2026-11-27T08:00")
    assert upcoming(OFFICE, at("2026-11-27T08:00"), human=True) == at("2026-11-30T08:00")
    assert upcoming(OFFICE, at("2026-12-24T08:20"), human=False) == at("2026-12-28T00:20")


def test_without_minutes_there_are_none() -> None:
    assert latest(Slots(member=ALPHA), at("2026-11-26T08:20"), human=False) is None
    assert upcoming(Slots(member=ALPHA), at("2026-11-26T08:20"), human=True) is None


@given(st.integers(10 * DAY_MS, 50_000 * DAY_MS).map(Instant))
def test_the_next_slot_is_the_newest_once_it_has_come(now: Instant) -> None:
    slot = upcoming(OFFICE, now, human=False)
    assert slot is not None
    assert slot > now
    assert latest(OFFICE, slot, human=False) == slot
