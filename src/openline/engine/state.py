"""Everything that one post knows while it runs. The record holds the rest, and all of this can be loaded from it."""

from __future__ import annotations

import msgspec

from openline.engine.content import Content
from openline.engine.events import Event
from openline.engine.line import Line
from openline.engine.link import Link
from openline.engine.turn import Turn
from openline.errors import UnknownName
from openline.exchanges.together import State as Together
from openline.exchanges.voice import Session
from openline.feeds.record import KeepHead, Put
from openline.identity.card import Card
from openline.identity.own import Own
from openline.terms import EntryId, Instant, LineId, PostId, TrafficClass
from openline.wire import cbor
from openline.wire.entry import Drafted, Entry
from openline.wire.together import Secret

REDIAL_MS = 1_000
"""How often a peer is tried while something waits for it."""

REDIAL_IDLE_MS = 5_000
"""How often a peer is tried while nothing does."""


class Reach(msgspec.Struct):
    """How our links to a peer stand: since when, when anything last came, and why the last dial failed, if it did.

    `was_up` tells a link that was lost from one that never was.
    """

    since: Instant
    up: bool = False
    was_up: bool = False
    heard: Instant = Instant(0)
    why: str = ""


class Asked(msgspec.Struct, frozen=True):
    """What an officer's device is to sign: in which role, at what time; `drafting` where another is to release it."""

    officer: int
    role: str
    time: Instant
    drafting: bool
    challenge: bytes


class HeldDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What waits for a signature: of a device that was asked, or of a second officer after `drafted`."""

    draft: bytes
    line: LineId
    content: Content
    made: Instant
    until: Instant
    asked: Asked | None = None
    drafted: Drafted | None = None


class State:
    """See the top of this file. `reachable` are the peers whose address this home knows.

    `slow` holds when an exchange of very many entries may be folded again: once in as many milliseconds.
    `sealed` holds our documents of simultaneous exchanges, `unshown` those exchanges as last folded, and `lost` those
    of which people were told that our document is lost. `folding` counts the folds of an exchange that were asked for
    and have not come.
    """

    def __init__(self, own: Own, card: Card, peers: tuple[Card, ...], reachable: frozenset[PostId]) -> None:
        self.lines: dict[LineId, Line] = {}
        self.links: dict[int, Link] = {}
        self.proposals: dict[LineId, bytes] = {}
        self.redial: dict[PostId, Instant] = {}
        self.reminders: dict[tuple[LineId, EntryId], tuple[int, Instant, bool, TrafficClass]] = {}
        self.drafts: dict[bytes, HeldDraft] = {}
        self.due: dict[tuple[LineId, EntryId], tuple[Instant, Instant]] = {}
        self.answering: list[tuple[LineId, Entry]] = []
        self.news: dict[tuple[LineId, EntryId], list[EntryId]] = {}
        self.slow: dict[tuple[LineId, EntryId], Instant] = {}
        self.watched: dict[tuple[LineId, EntryId], None] = {}
        self.stated: dict[tuple[LineId, EntryId], int] = {}
        self.reach: dict[PostId, Reach] = {}
        self.sealed: dict[tuple[LineId, EntryId], Secret] = {}
        self.unshown: dict[tuple[LineId, EntryId], Together] = {}
        self.lost: set[tuple[LineId, EntryId]] = set()
        self.folding: dict[tuple[LineId, EntryId], int] = {}
        self.voice: dict[tuple[PostId, EntryId], Session] = {}
        self.deferred: dict[LineId, list[Event]] = {}
        self.signing: dict[LineId, list[int]] = {}
        self.signing_at: dict[LineId, Instant] = {}
        self.moved_heads: dict[tuple[LineId, PostId], None] = {}
        self.moved_lines: dict[LineId, None] = {}
        self.doubted: list[tuple[Instant, Link, Line, Entry]] = []
        self.forked_cards: set[PostId] = set()
        self.recheck = False
        self.trust(own, card, peers, reachable)

    def trust(self, own: Own, card: Card, peers: tuple[Card, ...], reachable: frozenset[PostId]) -> None:
        """Take up this post's keys and the cards that this home knows."""
        self.own = own
        self.card = card
        self.me = card.post
        self.key = own.feed
        self.peers = {peer.post: peer for peer in peers}
        self.reachable = reachable

    def card_of(self, post: PostId) -> Card | None:
        """The card of a post, this one included."""
        return self.card if post == self.me else self.peers.get(post)

    def name_of(self, post: PostId) -> str:
        """The name on a post's card, or the start of its id."""
        card = self.card_of(post)
        return card.name if card is not None else post.hex()[:12]

    def line(self, identifier: LineId) -> Line:
        """A line that this post has accepted."""
        line = self.lines.get(identifier)
        if line is None:
            raise UnknownName("There is no such line here.")
        return line

    def link_to(self, peer: PostId) -> Link | None:
        """The link in use with a peer: the newest, for after a cut the older one may be dead and not know it."""
        open_links = reversed(self.links.values())
        return next((link for link in open_links if link.peer == peer and link.greeted and link.id > 0), None)

    def links_of(self, line: Line) -> list[Link]:
        """The links in use with other active members of a line, one for each."""
        active = line.active
        newest = {link.peer: link for link in self.links.values() if link.greeted and link.id > 0}
        return [link for peer, link in newest.items() if peer in active]

    def keep_moved(self, turn: Turn) -> None:
        """Keep how far feeds are chained and what lines count, once in a turn however often they moved."""
        for line, feed in self.moved_heads:
            turn.emit(KeepHead(self.lines[line].feeds[feed].head()))
        for identifier in self.moved_lines:
            turn.emit(Put("line", identifier, counters(self.lines[identifier])))
        self.moved_heads.clear()
        self.moved_lines.clear()


def counters(line: Line) -> bytes:
    """What a line must remember besides entries and terms."""
    return cbor.encode(
        {
            1: line.checkpoint,
            2: line.checkpoint_at,
            3: [[traffic, serial] for traffic, serial in sorted(line.serials.items())],
            4: line.spoken,
            5: None if line.unheard is None else sorted(line.unheard),
            6: 0 if line.epoch is None else line.epoch.number,
            7: line.spoken_at,
            8: line.keys_told,
            9: None if line.due is None else [int(line.due), sorted(line.due_to)],
        }
    )
