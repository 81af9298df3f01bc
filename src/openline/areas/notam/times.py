"""Items B and C: from when until when (Doc 8126, 6.3.4 and 6.3.5). Ten digits, YYMMDDhhmm, UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec

from openline.areas.windows import EndKind
from openline.terms import Instant

_TEN: Final = re.compile(r"(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})", re.ASCII)
_TO: Final = re.compile(r"(?P<ten>\d{10})\s{0,9}(?P<est>EST|ESTIMATED)?", re.ASCII)
_PERMANENT: Final = ("PERM", "PERMANENT")
_OPEN: Final = ("UFN", "U/FN", "UNTIL FURTHER NOTICE")
DAY_MS: Final = 86_400_000
FIRST_YEAR: Final = 70
"""Two digits from here on mean 19xx, as POSIX (strptime %y) has it; NOTAM older than 1969 are none."""


class To(msgspec.Struct, frozen=True):
    """The end of a NOTAM: when, how firm, and whether the words could be read.

    "Until further notice" has neither time nor kind; ICAO no longer knows it, and it is less than PERM.
    """

    at: Instant | None = None
    kind: EndKind | None = None
    understood: bool = True


def instant(when: datetime) -> Instant:
    """Milliseconds of a UTC time."""
    return Instant(int(when.timestamp()) * 1000)


def moment(at: Instant) -> datetime:
    """The UTC time of an instant."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at)


def written(at: Instant | None) -> str | None:
    """Time as ISO 8601 to the minute: 2026-07-04T09:21Z."""
    return moment(at).strftime("%Y-%m-%dT%H:%MZ") if at is not None else None


def read_ten(words: str) -> Instant | None:
    """YYMMDDhhmm; 2400 is the midnight that ends the day. None for anything else."""
    match = _TEN.fullmatch(words)
    if not match:
        return None
    year, month, day, hour, minute = (int(part) for part in match.groups())
    midnight = (hour, minute) == (24, 0)
    try:
        when = datetime(
            year + (1900 if year >= FIRST_YEAR else 2000), month, day, 0 if midnight else hour, minute, tzinfo=UTC
        )
    except ValueError:
        return None
    return instant(when + timedelta(days=1) if midnight else when)


def read_from(words: str) -> Instant | None:
    """Item B: when it begins; None where the words are no time (WIE, "with immediate effect", names none either)."""
    plain = re.sub(r"(?<=\d)\s(?=\d)", "", words.strip())
    return read_ten(plain.removesuffix(" UTC").removesuffix("Z"))


def read_to(words: str) -> To:
    """Item C: when it ends: a time, a time with EST, PERM or UFN."""
    plain = " ".join(words.upper().split()).strip(". ")
    if plain in _PERMANENT or plain in _OPEN:
        return To(kind=EndKind.PERM if plain in _PERMANENT else None)
    match = _TO.fullmatch(plain)
    at = read_ten(match["ten"]) if match else None
    if match is None or at is None:
        return To(understood=False)
    return To(at=at, kind=EndKind.EST if match["est"] else EndKind.FIXED)
