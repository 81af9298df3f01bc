"""Taking typed fields out of decoded CBOR maps; everything wrong is a BadField that names the field."""

from __future__ import annotations

from typing import Any

from openline.errors import BadField
from openline.limits import NAME_MAX_BYTES

UINT_MAX = (1 << 63) - 1


def as_map(value: Any, allowed: frozenset[int], what: str) -> dict[int, Any]:
    """`value` as a map whose keys are all in `allowed`."""
    if type(value) is not dict or not value.keys() <= allowed:
        raise BadField(f"{what} is not a map of the known fields.")
    return value


def as_list(value: Any, what: str, *, most: int, exactly: int | None = None) -> list[Any]:
    """`value` as a list of at most `most` members, or of `exactly` so many."""
    if type(value) is not list or len(value) > most or (exactly is not None and len(value) != exactly):
        raise BadField(f"{what} is not a list of the right length.")
    return value


def uint(value: Any, what: str, *, least: int = 0, most: int = UINT_MAX) -> int:
    """`value` as a whole number in a range."""
    if type(value) is not int or not least <= value <= most:
        raise BadField(f"{what} is not a whole number from {least} to {most}.")
    return value


def octets(value: Any, what: str, *, exactly: int | None = None, most: int = 1 << 32) -> bytes:
    """`value` as a byte string of `exactly` so many bytes, or of at most `most`."""
    if type(value) is not bytes or len(value) > most or (exactly is not None and len(value) != exactly):
        raise BadField(f"{what} is not a byte string of the right length.")
    return value


def text(value: Any, what: str, *, most: int = NAME_MAX_BYTES) -> str:
    """`value` as text of at most `most` bytes in UTF-8."""
    if type(value) is not str or len(value.encode()) > most:
        raise BadField(f"{what} is not text of at most {most} bytes.")
    return value


def name(value: Any, what: str) -> str:
    """`value` as a name: not empty, no control or format characters, no space at its ends."""
    said = text(value, what)
    if not said or said != said.strip() or not all(character.isprintable() for character in said):
        raise BadField(f"{what} is not a printable name.")
    return said
