"""What can be asked about calls that may have been hoaxes (docs/reference/control.md)."""

from __future__ import annotations

import msgspec

from openline.post.request import Request, Spoken


class HoaxAsk(Spoken, tag="hoax-ask", frozen=True, kw_only=True):
    """Ask a peer whether it called at a time (milliseconds since 1970), as the call seemed."""

    line: str
    peer: str
    at: int
    channel: str
    name: str = ""
    office: str = ""
    shown: str = ""
    text: str = ""
    precedence: str = "flash"
    traffic: str = msgspec.field(name="class", default="operation")


class HoaxReport(Spoken, tag="hoax-report", frozen=True, kw_only=True):
    """Tell all members of a line of a hoax call; `peer`, or this post, is the one in whose name it was."""

    line: str
    at: int
    channel: str
    peer: str = ""
    name: str = ""
    office: str = ""
    shown: str = ""
    text: str = ""
    precedence: str = "immediate"
    traffic: str = msgspec.field(name="class", default="operation")


class HoaxAnswer(Spoken, tag="hoax-answer", frozen=True, kw_only=True):
    """Answer such a question: yes, no or unknown."""

    question: str
    verdict: str
    text: str = ""


class HoaxList(Request, tag="hoax-list", frozen=True, kw_only=True):
    """The newest questions and reports."""

    line: str = ""
    most: int = 100


HoaxRequests = HoaxAsk | HoaxReport | HoaxAnswer | HoaxList
