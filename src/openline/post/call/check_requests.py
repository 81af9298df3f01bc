"""What can be asked about link checks and announced silence (docs/reference/control.md)."""

from __future__ import annotations

from openline.post.request import Request, Spoken


class CheckSend(Spoken, tag="check-send", frozen=True, kw_only=True):
    """Check the line now, beside the timetable; `human` waits for an officer's answer."""

    line: str
    human: bool = False


class CheckAnswer(Spoken, tag="check-answer", frozen=True, kw_only=True):
    """An officer answers a check of another post."""

    check: str


class CheckList(Request, tag="check-list", frozen=True, kw_only=True):
    """The newest checks of a line, with who answered, and the words of missed ones."""

    line: str
    most: int = 100


class OutageAnnounce(Spoken, tag="outage-announce", frozen=True, kw_only=True):
    """Announce silence: `why` is outage, radio-silence or move; times are milliseconds since 1970."""

    line: str
    begins: int
    ends: int
    why: str = "outage"
    text: str = ""


class OutageOver(Spoken, tag="outage-over", frozen=True, kw_only=True):
    """The rest of an announced silence is called off."""

    outage: str


CheckRequests = CheckSend | CheckAnswer | CheckList | OutageAnnounce | OutageOver
