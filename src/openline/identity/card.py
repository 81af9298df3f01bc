"""A post's card: every key statement of its root, first to last, verified (spec/card.md).

A `Card` is always valid: bytes become one through `Card.admit`, or the attempt raises a PeerError.
It is a value: a later statement makes another card.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from openline.errors import BadField, CardForked, TooFarAhead, TooLarge
from openline.identity.chain import Certified, Chain, FeedKey, Officer, Place, Sealing
from openline.keys import digits, ed25519
from openline.limits import CARD_MAX_BYTES, STATEMENTS_MAX
from openline.terms import EntryId, Instant, LineId, PostId
from openline.wire.change import NewRoot
from openline.wire.statement import decode_card, decode_signed, encode_card, statement_id

NOTHING: Place = (0, EntryId(bytes(32)))
"""What a revoked feed key is good for on a line that its revocation does not list."""


class Card:
    """A post's keys. Two cards are equal when they hold the same bytes."""

    __slots__ = ("_chain", "_feed_keys", "statements")

    statements: tuple[bytes, ...]
    """The statements as encoded, first to last."""

    def __init__(self, statements: tuple[bytes, ...], chain: Chain) -> None:
        """For `admit` and `extended` only: `chain` is what the statements came to, and nobody changes it again."""
        self.statements = statements
        self._chain = chain
        self._feed_keys = tuple(reversed(chain.feed_keys.values()))

    @classmethod
    def admit(cls, data: bytes) -> Card:
        """The card that `data` encodes, every rule of it checked.

        BadEncoding, TooLarge, BadField, UnknownVersion, BadSignature or BadKey: whoever handed the bytes over is to
        blame. That the post is the one it says is for a person to compare: `fingerprint`.
        """
        statements = decode_card(data)
        chain = Chain()
        for statement in statements:
            chain.admit(statement)
        return cls(statements, chain)

    @classmethod
    def admit_beside(cls, data: bytes, known: Iterable[Card]) -> Card:
        """As `admit`, but what one of the known cards holds already is not checked again, whatever its signatures."""
        statements = decode_card(data)
        ids = [statement_id(decode_signed(statement).payload) for statement in statements]
        for card in known:
            held = card._chain.ids
            if ids[: len(held)] == held[: len(ids)]:
                chain = card._chain.copied()
                for statement in statements[len(held) :]:
                    chain.admit(statement)
                return cls((*card.statements, *statements[len(held) :]), chain)
        return cls.admit(data)

    def encode(self) -> bytes:
        """The bytes of the card, as `admit` takes them."""
        return encode_card(self.statements)

    def extended(self, statement: bytes) -> Card:
        """The card with one more statement; the same card when it has this one already.

        TooFarAhead when those before it are not here yet; CardForked when another one stands in its place.
        Otherwise the errors of `admit`.
        """
        sequence = decode_signed(statement).statement.sequence
        if sequence > self.sequence + 1:
            raise TooFarAhead(f"Key statement {sequence} came, and {self.sequence} is the last one here.")
        if sequence <= self.sequence:
            return self._with_another(sequence, statement)
        chain = self._chain.copied()
        chain.admit(statement)
        statements = (*self.statements, statement)
        if len(statements) > STATEMENTS_MAX or len(encode_card(statements)) > CARD_MAX_BYTES:
            raise TooLarge("The card has no room for another statement: this post has to found itself again.")
        return Card(statements, chain)

    def _with_another(self, sequence: int, statement: bytes) -> Card:
        """Other signatures on the same statement say nothing new. Another statement, well signed, is a fork."""
        if statement_id(decode_signed(statement).payload) == self._chain.ids[sequence - 1]:
            return self
        chain = Chain()
        for each in (*self.statements[: sequence - 1], statement):
            chain.admit(each)
        if chain.post != self.post:
            raise BadField("A key statement is of another post.")
        raise self._forked(sequence, statement)

    def _forked(self, sequence: int, theirs: bytes) -> CardForked:
        return CardForked(
            f"The root of {self.name!r} has signed two different key statements {sequence}.",
            self.statements[sequence - 1],
            theirs,
        )

    def merged(self, other: Card) -> Card:
        """The longer of two cards of one post. CardForked when neither continues the other; BadField for two posts."""
        if other.post != self.post:
            raise BadField("These are the cards of two posts.")
        for at, (ours, theirs) in enumerate(zip(self._chain.ids, other._chain.ids, strict=False)):
            if ours != theirs:
                raise self._forked(at + 1, other.statements[at])
        return other if other.sequence > self.sequence else self

    @property
    def post(self) -> PostId:
        """The post's id, which never changes."""
        return self._chain.post

    @property
    def name(self) -> str:
        """The post's name, as its root gave it last."""
        return self._chain.name

    @property
    def fingerprint(self) -> str:
        """Sixty digits that stand for `post`, for two people to compare by voice."""
        return digits.fingerprint(self.post)

    @property
    def sequence(self) -> int:
        """The number of the last statement."""
        return len(self.statements)

    @property
    def head(self) -> bytes:
        """The id of the last statement."""
        return self._chain.ids[-1]

    @property
    def root(self) -> NewRoot:
        """The root keys in force, and the commitment to the next ones."""
        root = self._chain.root
        assert root is not None
        return root

    @property
    def feed_keys(self) -> tuple[FeedKey, ...]:
        """Every key that ever signed entries, the newest first."""
        return self._feed_keys

    def verify_feed(self, signature: bytes, message: bytes) -> FeedKey | None:
        """The feed key under which the signature holds, the newest tried first. It may be revoked: see `good_until`."""
        for key in self._feed_keys:
            if ed25519.verify(key.public, signature, message):
                return key
        return None

    def good_until(self, key: FeedKey, line: LineId) -> Place | None:
        """The last entry on a line that a revoked key is good for, (0, zeros) for none; None when it is not revoked."""
        return None if key.revocations is None else key.revocations.get(line, NOTHING)

    @property
    def checkpoint_keys(self) -> tuple[bytes, ...]:
        """ML-DSA-44 keys in force, the newest first."""
        return _in_force(self._chain.checkpoint_keys)

    @property
    def cosigning_keys(self) -> tuple[bytes, ...]:
        """Keys in force that cosign other members' checkpoints, the newest first."""
        return _in_force(self._chain.cosigning_keys)

    @property
    def link_keys(self) -> tuple[bytes, ...]:
        """Keys in force by which the post's end of a link is known, the newest first."""
        return _in_force(self._chain.link_keys)

    @property
    def all_checkpoint_keys(self) -> tuple[Certified, ...]:
        """Every checkpoint key ever, the newest first: old checkpoints are verified under them."""
        return tuple(reversed(self._chain.checkpoint_keys.values()))

    @property
    def all_cosigning_keys(self) -> tuple[Certified, ...]:
        """Every cosigning key ever, the newest first: old cosignatures are verified under them."""
        return tuple(reversed(self._chain.cosigning_keys.values()))

    @property
    def sealing_keys(self) -> tuple[Sealing, ...]:
        """Every sealing key ever, by number from 1."""
        return tuple(self._chain.sealing_keys)

    def sealing_key(self, at: Instant) -> tuple[int, bytes] | None:
        """Number and public half of the newest sealing key that holds at that time; None when all have run out."""
        for key in reversed(self._chain.sealing_keys):
            if key.start <= at < key.end:
                return key.number, key.public
        return None

    @property
    def officers(self) -> tuple[Officer, ...]:
        """Every officer ever, by number from 1."""
        return tuple(self._chain.officers.values())

    def officer(self, number: int) -> Officer | None:
        """The officer with that number, ended and revoked ones too."""
        return self._chain.officers.get(number)

    @property
    def branches(self) -> Mapping[LineId, tuple[Place, ...]]:
        """For each line, the entries by which the root named the true branch of its feed, in the order of naming."""
        return MappingProxyType(self._chain.branches)

    def __eq__(self, other: object) -> bool:
        """Equal statements, signatures included."""
        return isinstance(other, Card) and self.statements == other.statements

    def __hash__(self) -> int:
        """By the last statement, which binds all before it."""
        return hash(self.head)

    def __repr__(self) -> str:
        """Name, number of statements and the first digits."""
        return f"Card({self.name!r}, {self.sequence} statements, {self.fingerprint[:11]} ...)"


def _in_force(keys: dict[bytes, Certified]) -> tuple[bytes, ...]:
    return tuple(key.public for key in reversed(keys.values()) if not key.revoked)
