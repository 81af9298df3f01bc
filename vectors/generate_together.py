"""Writes vectors/together/bodies.json, digests.json and folds.json: bodies, what binds a party, what it comes to.

    kind, author, items    the entry; items are in hex (`+00*n` is n zero bytes), null is one that is withheld
    expect                 "ok", or the code of the error
    exchange, author, salt, file, document, digest    of a digest: what it binds, and the digest
    entries                of a fold, in any order (plain_folds.py)
    state                  who is bound by which entry, shown by which (null is none), and whether late; which
                           withdrawals were taken; whether it is complete, and off; and what counts for nothing

The bytes are made here from spec/together.md, without the package, and are the same at each run.
Run: .venv/bin/python vectors/generate_together.py
"""

from hashlib import sha256

from plain_cbor import cbor, hexed, seed, write
from plain_folds import entry, ids

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


PARTIES = [ALPHA, BRAVO, CHARLIE]
OPEN = entry("open", ALPHA, 1, 136, {1: PARTIES, 2: 1_000, 3: 2_000}, TEXT)


def bound(label, author, number, *, shows=b"One.", **more):
    """A party is bound to a document."""
    digest = sha256(b"openline/together/1\x00" + cbor([seed("open"), author, SALT, "", shows])).digest()
    return entry(label, author, number, 137, {1: digest}, to=("open",), **more)


def shown(label, author, number, *, shows=b"One.", **more):
    """A party's post shows a document; no officer's act is on it."""
    return entry(label, author, number, 138, {1: SALT}, {1: shows}, to=("open",), **{"officer": False, **more})


def gone(label, author, number, **more):
    """A party withdraws."""
    return entry(label, author, number, 139, EMPTY, to=("open",), **more)


def state(*parties, withdrawn=(), complete=False, off=False, nothing=()):
    """What it comes to; of each party that is bound the label of its commitment, of its reveal, and whether late."""
    come = {seed(label).hex(): [shown and seed(shown).hex(), late] for label, shown, late in parties}
    return {
        "bound": dict(sorted(come.items())),
        "withdrawn": ids(*withdrawn),
        "complete": complete,
        "off": off,
        "nothing": ids(*nothing),
    }


A, B, C = bound("a", ALPHA, 2), bound("b", BRAVO, 1), bound("c", CHARLIE, 1)
ALL = [C, B, A, OPEN]
BOUND = (("a", None, False), ("b", None, False), ("c", None, False))
KNEW = {BRAVO: 1, CHARLIE: 1}

FOLDS = {
    "nobody": ([OPEN], state()),
    "two of three": ([B, OPEN, A], state(("a", None, False), ("b", None, False))),
    "all": (ALL, state(*BOUND, complete=True)),
    "shown by one who had all": (
        [shown("x", ALPHA, 3, knew=KNEW), *ALL],
        state(("a", "x", False), *BOUND[1:], complete=True),
    ),
    "shown by one who lacked one": (
        [shown("x", ALPHA, 3, knew={BRAVO: 1}), *ALL],
        state(*BOUND, complete=True, nothing=("x",)),
    ),
    "shown too early, and again": (
        [shown("y", ALPHA, 4, knew=KNEW), shown("x", ALPHA, 3), *ALL],
        state(("a", "y", False), *BOUND[1:], complete=True, nothing=("x",)),
    ),
    "shown twice": (
        [shown("x", ALPHA, 3, knew=KNEW), shown("y", ALPHA, 4, knew=KNEW), *ALL],
        state(("a", "x", False), *BOUND[1:], complete=True, nothing=("y",)),
    ),
    "another document": (
        [shown("x", ALPHA, 3, shows=b"Two.", knew=KNEW), *ALL],
        state(*BOUND, complete=True, nothing=("x",)),
    ),
    "shown late": (
        [shown("x", ALPHA, 3, knew=KNEW, time=2_001), *ALL],
        state(("a", "x", True), *BOUND[1:], complete=True),
    ),
    "bound at the hour, and after it": (
        [OPEN, bound("b", BRAVO, 1, time=1_000), bound("c", CHARLIE, 1, time=1_001)],
        state(("b", None, False), nothing=("c",)),
    ),
    "bound twice": ([OPEN, B, bound("again", BRAVO, 2)], state(("b", None, False), nothing=("again",))),
    "withdrawn": (
        [gone("w", BRAVO, 2), B, A, OPEN],
        state(("a", None, False), ("b", None, False), withdrawn=("w",), off=True),
    ),
    "bound by one who knew of the withdrawal": (
        [gone("w", BRAVO, 2), B, A, OPEN, bound("c", CHARLIE, 1, knew={BRAVO: 2})],
        state(("a", None, False), ("b", None, False), withdrawn=("w",), off=True, nothing=("c",)),
    ),
    "bound by one who knew only of what was before it": (
        [gone("w", BRAVO, 2), B, A, OPEN, bound("c", CHARLIE, 1, knew={BRAVO: 1, ALPHA: 2})],
        state(*BOUND, withdrawn=("w",), complete=True),
    ),
    "withdrawn by one who had all": (
        [gone("w", ALPHA, 3, knew=KNEW), *ALL],
        state(*BOUND, complete=True, nothing=("w",)),
    ),
    "withdrawn by one who lacked one": (
        [gone("w", ALPHA, 3, knew={BRAVO: 1}), *ALL],
        state(*BOUND, withdrawn=("w",), complete=True),
    ),
    "back after a withdrawal of its own": (
        [OPEN, gone("w", BRAVO, 1), bound("b", BRAVO, 2)],
        state(withdrawn=("w",), off=True, nothing=("b",)),
    ),
    "those who have no say": (
        [
            OPEN,
            bound("stranger", seed("delta"), 1),
            bound("machine", BRAVO, 1, officer=False),
            bound("exercise", BRAVO, 2, traffic=1),
            gone("left", CHARLIE, 1, officer=False),
            shown("unbound", CHARLIE, 2, knew={ALPHA: 9, BRAVO: 9}),
        ],
        state(nothing=("stranger", "machine", "exercise", "left", "unbound")),
    ),
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
    folds = [{"name": name, "entries": entries, "state": come} for name, (entries, come) in FOLDS.items()]
    return {"together/bodies.json": bodies, "together/digests.json": digests, "together/folds.json": folds}


if __name__ == "__main__":
    write(files())
