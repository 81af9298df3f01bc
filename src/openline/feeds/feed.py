"""One author's feed as it is held here: chained without a hole up to a number, and entries waiting beyond it.

A feed admits entries whose signature already holds; it judges only their place. It keeps of each chained entry
its id, 32 bytes; the entries themselves are in the record. Two entries of one number, or a chain that does not
meet, are a fork: from there on the feed stands still, until its owner's root names the true branch.
"""

from __future__ import annotations

from enum import Enum, auto

import msgspec

from openline.errors import TooFarAhead
from openline.feeds.merkle import Frontier, leaf_hash
from openline.feeds.ranges import Numbers
from openline.feeds.record import Head
from openline.limits import AHEAD_MAX, BEYOND_MAX
from openline.terms import ID_BYTES, EntryId, LineId, PostId
from openline.wire.entry import Entry, Have, entry_to_be_signed
from openline.wire.kinds import Kind

NOTHING = EntryId(bytes(ID_BYTES))
"""The id that stands for no entry in a have-vector."""


class Place(Enum):
    """Where an admitted entry stands."""

    CHAINED = auto()
    WAITING = auto()
    HELD = auto()
    FORKED = auto()
    FROZEN = auto()


class Admission(msgspec.Struct, frozen=True):
    """What became of an entry; `chained` holds all entries that now joined the chain, in order of number."""

    place: Place
    chained: tuple[Entry, ...] = ()


class Fork(msgspec.Struct, frozen=True):
    """The number from which the author signed two histories, and one id of each."""

    number: int
    ours: EntryId
    theirs: EntryId


class Feed:
    """See the top of this file. `claims` is what the author's chained entries say it holds of other feeds."""

    def __init__(self, line: LineId, author: PostId) -> None:
        self.line = line
        self.author = author
        self.ids = bytearray()
        self.frontier = Frontier.empty()
        self.waiting: dict[int, Entry] = {}
        self.claims: dict[PostId, int] = {}
        self.fork: Fork | None = None
        self.trees: list[tuple[Entry, bytes]] = []
        self.shrunk: list[tuple[Entry, PostId]] = []

    @property
    def number(self) -> int:
        """How many entries are chained."""
        return len(self.ids) // ID_BYTES

    @property
    def last(self) -> EntryId:
        """The id of the last chained entry, NOTHING where there is none."""
        return EntryId(bytes(self.ids[-ID_BYTES:])) if self.ids else NOTHING

    def id_at(self, number: int) -> EntryId | None:
        """The id of the entry with this number, if it is held."""
        if 1 <= number <= self.number:
            return EntryId(bytes(self.ids[(number - 1) * ID_BYTES : number * ID_BYTES]))
        entry = self.waiting.get(number)
        return entry.id if entry is not None else None

    def restore(self, head: Head, ids: bytes, waiting: list[Entry]) -> None:
        """Take up what the record holds."""
        self.ids = bytearray(ids)
        self.frontier = Frontier.from_bytes(head.frontier)
        self.waiting = {entry.header.number: entry for entry in waiting}

    def admit(self, entry: Entry) -> Admission:
        """Find the place of an entry of this author. Raises TooFarAhead."""
        number = entry.header.number
        held = self.id_at(number)
        if held == entry.id:
            return Admission(Place.HELD)
        if held is not None:
            return self._forked(number, held, entry.id)
        if self.fork is not None:
            return Admission(Place.FROZEN)
        if number > self.number + AHEAD_MAX:
            raise TooFarAhead(f"Entry {number} stands too far beyond entry {self.number}, the last without a hole.")
        if number > self.number + 1:
            self.waiting[number] = entry
            return Admission(Place.WAITING)
        if entry.header.previous != (self.last if self.ids else None):
            return self._forked(number, self.last, entry.id)
        return self._chain(entry)

    def _forked(self, number: int, ours: EntryId, theirs: EntryId) -> Admission:
        if self.fork is None or number < self.fork.number:
            self.fork = Fork(number, ours, theirs)
        return Admission(Place.FORKED)

    def _chain(self, entry: Entry) -> Admission:
        chained = []
        following: Entry | None = entry
        while following is not None:
            self.append(following)
            chained.append(following)
            following = self.waiting.pop(self.number + 1, None)
            if following is not None and following.header.previous != self.last:
                self.waiting[following.header.number] = following
                self._forked(following.header.number, self.last, following.id)
                break
        return Admission(Place.CHAINED, tuple(chained))

    def append(self, entry: Entry) -> None:
        """Chain the next entry, its place already known to be right.

        A checkpoint is put aside with the root of the tree before it; a claim below an earlier one is put aside, too.
        """
        if entry.header.kind == Kind.CHECKPOINT:
            self.trees.append((entry, self.frontier.root()))
        self.ids += entry.id
        self.frontier = self.frontier.append(leaf_hash(entry_to_be_signed(entry.payload)))
        for have in entry.header.have:
            claimed = self.claims.get(have.feed, 0)
            if have.number > claimed:
                self.claims[have.feed] = have.number
            elif have.number < claimed:
                self.shrunk.append((entry, have.feed))

    def head(self) -> Head:
        """What a record keeps of how far the feed is chained."""
        return Head(self.line, self.author, self.number, self.last, self.frontier.to_bytes())

    def have(self) -> Have:
        """What a have-vector says of this feed."""
        beyond = sorted(self.waiting)[:BEYOND_MAX]
        return Have(self.author, self.number, self.last, tuple((n, self.waiting[n].id) for n in beyond))

    def held(self) -> Numbers:
        """The numbers held, waiting ones included."""
        numbers = Numbers([(1, self.number)])
        for number in sorted(self.waiting):
            numbers.add(number)
        return numbers
