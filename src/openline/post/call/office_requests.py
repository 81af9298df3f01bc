"""What can be asked about offices, their holders and the roster (docs/reference/control.md)."""

from __future__ import annotations

from openline.post.request import Request, Spoken


class RosterPublish(Spoken, tag="roster-publish", frozen=True, kw_only=True):
    """Publish this post's roster on a line, from a TOML file."""

    line: str
    text: str


class OfficeHold(Spoken, tag="office-hold", frozen=True, kw_only=True):
    """A new holder of an office of ours, since a time; 0 is now. The roster is published anew."""

    line: str
    office: str
    holder: str
    since: int = 0


class OfficeList(Request, tag="office-list", frozen=True, kw_only=True):
    """The rosters in force of all members of a line."""

    line: str


class OfficeHistory(Request, tag="office-history", frozen=True, kw_only=True):
    """All contacts between two offices, each `[post, office]`; this post goes by the name on its card."""

    line: str
    one: tuple[str, str]
    other: tuple[str, str]


OfficeRequests = RosterPublish | OfficeHold | OfficeList | OfficeHistory
