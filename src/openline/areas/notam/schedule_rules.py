"""The rules of item D, from its words: which days, which times, what is excepted (Doc 8126; Eurocontrol OPADD)."""

from __future__ import annotations

from typing import Final

import msgspec

from openline.areas.notam.schedule_words import Kind, Word

RULES_MAX: Final = 400


class NoRuleError(ValueError):
    """The words from `first` on are no rule that this reader knows; it never leaves this room."""

    def __init__(self, first: int, why: str) -> None:
        """Where in the item the words stand, and why they are not understood."""
        super().__init__(why)
        self.first = first


class Clock(msgspec.Struct, frozen=True):
    """A time of the day in minutes, or so many minutes after (before) sunrise or sunset."""

    minutes: int = 0
    sun: str = ""


class Span(msgspec.Struct, frozen=True):
    """From one time to another of the same day, or of the next where it is not later."""

    start: Clock
    end: Clock
    next_day: bool = False


class Day(msgspec.Struct, frozen=True):
    """A day of the month; `month` is None where the words name none."""

    month: int | None
    day: int


class Days(msgspec.Struct, frozen=True):
    """Days from one to another, both included."""

    start: Day
    end: Day


class Through(msgspec.Struct, frozen=True):
    """One period from a time of one day to a time of another: "08 0800-12 2000"."""

    start: Day
    start_at: Clock
    end: Day
    end_at: Clock


class Absolute(msgspec.Struct, frozen=True):
    """One period between two times of ten digits."""

    start: str
    end: str


class Rule(msgspec.Struct, frozen=True):
    """Times on days. No days and no weekdays: every day. Both: those of the days that are such weekdays.

    `but_days` and `but_weekdays` are excepted; `instead` are other times on the excepted days.
    """

    days: tuple[Days, ...] = ()
    weekdays: frozenset[int] = frozenset()
    spans: tuple[Span, ...] = ()
    but_days: tuple[Days, ...] = ()
    but_weekdays: frozenset[int] = frozenset()
    instead: tuple[Span, ...] = ()
    first: int = 0

    @property
    def narrower(self) -> bool:
        """Whether the times of the excepted days all lie within the others: "0800-1600 EXC 12 1000-1100"."""
        return bool(self.instead) and all(any(_within(one, other) for other in self.spans) for one in self.instead)


def _within(one: Span, other: Span) -> bool:
    """Whether a span of clock times lies within another of the same day; of the sun nothing is known."""
    if any(clock.sun for clock in (one.start, one.end, other.start, other.end)):
        return False
    ends = [span.end.minutes + (1440 if span.end.minutes <= span.start.minutes else 0) for span in (one, other)]
    return other.start.minutes <= one.start.minutes and ends[0] <= ends[1]


class Schedule(msgspec.Struct, frozen=True):
    """All rules of an item D. `holidays` says that its words speak of holidays, which only the issuer knows."""

    rules: tuple[Rule, ...] = ()
    through: tuple[Through | Absolute, ...] = ()
    holidays: bool = False


class _Picked(msgspec.Struct):
    days: list[Days] = []
    weekdays: set[int] = set()
    daily: bool = False

    @property
    def any(self) -> bool:
        return bool(self.days or self.weekdays or self.daily)


def _months_behind(words: list[Word]) -> bool:
    """Whether months stand behind their days: 20 APR 1319-1428, 21 APR 1314-1424."""
    kinds = [word.kind for word in words]
    if Kind.MONTH not in kinds or Kind.NUMBER not in kinds[: kinds.index(Kind.MONTH)]:
        return False
    months = [at for at, kind in enumerate(kinds) if kind is Kind.MONTH]
    return all(kinds[at - 1] is Kind.NUMBER and kinds[at + 1 : at + 2] != [Kind.NUMBER] for at in months)


