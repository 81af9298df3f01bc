"""Everything that the machine can notice. Each comes with a time and 32 fresh random bytes as arguments of `handle`."""

from __future__ import annotations

import msgspec

from openline.feeds.record import Kept
from openline.identity.card import Card
from openline.identity.own import Own
from openline.terms import EntryId, Instant, LineId, PostId, Precedence, TrafficClass
from openline.wire.assertion import Assertion
from openline.wire.entry import Entry


class LinkUp(msgspec.Struct, frozen=True):
    """A bearer reached a peer whose link key is on its card. `link` is the shell's number for it, never used again."""

    link: int
    peer: PostId


class LinkDown(msgspec.Struct, frozen=True):
    """The link is gone; nothing more comes from it."""

    link: int


class DialFailed(msgspec.Struct, frozen=True):
    """A Dial did not reach the peer."""

    peer: PostId
    why: str


class FrameIn(msgspec.Struct, frozen=True):
    """One frame came on a link."""

    link: int
    frame: bytes


class Settle(msgspec.Struct, frozen=True):
    """The end of a turn: acknowledge what came, and send what the window allows."""


class Tick(msgspec.Struct, frozen=True):
    """A time asked for with Wake has come."""


class Wrapped(msgspec.Struct, frozen=True):
    """The answer to Wrap."""

    line: LineId
    epoch: int
    member: PostId
    sealed: bytes


class VoiceSealed(msgspec.Struct, frozen=True):
    """The answer to SealVoice."""

    peer: PostId
    sealed: bytes


class TreeSigned(msgspec.Struct, frozen=True):
    """The answer to SignTree."""

    line: LineId
    size: int
    signature: bytes


class Fetched(msgspec.Struct, frozen=True):
    """The answer to Fetch; fewer than asked for means that there are no more."""

    link: int
    line: LineId
    feed: PostId
    entries: tuple[Entry, ...]


class Regrown(msgspec.Struct, frozen=True):
    """The answer to Regrow: the frontier of the tree over entries 1 to `number`, and what these say is held."""

    line: LineId
    feed: PostId
    number: int
    frontier: bytes
    claims: tuple[tuple[PostId, int], ...]


class Refolded(msgspec.Struct, frozen=True):
    """The answer to Refold: all entries of the exchange, and which of them came since it was folded before."""

    line: LineId
    opening: EntryId
    entries: tuple[Kept, ...]
    news: tuple[EntryId, ...]


class Cards(msgspec.Struct, frozen=True):
    """What this home trusts has changed: the cards of all peers that it knows, and its own keys and card."""

    own: Own
    card: Card
    peers: tuple[Card, ...]
    reachable: frozenset[PostId] = frozenset()


class OpenLine(msgspec.Struct, frozen=True):
    """Command: propose a line named `name` with these peers, these classes of traffic and these rules (wire.rules)."""

    request: int
    name: str
    peers: tuple[PostId, ...]
    classes: tuple[TrafficClass, ...] = tuple(TrafficClass)
    rules: bytes = b""


class AcceptLine(msgspec.Struct, frozen=True):
    """Command: accept a proposed line, or proposed new terms of one.

    `terms` begins with the digits of the terms meant, in hexadecimal; it may be empty while only one stands open.
    """

    request: int
    line: LineId
    terms: str = ""


class ChangeMembers(msgspec.Struct, frozen=True):
    """Command: propose new terms that add and remove these posts, and with these rules (wire.rules), if not None."""

    request: int
    line: LineId
    add: tuple[PostId, ...] = ()
    remove: tuple[PostId, ...] = ()
    rules: bytes | None = None


class Send(msgspec.Struct, frozen=True, kw_only=True):
    """Command: write a message. `officer` is the number of the officer whose act it is, 0 for a machine.

    `replies_to` answers that entry in its exchange and keeps its class; `deliver_by` with `give_up` False means
    "tell me if it is late", with True "give up then".
    """

    request: int
    line: LineId
    text: str
    officer: int = 0
    precedence: Precedence = Precedence.ROUTINE
    traffic: TrafficClass = TrafficClass.OPERATION
    replies_to: Kept | None = None
    corrects: Kept | None = None
    deliver_by: Instant | None = None
    give_up: bool = False


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """Command: an officer's word on an entry: seen, acknowledged, taken or passed on (`to` whom)."""

    request: int
    line: LineId
    target: Kept
    kind: int
    officer: int
    to: str = ""


