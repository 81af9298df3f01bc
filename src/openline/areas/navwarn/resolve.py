"""From time phrases to windows: months, years, every single day, and what is doubtful about them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from openline.areas.navwarn.notes import Notes
from openline.areas.navwarn.schedule import Group, Item
from openline.areas.navwarn.times import MINUTE_MS, BadTime, Day, at_minute, day_of, give_months, give_year
from openline.areas.navwarn.tokens import Token
from openline.areas.windows import EndKind, Window
from openline.limits import WARNING_WINDOWS_MAX
from openline.terms import Instant

ONE_DAY: Final = timedelta(days=1)
Found = tuple[list[Window], list[Window]]


def windows_of(
    groups: list[Group], issued: Instant | None, anchor: date | None, cancel: Day | None, notes: Notes
) -> Found:
    """The windows and the alternate windows of these phrases, in the order of the text.

    `anchor` is the day that days without a year are nearest to, `cancel` when the warning cancels itself: where no
    month is stated, its month counts. BadTime says which words cannot be resolved.
    """
    days = [day for group in groups for day in group.days()]
    lent = _lend_month(days, cancel)
    give_months(days)
    found: Found = ([], [])
    _doubt_days(groups, notes)
    near = anchor
    for group in groups:
        into = found[1] if group.alternate else found[0]
        made = _windows(group, near, issued, notes)
        if into and made and made[0].start < into[-1].start and not _month_said(group):
            notes.flag("days-out-of-order", "The times are not in order.", *_tokens(group))
        elif (
            into
            and made
            and made[0].start >= into[-1].start
            and into[-1].end is not None
            and made[0].start < into[-1].end
        ):
            notes.flag("windows-overlap", "One time begins before the one before it ends.", *_tokens(group))
        into += made
        if made:
            near = day_of(made[0].start)
        if len(into) > WARNING_WINDOWS_MAX:
            raise BadTime("More times than one warning can have.", *_tokens(group))
    if lent is not None and not _an_hour_before(lent, found):
        notes.flag("month-lent", "No month is stated; it is taken from the line that cancels.", days[-1].token)
    return list(dict.fromkeys(found[0])), list(dict.fromkeys(found[1]))


def _lend_month(days: list[Day], cancel: Day | None) -> Day | None:
    """Where no day has a month, give the last one that of the cancelling line, or the one before it."""
    if cancel is None or cancel.month is None or not days or any(day.month is not None for day in days):
        return None
    days[-1].month = cancel.month
    if days[-1].day > cancel.day:
        _month_before(days[-1])
    return cancel


def _an_hour_before(cancel: Day, found: Found) -> bool:
    """Whether the warning cancels itself an hour after its last time, so that the month is right."""
    ends = [each.end for each in (*found[0], *found[1]) if each.end is not None]
    if not ends:
        return False
    last = day_of(max(ends))
    at = Day(cancel.day, cancel.token, cancel.month, cancel.year, cancel.minute)
    give_year(at, last, last)
    return at.instant() - max(ends) == 60 * MINUTE_MS


def _doubt_days(groups: list[Group], notes: Notes) -> None:
    """Issuers write days with two digits, and the month of several spans once."""
    for day in (day for group in groups for day in group.days()):
        if len(day.token.text) == 1:
            notes.flag("day-digits", "A day has one digit only.", day.token)
    for one, other in zip(groups, groups[1:], strict=False):
        if one.alternate == other.alternate and _said(one) and _said(one) == _said(other):
            notes.flag("month-repeated", "The same month is stated for two times in a row.", *_tokens(other))


def _said(group: Group) -> int | None:
    """The month that a span of two days and times states at its end."""
    spans = group.start is not None and group.end is not None and group.end.said
    return group.end.month if spans and group.end is not None else None


def _month_said(group: Group) -> bool:
    """Whether the phrase states its own month at its end, so that its place among the others says nothing."""
    return bool(group.items) and (group.items[-1].last or group.items[-1].first).said


def _tokens(group: Group) -> list[Token]:
    return [day.token for day in group.days()]


def _windows(group: Group, near: date | None, issued: Instant | None, notes: Notes) -> list[Window]:
    if group.but_holidays:
        notes.flag("holidays", "Holidays, which only the issuer knows, are not left out.", *_tokens(group))
    if group.items:
        return _on_days(group, near, notes)
    if group.clocks and group.end is not None:
        return _daily_until(group, group.end, issued, notes)
    start = issued
    if group.start is not None:
        _year(group.start, near)
        start = group.start.instant()
        near = group.start.date()
    elif near is not None and issued is not None:
        near = day_of(issued)
    if start is None:
        raise BadTime("Nothing says when this began.", *_tokens(group))
    if group.end is None:
        return [Window(start, None, EndKind.PERM)]
    return [_to_end(group, group.end, start, near, notes)]


def _to_end(group: Group, end: Day, start: Instant, near: date | None, notes: Notes) -> Window:
    first = group.start
    if first is not None and not first.said and first.month == end.month and first.day > end.day:
        _month_before(first)
        start = first.instant()
        notes.flag("month-implied", "The month of the first day is not stated and is the one before.", first.token)
        near = first.date()
    stated = end.year is not None
    give_year(end, near or end.date(), day_of(start))
    ends = end.instant()
    if ends <= start or (
        first is not None and not stated and end.month == first.month and ends - start > 32 * 86_400_000
    ):
        raise BadTime("It ends before it begins.", *_tokens(group))
    return Window(start, ends)


def _on_days(group: Group, near: date | None, notes: Notes) -> list[Window]:
    clocks = group.clocks or [(0, 24 * 60)]
    but = {day for item in group.but for day in _days(item, near, notes)}
    found: list[Window] = []
    before: date | None = None
    for item in group.items:
        days = list(_days(item, near, notes))
        if before is not None and days[0] <= before:
            notes.flag("days-out-of-order", "The days are not in order.", *_tokens(group))
        near = before = days[-1]
        if not group.clocks and not group.but_weekdays and not but:
            found.append(Window(at_minute(days[0], 0), at_minute(days[-1], 24 * 60)))
            continue
        kept = (day for day in days if day not in but and day.weekday() not in group.but_weekdays)
        found += [_clocked(day, begins, ends) for day in kept for begins, ends in clocks]
    if any(begins == ends for begins, ends in group.clocks):
        notes.flag(
            "whole-day", "It ends at the time of day at which it begins; it is read as a whole day.", *_tokens(group)
        )
    if not found:
        raise BadTime("No day is left.", *_tokens(group))
    return found


def _daily_until(group: Group, last: Day, issued: Instant | None, notes: Notes) -> list[Window]:
    """Every day from the issue on, as long as it is not over."""
    if issued is None:
        raise BadTime("Nothing says when this began.", *_tokens(group))
    first = day_of(issued)
    give_year(last, first, first)
    count = (last.date() - first).days + 1
    if not 0 < count <= 366:
        raise BadTime("The last day is before the issue, or more than a year after it.", last.token)
    notes.flag("from-issue", "It does not say on which day it begins; it is read as from its issue on.", last.token)
    days = (first + timedelta(days=at) for at in range(count))
    made = [_clocked(day, *clock) for day in days if day.weekday() not in group.but_weekdays for clock in group.clocks]
    found = [window for window in made if window.end is not None and window.end > issued]
    if not found:
        raise BadTime("No day is left.", *_tokens(group))
    return found


def _clocked(day: date, begins: int, ends: int) -> Window:
    return Window(at_minute(day, begins), at_minute(day if ends > begins else day + ONE_DAY, ends))


def _days(item: Item, near: date | None, notes: Notes) -> Iterator[date]:
    """Every day of an item; a year at most."""
    begins, ends = item.first, item.last
    if ends is not None and not begins.said and begins.month == ends.month and begins.day > ends.day:
        _month_before(begins)
        notes.flag("month-implied", "The month of the first day is not stated and is the one before.", begins.token)
    _year(item.first, near)
    first = last = item.first.date()
    if item.last is not None:
        give_year(item.last, first, first)
        last = item.last.date()
    if last < first or (last - first).days > 366:
        raise BadTime("The last day is before the first, or more than a year after it.", item.first.token)
    if item.weekday is not None and first.weekday() != item.weekday:
        notes.flag("weekday", "The day of the week is not that of the date.", item.first.token)
    return (first + timedelta(days=at) for at in range((last - first).days + 1))


def _month_before(day: Day) -> None:
    if day.month == 1 and day.year is not None:
        day.year -= 1
    day.month = 12 if day.month == 1 else (day.month or 1) - 1


def _year(day: Day, near: date | None) -> None:
    if day.year is None and near is None:
        raise BadTime("No year is stated, and the warning does not say when it was issued.", day.token)
    if near is not None:
        give_year(day, near)
