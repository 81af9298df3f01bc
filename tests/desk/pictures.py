"""Pictures of pages for the documents, taken where OPENLINE_PICTURES is 1; else it is looked whether they are there.

A picture is kept with 256 colours at most, which is what a page of text needs, and so is small (PNG, W3C, second
edition).
"""

from __future__ import annotations

import os
import struct
import zlib
from collections import Counter
from pathlib import Path
from typing import Final

from playwright.sync_api import Page

from tests.desk.browsing import ROOT

FOLDER: Final = ROOT / "docs/images"
TAKING: Final = os.environ.get("OPENLINE_PICTURES") == "1"
PICTURE_MAX_BYTES: Final = 150_000
COLOURS_MAX: Final = 256
SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
CHANNELS: Final = {2: 3, 6: 4}
"""Of the colour types that a browser writes: red, green, blue, and opacity or not."""

Colour = tuple[int, ...]


def take(page: Page, name: str) -> None:
    """Take the picture NAME.png of what a page shows in its window, or look whether it is there, as large and small."""
    file = FOLDER / f"{name}.png"
    if TAKING:
        file.write_bytes(small(page.screenshot(animations="disabled")))
    size = page.viewport_size
    assert size is not None
    assert measured(file) == (size["width"], size["height"]), f"{file.name} is of another size: run `make pictures`"
    assert file.stat().st_size <= PICTURE_MAX_BYTES, file.name


def measured(file: Path) -> tuple[int, int]:
    """Width and height of a picture."""
    data = file.read_bytes()
    assert data.startswith(SIGNATURE)
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def small(png: bytes) -> bytes:
    """The same picture with at most 256 colours: the rarest become the nearest of the others."""
    width, height, rows = pixels(png)
    counted = Counter(colour for row in rows for colour in row)
    palette = [colour for colour, _ in counted.most_common(COLOURS_MAX)]
    places = {colour: at for at, colour in enumerate(palette)}
    for colour in counted:
        if colour not in places:
            places[colour] = min(range(len(palette)), key=lambda at: distance(palette[at], colour))
    lines = b"".join(b"\0" + bytes(places[colour] for colour in row) for row in rows)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    colours = b"".join(bytes(colour) for colour in palette)
    chunks = ((b"IHDR", head), (b"PLTE", colours), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return SIGNATURE + b"".join(chunk(name, data) for name, data in chunks)


def distance(one: Colour, other: Colour) -> int:
    """How far two colours are from each other."""
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def chunk(name: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def pixels(png: bytes) -> tuple[int, int, list[list[Colour]]]:
    """Width, height and the colours of each row, of a picture as browsers write it: eight bits, not interlaced."""
    at, data, head = len(SIGNATURE), b"", b""
    while at < len(png):
        length, name = struct.unpack(">I4s", png[at : at + 8])
        body = png[at + 8 : at + 8 + length]
        head = body if name == b"IHDR" else head
        data += body if name == b"IDAT" else b""
        at += 12 + length
    width, height, depth, sort, _, _, interlaced = struct.unpack(">IIBBBBB", head)
    assert (depth, interlaced) == (8, 0)
    step = CHANNELS[sort]
    raw, long = zlib.decompress(data), width * step
    rows, before = [], bytearray(long)
    for line in range(height):
        start = line * (long + 1)
        before = unfiltered(raw[start], bytearray(raw[start + 1 : start + 1 + long]), before, step)
        rows.append([tuple(before[each : each + 3]) for each in range(0, long, step)])
    return width, height, rows


def unfiltered(sort: int, row: bytearray, above: bytearray, step: int) -> bytearray:
    """A row without its filter (PNG, section 9)."""
    for at in range(len(row)):
        left = row[at - step] if at >= step else 0
        corner = above[at - step] if at >= step else 0
        if sort == 1:
            guess = left
        elif sort == 2:
            guess = above[at]
        elif sort == 3:
            guess = (left + above[at]) // 2
        elif sort == 4:
            guess = paeth(left, above[at], corner)
        else:
            return row
        row[at] = (row[at] + guess) & 0xFF
    return row


def paeth(left: int, up: int, corner: int) -> int:
    """The neighbour that is nearest to left + up - corner."""
    guess = left + up - corner
    return min((abs(guess - left), 0, left), (abs(guess - up), 1, up), (abs(guess - corner), 2, corner))[2]
