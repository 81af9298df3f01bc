"""Many NOTAM from one text, in every form that they come in."""

from __future__ import annotations

import json
import sys
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openline.areas.notam.answer import as_json
from openline.areas.notam.many import read_many, split_text
from openline.areas.notam.reader import read
from openline.errors import TooLarge
from openline.limits import READING_FILE_MAX_BYTES
from tests.areas.notam.samples import lines

ONE = (
    "A2431/26 NOTAMN\nQ) ZBPE/QRDCA/IV/BO/W/000/999/3554N11209E013\n"
    "A) ZBPE B) 2607040921 C) 2607040941\nE) X\nF) SFC G) UNL\n"
)
TWO = ONE.replace("A2431", "A2432")


def ids(text: str) -> list[str | None]:
    return [notam.id for notam in read_many(text)]


def test_plain_text_gives_each() -> None:
    texts = [sample["raw"] for sample in lines("golden.jsonl")]
    assert [notam.id for notam in read_many("\n\n".join(texts))] == [
        sample["expected"]["id"] for sample in lines("golden.jsonl")
    ]


def test_json_lines_and_a_json_list() -> None:
    whole = "\n".join(json.dumps({"raw": raw}) for raw in (ONE, TWO))
    assert ids(whole) == ["A2431/26", "A2432/26"]
    assert ids(json.dumps([ONE, {"raw": TWO}])) == ["A2431/26", "A2432/26"]


def test_a_collection_of_reports_in_one_object() -> None:
    held = {"icao": "ZBPE", "reports": [{"data": {"raw": ONE}}, {"data": {"raw": TWO}}]}
    assert ids(json.dumps(held, indent=4)) == ["A2431/26", "A2432/26"]
    assert ids(json.dumps({"raw": ONE})) == ["A2431/26"]


def test_one_bad_line_never_stops_the_others() -> None:
    found = read_many("\n".join([json.dumps({"raw": ONE}), "{", '{"x": 1}', json.dumps({"raw": TWO})]))
    assert [bool(notam.reading.refused) for notam in found] == [False, True, True, False]


def test_telegrams_in_their_envelopes() -> None:
    telegram = "ZCZC ABC001 150930\nGG EUECYIYN\n150930 ZBBBYNYX\n({})\n\nNNNN\n"
    text = telegram.format(ONE.strip()) + telegram.format(TWO.strip())
    assert ids(text) == ["A2431/26", "A2432/26"]
    assert [notam.upper for notam in read_many(text)] == ["UNL", "UNL"]
    assert len(split_text(text)) == 2


def test_nothing_gives_nothing_and_too_much_is_an_error() -> None:
    assert read_many(" \n") == []
    with pytest.raises(TooLarge):
        read_many(" " * (READING_FILE_MAX_BYTES + 1))


BITS = st.sampled_from(
    (
        *("A0001/26 NOTAMN", "NOTAMR A0001/26", "Q)", "A)", "B)", "C)", "D)", "E)", "F)", "G)", "EDWW", "2606010800"),
        *("PERM", "EST", "EDWW/QRDCA/IV/BO/W/000/100/", "5405N00710E010", "540000N 0070000E", "N54 00 E007 00"),
        *(
            "RADIUS 5NM",
            "ARC",
            "CIRCLE",
            "DIAMETER",
            "AREA",
            "MON-FRI",
            "0800-1600",
            "EXC",
            "HOL",
            "SR-SS",
            "JUN 01-05",
        ),
        *(
            "JUN 01-05",
            "31",
            "PART 1 OF 3",
            "GND",
            "FL100",
            "(",
            ")",
            "-",
            "/",
            "\n",
            "{",
            "[",
            "\u00b0",
            "0",
            "9",
            "999999999999",
        ),
    )
)


@settings(max_examples=150)
@given(st.lists(BITS, max_size=60).map(" ".join) | st.text(max_size=300))
def test_whatever_comes_is_read_or_refused_with_its_own_words(text: str) -> None:
    for notam in (read(text), *read_many(text)):
        json.dumps(as_json(notam))
        source = notam.reading.source
        whole = [part for part in notam.reading.refused if not source[part.first : part.last].startswith(part.words)]
        assert whole == []


def test_five_thousand_are_read_in_seconds() -> None:
    texts = [sample["raw"] for sample in lines("golden.jsonl")]
    whole = "\n".join(json.dumps({"raw": texts[at % len(texts)]}) for at in range(5_000))
    start = process_time()
    assert len(read_many(whole)) == 5_000
    took = process_time() - start
    sys.stdout.write(f"5,000 NOTAM: {took:.1f} s\n")
    assert took < 20
