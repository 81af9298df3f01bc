"""Writes vectors/inquiry/bodies.json: bodies of inquiries, their answers and judgements.

    kind, author, items    the entry; items are in hex, null is one that is withheld
    expect                 "ok", or the code of the error

The bytes are made here from spec/inquiry.md, without the package, and are the same at each run.
Run: .venv/bin/python vectors/generate_inquiry.py
"""

from plain_cbor import cbor, seed, write

ALPHA, BRAVO = seed("alpha"), seed("bravo")
CLOCK, ENTRY = 1_645_000_000_000, seed("entry")
EMPTY, TEXT, BLANK = {}, {1: "A drill."}, {1: " \n"}
WORDS = {1: "Movement of forces", 2: "near the border", 3: "Why?", 4: "We ask for a meeting."}

GOOD = {
    "an inquiry": (112, [{1: BRAVO, 2: CLOCK}, WORDS]),
    "an inquiry with the span of the activity": (112, [{1: BRAVO, 2: CLOCK, 3: 5, 4: 9}, WORDS]),
    "an inquiry of an activity without an end": (112, [{1: BRAVO, 2: CLOCK, 3: 5}, {1: "Movement of forces"}]),
    "an inquiry whose words are withheld": (112, [{1: BRAVO, 2: CLOCK}, None]),
    "answered": (113, [{1: 1}, TEXT]),
    "answered, withheld": (113, [{1: 1}, None]),
    "answered by a notice": (113, [{1: 2, 2: ENTRY}, EMPTY]),
    "answered by another channel": (113, [{1: 2, 3: "our ambassador"}, TEXT]),
    "answered by both": (113, [{1: 2, 2: ENTRY, 3: "our ambassador"}, EMPTY]),
    "satisfied": (114, [{1: 1}, EMPTY]),
    "unsatisfactory": (114, [{1: 2}, TEXT]),
    "unsatisfactory, with a new clock": (114, [{1: 2, 2: CLOCK}, TEXT]),
    "not answered": (114, [{1: 3}, EMPTY]),
    "withdrawn": (114, [{1: 4}, TEXT]),
}

BAD = {
    "an inquiry of its author": (112, [{1: ALPHA, 2: CLOCK}, WORDS]),
    "an inquiry without a clock": (112, [{1: BRAVO}, WORDS]),
    "an inquiry with the clock 0": (112, [{1: BRAVO, 2: 0}, WORDS]),
    "an activity that ends first": (112, [{1: BRAVO, 2: CLOCK, 3: 9, 4: 5}, WORDS]),
    "an inquiry about nothing": (112, [{1: BRAVO, 2: CLOCK}, {3: "Why?"}]),
    "an inquiry about white space": (112, [{1: BRAVO, 2: CLOCK}, {1: " \n"}]),
    "an inquiry that is withheld": (112, [None, WORDS]),
    "an inquiry with one item": (112, [{1: BRAVO, 2: CLOCK}]),
    "reply 0": (113, [{1: 0}, TEXT]),
    "reply 3": (113, [{1: 3}, TEXT]),
    "answered with no words": (113, [{1: 1}, EMPTY]),
    "answered with white space": (113, [{1: 1}, BLANK]),
    "answered, and says where": (113, [{1: 1, 3: "our ambassador"}, TEXT]),
    "answered nowhere": (113, [{1: 2}, TEXT]),
    "answered by a channel of white space": (113, [{1: 2, 3: " "}, TEXT]),
    "answered by an entry of 31 bytes": (113, [{1: 2, 2: ENTRY[:31]}, TEXT]),
    "verdict 0": (114, [{1: 0}, EMPTY]),
    "verdict 5": (114, [{1: 5}, EMPTY]),
    "unsatisfactory without a reason": (114, [{1: 2}, EMPTY]),
    "satisfied with a new clock": (114, [{1: 1, 2: CLOCK}, EMPTY]),
}


def item(value):
    """A body item in hex."""
    return None if value is None else cbor(value).hex()


def files():
    """What to write."""
    bodies = [
        {"name": name, "kind": kind, "author": ALPHA.hex(), "items": list(map(item, items)), "expect": expect}
        for expect, cases in (("ok", GOOD), ("bad-field", BAD))
        for name, (kind, items) in cases.items()
    ]
    return {"inquiry/bodies.json": bodies}


if __name__ == "__main__":
    write(files())
