"""Days as accounts give them: one day, a month, a year, or from one day to another; never an hour.

A day in an account is that of its author's clock, which is not known. So an instant of the record is in a day where it
falls into it anywhere on Earth: from UTC+14 to UTC-12 (https://www.iana.org/time-zones: Kiritimati, Etc/GMT+12).
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from typing import Final

import msgspec

from openline.errors import Misuse
from openline.terms import Instant

AHEAD: Final = timedelta(hours=14)
BEHIND: Final = timedelta(hours=12)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TYPED: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_YEAR: Final = "January February March April May June July August September October November December"
MONTHS: Final = tuple(_YEAR.split())


class Days(msgspec.Struct, frozen=True, order=True):
    """From the first day to the last, both included."""

    first: date
    last: date

    def meets(self, other: Days) -> bool:
        """Whether they have a day in common."""
        return self.first <= other.last and other.first <= self.last

    def has(self, at: Instant) -> bool:
        """Whether an instant is in these days by UTC."""
        return self.first <= utc_day(at) <= self.last

    def may_have(self, at: Instant) -> bool:
        """Whether it is in these days by the clock of any place on Earth."""
        moment = _moment(at)
        return self.first <= (moment + AHEAD).date() and (moment - BEHIND).date() <= self.last

    def __str__(self) -> str:
        """As short as it can be said: 2022-10, 2022-11-15, 2022-02-01 to 2022-10-31."""
        if self.first == self.last:
            return self.first.isoformat()
        for typed in (f"{self.first.year:04}", f"{self.first.year:04}-{self.first.month:02}"):
            if read(typed) == self:
                return typed
        return f"{self.first.isoformat()} to {self.last.isoformat()}"


def utc_day(at: Instant) -> date:
    """The day of an instant by UTC; the last day that there is for one that is later."""
    return _moment(at).date()


def _moment(at: Instant) -> datetime:
    most, least = datetime(9999, 12, 30, tzinfo=UTC), datetime(1, 1, 3, tzinfo=UTC)
    try:
        return max(least, min(most, _EPOCH + timedelta(milliseconds=at)))
    except OverflowError:
        return most if at > 0 else least


def day(at: date) -> Days:
    """One day."""
    return Days(at, at)


def month(year: int, number: int) -> Days:
    """A month of a year, number 1 to 12."""
    return Days(date(year, number, 1), date(year, number, monthrange(year, number)[1]))


def read(text: str) -> Days:
    """Days as a person types them: 2022, 2022-10, 2022-11-15, or two of these with `..` between. Raises Misuse."""
    first, dots, last = text.strip().partition("..")
    if not dots:
        return _one(first, text)
    found = Days(_one(first, text).first, _one(last, text).last)
    if found.last < found.first:
        raise Misuse(f"{text!r} ends before it begins.")
    return found


def _one(typed: str, whole: str) -> Days:
    matched = _TYPED.fullmatch(typed.strip())
    try:
        if matched is None:
            raise ValueError(typed)
        year, in_year, in_month = (None if each is None else int(each) for each in matched.groups())
        if in_month is not None:
            return day(date(year or 0, in_year or 0, in_month))
        return (
            month(year or 0, in_year) if in_year is not None else Days(date(year or 0, 1, 1), date(year or 0, 12, 31))
        )
    except ValueError:
        raise Misuse(f"{whole!r} is no day: write 2022-11-15, 2022-10, 2022, or 2022-02..2022-10.") from None
