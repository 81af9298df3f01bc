"""A line as one post holds it: terms, feeds, epochs and what is due. Values and look-ups; decisions are elsewhere."""

from __future__ import annotations

import msgspec

from openline.engine import checkbook
from openline.errors import PeerError
from openline.feeds.feed import Feed, Fork
from openline.feeds.ranges import Numbers
from openline.keys import aead
from openline.terms import EntryId, Instant, LineId, PostId, Precedence, TrafficClass
from openline.wire.entry import Entry
from openline.wire.lineterms import LineTerms
from openline.wire.rules import Rules, decode_rules


class EpochKeys(msgspec.Struct, frozen=True):
    """An author's secret of one epoch, and what is derived from it; `base` is the time of its statement."""

    number: int
    secret: bytes
    base: Instant
    seal: bytes
    salt: bytes


def epoch_keys(line: LineId, sealer: PostId, number: int, secret: bytes, base: Instant) -> EpochKeys:
    """Derive the keys of an epoch (spec/sealing.md)."""
    context = line + sealer + number.to_bytes(8, "big")
    return EpochKeys(
        number,
        secret,
        base,
        aead.hkdf(secret, b"openline/seal/1\x00" + context),
        aead.hkdf(secret, b"openline/salt/1"),
    )


NO_SALT_KEY = bytes(32)
"""The salt key of epoch 0, in which nothing is secret."""


class Statement(msgspec.Struct, frozen=True):
    """What an author's EPOCH entry says of a secret, and the number of that entry."""

    commitment: bytes
    base: Instant
    number: int


class Offer(msgspec.Struct):
    """Terms proposed to follow the ones in force, who has signed them so far, and the entries in which they did."""

    payload: bytes
    terms: LineTerms
    signed: set[PostId]
    entries: list[bytes]


class Series(msgspec.Struct, frozen=True):
    """Numbers of one author's series that are held here: up to `highest`, but for those that are missing."""

    highest: int = 0
    missing: tuple[int, ...] = ()


class Untaken(msgspec.Struct):
    """An urgent message or answer that waits for somebody: here, or where this post is its author, at other members.

    `number` is that of the newest text; `opens` is False where it is enough that somebody sees it. `taken_by` are the
    members who have it in hand, `kind` is that of the entry, `told` counts the alarms, `due` is that of the next.
    """

    author: PostId
    number: int
    precedence: Precedence
    traffic: TrafficClass
    opens: bool
    since: Instant
    due: Instant
    told: int = 0
    taken_by: tuple[PostId, ...] = ()
    kind: int = 0


class Claim(msgspec.Struct):
    """A member's word that it holds more of our feed than is here: how many, since when, signed in which entry.

    `holds`: our writing waits for what it shows. `told`: it showed nothing in time, and people know.
    """

    number: int
    since: Instant
    entry: EntryId | None
    holds: bool
    told: bool = False


