"""Changes of this post's own keys, as `Post.change_keys` takes them: fresh seeds and the time are drawn here."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any

from openline.errors import Misuse
from openline.identity import signing
from openline.identity.card import Card
from openline.identity.chain import Place
from openline.identity.own import ROOT_SEED_BYTES, SEED_BYTES, Own
from openline.post.loop import now
from openline.post.post import Post
from openline.terms import EntryId, Instant, LineId
from openline.wire.assertion import Assertion

Change = Callable[[Own, Card], tuple[Own, bytes]]

SEALING_EVERY_MS = 7 * signing.DAY_MS
"""A new sealing key each week (spec/card.md)."""

AHEAD_MS = 364 * signing.DAY_MS
"""For so long a home whose root is taken out has sealing keys."""


def add_officer(name: str, roles: tuple[str, ...]) -> Change:
    """See `signing.add_officer`."""
    return lambda own, card: signing.add_officer(own, card, name, os.urandom(SEED_BYTES), roles, now())


def add_passkey(number: int, public: bytes, rp: str, possession: Assertion) -> Change:
    """See `signing.add_passkey`."""
    return lambda own, card: signing.add_passkey(own, card, number, public, rp, possession, now())


def end_officer(number: int) -> Change:
    """See `signing.end_officer`."""
    return lambda own, card: signing.end_officer(own, card, number, now())


def revoke(public: str) -> Change:
    """See `signing.revoke`; the key in hex. Raises Misuse."""
    try:
        key = bytes.fromhex(public)
    except ValueError:
        raise Misuse("A key is written in hexadecimal digits, as 'card --json' shows them.") from None
    return lambda own, card: signing.revoke(own, card, key, now())


def name_branch(line: LineId, number: int, entry: EntryId) -> Change:
    """See `signing.name_branch`."""
    return lambda own, card: signing.name_branch(own, card, line, number, entry, now())


def rotate(which: str, last: Callable[[], Mapping[LineId, Place]]) -> Change:
    """A new key of one sort; `last` says up to where the old feed key is good. Raises Misuse."""
    match which:
        case "root":
            return lambda own, card: signing.rotate_root(own, card, os.urandom(ROOT_SEED_BYTES), now())
        case "feed":
            return lambda own, card: signing.rotate_feed_key(own, card, os.urandom(SEED_BYTES), last(), now())
        case "sealing":
            return new_sealing_key
        case "checkpoint" | "cosigning" | "link":
            sort: signing.Rotating = which
            return lambda own, card: signing.rotate_key(own, card, sort, os.urandom(SEED_BYTES), now())
        case _:
            raise Misuse(f"There is no {which!r} key: say root, feed, checkpoint, cosigning, link or sealing.")


def new_sealing_key(own: Own, card: Card) -> tuple[Own, bytes]:
    """A sealing key from now on; private halves that have run out are dropped."""
    at = now()
    key = (os.urandom(SEED_BYTES), at, Instant(at + signing.SEALING_DAYS * signing.DAY_MS))
    return signing.new_sealing_keys(own.drop_sealing_keys(at), card, [key], at)


def sealing_keys_ahead(own: Own, card: Card) -> tuple[Own, bytes]:
    """Sealing keys for a year, one a week, so that a home without its root goes on changing them."""
    at = now()
    starts = range(at, at + AHEAD_MS, SEALING_EVERY_MS)
    length = SEALING_EVERY_MS + signing.SEALING_DAYS * signing.DAY_MS
    keys = [(os.urandom(SEED_BYTES), Instant(start), Instant(start + length)) for start in starts]
    return signing.new_sealing_keys(own.drop_sealing_keys(at), card, keys, at)


def sealing_until(own: Own) -> Instant:
    """Until when others can seal secrets for this post."""
    return max(end for _, _, _, end in own.sealing_seeds)


def root_needed(own: Own) -> bool:
    """Whether the root is away, and sealing keys run out within four weeks."""
    return not own.has_root and sealing_until(own) - signing.SEALING_DAYS * signing.DAY_MS <= now()


def sealing_key_due(own: Own) -> bool:
    """Whether the newest sealing key has been in use for a week."""
    newest = max(start for _, _, start, _ in own.sealing_seeds if start <= now())
    return own.has_root and newest + SEALING_EVERY_MS <= now()


def last_entries(post: Post) -> dict[LineId, Place]:
    """The end of our own feed on every line: up to there an old feed key is good."""
    lines = () if post.engine is None else tuple(post.engine.names())
    me = post.keyring.card.post
    heads = [head for line in lines for head in post.record.heads(line) if head.feed == me and head.number]
    return {head.line: (head.number, head.id) for head in heads}


def in_force(card: Card) -> dict[str, Any]:
    """The keys in force, for people to read."""
    feed = [key.public.hex() for key in card.feed_keys if key.revocations is None]
    return {
        "statements": card.sequence,
        "feed": feed,
        "checkpoint": [key.hex() for key in card.checkpoint_keys],
        "cosigning": [key.hex() for key in card.cosigning_keys],
        "link": [key.hex() for key in card.link_keys],
        "sealing": [key.number for key in card.sealing_keys if key.end > now()],
        "officers": {officer.name: officer.public.hex() for officer in card.officers if officer.in_force},
    }
