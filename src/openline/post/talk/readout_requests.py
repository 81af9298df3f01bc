"""What can be asked about readouts (docs/reference/control.md).

`contact` is the id of a call request, `readout` that of a readout; times are milliseconds since 1970.
"""

from __future__ import annotations

from openline.post.request import Request, Spoken


class ReadoutFile(Spoken, tag="readout-file", frozen=True, kw_only=True):
    """File a published text against a contact; `of` is the party whose it is, empty for this post.

    Of a text that is too long `text` is the beginning, `size` and `digest` (hex) are of the whole.
    """

    contact: str
    text: str
    published: int
    where: str
    language: str
    of: str = ""
    size: int = 0
    digest: str = ""


class ReadoutMark(Spoken, tag="readout-mark", frozen=True, kw_only=True):
    """Mark a readout: it covers, lacks (`missing`), adds (`added`) or differs from a point or another readout.

    `quote` is the span, word for word, and `other_quote` that of the other readout.
    """

    readout: str
    sort: str
    quote: str = ""
    target: str = ""
    other_quote: str = ""
    text: str = ""


class ReadoutWord(Spoken, tag="readout-word", frozen=True, kw_only=True):
    """A word on a mark: agreed or disputed; or withdrawn, by who made it."""

    mark: str
    word: str
    text: str = ""


class ReadoutShow(Request, tag="readout-show", frozen=True, kw_only=True):
    """The readouts of a contact with their marks, beside the points of its minute."""

    contact: str


class ReadoutCompare(Request, tag="readout-compare", frozen=True, kw_only=True):
    """A readout word by word against another, or against a point of the minute."""

    readout: str
    other: str


ReadoutRequests = ReadoutFile | ReadoutMark | ReadoutWord | ReadoutShow | ReadoutCompare
