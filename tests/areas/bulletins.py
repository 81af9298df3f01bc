"""Bulletins for tests: a firing exercise, and one with everything in it."""

from __future__ import annotations

from openline.areas.bulletin import Bulletin, Change, Earlier, Said
from openline.areas.shapes import METRES_PER_NM, Circle, Edges, Named, Point, Polygon, Track
from openline.areas.windows import EndKind, Window
from openline.terms import Instant, TrafficClass

HOUR = 3_600_000
DAY = 24 * HOUR
ISSUED = Instant(1_732_708_800_000)
"""27 November 2024, 12:00 UTC."""


def window(day: int, first: int, last: int) -> Window:
    """From an hour until an hour of a day, counted from the day of issue."""
    midnight = ISSUED - 12 * HOUR + day * DAY
    return Window(Instant(midnight + first * HOUR), Instant(midnight + last * HOUR))


FIRING = Bulletin(
    title="GUNNERY EXERCISES",
    form="Live-fire exercise",
    sender="Channel Post",
    serial="CHANNEL 12/24",
    issued=ISSUED,
    windows=(window(3, 6, 16), window(4, 6, 16)),
    areas=(Polygon(((33.5, 34.25), (34.5, 34.25), (34.5, 35.0), (33.5, 35.0)), Edges.RHUMB),),
    fields=(Said("Vessels", "Two frigates"),),
    self_cancel=Instant(window(4, 6, 17).end or 0),
)

EVERYTHING = Bulletin(
    title="SPACE LAUNCH <debris> & more",
    form="Space launch",
    sender='"Range" & <Control>',
    serial="RANGE 7/24",
    issued=ISSUED,
    windows=(window(1, 1, 5), Window(Instant(ISSUED + 5 * DAY), None, EndKind.PERM)),
    alternate_windows=(window(2, 1, 5),),
    areas=(
        Circle((178.5, -30.0), 120 * METRES_PER_NM, 120.0),
        Polygon(((170.0, 40.0), (-170.0, 40.0), (-170.0, 50.0), (170.0, 50.0)), Edges.GEODESIC, label="Stage 1"),
        Track(((10.0, 60.0), (12.0, 61.0), (15.0, 61.5)), 5 * METRES_PER_NM, Edges.RHUMB),
        Track(((10.0, 60.0), (12.0, 61.0)), edges=Edges.RHUMB),
        Point((-61.5, 12.25), "Buoy"),
        Named("BLACK SEA"),
        Polygon(((0.0, 84.0), (120.0, 84.0), (-120.0, 84.0)), Edges.RHUMB),
        Polygon(
            ((5.0, 50.0), (7.0, 50.0), (7.0, 52.0), (5.0, 52.0)),
            Edges.PLANE,
            (((5.5, 50.5), (6.0, 50.5), (6.0, 51.0)),),
        ),
    ),
    fields=(Said("Réponse", "<script>alert('x')</script> \x07 ]]>"), Said("العربية", "إطلاق")),
    language="fr",
    traffic=TrafficClass.EXERCISE,
    change=Change.REPLACES,
    names=(Earlier("RANGE 6/24", Instant(ISSUED - DAY)), Earlier("RANGE 5/24", Instant(ISSUED - 2 * DAY))),
    references=("RANGE 1/24",),
    remarks=("A notice is not permission.",),
)
