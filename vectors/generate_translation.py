"""Writes vectors/translation/: bodies of translations, and which of them stand beside an entry.

    kind, author, items    the entry; items are in hex, null is one that is withheld
    expect                 "ok", or the code of the error
    of                     the entry that is translated, and `entries`: as plain_folds.py says, in an order of arrival
    beside                 what stands beside it, in order: id, language, maker, who made it (null where withheld),
                           whether it is withdrawn, by which it is replaced, by which disputed

The bytes are made here from spec/translation.md, without the package, and are the same at each run.
Run: .venv/bin/python vectors/generate_translation.py
"""

from plain_cbor import seed, write
from plain_folds import ALPHA, BRAVO, CHARLIE, entry, item

PERSON, MACHINE = 1, 2
BODY = {1: [0, 1], 2: "ru", 3: PERSON}
WORDS = {1: "Это ваши самолёты?", 2: "Lt. Orlova"}
TOOL = {1: "Это ваши самолёты?", 2: "a translation program, version 4"}

GOOD = {
    "by a person": (148, [BODY, WORDS]),
    "by a machine": (148, [BODY | {3: MACHINE}, TOOL]),
    "its words withheld": (148, [BODY, None]),
    "into a language with a script": (148, [BODY | {2: "zh-Hant"}, WORDS]),
    "of a text deep inside": (148, [BODY | {1: [1, 2, 0, "remarks", 4, 5, 6, 7]}, WORDS]),
    "of an item that is text itself": (148, [BODY | {1: [0]}, WORDS]),
    "withdrawn": (149, [{}]),
    "withdrawn, and why": (149, [{1: "Wrong tense."}]),
    "withdrawn, withheld": (149, [None]),
}

BAD = {
    "of no text": (148, [BODY | {1: []}, WORDS]),
    "a path that begins with text": (148, [BODY | {1: ["text"]}, WORDS]),
    "a path of fourteen steps": (148, [BODY | {1: [0] * 14}, WORDS]),
    "a step below zero": (148, [BODY | {1: [0, -1]}, WORDS]),
    "a step of 65 bytes": (148, [BODY | {1: [0, "s" * 65]}, WORDS]),
    "no language": (148, [{1: [0, 1], 3: 1}, WORDS]),
    "a language in words": (148, [BODY | {2: "Russian language"}, WORDS]),
    "maker 0": (148, [BODY | {3: 0}, WORDS]),
    "maker 3": (148, [BODY | {3: 3}, WORDS]),
    "an unknown field": (148, [BODY | {4: 1}, WORDS]),
    "no maker named": (148, [BODY, {1: "Да."}]),
    "a maker of white space": (148, [BODY, {1: "Да.", 2: " \n"}]),
    "no text": (148, [BODY, {2: "Lt. Orlova"}]),
    "a text of white space": (148, [BODY, {1: " ", 2: "Lt. Orlova"}]),
    "its first item withheld": (148, [None, WORDS]),
    "one item": (148, [BODY]),
    "withdrawn, two items": (149, [{}, {}]),
    "withdrawn with an empty text": (149, [{1: ""}]),
}

ASKED = entry("asked", ALPHA, 1, 16, {1: "Are these your aircraft?", 2: 1})
CLOSED = entry("closed", ALPHA, 1, 16, None)
HAS = {"knew": {ALPHA: 1}}


def translated(label, author, number, *to, body=BODY, words=WORDS, **fields):
    """A translation; it opens, so what it refers to is no exchange."""
    made = entry(label, author, number, 148, body, words, to=to, **HAS | fields)
    return made | {"exchange": None}


def withdrawn(label, author, number, of, **fields):
    return entry(label, author, number, 149, {}, to=(of,), **HAS | fields)


def stands(label, body=BODY, words=WORDS, gone=False, replaced=(), disputed=()):
    who = None if words is None else words[2]
    others = [sorted(seed(each).hex() for each in group) for group in (replaced, disputed)]
    return [seed(label).hex(), body[2], body[3], who, gone, *others]


FIRST = translated("first", BRAVO, 1, "asked")

BESIDE = {
    "none": (ASKED, [], []),
    "one": (ASKED, [FIRST], [stands("first")]),
    "its words withheld": (ASKED, [translated("first", BRAVO, 1, "asked", words=None)], [stands("first", words=None)]),
    "of a text that is withheld": (CLOSED, [translated("first", BRAVO, 1, "closed")], [stands("first")]),
    "by its own author": (ASKED, [translated("own", ALPHA, 2, "asked")], [stands("own")]),
    "two languages": (
        ASKED,
        [translated("second", BRAVO, 2, "asked", body=BODY | {2: "ar"}), FIRST],
        [stands("first"), stands("second", BODY | {2: "ar"})],
    ),
    "withdrawn": (ASKED, [withdrawn("gone", BRAVO, 2, "first"), FIRST], [stands("first", gone=True)]),
    "withdrawn by another": (ASKED, [FIRST, withdrawn("gone", ALPHA, 2, "first")], [stands("first")]),
    "withdrawn by no officer": (ASKED, [FIRST, withdrawn("gone", BRAVO, 2, "first", officer=False)], [stands("first")]),
    "withdrawn in another class": (ASKED, [FIRST, withdrawn("gone", BRAVO, 2, "first", traffic=1)], [stands("first")]),
    "replaced by its author": (
        ASKED,
        [translated("better", BRAVO, 2, "asked", "first"), FIRST],
        [stands("first", replaced=["better"]), stands("better")],
    ),
    "disputed by another": (
        ASKED,
        [translated("other", ALPHA, 2, "asked", "first", body=BODY | {3: 2}, words=TOOL, knew={BRAVO: 1}), FIRST],
        [stands("first", disputed=["other"]), stands("other", BODY | {3: 2}, TOOL)],
    ),
    "a dispute that was withdrawn": (
        ASKED,
        [
            FIRST,
            translated("other", ALPHA, 2, "asked", "first", knew={BRAVO: 1}),
            withdrawn("gone", ALPHA, 3, "other"),
        ],
        [stands("first"), stands("other", gone=True)],
    ),
    "those that count for nothing": (
        ASKED,
        [
            translated("no officer", BRAVO, 1, "asked", officer=False),
            translated("exercise", BRAVO, 2, "asked", traffic=1),
            translated("no such text", BRAVO, 3, "asked", body=BODY | {1: [0, 2]}),
            translated("no such item", BRAVO, 4, "asked", body=BODY | {1: [1, 1]}),
            translated("of another", BRAVO, 5, "closed"),
            translated("of three", CHARLIE, 1, "asked", "first", "other"),
            translated("no maker", CHARLIE, 2, "asked", words={1: "Да."}),
        ],
        [],
    ),
    "no translation of a translation": (FIRST, [translated("again", ALPHA, 2, "first", body=BODY | {1: [1, 1]})], []),
}


def files():
    """What to write."""
    bodies = [
        {"name": name, "kind": kind, "author": ALPHA.hex(), "items": list(map(item, items)), "expect": expect}
        for expect, cases in (("ok", GOOD), ("bad-field", BAD))
        for name, (kind, items) in cases.items()
    ]
    cases = [
        {"name": name, "of": of, "entries": entries, "beside": come} for name, (of, entries, come) in BESIDE.items()
    ]
    return {"translation/bodies.json": bodies, "translation/beside.json": cases}


if __name__ == "__main__":
    write(files())
