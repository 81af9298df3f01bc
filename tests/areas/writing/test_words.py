"""The words of navigational warnings."""

from __future__ import annotations

import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.areas.shapes import METRES_PER_NM, Area, Circle, Edges, Named, Point, Polygon, Position, Track
from openline.areas.windows import EndKind, Window
from openline.areas.writing.words import area_words, decimals, letter, miles, plain, position_words, window_words
from openline.terms import Instant
from tests.areas.bulletins import DAY, ISSUED, window

SQUARE = ((33.5, 34.25), (34.5, 34.25), (34.5, 35.0), (33.5, 35.0))


@pytest.mark.parametrize(
    ("position", "count", "words"),
    [
        ((33.5, 34.25), 0, "34-15N 033-30E"),
        ((-17.733333, 12.733333), 2, "12-44.00N 017-44.00W"),
        ((-0.5, -0.25), 1, "00-15.0S 000-30.0W"),
        ((9.999999999, 59.99999999), 2, "60-00.00N 010-00.00E"),
        ((180.0, -90.0), 0, "90-00S 180-00E"),
    ],
)
def test_positions(position: Position, count: int, words: str) -> None:
    assert position_words(position, count) == words


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_a_position_loses_at_most_20_centimetres(lon: float, lat: float) -> None:
    words = position_words((lon, lat), decimals([(lon, lat)]))
    found = re.fullmatch(r"(\d\d)-([0-5]\d(?:\.\d+)?)([NS]) (\d{3})-([0-5]\d(?:\.\d+)?)([EW])", words)
    assert found is not None
    north = (int(found[1]) + float(found[2]) / 60) * (1 if found[3] == "N" else -1)
    east = (int(found[4]) + float(found[5]) / 60) * (1 if found[6] == "E" else -1)
    assert abs(north - lat) < 2e-6
    assert abs(east - lon) < 2e-6


def test_no_more_decimals_than_are_needed() -> None:
    assert decimals([(33.5, 34.25)]) == 0
    assert decimals([(-17.733333, 12.733333)]) == 0
    assert decimals([(33.5, 34.505)]) == 1
    assert decimals([(33.123456, 0.0)]) == 4


def test_miles_are_as_the_source_stated_them() -> None:
    assert miles(18_520.0) == "10"
    assert miles(9_999.0, 5.4) == "5.4"
    assert miles(1_000.0) == "0.54"


@pytest.mark.parametrize(
    ("area", "words"),
    [
        (Circle((-17.5, 12.5), 10 * METRES_PER_NM), "IN AREA WITHIN 10 MILES OF 12-30N 017-30W"),
        (Point((-61.5, 12.25)), "IN VICINITY OF 12-15N 061-30W"),
        (Named("Black Sea\n2. CANCEL"), "IN BLACK SEA 2. CANCEL"),
        (
            Polygon(SQUARE, Edges.RHUMB),
            "IN AREA BOUND BY 34-15N 033-30E, 34-15N 034-30E, 35-00N 034-30E, 35-00N 033-30E",
        ),
        (Track(SQUARE[:2], 1852.0), "WITHIN 1 MILES OF TRACKLINE JOINING 34-15N 033-30E, 34-15N 034-30E"),
        (Track(SQUARE[:2]), "ALONG TRACKLINE JOINING 34-15N 033-30E, 34-15N 034-30E"),
    ],
)
def test_areas(area: Area, words: str) -> None:
    assert " ".join(area_words(area)) == words


def test_edges_that_are_not_a_charts_are_named() -> None:
    assert area_words(Polygon(SQUARE, Edges.GEODESIC))[0] == "IN AREA BOUND BY GEODESICS JOINING"
    assert area_words(Track(SQUARE, 1852.0, Edges.GEODESIC))[0] == "WITHIN 1 MILES OF GEODESICS JOINING"
    assert "STRAIGHT" in area_words(Polygon(SQUARE, Edges.PLANE))[0]


def test_a_ring_closed_by_hand_is_told_once() -> None:
    assert area_words(Polygon((*SQUARE, SQUARE[0]))) == area_words(Polygon(SQUARE))


def test_windows() -> None:
    assert window_words((window(3, 6, 16),), ISSUED) == ["300600Z TO 301600Z NOV"]
    assert window_words((window(3, 22, 27),), ISSUED) == ["302200Z NOV TO 010300Z DEC"]
    assert window_words((window(34, 6, 16),), ISSUED) == ["310600Z TO 311600Z DEC"]
    assert window_words((window(34, 22, 27),), ISSUED) == ["312200Z DEC TO 010300Z JAN 25"]
    assert window_words((window(-180, 6, 16),), ISSUED) == ["310600Z TO 311600Z MAY 24"]
    endless = Window(Instant(ISSUED + DAY), None, EndKind.PERM)
    assert window_words((endless,), ISSUED) == ["281200Z NOV UNTIL FURTHER NOTICE"]
    guessed = msgspec.structs.replace(window(3, 6, 16), end_kind=EndKind.EST)
    assert window_words((guessed,), ISSUED) == ["300600Z TO 301600Z NOV ESTIMATED"]


def test_days_in_a_row_are_daily_and_a_list_is_never_a_range() -> None:
    row = tuple(window(day, 4, 14) for day in (5, 6, 7, 8))
    assert window_words(row, ISSUED) == ["0400Z TO 1400Z DAILY 02 THRU 05 DEC"]
    gap = tuple(window(day, 4, 14) for day in (5, 6, 8, 9))
    assert len(window_words(gap, ISSUED)) == 4
    across_months = tuple(window(day, 4, 14) for day in (2, 3, 4, 5))
    assert len(window_words(across_months, ISSUED)) == 4
    into_the_night = tuple(window(day, 20, 26) for day in (5, 6, 7, 8))
    assert len(window_words(into_the_night, ISSUED)) == 4


def test_a_window_is_never_told_shorter_than_it_is() -> None:
    odd = Window(Instant(ISSUED + 59_999), Instant(ISSUED + 60_001))
    assert window_words((odd,), ISSUED) == ["271200Z TO 271202Z NOV"]


def test_text_becomes_harmless_and_stays_readable() -> None:
    assert plain("a\r\n2. CANCEL\x00\x1b[2J\u202eb\ud800 \t c") == "a 2. CANCEL [2J b c"
    assert plain("می‌روم") == "می‌روم"
    assert plain("Ærø 東京") == "Ærø 東京"


def test_letters() -> None:
    assert [letter(at) for at in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]
