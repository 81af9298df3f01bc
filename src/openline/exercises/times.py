"""The story's clock. Spans are "90s", "25m", "1h 30m", "2d"; times are spans after the beginning, or UTC.

Story time is in milliseconds since 1970, as the incident had it; the wall's is the true one, which posts sign. While
the clock runs, the story goes `speed` times as fast as the wall.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

import msgspec

from openline.errors import Misuse

_UNITS_MS: Final = {"s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}
_LONGEST_MS: Final = 3_660 * 86_400_000
_LAST_YEAR: Final = 2_200
_SPAN: Final = re.compile(r"(?:\d{1,6} ?[smhd] ?)+")
_PART: Final = re.compile(r"(\d{1,6}) ?([smhd])")


def span(text: str) -> int:
    """Milliseconds of a span. Raises Misuse."""
    if not _SPAN.fullmatch(text.strip()):
        raise Misuse(f"{text!r} is no span of time: write 90s, 25m, 1h 30m or 2d.")
    length = sum(int(count) * _UNITS_MS[unit] for count, unit in _PART.findall(text))
    if length > _LONGEST_MS:
        raise Misuse(f"{text!r} is longer than any exercise: {_LONGEST_MS // _UNITS_MS['d']} days at most.")
    return length


def moment(text: str, begins: int) -> int:
    """Story time of a span after the beginning, or of a UTC time. Raises Misuse."""
    if _SPAN.fullmatch(text.strip()):
        return begins + span(text)
    return instant(text)


def instant(text: str) -> int:
    """Milliseconds since 1970 of 2022-11-15T14:40Z. Raises Misuse."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise Misuse(f"{text!r} is no time: write 25m after the beginning, or UTC as 2022-11-15T14:40Z.") from None
    if at.tzinfo is None:
        raise Misuse(f"{text!r} does not say that it is UTC: end it in Z, as 2022-11-15T14:40Z.")
    if not 1970 <= at.year <= _LAST_YEAR:
        raise Misuse(f"{text!r} is no time of an exercise: a year from 1970 to {_LAST_YEAR}.")
    return int(at.astimezone(UTC).timestamp() * 1_000)


def utc(at: int, timespec: str = "seconds") -> str:
    """A time as people read it."""
    return datetime.fromtimestamp(at / 1_000, UTC).isoformat(timespec=timespec).replace("+00:00", "Z")


def lasted(span_ms: int) -> str:
    """A span as people say it: 45 s, 12 min, 1 h 05 min, 2 d 3 h."""
    seconds = round(span_ms / 1_000)
    if seconds < 60:
        return f"{seconds} s"
    minutes, rest = divmod(seconds, 60)
    if minutes < 60:
        return f"{minutes} min" + (f" {rest} s" if rest and minutes < 10 else "")
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        return f"{hours} h" + (f" {minutes:02} min" if minutes else "")
    days, hours = divmod(hours, 24)
    return f"{days} d" + (f" {hours} h" if hours else "")


class Clock(msgspec.Struct, frozen=True):
    """At `wall` it was `story`; since then it runs, or stands."""

    story: int
    wall: int
    speed: float = 1.0
    runs: bool = False

    def at(self, wall: int) -> int:
        """Story time when the wall's clock says `wall`."""
        return self.story + (int((wall - self.wall) * self.speed) if self.runs else 0)

    def wall_at(self, story: int) -> int:
        """When it will be `story`, if the clock goes on; where it stands, as if it went on from `wall`."""
        return self.wall + int((story - self.story) / self.speed)

    def standing(self, wall: int) -> Clock:
        """The clock stopped."""
        return Clock(self.at(wall), wall, self.speed, runs=False)

    def running(self, wall: int) -> Clock:
        """The clock started."""
        return Clock(self.at(wall), wall, self.speed, runs=True)

    def moved(self, wall: int, story: int) -> Clock:
        """The clock put forward; never back."""
        return Clock(max(story, self.at(wall)), wall, self.speed, self.runs)
