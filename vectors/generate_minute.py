"""Writes vectors/minute/bodies.json and digests.json: bodies of minutes and commitments, and what a signature binds.

    kind, author, items    the entry; items are in hex, null is one that is withheld
    expect                 "ok", or the code of the error
    contact, points        of a digest: for each point its standing draft, then the words that stand on it

The bytes are made here from spec/minute.md, without the package, and are the same at each run.
Run: .venv/bin/python vectors/generate_minute.py
"""

from hashlib import sha256

from plain_cbor import cbor, seed, write

ALPHA, BRAVO, CHARLIE = seed("alpha"), seed("bravo"), seed("charlie")
BOTH = [ALPHA, BRAVO]
EMPTY, TEXT = {}, {1: "The line stays open."}

GOOD = {
    "a minute": (40, [{1: BOTH}]),
    "a minute of three": (40, [{1: [CHARLIE, *BOTH]}]),
    "a point": (41, [EMPTY, TEXT]),
    "a point that is withheld": (41, [EMPTY, None]),
    "agreed": (42, [{1: 1}, EMPTY]),
    "says otherwise": (42, [{1: 2}, TEXT]),
    "says otherwise, withheld": (42, [{1: 2}, None]),
    "signed": (43, [{1: seed("digest")}, EMPTY]),
    "refused": (43, [{1: seed("digest"), 2: True}, TEXT]),
    "a commitment": (44, [{1: BRAVO, 2: 1_732_700_000_000, 3: BOTH}, TEXT]),
    "accepted": (45, [{1: 1}, EMPTY]),
    "released, with words": (45, [{1: 5}, TEXT]),
}

BAD = {
    "a minute of one": (40, [{1: [ALPHA]}]),
    "a minute without its author": (40, [{1: [BRAVO, CHARLIE]}]),
    "a minute with a party twice": (40, [{1: [*BOTH, BRAVO]}]),
    "a minute of eighteen": (40, [{1: [ALPHA, *(seed(f"post {at}") for at in range(17))]}]),
    "a minute with more": (40, [{1: BOTH, 2: 1}]),
    "a minute that is withheld": (40, [None]),
    "a minute with two items": (40, [{1: BOTH}, EMPTY]),
    "a point without words": (41, [EMPTY, EMPTY]),
    "a point of white space": (41, [EMPTY, {1: " \n"}]),
    "a point with one item": (41, [EMPTY]),
    "agreed with a text": (42, [{1: 1}, TEXT]),
    "says nothing": (42, [{1: 2}, EMPTY]),
    "stance 0": (42, [{1: 0}, EMPTY]),
    "stance 3": (42, [{1: 3}, TEXT]),
    "signed a digest of 31 bytes": (43, [{1: seed("digest")[:31]}, EMPTY]),
    "refused is false": (43, [{1: seed("digest"), 2: False}, EMPTY]),
    "refused is 1": (43, [{1: seed("digest"), 2: 1}, EMPTY]),
    "a commitment of a stranger": (44, [{1: CHARLIE, 2: 5, 3: BOTH}, TEXT]),
    "a commitment without words": (44, [{1: BRAVO, 2: 5, 3: BOTH}, EMPTY]),
    "a commitment without its hour": (44, [{1: BRAVO, 3: BOTH}, TEXT]),
    "progress 6": (45, [{1: 6}, EMPTY]),
    "words that are no text": (45, [{1: 1}, {1: 5}]),
}

ENTRIES = [seed(f"entry {at}") for at in range(7)]
DIGESTS = {
    "no points": [],
    "a point": [[ENTRIES[0]]],
    "a point with a word": [[ENTRIES[0], ENTRIES[1]]],
    "two points, the words of two parties": [[ENTRIES[2]], [ENTRIES[0], ENTRIES[3], ENTRIES[1]]],
    "three points": [[ENTRIES[4]], [ENTRIES[5], ENTRIES[6]], [ENTRIES[0]]],
}


def item(value):
    """A body item in hex."""
    return None if value is None else cbor(value).hex()


def digest(contact, points):
    """SHA-256 of the sorted points (spec/minute.md)."""
    rising = sorted([point[0], *sorted(point[1:])] for point in points)
    return sha256(b"openline/minute/1\x00" + cbor([contact, rising])).hexdigest()


def files():
    """What to write."""
    bodies = [
        {"name": name, "kind": kind, "author": ALPHA.hex(), "items": list(map(item, items)), "expect": expect}
        for expect, cases in (("ok", GOOD), ("bad-field", BAD))
        for name, (kind, items) in cases.items()
    ]
    contact = seed("contact")
    digests = [
        {
            "name": name,
            "contact": contact.hex(),
            "points": [[entry.hex() for entry in point] for point in points],
            "digest": digest(contact, points),
        }
        for name, points in DIGESTS.items()
    ]
    return {"minute/bodies.json": bodies, "minute/digests.json": digests}


if __name__ == "__main__":
    write(files())
