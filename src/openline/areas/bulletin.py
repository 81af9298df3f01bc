"""What goes out: one notice, ready to be written in any format.

A notice is turned into a bulletin once; the writers (`openline.areas.writing`) know nothing else. Nothing here is the
record: a bulletin is a copy for those who have no post.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from openline.areas.shapes import Area
from openline.areas.windows import Window
from openline.terms import Instant, TrafficClass


class Change(StrEnum):
    """What a bulletin does to those before it: nothing, or it takes the place of those it names, or ends them."""

    NEW = "new"
    REPLACES = "replaces"
    CANCELS = "cancels"


class Earlier(msgspec.Struct, frozen=True):
    """An earlier bulletin of the same sender: its serial, and when it was issued."""

    serial: str
    issued: Instant


class Said(msgspec.Struct, frozen=True):
    """One field of a form in the bulletin's language: what it is called, and what was filled in."""

    label: str
    text: str


class Bulletin(msgspec.Struct, frozen=True, kw_only=True):
    """One notice for the outside.

    `title` says what happens ("GUNNERY EXERCISES"), `form` by which form it was told, `serial` is the sender's own
    number. `names` are those that it replaces or cancels, as `change` says. `references` are others that it
    mentions. `remarks` are the words that stand on every copy, such as those of a humanitarian form.
    """

    title: str
    form: str
    sender: str
    serial: str
    issued: Instant
    windows: tuple[Window, ...] = ()
    alternate_windows: tuple[Window, ...] = ()
    areas: tuple[Area, ...] = ()
    fields: tuple[Said, ...] = ()
    language: str = "en"
    traffic: TrafficClass = TrafficClass.OPERATION
    change: Change = Change.NEW
    names: tuple[Earlier, ...] = ()
    references: tuple[str, ...] = ()
    self_cancel: Instant | None = None
    remarks: tuple[str, ...] = ()
