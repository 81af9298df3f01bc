"""How a case of vectors/bundle/ is made and kept; the cases are in generate_bundle.py and bundle_entries.py."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import msgspec

from openline.keys.ed25519 import SigningKey
from openline.wire.bundle import Part, Seal, encode_piece, encode_seal, seal_to_be_signed
from openline.wire.entry import Entry, entry_to_be_signed
from tests.proof.world import Poster, World

Case = tuple[bytes, str, str, Poster | None, int | None]
CASES: dict[str, Callable[[], Case]] = {}


def case(about: str, expect: str = "ok") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a case: the function returns the bundle, or (bundle, whose feed, number)."""

    def keep(make: Callable[[], Any]) -> Callable[[], Any]:
        def made() -> Case:
            got = make()
            data, feed, number = got if isinstance(got, tuple) else (got, None, None)
            return data, about, expect, feed, number

        CASES[make.__name__] = made
        return make

    return keep


def small() -> tuple[World, Poster, Poster]:
    """Two members; a message, its ack and an answer."""
    world = World("Alpha", "Bravo")
    alpha, bravo = world.members
    alpha.say("Two of ours cross your sector at 1450Z.")
    bravo.hear()
    bravo.acknowledge()
    return world, alpha, bravo


def sealed(world: World, exporter: Poster, *pieces: bytes) -> bytes:
    """These pieces under a good seal."""
    body = b"".join(pieces)
    digest = hashlib.sha256(body).digest()
    return body + encode_piece(Part.SEAL, encode_seal(Seal(digest, exporter.own.feed.sign(seal_to_be_signed(digest)))))


def pieces(data: bytes) -> list[bytes]:
    """A bundle as its pieces."""
    found, at = [], 0
    while at < len(data):
        low = data[at + 2] & 31
        size = 0 if low < 24 else 1 << low - 24
        length = low if not size else int.from_bytes(data[at + 3 : at + 3 + size])
        found.append(data[at : at + 3 + size + length])
        at += 3 + size + length
    return found


def signed_by(entry: Entry, key: SigningKey) -> Entry:
    """The same entry, signed by another key."""
    return msgspec.structs.replace(entry, signature=key.sign(entry_to_be_signed(entry.payload)))


def without(world: World, *gone: Entry) -> list[Entry]:
    """All entries but these."""
    return [entry for entry in world.in_order() if entry not in gone]
