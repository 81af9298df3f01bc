"""Whole NOTAM: the golden samples, with exact counts."""

from __future__ import annotations

import sys

from openline.areas.notam.answer import as_json
from openline.areas.notam.reader import read
from openline.areas.windows import EndKind
from openline.limits import NOTAM_MAX_CHARS
from tests.areas.notam.samples import differences, lines


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
        "flagged": 3,
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
