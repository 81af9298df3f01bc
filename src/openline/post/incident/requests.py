"""What can be asked about incidents (docs/reference/control.md).

`incident`, `version` and `entry` are ids; times are milliseconds since 1970. A source is [text, where, when].
"""

from __future__ import annotations

import msgspec

from openline.areas.shapes import Area
from openline.post.request import Request, Spoken

SourceWords = tuple[str, str, int]


class IncidentOpen(Spoken, tag="incident-open", frozen=True, kw_only=True):
    """Something happened: a neutral title, place and time, and sources; `at` 0 is now, `until` 0 no end."""

    line: str
    title: str
    place: str
    at: int = 0
    until: int = 0
    areas: tuple[Area, ...] = ()
    sources: tuple[SourceWords, ...] = ()
    precedence: str = "immediate"
    traffic: str = msgspec.field(name="class", default="operation")


class IncidentAssess(Spoken, tag="incident-assess", frozen=True, kw_only=True):
    """What this post holds to have happened; `version` is a version of our own assessment that it takes the place of.

    An empty origin says that it is not known; confidence is not-stated, possible, likely or almost-certain.
    """

    incident: str
    what: str
    origin: str = ""
    confidence: str = "not-stated"
    confirmed: bool = False
    sources: tuple[SourceWords, ...] = ()
    version: str = ""


class IncidentStance(Spoken, tag="incident-stance", frozen=True, kw_only=True):
    """A stance on the version of another's assessment: concurs, no-contradiction, disputes or no-position."""

    version: str
    stance: str
    text: str = ""


class IncidentSource(Spoken, tag="incident-source", frozen=True, kw_only=True):
    """Name sources."""

    incident: str
    sources: tuple[SourceWords, ...]


class IncidentInvestigate(Spoken, tag="incident-investigate", frozen=True, kw_only=True):
    """This post investigates, and asks the partners to do so with it."""

    incident: str
    partners: tuple[str, ...] = ()
    text: str = ""


class IncidentQuiet(Spoken, tag="incident-quiet", frozen=True, kw_only=True):
    """Ask others not to comment before a time; without `to`, all other members of the line."""

    incident: str
    until: int
    to: tuple[str, ...] = ()
    text: str = ""


class IncidentCorrect(Spoken, tag="incident-correct", frozen=True, kw_only=True):
    """Propose another title, place or time; what is empty or absent stays as it stands."""

    incident: str
    title: str = ""
    place: str = ""
    at: int | None = None
    until: int | None = None
    areas: tuple[Area, ...] = ()


class IncidentWord(Spoken, tag="incident-word", frozen=True, kw_only=True):
    """A word: accepted, declined, withdrawn or finished on an entry; closed or reopened on the incident."""

    entry: str
    word: str
    text: str = ""


class IncidentSame(Spoken, tag="incident-same", frozen=True, kw_only=True):
    """Say that an incident is the same as another one of the line."""

    incident: str
    other: str
    text: str = ""


class IncidentShow(Request, tag="incident-show", frozen=True, kw_only=True):
    """The picture of an incident: now, at a time, or as the author of entry `before` had it; or as a party had it.

    `party` is a member; empty for all that is held here.
    """

    incident: str
    at: int | None = None
    before: str = ""
    party: str = ""


class IncidentList(Request, tag="incident-list", frozen=True, kw_only=True):
    """The newest incidents."""

    line: str = ""
    open: bool = False
    most: int = 100


IncidentRequests = (
    IncidentOpen
    | IncidentAssess
    | IncidentStance
    | IncidentSource
    | IncidentInvestigate
    | IncidentQuiet
    | IncidentCorrect
    | IncidentWord
    | IncidentSame
    | IncidentShow
    | IncidentList
)
