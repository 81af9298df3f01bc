"""What can be asked about claims (docs/reference/control.md).

`claim` is the id of a claim on any of its lines, or of an entry in it; times are milliseconds since 1970. `to` names
lines, each with the members that the claim is put to; without any, all others. With `everywhere`, what is said of a
claim is said on every line on which this post put it.
"""

from __future__ import annotations

import msgspec

from openline.post.request import Request, Spoken

To = tuple[tuple[str, tuple[str, ...]], ...]


class ClaimPut(Spoken, tag="claim-put", frozen=True, kw_only=True):
    """Put a claim to members of one line or of several; `told` states on each of them who else was told."""

    text: str
    to: To
    reply_by: int = 0
    told: tuple[str, ...] = ()
    precedence: str = "priority"
    traffic: str = msgspec.field(name="class", default="operation")


class ClaimAlso(Spoken, tag="claim-also", frozen=True, kw_only=True):
    """Put a claim of ours to others, too: the same claim."""

    claim: str
    to: To
    reply_by: int = 0
    told: tuple[str, ...] = ()


class ClaimAnswer(Spoken, tag="claim-answer", frozen=True, kw_only=True):
    """Answer a claim: accepts, rejects, no-position or asks-evidence."""

    claim: str
    stance: str
    text: str = ""


class ClaimEvidence(Spoken, tag="claim-evidence", frozen=True, kw_only=True):
    """Give evidence for a claim of ours; `files` are [name, SHA-256 in hex], `entries` ids of entries of the line."""

    claim: str
    text: str = ""
    files: tuple[tuple[str, str], ...] = ()
    entries: tuple[str, ...] = ()
    everywhere: bool = False


class ClaimTell(Spoken, tag="claim-tell", frozen=True, kw_only=True):
    """State who else was told of a claim of ours, in place of what was stated before.

    With `others`, all those to whom this post put it elsewhere, too.
    """

    claim: str
    names: tuple[str, ...] = ()
    others: bool = False
    text: str = ""
    everywhere: bool = False


class ClaimWithdraw(Spoken, tag="claim-withdraw", frozen=True, kw_only=True):
    """Withdraw a claim of ours."""

    claim: str
    text: str = ""
    everywhere: bool = True


class ClaimReplace(Spoken, tag="claim-replace", frozen=True, kw_only=True):
    """Put another claim in the place of one of ours, to the same members, and withdraw that one."""

    claim: str
    text: str
    reason: str = ""
    reply_by: int = 0
    everywhere: bool = True


class ClaimShow(Request, tag="claim-show", frozen=True, kw_only=True):
    """A claim on every line that this post is on, with the answer of each party, or its silence."""

    claim: str


class ClaimList(Request, tag="claim-list", frozen=True, kw_only=True):
    """The newest claims, each once."""

    line: str = ""
    most: int = 100


ClaimRequests = (
    ClaimPut
    | ClaimAlso
    | ClaimAnswer
    | ClaimEvidence
    | ClaimTell
    | ClaimWithdraw
    | ClaimReplace
    | ClaimShow
    | ClaimList
)