class _Reader:
    """Goes through the words once, left to right."""

    def __init__(self, words: list[Word]) -> None:
        self.words = words
        self.at = 0
        self.month: int | None = None
        self.behind = _months_behind(words)
        self.holidays = False
        self.through: list[Through | Absolute] = []

    def kind(self, ahead: int = 0) -> Kind | None:
        """What the next word is; None at the end."""
        return self.words[self.at + ahead].kind if self.at + ahead < len(self.words) else None

    def take(self, *kinds: Kind) -> Word | None:
        """The next word if it is one of these."""
        if self.kind() in kinds:
            self.at += 1
            return self.words[self.at - 1]
        return None

    def fail(self, why: str) -> NoRuleError:
        """The error for the words from here on."""
        first = self.words[min(self.at, len(self.words) - 1)].first if self.words else 0
        return NoRuleError(first, why)

    def rules(self) -> Schedule:
        """All rules, to the last word."""
        rules: list[Rule] = []
        parted = True
        while self.kind() is not None:
            if self.take(Kind.COMMA):
                parted = True
                continue
            before = self.at
            rule = self.rule(rules[-1] if rules else None, parted=parted)
            if rule:
                rules.append(rule)
            if self.at == before or len(rules) > RULES_MAX:
                raise self.fail("not a day, a date or a time")
            parted = False
        if not rules and not self.through:
            raise self.fail("no times")
        return Schedule(tuple(rules), tuple(self.through), self.holidays)

    def rule(self, previous: Rule | None, *, parted: bool) -> Rule | None:
        """One rule: days, times, exceptions; None where it was a period through several days."""
        first = self.words[self.at].first
        if self.absolute() or self.day_through():
            return None
        picked = self.days()
        but = self.excepted()
        spans = self.spans()
        if not spans:
            raise self.fail("days without times" if picked.any else "not a day, a date or a time")
        while self.take(Kind.DAILY):
            pass
        if not picked.any and not but.any and self.kind() in (Kind.WEEKDAY, Kind.MONTH) and previous is None:
            picked = self.days()
            if self.kind() in (Kind.TIME, Kind.WHOLE, Kind.SUN, Kind.DASH):
                raise self.fail("days behind their times")
        instead: tuple[Span, ...] = ()
        if not but.any and self.kind() is Kind.EXCEPT:
            but = self.excepted()
            instead = self.spans()
        days = tuple(picked.days)
        if picked.weekdays and not days and previous and previous.days and previous.weekdays:
            if parted:
                raise NoRuleError(first, "weekdays behind a comma: of these dates or of all")
            days = previous.days
        return Rule(days, frozenset(picked.weekdays), spans, tuple(but.days), frozenset(but.weekdays), instead, first)

    def absolute(self) -> bool:
        """YYMMDDhhmm TO YYMMDDhhmm."""
        if self.kind() is not Kind.TEN:
            return False
        if (self.kind(1), self.kind(2)) != (Kind.DASH, Kind.TEN):
            raise self.fail("a time of ten digits without its end")
        self.through.append(Absolute(self.words[self.at].text, self.words[self.at + 2].text))
        self.at += 3
        return True

    def day_through(self) -> bool:
        """[MON] DD hhmm-[MON] DD hhmm."""
        month, start = self.month, self.at
        one = self.day()
        if one and self.kind() in (Kind.TIME, Kind.SUN):
            since = self.clock()
            if self.take(Kind.DASH) and self.kind() in (Kind.MONTH, Kind.NUMBER):
                other = self.day()
                if other and self.kind() in (Kind.TIME, Kind.SUN):
                    self.through.append(Through(one, since, other, self.clock()))
                    return True
        self.month, self.at = month, start
        return False

    def day(self) -> Day | None:
        """[MON] DD, or DD MON where all are written so; takes nothing where it is none."""
        ahead = 1 if self.kind() is Kind.MONTH and not self.behind else 0
        if self.kind(ahead) is not Kind.NUMBER:
            return None
        month = self.take(Kind.MONTH)
        if month:
            self.month = month.value
        number = self.take(Kind.NUMBER)
        if number is None or not 1 <= number.value <= 31:
            self.at -= 1
            raise self.fail("no day of a month")
        if self.behind:
            month = self.take(Kind.MONTH)
            return Day(month.value if month else None, number.value)
        return Day(self.month, number.value)

    def days(self) -> _Picked:
        """Dates, ranges of dates, weekdays, ranges of weekdays, DAILY, as many as follow one another."""
        picked = _Picked()
        while True:
            comma = picked.any and self.kind() is Kind.COMMA and self.kind(1) in _DAY_KINDS
            if comma:
                self.at += 1
            if self.take(Kind.DAILY):
                picked.daily = True
            elif self.kind() is Kind.WEEKDAY:
                picked.weekdays |= self.weekdays()
            elif self.take(Kind.HOLIDAY):
                raise self.fail("holidays, which only the issuer knows")
            else:
                start = self.day()
                if start is None:
                    return picked
                end = start
                if self.kind() is Kind.DASH and self.kind(1) in (Kind.MONTH, Kind.NUMBER):
                    self.at += 1
                    end = self.day() or start
                picked.days.append(Days(start, end))

    def weekdays(self) -> set[int]:
        """One weekday, or from one to another."""
        one = self.words[self.at].value
        self.at += 1
        if self.kind() is Kind.DASH and self.kind(1) is Kind.WEEKDAY:
            other = self.words[self.at + 1].value
            self.at += 2
            return {(one + step) % 7 for step in range((other - one) % 7 + 1)}
        return {one}

    def excepted(self) -> _Picked:
        """EXC and the days behind it; dates here do not change the month of what follows."""
        but = _Picked()
        month = self.month
        while self.take(Kind.EXCEPT):
            while True:
                while self.take(Kind.HOLIDAY):
                    self.holidays = True
                more = self.excepted_days()
                but.days += more.days
                but.weekdays |= more.weekdays
                if not more.any:
                    break
            if not but.any and not self.holidays:
                raise self.fail("excepted, but not which days")
        self.month = month if month is not None else self.month
        return but

    def excepted_days(self) -> _Picked:
        """The days behind EXC up to a comma; past it only where no times follow, for those have days of their own."""
        start, month = self.at, self.month
        if self.kind() is Kind.COMMA:
            self.at += 1
            picked = self.days() if self.kind() in _DAY_KINDS else _Picked()
            if picked.any and self.kind() not in (Kind.TIME, Kind.SUN, Kind.WHOLE, Kind.EXCEPT):
                return picked
            self.at, self.month = start, month
            return _Picked()
        picked = _Picked()
        while self.kind() in _DAY_KINDS:
            if self.kind() is Kind.WEEKDAY:
                picked.weekdays |= self.weekdays()
                continue
            one = self.day()
            if one is None:
                raise self.fail("excepted, but not which days")
            end = one
            if self.kind() is Kind.DASH and self.kind(1) in (Kind.MONTH, Kind.NUMBER):
                self.at += 1
                end = self.day() or one
            picked.days.append(Days(one, end))
        return picked

    def spans(self) -> tuple[Span, ...]:
        """Times of the day, as many as follow one another."""
        spans: list[Span] = []
        while True:
            ahead = 1 if spans and self.kind() is Kind.COMMA else 0
            if self.kind(ahead) not in (Kind.TIME, Kind.SUN, Kind.WHOLE, Kind.LIGHT):
                return tuple(spans)
            self.at += ahead
            if light := self.take(Kind.LIGHT):
                begins, ends = ("rise", "set") if light.text == "HJ" else ("set", "rise")
                spans.append(Span(Clock(0, begins), Clock(0, ends)))
                continue
            if self.take(Kind.WHOLE):
                spans.append(Span(Clock(0), Clock(24 * 60)))
                continue
            start = self.clock()
            if not self.take(Kind.DASH):
                raise self.fail("a time without its end")
            if self.kind() not in (Kind.TIME, Kind.SUN):
                raise self.fail("a time without its end")
            spans.append(Span(start, self.clock(), next_day=self.take(Kind.NEXT_DAY) is not None))

    def clock(self) -> Clock:
        """One time of the day."""
        word = self.words[self.at]
        self.at += 1
        if word.kind is Kind.SUN:
            return Clock(word.value, "rise" if word.text.startswith(("SR", "SUNRISE")) else "set")
        if word.value > 24 * 60:
            self.at -= 1
            raise self.fail("no time of a day")
        return Clock(word.value)


_DAY_KINDS: Final = (Kind.MONTH, Kind.NUMBER, Kind.WEEKDAY)


def read_rules(words: list[Word]) -> Schedule:
    """The rules of a schedule. Raises `NoRuleError` at the first words that are none."""
    return _Reader(words).rules()
