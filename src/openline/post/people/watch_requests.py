"""What can be asked about the watch: the log of the organisation's own officers, and who has the watch."""

from __future__ import annotations

from openline.post.request import Request, Spoken


class LogShow(Request, tag="log-show", frozen=True, kw_only=True):
    """The newest words of the watch log, who has the watch, what is open, and whether the chain holds."""

    most: int = 100


class LogNote(Spoken, tag="log-note", frozen=True, kw_only=True):
    """A note in the watch log."""

    text: str


class LogHandOver(Spoken, tag="log-hand-over", frozen=True, kw_only=True):
    """Hand the watch over to an officer, with what is open now."""

    to: str
    text: str = ""


class LogTakeOver(Spoken, tag="log-take-over", frozen=True, kw_only=True):
    """Take the watch over, with the list that was handed over; where nobody has handed over, with what is open now."""

    text: str = ""


WatchRequests = LogShow | LogNote | LogHandOver | LogTakeOver
