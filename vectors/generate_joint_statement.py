"""Writes vectors/joint_statement/bodies.json and digests.json: bodies of joint statements, and what an approval binds.

    kind, author, items    the entry; items are in hex, null is one that is withheld
    expect                 "ok", or the code of the error
    statement, revision, languages, lines    of a digest

The bytes are made here from spec/joint-statement.md, without the package, and are the same at each run.
Run: .venv/bin/python vectors/generate_joint_statement.py
"""

from hashlib import sha256

from plain_cbor import cbor, seed, write

ALPHA, BRAVO, CHARLIE = seed("alpha"), seed("bravo"), seed("charlie")
THREE = [ALPHA, BRAVO, CHARLIE]
EMPTY, ABOUT = {}, {1: "The calls of 23 October"}
OPENED, DIGEST = {1: THREE, 2: ["en", "fr", "ru"]}, seed("digest")
ENGLISH, FRENCH = {1: "en", 2: "We reject the claim."}, {1: "fr", 2: "Nous rejetons cette allégation\u00a0!"}

GOOD = {
    "a statement": (120, [OPENED, ABOUT]),
    "a statement of which the words are withheld": (120, [OPENED, None]),
    "two of three, from an hour on, by one person": (120, [{**OPENED, 3: 2, 4: 1_666_648_800_000, 5: True}, ABOUT]),
    "a line": (121, [{1: 1, 3: [ENGLISH, FRENCH]}, EMPTY]),
    "a line with joiners": (121, [{1: 1, 3: [{1: "fa", 2: "می\u200cخواهیم"}]}, EMPTY]),
    "amended, with a reason": (121, [{1: 2, 2: 7, 3: [FRENCH]}, ABOUT]),
    "struck": (121, [{1: 3, 2: 1}, EMPTY]),
    "accepted": (122, [{1: 1}, EMPTY]),
    "rejected": (122, [{1: 2}, ABOUT]),
    "approved": (123, [{1: DIGEST}, EMPTY]),
    "taken back": (123, [{1: DIGEST, 2: True}, ABOUT]),
    "released": (124, [{1: 1, 2: DIGEST}, EMPTY]),
    "withdrawn": (124, [{1: 2}, ABOUT]),
}


def text(words):
    """A line of one text."""
    return 121, [{1: 1, 3: [{1: "en", 2: words}]}, EMPTY]


BAD = {
    "a statement of one": (120, [{**OPENED, 1: [ALPHA]}, ABOUT]),
    "a statement without its author": (120, [{**OPENED, 1: [BRAVO, CHARLIE]}, ABOUT]),
    "a statement without a language": (120, [{**OPENED, 2: []}, ABOUT]),
    "a language twice": (120, [{**OPENED, 2: ["en", "en"]}, ABOUT]),
    "a language that is no tag": (120, [{**OPENED, 2: ["English"]}, ABOUT]),
    "all needed, said": (120, [{**OPENED, 3: 3}, ABOUT]),
    "one needed": (120, [{**OPENED, 3: 1}, ABOUT]),
    "not before nothing": (120, [{**OPENED, 4: 0}, ABOUT]),
    "two persons, said": (120, [{**OPENED, 5: False}, ABOUT]),
    "a statement about nothing": (120, [OPENED, EMPTY]),
    "a statement that is withheld": (120, [None, ABOUT]),
    "a statement with one item": (120, [OPENED]),
    "a line without texts": (121, [{1: 1}, EMPTY]),
    "struck with a text": (121, [{1: 3, 3: [ENGLISH]}, EMPTY]),
    "a line with a language twice": (121, [{1: 1, 3: [ENGLISH, ENGLISH]}, EMPTY]),
    "change 4": (121, [{1: 4, 3: [ENGLISH]}, EMPTY]),
    "a text of nothing": text(""),
    "a text with a space at its end": text("We reject it. "),
    "a text with a no-break space at its end": text("Non\u00a0"),
    "a text with two spaces": text("We  reject it."),
    "a text of two lines": text("We\nreject it."),
    "a text that turns the order": text("We \u202ereject it."),
    "a text with what nobody sees": text("We\u200breject it."),
    "a text with a tag character": text("We\U000e0041 reject it."),
    "a text that is too long": text("a" * 4097),
    "stance 3": (122, [{1: 3}, EMPTY]),
    "an approval of 31 bytes": (123, [{1: DIGEST[:31]}, EMPTY]),
    "taken back is false": (123, [{1: DIGEST, 2: False}, EMPTY]),
    "released without a version": (124, [{1: 1}, EMPTY]),
    "withdrawn with a version": (124, [{1: 2, 2: DIGEST}, EMPTY]),
    "outcome 3": (124, [{1: 3, 2: DIGEST}, EMPTY]),
}

DIGESTS = {
    "no lines": (0, ["en", "fr"], []),
    "a line": (1, ["en", "fr"], [["We reject the claim.", "Nous rejetons cette allégation."]]),
    "the same after two changes": (3, ["en", "fr"], [["We reject the claim.", "Nous rejetons cette allégation."]]),
    "a line that lacks a language": (1, ["en", "fr"], [["We reject the claim.", ""]]),
    "two lines, right to left": (2, ["he", "en"], [["אנו דוחים.", "We reject it."], ["שתיים", "Two & <more>"]]),
}


def item(value):
    """A body item in hex."""
    return None if value is None else cbor(value).hex()


def digest(statement, revision, languages, lines):
    """SHA-256 of the version (spec/joint-statement.md)."""
    version = [statement, revision, languages, lines]
    return sha256(b"openline/joint-statement/1\x00" + cbor(version)).hexdigest()


def files():
    """What to write."""
    bodies = [
        {"name": name, "kind": kind, "author": ALPHA.hex(), "items": list(map(item, items)), "expect": expect}
        for expect, cases in (("ok", GOOD), ("bad-field", BAD))
        for name, (kind, items) in cases.items()
    ]
    digests = [
        {
            "name": name,
            "statement": seed("statement").hex(),
            "revision": revision,
            "languages": languages,
            "lines": lines,
            "digest": digest(seed("statement"), revision, languages, lines),
        }
        for name, (revision, languages, lines) in DIGESTS.items()
    ]
    return {"joint_statement/bodies.json": bodies, "joint_statement/digests.json": digests}


if __name__ == "__main__":
    write(files())
