"""Place phrases: areas, circles, lines, points, each with what is refused of it."""

from __future__ import annotations

import pytest

from openline.areas.navwarn.places import label_here, number_here
from openline.areas.shapes import Circle, Edges, Point, Polygon, Track
from tests.areas.navwarn.warnings import codes, operation, refused, words

RING = "12-00N 017-00W, 12-00N 018-00W, 13-00N 018-00W"
CORNERS = ((-17.0, 12.0), (-18.0, 12.0), (-18.0, 13.0))


@pytest.mark.parametrize(
    "place",
    [
        f"IN AREA BOUND BY {RING}",
        f"IN AREA BOUND BY: {RING}",
        f"IN AREA BOUNDED BY {RING}",
        f"IN AREA DELIMITED BY: {RING.replace(',', '')}",
        f"BOUND BY {RING.replace(', 13', ' AND 13')}",
        f"IN AREA BOUND BY {RING.replace(', 13', '. 13')}",
        f"IN AREA BOUND {RING}",
        f"IN AREA BOUND\n   BY IN AREA BOUND BY {RING}",
    ],
)
def test_an_area(place: str) -> None:
    assert operation(place=place).areas == (Polygon(CORNERS, Edges.RHUMB),)


def test_an_area_for_each_letter() -> None:
    reading = operation(place=f"IN AREAS BOUND BY:\n   A. {RING}.\n   B. {RING}, 12-00N 017-00W")
    assert reading.areas == (
        Polygon(CORNERS, Edges.RHUMB, label="A"),
        Polygon(CORNERS, Edges.RHUMB, label="B", closed=True),
    )
    assert refused(reading) == []


@pytest.mark.parametrize(
    ("place", "metres", "miles"),
    [
        ("WITHIN TEN MILES OF", 18520, 10),
        ("WITHIN TEN MILES", 18520, 10),
        ("IN AREA WITHIN .5 MILES OF", 926, 0.5),
        ("IN AREA WITHIN 1.6 MILES OF", 2963.2, 1.6),
        ("WITHIN TWENTY FIVE MILES OF", 46300, 25),
        ("WITHIN TWENTY-FIVE MILES OF", 46300, 25),
        ("WITHIN ONE HUNDRED TEN MILES OF", 203720, 110),
        ("WITHIN A RADIUS OF 2 NM OF", 3704, 2),
        ("WITHIN FIVE MILE RADIUS OF", 9260, 5),
        ("WITHIN 15 KM OF", 15000, None),
        ("WITHIN 15KM OF", 15000, None),
        ("IN AREA WITHIN 1000 METERS OF", 1000, None),
        ("WITHIN 500 YARDS OF", 457.2, None),
    ],
)
def test_a_circle(place: str, metres: float, miles: float | None) -> None:
    reading = operation(place=f"{place} 12-30N 017-30W")
    (circle,) = reading.areas
    assert isinstance(circle, Circle)
    assert circle.radius_m == pytest.approx(metres)
    assert (circle.center, circle.radius_nm) == ((-17.5, 12.5), miles)
    assert refused(reading) == []


def test_circles_around_several() -> None:
    reading = operation(place="IN AREAS WITHIN TWO MILES OF: A. 12-30N 017-30W. B. 13-30N 018-30W")
    assert [(each.label, type(each)) for each in reading.areas] == [("A", Circle), ("B", Circle)]
    reading = operation(place="WITHIN TWO MILES OF 12-30N 017-30W AND 13-30N 018-30W")
    assert [type(each) for each in reading.areas] == [Circle, Circle]


@pytest.mark.parametrize(
    ("place", "width"),
    [
        ("ALONG TRACKLINE JOINING 12-30N 017-30W, 13-30N 018-30W", 0),
        ("IN VICINITY OF TRACKLINE JOINING SAN SEBASTIAN (12-30N 017-30W) AND PORT ROYAL (13-30N 018-30W)", 0),
        ("WITHIN 200M OF TRACKLINE JOINING 12-30N 017-30W, 13-30N 018-30W", 200),
        ("WITHIN TWO MILES OF LINE BETWEEN 12-30N 017-30W AND 13-30N 018-30W", 3704),
    ],
)
def test_a_line(place: str, width: float) -> None:
    reading = operation(place=place)
    assert reading.areas == (Track(((-17.5, 12.5), (-18.5, 13.5)), width, Edges.RHUMB),)
    assert refused(reading) == []


