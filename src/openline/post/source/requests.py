"""What can be asked about accounts: published texts filed as sources, with marks (docs/reference/control.md).

An account goes by its id in hex or the beginning of it. `about` is an entry: of a contact, a notice, a message.
"""

from __future__ import annotations

from openline.post.request import Request, Spoken


class AccountAdd(Spoken, tag="account-add", frozen=True, kw_only=True):
    """File a published text; `published` is a day as 2024-12-05."""

    text: str
    publisher: str
    published: str
    about: str = ""
    language: str = "en"


class AccountAbout(Spoken, tag="account-about", frozen=True, kw_only=True):
    """What an account is about; empty for nothing on the record."""

    account: str
    about: str = ""


class AccountRemove(Spoken, tag="account-remove", frozen=True, kw_only=True):
    """Forget an account with its marks."""

    account: str


class AccountList(Request, tag="account-list", frozen=True, kw_only=True):
    """The accounts of this home, the newest publication first."""


class AccountShow(Request, tag="account-show", frozen=True, kw_only=True):
    """An account with its text, and each mark held against the record."""

    account: str


class AccountPropose(Request, tag="account-propose", frozen=True, kw_only=True):
    """Marks that the program proposes: in an account, or in a `text` published on a day, which is not filed."""

    account: str = ""
    text: str = ""
    published: str = ""


class Asserted(Spoken, frozen=True, kw_only=True):
    """What a mark asserts. `days` is 2022-10 or 2022-02..2022-10, `number` is 90 or 60..100, `of` what.

    `entry` is the entry that a person holds it against, `otherwise` whether the two exclude each other. `according_to`
    is publisher, unnamed, or person:NAME, office:NAME, via:NAME.
    """

    what: str = ""
    who: tuple[str, ...] = ()
    whom: tuple[str, ...] = ()
    days: str = ""
    number: str = ""
    of: str = ""
    value: str = ""
    text: str = ""
    about: str = ""
    entry: str = ""
    otherwise: bool = False
    according_to: str = ""


class AccountMark(Asserted, tag="account-mark", frozen=True, kw_only=True):
    """Mark the `nth` place where these words stand in an account."""

    account: str
    words: str
    nth: int = 1


class AccountAccept(Asserted, tag="account-accept", frozen=True, kw_only=True):
    """Accept a proposal; what is given here takes the place of what was proposed."""

    account: str
    proposal: str


class AccountReject(Spoken, tag="account-reject", frozen=True, kw_only=True):
    """Reject a proposal: it is not proposed again."""

    account: str
    proposal: str


class AccountUnmark(Spoken, tag="account-unmark", frozen=True, kw_only=True):
    """Take a mark away, by its number."""

    account: str
    mark: int


class AccountMatrix(Request, tag="account-matrix", frozen=True, kw_only=True):
    """Accounts side by side: those named, those about an entry, or all."""

    accounts: tuple[str, ...] = ()
    about: str = ""


class AccountExport(Request, tag="account-export", frozen=True, kw_only=True):
    """The text of a file with an account and its marks, to show to others."""

    account: str


class AccountImport(Spoken, tag="account-import", frozen=True, kw_only=True):
    """Take in such a file that came from somebody, as an account of its own beside ours."""

    text: str
    source: str


SourceRequests = (
    AccountAdd
    | AccountAbout
    | AccountRemove
    | AccountList
    | AccountShow
    | AccountPropose
    | AccountMark
    | AccountAccept
    | AccountReject
    | AccountUnmark
    | AccountMatrix
    | AccountExport
    | AccountImport
)
