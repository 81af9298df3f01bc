"""Areas and windows come back from what a notice holds as they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.areas.shapes import Area, Circle, Edges, Named, Point, Polygon, Position, Track
from openline.areas.windows import EndKind, Window
from openline.errors import BadField
from openline.exchanges.notice import area_of, place_of, span_of, window_of
from openline.terms import Instant

RING = ((33.5, 34.25), (34.5, 34.25), (34.5, 35.0))


def degrees(most: int) -> st.SearchStrategy[float]:
    return st.integers(-most * 10_000_000, most * 10_000_000).map(lambda number: number / 10_000_000)


positions: st.SearchStrategy[Position] = st.tuples(degrees(180), degrees(90))


@pytest.mark.parametrize(
    "area",
    [
        Point((33.5, 34.25), "A"),
        Circle((33.5, 34.25), 9260.0, 5.0, "B"),
        Circle((33.5, 34.25), 1234.567),
        Polygon(RING, Edges.RHUMB, (RING,), "C", closed=True),
        Track(RING, 926.0, Edges.GEODESIC, "D"),
        Track(RING),
        Named("Black Sea"),
    ],
)
def test_an_area_comes_back(area: Area) -> None:
    assert area_of(place_of(area)) == area


@given(st.lists(positions, min_size=3, max_size=9))
def test_any_positions_come_back(ring: list[Position]) -> None:
    area = Polygon(tuple(ring), Edges.PLANE)
    assert area_of(place_of(area)) == area


@given(st.integers(1, 100_000))
def test_miles_come_back_exactly(tenths: int) -> None:
    area = Circle((0.0, 0.0), tenths / 100 * 1852.0, tenths / 100)
    back = area_of(place_of(area))
    assert isinstance(back, Circle)
    assert back.radius_nm == area.radius_nm
    assert back.radius_m == pytest.approx(area.radius_m, abs=0.001)


def test_what_cannot_be_held() -> None:
    for area in (Point((float("nan"), 0.0)), Point((200.0, 0.0)), Point((0.0, 91.0)), Polygon(RING[:2])):
        with pytest.raises(BadField):
            place_of(area)
    with pytest.raises(BadField):
        span_of(Window(Instant(-1), None))
    assert len(place_of(Point((0.0, 0.0), "x" * 999)).name) == 256


@pytest.mark.parametrize("kind", EndKind)
def test_a_window_comes_back(kind: EndKind) -> None:
    for window in (Window(Instant(5), Instant(9), kind), Window(Instant(5), None, kind)):
        assert window_of(span_of(window)) == window
