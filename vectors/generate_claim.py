"""Writes vectors/claim/: bodies of claims, what a claim is recognised by, and what claims come to.

    kind, author, items    the entry; items are in hex, null is one that is withheld
    expect                 "ok", or the code of the error
    tag, text, digest      of a digest: what it is made of, the tag in hex
    entries                of a fold: as plain_folds.py says, in an order of arrival
    state                  of a fold: each party with its status and its answers [id, late, crossed]; the withdrawal and
                           the claim in its place; the ids that count for nothing, rising

The bytes are made here from spec/claim.md, without the package, and are the same at each run.
Run: .venv/bin/python vectors/generate_claim.py
"""

from hashlib import sha256

from plain_cbor import cbor, seed, write
from plain_folds import ALPHA, BRAVO, CHARLIE, DELTA, entry, ids, item

TAG = seed("tag")
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


REPLY_BY = 1_000_000
PUT = entry("claim", ALPHA, 1, 104, {1: SAME, 2: [BRAVO, CHARLIE], 3: REPLY_BY}, WORDS)


def said(label, author, number, stance, **more):
    """An answer to the claim."""
    return entry(label, author, number, 105, {1: stance}, EMPTY, to=("claim",), **more)


def own(label, number, kind, *items, more=(), **fields):
    """What the claimant says of its claim."""
    return entry(label, ALPHA, number, kind, *items, to=("claim", *more), **fields)


def state(bravo, charlie=("silent",), *, withdrawn=None, instead=None, nothing=()):
    """What it comes to; a party is its status, then its answers as (label, late, crossed)."""
    parties = [
        {
            "post": post.hex(),
            "status": of[0],
            "answers": [[seed(label).hex(), late, crossed] for label, late, crossed in of[1:]],
        }
        for post, of in ((BRAVO, bravo), (CHARLIE, charlie))
    ]
    over = None if withdrawn is None else seed(withdrawn).hex()
    other = None if instead is None else seed(instead).hex()
    return {"parties": parties, "withdrawn": over, "instead": other, "nothing": ids(*nothing)}


ASKS = said("asks", BRAVO, 1, 4)
GIVEN = own("given", 2, 106, EMPTY, TEXT, knew={BRAVO: 1})
OVER = own("over", 3, 108, EMPTY, EMPTY, knew={BRAVO: 1})

FOLDS = {
    "silence": ([PUT], state(["silent"])),
    "each answers for itself": (
        [said("a", BRAVO, 1, 2), said("b", CHARLIE, 1, 3), PUT],
        state(["rejects", ("a", False, False)], ["no position", ("b", False, False)]),
    ),
    "the newest answer counts": (
        [PUT, said("a", BRAVO, 1, 1), said("b", BRAVO, 2, 2)],
        state(["rejects", ("a", False, False), ("b", False, False)]),
    ),
    "evidence for who had asked": ([GIVEN, ASKS, PUT], state(["evidence given", ("asks", False, False)])),
    "evidence that crossed the question": (
        [PUT, ASKS, own("given", 2, 106, EMPTY, TEXT)],
        state(["asks evidence", ("asks", False, False)]),
    ),
    "asks for more than was given": (
        [PUT, ASKS, GIVEN, said("more", BRAVO, 2, 4, knew={ALPHA: 2})],
        state(["asks evidence", ("asks", False, False), ("more", False, False)]),
    ),
    "late": ([PUT, said("a", BRAVO, 1, 1, time=REPLY_BY + 1)], state(["accepts", ("a", True, False)])),
    "in time, and again after it": (
        [PUT, said("a", BRAVO, 1, 4, time=REPLY_BY), said("b", BRAVO, 2, 1, time=REPLY_BY + 1)],
        state(["accepts", ("a", False, False), ("b", False, False)]),
    ),
    "an answer that crossed the withdrawal": (
        [said("a", BRAVO, 2, 2), OVER, ASKS, PUT],
        state(["rejects", ("asks", False, False), ("a", False, True)], withdrawn="over"),
    ),
    "an answer of one who knew of the withdrawal": (
        [PUT, OVER, said("a", CHARLIE, 1, 2, knew={ALPHA: 3})],
        state(["silent"], withdrawn="over", nothing=("a",)),
    ),
    "withdrawn for another, then once more, with evidence after it": (
        [
            PUT,
            own("over", 3, 108, EMPTY, EMPTY, more=("another",)),
            own("again", 4, 108, EMPTY, EMPTY),
            own("given", 5, 106, EMPTY, TEXT),
            own("told", 6, 107, {1: ["Paris"]}),
        ],
        state(["silent"], withdrawn="over", instead="another", nothing=("again", "given")),
    ),
    "those who have no say": (
        [
            PUT,
            said("stranger", DELTA, 1, 2),
            said("claimant", ALPHA, 2, 2),
            said("machine", BRAVO, 1, 2, officer=False),
            said("exercise", BRAVO, 2, 2, traffic=1),
            entry("theirs", BRAVO, 3, 108, EMPTY, EMPTY, to=("claim",)),
            entry("proof", CHARLIE, 1, 106, EMPTY, TEXT, to=("claim",)),
            entry("nothing", CHARLIE, 2, 105, {1: 2}, EMPTY, to=("other", "claim")) | {"exchange": seed("claim").hex()},
        ],
        state(
            ["silent"],
            nothing=("stranger", "claimant", "machine", "exercise", "theirs", "proof", "nothing"),
        ),
    ),
    "marks are no answers": (
        [
            PUT,
            entry("seen", BRAVO, 1, 17, to=("claim",)),
            entry("taken", CHARLIE, 1, 19, to=("claim",)),
            entry("own mark", ALPHA, 2, 17, to=("claim",)),
        ],
        state(["silent"], nothing=("own mark",)),
    ),
}


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
    folds = [{"name": name, "entries": entries, "state": come} for name, (entries, come) in FOLDS.items()]
    return {"claim/bodies.json": bodies, "claim/digests.json": digests, "claim/folds.json": folds}


if __name__ == "__main__":
    write(files())