class Line:
    """See the top of this file. `chain` holds all versions of the terms in force so far, with their payloads."""

    def __init__(self, identifier: LineId, me: PostId, payload: bytes, terms: LineTerms) -> None:
        self.id = identifier
        self.me = me
        self.chain: list[tuple[bytes, LineTerms]] = [(payload, terms)]
        self.offers: dict[bytes, Offer] = {}
        self.later: list[Entry] = []
        self.signatures: tuple[bytes, ...] = ()
        self.removals: dict[int, tuple[bytes, ...]] = {}
        self.feeds: dict[PostId, Feed] = {}
        self.epoch: EpochKeys | None = None
        self.epochs: dict[tuple[PostId, int], EpochKeys] = {}
        self.statements: dict[tuple[PostId, int], Statement] = {}
        self.unproved: dict[tuple[PostId, int], bytes] = {}
        self.wraps: dict[tuple[int, PostId], bytes] = {}
        self.refused: dict[PostId, Numbers] = {}
        self.changed: set[PostId] = set()
        self.due: Precedence | None = None
        self.due_to: set[PostId] = set()
        self.eager: set[PostId] = set()
        self.serials: dict[int, int] = {}
        self.checkpoint = 0
        self.checkpoint_at = Instant(0)
        self.spoken = 0
        self.unheard: set[PostId] | None = None
        self.heard: dict[PostId, int] = {}
        self.claims: dict[PostId, Claim] = {}
        self.accused: dict[bytes, int] = {}
        self.testimony: list[tuple[Fork, Entry]] = []
        self.suspected: list[tuple[Instant, Entry, PostId]] = []
        self.foretold: dict[tuple[PostId, PostId], Entry] = {}
        self.proved: dict[PostId, int] = {}
        self.gaps: dict[PostId, Instant] = {}
        self.untaken: dict[EntryId, Untaken] = {}
        self.taken_early: set[tuple[EntryId, PostId]] = set()
        self.spoken_at = 0
        self.current_epoch = 0
        self.keys_told = 0
        self.rewinding: dict[PostId, int] = {}
        self.checks = checkbook.begin()
        self.series: dict[bytes, Series] = {}
        self.skew: dict[PostId, int] = {}
        self._rules: tuple[bytes, Rules] | None = None
        self.add_members()

    @property
    def terms(self) -> LineTerms:
        """The terms in force."""
        return self.chain[-1][1]

    @property
    def rules(self) -> Rules:
        """What is agreed beside the members; nothing where it cannot be read."""
        return self.rules_of(self.chain[-1][1])

    def rules_of(self, terms: LineTerms) -> Rules:
        """What was agreed in these terms; nothing where it cannot be read."""
        held = terms.rules
        if self._rules is None or self._rules[0] != held:
            try:
                self._rules = (held, decode_rules(held))
            except PeerError:
                self._rules = (held, Rules())
        return self._rules[1]

    @property
    def mine(self) -> Feed:
        """This post's own feed."""
        return self.feeds[self.me]

    def add_members(self) -> None:
        """Give every member of the terms in force a feed, and note who is who."""
        self._indices = {member.post: at for at, member in enumerate(self.terms.members)}
        self.active = self.terms.active()
        for member in self.terms.members:
            if member.post not in self.feeds:
                self.feeds[member.post] = Feed(self.id, member.post)

    def writes(self) -> bool:
        """Whether our feed may grow: we are a member, and it is whole and has one history."""
        whole = self.unheard is None and self.mine.fork is None and self.me not in self.rewinding
        return whole and not self.held_back and self.me in self.active

    @property
    def held_back(self) -> bool:
        """Whether our feed waits a few seconds for what a member says it holds of it (claims.py)."""
        return any(claim.holds for claim in self.claims.values())

    def others(self) -> tuple[PostId, ...]:
        """The active members but this post."""
        return tuple(post for post in self.active if post != self.me)

    def version(self, number: int) -> LineTerms | None:
        """The terms of this version, if they are or were in force."""
        return self.chain[number - 1][1] if 1 <= number <= len(self.chain) else None

    def index(self, post: PostId) -> int:
        """The number of a member on the wire; -1 for a stranger."""
        return self._indices.get(post, -1)

    def member(self, index: int) -> PostId | None:
        """The member with this number."""
        return self.terms.members[index].post if 0 <= index < len(self.terms.members) else None

    def claimed(self, by: PostId, feed: PostId) -> int:
        """The highest number of `feed` that `by` has signed that it holds; of ours, what the id there bears out."""
        if feed == self.me:
            return self.proved.get(by, 0)
        return self.feeds[by].claims.get(feed, 0) if by in self.feeds else 0

    def settled(self, feed: PostId) -> Numbers:
        """The numbers of a feed that need not be sent here: what is held, and what was refused for good reason."""
        numbers = self.feeds[feed].held()
        for first, last in self.refused.get(feed, Numbers()).ranges():
            numbers.add(first, last)
        return numbers

    def entries(self) -> int:
        """How many entries of all feeds are held here, those that wait behind a gap included."""
        return sum(feed.number + len(feed.waiting) for feed in self.feeds.values())

    def may_read(self, post: PostId, terms: int) -> bool:
        """Whether a post may have an entry written under these terms."""
        if post in self.active:
            return self.version(terms) is not None
        version = self.version(terms)
        return version is not None and post in version.active()

    def id_at(self, feed: PostId, number: int) -> EntryId | None:
        """The id of an entry that is held here and chained."""
        held = self.feeds.get(feed)
        return held.id_at(number) if held is not None and number <= held.number else None
