"""Valid entries for tests: authors who sign, number and chain what they write.

line = line_id("channel")
alpha, bravo = author(line, "alpha"), author(line, "bravo")
first = alpha.write(b"Fire in sector 4.", precedence=Precedence.FLASH)
ack = bravo.write(kind=Kind.ACK, have=[have(first)])
record.commit(kept(first, ack) + heads(alpha, bravo))
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from openline.feeds.merkle import Frontier, leaf_hash
from openline.feeds.record import Head, Keep, KeepEntry, KeepHead
from openline.keys.ed25519 import SigningKey
from openline.terms import EntryId, Instant, LineId, PostId
from openline.wire.entry import (
    Entry,
    Have,
    Header,
    commitment,
    encode_header,
    entry_id,
    entry_to_be_signed,
    salts,
)
from openline.wire.kinds import Kind

NOON = Instant(1_798_718_400_000)
"""2026-12-31T12:00Z."""


def line_id(name: str) -> LineId:
    """A line's id for a test, the same for the same name."""
    return LineId(sha256(b"line " + name.encode()).digest())


@dataclass
class Author:
    """A post that writes on one line. `entries` is its true chain; `salt_key` makes the salts of its items."""

    line: LineId
    post: PostId
    key: SigningKey
    salt_key: bytes
    entries: list[Entry] = field(default_factory=list)

    def write(self, *items: bytes, **fields: Any) -> Entry:
        """The next entry, chained and signed; `fields` are those of `Header`, kind MESSAGE unless told."""
        entry = self.sign(len(self.entries) + 1, self.entries[-1].id if self.entries else None, *items, **fields)
        self.entries.append(entry)
        return entry

    def sign(self, number: int, previous: EntryId | None, *items: bytes, **fields: Any) -> Entry:
        """An entry with this number after that one, without adding it to the chain: so forks are made."""
        salt = salts(self.salt_key, number, None, len(items))
        values: dict[str, Any] = {"time": NOON + number, "terms": 1, "epoch": 1, "kind": Kind.MESSAGE, **fields}
        values["have"] = tuple(sorted(values.get("have", ()), key=lambda held: held.feed))
        header = Header(
            line=self.line,
            author=self.post,
            number=number,
            previous=previous,
            commitments=tuple(commitment(one, item) for one, item in zip(salt, items, strict=True)),
            **values,
        )
        payload = encode_header(header)
        signature = self.key.sign(entry_to_be_signed(payload))
        return Entry(id=entry_id(payload), header=header, payload=payload, signature=signature, items=items, salts=salt)

    def head(self, number: int | None = None) -> KeepHead:
        """The head after entry `number`, or after the last one written."""
        return KeepHead(head_of(self.entries[:number]))


def author(line: LineId, name: str) -> Author:
    """An author of that name, with the same key each time."""
    seed = sha256(b"post " + name.encode()).digest()
    key = SigningKey.from_seed(seed)
    return Author(line, PostId(sha256(key.public).digest()), key, seed)


def feed_of(line: LineId, name: str, count: int) -> Author:
    """An author who has written `count` messages."""
    writer = author(line, name)
    for number in range(1, count + 1):
        writer.write(f"{name} {number}".encode())
    return writer


def head_of(chain: Sequence[Entry]) -> Head:
    """The head of a feed that is chained up to the last of these, which begin at entry 1."""
    frontier = Frontier.empty().append_many(leaf_hash(entry_to_be_signed(entry.payload)) for entry in chain)
    last = chain[-1]
    return Head(last.header.line, last.header.author, last.header.number, last.id, frontier.to_bytes())


def have(last: Entry, *beyond: Entry) -> Have:
    """That all up to `last` is held, and these beyond a hole."""
    pairs = tuple((entry.header.number, entry.id) for entry in beyond)
    return Have(last.header.author, last.header.number, last.id, pairs)


def have_only(*beyond: Entry) -> Have:
    """That entry 1 is missing, and these are held beyond it."""
    pairs = tuple((entry.header.number, entry.id) for entry in beyond)
    return Have(beyond[0].header.author, 0, EntryId(bytes(32)), pairs)


def kept(*entries: Entry, at: int = NOON) -> list[Keep]:
    """Keep these."""
    return [KeepEntry(entry, Instant(at)) for entry in entries]


def heads(*authors: Author) -> list[Keep]:
    """The feeds of these authors are chained up to their last entries."""
    return [each.head() for each in authors if each.entries]
