"""Day, month and year: what a warning leaves out, and how it follows from what it says.

Issuers write the month once, after the last day that is in it, and no year unless it is another than that of issue.
So a month is that of the next day which has one, and a year the one that brings the day nearest to when the warning
was issued; the line that cancels the warning is held against it afterwards (see `doubts`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Final

import msgspec

from openline.areas.navwarn.tokens import MONTH_WORDS, Kind, Token, Words
from openline.terms import Instant

DAY_MS: Final = 86_400_000
MINUTE_MS: Final = 60_000
AHEAD: Final = timedelta(days=60)
"""Warnings speak of the weeks after their issue: a day is the one nearest to this long after."""


class BadTime(Exception):
    """Words that are no time; never leaves the reader. `why` is for the person, the tokens are the words."""

    def __init__(self, why: str, *tokens: Token) -> None:
        """Keep what is wrong and where."""
        super().__init__(why)
        self.why = why
        self.tokens = tokens


class Day(msgspec.Struct):
    """A day as written, and the minute in it; `month` and `year` are None until they are known."""

    day: int
    token: Token
    month: int | None = None
    year: int | None = None
    minute: int | None = None
    said: bool = False
    year_said: bool = False

    def date(self) -> date:
        """The day; BadTime if there is no such day, or no month is known."""
        if self.month is None or self.year is None:
            raise BadTime("No month is stated for this day.", self.token)
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            raise BadTime("There is no such day.", self.token) from None

    def instant(self) -> Instant:
        """The minute of the day, or its beginning."""
        return at_minute(self.date(), self.minute or 0)


def at_minute(day: date, minute: int) -> Instant:
    """Milliseconds since 1970 of a minute of a day in UTC; minute 1440 is the end of the day."""
    return Instant((day.toordinal() - date(1970, 1, 1).toordinal()) * DAY_MS + minute * MINUTE_MS)


def day_of(at: Instant) -> date:
    """The day of an instant in UTC."""
    return date(1970, 1, 1) + timedelta(days=at // DAY_MS)


def minute_of(token: Token) -> int:
    """Minutes since midnight of a word that ends its digits with hours and minutes."""
    digits = "".join(each for each in token.text if each.isdigit())[-4:]
    hours, minutes = int(digits[:2]), int(digits[2:])
    if minutes > 59 or hours > 24 or (hours == 24 and minutes):
        raise BadTime("There is no such time of day.", token)
    return hours * 60 + minutes


def dtg_day(token: Token) -> Day:
    """The day and minute of a date-time group such as 010900Z."""
    day = int(token.text[:2])
    if not 1 <= day <= 31:
        raise BadTime("There is no such day.", token)
    return Day(day, token, minute=minute_of(token))


def take_month(words: Words, day: Day, years: range) -> None:
    """Take the month and the year that follow a day, if they do."""
    if words.kind() is not Kind.MONTH:
        return
    day.month = MONTH_WORDS[words.text()]
    day.said = True
    words.take()
    mark = 1 if words.text() == "," and len(words.text(1)) == 4 else 0
    year = year_here(words, years, mark)
    if year is not None:
        day.year = year
        day.year_said = True
        words.take(1 + mark)


def year_here(words: Words, years: range, ahead: int = 0) -> int | None:
    """The year that this word is, if it can be one near the issue: 19, 2019."""
    text = words.text(ahead)
    if words.kind(ahead) is not Kind.NUMBER or len(text) not in {2, 4} or not text.isdigit():
        return None
    year = int(text) if len(text) == 4 else 2000 + int(text)
    return year if year in years else None


def give_months(days: list[Day]) -> None:
    """Give each day without a month that of the next one which has one; BadTime if there is none."""
    month, year = None, None
    for day in reversed(days):
        if day.month is None:
            day.month, day.year = month, year if day.year is None else day.year
        month, year = day.month, day.year
        if month is None:
            raise BadTime("No month is stated for this day.", day.token)


def give_year(day: Day, near: date, first: date | None = None) -> None:
    """Give a day the year that brings it nearest to a date, or the first one on or after `first`."""
    if day.year is not None or day.month is None:
        return
    found = [each for each in _same_days(day.month, day.day, near.year) if first is None or each >= first]
    if not found:
        raise BadTime("There is no such day.", day.token)
    day.year = min(found, key=lambda each: abs(each - near)).year


def _same_days(month: int, day: int, year: int) -> Iterable[date]:
    for each in range(max(year - 4, 1), min(year + 5, 9999)):
        try:
            found = date(each, month, day)
        except ValueError:
            continue
        yield found


def stamp(at: Instant) -> str:
    """2019-08-01T09:00:00Z, as the samples write it."""
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
