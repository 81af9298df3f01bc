"""One warning, from its words to a reading.

Each phrase that is understood marks its words. What is left decides: a number, a time, a position, or a word that
speaks of when or where, which nobody understood, is refused with its place in the text. So a text that is understood
in part always says so.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from openline.areas.navwarn.cancels import Cancels, take_cancel
from openline.areas.navwarn.doubts import doubt_areas, doubt_cancels, doubt_extent, doubt_times
from openline.areas.navwarn.harmless import skip_harmless
from openline.areas.navwarn.heading import Heading, take_heading
from openline.areas.navwarn.leftover import refuse_leftover
from openline.areas.navwarn.notes import Notes
from openline.areas.navwarn.places import Placing
from openline.areas.navwarn.positions import flag_lost_digits, pair_here, take_position
from openline.areas.navwarn.resolve import windows_of
from openline.areas.navwarn.schedule import RANGE, Group, begins, one_day, take_groups
from openline.areas.navwarn.times import AHEAD, BadTime, Day, day_of, take_month
from openline.areas.navwarn.tokens import Kind, Words, capitals, tokenise
from openline.areas.reading import Reading
from openline.areas.shapes import Circle, Point, Polygon
from openline.areas.windows import Window
from openline.errors import BadField, TooLarge
from openline.limits import WARNING_MAX_BYTES
from openline.terms import Instant

ISSUED_MIN: Final = Instant(-2_208_988_800_000)  # 1900
ISSUED_MAX: Final = Instant(7_258_118_400_000)  # 2200
YEARS_AROUND: Final = 3
EVENTS: Final = (("AS", "OF"), ("AT",), ("ON",), ("SINCE",), ("DTG",), ("BULLETIN",))
PLANNED: Final = ("OPERATIONS", "EXERCISES", "EXERCISE", "FIRING", "FIRINGS", "LAUNCHING", "PROHIBITED", "TESTS")
BEFORE_DAY: Final = (*PLANNED, "DEBRIS", "GUNNERY", "ROCKETS", "MISSILES", "SURVEY", "SURVEYS", "ON", "AND")
BETWEEN_MAX: Final = 40
AFTER_TIME: Final = (
    *(".", ",", ":", ";", "(", "IN", "WITHIN", "BY", "ALONG", "AT", "NEAR", "OFF", "BETWEEN", "BOUND", "AREA", "AREAS"),
    *("VESSELS", "WIDE", "CANCEL"),
)


def read(text: str, *, issued: Instant | None = None, series: str = "", number: int = 0, year: int = 0) -> Reading:
    """Read one warning. `issued`, `series`, `number` and `year` are the issuer's record, where there is one.

    What they leave out is taken from the heading of the text. TooLarge if the text is longer than any warning;
    BadField if `issued` is in no year of this age.
    """
    if len(text) > WARNING_MAX_BYTES or len(text.encode("utf-8", "surrogatepass")) > WARNING_MAX_BYTES:
        raise TooLarge(f"A warning has at most {WARNING_MAX_BYTES} bytes.")
    if issued is not None and not ISSUED_MIN <= issued <= ISSUED_MAX:
        raise BadField("The warning was issued in a year that cannot be.")
    words = Words(tokenise(capitals(text)))
    heading = take_heading(words)
    known = Heading(
        id=f"{series} {number}/{year % 100:02}" if series and number else heading.id,
        issued=heading.issued if issued is None else issued,
    )
    if issued is None and heading.issued is not None and not ISSUED_MIN <= heading.issued <= ISSUED_MAX:
        raise BadField("The warning was issued in a year that cannot be.")
    return _Reader(text, words, known).read()


class _Reader:
    """The walk through the words of one warning."""

    def __init__(self, source: str, words: Words, heading: Heading) -> None:
        self.source = source
        self.words = words
        self.heading = heading
        self.notes = Notes(source)
        self.placing = Placing(words, self.notes)
        self.cancels = Cancels()
        self.groups: list[tuple[list[Group], int, int]] = []
        self.part = (0, "")
        self.time_parts: list[tuple[int, str]] = []
        self.place_parts: list[tuple[int, str]] = []
        self.operative: list[int] = []
        self.heads = _heads(words)
        self.paragraph = 0
        self.timed = -1
        self.placed = False
        self.pointed = -1
        year = None if heading.issued is None else day_of(heading.issued).year
        self.years = range(1900, 2200) if year is None else range(year - YEARS_AROUND, year + YEARS_AROUND + 1)

    def read(self) -> Reading:
        while self.words.peek() is not None:
            before = self.words.at
            self._step()
            self.words.at = max(self.words.at, before + 1)
        windows, alternates, cancel = self._resolve()
        areas = self.placing.areas
        doubt_times(windows, alternates, self.heading.issued, cancel, self.notes)
        if self.cancels.by_day and self.cancels.at is not None:
            self.notes.flag(
                "cancel-day", "It cancels itself on a day, at no time: read as the end of it.", self.cancels.at.token
            )
        doubt_areas(areas, self.heads, self.notes)
        doubt_cancels(self.heading.id, self.cancels.others, self.notes)
        doubt_extent(frozenset(token.text for token in self.words.tokens), areas, self.notes)
        self._doubt_whole(windows, cancel)
        flag_lost_digits(self.notes)
        refuse_leftover(self.words, self.notes, self.operative)
        return Reading(
            format="navwarn",
            source=self.source,
            id=self.heading.id,
            issued=self.heading.issued,
            windows=tuple(windows),
            alternate_windows=tuple(alternates),
            areas=tuple(areas),
            self_cancel=cancel,
            cancels=tuple(dict.fromkeys(self.cancels.others)),
            shown_until=_shown_until([*windows, *alternates], cancel),
            flags=tuple(self.notes.flags),
            refused=tuple(sorted(self.notes.refused, key=lambda each: each.first)),
        )

    def _step(self) -> None:
        words = self.words
        if self._paragraph() or self._label():
            return
        begun = words.at
        try:
            if take_cancel(words, self.years, self.cancels) or self._event():
                return
            if self._place() or self._time() or self._point():
                self.operative.append(begun)
                return
        except BadTime as bad:
            self.operative.append(begun)
            self._refuse(bad, begun)
            return
        skip_harmless(words)

    def _refuse(self, bad: BadTime, begun: int) -> None:
        """Refuse the words from here to those that are wrong."""
        words = self.words
        ends = max((token.last for token in bad.tokens), default=0)
        while (token := words.peek()) is not None and (words.at == begun or token.first < ends):
            words.at += 1
        words.mark(begun, words.at)
        self.notes.refuse(bad.why, words.tokens[begun], words.tokens[words.at - 1])

    def _paragraph(self) -> bool:
        """A number and a point at the beginning of a line or sentence."""
        words = self.words
        token, before = words.peek(), words.peek(-1)
        if token is None or token.kind is not Kind.NUMBER or len(token.text) > 2 or words.text(1) != ".":
            return False
        if not (token.opens or before is None or before.text in {".", ":", ")", "/"}):
            return False
        if int(token.text) > self.paragraph + 1:
            self.notes.flag("paragraph-missing", "The numbers of its paragraphs have a gap.", token)
        self.paragraph = int(token.text)
        words.take(2)
        words.skip("-")
        self._forget("")
        return True

    def _label(self) -> bool:
        if not self.placing.take_label():
            return False
        self._forget(self.placing.label)
        if not self.placing.take_listed():
            self.placed = False
        return True

    def _forget(self, label: str) -> None:
        """What was said in the paragraph or item before no longer holds."""
        self.placing.label = label
        self.part = (self.paragraph, label)
        self.timed = -1
        self.pointed = -1
        if not label:
            self.placed = False
            self.placing.listed = None

    def _event(self) -> bool:
        """When something happened: AT 210033Z SEP, ON 15 APR. Not a window."""
        words = self.words
        mark = words.at
        for phrase in EVENTS:
            if all(words.text(ahead) == word for ahead, word in enumerate(phrase)):
                break
        else:
            return False
        words.at += len(phrase)
        token = words.peek()
        day = token is not None and token.kind is Kind.NUMBER and len(token.text) <= 2 and words.kind(1) is Kind.MONTH
        if token is None or not (token.kind is Kind.DTG or day) or self._planned():
            words.at = mark
            return False
        words.at += 1
        take_month(words, Day(1, token), self.years)
        if words.text() in RANGE or words.text() in {"AND", ","} and words.kind(1) in {Kind.DTG, Kind.CLOCK}:
            words.at = mark
            return False
        words.mark(mark, words.at)
        return True

    def _planned(self) -> bool:
        """Whether the paragraph up to here speaks of something that is planned."""
        for back in range(1, BETWEEN_MAX):
            token = self.words.peek(-back)
            if token is None or (token.text == "." and back > 1 and self.words.text(-back + 1) == "\n"):
                return False
            if token.text in PLANNED:
                return True
        return False

    def _place(self) -> bool:
        part = self.part
        if not self.placing.take():
            return False
        self.place_parts.append(part)
        self.placed = True
        self.timed = -1
        return True

    def _time(self) -> bool:
        words = self.words
        if not begins(words):
            return False
        begun = words.at
        before = words.peek(-1)
        groups = take_groups(words, self.years)
        if before is not None and before.kind is Kind.WORD and before.text not in BEFORE_DAY and one_day(groups):
            self.notes.flag("day-alone", "One day stands alone: it may be an end, or all.", before, words.tokens[begun])
        if self.timed >= 0:
            self.notes.refuse(
                "How these times belong together is not understood.", words.tokens[self.timed], words.tokens[begun]
            )
        self.groups.append((groups, begun, words.at - 1))
        self.time_parts.append(self.part)
        self.timed = words.at - 1
        ahead = 0
        while words.kind(ahead) in {Kind.WORD, Kind.NAME} and words.text(ahead) not in AFTER_TIME:
            ahead += 1
        if ahead:
            tokens = words.tokens[words.at : words.at + ahead]
            self.notes.refuse("What this says about the time is not understood.", *tokens)
            words.take(ahead)
        return True

    def _point(self) -> bool:
        words = self.words
        count = pair_here(words)
        if not count:
            return False
        begun = words.at
        alone = not self.placed and not self._in_a_row()
        position = take_position(words, self.notes)
        if not alone:
            self.notes.refuse("What this position means is not understood.", *words.tokens[begun : words.at])
        elif position is not None:
            if self.placing.label and self.part in self.place_parts:
                self.notes.flag("list-letter", "Two positions stand under one letter of a list.", words.tokens[begun])
            self.placing.areas.append(Point(position, self.placing.label))
            self.place_parts.append(self.part)
        self.pointed = words.at
        return True

    def _in_a_row(self) -> bool:
        """Whether the position before is apart from this one by a mark only."""
        return self.pointed >= 0 and self.words.at - self.pointed <= 1 and self.words.text(-1) != "AND"

    def _resolve(self) -> tuple[list[Window], list[Window], Instant | None]:
        windows: list[Window] = []
        alternates: list[Window] = []
        for groups, first, last in self.groups:
            try:
                found, reserve = windows_of(groups, self.heading.issued, self._anchor(), self.cancels.at, self.notes)
            except BadTime as bad:
                self.notes.refuse(bad.why, self.words.tokens[first], self.words.tokens[last])
                continue
            windows = list(dict.fromkeys([*windows, *found]))
            alternates = list(dict.fromkeys([*alternates, *reserve]))
        ends = [each.end for each in (*windows, *alternates) if each.end is not None]
        near = day_of(max(ends)) if ends else None if self.heading.issued is None else day_of(self.heading.issued)
        try:
            return windows, alternates, self.cancels.instant(near, self.heading.issued)
        except BadTime as bad:
            self.notes.refuse(bad.why, *bad.tokens)
            return windows, alternates, None

    def _doubt_whole(self, windows: list[Window], cancel: Instant | None) -> None:
        """Times without a place, a place without times, an end without a cancelling line."""
        planned = any(token.text in PLANNED for token in self.words.tokens)
        areas = [area for area in self.placing.areas if isinstance(area, Circle | Polygon)]
        if windows and not self.placing.areas:
            self.notes.flag("no-place", "It says when, and not where.")
        if planned and areas and not self.groups:
            self.notes.flag("no-time", "It says where, and not when.")
        if len({part for part in self.time_parts if part in self.place_parts}) > 1:
            self.notes.flag(
                "windows-differ", "Its parts have times of their own: read which area goes with which time."
            )
        if self.paragraph and cancel is None and any(each.end is not None for each in windows):
            self.notes.flag("no-cancel", "It has an end, and no line that cancels it.")

    def _anchor(self) -> date | None:
        """The day that days without a year are nearest to: some weeks after the issue, or when it cancels itself."""
        if self.heading.issued is not None:
            return day_of(self.heading.issued) + AHEAD
        at = self.cancels.at
        return at.date() if at is not None and at.year is not None else None


def _shown_until(windows: list[Window], cancel: Instant | None) -> Instant | None:
    """The later reading of when it ends; None where nothing ends it."""
    ends = [each.end for each in windows if each.end is not None]
    if cancel is None and any(each.end is None for each in windows):
        return None
    return max([*ends, *([cancel] if cancel is not None else [])], default=None)


def _heads(words: Words) -> list[str]:
    """The sentences before the first number: the seas and coasts that the warning is about."""
    heads: list[str] = []
    run: list[str] = []
    for token in words.tokens[words.at :]:
        if token.text == ".":
            heads.append(" ".join(run))
            run = []
        elif token.kind in {Kind.WORD, Kind.MONTH}:
            run.append(token.text)
        elif token.kind is not Kind.MARK and token.text[:1] in "0123456789" and run[-1:] not in (["DNC"], ["CHART"]):
            break
    return heads
