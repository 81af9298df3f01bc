"""What can be asked of the whole record (docs/reference/control.md)."""

from __future__ import annotations

import msgspec

from openline.post.request import Request


class RecordList(Request, tag="record-list", frozen=True, kw_only=True):
    """Entries of every kind, the newest kept first, of those that fit what is given.

    `before` is where the answer before this one says to go on. `text` stands in the words of an entry, in any case.
    """

    line: str = ""
    author: str = ""
    kind: str = ""
    precedence: str = ""
    traffic: str = msgspec.field(name="class", default="")
    text: str = ""
    before: int | None = None
    most: int = 200


RecordRequests = RecordList
