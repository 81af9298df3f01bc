"""Entries under a revoked key, above what it is good for: who held them before the revocation (PROTOCOL 16).

Neither a thief's back-dating nor an owner's disowning works: such an entry counts exactly if another member signed
that it held it, in an entry written before that member had the revocation. A member has the revocation from the
first entry on whose have-vector covers an entry of the owner's feed that holds a card with it.
"""

from __future__ import annotations

from collections.abc import Mapping

from openline.errors import CardForked, PeerError
from openline.identity.card import Card
from openline.proof.batch import Seen
from openline.proof.faults import Faults
from openline.proof.feed import FeedWalk
from openline.proof.finding import Disowned
from openline.terms import EntryId, PostId
from openline.wire.kinds import Kind


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
    """For each revoked feed key the number of the first entry of the feed that holds a card with its revocation."""
    told: dict[bytes, int] = {}
    for seen in feed.bodies:
        if seen.kind != Kind.KEYS or seen.body is None:
            continue
        try:
            card = Card.admit(seen.body)
            if card.post == feed.post:
                feed.card.merged(card)
        except CardForked as error:
            faults.entry(error.code, f"holds a card that contradicts the one shown: {error}", *_place(seen))
            continue
        except PeerError as error:
            faults.entry(error.code, f"holds a card that is none: {error}", *_place(seen))
            continue
        for key in card.feed_keys if card.post == feed.post else ():
            if key.revocations is not None:
                told.setdefault(key.public, seen.number)
    return told


def _place(seen: Seen) -> tuple[PostId, int, EntryId]:
    return seen.author, seen.number, seen.id


def _held_in_time(feed: FeedWalk, member: FeedWalk, told: Mapping[bytes, int]) -> set[EntryId]:
    """The doubtful entries that `member` signed for before it had the revocation of their key."""
    claims = member.claims[feed.post]
    held: set[EntryId] = set()
    if not feed.doubtful:
        return held
    for at, _, entry in claims.all():
        seen = feed.doubtful.get(entry)
        while seen is not None and seen.id not in held:
            number = told.get(feed.card.feed_keys[seen.key].public)
            if number is not None and claims.newest_at(at) >= number:
                break
            held.add(seen.id)
            seen = feed.doubtful.get(seen.previous)
    return held
