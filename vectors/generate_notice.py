"""Writes vectors/notice/bodies.json and in_force.json: bodies of notices, and what is in force when.

    kind, author, items    the entry; items are in hex, null is one that is withheld
    expect                 "ok", or the code of the error
    windows, alternates    of a version: start, end (null for none) and how firm the end is: fixed, est, perm
    since, shown_until, ended    as in spec/notice.md, In force; null where nothing says so
    from, until            the first and the last instant in force; null where nothing ends it

The bytes and the times are made here from spec/notice.md, without the package, and are the same at each run.
Run: .venv/bin/python vectors/generate_notice.py
"""

from plain_cbor import cbor, seed, write

ALPHA, BRAVO = seed("alpha"), seed("bravo")
EMPTY = {}
FORM = {1: "live-fire-exercise", 2: 1, 3: seed("form")}
FIRST, LAST = 1_732_795_200_000, 1_732_878_000_000
WINDOW = {1: FIRST, 2: LAST}
DUTIES = {1: True, 2: 86_400_000, 3: 3_600_000, 4: 7_200_000, 5: ["ships"], 6: 43_200_000}
HEAD = {1: FORM, 2: 2024, 3: 1, 4: [WINDOW], 6: DUTIES, 11: [BRAVO]}
CIRCLE = {1: 2, 2: [335_000_000, 342_500_000], 3: 9_260_000, 4: 5_000_000, 7: "A"}
RING = [330_000_000, 340_000_000, 345_000_000, 340_000_000, 345_000_000, 350_000_000]
POLYGON = {1: 3, 2: RING, 5: 1}
HOLE = {1: [332_000_000, 341_000_000, 333_000_000, 341_000_000, 333_000_000, 342_000_000]}
PARTICULARS = {1: [{1: "weapons", 2: "guns"}], 2: [{1: "Convoy lead", 2: "satellite"}], 3: "Keep clear."}
SOURCE = {1: "navwarn", 2: b"GUNNERY 281200Z TO 290300Z NOV.", 3: ["no-place"], 4: ["WITHIN: Not understood."]}
TEXT = {1: "weather"}


def notice(head=None, places=None, particulars=None, source=None, kind=72):
    """A notice, or an amendment; what is not given is as above."""
    areas = {1: [CIRCLE]} if places is None else places
    return kind, [HEAD | (head or {}), areas, PARTICULARS if particulars is None else particulars, source or EMPTY]


def area(**change):
    """A notice with one area, changed by key: at2=..., and so on; None leaves the key out."""
    made = CIRCLE | {int(key[1:]): value for key, value in change.items()}
    return notice(places={1: [{key: value for key, value in made.items() if value is not None}]})


GOOD = {
    "a notice": notice(),
    "a notice without windows, areas or particulars": notice({4: [WINDOW]}, EMPTY, EMPTY),
    "of another issuer": notice({7: FIRST, 8: LAST, 9: "HYDROLANT 12/22", 10: ["HYDROLANT 11/22"]}, source=SOURCE),
    "an amendment": notice(kind=74),
    "all but the first withheld": (72, [HEAD, None, None, None]),
    "windows without an end, estimated and permanent": notice(
        {4: [{1: FIRST}, {1: FIRST, 2: LAST, 3: 1}, {1: 1, 3: 2}]}
    ),
    "days of reserve": notice({5: [WINDOW]}),
    "a point": area(k1=1, k3=None, k4=None),
    "a polygon with a hole, closed by hand": notice(places={1: [POLYGON | {6: [HOLE], 8: True}]}),
    "a track with a width": notice(places={1: [{1: 4, 2: RING[:4], 3: 5_000_000, 5: 2}]}),
    "known by its name": notice(places={1: [{1: 5, 7: "Black Sea"}]}),
    "acknowledged": (73, [TEXT]),
    "asked": (78, [EMPTY]),
    "confirmed": (79, [EMPTY]),
    "cancelled": (75, [{1: 1, 2: FIRST}, TEXT]),
    "lapsed, words withheld": (75, [{1: 4, 2: FIRST}, None]),
    "postponed": (76, [{1: [WINDOW], 2: [WINDOW]}, EMPTY]),
    "refused": (77, [{1: 1}, TEXT]),
    "passed on": (80, [{1: FIRST}, {1: "radars"}]),
    "passed on, unit withheld": (80, [{1: FIRST}, None]),
    "a contact was not reached": (81, [{1: 0, 2: FIRST}, TEXT]),
    "a contact was reached": (81, [{1: 15, 2: FIRST, 3: True}, EMPTY]),
}

