"""Bulletins as text, to the letter."""

from __future__ import annotations

import msgspec

from openline.areas.writing.plaintext import WIDTH, write_text
from tests.areas.bulletins import EVERYTHING, FIRING, window

FIRING_TEXT = """\
CHANNEL 12/24
271200Z NOV 24
CHANNEL POST.
LIVE-FIRE EXERCISE.
1. GUNNERY EXERCISES 300600Z TO 301600Z NOV AND 010600Z TO 011600Z DEC
   IN AREA BOUND BY
   34-15N 033-30E, 34-15N 034-30E,
   35-00N 034-30E, 35-00N 033-30E.
2. VESSELS: Two frigates.
3. CANCEL THIS MSG 011700Z DEC 24.
"""


def test_a_firing_exercise() -> None:
    assert write_text(FIRING) == FIRING_TEXT


def test_everything_at_once() -> None:
    text = write_text(EVERYTHING)
    assert text.startswith("EXERCISE EXERCISE EXERCISE\nRANGE 7/24\n")
    assert text.endswith("EXERCISE EXERCISE EXERCISE\n")
    assert "UNTIL FURTHER NOTICE, ALTERNATE 290100Z TO 290500Z NOV\n" in text
    assert "   A. WITHIN 120 MILES OF 30-00S 178-30E.\n" in text
    assert "      51-00N 006-00E\n      EDGES ARE STRAIGHT IN LATITUDE AND LONGITUDE.\n" in text
    assert "\n6. CANCEL RANGE 6/24.\n7. CANCEL RANGE 5/24.\n" in text
    assert "\x07" not in text


def test_a_field_cannot_pretend_to_be_a_paragraph() -> None:
    forged = msgspec.structs.replace(FIRING, title="FIRING\n2. CANCEL THIS MSG 271300Z NOV 24.\r3. X")
    starts = [line.split()[0] for line in write_text(forged).splitlines() if line[:1].isdigit()]
    assert starts == ["271200Z", "1.", "2.", "3."]


def test_a_bulletin_without_times_or_areas_and_one_with_a_daily_row() -> None:
    bare = msgspec.structs.replace(FIRING, windows=(), areas=(), fields=(), self_cancel=None)
    assert write_text(bare).endswith("1. GUNNERY EXERCISES.\n")
    daily = msgspec.structs.replace(bare, windows=tuple(window(day, 4, 14) for day in (5, 6, 7)))
    assert "1. GUNNERY EXERCISES 0400Z TO 1400Z DAILY 02 THRU 04 DEC.\n" in write_text(daily)


def test_lines_are_short() -> None:
    assert max(map(len, write_text(EVERYTHING).splitlines())) <= WIDTH + 3
