"""Item D written out: every single period, within items B and C."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import msgspec

from openline.areas.notam.schedule_rules import (
    Absolute,
    Clock,
    Days,
    NoRuleError,
    Rule,
    Schedule,
    Span,
    Through,
    read_rules,
)
from openline.areas.notam.schedule_words import Kind, cut
from openline.areas.notam.sun import sun_event
from openline.areas.notam.times import instant, moment, read_ten
from openline.areas.shapes import Position
from openline.areas.windows import EndKind, Window
from openline.limits import NOTAM_WINDOWS_MAX
from openline.terms import Instant

DAY = timedelta(days=1)


class Bounds(msgspec.Struct, frozen=True):
    """Items B and C, and where the sun is asked for."""

    start: datetime
    end: datetime
    place: Position | None


class Periods(msgspec.Struct, frozen=True):
    """The periods of a schedule, in order, none overlapping; `outside` counts stated ones on days outside B to C.

    `holidays`: holidays are excepted, and not left out here. `excepted_times`: times behind EXC lie within the others,
    so they may be excepted themselves; the longer periods stand.
    `refused_from` is the offset in the item from which on the words were not understood, with `why`.
    """

    windows: tuple[Window, ...] = ()
    outside: int = 0
    holidays: bool = False
    excepted_times: bool = False
    refused_from: int | None = None
    why: str = ""


def write_out(text: str, starts: Instant, ends: Instant, kind: EndKind, place: Position | None) -> Periods:
    """The periods of item D between two instants. `place` is where sunrise and sunset are taken."""
    bounds = Bounds(moment(starts), moment(ends), place)
    years = {str(year) for year in range(bounds.start.year, bounds.end.year + 1)}
    words = [word for word in cut(text) if not (word.kind is Kind.TIME and word.text.strip() in years)]
    try:
        schedule = read_rules(words)
        stated = _all(schedule, bounds)
    except NoRuleError as none:
        return Periods(refused_from=none.first, why=str(none))
    first, last_day = bounds.start.date(), bounds.end.date()
    outside = sum(
        1
        for start, end, named in stated
        if named
        and ((end <= bounds.start and start.date() < first) or (start >= bounds.end and start.date() > last_day))
    )
    clipped = sorted(
        (max(start, bounds.start), min(end, bounds.end))
        for start, end, _ in stated
        if end > bounds.start and start < bounds.end
    )
    merged: list[tuple[datetime, datetime]] = []
    for start, end in clipped:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    last = len(merged) - 1
    windows = tuple(
        Window(instant(start), instant(end), kind if at == last else EndKind.FIXED)
        for at, (start, end) in enumerate(merged)
    )
    return Periods(windows, outside, schedule.holidays, any(rule.narrower for rule in schedule.rules))


def fault(text: str) -> tuple[str, int]:
    """Why item D cannot be read, and from which offset on; "" where it can, whatever the dates are."""
    try:
        read_rules(cut(text))
    except NoRuleError as none:
        return str(none), none.first
    return "", 0


def _all(schedule: Schedule, bounds: Bounds) -> list[tuple[datetime, datetime, bool]]:
    """Every period of every rule, whether or not within the bounds; the last says that its date is stated."""
    found = [(*_through(through, bounds), True) for through in schedule.through]
    for rule in schedule.rules:
        for start, end, named in _of_rule(rule, bounds):
            found.append((start, end, named))
            if len(found) > NOTAM_WINDOWS_MAX:
                raise NoRuleError(0, f"more than {NOTAM_WINDOWS_MAX} periods")
    return found


def _through(through: Through | Absolute, bounds: Bounds) -> tuple[datetime, datetime]:
    """A period over several days."""
    if isinstance(through, Absolute):
        start, end = read_ten(through.start), read_ten(through.end)
        if start is None or end is None or end <= start:
            raise NoRuleError(0, "no period between two times")
        return moment(start), moment(end)
    (first, last), *_ = _ranges((Days(through.start, through.end),), bounds)
    return _at(first, through.start_at, bounds), _at(last, through.end_at, bounds)


def _of_rule(rule: Rule, bounds: Bounds) -> Iterator[tuple[datetime, datetime, bool]]:
    """The periods of one rule."""
    but = [(first, last) for first, last in _ranges(rule.but_days, bounds)] if rule.but_days else []
    for day in _dates(rule, bounds):
        excepted = day.weekday() in rule.but_weekdays or any(first <= day <= last for first, last in but)
        for span in rule.instead if excepted and not rule.narrower else rule.spans:
            yield (*_period(day, span, bounds), bool(rule.days))


def _period(day: date, span: Span, bounds: Bounds) -> tuple[datetime, datetime]:
    start = _at(day, span.start, bounds)
    end = _at(day, span.end, bounds)
    if end <= start or (span.next_day and end < start + DAY and end.date() == day):
        end = _at(day + DAY, span.end, bounds)
    return start, end


def _at(day: date, clock: Clock, bounds: Bounds) -> datetime:
    """A time on a day. Raises `NoRuleError` where it hangs on a sun that cannot be told."""
    if not clock.sun:
        return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=clock.minutes)
    if bounds.place is None:
        raise NoRuleError(0, "sunrise or sunset, and no place near enough to tell them")
    event = sun_event(bounds.place, day, rise=clock.sun == "rise")
    if event is None:
        raise NoRuleError(0, "sunrise or sunset where the sun does neither")
    whole = event.replace(second=0, microsecond=0) + timedelta(minutes=0 if clock.sun == "rise" else 1)
    return whole + timedelta(minutes=clock.minutes)


def _dates(rule: Rule, bounds: Bounds) -> Iterator[date]:
    """The days on which a rule holds, before exceptions."""
    spans = _ranges(rule.days, bounds) if rule.days else [(bounds.start.date() - DAY, bounds.end.date() + DAY)]
    for first, last in spans:
        for step in range((last - first).days + 1):
            day = first + step * DAY
            if not rule.weekdays or day.weekday() in rule.weekdays:
                yield day


def _ranges(days: tuple[Days, ...], bounds: Bounds) -> list[tuple[date, date]]:
    """Dates of day ranges, with the year and, where the words name none, the month that B and C leave open.

    Raises `NoRuleError` where two months fit.
    """
    found = []
    for each in days:
        first = _date(each.start.month, each.start.day, bounds)
        if each.end == each.start:
            last = first
        else:
            last = _behind(first, each.end.month if each.end.month != each.start.month else None, each.end.day)
        if (last - first).days > 800:
            raise NoRuleError(0, "a range of more than two years")
        found.append((first, last))
    return found


def _behind(first: date, month: int | None, day: int) -> date:
    """The next such day after another."""
    for step in range(13):
        year, number = divmod(first.year * 12 + first.month - 1 + step, 12)
        if month is not None and number + 1 != month:
            continue
        try:
            found = date(year, number + 1, day)
        except ValueError:
            continue
        if found >= first:
            return found
    raise NoRuleError(0, "no such date")


def _date(month: int | None, day: int, bounds: Bounds) -> date:
    """The date of a day and month between B and C; where none is, the nearest."""
    low, high = bounds.start.date(), bounds.end.date()
    at = low.year * 12 + low.month - 2
    until = high.year * 12 + high.month
    inside: list[date] = []
    near: list[date] = []
    for number in range(at, min(until + 1, at + 240)):
        year, number_in_year = divmod(number, 12)
        if month is not None and number_in_year + 1 != month:
            continue
        try:
            found = date(year, number_in_year + 1, day)
        except ValueError:
            continue
        (inside if low <= found <= high else near).append(found)
    if len(inside) > 1:
        raise NoRuleError(0, f"day {day} of more than one month or year")
    if inside:
        return inside[0]
    if month is not None and not near:
        for year in (low.year, high.year, low.year + 1):
            try:
                near.append(date(year, month, day))
            except ValueError:
                continue
    if not near:
        raise NoRuleError(0, "no such date")
    return min(near, key=lambda found: abs((found - low).days))