def test_things_in_places() -> None:
    reading = operation(time="", place="BUOYS IN:\n  A. 12-30N 017-30W.\n  B. RIG 100 13-30N 018-30W")
    assert reading.areas == (Point((-17.5, 12.5), "A"), Point((-18.5, 13.5), "B"))
    assert refused(reading) == []


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("IN AREA BOUND BY 12-00N 017-00W, 12-00N 018-00W", "12-00N 017-00W, 12-00N 018-00W"),
        ("IN AREA BOUND BY THE COAST", "IN AREA BOUND BY"),
        ("IN AREA BUND BY 12-00N 017-00W, 12-00N 018-00W", "12-00N 018-00W"),
        ("WITHIN TE MILES OF 12-00N 017-00W", "WITHIN"),
        ("WITHN TEN MILES OF 12-00N 017-00W", "TEN MILES"),
        ("WITHN 10 MILES OF 12-00N 017-00W", "10 MILES"),
        ("WITHIN TEN SIX MILES OF 12-00N 017-00W", "WITHIN TEN SIX MILES"),
        (f"IN AREA BOUND BY {RING}, THENCE ALONG COASTLINE", "THENCE ALONG COASTLINE"),
        (f"IN AREA BOUND BY {RING} AND OUTSIDE 12-30N 017-30W", "OUTSIDE"),
        ("NORTH OF 12-30N", "12-30N"),
        (f"IN AREAS BOUND BY: A. {RING}. C. {RING}", "12-00N 017-00W"),
        (f"IN AREAS BOUND BY: A. {RING}, . {RING}", "12-00N 017-00W"),
        ("ALONG TRACKLINE JOINING 12-30N 017-30W", "12-30N 017-30W"),
        ("WITHIN 30 MILES OF 12-30N 017-30W BETWEEN BEARINGS 045 AND 090", "045 AND 090"),
    ],
)
def test_what_is_not_understood_is_refused(place: str, words: str) -> None:
    assert any(words in each for each in refused(operation(place=place))), refused(operation(place=place))


def test_a_flat_area_is_kept_and_flagged() -> None:
    assert "no-area" in codes(operation(place="IN AREA BOUND BY 12-00N 017-00W, 12-00N 018-00W, 12-00N 017-00W"))


def test_numbers_in_words() -> None:
    assert number_here(words("ONE HUNDRED TWENTY FIVE MILES")) == (125.0, 4)
    assert number_here(words("TEN SIX")) is None
    assert number_here(words("MILES")) is None


@pytest.mark.parametrize(
    ("text", "before", "is_one"),
    [("A. X", "", True), ("B. X", "", False), ("AA. X", "Z", True), ("U.A.E.", "T", False), ("AAA. X", "AZ", True)],
)
def test_letters_come_in_their_order(text: str, before: str, is_one: bool) -> None:
    assert label_here(words(text), before) is is_one


@pytest.mark.parametrize(
    "place",
    [
        "IN AREA BETWEEN 12-00N 13-00N AND 018-00W 017-00W",
        "IN AREA BETWEEN 12-00N AND 13-00N AND 018-00W AND 017-00W",
        "IN AREA BOUND BY 12-00N 13-00N AND 018-00W 017-00W",
    ],
)
def test_between_parallels_and_meridians(place: str) -> None:
    reading = operation(place=place)
    corners = ((-18.0, 12.0), (-17.0, 12.0), (-17.0, 13.0), (-18.0, 13.0))
    assert (reading.areas, refused(reading)) == ((Polygon(corners, Edges.RHUMB),), [])


def test_between_for_a_letter_of_a_list() -> None:
    reading = operation(place=f"IN AREAS:\n   A. BOUND BY {RING}.\n   B. BETWEEN 12-00N 13-00N AND 018-00W 017-00W")
    assert [area.label for area in reading.areas] == ["A", "B"]
    listed = operation(
        place="IN AREAS BETWEEN:\n   A. 12-00N 13-00N AND 018-00W 017-00W.\n   B. 1-00N 2-00N AND 018-00W 017-00W"
    )
    assert ([area.label for area in listed.areas], refused(listed)) == (["A", "B"], [])


@pytest.mark.parametrize(
    "place",
    [
        "IN AREA BETWEEN 12-00N 12-00N AND 018-00W 017-00W",
        "IN AREA BETWEEN 12-00N 13-60N AND 018-00W 017-00W",
        "IN AREA BETWEEN 12-00N 018-00W AND 13-00N 017-00W",
        "IN AREA BETWEEN 12-00N 13-00N AND 018-00W",
        "WITHIN 20 MILES OF 12-00N 017-00W BETWEEN 270 DEGREES AND 360 DEGREES",
    ],
)
def test_between_anything_else_is_refused(place: str) -> None:
    assert refused(operation(place=place)) != []


def test_a_radius_for_each_letter() -> None:
    reading = operation(place="IN AREAS WITHIN:\n   A. 30 MILES OF 12-00N 017-00W\n   B. TEN MILES OF 13-00N 017-00W")
    assert reading.areas == (
        Circle((-17.0, 12.0), 55560.0, 30.0, "A"),
        Circle((-17.0, 13.0), 18520.0, 10.0, "B"),
    )
    assert refused(reading) == []
