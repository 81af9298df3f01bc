"""A small exercise in which everything is right, and what tests change in it."""

from __future__ import annotations

from openline.exercises import reading
from openline.exercises.incident import Exercise
from openline.exercises.sightings import Entry, Log, Sighting

BEGINS = 1_668_523_200_000
"""2022-11-15T14:40Z."""

MINUTE = 60_000

SMALL = """\
format = 1
title = "A boat"
about = "Does South pass it on?"
invented = "All of it."
begins = "2022-11-15T14:40Z"
lasts = "1h"

[sources]
press = "Press report"

[[party]]
name = "North"
officer = "Berg"

[[party.office]]
name = "Chief"
holders = [{name = "General A", from = 2020-01-01}]

[[party]]
name = "South"
officer = "Cole"

[[line]]
name = "strait"
members = ["North", "South"]

[[fact]]
at = "1m"
text = "A boat drifts."
sources = ["press"]

[[step]]
at = "2m"
party = "North"
name = "boat"
writes = "message"
do = 'send strait "A boat drifts." --deliver-by {+20m}'

[[step]]
when = "South receives message from North"
after = "3m"
party = "South"
do = "take {it}"

[[fault]]
at = "10m"
cut = ["North", "South"]
lasts = "5m"

[[goal]]
name = "South takes it"
party = "South"
from = "South receives message from North"
to = "South writes taken"
within = "5m"
"""


def small(old: str = "", new: str = "", more: str = "") -> Exercise:
    """The exercise, with something in it replaced, and something added."""
    text = SMALL.replace(old, new) if old else SMALL
    assert not old or text != SMALL
    return reading.read((text + more).encode())


def entry(identifier: str, kind: str, author: str, *refers: str) -> Entry:
    return Entry(identifier, kind, author, "strait", refers)


def sighting(minutes: float, party: str, what: Entry) -> Sighting:
    at = BEGINS + int(minutes * MINUTE)
    return Sighting(at, at, party, what)


def log(*sightings: Sighting) -> Log:
    return Log(sightings)
