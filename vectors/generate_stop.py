"""Writes vectors/stop/bodies.json and words.json: bodies of STOP, and which words a read-back repeats.

    kind, author, items    the entry; items are in hex, null is one that is withheld
    expect                 "ok", or the code of the error
    said, read, same       of two texts, whether they are the same words

The bytes are made here from spec/stop.md, without the package, and are the same at each run.
Run: .venv/bin/python vectors/generate_stop.py
"""

from plain_cbor import cbor, seed, write

ALPHA, BRAVO = seed("alpha"), seed("bravo")
EMPTY = {}
HEAD, AT = {1: [BRAVO]}, 1_732_795_200_000
HIT = {1: "aid convoy", 2: "coast road, km 12", 3: "artillery"}
SPOT = {1: [{1: 2, 2: [335_000_000, 342_500_000], 3: 500_000}]}

GOOD = {
    "a STOP": (84, [HEAD, HIT, SPOT]),
    "a STOP of which nothing is known": (84, [HEAD, EMPTY, EMPTY]),
    "since when, and about which notice": (84, [HEAD | {2: AT, 3: seed("notice")}, HIT, EMPTY]),
    "words and spot withheld": (84, [HEAD, None, None]),
    "added": (85, [HEAD, {3: "artillery"}, EMPTY]),
    "read back": (86, [{1: "aid convoy", 2: "coast road, km 12", 3: "we stop"}]),
    "read back, of nothing": (86, [EMPTY]),
    "passed on": (87, [{1: AT}, {1: "3rd battery"}]),
    "passed on, unit withheld": (87, [{1: AT}, None]),
    "withdrawn": (88, [{1: "the fire has stopped"}]),
    "withdrawn, why withheld": (88, [None]),
}

BAD = {
    "whom it is for is withheld": (84, [None, HIT, SPOT]),
    "a STOP with two items": (84, [HEAD, HIT]),
    "for a post of 31 bytes": (84, [{1: [BRAVO[:31]]}, HIT, SPOT]),
    "for sixty-five posts": (84, [{1: [seed(f"post {at}") for at in range(65)]}, HIT, SPOT]),
    "since a text": (84, [HEAD | {2: "now"}, HIT, SPOT]),
    "a field more": (84, [HEAD | {4: 1}, HIT, SPOT]),
    "what it hits is no text": (84, [HEAD, {1: 5}, SPOT]),
    "an empty text written out": (84, [HEAD, {1: ""}, SPOT]),
    "words of 4,097 bytes": (84, [HEAD, {1: "x" * 4_097}, SPOT]),
    "a spot that is none": (84, [HEAD, HIT, {1: [{1: 2, 2: [0, 0]}]}]),
    "a spot at 91 degrees": (84, [HEAD, HIT, {1: [{1: 1, 2: [0, 910_000_000]}]}]),
    "a read-back with two items": (86, [EMPTY, EMPTY]),
    "a read-back that is withheld": (86, [None]),
    "passed on without its hour": (87, [EMPTY, {1: "3rd battery"}]),
    "passed on to nobody": (87, [{1: AT}, {1: " "}]),
    "the fact that it was passed on is withheld": (87, [None, {1: "3rd battery"}]),
    "withdrawn with two items": (88, [EMPTY, EMPTY]),
}

WORDS = [
    ("coast road, km 12", "Coast Road km. 12", True),
    ("coast road, km 12", "coast road km 13", False),
    ("coast road, km 12", "coast road", False),
    ("km 12", "km12", False),
    ("Straße 5", "STRASSE 5", True),
    ("ﬁeld hospital", "field hospital", True),
    ("قافلة مساعدات", "قافلة، مساعدات.", True),
    ("больница", "БОЛЬНИЦА!", True),
    ("café", "cafe\N{COMBINING ACUTE ACCENT}", True),
    ("café", "cafe", False),
    ("", " . ", True),
    ("a-b", "a b", True),
]


def files():
    """What to write."""
    bodies = [
        {
            "name": name,
            "kind": kind,
            "author": ALPHA.hex(),
            "items": [None if item is None else cbor(item).hex() for item in items],
            "expect": expect,
        }
        for expect, cases in (("ok", GOOD), ("bad-field", BAD))
        for name, (kind, items) in cases.items()
    ]
    words = [{"name": f"{at}", "said": said, "read": read, "same": same} for at, (said, read, same) in enumerate(WORDS)]
    return {"stop/bodies.json": bodies, "stop/words.json": words}


if __name__ == "__main__":
    write(files())
