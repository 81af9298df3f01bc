"""One open link to a peer, as the machine sees it: what waits, what is on its way, what the peer is known to hold."""

from __future__ import annotations

from openline.engine.flow import Flow
from openline.engine.line import Line
from openline.engine.outbox import Outbox, Outgoing
from openline.feeds.ranges import Numbers
from openline.terms import Instant, LineId, PostId
from openline.wire.entry import Entry
from openline.wire.link import EntryPiece, Piece, Summary, encode_piece

Feed = tuple[LineId, PostId]

CARRIED_LINK = -1
"""The number of the link that stands for a carried parcel."""


CONTROL_MAX_BYTES = 2_048
"""A longer piece of control may not go before a FLASH."""


class Link:
    """`offered` is what need not be sent (again) here; `behind`, the feeds of which the record has more to send.

    `knows` is the number of our newest key statement that the peer held at its first word; `said`, how much of our own
    feed the peer says that it holds; `bidden` are the lines of which it was told that it was removed.
    """

    def __init__(self, identifier: int, peer: PostId, at: Instant) -> None:
        self.id = identifier
        self.peer = peer
        self.up_at = at
        self.sent_at = at
        self.flow = Flow()
        self.outbox = Outbox()
        self.greeted = False
        self.knows = 0
        self.taken = 0
        self.told = 0
        self.answer_at: Instant | None = None
        self.aliases: dict[LineId, int] = {}
        self.theirs: dict[int, LineId] = {}
        self.offered: dict[Feed, Numbers] = {}
        self.behind: set[Feed] = set()
        self.fetching: set[Feed] = set()
        self.lazy: list[tuple[LineId, Entry]] = []
        self.lazy_at = at
        self.waiting: list[tuple[LineId, EntryPiece]] = []
        self.asked: set[tuple[LineId, PostId, int]] = set()
        self.asked_wraps: dict[tuple[LineId, int], Instant] = {}
        self.gave_cards: dict[PostId, int] = {}
        self.gave_wraps: dict[tuple[LineId, int], Instant] = {}
        self.lost = False
        self.lost_before = False
        self.early: dict[LineId, Summary] = {}
        self.parts: dict[int, bytearray] = {}
        self.streams = 0
        self.faults = 0
        self.announced_at = at
        self.announced: dict[LineId, tuple[int, ...]] = {}
        self.behind_since: dict[Feed, Instant] = {}
        self.wants: set[Feed] = set()
        self.said: dict[LineId, int] = {}
        self.bidden: set[LineId] = set()
        self.full: set[tuple[LineId, PostId, int]] = set()

    @property
    def live(self) -> bool:
        """Whether the peer speaks now, and not through a parcel packed some time ago."""
        return self.id != CARRIED_LINK

    def say(self, piece: Piece, *, first: bool = False) -> None:
        """Send a piece of control: before all entries, or a long one before those that can wait, unless it is `first`.

        What must be known before any entry is `first`: a card that names a true branch.
        """
        encoded = encode_piece(piece)
        (self.outbox.control if first or len(encoded) <= CONTROL_MAX_BYTES else self.outbox.long).append(encoded)

    def alias(self, line: LineId) -> int:
        """Our short name of a line on this link."""
        return self.aliases.setdefault(line, len(self.aliases))

    def opened(self, line: LineId, feed: PostId) -> bool:
        """Whether the peer has said what it holds of this feed."""
        return (line, feed) in self.offered

    def unsay(self, line: LineId, feed: PostId, number: int) -> None:
        """Nobody holds what was written just now: a peer that said so spoke of a branch that is not the true one."""
        offered = self.offered.get((line, feed))
        if offered is not None:
            offered.discard(number)

    def push(self, line: Line, entry: Entry) -> None:
        """Let an entry wait here, unless the peer has it; what finds no room is left to be fetched later."""
        feed = (line.id, entry.header.author)
        offered = self.offered.get(feed)
        if offered is None or entry.header.number in offered:
            return
        if not line.may_read(self.peer, entry.header.terms):
            offered.add(entry.header.number)
            return
        full = (line.id, entry.header.author, entry.header.number) in self.full
        evicted = self.outbox.push(Outgoing(line.id, entry, full))
        if evicted is None:
            self.behind.add(feed)
            return
        offered.add(entry.header.number)
        for victim in evicted:
            back = (victim.line, victim.entry.header.author)
            self.offered[back].discard(victim.entry.header.number)
            self.behind.add(back)
