"""Bulletins as text, to the letter."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openline.areas.navwarn.reader import read
from openline.areas.shapes import METRES_PER_NM, Area, Circle, Edges, Polygon
from openline.areas.windows import Window
from openline.areas.writing.plaintext import WIDTH, write_text
from openline.terms import Instant, TrafficClass
from tests.areas.bulletins import DAY, EVERYTHING, FIRING, HOUR, ISSUED, window

FIRING_TEXT = """\
271200Z NOV 24
CHANNEL 12/24.
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
    assert text.startswith("271200Z NOV 24\nRANGE 7/24.\nEXERCISE EXERCISE EXERCISE\n")
    assert text.endswith("EXERCISE EXERCISE EXERCISE\n")
    assert "UNTIL FURTHER NOTICE, ALTERNATE 290100Z TO 290500Z NOV\n" in text
    assert "   A. WITHIN 120 MILES OF 30-00S 178-30E.\n" in text
    assert "   H. BOUND BY LINES STRAIGHT IN LATITUDE AND LONGITUDE JOINING\n" in text
    assert "      EXCLUDING AREA BOUND BY\n      50-30N 005-30E" in text
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


PLACES = st.tuples(st.integers(-10_799, 10_799), st.integers(-4_799, 4_799)).map(lambda at: (at[0] / 60, at[1] / 60))
HOURS = st.tuples(st.integers(0, 360 * 24), st.integers(1, 30))


@st.composite
def areas(draw: st.DrawFn) -> Area:
    """An area as warnings at sea have them: whole minutes, whole miles, rhumb lines."""
    lon, lat = draw(PLACES)
    miles = draw(st.integers(1, 300))
    if draw(st.booleans()):
        return Circle((lon, lat), miles * METRES_PER_NM, float(miles))
    size = draw(st.integers(2, 60)) / 60
    ring = ((lon, lat), (lon + size, lat), (lon + size, lat + size), (lon, lat + 2 * size))
    return Polygon(tuple((min(east, 180.0), north) for east, north in ring), Edges.RHUMB)


@settings(max_examples=60, deadline=None)
@given(areas(), HOURS, HOURS, st.integers(0, 3_650), st.sampled_from(TrafficClass))
def test_a_reader_of_warnings_reads_what_was_meant(
    area: Area, first: tuple[int, int], second: tuple[int, int], day: int, traffic: TrafficClass
) -> None:
    """Windows and areas come back equal, or the reader says aloud that it did not understand them."""
    issued = Instant(ISSUED + day * DAY)
    spans = sorted({first, second})
    windows = tuple(
        Window(Instant(issued + start * HOUR), Instant(issued + (start + length) * HOUR)) for start, length in spans
    )
    end = max(window.end or issued for window in windows)
    bulletin = msgspec.structs.replace(
        FIRING,
        issued=issued,
        windows=windows,
        areas=(area,),
        fields=(),
        self_cancel=Instant(end + HOUR),
        traffic=traffic,
    )
    reading = read(write_text(bulletin))
    assert reading.issued == issued
    assert reading.windows == windows
    assert (reading.self_cancel, reading.alternate_windows) == (bulletin.self_cancel, ())
    assert [each.words for each in reading.refused] == ["12/24"]
    (found,) = reading.areas
    assert type(found) is type(area)
    if isinstance(area, Circle) and isinstance(found, Circle):
        assert found.center == pytest.approx(area.center, abs=2e-6)
        assert found.radius_m == pytest.approx(area.radius_m)
    if isinstance(area, Polygon) and isinstance(found, Polygon):
        assert found.edges is area.edges
        assert [number for at in found.ring for number in at] == pytest.approx(
            [number for at in area.ring for number in at], abs=2e-6
        )


def test_edges_that_are_not_a_charts_are_not_read_as_a_charts() -> None:
    ring = ((33.5, 34.25), (34.5, 34.25), (34.5, 35.0))
    for edges in (Edges.GEODESIC, Edges.PLANE):
        reading = read(write_text(msgspec.structs.replace(FIRING, areas=(Polygon(ring, edges),))))
        assert reading.areas == ()
        assert any("BOUND BY" in each.words for each in reading.refused)
