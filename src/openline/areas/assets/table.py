"""Assets from CSV (RFC 4180): name, lat, lon, time, and if known course (degrees true) and speed (knots).

The first line names the columns, in any order; others are not read. Rows of one name are one asset's track. A time is
RFC 3339 with its offset from UTC; without one the asset stays where it is.
"""

from __future__ import annotations

import csv
import re
from typing import Final

from openline.areas.assets.asset import KNOT_M_PER_S, Assets, Fix, fix_fault, gathered
from openline.areas.reading import Refused
from openline.areas.times import read_time
from openline.errors import BadEncoding, BadField, TooLarge
from openline.limits import ASSET_ROWS_MAX, READING_FILE_MAX_BYTES

NAMES: Final = {"latitude": "lat", "longitude": "lon", "long": "lon", "lng": "lon", "cog": "course", "sog": "speed"}
NEEDED: Final = ("name", "lat", "lon")
_NUMBER = re.compile(r"[+-]?\d{1,6}(\.\d{0,20})?", re.ASCII)


def read_table(source: bytes) -> Assets:
    """Every asset of the table. Raises `TooLarge`, `BadEncoding`, or `BadField` where a needed column is missing."""
    if len(source) > READING_FILE_MAX_BYTES:
        raise TooLarge(f"A file of {len(source)} bytes; {READING_FILE_MAX_BYTES} are the most.")
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadEncoding("The table is not UTF-8.") from error
    rows = csv.reader(text.splitlines(keepends=True))
    fixes: list[tuple[str, Fix]] = []
    refused: list[Refused] = []
    columns: dict[str, int] | None = None
    while True:
        try:
            row = next(rows)
        except StopIteration:
            break
        except csv.Error as error:
            refused.append(Refused("", 0, 0, f"Line {rows.line_num}: {error}."))
            continue
        if not any(cell.strip() for cell in row):
            continue
        if columns is None:
            columns = _columns(row)
            continue
        if rows.line_num > ASSET_ROWS_MAX:
            raise TooLarge(f"A table of more than {ASSET_ROWS_MAX} lines.")
        read = _row({name: row[at].strip() for name, at in columns.items() if at < len(row)})
        if isinstance(read, str):
            refused.append(Refused(",".join(row)[:200], 0, 0, f"Line {rows.line_num}: {read}"))
        else:
            fixes.append(read)
    if columns is None:
        raise BadField("The table is empty.")
    return gathered(fixes, refused)


def _columns(row: list[str]) -> dict[str, int]:
    said = [cell.strip().lower() for cell in row]
    columns = {NAMES.get(name, name): at for at, name in enumerate(said)}
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise BadField(f"The first line must name the columns; {', '.join(missing)} is missing.")
    return columns


def _row(cells: dict[str, str]) -> tuple[str, Fix] | str:
    if not cells.get("name"):
        return "No name."
    at = read_time(cells.get("time", ""))
    if cells.get("time") and at is None:
        return "Not a time with its offset from UTC."
    numbers: dict[str, float | None] = {}
    for name in ("lat", "lon", "course", "speed"):
        words = cells.get(name, "")
        if words and not _NUMBER.fullmatch(words):
            return f"{name} is no number."
        numbers[name] = float(words) if words else None
    lon, lat, speed = numbers["lon"], numbers["lat"], numbers["speed"]
    if lon is None or lat is None:
        return "No position."
    fix = Fix((lon, lat), at, numbers["course"], None if speed is None else speed * KNOT_M_PER_S)
    return fix_fault(fix) or (cells["name"], fix)
