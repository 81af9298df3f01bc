"""What a reader made of one warning: what it understood, what it refused and why, and what it doubts.

A reader guesses nothing: words that it does not understand are refused aloud, part by part, and a contradiction inside
a text is flagged and left as it is. The source text is kept as it came.
"""

from __future__ import annotations

import msgspec

from openline.areas.shapes import Area
from openline.areas.windows import Window
from openline.terms import Instant


class Flag(msgspec.Struct, frozen=True):
    """A doubt that a person should look at: a stable code, a sentence, and the words of the source that raised it."""

    code: str
    text: str
    words: str = ""


class Refused(msgspec.Struct, frozen=True):
    """A part of the source that was not understood: its words, where they stand (offsets in characters), and why."""

    words: str
    first: int
    last: int
    why: str


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """One warning as read. `source` is the text of this one warning, as it came.

    `shown_until` is the later reading of when it ends, where the text contradicts itself: the area stays on the map
    until then. None where nothing ends it.
    """

    format: str
    source: str
    id: str = ""
    issued: Instant | None = None
    windows: tuple[Window, ...] = ()
    alternate_windows: tuple[Window, ...] = ()
    areas: tuple[Area, ...] = ()
    self_cancel: Instant | None = None
    cancels: tuple[str, ...] = ()
    shown_until: Instant | None = None
    flags: tuple[Flag, ...] = ()
    refused: tuple[Refused, ...] = ()
