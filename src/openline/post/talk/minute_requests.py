"""What can be asked about minutes, commitments and disclosure (docs/reference/control.md).

`contact` is the id of a call request; times are milliseconds since 1970.
"""

from __future__ import annotations

from openline.post.request import Request, Spoken


class MinuteDraft(Spoken, tag="minute-draft", frozen=True, kw_only=True):
    """Draft a point of the minute of a contact, or revise one of ours."""

    contact: str
    text: str
    point: str = ""


class MinuteWord(Spoken, tag="minute-word", frozen=True, kw_only=True):
    """Agree to a point of another, or with `text` say our own version of it."""

    point: str
    text: str = ""


class MinuteSign(Spoken, tag="minute-sign", frozen=True, kw_only=True):
    """Sign the version of a minute that was read (the first digits of its digest), or refuse to, with the reason."""

    contact: str
    version: str = ""
    refuse: bool = False
    text: str = ""


class MinuteShow(Request, tag="minute-show", frozen=True, kw_only=True):
    """The minute of a contact."""

    contact: str


class CommitMake(Spoken, tag="commit-make", frozen=True, kw_only=True):
    """Record a commitment made in a contact; `owner` is a party, empty for this post."""

    contact: str
    text: str
    due: int
    owner: str = ""


class CommitWord(Spoken, tag="commit-word", frozen=True, kw_only=True):
    """A word on a commitment: accepted, done, disputed, closed or released."""

    commitment: str
    word: str
    text: str = ""


class CommitList(Request, tag="commit-list", frozen=True, kw_only=True):
    """Commitments, the newest first."""

    line: str = ""
    open: bool = False
    most: int = 100


class DisclosePropose(Spoken, tag="disclose-propose", frozen=True, kw_only=True):
    """Propose what may be said of a contact: its level and since when; `items` are [entry, level] beside it."""

    contact: str
    level: str
    since: int = 0
    items: tuple[tuple[str, str], ...] = ()
    text: str = ""


class DiscloseAgree(Spoken, tag="disclose-agree", frozen=True, kw_only=True):
    """Agree to a proposal."""

    proposal: str


class DiscloseRecord(Spoken, tag="disclose-record", frozen=True, kw_only=True):
    """Record that something became public: `by` a party, or nobody known; `who` said it where; `at` 0 is now."""

    contact: str
    at: int = 0
    by: str = ""
    about: str = ""
    asked: bool = False
    confirmed_only: bool = False
    agreed_text: bool = False
    text: str = ""
    who: str = ""


class DiscloseBreach(Spoken, tag="disclose-breach", frozen=True, kw_only=True):
    """Record that a disclosure broke what was agreed; it stops nothing."""

    disclosed: str
    text: str = ""


class DiscloseShow(Request, tag="disclose-show", frozen=True, kw_only=True):
    """What may be said of a contact, and what was."""

    contact: str


MinuteRequests = (
    MinuteDraft
    | MinuteWord
    | MinuteSign
    | MinuteShow
    | CommitMake
    | CommitWord
    | CommitList
    | DisclosePropose
    | DiscloseAgree
    | DiscloseRecord
    | DiscloseBreach
    | DiscloseShow
)
