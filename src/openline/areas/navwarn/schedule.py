"""The time phrases of a warning: what they say, before months and years are filled in.

    010900Z TO 011400Z AUG                          a span
    1500Z TO 2000Z DAILY 28 AND 29 AUG              daily
    2140Z TO 0120Z COMMENCING DAILY 15 THRU 20 MAY  daily, and it begins on these days
    0500Z TO 1700Z DAILY UNTIL 30 JUN               daily from the issue on
    12 THRU 25 APR                                  whole days
    UNTIL 31 DEC, UNTIL FURTHER NOTICE              from the issue on
    ... , ALTERNATE 201153Z TO 201622Z APR          reserve days

A list of days is a list: only THRU, THROUGH, TO or a dash between two days makes a range. A phrase that begins like one
of these and does not end like one is refused whole.
"""

from __future__ import annotations

from typing import Final

import msgspec

from openline.areas.navwarn.times import BadTime, Day, dtg_day, minute_of, take_month
from openline.areas.navwarn.tokens import WEEKDAYS, Kind, Words, is_day

RANGE: Final = ("TO", "T0", "THRU", "THROUGH", "TILL", "UNTIL", "-")
DAY_RANGE: Final = ("THRU", "THROUGH", "TO", "-")
EVERY_DAY: Final = (("DAILY",), ("EACH", "DAY"), ("EVERY", "DAY"))
EXCEPT: Final = ("EXCEPT", "EXCLUDING")
HOLIDAYS: Final = ("HOLIDAYS", "HOLIDAY")
WEEKEND: Final = (5, 6)
WHOLE_DAYS: Final = (("24", "HOURS", "DAILY"), ("24", "HOURS"), ("H24",))
INTRODUCED: Final = ("FROM", "COMMENCING", "BETWEEN", "STARTING", "BEGINNING", "ON")
ALTERNATES: Final = (
    ("ALTERNATE", "DATES"),
    ("ALTERNATE", "DAYS"),
    ("ALTERNATE", "TIMES"),
    ("ALTERNATES",),
    ("ALTERNATE",),
    ("RESERVE", "DATES"),
    ("RESERVE", "DAYS"),
    ("RESERVE",),
)
UNTIL: Final = ("UNTIL", "TILL")
FURTHER_NOTICE: Final = (("FURTHER", "NOTICE"), ("FURTHER", "ADVISED"))


class Item(msgspec.Struct):
    """One day, or all from `first` to `last`; `weekday` is the name that the source gives the first."""

    first: Day
    last: Day | None = None
    weekday: int | None = None


class Group(msgspec.Struct):
    """One time phrase. `start` None is the issue; `end` None with `open` is never; `clocks` are minutes of the day.

    With `clocks` and `end`, and no `items`, it is daily from the issue until that day.
    """

    alternate: bool
    start: Day | None = None
    end: Day | None = None
    open: bool = False
    clocks: list[tuple[int, int]] = msgspec.field(default_factory=list)
    items: list[Item] = msgspec.field(default_factory=list)
    but_weekdays: list[int] = msgspec.field(default_factory=list)
    but: list[Item] = msgspec.field(default_factory=list)
    but_holidays: bool = False

    def days(self) -> list[Day]:
        """All days in the order of the text."""
        pairs = [each for item in (*self.items, *self.but) for each in (item.first, item.last)]
        return [each for each in (self.start, self.end, *pairs) if each is not None]


def begins(words: Words) -> bool:
    """Whether a time phrase begins here."""
    ahead = 1 if words.text() in INTRODUCED else 0
    if words.text() in (*UNTIL, "THRU", "THROUGH"):
        return words.text(1) == "FURTHER" or words.kind(1) is Kind.DTG or _days_here(words, 1)
    if words.kind(ahead) in {Kind.DTG, Kind.CLOCK} or words.text(ahead) in {"DAILY", "H24"}:
        return True
    if words.text() == "24" and words.text(1) == "HOURS":
        return True
    return _bare_range(words, ahead) or _days_here(words, ahead)


def take_groups(words: Words, years: range) -> list[Group]:
    """Take all time phrases that follow each other here; BadTime if one is broken."""
    groups: list[Group] = []
    alternate = False
    while True:
        mark = words.at
        while groups and words.text() in {",", ";", "AND", "OR"}:
            words.at += 1
        if groups and words.text() == "WITH":
            words.at += 1
        turned = bool(groups) and bool(words.phrase(ALTERNATES))
        if turned and words.text() == ":":
            words.at += 1
        if groups and not begins(words):
            if turned:
                raise BadTime("No time follows that could be the alternate one.", words.tokens[words.at - 1])
            words.at = mark
            return groups
        alternate = alternate or turned
        words.mark(mark, words.at)
        groups.append(_take_group(words, years, alternate))


