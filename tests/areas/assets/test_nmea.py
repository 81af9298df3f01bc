"""Sentences: whole, in parts, broken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.areas.assets.nmea import WAITING_MAX, checksum, read_sentences
from tests.areas.assets.sentences import CLASS_A, CLASS_B, VOYAGE


def sealed(body: str) -> str:
    return f"!{body}*{checksum(body):02X}"


def test_parts_are_joined_and_other_lines_left() -> None:
    lines = ["$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47", VOYAGE[0], CLASS_A, VOYAGE[1], ""]
    payloads, refused = read_sentences("\r\n".join(lines))
    assert refused == []
    assert [(len(each.text), each.fill, each.line) for each in payloads] == [(28, 0, 3), (71, 2, 2)]


def test_a_tag_block_says_when() -> None:
    tags = "s:2573345,c:1732708800"
    line = f"\\{tags}*{checksum(tags):02X}\\{CLASS_A}"
    assert read_sentences(line)[0][0].at == 1_732_708_800_000
    millis = "c:1732708800123"
    assert read_sentences(f"\\{millis}*{checksum(millis):02X}\\{CLASS_A}")[0][0].at == 1_732_708_800_123
    payloads, refused = read_sentences(f"\\{tags}*00\\{CLASS_A}")
    assert payloads == []
    assert "tag block" in refused[0].why


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (CLASS_A.replace("*5C", "*5D"), "check sum"),
        (CLASS_A[:-3], "Not a sentence"),
        ("!AIVDM,nonsense*00", "Not a sentence"),
        (VOYAGE[1], "without those before"),
        (VOYAGE[0], "the rest of the message is missing"),
        (sealed("AIVDM,1,2,3,A,1,0"), "beyond the last"),
    ],
)
def test_what_is_broken_is_named_by_its_line(line: str, why: str) -> None:
    payloads, refused = read_sentences(f"{CLASS_B}\n{line}\n{CLASS_A}")
    assert len(payloads) == 2
    assert why in refused[0].why
    assert refused[0].why.startswith("Line 2: ")


def test_parts_that_wait_for_ever_give_way() -> None:
    lines = [
        sealed(f"AIVDM,{parts},1,{at % 10},{chr(65 + at // 10 % 26)}{at // 260},1,0")
        for parts in "23456789"
        for at in range(260)
    ]
    payloads, refused = read_sentences("\n".join(lines))
    assert payloads == []
    assert len(refused) == len(lines) > WAITING_MAX


@given(st.text(alphabet="!AIVDM,*\\c:0123456789ABCw`\n", max_size=120))
def test_anything_at_all_is_read_or_refused(text: str) -> None:
    read_sentences(text)
