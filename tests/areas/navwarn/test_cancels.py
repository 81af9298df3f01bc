"""What cancels: itself at a time or at once, and others by number; in part only is refused."""

from __future__ import annotations

import pytest

from openline.areas import navwarn
from tests.areas.navwarn.warnings import ISSUED, codes, operation, refused


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("CANCEL HYDROLANT 2604/12", ["HYDROLANT 2604/12"]),
        ("CANCEL NAVAREA IV 414/23.", ["NAVAREA IV 414/23"]),
        ("CANCEL NAVAREA IV MSG 634/22 AND 753/22.", ["NAVAREA IV 634/22", "NAVAREA IV 753/22"]),
        ("CANCEL HYDROARC 59/12(36,37), 192/12.", ["HYDROARC 59/12", "HYDROARC 192/12"]),
        ("CANCEL HYDROLANT 1187/12(51), VESSEL IN TOW.", ["HYDROLANT 1187/12"]),
        ("CANCEL HYDROLANT 3294/22(29) DTG 242256Z DEC, MSG PROMULGATED IN ERROR.", ["HYDROLANT 3294/22"]),
        ("CANCEL HYDROLANT 12/22 AND HYDROPAC 13/2022.", ["HYDROLANT 12/22", "HYDROPAC 13/22"]),
        ("CANCEL NAVAREA III 0037/26.", ["NAVAREA III 37/26"]),
    ],
)
def test_others(line: str, expected: list[str]) -> None:
    reading = navwarn.read(f"1. LIGHT UNLIT.\n2. {line}", issued=ISSUED)
    assert (list(reading.cancels), refused(reading)) == (expected, [])


@pytest.mark.parametrize(
    "line",
    [
        "CANCEL THIS MSG 011500Z AUG 19.",
        "CANCEL THIS MSG 011500Z AUG.",
        "CANCEL THIS MESSAGE ON 011500 UTC AUG 2019.",
        "CANCEL HYDROLANT 12/19, THIS MSG 011500Z AUG 19.",
    ],
)
def test_itself_at_a_time(line: str) -> None:
    reading = operation(end=f"2. {line}")
    assert navwarn.as_json(reading)["self_cancel"] == "2019-08-01T15:00:00Z"
    assert (refused(reading), codes(reading)) == ([], [])


def test_itself_at_once() -> None:
    reading = navwarn.read("CANCEL NAVAREA XII 270/26 AND THIS MSG, OPERATIONS COMPLETED.", issued=ISSUED)
    assert (reading.cancels, reading.self_cancel, refused(reading)) == (("NAVAREA XII 270/26",), ISSUED, [])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("CANCEL PARAGRAPH 2 OF HYDROLANT 12/22.", "CANCEL PARAGRAPH 2"),
        ("CANCL HYDROLANT 12/22.", "12/22"),
        ("CANCEL THIS MSG 011500 AUG 19.", "CANCEL THIS MSG 011500"),
        ("CANCEL THIS MSG 012500Z AUG 19.", "CANCEL THIS MSG 012500Z"),
        ("CANCEL THIS MSG311500Z AUG 19.", "CANCEL"),
        ("CANCEL HYDROLANT12/22.", "CANCEL HYDROLANT12/22"),
    ],
)
def test_what_is_not_understood_is_refused(line: str, words: str) -> None:
    found = refused(operation(end=f"2. {line}"))
    assert any(words in each for each in found), found


def test_a_day_without_a_time_is_its_end_and_doubted() -> None:
    reading = operation("IN PROGRESS UNTIL 08 OCT", end="2. CANCEL THIS MSG 09 OCT.")
    assert navwarn.as_json(reading)["self_cancel"] == "2019-10-10T00:00:00Z"
    assert (codes(reading), refused(reading)) == (["cancel-day"], [])
    assert reading.shown_until == reading.self_cancel
