"""Writes vectors/incident/bodies.json and knowledge.json: bodies of incidents, and what a party had of an entry.

    kind, author, items    the entry; items are in hex, null is one that is withheld
    expect                 "ok", or the code of the error
    entry, proof           of knowledge: when the entry and its proof are dated; null is no proof
    kept                   when the proof was kept here
    witnesses, at          when those who signed for the proof date that, and the time that is asked of
    had                    the word for what is known

The bytes are made here from spec/incident.md, without the package, and are the same at each run.
Run: .venv/bin/python vectors/generate_incident.py
"""

from plain_cbor import cbor, seed, write

ALPHA, BRAVO, CHARLIE = seed("alpha"), seed("bravo"), seed("charlie")
AT = 1_668_523_200_000
EMPTY, TEXT = {}, {1: "Until we know more."}
WHEN, WHERE = {1: AT}, {1: "Explosion near the border", 2: "Przewodow"}
SOURCES = {1: [{1: "the mayor", 2: "radio, 16:00", 3: AT}]}
FOUND = {1: "Two dead.", 2: "from the east"}
POINT = {1: 1, 2: [239_300_000, 504_700_000]}
POSTS = [seed(f"post {at}") for at in range(65)]

GOOD = {
    "an incident": (96, [WHEN, WHERE, SOURCES]),
    "an incident without sources": (96, [WHEN, WHERE, EMPTY]),
    "an incident with a window and a place": (96, [{1: AT, 2: AT + 1}, {**WHERE, 3: POINT}, EMPTY]),
    "an incident that is withheld": (96, [WHEN, None, None]),
    "an assessment, origin not known": (97, [EMPTY, {1: "Two dead."}, EMPTY]),
    "an assessment, likely, preliminary": (97, [{1: 2}, FOUND, SOURCES]),
    "an assessment, almost certain, confirmed": (97, [{1: 3, 2: True}, FOUND, EMPTY]),
    "an assessment that is withheld": (97, [{1: 1}, None, None]),
    "concurs": (98, [{1: 1}, EMPTY]),
    "has seen nothing that contradicts it": (98, [{1: 2}, TEXT]),
    "disputes, withheld": (98, [{1: 3}, None]),
    "no position": (98, [{1: 4}, EMPTY]),
    "a source": (99, [SOURCES]),
    "sixteen sources": (99, [{1: [{1: f"source {at}"} for at in range(16)]}]),
    "investigates alone": (100, [EMPTY, EMPTY]),
    "investigates with two": (100, [{1: [BRAVO, CHARLIE]}, TEXT]),
    "asks for silence": (101, [{1: AT, 2: [BRAVO]}, TEXT]),
    "asks 64 for silence": (101, [{1: AT, 2: POSTS[:64]}, EMPTY]),
    "a correction": (102, [WHEN, WHERE]),
    "a correction that is withheld": (102, [WHEN, None]),
    "accepted": (103, [{1: 1}, EMPTY]),
    "same": (103, [{1: 7}, TEXT]),
}

BAD = {
    "an incident without a time": (96, [EMPTY, WHERE, EMPTY]),
    "an incident that ends before it begins": (96, [{1: AT, 2: AT - 1}, WHERE, EMPTY]),
    "an incident without a title": (96, [WHEN, {1: " ", 2: "Przewodow"}, EMPTY]),
    "an incident without a place": (96, [WHEN, {1: "Explosion", 2: ""}, EMPTY]),
    "a title of 257 bytes": (96, [WHEN, {1: "e" * 257, 2: "Przewodow"}, EMPTY]),
    "an incident with a cause": (96, [WHEN, {**WHERE, 4: "a missile"}, EMPTY]),
    "an incident at no position": (96, [WHEN, {**WHERE, 3: {1: 1, 2: []}}, EMPTY]),
    "an incident with two items": (96, [WHEN, WHERE]),
    "an incident whose time is withheld": (96, [None, WHERE, EMPTY]),
    "a source without a text": (96, [WHEN, WHERE, {1: [{1: " "}]}]),
    "confidence 0 written out": (97, [{1: 0}, FOUND, EMPTY]),
    "confidence 4": (97, [{1: 4}, FOUND, EMPTY]),
    "confirmed is false": (97, [{2: False}, FOUND, EMPTY]),
    "an assessment of nothing": (97, [EMPTY, {1: "\n"}, EMPTY]),
    "an origin of white space": (97, [EMPTY, {1: "Two dead.", 2: " "}, EMPTY]),
    "an empty origin written out": (97, [EMPTY, {1: "Two dead.", 2: ""}, EMPTY]),
    "stance 0": (98, [{1: 0}, EMPTY]),
    "stance 5": (98, [{1: 5}, EMPTY]),
    "no source": (99, [EMPTY]),
    "seventeen sources": (99, [{1: [{1: f"source {at}"} for at in range(17)]}]),
    "sources that are withheld": (99, [None]),
    "investigates with itself": (100, [{1: [ALPHA]}, EMPTY]),
    "partners that are nobody written out": (100, [{1: []}, EMPTY]),
    "asks nobody for silence": (101, [{1: AT, 2: []}, EMPTY]),
    "asks one twice": (101, [{1: AT, 2: [BRAVO, BRAVO]}, EMPTY]),
    "asks itself": (101, [{1: AT, 2: [BRAVO, ALPHA]}, EMPTY]),
    "asks 65": (101, [{1: AT, 2: POSTS}, EMPTY]),
    "asks until no time": (101, [{2: [BRAVO]}, EMPTY]),
    "a correction with sources": (102, [WHEN, WHERE, SOURCES]),
    "word 0": (103, [{1: 0}, EMPTY]),
    "word 8": (103, [{1: 8}, EMPTY]),
    "words that are no text": (103, [{1: 5}, {1: 5}]),
}

PROVED, CLAIMED = "proved", "claimed by its own clock alone"
HELD = "by its clock, and the proof was held here by ours"
DIFFER, NOT_PROVED = "the clocks differ", "not proved"
KNOWN = {
    "never signed for": (10, None, [], 99, NOT_PROVED),
    "signed for later": (10, 20, [21], 19, NOT_PROVED),
    "signed for, and nobody saw it": (10, 20, [], 20, CLAIMED),
    "signed for, and seen later": (10, 20, [22], 20, CLAIMED),
    "held here, and seen later": (10, 20, [30], 21, HELD),
    "held here, and dated late by the party": (10, 50, [], 30, NOT_PROVED),
    "signed for and seen": (10, 20, [22], 22, PROVED),
    "seen by the second of two": (10, 20, [40, 22], 22, PROVED),
    "dated late by the party, seen before": (10, 50, [22], 30, DIFFER),
    "dated back by the party": (10, 5, [22], 8, DIFFER),
    "dated late by its author": (30, 20, [22], 25, DIFFER),
    "dated back by a witness": (30, 40, [5], 20, DIFFER),
    "all agree later": (30, 20, [22], 30, PROVED),
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
    known = [
        {"name": name, "entry": entry, "proof": proof, "kept": 21, "witnesses": witnesses, "at": at, "had": had}
        for name, (entry, proof, witnesses, at, had) in KNOWN.items()
    ]
    return {"incident/bodies.json": bodies, "incident/knowledge.json": known}


if __name__ == "__main__":
    write(files())