def one_day(groups: list[Group]) -> bool:
    """Whether all that is said is one day, without hours."""
    items = groups[0].items
    return len(groups) == 1 and not groups[0].clocks and len(items) == 1 and items[0].last is None


def _take_group(words: Words, years: range, alternate: bool) -> Group:
    introduced = words.text() if words.text() in INTRODUCED else ""
    if introduced:
        words.take()
    if words.text() in (*UNTIL, "THRU", "THROUGH"):
        return _until(words, years, Group(alternate))
    if words.kind() is Kind.DTG or _bare_range(words, 0, 6):
        return _span(words, years, Group(alternate), introduced)
    if (
        words.kind() is Kind.CLOCK
        or words.text() in {"DAILY", "H24"}
        or _bare_range(words, 0, 4)
        or words.text(1) == "HOURS"
    ):
        return _daily(words, years, Group(alternate))
    return _whole_days(words, years, Group(alternate))


def _until(words: Words, years: range, group: Group) -> Group:
    words.take()
    if words.phrase(FURTHER_NOTICE):
        group.open = True
    elif words.kind() is Kind.DTG:
        group.end = _dtg(words, years)
    else:
        group.end = _take_day(words, years).first
    if group.end is not None and group.end.minute is None:
        group.end.minute = 24 * 60
    return group


def _span(words: Words, years: range, group: Group, introduced: str) -> Group:
    begun = words.tokens[words.at]
    group.start = _dtg(words, years)
    between = introduced == "BETWEEN" and words.text() == "AND"
    if words.text() in UNTIL and words.text(1) == "FURTHER":
        return _until(words, years, group)
    if introduced == "COMMENCING" and words.text() not in RANGE:
        group.open = True
        return group
    if not (words.text() in RANGE or between):
        raise BadTime("A time stands alone: nothing says when this ends.", begun)
    words.take()
    if words.kind() is not Kind.DTG and not _bare_end(words, 0, 6):
        raise BadTime("The end is not a day and time with Z.", begun, words.tokens[words.at - 1])
    group.end = _dtg(words, years)
    return group


def _bare_end(words: Words, ahead: int, digits: int) -> bool:
    """Whether the end of a span stands here whose zone stands at its start only: 0800Z TO 1400."""
    token = words.peek(ahead)
    return token is not None and token.kind is Kind.NUMBER and token.text.isdigit() and len(token.text) == digits


def _dtg(words: Words, years: range) -> Day:
    day = dtg_day(words.tokens[words.at])
    words.take()
    take_month(words, day, years)
    return day


def _daily(words: Words, years: range, group: Group) -> Group:
    begun = words.tokens[words.at]
    daily = bool(words.phrase(EVERY_DAY))
    words.skip("FROM")
    if words.text() == "H24" or (words.text() == "24" and words.text(1) == "HOURS"):
        words.phrase(WHOLE_DAYS)
    elif not (daily and not _clock_here(words)):
        group.clocks = _clocks(words)
    words.skip("COMMENCING")
    words.phrase(EVERY_DAY)
    if group.clocks and words.text() in UNTIL and _days_here(words, 1):
        _until(words, years, group)
        _except(words, years, group)
        return group
    ahead = 1 if words.text() == "," else 0
    ahead += 1 if words.text(ahead) in {"ON", "FROM", "BETWEEN", "COMMENCING"} else 0
    if not _days_here(words, ahead):
        raise BadTime("No days are stated for these hours.", begun, words.tokens[words.at - 1])
    words.take(ahead)
    group.items = _take_items(words, years)
    words.phrase(EVERY_DAY)
    _except(words, years, group)
    return group


def _clock_here(words: Words) -> bool:
    return words.kind() is Kind.CLOCK or _bare_range(words, 0, 4)


def _clocks(words: Words) -> list[tuple[int, int]]:
    found = []
    while True:
        begun = words.tokens[words.at]
        ends = words.peek(2)
        bare = begun.kind is Kind.CLOCK and _bare_end(words, 2, 4)
        if words.text(1) not in RANGE or ends is None or not (ends.kind is Kind.CLOCK or bare):
            raise BadTime("A time of day stands alone: nothing says when this ends.", begun)
        found.append((minute_of(begun), minute_of(ends)))
        words.take(3)
        ahead = 1 if words.text() in {",", "AND"} else 0
        ahead += 1 if words.text(ahead) == "AND" else 0
        if not ahead or words.kind(ahead) is not Kind.CLOCK:
            return found
        words.take(ahead)


