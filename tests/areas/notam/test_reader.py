"""Whole NOTAM: the golden samples, with exact counts."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from openline.areas.notam.answer import as_json
from openline.areas.notam.reader import read
from openline.areas.windows import EndKind
from openline.limits import NOTAM_MAX_CHARS
from tests.areas.notam.samples import differences, lines

NOTAM = (
    "A0001/26 NOTAMN Q) ZBPE/QRDCA/IV/BO/W/000/999/3554N11209E013 A) ZBPE"
    " B) 2607040921 C) 2607060941 D) 0921-0941 E) X F) SFC G) UNL"
)


def codes(raw: str) -> list[str]:
    return [flag.code for flag in read(raw).reading.flags]


def refused(raw: str) -> list[str]:
    return [part.words for part in read(raw).reading.refused]


def test_the_golden_samples() -> None:
    """Every expected field of all 150 is equal, and nothing is refused."""
    counts = {"right": 0, "wrong": 0, "refused": 0, "flagged": 0, "areas where the sample leaves them open": 0}
    for sample in lines("golden.jsonl"):
        answer = as_json(read(sample["raw"]))
        wrong = differences(sample["expected"], answer)
        counts["wrong" if wrong else "right"] += 1
        counts["refused"] += bool(answer["refused"])
        counts["flagged"] += bool(answer["flags"])
        counts["areas where the sample leaves them open"] += bool(answer["areas"] and not sample["expected"]["areas"])
        assert not wrong, (sample["raw"], wrong)
    sys.stdout.write(f"golden NOTAM: {counts}\n")
    assert counts == {
        "right": 150,
        "wrong": 0,
        "refused": 0,
        "flagged": 8,
        "areas where the sample leaves them open": 11,
    }


def test_without_an_end_there_is_one_open_window() -> None:
    notam = read(
        "A1651/18 NOTAMN Q) VOMF/QRDCA/IV/BO/W/000/115/1401N07418E015 A) VOMF"
        " B) 1807010930 C) PERM D) 01-07 0930-1130 E) X"
    )
    assert [(window.end, window.end_kind) for window in notam.reading.windows] == [(None, EndKind.PERM)]
    assert notam.reading.shown_until is None


def test_an_end_before_the_start_is_flagged_and_stays_open() -> None:
    notam = read(
        "A0001/26 NOTAMN Q) ZBPE/QRDCA/IV/BO/W/000/999/3554N11209E013 A) ZBPE"
        " B) 2607040921 C) 2606040941 E) X F) SFC G) UNL"
    )
    assert [flag.code for flag in notam.reading.flags] == ["ends-before-start"]
    assert notam.reading.windows[0].end is None
    assert notam.reading.shown_until is None


def test_too_long_a_text_is_refused_whole() -> None:
    notam = read("A" * (NOTAM_MAX_CHARS + 1))
    assert [part.last for part in notam.reading.refused] == [NOTAM_MAX_CHARS + 1]


def test_offsets_of_refused_words_are_those_of_the_source() -> None:
    raw = (
        "A0001/26 NOTAMN\nQ) ZBPE/QRDCA/IV/BO/W/000/999/3554N11209E013"
        "\nA) ZBPE B) 26070409 C) 2607040941\nE) NEAR 9954N11209E"
    )
    refused = read(raw).reading.refused
    assert [raw[part.first : part.last] for part in refused] == [part.words for part in refused]
    assert [part.words for part in refused] == ["26070409", "9954N11209E"]


def test_every_flag_is_in_the_reference() -> None:
    root = Path(__file__).resolve().parents[3]
    said = (root / "docs/reference/notam.md").read_text("utf-8")
    sources = [path.read_text("utf-8") for path in (root / "src/openline/areas/notam").glob("*.py")]
    found = {code for source in sources for code in re.findall(r'[fF]lag\(\s*"([a-z-]+)"', source)}
    assert found == set(re.findall(r"^\| `([a-z-]+)`", said, re.MULTILINE))


def test_a_plain_one_is_not_doubted() -> None:
    assert (codes(NOTAM), refused(NOTAM)) == ([], [])


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("A0001", "A001", "number"),
        ("A0001/26", "A0001/22", "number-year"),
        ("A) ZBPE", "A) EDDF", "other-region"),
        ("11209E", "11209W", "other-hemisphere"),
        ("2607060941", "2607061541", "schedule-ends"),
        ("2607040921", "2607040821", "schedule-ends"),
        ("2607060941", "3607060941", "window-long"),
        ("C) 2607060941", "C) PERM", "schedule-open"),
        ("0921-0941", "0921-0941 EXC HOL", "holidays"),
        ("0921-0941", "0921-0941 EXC 05 0930-0935", "except-times"),
        ("F) SFC G) UNL", "", "item-missing"),
        ("F) SFC", "F) 1OO FT", "item-missing"),
        ("NOTAMN", "NOTAMR", "no-reference"),
        ("A) ZBPE", "A) ZBPE A) ZBPE", "item-twice"),
    ],
)
def test_what_is_doubted(old: str, new: str, code: str) -> None:
    assert code in codes(NOTAM.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("G) UNL", "G) UNLIMITED UP", "UNLIMITED UP"),
        ("A) ZBPE", "A) ZBPE X1", "ZBPE X1"),
        ("A) ZBPE", "A) ZBP", "ZBP"),
        ("A0001/26 NOTAMN", "AOO01 NOTAMN", "AOO01 NOTAMN"),
        ("C) 2607060941", "C) WHENEVER", "WHENEVER"),
        ("/IV/BO/W/", "/IX/BO/W/", "ZBPE/QRDCA/IX/BO/W/000/999/3554N11209E013"),
        ("/QRDCA/", "/QRDC/", "ZBPE/QRDC/IV/BO/W/000/999/3554N11209E013"),
        ("D) 0921-0941", "D) 0921-0941 HUH", "HUH"),
    ],
)
def test_what_is_refused(old: str, new: str, words: str) -> None:
    assert words in refused(NOTAM.replace(old, new))


def test_a_schedule_without_an_end_is_read_all_the_same() -> None:
    assert refused(NOTAM.replace("C) 2607060941", "C) PERM").replace("0921-0941 ", "0921-0941 HUH ")) == ["HUH"]


def test_excepted_times_within_the_others_are_not_left_out() -> None:
    kept = read(NOTAM.replace("0921-0941", "0921-0941 EXC 05 0930-0935"))
    assert [window.start % 86_400_000 for window in kept.reading.windows] == [(9 * 60 + 21) * 60_000] * 3


def test_an_estimated_end_and_midnight_bound_no_period() -> None:
    for old, new in (("2607060941", "2607070000"), ("2607060941", "2607081200 EST"), ("2607040921", "2607040000")):
        assert codes(NOTAM.replace(old, new)) == []
