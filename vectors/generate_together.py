"""Writes vectors/together/bodies.json and digests.json: bodies of simultaneous exchanges, and what binds a party.

    kind, author, items    the entry; items are in hex (`+00*n` is n zero bytes), null is one that is withheld
    expect                 "ok", or the code of the error
    exchange, author, salt, file, document, digest    of a digest: what it binds, and the digest

The bytes are made here from spec/together.md, without the package, and are the same at each run.
Run: .venv/bin/python vectors/generate_together.py
"""

from hashlib import sha256

from plain_cbor import cbor, hexed, seed, write

ALPHA, BRAVO, CHARLIE = seed("alpha"), seed("bravo"), seed("charlie")
BOTH = [ALPHA, BRAVO]
EMPTY, TEXT = {}, {1: "The list of those held."}
SALT = seed("salt")

GOOD = {
    "two parties": (136, [{1: BOTH, 2: 1_000, 3: 2_000}, TEXT]),
    "three parties": (136, [{1: [CHARLIE, *BOTH], 2: 1_000, 3: 2_000}, TEXT]),
    "its words withheld": (136, [{1: BOTH, 2: 1_000, 3: 2_000}, None]),
    "committed": (137, [{1: seed("digest")}]),
    "revealed": (138, [{1: SALT}, {1: b"One.", 2: "list.txt"}]),
    "revealed without a name": (138, [{1: SALT}, {1: b"\x00\xff"}]),
    "withdrawn": (139, [TEXT]),
    "withdrawn without words": (139, [EMPTY]),
    "withdrawn, words withheld": (139, [None]),
}

BAD = {
    "one party": (136, [{1: [ALPHA], 2: 1_000, 3: 2_000}, TEXT]),
    "without its author": (136, [{1: [BRAVO, CHARLIE], 2: 1_000, 3: 2_000}, TEXT]),
    "a party twice": (136, [{1: [*BOTH, BRAVO], 2: 1_000, 3: 2_000}, TEXT]),
    "eighteen parties": (136, [{1: [ALPHA, *(seed(f"post {at}") for at in range(17))], 2: 1, 3: 2}, TEXT]),
    "shown when committed": (136, [{1: BOTH, 2: 2_000, 3: 2_000}, TEXT]),
    "without an hour": (136, [{1: BOTH, 3: 2_000}, TEXT]),
    "about nothing": (136, [{1: BOTH, 2: 1_000, 3: 2_000}, EMPTY]),
    "one item": (136, [{1: BOTH, 2: 1_000, 3: 2_000}]),
    "a digest of 31 bytes": (137, [{1: seed("digest")[:31]}]),
    "a commitment that is withheld": (137, [None]),
    "a commitment with words": (137, [{1: seed("digest")}, TEXT]),
    "a salt of 31 bytes": (138, [{1: SALT[:31]}, {1: b"One."}]),
    "an empty document": (138, [{1: SALT}, {1: b""}]),
    "a document that is text": (138, [{1: SALT}, {1: "One."}]),
    "a document above the maximum": (138, [{1: SALT}, {1: bytes(131_073)}]),
    "a document that is withheld": (138, [{1: SALT}, None]),
    "a salt that is withheld": (138, [None, {1: b"One."}]),
    "withdrawn with two items": (139, [TEXT, TEXT]),
}

DIGESTS = {
    "a document": (ALPHA, SALT, "list.txt", b"One."),
    "without a name": (ALPHA, SALT, "", b"One."),
    "of another party": (BRAVO, SALT, "list.txt", b"One."),
    "under another salt": (ALPHA, seed("another salt"), "list.txt", b"One."),
    "not text": (BRAVO, SALT, "\u0441\u043f\u0438\u0441\u043e\u043a", bytes(range(256))),
}


def item(value):
    """A body item in hex."""
    return None if value is None else hexed(cbor(value))


def files():
    """What to write."""
    bodies = [
        {"name": name, "kind": kind, "author": ALPHA.hex(), "items": list(map(item, items)), "expect": expect}
        for expect, cases in (("ok", GOOD), ("bad-field", BAD))
        for name, (kind, items) in cases.items()
    ]
    exchange = seed("exchange")
    digests = [
        {
            "name": name,
            "exchange": exchange.hex(),
            "author": author.hex(),
            "salt": salt.hex(),
            "file": file,
            "document": document.hex(),
            "digest": sha256(b"openline/together/1\x00" + cbor([exchange, author, salt, file, document])).hexdigest(),
        }
        for name, (author, salt, file, document) in DIGESTS.items()
    ]
    return {"together/bodies.json": bodies, "together/digests.json": digests}


if __name__ == "__main__":
    write(files())
