"""Times as other people's formats write them: RFC 3339, and the date-time group of messages at sea and in the air.

A date-time group is day, hour and minute, Z for UTC, month and year: 271430Z NOV 24.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

from openline.terms import Instant

MONTHS: Final = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")

_RFC3339 = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:([Zz])|([+-])(\d\d):(\d\d))", re.ASCII
)


def read_time(text: str) -> Instant | None:
    """A time with its offset from UTC (RFC 3339, 5.6); None for anything else. A leap second is the next second."""
    found = _RFC3339.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part) for part in found.groups()[:6])
    leap = second == 60
    try:
        at = datetime(year, month, day, hour, minute, 59 if leap else second, tzinfo=UTC)
    except ValueError:
        return None
    offset = 0
    if found[9]:
        if int(found[10]) > 23 or int(found[11]) > 59:
            return None
        offset = (int(found[10]) * 60 + int(found[11])) * (-1 if found[9] == "-" else 1)
    millis = int(((found[7] or "") + "000")[:3])
    return Instant((int(at.timestamp()) + leap - offset * 60) * 1000 + millis)


def write_time(at: Instant) -> str:
    """RFC 3339 in UTC, to the second or where needed the millisecond."""
    said = moment(at).strftime("%Y-%m-%dT%H:%M:%S")
    millis = f".{at % 1000:03d}" if at % 1000 else ""
    return f"{said:0>19}{millis}Z"


def write_group(at: Instant, *, year: bool = True) -> str:
    """The date-time group, to the minute: 271430Z NOV 24."""
    when = moment(at)
    said = f"{when.day:02d}{when.hour:02d}{when.minute:02d}Z {MONTHS[when.month - 1]}"
    return f"{said} {when.year % 100:02d}" if year else said


def moment(at: Instant) -> datetime:
    """The instant as a date and time in UTC; years 1 to 9999, what lies beyond is the last or first of them."""
    first, last = -62_135_596_800, 253_402_300_799
    return datetime.fromtimestamp(min(max(at // 1000, first), last), UTC)
