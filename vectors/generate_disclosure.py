"""Writes vectors/disclosure/bodies.json: bodies of disclosures, good and bad, one fault each (spec/disclosure.md).

    kind, author, items    the entry; items are in hex, null is one that is withheld
    expect                 "ok", or the code of the error

The bytes are made here from the spec, without the package, and are the same at each run.
Run: .venv/bin/python vectors/generate_disclosure.py
"""

from plain_cbor import cbor, seed, write

ALPHA, BRAVO, CHARLIE = seed("alpha"), seed("bravo"), seed("charlie")
BOTH = [ALPHA, BRAVO]
POINT = seed("point")
EMPTY, TEXT = {}, {1: "We spoke."}
AT = 1_733_400_000_000

GOOD = {
    "all closed": (48, [{1: BOTH, 2: [EMPTY]}, EMPTY]),
    "confirm if asked": (48, [{1: BOTH, 2: [{1: 1}]}, EMPTY]),
    "by an agreed text": (48, [{1: BOTH, 2: [{1: 2}]}, TEXT]),
    "by an agreed text that is withheld": (48, [{1: BOTH, 2: [{1: 2}]}, None]),
    "open later, a point closed": (48, [{1: BOTH, 2: [{1: 3, 3: AT}, {2: POINT}]}, EMPTY]),
    "agreed": (49, []),
    "disclosed by nobody known": (50, [{1: BOTH, 2: AT}, EMPTY]),
    "confirmed on being asked": (50, [{1: BOTH, 2: AT, 3: BRAVO, 5: True, 6: True}, {1: "Yes.", 2: "spokesman"}]),
    "the agreed text, of a point": (50, [{1: BOTH, 2: AT, 3: ALPHA, 4: POINT, 7: True}, None]),
    "breach": (51, [TEXT]),
    "breach, withheld": (51, [None]),
}

BAD = {
    "no items": (48, [{1: BOTH, 2: []}, EMPTY]),
    "first item is a point": (48, [{1: BOTH, 2: [{2: POINT}]}, EMPTY]),
    "an item twice": (48, [{1: BOTH, 2: [EMPTY, {2: POINT}, {1: 3, 2: POINT}]}, EMPTY]),
    "65 items": (48, [{1: BOTH, 2: [EMPTY, *({2: seed(f"point {at}")} for at in range(64))]}, EMPTY]),
    "level 4": (48, [{1: BOTH, 2: [{1: 4}]}, EMPTY]),
    "level 0 written out": (48, [{1: BOTH, 2: [{1: 0}]}, EMPTY]),
    "a text that no item needs": (48, [{1: BOTH, 2: [{1: 1}]}, TEXT]),
    "no text where one is needed": (48, [{1: BOTH, 2: [{1: 2}]}, EMPTY]),
    "without its author": (48, [{1: [BRAVO, CHARLIE], 2: [EMPTY]}, EMPTY]),
    "agreed with a body": (49, [EMPTY]),
    "disclosed at no time": (50, [{1: BOTH}, EMPTY]),
    "disclosed by a stranger": (50, [{1: BOTH, 2: AT, 3: CHARLIE}, EMPTY]),
    "disclosed, without its author": (50, [{1: [BRAVO, CHARLIE], 2: AT}, EMPTY]),
    "asked is false": (50, [{1: BOTH, 2: AT, 5: False}, EMPTY]),
    "about 32 zero bytes written out": (50, [{1: BOTH, 2: AT, 4: bytes(32)}, EMPTY]),
    "disclosed with one item": (50, [{1: BOTH, 2: AT}]),
    "breach with two items": (51, [TEXT, TEXT]),
}


def item(value):
    """A body item in hex."""
    return None if value is None else cbor(value).hex()


def files():
    """What to write."""
    return {
        "disclosure/bodies.json": [
            {"name": name, "kind": kind, "author": ALPHA.hex(), "items": list(map(item, items)), "expect": expect}
            for expect, cases in (("ok", GOOD), ("bad-field", BAD))
            for name, (kind, items) in cases.items()
        ]
    }


if __name__ == "__main__":
    write(files())
