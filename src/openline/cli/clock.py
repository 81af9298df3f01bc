"""How much time is left, in the words of a clock on the wall. All instants are UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from openline.post import loop

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def instant(text: str) -> datetime:
    """A time as the post tells it: 2022-11-15T18:40:07Z. ValueError where it is none that a calendar has."""
    return datetime.fromisoformat(text)


def now() -> datetime:
    """The time."""
    return EPOCH + timedelta(milliseconds=loop.now())


def span(length: timedelta) -> str:
    """So long, in the two largest units that people use: 8 min, 2 h 40 min, 3 d 4 h."""
    minutes = round(abs(length).total_seconds()) // 60
    if minutes < 1:
        return "less than a minute"
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 24 * 60:
        return f"{minutes // 60} h {minutes % 60} min"
    return f"{minutes // (24 * 60)} d {minutes // 60 % 24} h"
