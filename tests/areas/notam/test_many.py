"""Many NOTAM from one text, in every form that they come in."""

from __future__ import annotations

import json

import pytest

from openline.areas.notam.many import read_many, split_text
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
