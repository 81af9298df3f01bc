"""What the root signs: the founding of a post, and every change of its keys.

Each function returns the post's new private keys and the encoded statement that says so; `card.extended(statement)`
is the new card. All of them sign with ML-DSA-65, which draws randomness inside the library: two calls with the same
arguments give two statements that differ in their signature, and a post must never publish two with one number.
So they are effects: a shell calls them, one at a time, and keeps keys, then statement, before it shows either.
Seeds are new random bytes from the shell. RootOffline when the root is not here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, Literal

from openline.errors import NameTaken, UnknownName
from openline.identity.card import Card
from openline.identity.chain import Place
from openline.identity.own import ROOT_SEED_BYTES, SEED_BYTES, Own, Root, root_keys
from openline.keys.ed25519 import SigningKey, prove_possession
from openline.keys.mldsa import Mldsa44Key
from openline.keys.sealing import SealingKey
from openline.terms import EntryId, Instant, LineId, PostId
from openline.wire import change as wire
from openline.wire.assertion import Assertion
from openline.wire.change import Change, Holding
from openline.wire.statement import (
    Statement,
    encode_card,
    encode_signed,
    encode_statement,
    next_root,
    post_id,
    statement_to_be_signed,
)

DAY_MS: Final = 86_400_000
SEALING_DAYS: Final = 28
"""How long secrets may be sealed for the first sealing key; a newer key is preferred as soon as there is one."""

FOUND_SEED_BYTES: Final = 2 * ROOT_SEED_BYTES + 6 * SEED_BYTES
"""Random bytes that `found` takes: two roots, feed, checkpoint, cosigning, link, sealing, first officer."""

Rotating = Literal["checkpoint", "cosigning", "link"]


def found(name: str, seeds: bytes, at: Instant, officer: str = "Watch officer") -> tuple[Own, Card]:
    """A new post with one key of each sort, and its first officer, number 1, whose key the post holds.

    `seeds` are FOUND_SEED_BYTES random bytes; ValueError for another length. BadField for a name that cannot be one.
    """
    if len(seeds) != FOUND_SEED_BYTES:
        raise ValueError(f"founding a post takes {FOUND_SEED_BYTES} random bytes")
    current, following, rest = seeds[:64], seeds[64:128], seeds[128:]
    feed, checkpoint, cosigning, link, sealing, first = (rest[i : i + SEED_BYTES] for i in range(0, len(rest), 32))
    root = _new_root(current, following)
    post = post_id(root.ed25519, root.mldsa65)
    start, end = Instant(max(at - DAY_MS, 0)), Instant(at + SEALING_DAYS * DAY_MS)
    own = Own(
        post=post,
        root=Root(post, current, following),
        feed_seed=feed,
        checkpoint_seed=checkpoint,
        cosigning_seed=cosigning,
        link_seed=link,
        sealing_seeds=((1, sealing, start, end),),
        officer_seeds=((1, first),),
    )
    changes: list[Change] = [
        root,
        wire.NewName(name),
        wire.NewFeedKey(own.feed.public, prove_possession(own.feed, post)),
        wire.NewCheckpointKey(own.checkpoint.public),
        wire.NewCosigningKey(own.cosigning.public, prove_possession(own.cosigning, post)),
        wire.NewLinkKey(own.link.public, prove_possession(own.link, post)),
        wire.NewSealingKey(1, SealingKey.from_seed(sealing).public, start, end),
        _new_officer(1, officer, SigningKey.from_seed(first), (), post),
    ]
    statement = Statement(post=post, sequence=1, previous=None, time=at, changes=tuple(changes))
    return own, Card.admit(encode_card((_sign(statement, current),)))


def rotate_root(own: Own, card: Card, following: bytes, at: Instant) -> tuple[Own, bytes]:
    """The committed root comes into force, and the card commits to `following`, 64 random bytes."""
    root = own.need_root()
    statement = _next(card, [_new_root(root.next, following)], at)
    return (
        replace(own, root=Root(own.post, root.next, following)),
        _checked(card, _sign(statement, root.current, root.next)),
    )


def rename(own: Own, card: Card, name: str, at: Instant) -> tuple[Own, bytes]:
    """A new name for the post."""
    return own, _signed(own, card, [wire.NewName(name)], at)


def rotate_feed_key(
    own: Own, card: Card, seed: bytes, revoking: Mapping[LineId, Place], at: Instant
) -> tuple[Own, bytes]:
    """A new feed key; every feed key in force is revoked after the last good (number, id) that `revoking` has.

    The old key is good for nothing on a line that is left out. Make a checkpoint of every line before
    (spec/checkpoint.md, When).
    """
    last = tuple(wire.Last(line, *revoking[line]) for line in sorted(revoking))
    old = [wire.RevokedFeedKey(key.public, last) for key in card.feed_keys if key.revocations is None]
    key = SigningKey.from_seed(seed)
    changes: list[Change] = [*old, wire.NewFeedKey(key.public, prove_possession(key, own.post))]
    return replace(own, feed_seed=seed), _signed(own, card, changes, at)


def rotate_key(own: Own, card: Card, which: Rotating, seed: bytes, at: Instant) -> tuple[Own, bytes]:
    """A new checkpoint, cosigning or link key; those of its sort in force are revoked."""
    key = SigningKey.from_seed(seed)
    proof = prove_possession(key, own.post)
    new: Change
    if which == "checkpoint":
        old, new = card.checkpoint_keys, wire.NewCheckpointKey(Mldsa44Key.from_seed(seed).public)
        after = replace(own, checkpoint_seed=seed)
    elif which == "cosigning":
        old, new = card.cosigning_keys, wire.NewCosigningKey(key.public, proof)
        after = replace(own, cosigning_seed=seed)
    else:
        old, new = card.link_keys, wire.NewLinkKey(key.public, proof)
        after = replace(own, link_seed=seed)
    return after, _signed(own, card, [*(wire.RevokedKey(public) for public in old), new], at)


def new_sealing_keys(
    own: Own, card: Card, keys: Sequence[tuple[bytes, Instant, Instant]], at: Instant
) -> tuple[Own, bytes]:
    """New sealing keys as (seed, start, end): one at a removal, or a year of weekly ones for a root kept offline."""
    first = len(card.sealing_keys) + 1
    numbered = [(number, *key) for number, key in enumerate(keys, first)]
    changes = [
        wire.NewSealingKey(number, SealingKey.from_seed(seed).public, start, end)
        for number, seed, start, end in numbered
    ]
    return replace(own, sealing_seeds=(*own.sealing_seeds, *numbered)), _signed(own, card, changes, at)


def add_officer(own: Own, card: Card, name: str, seed: bytes, roles: Sequence[str], at: Instant) -> tuple[Own, bytes]:
    """A new officer whose key the post holds. NameTaken while another officer in force has the name."""
    _free(card, name)
    number = len(card.officers) + 1
    change = _new_officer(number, name, SigningKey.from_seed(seed), roles, own.post)
    after = replace(own, officer_seeds=(*own.officer_seeds, (number, seed)))
    return after, _signed(own, card, [change], at)


def add_device_officer(
    own: Own, card: Card, name: str, public: bytes, possession: bytes, roles: Sequence[str], at: Instant
) -> tuple[Own, bytes]:
    """A new officer whose key is on the person's own device, which made `possession` (`prove_possession`).

    NameTaken while another officer in force has the name; BadKey when the proof or the key is bad.
    """
    _free(card, name)
    number = len(card.officers) + 1
    change = wire.NewOfficer(number, name, public, Holding.DEVICE, tuple(roles), possession)
    return own, _signed(own, card, [change], at)


def add_passkey(
    own: Own, card: Card, number: int, public: bytes, rp: str, possession: Assertion, at: Instant
) -> tuple[Own, bytes]:
    """A passkey of the officer with that number, whose device made `possession` (passkeys.possession_challenge).

    UnknownName when no such officer is in force; BadKey when the proof or the key is bad.
    """
    officer = card.officer(number)
    if officer is None or officer.ended is not None:
        raise UnknownName(f"No officer {number} is in force here.")
    return own, _signed(own, card, [wire.NewPasskey(number, public, rp, possession)], at)


def end_officer(own: Own, card: Card, number: int, at: Instant) -> tuple[Own, bytes]:
    """The officer signs nothing from here on, and a key of theirs that the post holds is dropped.

    UnknownName when no officer of that number is in force.
    """
    officer = card.officer(number)
    if officer is None or officer.ended is not None:
        raise UnknownName(f"No officer {number} is in force here.")
    after = replace(own, officer_seeds=tuple(each for each in own.officer_seeds if each[0] != number))
    return after, _signed(own, card, [wire.OfficerEnded(number)], at)


def revoke(own: Own, card: Card, public: bytes, at: Instant) -> tuple[Own, bytes]:
    """Revoke one checkpoint, cosigning, link or officer's key and put none in its place: see `rotate_key`.

    BadField when it is not such a key in force.
    """
    return own, _signed(own, card, [wire.RevokedKey(public)], at)


def name_branch(own: Own, card: Card, line: LineId, number: int, entry: EntryId, at: Instant) -> tuple[Own, bytes]:
    """Of our feed on a line, which forked or was restored, the branch with this entry is the true one."""
    return own, _signed(own, card, [wire.TrueBranch(line, number, entry)], at)


def is_root_of(root: Root, card: Card) -> bool:
    """Whether these seeds are those of the root that is in force on the card, and of the next one."""
    return root.post == card.post and _new_root(root.current, root.next) == card.root


def _free(card: Card, name: str) -> None:
    if any(officer.name == name and officer.in_force for officer in card.officers):
        raise NameTaken(f"There is an officer named {name!r} already.")


def _new_root(seed: bytes, following: bytes) -> wire.NewRoot:
    ed25519, mldsa65 = root_keys(seed)
    after_ed25519, after_mldsa65 = root_keys(following)
    return wire.NewRoot(ed25519.public, mldsa65.public, next_root(after_ed25519.public, after_mldsa65.public))


def _new_officer(number: int, name: str, key: SigningKey, roles: Sequence[str], post: PostId) -> wire.NewOfficer:
    return wire.NewOfficer(number, name, key.public, Holding.POST, tuple(roles), prove_possession(key, post))


def _next(card: Card, changes: Sequence[Change], at: Instant) -> Statement:
    return Statement(post=card.post, sequence=card.sequence + 1, previous=card.head, time=at, changes=tuple(changes))


def _signed(own: Own, card: Card, changes: Sequence[Change], at: Instant) -> bytes:
    return _checked(card, _sign(_next(card, changes, at), own.need_root().current))


def _sign(statement: Statement, *roots: bytes) -> bytes:
    payload = encode_statement(statement)
    message = statement_to_be_signed(payload)
    pairs = [root_keys(root) for root in roots]
    return encode_signed(payload, *((short.sign(message), long.sign(message)) for short, long in pairs))


def _checked(card: Card, statement: bytes) -> bytes:
    """The same law for us as for others: nothing leaves that a peer would refuse."""
    card.extended(statement)
    return statement
