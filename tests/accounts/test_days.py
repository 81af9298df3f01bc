"""Days: read, said and held against instants, wherever on Earth their author's clock stood."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.accounts.days import Days, day, month, read, utc_day
from openline.errors import Misuse
from openline.terms import Instant
from tests.accounts.pictures import at


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2022", "2022"),
        ("2022-10", "2022-10"),
        ("2024-02", "2024-02"),
        ("2022-11-15", "2022-11-15"),
        ("2022-02..2022-10", "2022-02-01 to 2022-10-31"),
    ],
)
def test_what_a_person_types_is_said_again(typed: str, said: str) -> None:
    assert str(read(typed)) == said


@pytest.mark.parametrize("typed", ["", "tomorrow", "2022-13", "2022-02-30", "2022-10..2022-02", "22-10", "0000-01-01"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(Misuse):
        read(typed)


def test_a_day_has_instants_by_utc_and_may_have_those_of_other_clocks() -> None:
    tuesday = day(date(2022, 11, 15))
    assert tuesday.has(at("2022-11-15T23:59"))
    assert not tuesday.has(at("2022-11-16T04:00"))
    assert tuesday.may_have(at("2022-11-16T04:00"))  # still Tuesday evening in Washington
    assert tuesday.may_have(at("2022-11-14T10:00"))  # Tuesday already at UTC+14
    assert not tuesday.may_have(at("2022-11-16T12:00"))
    assert not tuesday.may_have(at("2022-11-14T09:59"))


def test_months_end_where_they_end() -> None:
    assert month(2024, 2).last == date(2024, 2, 29)
    assert month(2023, 12) == Days(date(2023, 12, 1), date(2023, 12, 31))
    assert month(2022, 10).meets(read("2022-10-31"))
    assert not month(2022, 10).meets(read("2022-11"))


@given(st.integers(-(1 << 70), 1 << 70))
def test_no_instant_is_too_far(instant: int) -> None:
    assert date.min < utc_day(Instant(instant)) < date.max
    assert day(utc_day(Instant(instant))).may_have(Instant(instant))
