"""What can be asked about joint statements (docs/reference/control.md).

`statement` is the id of any entry of one; texts are [language, text]; times are milliseconds since 1970.
"""

from __future__ import annotations

import msgspec

from openline.post.request import Request, Spoken


class StatementDraft(Spoken, tag="statement-draft", frozen=True, kw_only=True):
    """Draft a joint statement: without `parties`, of all members; without `needed`, all have to approve."""

    line: str
    about: str
    languages: tuple[str, ...]
    parties: tuple[str, ...] = ()
    needed: int = 0
    not_before: int = 0
    one_person: bool = False
    refers: tuple[str, ...] = ()
    traffic: str = msgspec.field(name="class", default="operation")


class StatementLine(Spoken, tag="statement-line", frozen=True, kw_only=True):
    """Add a line: at the end, after the line `after`, or `first`. Without the pen it is a proposal."""

    statement: str
    texts: tuple[tuple[str, str], ...]
    after: str = ""
    first: bool = False
    text: str = ""


class StatementAmend(Spoken, tag="statement-amend", frozen=True, kw_only=True):
    """Change a line in these languages; without any, strike it. Without the pen it is a proposal."""

    line: str
    texts: tuple[tuple[str, str], ...] = ()
    text: str = ""


class StatementWord(Spoken, tag="statement-word", frozen=True, kw_only=True):
    """Accept a change that was proposed, or reject it; our own, take it back."""

    change: str
    accept: bool
    text: str = ""


class StatementApprove(Spoken, tag="statement-approve", frozen=True, kw_only=True):
    """An officer approves the version that was read (the first digits of its digest)."""

    statement: str
    version: str


class StatementRevoke(Spoken, tag="statement-revoke", frozen=True, kw_only=True):
    """Take this post's approval of the text as it stands back."""

    statement: str
    text: str = ""


class StatementRelease(Spoken, tag="statement-release", frozen=True, kw_only=True):
    """The drafter releases the version that was read."""

    statement: str
    version: str


class StatementWithdraw(Spoken, tag="statement-withdraw", frozen=True, kw_only=True):
    """The drafter ends it without a release."""

    statement: str
    text: str


class StatementShow(Request, tag="statement-show", frozen=True, kw_only=True):
    """A joint statement with its text, its changes and its approvals."""

    statement: str


class StatementList(Request, tag="statement-list", frozen=True, kw_only=True):
    """Joint statements, the newest first."""

    line: str = ""
    open: bool = False
    most: int = 100


class StatementPage(Request, tag="statement-page", frozen=True, kw_only=True):
    """Write the public page of a released statement to a file."""

    statement: str
    file: str


StatementRequests = (
    StatementDraft
    | StatementLine
    | StatementAmend
    | StatementWord
    | StatementApprove
    | StatementRevoke
    | StatementRelease
    | StatementWithdraw
    | StatementShow
    | StatementList
    | StatementPage
)
