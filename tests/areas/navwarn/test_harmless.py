"""Numbers that say nothing about when or where are passed over; all others are not."""

from __future__ import annotations

import pytest

from openline.areas import navwarn
from tests.areas.navwarn.warnings import ISSUED, refused


@pytest.mark.parametrize(
    "text",
    [
        "DNC 08, DNC 19.",
        "CHART 28190.",
        "M/V BOURBON LIBERTY 243, M/V 7 STARS AND TUG AB 3000 ADRIFT.",
        "SURVEY BY M/V ATLAS TOWING 14 11000 METER LONG CABLES. EIGHT MILE BERTH REQUESTED.",
        "LIGHT CHANGED TO FL W 5 SEC 11 METERS 12 MILES.",
        "DISTRESS SIGNAL RECEIVED ON 406 MHZ.",
        "REPORTS TO MRCC ROME, PHONE: 390 6592 4145, 3906 5908 4409.",
        "VESSEL, 35 PERSONS ONBOARD.",
        "WARNINGS LISTED HERE.\n 414/2023, 412/2023.\n 12/2022.",
        "RIG 100 28-56.8N 088-35.3W.",
        "STAY CLEAR (2).",
    ],
)
def test_passed_over(text: str) -> None:
    assert refused(navwarn.read(text, issued=ISSUED)) == []


@pytest.mark.parametrize("text", ["FIRING 0900 DAILY.", "FIRING 12 AND 13.", "FIRING 10 MILES OF PORT.", "AREA 4711."])
def test_not_passed_over(text: str) -> None:
    assert refused(navwarn.read(text, issued=ISSUED)) != []
