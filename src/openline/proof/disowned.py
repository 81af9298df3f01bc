"""Entries under a revoked key, above what it is good for: who held them before the revocation (spec/verify.md).

Neither a thief's back-dating nor an owner's disowning works: such an entry counts exactly if another member signed
that it held it, in an entry written before that member had the revocation. A member has the revocation from the
first entry on whose have-vector covers the entry of the owner's feed that holds it.
"""

from __future__ import annotations

from collections.abc import Container, Mapping

from openline.errors import BadField, CardForked, PeerError, TooFarAhead
from openline.identity.card import Card
from openline.proof.columns import Claims
from openline.proof.faults import Faults
from openline.proof.feed import FeedWalk
from openline.proof.finding import Disowned
from openline.terms import EntryId, PostId
from openline.wire.change import RevokedFeedKey
from openline.wire.fields import UINT_MAX
from openline.wire.kinds import Kind
from openline.wire.statement import Statement, decode_signed, statement_id


def judge_doubtful(feed: FeedWalk, feeds: Mapping[PostId, FeedWalk], faults: Faults) -> list[Disowned]:
    """The doubtful entries of `feed` that others held in time; the others are faults."""
    told = _told(feed, faults)
    holders: dict[EntryId, list[PostId]] = {}
    for member in feeds.values():
        if feed.post in member.claims:
            for entry in _held_in_time(feed, member, told):
                holders.setdefault(entry, []).append(member.post)
    disowned = []
    for seen in feed.doubtful.values():
        by = holders.get(seen.id)
        if by:
            disowned.append(Disowned(feed=feed.post, number=seen.number, entry=seen.id, held_by=tuple(by)))
        else:
            said = "is under a key that its author has revoked, and nobody is shown to have held it before that"
            faults.entry("key-revoked", said, feed.post, seen.number, seen.id)
    return disowned


def _told(feed: FeedWalk, faults: Faults) -> dict[bytes, int]:
    """For each revoked feed key the number of the first entry of the feed that holds the revocation."""
    told: dict[bytes, int] = {}
    for seen in feed.bodies:
        for data in seen.body if seen.kind == Kind.KEYS else ():
            place = (seen.author, seen.number, seen.id)
            try:
                statement = _statement(data, feed.card)
            except PeerError as error:
                faults.entry(error.code, f"holds a key statement that does not fit: {error}", *place)
                continue
            for change in statement.changes:
                if isinstance(change, RevokedFeedKey):
                    told.setdefault(change.public, seen.number)
    return told


def _statement(data: bytes, card: Card) -> Statement:
    """A key statement in the feed, which is one of the card's: signatures apart, for those were checked there."""
    signed = decode_signed(data)
    sequence = signed.statement.sequence
    if signed.statement.post != card.post:
        raise BadField("It is of another post.")
    if sequence > card.sequence:
        raise TooFarAhead(
            f"It is number {sequence}, and the card shown ends with {card.sequence}: it hides newer keys."
        )
    if statement_id(signed.payload) != statement_id(decode_signed(card.statements[sequence - 1]).payload):
        raise CardForked("The card shown has another one in its place.")
    return signed.statement


def _held_in_time(feed: FeedWalk, member: FeedWalk, told: Mapping[bytes, int]) -> set[EntryId]:
    """The doubtful entries that `member` signed for before it had the revocation of their key."""
    claims = member.claims[feed.post]
    held: set[EntryId] = set()
    if not feed.doubtful:
        return held
    had = {public: _first_with(claims, number, feed.doubtful) for public, number in told.items()}
    for at, _, entry in claims.all():
        seen = feed.doubtful.get(entry)
        while seen is not None and seen.id not in held:
            if at >= had.get(feed.card.feed_keys[seen.key].public, UINT_MAX):
                break
            held.add(seen.id)
            seen = feed.doubtful.get(seen.previous)
    return held


def _first_with(claims: Claims, number: int, doubtful: Container[EntryId]) -> int:
    """The first entry whose author holds entry `number` of the feed, and not a doubtful one in its place."""
    knew = (at for at, upto, entry in claims.all() if upto >= number and entry not in doubtful)
    return min(knew, default=UINT_MAX)
