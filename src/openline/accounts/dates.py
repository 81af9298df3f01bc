"""Days that a text names, counted from the day on which it was published.

    Tuesday, on Tuesday         the last Tuesday on or before the publication, as the press writes
    last, previous Tuesday      the last one before the publication
    next Tuesday                the first one after it
    November 27                 the one that is nearest to the publication
    in November                 the last one that had begun at the publication; `next November` the first after it
    end of November             its last ten days; the beginning its first ten, the middle what is between
    last month, week, year      the calendar's own, Monday first, before the one of the publication
    yesterday, two days ago     counted in days; so many weeks, months or years ago count as that week, month or year
What counts from another day in the text ("the same day", "a week later") stays unknown: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final

import msgspec

from openline.accounts.days import MONTHS, Days, day, month
from openline.limits import ACCOUNT_DATES_MAX


class Dated(msgspec.Struct, frozen=True):
    """Words that name days, from `start` to `end`; `days` is None where they are unknown. `why` is half a sentence."""

    start: int
    end: int
    days: Days | None
    why: str


_MONTH: Final = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY: Final = rf"(?i:{'|'.join(_WEEKDAYS)})"
_NEAR: Final = timedelta(days=184)
_COUNTS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNT: Final = rf"(?:\d{{1,4}}|(?i:an?|{'|'.join(_COUNTS)}))"
_PART: Final = r"(?i:(?P<{}>(?:the )?(?:end|beginning|start|middle) of|early|late|mid))[ -]"
_WHICH: Final = r"(?i:(?P<which>last|next|this|past|previous|coming|in|since|of|by|until|during|for|before|after))\s"

_ANYWHERE: Final = re.compile(
    "|".join(
        (
            r"\b(?P<iso>\d{4}-\d{2}-\d{2})\b",
            rf"\b(?P<md>{_MONTH})\s(?P<md_day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s(?P<md_year>\d{{4}})\b)?(?![\d:.,]\d)",
            rf"\b(?P<dm_day>\d{{1,2}})(?:st|nd|rd|th)?(?:\sof)?\s(?P<dm>{_MONTH})(?!\w)(?:,?\s(?P<dm_year>\d{{4}})\b)?",
            rf"\b(?:{_PART.format('my_part')})?(?P<my>{_MONTH}),?\s(?:of\s)?(?P<my_year>\d{{4}})\b",
            rf"\b(?:{_PART.format('m_part')}|{_WHICH})(?P<m>{_MONTH})(?!\w)(?!,?\s(?:of\s)?\d)",
            rf"\b(?:(?i:(?P<wd_which>last|next|previous|past|this|coming))\s)?(?P<wd>{_WEEKDAY})s?\b",
            r"\b(?i:(?P<word>the day before yesterday|yesterday|today|tonight|tomorrow|last night))\b",
            r"\b(?i:(?P<cal_which>last|this|next|previous)\s(?P<cal>week|month|year))\b",
            rf"\b(?P<ago>{_COUNT})\s(?i:(?P<ago_unit>day|week|month|year))s?\s(?i:ago)\b",
            rf"\b(?i:the )?(?i:past|last)\s(?P<span>{_COUNT})\s(?i:(?P<span_unit>hour|day|week))s?\b",
            r"\b(?i:in|since|during|by|until)\s(?P<year>(?:19|20)\d{2})\b(?![-\d])",
            r"\b(?i:(?P<other>(?:on |at )?the same (?:day|week|month|time)|the (?:next|following) (?:day|week|month)"
            rf"|(?:the|{_COUNT}) (?:day|week|month|year)s? (?:later|after|before|earlier)))\b",
        )
    )
)


def dates(text: str, published: date) -> list[Dated]:
    """What days a text names, in order; at most ACCOUNT_DATES_MAX."""
    found = []
    for matched in _ANYWHERE.finditer(text):
        days, why = _read(matched, published)
        found.append(Dated(matched.start(), matched.end(), days, why))
        if len(found) == ACCOUNT_DATES_MAX:
            break
    return found


Reading = tuple[Days | None, str]


def _read(matched: re.Match[str], published: date) -> Reading:
    held = matched.groupdict()
    for group, reader in _READERS:
        if held[group] is not None:
            try:
                return reader(held, published)
            except (ValueError, OverflowError):
                return None, "there is no such day"
    return None, "the words are unknown"


def _iso(held: dict[str, str], published: date) -> Reading:
    return day(date.fromisoformat(held["iso"])), "the day is written out"


def _month_day(held: dict[str, str], published: date) -> Reading:
    return _a_day(held["md_year"], _month_number(held["md"]), int(held["md_day"]), published)


def _day_month(held: dict[str, str], published: date) -> Reading:
    return _a_day(held["dm_year"], _month_number(held["dm"]), int(held["dm_day"]), published)


def _a_day(year: str | None, in_year: int, in_month: int, published: date) -> Reading:
    if year is not None:
        return day(date(int(year), in_year, in_month)), "the day is written out"
    nearest = min(_days_near(published, in_year, in_month), key=lambda each: (abs(each - published), each))
    if abs(nearest - published) > _NEAR:
        return None, f"no such day is near the publication on {published}"
    return day(nearest), f"the nearest to the publication on {published}"


def _days_near(published: date, in_year: int, in_month: int) -> Iterator[date]:
    """The day of this name in the years around; where no year has it, a ValueError comes of `min`."""
    for year in range(max(1, published.year - 4), min(9999, published.year + 4) + 1):
        try:
            yield date(year, in_year, in_month)
        except ValueError:
            continue


def _month_number(name: str) -> int:
    return next(at for at, each in enumerate(MONTHS, 1) if each.startswith(name.rstrip(".")[:3]))


def _month_year(held: dict[str, str], published: date) -> Reading:
    whole = month(int(held["my_year"]), _month_number(held["my"]))
    return _part(whole, held["my_part"]), "the month is written out"


def _bare_month(held: dict[str, str], published: date) -> Reading:
    number, which = _month_number(held["m"]), (held["which"] or "").lower()
    if which in ("next", "coming"):
        year = published.year if number > published.month else published.year + 1
        return month(year, number), f"the first after the publication on {published}"
    before = which in ("last", "past", "previous")
    begun = number < published.month or (number == published.month and not before)
    year = published.year if begun else published.year - 1
    return _part(month(year, number), held["m_part"]), f"the last one at the publication on {published}"


def _part(whole: Days, said: str | None) -> Days:
    words = (said or "").lower()
    if "end" in words or "late" in words:
        return Days(whole.last - timedelta(days=9), whole.last)
    if "beginning" in words or "start" in words or "early" in words:
        return Days(whole.first, whole.first + timedelta(days=9))
    if "mid" in words:
        return Days(whole.first + timedelta(days=10), whole.last - timedelta(days=10))
    return whole


def _weekday(held: dict[str, str], published: date) -> Reading:
    name, which = held["wd"].lower(), (held["wd_which"] or "").lower()
    back = (published.weekday() - _WEEKDAYS.index(name)) % 7
    if which in ("next", "coming"):
        return day(
            published + timedelta(days=7 - back)
        ), f"the first {name.title()} after the publication on {published}"
    if which in ("last", "previous", "past"):
        return day(
            published - timedelta(days=back or 7)
        ), f"the last {name.title()} before the publication on {published}"
    return day(published - timedelta(days=back)), f"the last {name.title()} at the publication on {published}"


_WORDS: Final = {
    "today": 0,
    "tonight": 0,
    "yesterday": -1,
    "last night": -1,
    "the day before yesterday": -2,
    "tomorrow": 1,
}


def _word(held: dict[str, str], published: date) -> Reading:
    return day(published + timedelta(days=_WORDS[held["word"].lower()])), f"counted from the publication on {published}"


def _calendar(held: dict[str, str], published: date) -> Reading:
    steps = {"this": 0, "next": 1}.get(held["cal_which"].lower(), -1)
    return _unit(held["cal"].lower(), steps, published), f"counted from the publication on {published}"


def _ago(held: dict[str, str], published: date) -> Reading:
    return _unit(
        held["ago_unit"].lower(), -_count(held["ago"]), published
    ), f"counted from the publication on {published}"


def _unit(unit: str, steps: int, published: date) -> Days:
    """The day, week, month or year that is so many steps from the one of the publication."""
    if unit == "day":
        return day(published + timedelta(days=steps))
    if unit == "week":
        monday = published + timedelta(days=7 * steps - published.weekday())
        return Days(monday, monday + timedelta(days=6))
    if unit == "year":
        return Days(date(published.year + steps, 1, 1), date(published.year + steps, 12, 31))
    year, number = divmod(published.year * 12 + published.month - 1 + steps, 12)
    return month(year, number + 1)


def _span(held: dict[str, str], published: date) -> Reading:
    unit, count = held["span_unit"].lower(), _count(held["span"])
    days = {"hour": -(-count // 24), "day": count, "week": 7 * count}[unit]
    return Days(published - timedelta(days=days), published), f"counted from the publication on {published}"


def _count(text: str) -> int:
    if text.isdecimal():
        return int(text)
    return 1 if text.lower() in ("a", "an") else _COUNTS.index(text.lower()) + 1


def _year(held: dict[str, str], published: date) -> Reading:
    return Days(date(int(held["year"]), 1, 1), date(int(held["year"]), 12, 31)), "the year is written out"


def _other(held: dict[str, str], published: date) -> Reading:
    return None, "it counts from another day in the text"


_READERS: Final[tuple[tuple[str, Callable[[dict[str, str], date], Reading]], ...]] = (
    ("iso", _iso),
    ("md", _month_day),
    ("dm", _day_month),
    ("my", _month_year),
    ("m", _bare_month),
    ("wd", _weekday),
    ("word", _word),
    ("cal", _calendar),
    ("ago", _ago),
    ("span", _span),
    ("year", _year),
    ("other", _other),
)
