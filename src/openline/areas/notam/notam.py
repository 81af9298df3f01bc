"""What one NOTAM says, field by field."""

from __future__ import annotations

import msgspec

from openline.areas.reading import Reading
from openline.areas.shapes import Position
from openline.areas.windows import EndKind
from openline.terms import Instant


class NotamReading(msgspec.Struct, frozen=True, kw_only=True):
    """A NOTAM as read: what every reading has, and the fields of its Q-line and items.

    `starts` and `ends` are items B and C; `schedule`, `lower`, `upper` are the words of items D, F, G, blanks folded.
    `reading.windows` are the periods of item D within B and C; a NOTAM without an end has one window, open at its end,
    whatever its schedule. Offsets of refused words count from the start of `reading.source`.
    """

    reading: Reading
    id: str | None = None
    type: str | None = None
    refers_to: str | None = None
    fir: str | None = None
    qcode: str | None = None
    traffic: str | None = None
    purpose: str | None = None
    scope: str | None = None
    lower_fl: int | None = None
    upper_fl: int | None = None
    q_center: Position | None = None
    q_radius_nm: int | None = None
    starts: Instant | None = None
    ends: Instant | None = None
    end_kind: EndKind | None = None
    locations: tuple[str, ...] = ()
    schedule: str | None = None
    lower: str | None = None
    upper: str | None = None
