"""Words around positions."""

from __future__ import annotations

import re

import pytest

from openline.areas.notam.area_words import AREA_WORDS, BENT, EXCLUDED, OBSTACLES, ORIGIN, PARTIAL, ROUTE, STRAY


@pytest.mark.parametrize(
    ("pattern", "found", "passed"),
    [
        (AREA_WORDS, "DANGER AREA", "CRANE"),
        (BENT, "ALONG THE GERMAN COASTLINE", "ALONG WITH"),
        (BENT, "COUNTER-CLOCKWISE", "CLOCK"),
        (EXCLUDED, " EXCLUDING ", " EXC HEMS. WI "),
        (OBSTACLES, "DVOR/DME", "VORTEX"),
        (ORIGIN, " - BACK TO START", " - FRONT"),
        (PARTIAL, "BTN 5NM AND 10NM", "BTN A AND B"),
        (PARTIAL, "SECTOR 090-180", "SECTOR A"),
        (ROUTE, "EITHER SIDE", "SIDE"),
        (STRAY, "43085N", "FL100"),
        (STRAY, "4308570314514", "+4308570314514"),
    ],
)
def test_what_is_found_and_what_is_passed_over(pattern: re.Pattern[str], found: str, passed: str) -> None:
    assert pattern.search(found)
    assert not pattern.search(passed)
