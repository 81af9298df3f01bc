"""Which warning it is, and when it was issued."""

from __future__ import annotations

import pytest

from openline.areas.navwarn.heading import take_heading
from openline.areas.navwarn.times import stamp
from tests.areas.navwarn.warnings import words


@pytest.mark.parametrize(
    ("text", "number", "issued"),
    [
        ("HYDROLANT 2295/19(22).\nSENEGAL.", "HYDROLANT 2295/19", None),
        ("191320Z JUL 26\nNAVAREA IV 700/26.\nGULF.", "NAVAREA IV 700/26", "2026-07-19T13:20:00Z"),
        ("242359Z JUN 25 NAVAREA XII 392/25(16). NORTH PACIFIC.", "NAVAREA XII 392/25", "2025-06-24T23:59:00Z"),
        ("NAVAREA I 143/26\n141602 UTC Jul 26\nGMDSS.", "NAVAREA I 143/26", "2026-07-14T16:02:00Z"),
        ("MSGID/GENADMIN/NGA NAVSAFETY WASHINGTON DC//\nRMKS/\nNAVAREA IV 367/22(28).", "NAVAREA IV 367/22", None),
        ("SENEGAL.", "", None),
        ("321320Z JUL 26\n", "", None),
    ],
)
def test_every_heading(text: str, number: str, issued: str | None) -> None:
    found = take_heading(words(text))
    assert (found.id, None if found.issued is None else stamp(found.issued)) == (number, issued)
