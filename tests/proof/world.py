"""A small world for tests and vectors: posts that distrust each other, one line, and records that are right.

world = World("Alpha", "Bravo")
alpha, bravo = world.members
first = alpha.say("Two aircraft of ours cross your sector at 1450Z.")
bravo.hear()
bravo.acknowledge()
alpha.checkpoint()
data = world.bundle(alpha)

Everything is made from the names, but the ML-DSA signatures: the library draws randomness for them.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from typing import Any

import msgspec

from openline.feeds.merkle import leaf_hash, root_of
from openline.identity import signing
from openline.identity.acts import sign_act
from openline.identity.card import Card
from openline.identity.own import Own
from openline.proof.export import SHOW_ALL, Rule, write_bundle
from openline.terms import Instant, LineId, PostId, TrafficClass
from openline.wire.bodies import Message, bytes_item, message_item, statements_item
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
from openline.wire.lineterms import LineTerms, Member, encode_terms, line_id, terms_hash
from openline.wire.note import Checkpoint, cosigner_name, encode, origin
from openline.wire.note_signing import ed25519_cosign, mldsa_message, mldsa_signature, sign_author

START = Instant(1_668_537_000_000)
"""2022-11-15T18:30Z."""


def seeds(name: str, size: int) -> bytes:
    """Bytes that are the same each time for the same name."""
    return b"".join(sha256(f"{name} {at}".encode()).digest() for at in range(size // 32 + 1))[:size]


@dataclass
class Poster:
    """A member of the world's line. `held` is what it has heard of the others, `told` what it has signed for."""

    world: World
    own: Own
    card: Card
    entries: list[Entry] = field(default_factory=list)
    held: dict[PostId, Entry] = field(default_factory=dict)
    told: dict[PostId, int] = field(default_factory=dict)
    serials: dict[TrafficClass, int] = field(default_factory=dict)
    terms: int = 1
    keys_told: int = 1

    @property
    def post(self) -> PostId:
        """Its id."""
        return self.card.post

    def sign(self, header: Header, items: tuple[bytes, ...], salt: tuple[bytes, ...]) -> Entry:
        """A signed entry with this header."""
        payload = encode_header(header)
        signature = self.own.feed.sign(entry_to_be_signed(payload))
        return Entry(id=entry_id(payload), header=header, payload=payload, signature=signature, items=items, salts=salt)

    def make(self, kind: int, *items: bytes, officer: int = 0, **fields: Any) -> Entry:
        """The next entry, not yet in the feed; `fields` are those of `Header`."""
        number = fields.get("number", len(self.entries) + 1)
        draft = sha256(self.post + b"draft %d" % number).digest()[:16] if officer else None
        draft = fields.pop("draft", draft)
        salt = salts(self.post, number, draft, len(items))
        values: dict[str, Any] = {
            "line": self.world.line,
            "author": self.post,
            "number": number,
            "previous": self.entries[-1].id if self.entries else None,
            "time": self.world.tick(),
            "terms": self.terms,
            "epoch": 1,
            "kind": kind,
            "commitments": tuple(commitment(one, item) for one, item in zip(salt, items, strict=True)),
        }
        header = Header(**{**values, **fields})
        if draft is not None:
            officers = dict(self.own.officer_seeds)
            key = self.own.officer(officer) if officer in officers else self.own.officer(1)
            assert key is not None
            act = sign_act(header, officer, "", draft, header.time, key)
            header = msgspec.structs.replace(header, act=act)
        return self.sign(header, items, salt)

    def write(self, kind: int, *items: bytes, **fields: Any) -> Entry:
        """The next entry, in the feed. It says what was heard since the one before, unless `have` is given."""
        fields.setdefault("have", self.changes())
        entry = self.make(kind, *items, **fields)
        self.entries.append(entry)
        return entry

    def changes(self) -> tuple[Have, ...]:
        """What was heard and not signed for yet."""
        new = [(post, last) for post, last in sorted(self.held.items()) if self.told.get(post, 0) < last.header.number]
        self.told.update((post, last.header.number) for post, last in new)
        return tuple(Have(post, last.header.number, last.id) for post, last in new)

    def say(self, text: str, **fields: Any) -> Entry:
        """A message by the first officer."""
        traffic = fields.get("traffic", TrafficClass.OPERATION)
        serial = self.serials.get(traffic, 0) + 1
        serial = self.serials[traffic] = fields.pop("serial", serial)
        fields.setdefault("officer", 1)
        return self.write(Kind.MESSAGE, message_item(Message(text, serial)), **fields)

    def hear(self, *others: Poster) -> None:
        """Everything that the others (all, unless told) have written so far arrives."""
        for other in others or self.world.members:
            if other is not self and other.entries:
                self.held[other.post] = other.entries[-1]

    def acknowledge(self) -> Entry:
        """Sign for what was heard."""
        return self.write(Kind.ACK)

    def agree(self, payload: bytes) -> Entry:
        """Sign terms of the line."""
        return self.write(Kind.TERMS, bytes_item(payload))

    def note(self, **changed: Any) -> bytes:
        """A checkpoint of all entries so far, signed."""
        leaves = [leaf_hash(entry_to_be_signed(entry.payload)) for entry in self.entries]
        values = {"origin": origin(self.world.line, self.post), "size": len(leaves), "root": root_of(leaves), **changed}
        tree = Checkpoint(**values)
        name, at = cosigner_name(self.post), self.world.now // 1000
        long = self.own.checkpoint.sign(mldsa_message(tree, name, at))
        return encode(
            tree, [sign_author(tree, self.own.feed), mldsa_signature(tree, name, self.own.checkpoint.public, at, long)]
        )

    def checkpoint(self, note: bytes | None = None) -> Entry:
        """A checkpoint in the feed."""
        return self.write(Kind.CHECKPOINT, bytes_item(self.note() if note is None else note))

    def cosign(self, other: Poster, entry: Entry) -> Entry:
        """A cosignature on another's checkpoint."""
        number = entry.header.number - 1
        leaves = [leaf_hash(entry_to_be_signed(each.payload)) for each in other.entries[:number]]
        tree = Checkpoint(origin(self.world.line, other.post), number, root_of(leaves))
        line = ed25519_cosign(tree, cosigner_name(self.post), self.world.now // 1000, self.own.cosigning).line()
        return self.write(Kind.COSIGN, bytes_item(line.encode()), refers=(entry.id,))

    def tell_keys(self) -> Entry:
        """The key statements since the last time in the feed."""
        new, self.keys_told = self.card.statements[self.keys_told :], self.card.sequence
        return self.write(Kind.KEYS, statements_item(new))

    def rotate(self, number: int | None) -> None:
        """A new feed key; the old one is good up to this entry, or for nothing when None."""
        last = {} if number is None else {self.world.line: (number, self.entries[number - 1].id)}
        seed = seeds(f"{self.card.name} feed {self.card.sequence}", 32)
        self.own, statement = signing.rotate_feed_key(self.own, self.card, seed, last, self.world.now)
        self.card = self.card.extended(statement)

    def name_branch(self, entry: Entry) -> None:
        """The root names the true one of several histories."""
        header = entry.header
        self.own, statement = signing.name_branch(
            self.own, self.card, self.world.line, header.number, entry.id, self.world.now
        )
        self.card = self.card.extended(statement)


@cache
def founded(name: str, at: Instant) -> tuple[Own, Card]:
    """The keys and card of a new post."""
    return signing.found(name, seeds(name, signing.FOUND_SEED_BYTES), at, f"Officer of {name}")


class World:
    """See the top of this file. All members have signed the founding terms."""

    def __init__(self, *names: str) -> None:
        self.now = START
        self.line = LineId(bytes(32))
        self.members = [self.found(name) for name in names]
        members = tuple(Member(each.post, True) for each in self.members)
        nonce = seeds("line", 16)
        terms = LineTerms(name="channel", version=1, previous=None, members=members, time=self.now, nonce=nonce)
        self.chain = [terms]
        self.payload = encode_terms(terms)
        self.line = line_id(self.payload)
        for each in self.members:
            each.agree(self.payload)

    def tick(self) -> Instant:
        """A second later."""
        self.now = Instant(self.now + 1000)
        return self.now

    def found(self, name: str) -> Poster:
        """A new post; the same each time for the same name."""
        return Poster(self, *founded(name, START))

    def propose(self, *members: Member) -> bytes:
        """The next version of the terms with these members."""
        before = self.chain[-1]
        terms = msgspec.structs.replace(
            before, version=before.version + 1, previous=terms_hash(self.payload), members=members, time=self.now
        )
        self.chain.append(terms)
        self.payload = encode_terms(terms)
        return self.payload

    def in_order(self, *more: Entry) -> list[Entry]:
        """All entries, and these, in the order of a bundle."""
        entries = [entry for each in self.members for entry in each.entries]
        return sorted([*entries, *more], key=lambda each: (each.header.author, each.header.number, each.id))

    def cards(self) -> list[Card]:
        """All cards in the order of a bundle."""
        return sorted((each.card for each in self.members), key=lambda card: card.post)

    def known(self) -> dict[PostId, Card]:
        """The cards of all members, as somebody has them who compared all fingerprints."""
        return {each.post: each.card for each in self.members}

    def bundle(
        self,
        exporter: Poster,
        *more: Entry,
        entries: Iterable[Entry] | None = None,
        rule: Rule = SHOW_ALL,
        cards: Iterable[Card] | None = None,
    ) -> bytes:
        """The bundle that `exporter` writes; `more` stand among the entries, `entries` instead of them."""
        file = io.BytesIO()
        write_bundle(
            file.write,
            line=self.line,
            exporter=exporter.post,
            at=self.now,
            cards=[card.encode() for card in (self.cards() if cards is None else cards)],
            entries=self.in_order(*more) if entries is None else entries,
            sign=exporter.own.feed.sign,
            rule=rule,
        )
        return file.getvalue()
