"""Writes vectors/claim/bodies.json and digests.json: bodies of claims, and what a claim is recognised by.

    kind, author, items    the entry; items are in hex, null is one that is withheld
    expect                 "ok", or the code of the error
    tag, text, digest      of a digest: what it is made of, the tag in hex

The bytes are made here from spec/claim.md, without the package, and are the same at each run.
Run: .venv/bin/python vectors/generate_claim.py
"""

from hashlib import sha256

from plain_cbor import cbor, seed, write

ALPHA, BRAVO, CHARLIE, TAG = seed("alpha"), seed("bravo"), seed("charlie"), seed("tag")
CLAIMED = "They prepare a provocation."
EMPTY, TEXT, BLANK = {}, {1: "Photographs."}, {1: " \n"}
FILE = {1: "map.pdf", 2: seed("map")}


def digest(tag, text):
    """SHA-256 of the tag and the text (spec/claim.md)."""
    return sha256(b"openline/claim/1\x00" + cbor([tag, text])).digest()


SAME = digest(TAG, CLAIMED)
WORDS = {1: CLAIMED, 2: TAG}

GOOD = {
    "a claim": (104, [{1: SAME, 2: [BRAVO]}, WORDS]),
    "a claim to two, with reply-by": (104, [{1: SAME, 2: [CHARLIE, BRAVO], 3: 1_666_600_000_000}, WORDS]),
    "a claim to sixty-four": (104, [{1: SAME, 2: [seed(f"post {at}") for at in range(64)]}, WORDS]),
    "a claim whose words are withheld": (104, [{1: SAME, 2: [BRAVO]}, None]),
    "accepts": (105, [{1: 1}, EMPTY]),
    "rejects, with words": (105, [{1: 2}, TEXT]),
    "no position, withheld": (105, [{1: 3}, None]),
    "asks for evidence": (105, [{1: 4}, TEXT]),
    "evidence in words": (106, [EMPTY, TEXT]),
    "evidence in a file": (106, [{1: [FILE]}, EMPTY]),
    "evidence in sixteen files": (106, [{1: [FILE] * 16}, EMPTY]),
    "told": (107, [{1: ["Paris", "London"]}]),
    "told, with words": (107, [{1: ["Paris"], 2: "by telephone"}]),
    "told, withheld": (107, [None]),
    "withdrawn": (108, [EMPTY, EMPTY]),
    "withdrawn, with the reason": (108, [EMPTY, TEXT]),
}

BAD = {
    "a claim to nobody": (104, [{1: SAME, 2: []}, WORDS]),
    "a claim to its author": (104, [{1: SAME, 2: [BRAVO, ALPHA]}, WORDS]),
    "a claim to one twice": (104, [{1: SAME, 2: [BRAVO, BRAVO]}, WORDS]),
    "a claim to sixty-five": (104, [{1: SAME, 2: [seed(f"post {at}") for at in range(65)]}, WORDS]),
    "a claim with another digest": (104, [{1: seed("other"), 2: [BRAVO]}, WORDS]),
    "a claim with another text": (104, [{1: SAME, 2: [BRAVO]}, {1: "They prepare one.", 2: TAG}]),
    "a claim with another tag": (104, [{1: SAME, 2: [BRAVO]}, {1: CLAIMED, 2: seed("other")}]),
    "a claim of white space": (104, [{1: digest(TAG, " "), 2: [BRAVO]}, {1: " ", 2: TAG}]),
    "a claim without a tag": (104, [{1: SAME, 2: [BRAVO]}, {1: CLAIMED}]),
    "a claim with reply-by 0": (104, [{1: SAME, 2: [BRAVO], 3: 0}, WORDS]),
    "a claim that is withheld": (104, [None, WORDS]),
    "a claim with one item": (104, [{1: SAME, 2: [BRAVO]}]),
    "stance 0": (105, [{1: 0}, EMPTY]),
    "stance 5": (105, [{1: 5}, EMPTY]),
    "no stance": (105, [EMPTY, TEXT]),
    "evidence of nothing": (106, [EMPTY, EMPTY]),
    "evidence of white space": (106, [EMPTY, BLANK]),
    "evidence in seventeen files": (106, [{1: [FILE] * 17}, EMPTY]),
    "evidence in a file without a name": (106, [{1: [{1: " ", 2: seed("map")}]}, EMPTY]),
    "evidence in a file with a short digest": (106, [{1: [{1: "map.pdf", 2: seed("map")[:31]}]}, EMPTY]),
    "told nobody": (107, [{1: []}]),
    "told a blank": (107, [{1: ["Paris", " "]}]),
    "told sixty-five": (107, [{1: ["Paris"] * 65}]),
    "told with two items": (107, [{1: ["Paris"]}, EMPTY]),
    "withdrawn with a field": (108, [{1: 1}, EMPTY]),
}

DIGESTS = {"a claim": (TAG, CLAIMED), "another tag": (seed("other"), CLAIMED), "another script": (TAG, "Провокация")}


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
    digests = [
        {"name": name, "tag": tag.hex(), "text": text, "digest": digest(tag, text).hex()}
        for name, (tag, text) in DIGESTS.items()
    ]
    return {"claim/bodies.json": bodies, "claim/digests.json": digests}


if __name__ == "__main__":
    write(files())
