"""The law of key statements, held to the vectors: good cards, and each way of being wrong."""

from __future__ import annotations

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

from openline.errors import PeerError
from openline.identity.card import Card

VECTORS = sorted((Path(__file__).resolve().parents[2] / "vectors/card").glob("*.json"))


def told(card: Card, asked: dict[str, Any]) -> dict[str, Any]:
    """What the card says, in the words of the vectors, as far as a vector asks."""
    said = {
        "post": card.post.hex(),
        "fingerprint": card.fingerprint,
        "name": card.name,
        "sequence": card.sequence,
        "feed_keys": [
            {
                "public": key.public.hex(),
                "revocations": None
                if key.revocations is None
                else [[line.hex(), number, entry.hex()] for line, (number, entry) in key.revocations.items()],
            }
            for key in card.feed_keys
        ],
        "checkpoint_keys": [key.hex() for key in card.checkpoint_keys],
        "cosigning_keys": [key.hex() for key in card.cosigning_keys],
        "link_keys": [key.hex() for key in card.link_keys],
        "sealing": [[at, found and found[0]] for at, _ in asked.get("sealing", []) for found in [card.sealing_key(at)]],
        "officers": [
            {
                "number": officer.number,
                "name": officer.name,
                "public": officer.public.hex(),
                "holding": int(officer.holding),
                "roles": list(officer.roles),
                "ended": officer.ended,
                "revoked": officer.revoked,
            }
            for officer in card.officers
        ],
        "passkeys": [
            [[key.public.hex(), key.rp, key.revoked] for key in officer.passkeys] for officer in card.officers
        ],
        "branches": [
            [line.hex(), [[number, entry.hex()] for number, entry in places]] for line, places in card.branches.items()
        ],
    }
    return {key: said[key] for key in asked}


@pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.stem)
def test_vector(path: Path) -> None:
    case = json.loads(path.read_text())
    data = b64decode(case["card"])
    if case["expect"] == "ok":
        card = Card.admit(data)
        assert told(card, case["says"]) == case["says"]
        assert card.encode() == data
    else:
        with pytest.raises(PeerError) as caught:
            Card.admit(data)
        assert caught.value.code == case["expect"]


def test_every_error_of_a_card_has_a_vector() -> None:
    codes = {json.loads(path.read_text())["expect"] for path in VECTORS}
    assert codes == {"ok", "bad-encoding", "bad-field", "unknown-version", "bad-signature", "bad-key", "too-large"}
