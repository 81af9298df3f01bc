"""What a day leaves out follows from what stands behind it and from the issue."""

from __future__ import annotations

from datetime import date

import pytest

from openline.areas.navwarn.times import BadTime, Day, at_minute, day_of, dtg_day, give_months, give_year, stamp
from tests.areas.navwarn.warnings import words


def day(number: int, month: int | None = None) -> Day:
    return Day(number, words("01").tokens[0], month)


def test_a_month_is_that_of_the_next_day_that_has_one() -> None:
    days = [day(30), day(31, 1), day(1), day(2, 2)]
    give_months(days)
    assert [each.month for each in days] == [1, 1, 2, 2]


def test_no_month_is_no_day() -> None:
    with pytest.raises(BadTime):
        give_months([day(3, 1), day(4)])


@pytest.mark.parametrize(("month", "year"), [(1, 2020), (12, 2019), (7, 2019)])
def test_a_year_is_the_nearest(month: int, year: int) -> None:
    one = day(5, month)
    give_year(one, date(2019, 11, 20))
    assert one.date().year == year


def test_29_february_is_in_the_nearest_year_that_has_it() -> None:
    one = day(29, 2)
    give_year(one, date(2019, 11, 20))
    assert one.date() == date(2020, 2, 29)
    other = day(31, 6)
    with pytest.raises(BadTime):
        give_year(other, date(2019, 11, 20))


@pytest.mark.parametrize("text", ["012500Z", "010960Z", "320900Z", "000900Z", "012401Z"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(BadTime):
        dtg_day(words(text).tokens[0])


def test_instants_are_utc_days_and_minutes() -> None:
    at = at_minute(date(2019, 8, 1), 24 * 60)
    assert (stamp(at), day_of(at)) == ("2019-08-02T00:00:00Z", date(2019, 8, 2))
