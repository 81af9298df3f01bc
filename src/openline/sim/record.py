"""A record in memory, for rehearsals: what a store does, in the plainest way, and the measure for the others.

Every answer is worked out from the entries in the order in which they were kept.
A crash of a post is simulated by giving the same record to its successor: what was committed is there, no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from openline.feeds.proving import Place, proves
from openline.feeds.record import Delivery, Drop, Head, Keep, KeepEntry, KeepHead, Kept, Put, highest_first, opens_about
from openline.limits import EXCHANGE_ENTRIES_MAX, OPENINGS_ABOUT_MAX
from openline.terms import EntryId, Instant, LineId, PostId
from openline.wire.entry import Entry
from openline.wire.full import encode_full

ALL_BYTES = 1 << 40
"""Whoever asks for so many bytes wants all, and need not wait until they are counted."""


class _Feed:
    """One post's entries on one line."""

    def __init__(self) -> None:
        self.head: Head | None = None
        self.chained: list[Entry] = []
        self.first_kept: dict[int, Entry] = {}

    def copy(self) -> _Feed:
        """The same entries, in lists of its own."""
        twin = _Feed()
        twin.head, twin.chained, twin.first_kept = self.head, list(self.chained), dict(self.first_kept)
        return twin

    def reach(self) -> int:
        """The number of the head."""
        return self.head.number if self.head else 0

    def standing(self, number: int) -> Entry | None:
        """The entry that has this number: the chained one up to the head, the first one kept beyond it."""
        return self.chained[number - 1] if 0 < number <= len(self.chained) else self.first_kept.get(number)

    def all(self) -> Iterator[Entry]:
        """What stands in the feed, in order of number."""
        for number in sorted(self.first_kept):
            entry = self.standing(number)
            if entry is not None:
                yield entry

    def stands(self, entry: Entry) -> bool:
        """Whether this is not the one set aside of two with one number."""
        return self.standing(entry.header.number) is entry


