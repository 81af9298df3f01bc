"""A sketch of areas as SVG: graticule, areas, no coast and no borders.

The projection is azimuthal equidistant about the middle of what is shown (Snyder, USGS PP 1395, chapter 25), so that
areas at a pole or across the antimeridian look like any other.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from html import escape
from typing import Final

from openline.areas.shapes import Area, Named, Position
from openline.areas.where import Outline, outline
from openline.areas.writing.words import letter

SIZE: Final = 480
STEPS: Final = (30.0, 15.0, 10.0, 5.0, 2.0, 1.0, 0.5, 0.25, 0.1, 0.05)
HALF_MIN_DEGREES: Final = 0.1
AROUND: Final = 1.25
"""How much more than the areas is shown."""

Projection = Callable[[Position], tuple[float, float]]


def sketch(areas: Iterable[Area]) -> str:
    """One `<svg>` element of lettered areas; empty where nothing can be drawn."""
    outlines = [(number, outline(area)) for number, area in enumerate(areas) if not isinstance(area, Named)]
    places = [place for _, found in outlines for place in _places(found)]
    if not places:
        return ""
    center = _middle(places)
    half = max(max(math.degrees(_apart(center, place)) for place in places) * AROUND, HALF_MIN_DEGREES)
    project = _projection(center, SIZE / 2 / half)
    body = "".join(_drawn(number, found, project) for number, found in outlines)
    frame = f'<rect x="0.5" y="0.5" width="{SIZE - 1}" height="{SIZE - 1}" class="frame"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" role="img">'
        f"<title>Sketch of the areas; not for navigation</title>{_graticule(center, half, project)}{body}{frame}</svg>"
    )


def _places(found: Outline) -> list[Position]:
    rings = [ring for polygon in found.polygons for ring in polygon]
    return [place for line in (*rings, *found.lines) for place in line] + list(found.points)


def _middle(places: list[Position]) -> Position:
    """The direction of the mean of all places on a sphere."""
    x = y = z = 0.0
    for lon, lat in places:
        across, up = math.radians(lon), math.radians(lat)
        x += math.cos(up) * math.cos(across)
        y += math.cos(up) * math.sin(across)
        z += math.sin(up)
    return (math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y))))


def _apart(one: Position, other: Position) -> float:
    """The angle between two places on a sphere, radians (haversine)."""
    across, up = math.radians(other[0] - one[0]) / 2, math.radians(other[1] - one[1]) / 2
    square = (
        math.sin(up) ** 2 + math.cos(math.radians(one[1])) * math.cos(math.radians(other[1])) * math.sin(across) ** 2
    )
    return 2 * math.asin(min(1.0, math.sqrt(square)))


def _projection(center: Position, scale: float) -> Projection:
    lon0, lat0 = math.radians(center[0]), math.radians(center[1])

    def project(place: Position) -> tuple[float, float]:
        lon, lat = math.radians(place[0]) - lon0, math.radians(place[1])
        apart = _apart(center, place)
        stretch = scale * math.degrees(apart) / (math.sin(apart) or 1.0)
        east = math.cos(lat) * math.sin(lon)
        north = math.cos(lat0) * math.sin(lat) - math.sin(lat0) * math.cos(lat) * math.cos(lon)
        return (SIZE / 2 + stretch * east, SIZE / 2 - stretch * north)

    return project


def _drawn(number: int, found: Outline, project: Projection) -> str:
    fills = "".join(_path(ring, project) + "Z" for polygon in found.polygons for ring in polygon)
    rings = [ring for polygon in found.polygons for ring in polygon]
    strokes = "".join(_stroke(ring, project) for ring in (*rings, *found.lines))
    dots = "".join('<circle cx="{:.1f}" cy="{:.1f}" r="3"/>'.format(*project(place)) for place in found.points)
    x, y = project(_middle(_places(found)))
    name = f'<text x="{x:.1f}" y="{y:.1f}">{escape(letter(number))}</text>'
    filled = f'<path class="fill" d="{fills}"/>' if fills else ""
    return f'<g class="area">{filled}<path class="edge" d="{strokes}"/>{dots}{name}</g>'


def _stroke(line: tuple[Position, ...], project: Projection) -> str:
    """A line without the seams at which the outline was cut or closed: those are not edges."""
    parts, pen = [], False
    for start, end in zip(line, line[1:], strict=False):
        seam = abs(start[0]) == abs(end[0]) == 180.0 or abs(start[1]) == abs(end[1]) == 90.0
        if seam:
            pen = False
            continue
        if not pen:
            parts.append("M{:.1f} {:.1f}".format(*project(start)))
        parts.append("L{:.1f} {:.1f}".format(*project(end)))
        pen = True
    return "".join(parts)


def _path(line: Iterable[Position], project: Projection) -> str:
    return "".join("{}{:.1f} {:.1f}".format("L" if at else "M", *project(place)) for at, place in enumerate(line))


def _graticule(center: Position, half: float, project: Projection) -> str:
    step = next((each for each in STEPS if half / each >= 2), STEPS[-1])
    south, north = max(center[1] - half, -90.0), min(center[1] + half, 90.0)
    highest = min(max(abs(south), abs(north)), 89.0)
    wide = 180.0 if center[1] + half > 89.0 or center[1] - half < -89.0 else half / math.cos(math.radians(highest))
    across = wide if wide < 180.0 else 180.0
    step_lon = next((each for each in reversed(STEPS) if each >= step and across / each <= 12), STEPS[0])
    west, east = center[0] - across, center[0] + across
    lats = [lat for lat in _ticks(south, north, step) if abs(lat) < 90.0]
    lons = _ticks(west, east - (1e-9 if across == 180.0 else 0.0), step_lon)
    curves = [[(west + (east - west) * at / 60, lat) for at in range(61)] for lat in lats]
    curves += [[(lon, south + (north - south) * at / 30) for at in range(31)] for lon in lons]
    lines = "".join(_path(curve, project) for curve in curves)
    names = [(f"{abs(lat):g}{'S' if lat < 0 else 'N'}", curve) for lat, curve in zip(lats, curves, strict=False)]
    names += [(_longitude(lon), curve) for lon, curve in zip(lons, curves[len(lats) :], strict=True)]
    labels = "".join(_label(name, map(project, curve)) for name, curve in names)
    return f'<path class="grid" d="{lines}"/><g class="names">{labels}</g>'


def _ticks(first: float, last: float, step: float) -> list[float]:
    return [round(at * step, 6) for at in range(math.ceil(first / step), math.floor(last / step) + 1)]


def _longitude(lon: float) -> str:
    lon = math.remainder(lon, 360.0)
    return f"{abs(lon):g}" + ("" if abs(lon) in {0.0, 180.0} else "W" if lon < 0 else "E")


def _label(name: str, points: Iterable[tuple[float, float]]) -> str:
    """At the first point of a line that is well within the frame."""
    inside = [(x, y) for x, y in points if 4 < x < SIZE - 44 and 14 < y < SIZE - 4]
    if not inside:
        return ""
    return f'<text x="{inside[0][0]:.1f}" y="{inside[0][1] - 2:.1f}">{escape(name)}</text>'
