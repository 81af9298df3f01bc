"""Contradictions are flagged, the reading is left as it is, and it is shown until the later end."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from openline.areas import navwarn
from tests.areas.navwarn.warnings import ISSUED, codes, operation

RING = "12-00N 017-00W, 12-00N 018-00W, 13-00N 018-00W, 13-00N 017-00W"


@pytest.mark.parametrize(
    ("cancel", "code", "shown"),
    [
        ("011300Z AUG 19", "window-after-cancel", "2019-08-01T14:00:00Z"),
        ("031500Z AUG 19", "cancel-gap", "2019-08-03T15:00:00Z"),
        ("011500Z AUG 20", "cancel-gap", "2020-08-01T15:00:00Z"),
        ("011500Z JUL 19", "cancel-before-issue", "2019-08-01T14:00:00Z"),
    ],
)
def test_the_end_against_the_cancelling_line(cancel: str, code: str, shown: str) -> None:
    reading = operation(end=f"2. CANCEL THIS MSG {cancel}.")
    assert code in codes(reading)
    assert navwarn.as_json(reading)["shown_until"] == shown


@pytest.mark.parametrize("cancel", ["011500Z AUG 19", "020001Z AUG 19"])
def test_the_habits_of_issuers_are_no_doubt(cancel: str) -> None:
    assert codes(operation(end=f"2. CANCEL THIS MSG {cancel}.")) == []


@pytest.mark.parametrize(
    ("time", "code"),
    [
        ("010900Z TO 011400Z JUL", "over-at-issue"),
        ("010900Z TO 011400Z JUL 20", "far-from-issue"),
        ("010900Z AUG 19 TO 011400Z SEP 20", "window-long"),
    ],
)
def test_times_against_the_issue(time: str, code: str) -> None:
    assert code in codes(operation(time))


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("IN AREA BOUND BY 12-00N 017-00W, 13-00N 018-00W, 12-00N 018-00W, 13-00N 017-00W", "ring-crosses-itself"),
        (f"IN AREA BOUND BY {RING}, 13-00N 017-00W", "position-repeated"),
        (f"IN AREA BOUND BY {RING.replace('13-00N 018', '73-00N 018')}", "large-area"),
        ("IN AREA BOUND BY 12-00N 017-00W, 12-05N 017-00W, 12-10N 017-00W, 12-10N 024-05W, 12-10N 017-05W, "
         "12-05N 017-05W, 12-00N 017-05W", "position-jumps"),
        ("WITHIN 4000 MILES OF 12-00N 017-00W", "large-area"),
    ],
)  # fmt: skip
def test_areas(place: str, code: str) -> None:
    assert code in codes(operation(place=place))


def test_an_area_across_the_antimeridian_is_no_doubt() -> None:
    place = "IN AREA BOUND BY 12-00N 179-00W, 12-00N 179-00E, 13-00N 179-00E, 13-00N 179-00W"
    assert codes(operation(place=place)) == ["no-cancel"]


def test_a_position_outside_the_sea_named() -> None:
    place = "WITHIN 9 MILES OF 43-00S 029-00E"
    text = f"BLACK SEA.\n1. FIRING 010900Z TO 011400Z AUG {place}.\n2. CANCEL THIS MSG 011500Z AUG 19."
    assert codes(navwarn.read(text, issued=ISSUED)) == ["outside-sea"]
    assert codes(navwarn.read(text.replace("43-00S", "43-00N"), issued=ISSUED)) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1. FIRING EXERCISES 010900Z TO 011400Z AUG.\n2. CANCEL THIS MSG 011500Z AUG 19.", "no-place"),
        (f"1. FIRING EXERCISES IN AREA BOUND BY {RING}.\n2. CANCEL THIS MSG 011500Z AUG 19.", "no-time"),
        ("1. FIRING 010900Z TO 011400Z AUG WITHIN 9 MILES OF 43-00S 029-00E.", "no-cancel"),
        (
            "1. FIRING 010900Z TO 011400Z AUG WITHIN 9 MILES OF 43-00S 029-00E.\n3. CANCEL THIS MSG 011500Z AUG 19.",
            "paragraph-missing",
        ),
    ],
)
def test_what_is_missing(text: str, code: str) -> None:
    assert codes(navwarn.read(text, issued=ISSUED)) == [code]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("HYDROLANT 12/19.\n1. UNLIT.\n2. CANCEL HYDROLANT 13/19.", "cancels-later"),
        ("NAVAREA IV 12/19.\n1. UNLIT.\n2. CANCEL NAVAREA V 11/19.", "cancels-other-series"),
        ("1. SURVEY IN PROGRESS UNTL 30 AUG IN 12-00N 017-00W.\n2. CANCEL THIS MSG 310001Z AUG 19.", "day-alone"),
        ("BUOYS IN:\nA. 12-00N 017-00W.\n. 13-00N 017-00W.", "list-letter"),
        ("1. GUNNERY 010900Z TO 011400Z AUG IN 12-00N 017-00W.\n2. CANCEL THIS MSG 011500Z AUG 19.", "no-extent"),
        ("1. FIRING 0900Z TO 1400Z DAILY 1 AUG WITHIN 9 MILES OF 12-00N 017-00W.\n2. CANCEL THIS MSG 011500Z AUG 19.",
         "day-digits"),
        (f"1. FIRING 010900Z TO 011400Z AUG IN AREAS BOUND BY: A. {RING}.\n2. CANCEL THIS MSG 011500Z AUG 19.",
         "list-of-one"),
        ("1. FIRING 010900Z TO 011400Z AUG, 020900Z TO 021400Z AUG WITHIN 9 MILES OF 12-00N 017-00W.\n"
         "2. CANCEL THIS MSG 021500Z AUG 19.", "month-repeated"),
        ("1. FIRING 010900Z TO 011400Z AUG WITHIN 9 MILES OF 12-00N 017-00W.\n2. FIRING 020900Z TO 021400Z AUG "
         "WITHIN 9 MILES OF 12-00N 017-00W.\n3. CANCEL THIS MSG 021500Z AUG 19.", "windows-differ"),
    ],
)  # fmt: skip
def test_what_damage_leaves_behind(text: str, code: str) -> None:
    assert codes(navwarn.read(text, issued=ISSUED)) == [code]


def test_no_end_is_shown_for_ever() -> None:
    assert operation("UNTIL FURTHER NOTICE").shown_until is None


def test_every_flag_is_in_the_reference() -> None:
    root = Path(__file__).resolve().parents[3]
    said = (root / "docs/reference/navigational-warnings.md").read_text()
    sources = [path.read_text() for path in (root / "src/openline/areas/navwarn").glob("*.py")]
    found = {code for source in sources for code in re.findall(r'flag\(\s*"([a-z-]+)"', source)}
    assert found == set(re.findall(r"^\| `([a-z-]+)`", said, re.MULTILINE))
