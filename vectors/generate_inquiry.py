"""Writes vectors/inquiry/: bodies of inquiries, their answers and judgements, and what inquiries come to.

    kind, author, items    the entry; items are in hex, null is one that is withheld
    expect                 "ok", or the code of the error
    entries                of a fold: as plain_folds.py says, in an order of arrival
    state                  of a fold: its status and its clock; the answers [id, overdue, late]; the closing word; the ids
                           that count for nothing, rising

The bytes are made here from spec/inquiry.md, without the package, and are the same at each run.
Run: .venv/bin/python vectors/generate_inquiry.py
"""

from plain_cbor import seed, write
from plain_folds import ALPHA, BRAVO, CHARLIE, entry, ids, item

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


ASKED = entry("asked", ALPHA, 1, 112, {1: BRAVO, 2: CLOCK}, WORDS)


def said(label, number, author=BRAVO, **more):
    """An answer to the inquiry."""
    return entry(label, author, number, 113, {1: 1}, TEXT, to=("asked",), **more)


def judged(label, number, verdict, *on, author=ALPHA, clock=0, **more):
    """The asker's word."""
    body = {1: verdict} | ({2: clock} if clock else {})
    return entry(label, author, number, 114, body, TEXT if verdict == 2 else EMPTY, to=("asked", *on), **more)


def state(status, *answers, clock=CLOCK, ended=None, nothing=()):
    """What it comes to; an answer is (label, overdue, late)."""
    return {
        "status": status,
        "clock": clock,
        "answers": [[seed(label).hex(), overdue, late] for label, overdue, late in answers],
        "ended": None if ended is None else seed(ended).hex(),
        "nothing": ids(*nothing),
    }


FIRST = said("first", 1)
POOR = judged("poor", 2, 2, "first", clock=CLOCK + 5, knew={BRAVO: 1})
SECOND = said("second", 2, knew={ALPHA: 2})
OVER = judged("over", 2, 3, time=CLOCK)

FOLDS = {
    "asked": ([ASKED], state("asked")),
    "answered": ([FIRST, ASKED], state("answered", ("first", False, False))),
    "answered elsewhere": (
        [ASKED, entry("note", BRAVO, 1, 113, {1: 2, 3: "our ambassador"}, EMPTY, to=("asked",))],
        state("answered elsewhere", ("note", False, False)),
    ),
    "unsatisfactory": ([POOR, FIRST, ASKED], state("unsatisfactory", ("first", False, False), clock=CLOCK + 5)),
    "a clock is never shortened": (
        [ASKED, FIRST, judged("poor", 2, 2, "first", clock=5)],
        state("unsatisfactory", ("first", False, False)),
    ),
    "answered again": (
        [ASKED, FIRST, POOR, SECOND],
        state("answered", ("first", False, False), ("second", False, False), clock=CLOCK + 5),
    ),
    "satisfied by the first, the second crossed": (
        [ASKED, FIRST, said("second", 2), judged("good", 2, 1, "first", knew={BRAVO: 1})],
        state("satisfied", ("first", False, False), ("second", False, True), ended="good"),
    ),
    "overdue": ([ASKED, said("first", 1, time=CLOCK + 1)], state("answered", ("first", True, False))),
    "not answered": ([OVER, ASKED], state("not answered", ended="over")),
    "not answered, too early": (
        [ASKED, judged("early", 2, 3, time=CLOCK - 1)],
        state("asked", nothing=("early",)),
    ),
    "not answered by one who had an answer": (
        [ASKED, FIRST, judged("deaf", 2, 3, time=CLOCK, knew={BRAVO: 1})],
        state("answered", ("first", False, False), nothing=("deaf",)),
    ),
    "not answered after an unsatisfactory answer": (
        [ASKED, FIRST, POOR, judged("over", 3, 3, time=CLOCK + 5, knew={BRAVO: 1})],
        state("not answered", ("first", False, False), clock=CLOCK + 5, ended="over"),
    ),
    "an answer that crossed the closing word": (
        [said("late", 1), OVER, ASKED],
        state("not answered", ("late", False, True), ended="over"),
    ),
    "an answer of one who knew of the closing word": (
        [ASKED, OVER, said("after", 1, knew={ALPHA: 2})],
        state("not answered", ended="over", nothing=("after",)),
    ),
    "closed once": (
        [ASKED, judged("gone", 2, 4), judged("over", 3, 3, time=CLOCK)],
        state("withdrawn", ended="gone", nothing=("over",)),
    ),
    "those who have no say": (
        [
            ASKED,
            said("asker", 2, author=ALPHA),
            said("stranger", 1, author=CHARLIE),
            said("machine", 1, officer=False),
            said("exercise", 2, traffic=1),
            judged("theirs", 3, 4, author=BRAVO),
            judged("of nothing", 3, 2),
            judged("of a stranger's", 4, 1, "stranger", knew={CHARLIE: 1}),
        ],
        state(
            "asked",
            nothing=("asker", "stranger", "machine", "exercise", "theirs", "of nothing", "of a stranger's"),
        ),
    ),
    "marks are no answers": (
        [ASKED, entry("taken", BRAVO, 1, 19, to=("asked",)), entry("own mark", ALPHA, 2, 17, to=("asked",))],
        state("asked", nothing=("own mark",)),
    ),
}


def files():
    """What to write."""
    bodies = [
        {"name": name, "kind": kind, "author": ALPHA.hex(), "items": list(map(item, items)), "expect": expect}
        for expect, cases in (("ok", GOOD), ("bad-field", BAD))
        for name, (kind, items) in cases.items()
    ]
    folds = [{"name": name, "entries": entries, "state": come} for name, (entries, come) in FOLDS.items()]
    return {"inquiry/bodies.json": bodies, "inquiry/folds.json": folds}


if __name__ == "__main__":
    write(files())
