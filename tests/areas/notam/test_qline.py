"""Q-lines, whole, short and wrong."""

from __future__ import annotations

import pytest

from openline.areas.notam.qline import read_qline


def test_blanks_inside_fields() -> None:
    q = read_qline("UKFV/QRDCA/IV/BO /W /030/090/4259S03115W025")
    assert (q.fir, q.qcode, q.traffic, q.purpose, q.scope, q.lower_fl, q.upper_fl) == (
        "UKFV",
        "QRDCA",
        "IV",
        "BO",
        "W",
        30,
        90,
    )
    assert q.center == (-31.25, -(42 + 59 / 60))
    assert (q.radius_nm, q.wrong) == (25, ())


def test_empty_fields_are_no_fault() -> None:
    q = read_qline("KZNY/QRACA//////")
    assert (q.traffic, q.lower_fl, q.center, q.wrong) == ("", None, None, ())
    assert read_qline("VABF/QRDCA/IV/BO/W/000/420/").wrong == ()


@pytest.mark.parametrize(
    "words",
    [
        "PHZH/undefined/NBO/A/000/999",
        "ZBPE/QRDCA/IV/BO/W/0O0/999/3554N11209E013",
        "ZBPE/QRDCA/IV/BO/W/000/999/3564N11209E013",
        "",
    ],
)
def test_what_is_wrong_is_named(words: str) -> None:
    assert read_qline(words).wrong


def test_a_word_that_is_none_is_left_out() -> None:
    q = read_qline("ZBPE/QRDC/IV/BO/W/000/999/3554N11209E013")
    assert (q.qcode, q.traffic, q.fir) == (None, "IV", "ZBPE")


def test_scopes_in_the_other_order_are_known() -> None:
    line = read_qline("URRV/QGWXX/IV/NBO/EA/000/999/4507N04207E025")
    assert (line.scope, line.wrong) == ("EA", ())
