"""Checkpoints and cosignatures in a record (spec/checkpoint.md): is this the tree, and who has signed it."""

from __future__ import annotations

import msgspec

from openline.errors import BadCheckpoint, BadSignature
from openline.feeds.merkle import Frontier
from openline.identity.card import Card
from openline.terms import Instant, LineId
from openline.wire.note import Checkpoint, Note, NoteSignature, cosigner_name, decode, origin
from openline.wire.note_signing import (
    SignatureType,
    key_id,
    verify_author,
    verify_ed25519_cosignature,
    verify_mldsa_cosignature,
)


class SignedTree(msgspec.Struct, frozen=True):
    """A checkpoint whose signatures hold. `relied` is False where the tree could not be made again because entries
    are missing, or where its post-quantum key was revoked since."""

    checkpoint: Checkpoint
    time: Instant
    relied: bool


def check_tree(line: LineId, card: Card, number: int, body: bytes, frontier: Frontier | None) -> SignedTree:
    """The checkpoint that stands in entry `number`; `frontier` is the tree of all before it, None if not known.

    Raises BadCheckpoint, BadSignature, or what decoding a note raises.
    """
    note = decode(body)
    checkpoint = note.checkpoint
    if checkpoint.origin != origin(line, card.post) or checkpoint.size != number - 1:
        raise BadCheckpoint("It is of another feed, or does not cover exactly the entries before it.")
    if frontier is not None and frontier.root() != checkpoint.root:
        raise BadCheckpoint("Its tree is not the one that the entries make.")
    _check_author(note, card)
    time, revoked = _check_mldsa(note, card)
    return SignedTree(checkpoint, Instant(time * 1000), frontier is not None and not revoked)


def _check_author(note: Note, card: Card) -> None:
    name = note.checkpoint.origin
    for key in card.feed_keys:
        found = note.find(name, key_id(name, SignatureType.ED25519, key.public))
        if found is not None:
            verify_author(note.checkpoint, found, key.public)
            return
    raise BadSignature("It lacks the signature of its author's feed key.")


def _check_mldsa(note: Note, card: Card) -> tuple[int, bool]:
    name = cosigner_name(card.post)
    for key in card.all_checkpoint_keys:
        found = note.find(name, key_id(name, SignatureType.MLDSA44_COSIGNATURE, key.public))
        if found is not None:
            return verify_mldsa_cosignature(note.checkpoint, name, found, key.public), key.revoked
    raise BadSignature("It lacks the signature of its author's checkpoint key.")


def check_cosignature(tree: SignedTree, card: Card, body: bytes) -> bool:
    """Whether a member's cosignature is to be relied on: its key was not revoked since.

    Raises BadSignature where it does not hold, and what decoding a signature line raises.
    """
    signature = NoteSignature.from_line(body.decode("utf-8", errors="replace").removesuffix("\n"))
    name = cosigner_name(card.post)
    for key in card.all_cosigning_keys:
        if signature.key_id == key_id(name, SignatureType.ED25519_COSIGNATURE, key.public):
            verify_ed25519_cosignature(tree.checkpoint, name, signature, key.public)
            return not key.revoked
    raise BadSignature("It is not by a cosigning key of its author.")
