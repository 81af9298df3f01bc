"""One author's feed as it is held here: chained without a hole up to a number, and entries waiting beyond it.

A feed admits entries whose signature already holds; it judges only their place. It keeps of each chained entry
its id, 32 bytes; the entries themselves are in the record. Two entries of one number, or a chain that does not
meet, are a fork: what is below it still counts, in whatever order it comes, and from there on the feed stands still,
until its owner's root names the true branch. Then it goes back to where that branch leaves the other, and on along it;
what was signed off the branch is evidence and nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, auto

import msgspec

from openline.errors import TooFarAhead
from openline.feeds.merkle import Frontier, leaf_hash
from openline.feeds.ranges import Numbers
from openline.feeds.record import Head
from openline.limits import AHEAD_MAX, BEYOND_MAX, WAITING_MAX_BYTES
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
    OFF = auto()


class Admission(msgspec.Struct, frozen=True):
    """What became of an entry; `chained` holds all entries that now joined the chain, in order of number."""

    place: Place
    chained: tuple[Entry, ...] = ()


class Fork(msgspec.Struct, frozen=True):
    """The number from which the author signed two histories, and one id of each."""

    number: int
    ours: EntryId
    theirs: EntryId


def regrow(entries: Iterable[Entry]) -> tuple[Frontier, dict[PostId, int]]:
    """The tree over these entries, the first of a feed first, and what they say that their author holds."""
    frontier, claims = Frontier.empty(), dict[PostId, int]()
    for entry in entries:
        frontier = frontier.append(leaf_hash(entry_to_be_signed(entry.payload)))
        claims.update((have.feed, have.number) for have in entry.header.have)
    return frontier, claims


def _size(entry: Entry) -> int:
    """Bytes that a waiting entry takes in memory, roughly."""
    return 1_024 + len(entry.payload) + sum(len(item) for item in entry.items if item is not None)


class Feed:
    """See the top of this file. `claims` is what the author's chained entries say it holds of other feeds."""

    def __init__(self, line: LineId, author: PostId) -> None:
        self.line = line
        self.author = author
        self.ids = bytearray()
        self.frontier = Frontier.empty()
        self.waiting: dict[int, Entry] = {}
        self._waiting_bytes = 0
        self.claims: dict[PostId, int] = {}
        self.fork: Fork | None = None
        self.branch: tuple[int, EntryId] | None = None
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

    def restore(self, head: Head | None, ids: bytes, waiting: list[Entry]) -> None:
        """Take up what the record holds; there is no head where nothing is chained yet."""
        self.ids = bytearray(ids)
        self.frontier = Frontier.empty() if head is None else Frontier.from_bytes(head.frontier)
        self.waiting = {entry.header.number: entry for entry in waiting}
        self._waiting_bytes = sum(map(_size, waiting))

    def take_branch(self, branch: tuple[int, EntryId]) -> None:
        """Take up the branch that the record says is named: what waits may be off it, and comes again if it is not."""
        self.branch = branch
        self.waiting.clear()
        self._waiting_bytes = 0

    def admit(self, entry: Entry) -> Admission:
        """Find the place of an entry of this author. Raises TooFarAhead."""
        number = entry.header.number
        held = self.id_at(number)
        if held == entry.id:
            return Admission(Place.HELD)
        if held is not None and self._off_branch(entry):
            return Admission(Place.OFF)
        if held is not None and not self._displaces(entry):
            return self._forked(number, held, entry.id)
        if self.fork is not None and number >= self.fork.number:
            return Admission(Place.FROZEN)
        if self.branch is not None and number == self.branch[0] and entry.id != self.branch[1]:
            return Admission(Place.OFF)
        if number > self.number + AHEAD_MAX:
            raise TooFarAhead(f"Entry {number} stands too far beyond entry {self.number}, the last without a hole.")
        if number > self.number + 1:
            if self._waiting_bytes + _size(entry) > WAITING_MAX_BYTES:
                raise TooFarAhead(f"Too much waits already beyond entry {self.number}, the last without a hole.")
            self.waiting[number] = entry
            self._waiting_bytes += _size(entry)
            return Admission(Place.WAITING)
        if entry.header.previous != (self.last if self.ids else None):
            if self.branch is not None and number > self.branch[0]:
                return Admission(Place.OFF)
            return self._forked(number, self.last, entry.id)
        return self._chain(entry)

    def _off_branch(self, entry: Entry) -> bool:
        """Whether an entry that is not the one held stands on a branch that its owner has disowned.

        The first entry after a named one is the KEYS entry that tells of it, so any other in its place is off, and so
        is everything that follows from what is not held.
        """
        if self.branch is None:
            return False
        number, named = self.branch
        at = entry.header.number
        if at <= number:
            return at < number or entry.id != named
        if at == number + 1:
            return entry.header.kind != Kind.KEYS
        if at > self.number + 1:  # which of the two is off shows once the chain is here; it comes again if it is not
            return True
        return at <= self.number and entry.header.previous != self.id_at(at - 1)

    def _displaces(self, entry: Entry) -> bool:
        """Whether an entry takes the place of a waiting one that turns out to be off the named branch."""
        waiting = self.waiting.get(entry.header.number)
        if self.branch is None or waiting is None or entry.header.number != self.number + 1:
            return False
        return entry.header.previous == self.last and waiting.header.previous != self.last

    def rewind(self, number: int, frontier: Frontier, claims: dict[PostId, int], branch: tuple[int, EntryId]) -> None:
        """Go back to an entry that the named branch holds, and wait for the rest of it."""
        del self.ids[number * ID_BYTES :]
        self.frontier = frontier
        self.claims = claims
        self.waiting.clear()
        self._waiting_bytes = 0
        self.fork = None
        self.branch = branch

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
            following = self.waiting.get(self.number + 1)
            if following is None or (self.fork is not None and following.header.number >= self.fork.number):
                break
            if following.header.previous != self.last and self.branch is None:
                self._forked(following.header.number, self.last, following.id)
                break
            del self.waiting[following.header.number]
            self._waiting_bytes -= _size(following)
            if following.header.previous != self.last:
                break
        return Admission(Place.CHAINED, tuple(chained))

    def append(self, entry: Entry) -> None:
        """Chain the next entry, its place already known to be right.

        A checkpoint is put aside with the root of the tree before it; a claim below an earlier one is put aside, too.
        """
        if entry.header.kind == Kind.CHECKPOINT:
            self.trees.append((entry, self.frontier.root()))
        self.ids += entry.id
        self.waiting.pop(self.number, None)
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

    def have(self, most: int = BEYOND_MAX) -> Have:
        """What a have-vector says of this feed, with `most` entries beyond a hole.

        An entry that a fork keeps off the chain's end is not claimed.
        """
        beyond = [number for number in sorted(self.waiting) if number > self.number + 1][:most]
        return Have(self.author, self.number, self.last, tuple((n, self.waiting[n].id) for n in beyond))

    def held(self) -> Numbers:
        """The numbers held, waiting ones included."""
        numbers = Numbers([(1, self.number)])
        for number in sorted(self.waiting):
            numbers.add(number)
        return numbers
