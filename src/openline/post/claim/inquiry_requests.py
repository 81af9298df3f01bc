"""What can be asked about inquiries (docs/reference/control.md). Times are milliseconds since 1970."""

from __future__ import annotations

import msgspec

from openline.post.request import Request, Spoken


class InquiryAsk(Spoken, tag="inquiry-ask", frozen=True, kw_only=True):
    """Ask a peer about an activity; `reply_by` 0 is in 48 hours. `about` is an entry of the line, as a notice."""

    line: str
    peer: str
    what: str
    where: str = ""
    question: str = ""
    next_step: str = ""
    begins: int = 0
    ends: int = 0
    reply_by: int = 0
    about: str = ""
    precedence: str = "priority"
    traffic: str = msgspec.field(name="class", default="operation")


class InquiryAnswer(Spoken, tag="inquiry-answer", frozen=True, kw_only=True):
    """Answer an inquiry; with `entry` or `channel` the answer is there."""

    inquiry: str
    text: str = ""
    entry: str = ""
    channel: str = ""


class InquiryJudge(Spoken, tag="inquiry-judge", frozen=True, kw_only=True):
    """Say of an answer `satisfied` or `unsatisfactory`, of the silence `not-answered`, of all of it `withdrawn`.

    `answer` empty is the newest. `reply_by` sets the clock of who finds an answer unsatisfactory; 0 lets it run anew.
    """

    inquiry: str
    verdict: str
    answer: str = ""
    text: str = ""
    reply_by: int = 0


class InquiryShow(Request, tag="inquiry-show", frozen=True, kw_only=True):
    """One inquiry."""

    inquiry: str


class InquiryList(Request, tag="inquiry-list", frozen=True, kw_only=True):
    """The newest inquiries, open ones first."""

    line: str = ""
    open: bool = False
    most: int = 100


InquiryRequests = InquiryAsk | InquiryAnswer | InquiryJudge | InquiryShow | InquiryList
