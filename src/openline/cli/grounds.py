"""Areas and windows as people type them: words as in warnings, GeoJSON files, START/END."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from openline.areas.shapes import Area
from openline.areas.typed import typed
from openline.areas.windows import EndKind, Window
from openline.cli import times
from openline.errors import Misuse, PeerError
from openline.limits import READING_FILE_MAX_BYTES
from openline.post.home import homes
from openline.terms import Instant

Areas = Annotated[
    tuple[str, ...],
    Parameter(
        name="--area",
        help="Where, as warnings say it: '34-15N 033-30E, 34-15N 034-30E, 35-00N 034-00E', "
        "'within 5 miles of 34-15N 033-30E'; repeat for several.",
    ),
]
AreaFile = Annotated[Path | None, Parameter(help="A GeoJSON file with the areas.")]
Windows = Annotated[
    tuple[str, ...],
    Parameter(name="--window", help="START/END, UTC times or spans from now; END may be empty; repeat for several."),
]
Alternates = Annotated[tuple[str, ...], Parameter(name="--alternate", help="A window of reserve, as --window.")]


def areas(said: tuple[str, ...], file: Path | None) -> tuple[Area, ...]:
    """The areas that a person named. Raises Misuse with what was not understood."""
    found = [each for text in said for each in typed(text)]
    if file is not None:
        found += _of_file(file)
    return tuple(found)


def _of_file(file: Path) -> list[Area]:
    from openline.areas.geojson import read_geojson

    try:
        readings = read_geojson(homes.read_file(file.expanduser(), READING_FILE_MAX_BYTES))
    except PeerError as error:
        raise Misuse(f"{file.name}: {error}") from None
    refused = [each.why for reading in readings for each in reading.refused]
    found = [area for reading in readings for area in reading.areas]
    if refused or not found:
        raise Misuse(f"{file.name}: {refused[0] if refused else 'there is no area in it.'}")
    return found


def windows(said: tuple[str, ...]) -> tuple[Window, ...]:
    """The windows that a person named. Raises Misuse."""
    return tuple(_window(text) for text in said)


def _window(text: str) -> Window:
    start, slash, end = text.partition("/")
    if not slash:
        raise Misuse(f"{text!r} is no window: write START/END, as 2024-12-01T06:00Z/2024-12-01T18:00Z.")
    begins = Instant(times.instant_or_span(start.strip()))
    if not end.strip():
        return Window(begins, None, EndKind.PERM)
    ends = Instant(times.instant_or_span(end.strip()))
    if ends < begins:
        raise Misuse(f"{text!r} ends before it begins.")
    return Window(begins, ends)


def fields(said: tuple[str, ...]) -> dict[str, str]:
    """CODE=TEXT, several of them. Raises Misuse."""
    found: dict[str, str] = {}
    for text in said:
        code, equals, value = text.partition("=")
        if not equals or not code.strip():
            raise Misuse(f"{text!r} is no field: write CODE=TEXT, as weapons='naval guns'.")
        found[code.strip()] = value
    return found


def contacts(said: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """NAME:MEANS, several of them. Raises Misuse."""
    found = []
    for text in said:
        name, colon, means = text.partition(":")
        if not colon or not name.strip() or not means.strip():
            raise Misuse(f"{text!r} is no contact: write NAME:MEANS, as 'Convoy lead:satellite +00 1'.")
        found.append((name.strip(), means.strip()))
    return tuple(found)
