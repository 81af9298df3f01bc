"""Golden NOTAM damaged as telegrams and typing damage them: equal, or flagged or refused.

What no reader can see (a digit that is another one now, a line that is gone) is counted, printed, and bounded.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import cache
from random import Random
from typing import Any

import pytest

from openline.areas.notam.answer import as_json
from openline.areas.notam.many import read_many
from openline.areas.notam.reader import read
from tests.areas.notam.samples import lines

SEEN = ("windows", "areas", "shown_until")
"""What ends up on the chart; the other fields may be other too, and their silent changes are counted beside."""
FIELDS = ("id", "type", "refers_to", "fir", "qcode", "q_center", "q_radius_nm", "lower", "upper", "locations")


@cache
def undamaged() -> tuple[tuple[str, dict[str, Any]], ...]:
    return tuple((sample["raw"], as_json(read(sample["raw"]))) for sample in lines("golden.jsonl"))


def at_one(text: str, random: Random, here: Callable[[int], bool], put: Callable[[str], str]) -> str:
    """The text with one of the characters that fit put in another way; the same where none fits."""
    fitting = [each for each in range(1, len(text) - 1) if here(each)]
    if not fitting:
        return text
    at = random.choice(fitting)
    return text[:at] + put(text[at]) + text[at + 1 :]


def letter_lost(text: str, random: Random) -> str:
    return at_one(text, random, lambda at: text[at].isalpha(), lambda _: "")


def digit_lost(text: str, random: Random) -> str:
    return at_one(text, random, lambda at: text[at].isdigit(), lambda _: "")


def hemisphere_lost(text: str, random: Random) -> str:
    return at_one(text, random, lambda at: text[at] in "NSEW" and text[at - 1].isdigit(), lambda _: "")


def mark_lost(text: str, random: Random) -> str:
    return at_one(text, random, lambda at: text[at] in ".,-:/()", lambda _: "")


def space_lost(text: str, random: Random) -> str:
    return at_one(text, random, lambda at: text[at] in " \n", lambda _: "")


def digits_swapped(text: str, random: Random) -> str:
    pairs = [at for at in range(len(text) - 1) if text[at : at + 2].isdigit() and text[at] != text[at + 1]]
    at = random.choice(pairs)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def letters_swapped(text: str, random: Random) -> str:
    pairs = [at for at in range(len(text) - 1) if text[at : at + 2].isalpha() and text[at] != text[at + 1]]
    at = random.choice(pairs)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def letter_changed(text: str, random: Random) -> str:
    other = random.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return at_one(text, random, lambda at: text[at].isalpha() and text[at] != other, lambda _: other)


def digit_changed(text: str, random: Random) -> str:
    more = random.randint(1, 9)
    return at_one(text, random, lambda at: text[at].isdigit(), lambda digit: str((int(digit) + more) % 10))


def hemisphere_turned(text: str, random: Random) -> str:
    turned = {"N": "S", "S": "N", "E": "W", "W": "E"}
    return at_one(text, random, lambda at: text[at] in turned and text[at - 1].isdigit(), turned.__getitem__)


def letter_for_digit(text: str, random: Random) -> str:
    alike = {"0": "O", "1": "I", "5": "S", "8": "B"}
    return at_one(text, random, lambda at: text[at] in alike, alike.__getitem__)


def line_lost(text: str, random: Random) -> str:
    lines_of_it = text.splitlines(keepends=True)
    lost = random.randrange(len(lines_of_it))
    return "".join(lines_of_it[:lost] + lines_of_it[lost + 1 :]) if len(lines_of_it) > 1 else text


def silently_other(damage: Callable[[str, Random], str]) -> tuple[int, int, int]:
    """How many are read; how many have another time or area, how many another field, with nothing said about it."""
    random, chart, field = Random(damage.__name__), 0, 0
    for raw, before in undamaged():
        after = as_json(read(damage(raw, random)))
        told = after["flags"] or after["refused"]
        if not told and any(before[name] != after[name] for name in SEEN):
            chart += 1
        elif not told and any(before[name] != after[name] for name in FIELDS):
            field += 1
    return len(undamaged()), chart, field


@pytest.mark.parametrize(
    ("damage", "chart_most", "field_most"),
    [
        (letter_lost, 0, 5),
        (digit_lost, 0, 1),
        (hemisphere_lost, 0, 0),
        (mark_lost, 0, 0),
        (space_lost, 0, 0),
        (digits_swapped, 16, 16),
        (letters_swapped, 0, 6),
        (letter_changed, 0, 11),
        (digit_changed, 28, 18),
        (hemisphere_turned, 1, 12),
        (letter_for_digit, 0, 1),
        (line_lost, 8, 4),
    ],
    ids=lambda each: getattr(each, "__name__", None),
)
def test_damage_is_told(
    damage: Callable[[str, Random], str], chart_most: int, field_most: int, capsys: pytest.CaptureFixture[str]
) -> None:
    total, chart, field = silently_other(damage)
    with capsys.disabled():
        sys.stdout.write(
            f"\nNOTAM: {damage.__name__}: of {total} silently other: times or areas {chart}, fields {field}\n"
        )
    assert chart <= chart_most
    assert field <= field_most


def test_one_damaged_beyond_reading_stops_no_other() -> None:
    random = Random("cut")
    texts = [raw[: random.randrange(len(raw))] for raw, _ in undamaged()]
    found = read_many("\n".join(json.dumps({"raw": text}) for text in texts))
    assert len(found) == len(texts)
