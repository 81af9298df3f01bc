"""Lengths as people write them: nautical miles and kilometres, read and written; inside everything is metres."""

from __future__ import annotations

import re
from typing import Final

from openline.areas.shapes import METRES_PER_NM
from openline.errors import BadField

UNITS: Final = {
    "nm": METRES_PER_NM,
    "nmi": METRES_PER_NM,
    "m": 1.0,
    "km": 1000.0,
    "nautical mile": METRES_PER_NM,
    "nautical miles": METRES_PER_NM,
    "metre": 1.0,
    "metres": 1.0,
    "kilometre": 1000.0,
    "kilometres": 1000.0,
}
_LENGTH = re.compile(r"(\d{1,8}(?:\.\d{1,6})?) ?([A-Za-z]+(?: [A-Za-z]+)?)", re.ASCII)


def read_length_m(text: str) -> float:
    """Metres of "10 nm", "18.5 km", "500 m"; the unit must be said, and a plain mile is none.

    A decimal point, no comma: 1,5 and 1,500 differ from land to land. BadField for anything else.
    """
    found = _LENGTH.fullmatch(" ".join(text.split()))
    unit = UNITS.get(found[2].lower()) if found is not None else None
    if found is None or unit is None:
        raise BadField("Write a length as a number and its unit: 10 nm, 18.5 km or 500 m.")
    return float(found[1]) * unit


def nautical(metres: float) -> str:
    """Nautical miles, to a tenth or where it is less than ten to a hundredth: 12.5 nm."""
    return _said(metres / METRES_PER_NM, "nm")


def metric(metres: float) -> str:
    """Kilometres, or metres below one: 23.2 km, 640 m."""
    return f"{round(metres)} m" if abs(metres) < 999.5 else _said(metres / 1000.0, "km")


def _said(number: float, unit: str) -> str:
    return f"{round(number, 1 if abs(number) >= 10 else 2):.10g} {unit}"