class MemoryRecord:
    """`openline.feeds.record.Record` in memory."""

    def __init__(self) -> None:
        self._objects: dict[str, dict[bytes, bytes]] = {}
        self._feeds: dict[LineId, dict[PostId, _Feed]] = {}
        self._kept: dict[EntryId, tuple[int, Entry, Instant]] = {}

    def copy(self) -> MemoryRecord:
        """A backup: what is committed now, and nothing that comes later."""
        twin = MemoryRecord()
        twin._objects = {table: dict(held) for table, held in self._objects.items()}
        twin._feeds = {line: {post: feed.copy() for post, feed in feeds.items()} for line, feeds in self._feeds.items()}
        twin._kept = dict(self._kept)
        return twin

    def commit(self, keeps: Sequence[Keep]) -> None:
        """Keep all of these at once, in this order."""
        heads: dict[tuple[LineId, PostId], Head] = {}
        for keep in keeps:
            match keep:
                case KeepEntry(entry, at):
                    if entry.id not in self._kept:
                        self._kept[entry.id] = (len(self._kept) + 1, entry, at)
                        feed = self._feed(entry.header.line, entry.header.author)
                        feed.first_kept.setdefault(entry.header.number, entry)
                case Put(table, key, value):
                    self._objects.setdefault(table, {})[key] = value
                case Drop(table, key):
                    self._objects.get(table, {}).pop(key, None)
                case KeepHead(head):
                    heads[head.line, head.feed] = head
        for head in heads.values():
            self._move_head(head)

    def _move_head(self, head: Head) -> None:
        feed = self._feed(head.line, head.feed)
        chain: list[Entry] = []
        at: EntryId | None = head.id
        while at is not None and at in self._kept:
            entry = self._kept[at][1]
            number = entry.header.number
            if number <= len(feed.chained) and feed.chained[number - 1] is entry:
                break
            chain.append(entry)
            at = entry.header.previous
        feed.head = head
        feed.chained = feed.chained[: head.number - len(chain)] + chain[::-1]

    def _feed(self, line: LineId, post: PostId) -> _Feed:
        return self._feeds.setdefault(line, {}).setdefault(post, _Feed())

    def _line(self, line: LineId) -> dict[PostId, _Feed]:
        return self._feeds.get(line, {})

    def _of(self, line: LineId, post: PostId) -> _Feed:
        return self._line(line).get(post) or _Feed()

    def objects(self, table: str) -> dict[bytes, bytes]:
        """Everything remembered under `table`, in order of key."""
        return dict(sorted(self._objects.get(table, {}).items()))

    def heads(self, line: LineId) -> list[Head]:
        """How far each feed of a line is chained, in order of post."""
        return [feed.head for _, feed in sorted(self._line(line).items()) if feed.head]

    def ids(self, line: LineId, feed: PostId) -> bytes:
        """The ids of entries 1 to the head of a feed, 32 bytes each, in order."""
        return b"".join(entry.id for entry in self._of(line, feed).chained)

    def beyond(self, line: LineId, feed: PostId) -> list[Entry]:
        """Entries kept beyond the head of a feed, in order of number."""
        found = self._of(line, feed)
        return [entry for entry in found.all() if entry.header.number > found.reach()]

    def claims(self, line: LineId) -> dict[tuple[PostId, PostId], int]:
        """(author, feed) -> the highest number of `feed` that a chained entry of `author` says it holds without a hole.

        Nothing is said of a pair for which nobody claims anything.
        """
        claims: dict[tuple[PostId, PostId], int] = {}
        for author, feed in self._line(line).items():
            for post, number in _claimed(feed.chained).items():
                claims[author, post] = number
        return claims

    def has(self, line: LineId, entry: EntryId) -> bool:
        """Whether an entry is kept."""
        return entry in self._kept and self._kept[entry][1].header.line == line

    def entry(self, line: LineId, entry: EntryId) -> Kept | None:
        """One entry by its id."""
        if entry not in self._kept or self._kept[entry][1].header.line != line:
            return None
        return self._as_kept(entry)

    def between(self, first: EntryId, last: EntryId, most: int) -> list[tuple[LineId, EntryId]]:
        """Entries of any line whose ids are first..last, in order of id, at most `most` of them."""
        found = sorted(identifier for identifier in self._kept if first <= identifier <= last)
        return [(self._kept[identifier][1].header.line, identifier) for identifier in found[:most]]

    def _as_kept(self, identifier: EntryId) -> Kept:
        _, entry, at = self._kept[identifier]
        feed = self._of(entry.header.line, entry.header.author)
        earlier = [each for each in feed.all() if each.header.number < entry.header.number and each.header.have]
        return Kept(entry, at, _claimed([*earlier, entry]))

    def span(self, line: LineId, feed: PostId, first: int, last: int, most_bytes: int) -> list[Entry]:
        """Entries first..last of a feed, in order of number: as many as `most_bytes` hold, and at least one."""
        found = [entry for entry in self._of(line, feed).all() if first <= entry.header.number <= last]
        return _as_many(found, len(found), most_bytes)

    def urgent(
        self, line: LineId, feed: PostId, ranges: Sequence[tuple[int, int]], most: int, most_bytes: int
    ) -> list[Entry]:
        """Kept entries of a feed in any of the inclusive ranges: highest precedence first, then by number.

        At most `most` of them and, but for the first, at most `most_bytes` in full form.
        """
        found = [
            entry
            for entry in self._of(line, feed).all()
            if any(first <= entry.header.number <= last for first, last in ranges)
        ]
        return _as_many(sorted(found, key=highest_first), most, most_bytes)

    def exchange(self, line: LineId, opening: EntryId) -> list[Kept]:
        """The opening entry of an exchange and the chained or waiting entries that name it, in no certain order.

        Of each author those that count and one more (EXCHANGE_ENTRIES_MAX).
        """
        first = self.entry(line, opening)
        found = [first] if first else []
        for feed in self._line(line).values():
            named = (entry for entry in feed.all() if entry.header.exchange == opening)
            found += [self._as_kept(entry.id) for entry in islice(named, EXCHANGE_ENTRIES_MAX + 1)]
        return found

    def deliveries(self, line: LineId, feed: PostId, number: int) -> list[Delivery]:
        """For each member but the author, its first entry that proves that it holds entry `number` of `feed`."""
        found = []
        theirs = self._of(line, feed)
        place = Place(feed, number, theirs.reach(), lambda at: _id_of(theirs.standing(at)))
        for by, claimant in self._line(line).items():
            listed = next((entry for entry in claimant.chained if _lists(entry, feed, number)), None)
            said = (entry for entry in claimant.chained if entry is listed or _claims(entry, feed, number))
            proof = next((entry for entry in said if proves(entry.header, place)), None)
            if by != feed and proof:
                header, kept_at = proof.header, self._kept[proof.id][2]
                found.append(Delivery(by, proof.id, header.number, header.time, kept_at))
        return found

    def openings(
        self, line: LineId | None, kinds: Sequence[int], before: int | None, most: int
    ) -> list[tuple[int, Kept]]:
        """Entries that open an exchange, newest kept first: (sequence, entry), with sequence below `before`."""
        found = [
            (sequence, entry)
            for sequence, entry, _ in reversed(self._kept.values())
            if entry.header.exchange is None and entry.header.kind in kinds
            if line in (None, entry.header.line) and (before is None or sequence < before)
            if self._of(entry.header.line, entry.header.author).stands(entry)
        ]
        return [(sequence, self._as_kept(entry.id)) for sequence, entry in found[:most]]

    def newest(self, before: int | None, most: int) -> list[tuple[int, Kept]]:
        """Entries of all lines, evidence of forks included, newest kept first: (sequence, entry), below `before`."""
        found = [(sequence, entry) for sequence, entry, _ in reversed(self._kept.values())]
        wanted = [each for each in found if before is None or each[0] < before][:most]
        return [(sequence, self._as_kept(entry.id)) for sequence, entry in wanted]

    def about(self, line: LineId, kinds: Sequence[int], entry: EntryId) -> list[Kept]:
        """What opens an exchange of these kinds and refers first to an entry, in no certain order.

        Of each author and kind the first ones of its feed, as many as count (OPENINGS_ABOUT_MAX).
        """
        found: list[EntryId] = []
        for feed in self._line(line).values():
            for kind in set(kinds):
                named = (each.id for each in feed.all() if opens_about(each.header, [kind], entry))
                found += islice(named, OPENINGS_ABOUT_MAX)
        return [self._as_kept(each) for each in found]

    def opened(self, line: LineId, feed: PostId, kind: int, first: int, most: int) -> list[Kept]:
        """Entries of one kind with which a feed opens exchanges, from number `first` on, in order of number."""
        headers = ((entry.id, entry.header) for entry in self._of(line, feed).all())
        found = [
            entry
            for entry, header in headers
            if header.kind == kind and header.exchange is None and header.number >= first
        ]
        return [self._as_kept(entry) for entry in found[:most]]

    def count(self, line: LineId) -> int:
        """Entries kept of a line, all feeds, evidence of forks included."""
        return sum(entry.header.line == line for _, entry, _ in self._kept.values())


def _claimed(entries: list[Entry]) -> dict[PostId, int]:
    """The highest number of each feed that any of these entries says it holds without a hole."""
    claimed: dict[PostId, int] = {}
    for entry in entries:
        for have in entry.header.have:
            if have.number:
                claimed[have.feed] = max(have.number, claimed.get(have.feed, 0))
    return claimed


def _claims(entry: Entry, feed: PostId, number: int) -> bool:
    return any(have.feed == feed and number <= have.number for have in entry.header.have)


def _lists(entry: Entry, feed: PostId, number: int) -> bool:
    return any(have.feed == feed and number in dict(have.beyond) for have in entry.header.have)


def _id_of(entry: Entry | None) -> EntryId | None:
    return None if entry is None else entry.id


def _as_many(entries: Sequence[Entry], most: int, most_bytes: int) -> list[Entry]:
    taken: list[Entry] = []
    if most_bytes >= ALL_BYTES:
        return list(entries[:most])
    for entry in entries[:most]:
        most_bytes -= len(encode_full(entry))
        if taken and most_bytes < 0:
            break
        taken.append(entry)
    return taken
