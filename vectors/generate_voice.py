"""Writes vectors/voice/: notes about check digits, commitments and the digits that come of two values (spec/voice.md).

The bytes are made here from the spec, without the package, and are the same at each run.
Run: .venv/bin/python vectors/generate_voice.py
"""

import hmac
from hashlib import sha256

from plain_cbor import cbor, seed, write

CONTACT, NORTH, SOUTH, EAST = (seed(name) for name in ("contact", "north", "south", "east"))
VALUES = {"north": seed("value of north"), "south": seed("value of south")}
SIGNATURE = seed("r") + seed("s")


def commitment(author, reader, value):
    """What binds an author to a value."""
    return sha256(b"openline/voice-commit/1\x00" + CONTACT + author + reader + value).digest()


def digits(caller, called, first, second):
    """RFC 5869 with SHA-256, no salt, one block."""
    extracted = hmac.digest(bytes(32), first + second, "sha256")
    drawn = hmac.digest(extracted, b"openline/voice-digits/1\x00" + caller + called + CONTACT + b"\x01", "sha256")
    one, two = (int.from_bytes(half, "big") % 1_000_000 for half in (drawn[:16], drawn[16:]))
    two = (two + 1) % 1_000_000 if one == two else two
    return [f"{one:06d}", f"{two:06d}"]


BOUND = commitment(NORTH, SOUTH, VALUES["north"])
ANSWERED = commitment(SOUTH, NORTH, VALUES["south"])
COMMIT = [CONTACT, NORTH, NORTH, SOUTH, 1, BOUND, b""]
REVEAL = [CONTACT, NORTH, NORTH, SOUTH, 2, VALUES["north"], ANSWERED]


def changed(note, at, value):
    """A note with one field changed."""
    return [value if at == place else each for place, each in enumerate(note)]


GOOD = {"commit": [COMMIT], "reveal": [REVEAL], "both": [COMMIT, REVEAL], "called by the reader": [changed(COMMIT, 1, SOUTH)]}
BAD = {
    "no note": [],
    "three notes": [COMMIT] * 3,
    "contact of 31 bytes": [changed(COMMIT, 0, CONTACT[:31])],
    "called by a third": [changed(COMMIT, 1, EAST)],
    "to itself": [changed(COMMIT, 3, NORTH)],
    "step 0": [changed(COMMIT, 4, 0)],
    "step 3": [changed(REVEAL, 4, 3)],
    "value of 33 bytes": [changed(COMMIT, 5, BOUND + b"\x00")],
    "commit that answers": [changed(COMMIT, 6, ANSWERED)],
    "reveal that answers nothing": [changed(REVEAL, 6, b"")],
    "note of six": [COMMIT[:6]],
}


def files():
    """What to write."""
    notes = [
        {"name": name, "expect": expect, "notes": cbor([[cbor(each), SIGNATURE] for each in held]).hex()}
        for expect, table in (("ok", GOOD), ("bad-field", BAD))
        for name, held in table.items()
    ]
    place = {"contact": CONTACT.hex(), "caller": NORTH.hex(), "called": SOUTH.hex()}
    made = {
        **place,
        "values": [VALUES["north"].hex(), VALUES["south"].hex()],
        "commitments": [BOUND.hex(), ANSWERED.hex()],
        "digits": digits(NORTH, SOUTH, VALUES["north"], VALUES["south"]),
    }
    return {"voice/notes.json": notes, "voice/digits.json": made}


if __name__ == "__main__":
    write(files())
