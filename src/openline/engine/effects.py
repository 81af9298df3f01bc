"""Everything that the machine can ask for: the table of contents of what a post does.

The shell performs the effects of a turn in order, and a Keep is durable before any later effect:
so it commits all Keeps of the turn first, in one transaction, and only then does the rest.
"""

from __future__ import annotations

from typing import Any

import msgspec

from openline.errors import OpenlineError
from openline.feeds.record import Drop, KeepEntry, KeepHead, Put
from openline.terms import EntryId, Instant, LineId, PostId, Precedence
from openline.wire.entry import Entry


class Transmit(msgspec.Struct, frozen=True):
    """Send one frame on an open link."""

    link: int
    frame: bytes


class Dial(msgspec.Struct, frozen=True):
    """Try to reach a peer; ends in LinkUp or DialFailed."""

    peer: PostId


class Hang(msgspec.Struct, frozen=True):
    """Close a link; the sentence goes to the log."""

    link: int
    why: str


class Wake(msgspec.Struct, frozen=True):
    """Call again with Tick at this time, or sooner. The earliest asked for counts; a later Wake does not cancel it."""

    at: Instant


class Wrap(msgspec.Struct, frozen=True):
    """Seal an epoch's secret for one member with HPKE (randomised): answer with Wrapped."""

    line: LineId
    epoch: int
    member: PostId
    public: bytes
    info: bytes
    secret: bytes


class SealVoice(msgspec.Struct, frozen=True):
    """Seal notes about check digits for one peer with HPKE (randomised): answer with VoiceSealed."""

    peer: PostId
    public: bytes
    info: bytes
    notes: bytes


class SignTree(msgspec.Struct, frozen=True):
    """Sign these bytes with the post's ML-DSA-44 checkpoint key (randomised): answer with TreeSigned."""

    line: LineId
    size: int
    message: bytes


class Fetch(msgspec.Struct, frozen=True):
    """Read kept entries of a feed in these ranges, highest precedence first: answer with Fetched."""

    link: int
    line: LineId
    feed: PostId
    ranges: tuple[tuple[int, int], ...]
    most: int
    most_bytes: int


class Regrow(msgspec.Struct, frozen=True):
    """Read entries 1 to `number` of a feed and make the frontier of their tree: answer with Regrown."""

    line: LineId
    feed: PostId
    number: int


class Refold(msgspec.Struct, frozen=True):
    """Gather all entries of an exchange (engine.conversing.gather): answer with Refolded."""

    line: LineId
    opening: EntryId
    news: tuple[EntryId, ...]


class Parcel(msgspec.Struct, frozen=True):
    """Frames that make up a carried parcel for `peer`, to be sealed and signed by the shell (spec/carry.md)."""

    request: int
    peer: PostId
    frames: tuple[bytes, ...]


class Answer(msgspec.Struct, frozen=True):
    """A command is done; `value` is what goes out as JSON (bytes as hex)."""

    request: int
    value: Any


class Refuse(msgspec.Struct, frozen=True):
    """A command cannot be done."""

    request: int
    error: OpenlineError


class Arrived(msgspec.Struct, frozen=True):
    """Tell the desks: an entry of any member is now kept here. `late` when an overtaking one stood before it."""

    entry: Entry
    at: Instant


class Proved(msgspec.Struct, frozen=True):
    """Tell the desks: `by` has signed that it holds entries up to `number` of our own feed."""

    line: LineId
    by: PostId
    number: int


class Carried(msgspec.Struct, frozen=True):
    """Tell the desks: the peer's link layer has taken this entry of ours; nothing is signed yet."""

    line: LineId
    number: int
    peer: PostId
    at: Instant


class Changed(msgspec.Struct, frozen=True):
    """Tell the desks: something of the line changed (a member joined, a link came up or went down)."""

    line: LineId | None
    what: str


class Alarm(msgspec.Struct, frozen=True):
    """Tell the desks at once, aloud: a sentence with its code, and the precedence with which to ring."""

    line: LineId | None
    code: str
    text: str
    about: EntryId | None = None
    precedence: Precedence = Precedence.IMMEDIATE


class Note(msgspec.Struct, frozen=True):
    """A line for the log."""

    text: str
    about: str = ""


Effect = (
    KeepEntry
    | KeepHead
    | Put
    | Drop
    | Transmit
    | Dial
    | Hang
    | Wake
    | Wrap
    | SealVoice
    | SignTree
    | Fetch
    | Regrow
    | Refold
    | Parcel
    | Answer
    | Refuse
    | Arrived
    | Proved
    | Carried
    | Changed
    | Alarm
    | Note
)

KEEPS = (KeepEntry, KeepHead, Put, Drop)
"""Effects that must be durable before any other effect of their turn is performed."""
