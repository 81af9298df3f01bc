"""Writes vectors/readout/bodies.json and folds.json: bodies of readouts, marks and words on marks, what they come to.

    kind, author, items    the entry; items are in hex (`+00*n` is n zero bytes), null is one that is withheld
    expect                 "ok", or the code of the error
    entries                of a fold, in any order (plain_folds.py)
    state                  whose each readout is; of each mark whether it stands, whether it is disputed; what counts
                           for nothing

The bytes are made here from spec/readout.md, without the package, and are the same at each run.
Run: .venv/bin/python vectors/generate_readout.py
"""

from hashlib import sha256

from plain_cbor import cbor, hexed, seed, write
from plain_folds import entry, ids

ALPHA, BRAVO, CHARLIE = seed("alpha"), seed("bravo"), seed("charlie")
BOTH = [ALPHA, BRAVO]
SPOKE = "We spoke. \u041c\u044b \u0433\u043e\u0432\u043e\u0440\u0438\u043b\u0438.\r\n"
MOST = 131_072
EMPTY, SAID = {}, {1: "Not so."}


def filed(text=SPOKE, **other):
    """The two items of a readout, with some fields in place of the right ones; None leaves one out."""
    whole = text.encode()
    fields = {
        "parties": BOTH,
        "published": 1_666_600_000_000,
        "where": "The ministry's site",
        "language": "en",
        "digest": sha256(whole).digest(),
        "size": len(whole),
        "of": None,
        **other,
    }
    first = {at: value for at, value in enumerate(fields.values(), 1) if value is not None}
    return [first, {1: text}]


GOOD = {
    "a readout": (128, filed()),
    "a readout of another's text": (128, filed(of=BRAVO)),
    "a readout with its text withheld": (128, [filed()[0], None]),
    "the longest text": (128, filed("\0" * MOST)),
    "the beginning of a longer one": (128, filed("\0" * MOST, size=MOST + 1)),
    "the beginning, cut before a character": (128, filed("\0" * (MOST - 3), size=MOST + 9)),
    "covers": (129, [{1: 1, 2: {2: 8}}, EMPTY]),
    "covers a span of another": (129, [{1: 1, 2: {1: 3, 2: 8}, 3: {2: 5}}, EMPTY]),
    "missing": (129, [{1: 2}, SAID]),
    "missing, words withheld": (129, [{1: 2}, None]),
    "missing, a span of another": (129, [{1: 2, 3: {1: 1, 2: 2}}, EMPTY]),
    "added": (129, [{1: 3, 2: {1: 2, 2: MOST}}, EMPTY]),
    "differs": (129, [{1: 4, 2: {2: 1}}, SAID]),
    "agreed": (130, [{1: 1}, EMPTY]),
    "disputed": (130, [{1: 2}, SAID]),
    "withdrawn": (130, [{1: 3}, EMPTY]),
}

BAD = {
    "of a stranger": (128, filed(of=CHARLIE)),
    "of its author, twice said": (128, filed(of=ALPHA)),
    "of one party": (128, filed(parties=[ALPHA])),
    "without its author": (128, filed(parties=[BRAVO, CHARLIE])),
    "published nowhere": (128, filed(where=" ")),
    "in no language": (128, filed(language="")),
    "without its language": (128, filed(language=None)),
    "a digest of another text": (128, filed(digest=sha256(b"").digest())),
    "a size of another text": (128, filed(size=3)),
    "no text": (128, filed("", size=1)),
    "a size of 0": (128, filed("", size=0)),
    "a whole above the maximum": (128, filed("\0" * MOST, size=(16 << 20) + 1)),
    "too short a beginning": (128, filed("\0" * (MOST - 4), size=MOST + 1)),
    "a text above the maximum": (128, filed("\0" * (MOST + 1))),
    "one item": (128, filed()[:1]),
    "covers nothing": (129, [{1: 1}, EMPTY]),
    "missing, with a span": (129, [{1: 2, 2: {2: 8}}, EMPTY]),
    "added, with a span of another": (129, [{1: 3, 2: {2: 8}, 3: {2: 8}}, EMPTY]),
    "a span that ends before it starts": (129, [{1: 4, 2: {1: 8, 2: 7}}, EMPTY]),
    "a span of no bytes": (129, [{1: 4, 2: {1: 8, 2: 8}}, EMPTY]),
    "a span without an end": (129, [{1: 4, 2: {1: 8}}, EMPTY]),
    "a span that says nothing": (129, [{1: 2, 3: {}}, EMPTY]),
    "a span above the maximum": (129, [{1: 4, 2: {2: MOST + 1}}, EMPTY]),
    "sort 0": (129, [{1: 0, 2: {2: 8}}, EMPTY]),
    "sort 5": (129, [{1: 5, 2: {2: 8}}, EMPTY]),
    "a mark with one item": (129, [{1: 2}]),
    "answer 0": (130, [{1: 0}, EMPTY]),
    "answer 4": (130, [{1: 4}, EMPTY]),
    "a word that is withheld": (130, [None, EMPTY]),
}