class Say(msgspec.Struct, frozen=True, kw_only=True):
    """Command: write an entry of an exchange. `exchange` holds what the record has of it (engine.conversing.gather).

    `opening` is the id of the entry that opened it, None for one that opens. `officer` is 0 for a machine.
    """

    request: int
    line: LineId
    kind: int
    items: tuple[bytes, ...]
    officer: int = 0
    precedence: Precedence = Precedence.ROUTINE
    traffic: TrafficClass = TrafficClass.OPERATION
    opening: EntryId | None = None
    refers: tuple[EntryId, ...] = ()
    exchange: tuple[Kept, ...] = ()


class Certify(msgspec.Struct, frozen=True, kw_only=True):
    """Command: state how much is held of the feed of `post`, whom we asked for a call, and how our link to it stands.

    `opening` is our call request, and `exchange` what the record has of the contact.
    """

    request: int
    line: LineId
    post: PostId
    opening: EntryId
    officer: int
    precedence: Precedence = Precedence.ROUTINE
    traffic: TrafficClass = TrafficClass.OPERATION
    exchange: tuple[Kept, ...] = ()


class Bind(msgspec.Struct, frozen=True, kw_only=True):
    """Command: bind this post to a document in a simultaneous exchange; it is shown by itself once all are bound.

    `opening` and `exchange` are as in Say; the officer's act is the consent to that.
    """

    request: int
    line: LineId
    opening: EntryId
    document: bytes
    name: str
    officer: int
    traffic: TrafficClass = TrafficClass.OPERATION
    exchange: tuple[Kept, ...] = ()


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """Command: make ready what the command `of` would write, and write nothing yet.

    With `release` its officer drafts and another one is to release it; with `device` a passkey of the officer is to
    sign. One of the two at least.
    """

    request: int
    line: LineId
    of: Send | Mark | Say
    release: bool = False
    device: bool = False


class SignDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Command: the passkey of the officer who was asked has signed a draft. `exchange` is as in Say."""

    request: int
    line: LineId
    draft: bytes
    assertion: Assertion
    exchange: tuple[Kept, ...] = ()


class ReleaseDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Command: a second officer releases a draft; with `device` a passkey of theirs is to sign it. As SignDraft."""

    request: int
    line: LineId
    draft: bytes
    officer: int
    device: bool = False
    exchange: tuple[Kept, ...] = ()


class DropDraft(msgspec.Struct, frozen=True):
    """Command: nobody is to release this draft."""

    request: int
    line: LineId
    draft: bytes


class MakeCheckpoint(msgspec.Struct, frozen=True):
    """Command: make a checkpoint of our feed now if anything came since the last."""

    request: int
    line: LineId


class CarryOut(msgspec.Struct, frozen=True):
    """Command: frames with everything of a line that the peer has not signed for; ends in Parcel.

    `entries` is what the shell read from the record by `Engine.lacking(line, peer)`.
    """

    request: int
    line: LineId
    peer: PostId
    entries: tuple[Entry, ...]


class CarriedIn(msgspec.Struct, frozen=True):
    """Command: the frames of a parcel that a peer signed and that was sealed to us."""

    request: int
    peer: PostId
    frames: tuple[bytes, ...]


class ConfirmStart(msgspec.Struct, frozen=True):
    """Command: our restored feed goes on from here though not every member was heard.

    A person confirms it, and our own card names our last entry as the true branch first: else a member that holds
    more of our feed would have proof that we signed two histories.
    """

    request: int
    line: LineId


class CheckDigits(msgspec.Struct, frozen=True):
    """Command: the check digits for a contact that `caller`, this post or the peer, asked for (spec/voice.md)."""

    request: int
    peer: PostId
    contact: EntryId
    caller: PostId


class LineStatus(msgspec.Struct, frozen=True):
    """Command: how a line stands: members, layers, sizes, gaps, forks, skew, outboxes."""

    request: int
    line: LineId


Command = (
    OpenLine
    | AcceptLine
    | ChangeMembers
    | Send
    | Mark
    | Say
    | Certify
    | Bind
    | Draft
    | SignDraft
    | ReleaseDraft
    | DropDraft
    | MakeCheckpoint
    | CarryOut
    | CarriedIn
    | ConfirmStart
    | LineStatus
    | CheckDigits
)

Event = (
    LinkUp
    | LinkDown
    | DialFailed
    | FrameIn
    | Settle
    | Tick
    | Wrapped
    | VoiceSealed
    | TreeSigned
    | Fetched
    | Regrown
    | Refolded
    | Cards
    | Command
)
