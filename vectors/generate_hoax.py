"""Writes vectors/hoax/items.json: body items of questions, answers and reports, good and bad (spec/hoax.md).

    kind      the kind of the entry whose one item it is; its author is the post `author`
    item      the item, as hex
    expect    "ok", or the code of the error

The bytes are made here from the spec, without the package, and are the same at each run.
Run: .venv/bin/python vectors/generate_hoax.py
"""

from plain_cbor import cbor, seed, write

AUTHOR, POST = seed("author"), seed("post")
QUESTION, ANSWER, REPORT = 52, 53, 54
CALL = {1: 1_668_523_200_000, 2: "telephone", 3: POST}

GOOD = {
    "question": (QUESTION, CALL),
    "question with all": (QUESTION, CALL | {4: "the minister", 5: "Foreign Secretary", 6: "+1 555 0100", 7: "To stand down."}),
    "report of nobody's": (REPORT, {1: 0, 2: "video"}),
    "report of its author's": (REPORT, CALL | {3: AUTHOR}),
    "yes": (ANSWER, {1: 1}),
    "no, in words": (ANSWER, {1: 2, 2: "Our log has none."}),
    "not known": (ANSWER, {1: 3}),
}

BAD = {
    "question of nobody": (QUESTION, {1: 0, 2: "video"}),
    "question of its author": (QUESTION, CALL | {3: AUTHOR}),
    "no time": (REPORT, {2: "video"}),
    "no channel": (REPORT, {1: 0}),
    "name that says nothing": (REPORT, {1: 0, 2: "video", 4: ""}),
    "name of 65 bytes": (REPORT, {1: 0, 2: "video", 4: "n" * 65}),
    "text of 4,097 bytes": (REPORT, {1: 0, 2: "video", 7: "t" * 4_097}),
    "post of 31 bytes": (REPORT, {1: 0, 2: "video", 3: POST[:31]}),
    "unknown field": (REPORT, {1: 0, 2: "video", 8: 1}),
    "time is text": (REPORT, {1: "now", 2: "video"}),
    "verdict 0": (ANSWER, {1: 0}),
    "verdict 4": (ANSWER, {1: 4}),
    "no verdict": (ANSWER, {2: "Our log has none."}),
    "answer is a list": (ANSWER, [1]),
}


def files():
    """What to write."""
    cases = [
        {"name": name, "expect": expect, "author": AUTHOR.hex(), "kind": kind, "item": cbor(value).hex()}
        for expect, table in (("ok", GOOD), ("bad-field", BAD))
        for name, (kind, value) in table.items()
    ]
    return {"hoax/items.json": cases}


if __name__ == "__main__":
    write(files())
