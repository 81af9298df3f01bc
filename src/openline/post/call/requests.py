"""What can be asked about contacts: to ask for a call, answer, close, and state attempts (docs/reference/control.md).

Times are milliseconds since 1970. `contact` is the id of the call request, or the beginning of it.
"""

from __future__ import annotations

import msgspec

from openline.post.request import Request, Spoken


class CallAsk(Spoken, tag="call-ask", frozen=True, kw_only=True):
    """Ask to speak with offices; `called` holds [peer, office] pairs."""

    line: str
    office: str
    called: tuple[tuple[str, str], ...]
    reply_by: int
    times: tuple[int, ...] = ()
    languages: tuple[str, ...] = ()
    means: str = ""
    topics: tuple[str, ...] = ()
    consequence: str = ""
    content: str = ""
    matter: str = ""
    told: tuple[str, ...] = ()
    precedence: str = "immediate"
    traffic: str = msgspec.field(name="class", default="operation")


class CallAnswer(Spoken, tag="call-answer", frozen=True, kw_only=True):
    """Answer a call request; `reply` is accepted, counter-time, delegated, deferred, content-taken or declined."""

    contact: str
    reply: str
    at: int = 0
    times: tuple[int, ...] = ()
    office: str = ""
    reason: str = "unstated"
    text: str = ""


class CallClose(Spoken, tag="call-close", frozen=True, kw_only=True):
    """Close our contact with one called party: held, not-held, declined, no-answer or withdrawn.

    `answer` is the entry that the outcome takes; without it, the party's standing answer where the outcome needs one.
    """

    contact: str
    outcome: str
    peer: str = ""
    answer: str = ""
    began: int = 0
    ended: int = 0
    present: tuple[str, ...] = ()
    interpreters: tuple[str, ...] = ()
    text: str = ""


class CallTry(Spoken, tag="call-try", frozen=True, kw_only=True):
    """State an attempt outside Openline: by which means, when, who answered, how far it got."""

    contact: str
    means: str
    peer: str = ""
    began: int = 0
    ended: int = 0
    layer: str = "none"
    who: str = ""
    text: str = ""


class CallCertificate(Spoken, tag="call-certificate", frozen=True, kw_only=True):
    """Certify how far our call to a party got, and write the certificate into a file that anyone can verify."""

    contact: str
    file: str
    peer: str = ""


class CallRespond(Spoken, tag="call-respond", frozen=True, kw_only=True):
    """Respond as an officer to a certificate about this post: what our side of it was."""

    contact: str
    text: str


class CallBoard(Request, tag="call-board", frozen=True):
    """Whom we have asked, reached and briefed in a matter, on all lines; without one, in the newest contacts."""

    matter: str = ""


class CallDigits(Request, tag="call-digits", frozen=True, kw_only=True):
    """The check digits of a contact, for one use; `peer` says which called party, where there are several."""

    contact: str
    peer: str = ""


class CallShow(Request, tag="call-show", frozen=True, kw_only=True):
    """One contact."""

    contact: str


class CallList(Request, tag="call-list", frozen=True):
    """The newest contacts, open ones first."""

    line: str = ""
    open: bool = False
    most: int = 100


CallRequests = (
    CallAsk
    | CallAnswer
    | CallClose
    | CallTry
    | CallCertificate
    | CallRespond
    | CallBoard
    | CallDigits
    | CallShow
    | CallList
)