BAD = {
    "a notice with three items": (72, [HEAD, EMPTY, EMPTY]),
    "a notice whose first item is withheld": (72, [None, EMPTY, EMPTY, EMPTY]),
    "without a form": (72, [{2: 2024, 3: 1}, EMPTY, EMPTY, EMPTY]),
    "a form of version 0": notice({1: FORM | {2: 0}}),
    "a form with a hash of 31 bytes": notice({1: FORM | {3: seed("form")[:31]}}),
    "the year 1969": notice({2: 1969}),
    "a window that ends before it begins": notice({4: [{1: LAST, 2: FIRST}]}),
    "an end of kind 3": notice({4: [WINDOW | {3: 3}]}),
    "a stated end of kind 0": notice({4: [WINDOW | {3: 0}]}),
    "not obliged, written out": notice({6: DUTIES | {1: False}}),
    "acknowledge within a year and a day": notice({6: DUTIES | {3: 367 * 86_400_000}}),
    "for a post of 31 bytes": notice({11: [BRAVO[:31]]}),
    "a field more": notice({12: 1}),
    "a shape 6": area(k1=6),
    "a circle with two centres": area(k2=RING[:4]),
    "a circle without a radius": area(k3=None, k4=None),
    "a circle with half a position": area(k2=RING[:1]),
    "a radius beyond the Earth": area(k3=10**14),
    "a latitude of 91 degrees": area(k2=[0, 910_000_000]),
    "a longitude of 181 degrees": area(k2=[1_810_000_000, 0]),
    "a position that is no number": area(k2=["0", 0]),
    "a polygon of two vertices": notice(places={1: [POLYGON | {2: RING[:4]}]}),
    "a polygon with a radius": notice(places={1: [POLYGON | {3: 5}]}),
    "a hole of two vertices": notice(places={1: [POLYGON | {6: [{1: HOLE[1][:4]}]}]}),
    "a circle with a hole": area(k6=[HOLE]),
    "edges 4": notice(places={1: [POLYGON | {5: 4}]}),
    "closed is false": notice(places={1: [POLYGON | {8: False}]}),
    "known by no name": notice(places={1: [{1: 5, 7: " "}]}),
    "a field filled in twice": notice(particulars={1: [{1: "weapons", 2: "guns"}] * 2}),
    "seventeen contacts": notice(particulars={2: [{1: "Convoy lead", 2: "satellite"}] * 17}),
    "a source that is a text": notice(source={1: "navwarn", 2: "GUNNERY"}),
    "how 5": (75, [{1: 5, 2: FIRST}, EMPTY]),
    "an end without its hour": (75, [{1: 1}, EMPTY]),
    "postponed to nothing": (76, [EMPTY, EMPTY]),
    "postponed to a window that ends before it begins": (76, [{1: [{1: LAST, 2: FIRST}]}, EMPTY]),
    "why 2": (77, [{1: 2}, EMPTY]),
    "passed on without its hour": (80, [EMPTY, {1: "radars"}]),
    "the fact that it was passed on is withheld": (80, [None, {1: "radars"}]),
    "contact 16": (81, [{1: 16, 2: FIRST}, EMPTY]),
    "acknowledged with two items": (73, [TEXT, TEXT]),
}

DAY = 86_400_000
MORE = [FIRST + DAY, LAST + DAY, "fixed"]
FIXED, ESTIMATED, PERMANENT = [FIRST, LAST, "fixed"], [FIRST, LAST, "est"], [FIRST, None, "perm"]
HELD = {
    "one window": ([FIXED], [], FIRST - DAY, None, None, FIRST - DAY, LAST),
    "two windows": ([FIXED, MORE], [], FIRST - DAY, None, None, FIRST - DAY, LAST + DAY),
    "a day of reserve": ([FIXED], [MORE], FIRST - DAY, None, None, FIRST - DAY, LAST + DAY),
    "told while it is open": ([FIXED], [], FIRST + 1, None, None, FIRST + 1, LAST),
    "an estimated end": ([ESTIMATED], [], FIRST, None, None, FIRST, None),
    "no end": ([PERMANENT], [], FIRST, None, None, FIRST, None),
    "no windows": ([], [], FIRST, None, None, FIRST, None),
    "a later reading of the end": ([FIXED], [], FIRST, LAST + 5, None, FIRST, LAST + 5),
    "an earlier reading of the end": ([FIXED], [], FIRST, LAST - 5, None, FIRST, LAST),
    "no windows, and it cancels itself": ([], [], FIRST, LAST, None, FIRST, LAST),
    "cancelled": ([FIXED], [], FIRST - DAY, None, FIRST + 7, FIRST - DAY, FIRST + 6),
    "cancelled after its end": ([FIXED], [], FIRST - DAY, None, LAST + 7, FIRST - DAY, LAST),
    "no end, and cancelled": ([PERMANENT], [], FIRST, None, LAST, FIRST, LAST - 1),
    "an estimated end, and cancelled": ([ESTIMATED], [], FIRST, None, LAST + DAY, FIRST, LAST + DAY - 1),
}


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
    names = ("windows", "alternates", "since", "shown_until", "ended", "from", "until")
    held = [{"name": name, **dict(zip(names, case, strict=True))} for name, case in HELD.items()]
    return {"notice/bodies.json": bodies, "notice/in_force.json": held}


if __name__ == "__main__":
    write(files())
