"""What can be asked about simultaneous exchanges (docs/reference/control.md).

`exchange` is the id of the entry that opened one, or the beginning of it; times are milliseconds since 1970.
"""

from __future__ import annotations

import msgspec

from openline.post.request import Request, Spoken


class TogetherOpen(Spoken, tag="together-open", frozen=True, kw_only=True):
    """Ask these peers for a simultaneous exchange; `text` says what each is to show."""

    line: str
    peers: tuple[str, ...]
    text: str
    commit_by: int
    reveal_by: int
    traffic: str = msgspec.field(name="class", default="operation")


class TogetherCommit(Spoken, tag="together-commit", frozen=True, kw_only=True):
    """Bind this post to a document, Base64; it is shown by itself once all are bound."""

    exchange: str
    document: bytes
    name: str = ""


class TogetherWithdraw(Spoken, tag="together-withdraw", frozen=True, kw_only=True):
    """Take no part any more, which works only until all are bound."""

    exchange: str
    text: str = ""


class TogetherShow(Request, tag="together-show", frozen=True, kw_only=True):
    """A simultaneous exchange: who is bound, who has shown its document, and the documents."""

    exchange: str


class TogetherList(Request, tag="together-list", frozen=True, kw_only=True):
    """Simultaneous exchanges without their documents, the newest first."""

    line: str = ""
    open: bool = False
    most: int = 100


TogetherRequests = TogetherOpen | TogetherCommit | TogetherWithdraw | TogetherShow | TogetherList
