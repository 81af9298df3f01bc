"""Golden warnings damaged as radio and typing damage them: equal, or flagged or refused.

What no reader can see (a digit of a circle's position that is another one now) is counted, printed, and bounded.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable
from random import Random

import pytest

from openline.areas import navwarn
from tests.areas.navwarn.warnings import golden

EVERY = 4
"""One of so many golden warnings is damaged."""


def at_one(text: str, random: Random, here: Callable[[int], bool], put: Callable[[str], str]) -> str:
    """The text with one of the characters that fit put in another way."""
    at = random.choice([each for each in range(1, len(text) - 1) if here(each)])
    return text[:at] + put(text[at]) + text[at + 1 :]


def letter_lost(text: str, random: Random) -> str:
    return at_one(text, random, lambda at: text[at].isalpha(), lambda _: "")


def hemisphere_lost(text: str, random: Random) -> str:
    return at_one(text, random, lambda at: text[at] in "NSEW" and text[at - 1].isdigit(), lambda _: "")


def mark_lost(text: str, random: Random) -> str:
    return at_one(text, random, lambda at: text[at] in ".,-:", lambda _: "")


def space_lost(text: str, random: Random) -> str:
    return at_one(text, random, lambda at: text[at] == " ", lambda _: "")


def digit_lost(text: str, random: Random) -> str:
    return at_one(text, random, lambda at: text[at].isdigit(), lambda _: "")


def letter_changed(text: str, random: Random) -> str:
    other = random.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return at_one(text, random, lambda at: text[at].isalpha() and text[at] != other, lambda _: other)


def hemisphere_turned(text: str, random: Random) -> str:
    turned = {"N": "S", "S": "N", "E": "W", "W": "E"}
    return at_one(text, random, lambda at: text[at] in turned and text[at - 1].isdigit(), turned.__getitem__)


def digits_swapped(text: str, random: Random) -> str:
    pairs = [at for at in range(len(text) - 1) if text[at : at + 2].isdigit() and text[at] != text[at + 1]]
    at = random.choice(pairs)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def digit_changed(text: str, random: Random) -> str:
    more = random.randint(1, 9)
    return at_one(text, random, lambda at: text[at].isdigit(), lambda digit: str((int(digit) + more) % 10))


def line_lost(text: str, random: Random) -> str:
    lines = text.splitlines(keepends=True)
    lost = random.randrange(len(lines))
    return "".join(lines[:lost] + lines[lost + 1 :])


SEEN = ("windows", "alternate_windows", "areas", "self_cancel", "cancels")


def silently_wrong(damage: Callable[[str, Random], str]) -> tuple[int, int]:
    """How many damaged warnings are read, and how many of them are other than before with nothing said about it."""
    random, counts = Random(damage.__name__), Counter[str]()
    for record in golden()[::EVERY]:
        before, after = (
            navwarn.as_json(navwarn.read_many(json.dumps(record | {"text": text}))[0])
            for text in (record["text"], damage(record["text"], random))
        )
        equal = all(before[name] == after[name] for name in SEEN)
        counts["silent" if not equal and not after["flags"] and not after["refused"] else "told"] += 1
    return counts.total(), counts["silent"]


@pytest.mark.parametrize(
    ("damage", "most"),
    [
        (letter_lost, 0),
        (hemisphere_lost, 0),
        (mark_lost, 0),
        (space_lost, 0),
        (digit_lost, 3),
        (letter_changed, 3),
        (hemisphere_turned, 9),
        (digits_swapped, 19),
        (digit_changed, 28),
        (line_lost, 16),
    ],
    ids=lambda each: getattr(each, "__name__", None),
)
def test_damage_is_told(damage: Callable[[str, Random], str], most: int, capsys: pytest.CaptureFixture[str]) -> None:
    total, silent = silently_wrong(damage)
    with capsys.disabled():
        sys.stdout.write(f"\nnavwarn: {damage.__name__}: {silent} of {total} silently other\n")
    assert silent <= most