OURS = entry("ours", ALPHA, 1, 128, *filed(), to=("contact",)) | {"exchange": None}
THEIRS = entry("theirs", BRAVO, 1, 128, *filed("We did not."), to=("contact",)) | {"exchange": None}
LENGTH = len(SPOKE.encode())


def mark(label, author, number, on, sort, target=None, *, span=None, other=None, **more):
    """A mark on a readout."""
    body = {at: value for at, value in ((1, sort), (2, span), (3, other)) if value is not None}
    return entry(label, author, number, 129, body, EMPTY, to=(on, *([target] if target else [])), **more)


def word(label, author, number, on, to, answer, **more):
    """A word on a mark."""
    return entry(label, author, number, 130, {1: answer}, EMPTY, to=(on, to), **more)


def state(*readouts, marks=(), nothing=()):
    """What it comes to; of each mark its label, whether it stands, whether it is disputed."""
    return {
        "readouts": dict(sorted((seed(label).hex(), of.hex()) for label, of in readouts)),
        "marks": dict(sorted((seed(label).hex(), [stands, disputed]) for label, stands, disputed in marks)),
        "nothing": ids(*nothing),
    }


TWO = (("ours", ALPHA), ("theirs", BRAVO))
LACKS = mark("lacks", BRAVO, 2, "ours", 2, "point", knew={ALPHA: 1})

FOLDS = {
    "one": ([OURS], state(("ours", ALPHA))),
    "two that crossed": ([THEIRS, OURS], state(*TWO)),
    "a text of another": (
        [entry("filed", ALPHA, 1, 128, *filed(of=BRAVO), to=("contact",)) | {"exchange": None}],
        state(("filed", BRAVO)),
    ),
    "a mark of each sort": (
        [
            THEIRS,
            OURS,
            LACKS,
            mark("covers", BRAVO, 3, "ours", 1, "point", span={2: 8}),
            mark("adds", BRAVO, 4, "ours", 3, span={1: LENGTH - 1, 2: LENGTH}),
            mark("differs", BRAVO, 5, "ours", 4, "theirs", span={2: 8}, other={2: 2}),
        ],
        state(*TWO, marks=[(label, True, False) for label in ("lacks", "covers", "adds", "differs")]),
    ),
    "disputed, then agreed": (
        [
            OURS,
            LACKS,
            word("no", ALPHA, 2, "ours", "lacks", 2, knew={BRAVO: 2}),
            word("yes", ALPHA, 3, "ours", "lacks", 1),
        ],
        state(("ours", ALPHA), marks=[("lacks", True, False)]),
    ),
    "disputed, then withdrawn, then agreed": (
        [
            OURS,
            LACKS,
            word("no", ALPHA, 2, "ours", "lacks", 2, knew={BRAVO: 2}),
            word("gone", BRAVO, 3, "ours", "lacks", 3, knew={ALPHA: 2}),
            word("yes", ALPHA, 3, "ours", "lacks", 1, knew={BRAVO: 3}),
        ],
        state(("ours", ALPHA), marks=[("lacks", False, True)], nothing=("yes",)),
    ),
    "marks that have no place": (
        [
            OURS,
            THEIRS,
            mark("stranger", CHARLIE, 1, "ours", 1, "point", span={2: 8}),
            mark("machine", BRAVO, 2, "ours", 1, "point", span={2: 8}, officer=False),
            mark("beyond", BRAVO, 3, "ours", 1, "point", span={2: LENGTH + 1}),
            mark("beyond theirs", BRAVO, 4, "ours", 4, "theirs", span={2: 8}, other={2: 12}),
            mark("of no readout", BRAVO, 5, "ours", 4, "point", span={2: 8}, other={2: 2}),
            mark("no words of theirs", BRAVO, 6, "ours", 1, "theirs", span={2: 8}),
            mark("covers nothing", BRAVO, 7, "ours", 1, span={2: 8}),
            word("on nothing", BRAVO, 8, "ours", "theirs", 1),
        ],
        state(
            *TWO,
            nothing=(
                "stranger",
                "machine",
                "beyond",
                "beyond theirs",
                "of no readout",
                "no words of theirs",
                "covers nothing",
                "on nothing",
            ),
        ),
    ),
    "words of those who may not say them": (
        [OURS, LACKS, word("own", BRAVO, 3, "ours", "lacks", 1), word("another's", ALPHA, 2, "ours", "lacks", 3)],
        state(("ours", ALPHA), marks=[("lacks", True, False)], nothing=("own", "another's")),
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
    folds = [{"name": name, "entries": entries, "state": come} for name, (entries, come) in FOLDS.items()]
    return {"readout/bodies.json": bodies, "readout/folds.json": folds}


if __name__ == "__main__":
    write(files())
