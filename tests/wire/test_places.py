"""Areas and windows in entries: what fits is read, anything else is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadField, PeerError
from openline.terms import Instant
from openline.wire.places import PLACE, SPAN, End, Hole, Place, Shape, Span, check_place, check_span

CIRCLE = Place(shape=Shape.CIRCLE, at=(1, 2), length=5)
RING = (0, 0, 10, 0, 10, 10)
POLYGON = Place(shape=Shape.POLYGON, at=RING, holes=(Hole(RING),), closed=True)


@pytest.mark.parametrize(
    "place", [CIRCLE, POLYGON, Place(shape=Shape.NAMED, name="Sea"), Place(shape=Shape.TRACK, at=(0, 0, 1, 1))]
)
def test_each_comes_back(place: Place) -> None:
    assert check_place(PLACE.decode(PLACE.item(place))) == place


@pytest.mark.parametrize(
    "place",
    [
        Place(shape=Shape.POINT),
        Place(shape=Shape.POINT, at=(1, 2, 3, 4)),
        Place(shape=Shape.POINT, at=(1, 2), length=5),
        Place(shape=Shape.CIRCLE, at=(1, 2)),
        Place(shape=Shape.POLYGON, at=RING[:4]),
        Place(shape=Shape.POLYGON, at=(*RING, 1)),
        Place(shape=Shape.POLYGON, at=RING, holes=(Hole((1, 2)),)),
        Place(shape=Shape.TRACK, at=(0, 0, 1, 1), holes=(Hole(RING),)),
        Place(shape=Shape.TRACK, at=(0, 900_000_001, 1, 1)),
        Place(shape=Shape.NAMED, name=" "),
        Place(shape=Shape.POLYGON, at=(0, 0) * 10_001),
    ],
    ids=range(11),
)
def test_what_can_be_no_area(place: Place) -> None:
    with pytest.raises(BadField):
        check_place(place)


def test_windows() -> None:
    span = Span(Instant(5), Instant(9), End.EST)
    assert SPAN.decode(SPAN.item(span)) == span
    assert check_span(Span(Instant(5))) == Span(Instant(5))
    with pytest.raises(BadField):
        check_span(Span(Instant(5), Instant(4)))


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for codec in (PLACE, SPAN):
        try:
            codec.decode(data)
        except PeerError:
            continue
