"""Positions, areas and windows in the words of navigational warnings, and text made harmless.

Degrees and minutes, latitude first; NAVAREA practice (IHO S-53, Joint Manual on Maritime Safety Information).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby

from openline.areas.shapes import METRES_PER_NM, Area, Circle, Edges, Named, Point, Polygon, Position, Track
from openline.areas.times import MONTHS, moment, write_group
from openline.areas.windows import EndKind, Window
from openline.terms import Instant

MINUTE = 60_000
DAY = 24 * 60 * MINUTE
YEAR_UNSAID_DAYS = 60
JOINERS = "\u200c\u200d"
"""Formatting characters that Persian and Indic words are written with."""

DECIMALS_MAX = 4
"""Of a minute of arc: 20 centimetres."""


def plain(text: str) -> str:
    """Text in one line, without control characters, overrides of direction or lone surrogates."""
    return " ".join("".join(char if _shown(char) else " " for char in text).split())


def _shown(char: str) -> bool:
    return char in JOINERS or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def decimals(positions: Iterable[Position]) -> int:
    """How many decimals of a minute these positions need, so that nothing above 20 centimetres is lost."""
    numbers = [abs(number) * 60 for position in positions for number in position]
    enough = (count for count in range(DECIMALS_MAX) if all(abs(round(each, count) - each) < 1e-4 for each in numbers))
    return next(enough, DECIMALS_MAX)


def position_words(position: Position, count: int) -> str:
    """34-15.00N 033-30.00E."""
    lon, lat = position
    return f"{_angle(lat, 2, count)}{'S' if lat < 0 else 'N'} {_angle(lon, 3, count)}{'W' if lon < 0 else 'E'}"


def letter(number: int) -> str:
    """A to Z, then AA, AB and so on."""
    return (chr(64 + number // 26) if number >= 26 else "") + chr(65 + number % 26)


def miles(metres: float, stated: float | None = None) -> str:
    """A length in nautical miles, as the source stated it where it did."""
    return f"{round(metres / METRES_PER_NM if stated is None else stated, 4):.10g}"


def area_words(area: Area, *, listed: bool = False) -> list[str]:
    """An area in lines of words; the first goes on from the sentence before, or stands in a list of areas."""
    start = "" if listed else "IN AREA "
    match area:
        case Point(position):
            return [f"IN VICINITY OF {position_words(position, decimals([position]))}"]
        case Circle(center, radius_m, radius_nm):
            return [f"{start}WITHIN {miles(radius_m, radius_nm)} MILES OF {position_words(center, decimals([center]))}"]
        case Polygon(ring, edges, holes):
            lines = [f"{start}BOUND BY{_edges(edges)}", *_list(ring)]
            for hole in holes:
                lines += ["EXCLUDING AREA BOUND BY", *_list(hole)]
            return lines
        case Track(positions, half_width_m, edges):
            near = f"WITHIN {miles(half_width_m)} MILES OF" if half_width_m else "ALONG"
            return [f"{near}{_edges(edges) or ' TRACKLINE JOINING'}", *_list(positions)]
        case Named(name):
            return [f"IN {plain(name).upper()}"]


def window_words(windows: tuple[Window, ...], issued: Instant) -> list[str]:
    """Each window with day, hour and month; three or more at the same hours of days in a row as one daily line."""
    said: list[str] = []
    for run in _runs(windows):
        first, last = run[0], run[-1]
        if len(run) < 3 or not _within_month(first, last):
            said += [_single(window, issued) for window in run]
            continue
        start, end = moment(first.start), moment(last.start)
        hours = f"{start:%H%M}Z TO {moment(_ceiled(first.end or first.start)):%H%M}Z"
        said.append(f"{hours} DAILY {start:%d} THRU {end:%d} {MONTHS[end.month - 1]}{_year(last.start, issued)}")
    return said


def _single(window: Window, issued: Instant) -> str:
    start = f"{write_group(window.start, year=False)}{_year(window.start, issued)}"
    if window.end is None:
        return f"{start} UNTIL FURTHER NOTICE"
    end = _ceiled(window.end)
    said = f"{write_group(end, year=False)}{_year(end, issued)}"
    estimated = " ESTIMATED" if window.end_kind is EndKind.EST else ""
    if start.split()[1:] == said.split()[1:]:
        start = start.split()[0]
    return f"{start} TO {said}{estimated}"


def _runs(windows: tuple[Window, ...]) -> Iterator[list[Window]]:
    """Windows of the same length, each a day after the one before."""
    keyed = enumerate(windows)
    for _, group in groupby(keyed, lambda item: (item[1].start - item[0] * DAY, _length(item[1]), item[1].end_kind)):
        yield [window for _, window in group]


def _length(window: Window) -> int | None:
    return None if window.end is None else window.end - window.start


def _within_month(first: Window, last: Window) -> bool:
    """Whether a run can be said in one line: each window ends on the day on which it starts, all in one month."""
    if first.end is None or last.end is None:
        return False
    start, end = moment(first.start), moment(last.start)
    same_day = moment(_ceiled(first.end)).date() == start.date()
    return same_day and (start.year, start.month) == (end.year, end.month)


def _year(at: Instant, issued: Instant) -> str:
    """The year, where it is not that of the issue or the day is so far off that a reader could take another."""
    plainly = moment(at).year == moment(issued).year and abs(at - issued) < YEAR_UNSAID_DAYS * DAY
    return "" if plainly else f" {moment(at):%y}"


def _ceiled(at: Instant) -> Instant:
    """A time to the minute that is not too early."""
    return Instant(-(-at // MINUTE) * MINUTE)


def _list(positions: tuple[Position, ...]) -> list[str]:
    """Two positions a line."""
    ring = positions[:-1] if len(positions) > 3 and positions[0] == positions[-1] else positions
    count = decimals(ring)
    words = [position_words(position, count) for position in ring]
    pairs = [", ".join(words[at : at + 2]) for at in range(0, len(words), 2)]
    return [f"{line}," for line in pairs[:-1]] + pairs[-1:]


def _edges(edges: Edges) -> str:
    """A chart's edges are rhumb lines; others are named, in words that no reader of warnings takes for a chart's."""
    match edges:
        case Edges.GEODESIC:
            return " GEODESICS JOINING"
        case Edges.PLANE:
            return " LINES STRAIGHT IN LATITUDE AND LONGITUDE JOINING"
        case Edges.RHUMB | Edges.UNSTATED:
            return ""


def _angle(number: float, width: int, count: int) -> str:
    """Whole degrees and minutes; rounded before they are parted, so that no minute is 60."""
    total = round(abs(number) * 60, count)
    degrees, minutes = divmod(total, 60)
    size = 2 if count == 0 else 3 + count
    said = f"{minutes:0{size}.{count}f}"
    if float(said) >= 60:
        degrees, said = degrees + 1, f"{0:0{size}.{count}f}"
    return f"{int(degrees):0{width}d}-{said}"
