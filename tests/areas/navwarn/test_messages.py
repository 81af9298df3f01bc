"""A file is cut into messages, whatever form it has; a bad one never stops the others."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline import limits
from openline.areas import navwarn
from openline.errors import TooLarge
from tests.areas.navwarn.warnings import DATA, golden

BODY = "1. SURVEY 010900Z TO 011400Z AUG IN 12-44N 017-44W.\n2. CANCEL THIS MSG 011500Z AUG 19."
RECORD = {"text": BODY, "issueDate": "262153Z JUL 2019", "navArea": "A", "msgNumber": 2295, "msgYear": 2019}


def ids(text: str) -> list[str]:
    return [each.id for each in navwarn.read_many(text)]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"broadcast-warn": [RECORD]}),
        json.dumps([RECORD]),
        json.dumps(RECORD),
        json.dumps(RECORD) + "\n\n" + json.dumps(RECORD),
        json.dumps({"raw": BODY, "issueDate": "262153Z JUL 2019", "series": "HYDROLANT", "number": 2295, "year": 2019}),
        f"262153Z JUL 19\nHYDROLANT 2295/19(22).\n{BODY}\n",
        f"HYDROLANT 2295/2019 (22)\n\n\n262153Z JUL 19\nHYDROLANT 2295/19.\n{BODY}\n\n/\n",
        f"ZCZC KA12\n262153 UTC JUL 19\nHYDROLANT 2295/19\n{BODY}\nNNNN\n",
        f"262153Z JUL 19 HYDROLANT 2295/19(22). {BODY}".replace("\n", " "),
    ],
)
def test_every_form(text: str) -> None:
    for reading in navwarn.read_many(text):
        found = navwarn.as_json(reading)
        assert (found["id"], found["issued"]) == ("HYDROLANT 2295/19", "2019-07-26T21:53:00Z")
        assert found["windows"] == [["2019-08-01T09:00:00Z", "2019-08-01T14:00:00Z"]]
        assert (found["flags"], found["refused"]) == ([], [])


def test_many_in_one_text() -> None:
    text = "".join(f"191320Z JUL 26\nNAVAREA IV {at}/26.\n{BODY}\n\n/\n" for at in range(1, 4))
    assert ids(text) == ["NAVAREA IV 1/26", "NAVAREA IV 2/26", "NAVAREA IV 3/26"]
    assert ids(text.replace("/\n", "")) == ["NAVAREA IV 1/26", "NAVAREA IV 2/26", "NAVAREA IV 3/26"]
    lines = "".join(f"191320Z JUL 26 NAVAREA IV {at}/26(11). UNLIT.\n" for at in (1, 2))
    assert ids(lines) == ["NAVAREA IV 1/26", "NAVAREA IV 2/26"]


def test_a_cancelling_line_that_runs_on_begins_no_message() -> None:
    (reading,) = navwarn.read_many("NAVAREA IV 5/26.\n1. UNLIT.\n2. CANCEL NAVAREA IV 3/26 AND\nNAVAREA IV 4/26.\n")
    assert reading.cancels == ("NAVAREA IV 3/26", "NAVAREA IV 4/26")


@pytest.mark.parametrize(
    "bad", [{"text": 5}, {}, 7, None, "NONSENSE 12", {"text": "A" * (limits.WARNING_MAX_BYTES + 1)}]
)
def test_a_bad_one_does_not_stop_the_others(bad: object) -> None:
    found = navwarn.read_many(json.dumps([bad, RECORD]))
    assert [bool(each.refused) for each in found] == [True, False]


def test_a_line_that_is_no_json_is_refused() -> None:
    found = navwarn.read_many(f"{json.dumps(RECORD)}\n{{oops 12}}\n")
    assert [bool(each.refused) for each in found] == [False, True]


def test_limits() -> None:
    with pytest.raises(TooLarge):
        navwarn.read_many("A" * (limits.READING_FILE_MAX_BYTES + 1))
    with pytest.raises(TooLarge):
        navwarn.read_many("[" + "{}," * limits.WARNINGS_MAX + "{}]")
    with pytest.raises(TooLarge):
        navwarn.read("A" * (limits.WARNING_MAX_BYTES + 1))


def test_the_issuers_own_file() -> None:
    found = navwarn.read_many((DATA / "nga_raw_2023.json").read_text())
    doubtful = sum(bool(each.flags or each.refused) for each in found)
    assert (len(found), sum(bool(each.areas) for each in found)) == (152, 145)
    assert doubtful <= 15


@given(
    st.text() | st.lists(st.sampled_from(['{"text":', '"', "[", "]", "{", "}", "NNNN\n", "/\n", ",", "1"])).map("".join)
)
def test_anything_is_read(text: str) -> None:
    for reading in navwarn.read_many(text):
        assert reading.format == "navwarn"


def test_the_golden_file_as_lines() -> None:
    found = navwarn.read_many((DATA / "hydro_golden.jsonl").read_text())
    assert [each.id for each in found] == [each["id"] for each in golden()]
