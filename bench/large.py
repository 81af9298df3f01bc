"""A post whose record holds a million entries: start-up, the inbox, memory.

The entries are chained as real ones are and written by the store itself, after a line that two real posts opened; only
the newest carry real signatures, for nothing verifies the others again when a post starts.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from bench import floors
from bench.posts import LINE, PASSPHRASE, TEXT, Served, pair, until
from bench.rows import Floor, Row, row
from openline.errors import OpenlineError
from openline.feeds.merkle import Frontier, leaf_hash
from openline.feeds.record import Head, Keep, KeepEntry, KeepHead
from openline.identity.acts import sign_act
from openline.identity.own import Own
from openline.post import requests
from openline.post.home import homes, keyring
from openline.post.home.secrets import SealedRecord
from openline.terms import EntryId, Instant, LineId, PostId
from openline.wire.bodies import Message, message_item
from openline.wire.entry import Entry, Have, Header, commitment, encode_header, entry_id, entry_to_be_signed
from openline.wire.kinds import Kind

SIGNED = 1_000
"""The newest entries of each feed that carry real signatures: those that an inbox shows."""

BATCH = 2_000
SALT = bytes(16)


def measure(folder: Path, quick: bool, say: Callable[[str], None]) -> list[Row]:
    """The rows; the record is made first."""
    count, rounds = (100_000, 3) if quick else (1_000_000, 5)
    place = folder / "large"
    with pair(place) as (near, far):
        near.stop()
        far.stop()
        began = time.perf_counter()
        fill(near, far, count)
        say(f"a record of {count} entries made in {time.perf_counter() - began:.0f} s")
        size = (near.home / "record.sqlite").stat().st_size / 1e6
        starts, first, memory, answers = [], [], [], []
        for _ in range(rounds):
            began = time.perf_counter()
            near.start()
            until(lambda: _answers(near), "the post to know its lines", every=0.01)
            starts.append(time.perf_counter() - began)
            taken = _inbox(near, 20)
            first.append(taken[0])
            answers += taken[1:]
            memory.append(near.memory_mb()[0])
            near.stop()
    read = floors.read_ms(place / "near-ids.bin", count * 32)
    return [
        row("large-start", f"{count} entries: command until the line answers", statistics.median(starts), "s",
            goal=3, samples=starts, floor=Floor("to read the ids of all entries from one file", read / 1000)),
        row("large-inbox", f"{count} entries: the newest 100 exchanges on the control socket",
            statistics.median(answers), "ms", goal=10, samples=answers,
            note=f"the first time after the start {statistics.median(first):.1f} ms"),
        row("large-memory", f"{count} entries: resident memory after the inbox was read",
            statistics.median(memory), "MB", goal=400, samples=memory,
            floor=Floor("the ids of all entries, 32 bytes each", count * 32 / 1e6),
            note=f"the record takes {size:.0f} MB on disk"),
    ]  # fmt: skip


def _answers(post: Served) -> bool:
    try:
        return bool(post.ask(requests.LineStatus(line=LINE)))
    except OpenlineError:
        return False


def _inbox(post: Served, times: int) -> list[float]:
    taken = []
    with post.client() as client:
        for _ in range(times):
            began = time.perf_counter()
            answer = client.ask(requests.Inbox(line=LINE))
            taken.append(1000 * (time.perf_counter() - began))
            if len(answer["entries"]) < 100:
                raise RuntimeError("The inbox does not show what was kept.")
    return taken


def fill(near: Served, far: Served, count: int) -> None:
    """Write so many entries into the record of `near`: messages of its own, each with the receipt of `far`."""
    keys = [keyring.unlock(homes.find(post.home), PASSPHRASE.encode()) for post in (near, far)]
    record = SealedRecord.unlocked(keys[0].home.record, keys[0].store_key)
    try:
        (line,) = {LineId(key) for key in record.objects("line")}
        feeds = [_Feed(record, line, ring.own) for ring in keys]
        made = _dialogue(feeds, count)
        while keeps := [KeepEntry(entry, entry.header.time) for entry, _ in zip(made, range(BATCH), strict=False)]:
            record.commit([*keeps, *(feed.head() for feed in feeds)])
    finally:
        record.close()


def _dialogue(feeds: list[_Feed], count: int) -> Iterator[Entry]:
    own, other = feeds
    for each in range(0, count, 2):
        signed = each >= count - 2 * SIGNED
        yield own.next(Kind.MESSAGE, (other.have(),), Message(f"{each} {TEXT}"[:280], 3 + each // 2), signed)
        yield other.next(Kind.ACK, (own.have(),), None, signed)


class _Feed:
    """One author's feed, continued from where the record ends."""

    def __init__(self, record: SealedRecord, line: LineId, own: Own) -> None:
        (head,) = (head for head in record.heads(line) if head.feed == own.post)
        newest = record.span(line, own.post, head.number, head.number, 1 << 20)[0]
        self.own = own
        self._line = line
        self._number, self._last = head.number, head.id
        self._time = newest.header.time
        self._epoch = newest.header.epoch
        self._tree = Frontier.from_bytes(head.frontier)

    def head(self) -> Keep:
        """How far the feed goes now."""
        return KeepHead(Head(self._line, self.own.post, self._number, self._last, self._tree.to_bytes()))

    def have(self) -> Have:
        """What the other one signs for."""
        return Have(PostId(self.own.post), self._number, self._last)

    def next(self, kind: Kind, have: tuple[Have, ...], message: Message | None, signed: bool) -> Entry:
        """The next entry; a signed message carries an officer's act, too."""
        items = () if message is None else (message_item(message),)
        self._number += 1
        self._time = Instant(self._time + 1)
        header = Header(
            line=self._line,
            author=PostId(self.own.post),
            number=self._number,
            previous=self._last,
            time=self._time,
            terms=1,
            epoch=self._epoch,
            kind=kind,
            have=have,
            commitments=tuple(commitment(SALT, item) for item in items),
        )
        officer = self.own.officer(1) if signed and message is not None else None
        if officer is not None:
            act = sign_act(
                header, officer=1, role="", draft=self._number.to_bytes(16, "big"), time=self._time, key=officer
            )
            header = msgspec.structs.replace(header, act=act)
        payload = encode_header(header)
        to_be_signed = entry_to_be_signed(payload)
        signature = self.own.feed.sign(to_be_signed) if signed else bytes(64)
        self._last = EntryId(entry_id(payload))
        self._tree = self._tree.append(leaf_hash(to_be_signed))
        return Entry(
            id=self._last, header=header, payload=payload, signature=signature, items=items, salts=(SALT,) * len(items)
        )