def _whole_days(words: Words, years: range, group: Group) -> Group:
    items = _take_items(words, years)
    if words.text() in UNTIL and words.text(1) == "FURTHER" and len(items) == 1 and items[0].last is None:
        group.start = items[0].first
        return _until(words, years, group)
    ahead = 1 if words.text() == "," else 0
    ahead += 1 if words.text(ahead) in {"FROM", "BETWEEN", "DAILY"} else 0
    ahead += 1 if words.text(ahead) in {"FROM", "BETWEEN"} else 0
    if words.kind(ahead) is Kind.CLOCK or _bare_range(words, ahead, 4):
        words.take(ahead)
        group.clocks = _clocks(words)
        words.phrase(EVERY_DAY)
    group.items = items
    _except(words, years, group)
    return group


def _except(words: Words, years: range, group: Group) -> None:
    """EXCEPT SATURDAYS, SUNDAYS AND HOLIDAYS; EXCEPT FRIDAYS THRU SUNDAYS; EXCEPT WEEKENDS; EXCEPT 04 JUL."""
    if words.text() == "," and words.text(1) in EXCEPT:
        words.take()
    if words.text() not in EXCEPT:
        return
    if _days_here(words, 1) and _weekday(words, 1) is None:
        words.take()
        group.but = _take_items(words, years)
        return
    ahead = 1
    while _except_day(words, ahead, group):
        words.take(ahead + 1)
        if words.text() in DAY_RANGE and (last := _weekday(words, 1)) is not None and group.but_weekdays:
            first = group.but_weekdays[-1]
            group.but_weekdays += [(first + step) % 7 for step in range(1, (last - first) % 7 + 1)]
            words.take(2)
        ahead = 1 if words.text() in {"AND", ","} else 0
        ahead += 1 if ahead and words.text(ahead) == "AND" else 0


def _except_day(words: Words, ahead: int, group: Group) -> bool:
    """Note the days of the week, or the holidays, that this word leaves out; False if it is none."""
    weekday = _weekday(words, ahead)
    if weekday is not None:
        group.but_weekdays.append(weekday)
    elif words.text(ahead).removesuffix("S") == "WEEKEND":
        group.but_weekdays += WEEKEND
    elif words.text(ahead) in HOLIDAYS:
        group.but_holidays = True
    else:
        return False
    return True


def _weekday(words: Words, ahead: int = 0) -> int | None:
    text = words.text(ahead).removesuffix("S")
    return WEEKDAYS.index(text) if text in WEEKDAYS else None


def _take_items(words: Words, years: range) -> list[Item]:
    items = [_take_day(words, years)]
    while True:
        ahead = 1 if words.text() in {",", "AND"} else 0
        ahead += 1 if ahead and words.text(ahead) == "AND" else 0
        if not ahead or not (is_day(words.peek(ahead)) or words.text(ahead) in WEEKDAYS):
            return items
        if not _days_here(words, ahead):
            return items
        words.take(ahead)
        items.append(_take_day(words, years))


def _take_day(words: Words, years: range) -> Item:
    item = Item(_one_day(words, years, weekday := _weekday(words)), weekday=weekday)
    if words.text() in DAY_RANGE and (is_day(words.peek(1)) or words.text(1) in WEEKDAYS):
        words.take()
        item.last = _one_day(words, years, _weekday(words))
    return item


def _one_day(words: Words, years: range, weekday: int | None) -> Day:
    if weekday is not None:
        words.take()
        words.skip(",")
    token = words.peek()
    if token is None or not is_day(token):
        raise BadTime("There is no such day.", token or words.tokens[-1])
    day = Day(int(token.text), token)
    words.take()
    take_month(words, day, years)
    return day


def _days_here(words: Words, ahead: int) -> bool:
    """Whether days stand here, a list or a range of them, that come to a month."""
    if words.text(ahead) in WEEKDAYS:
        ahead += 1
    if not is_day(words.peek(ahead)):
        return False
    return bool(words.to_month[words.at + ahead])


def _bare_range(words: Words, ahead: int, digits: int = 0) -> bool:
    """Whether digits without a zone stand here whose zone follows with the end: 0800 TO 1700 UTC."""
    token, ends = words.peek(ahead), words.peek(ahead + 2)
    if token is None or ends is None or token.kind is not Kind.NUMBER or not token.text.isdigit():
        return False
    wanted = {4: Kind.CLOCK, 6: Kind.DTG}.get(len(token.text))
    right = digits in {0, len(token.text)}
    return right and wanted is not None and ends.kind is wanted and words.text(ahead + 1) in (*RANGE, "AND")
