"""The place phrases of a warning: areas bound by positions, circles, tracklines, and positions of things.

    IN AREA BOUND BY 55-37N 020-46E, ...            a polygon
    IN AREAS BOUND BY: A. ... B. ...                one polygon for each letter
    IN AREA BETWEEN 34-30N 34-27N AND 017-45E 018-01E   from one parallel and meridian to the others
    IN AREAS WITHIN: A. 30 MILES OF ... B. ...      one circle for each letter
    WITHIN TEN MILES OF 12-44N 017-44W              a circle
    WITHIN 200M OF TRACKLINE JOINING ...            a track with a width
    ALONG TRACKLINE JOINING ...                     a track
    A. 53-59.10N 001-27.00E.                        a point

The edges of an area are rhumb lines, as on the chart.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec

from openline.areas.navwarn.notes import Notes
from openline.areas.navwarn.positions import coordinate, pair_here, take_position
from openline.areas.navwarn.tokens import NUMBER_WORDS, TENS, Kind, Token, Words
from openline.areas.shapes import METRES_PER_NM, Area, Circle, Edges, Polygon, Position, Track

METRES: Final[dict[str, float]] = {
    **dict.fromkeys(("MILE", "MILES", "NM", "NMI"), METRES_PER_NM),
    **dict.fromkeys(("KM", "KMS", "KILOMETER", "KILOMETERS", "KILOMETRE", "KILOMETRES"), 1000.0),
    **dict.fromkeys(("M", "METER", "METERS", "METRE", "METRES"), 1.0),
    **dict.fromkeys(("YARD", "YARDS", "YDS"), 0.9144),
    **dict.fromkeys(("FOOT", "FEET", "FT"), 0.3048),
    **dict.fromkeys(("CABLE", "CABLES"), METRES_PER_NM / 10),
}
"""Metres of each unit; a mile at sea is a nautical mile, a yard and a foot are international, a cable a tenth mile."""

MILES: Final = ("MILE", "MILES", "NM", "NMI")
BOUND: Final = ("BOUND", "BOUNDED", "DELIMITED", "ENCLOSED", "LIMITED", "DEFINED")
AREAS: Final = ("AREA", "AREAS")
LINES: Final = ("TRACKLINE", "TRACKLINES", "LINE", "LINES", "TRACK", "TRACKS")
JOINING: Final = ("JOINING", "CONNECTING", "BETWEEN", "THROUGH", "FROM")
RING_MIN: Final = 3
NUMBER_MAX: Final = 6
"""Words of a number: ONE HUNDRED TWENTY FIVE has four."""
NAME_MAX: Final = 12
"""Words of a name before its position in brackets."""


class Radius(msgspec.Struct, frozen=True):
    """A distance in metres, and in nautical miles where the source speaks of miles."""

    metres: float
    miles: float | None


One = Callable[[str], bool]
"""Takes one area under a label; False if no position stands here."""


class Placing:
    """Areas of one warning while they are read; `label` is the letter of the list item that is being read."""

    def __init__(self, words: Words, notes: Notes) -> None:
        """Nothing is placed yet."""
        self.words = words
        self.notes = notes
        self.areas: list[Area] = []
        self.label = ""
        self.listed: One | None = None

    def take(self) -> bool:
        """Take the place phrase that begins here, if one does."""
        return self._bound() or self._between() or self._within() or self._line()

    def take_label(self) -> bool:
        """Take the letter of a list item; letters come in their order, from A."""
        if not label_here(self.words, self.label):
            return False
        self.label = self.words.text()
        self.words.take(2)
        return True

    def take_listed(self) -> bool:
        """Take what stands behind a letter, if the list says that such things follow its letters."""
        return self.listed is not None and bool(pair_here(self.words)) and self.listed(self.label)

    def _bound(self) -> bool:
        """[IN] AREA[S] BOUND BY."""
        words = self.words
        ahead = 1 if words.text() == "IN" else 0
        ahead += 1 if words.text(ahead) == "THE" else 0
        ahead += 1 if words.text(ahead) in AREAS else 0
        if words.text(ahead) not in BOUND:
            return False
        by = 1 if words.text(ahead + 1) == "BY" else 0
        if not by and words.kind(ahead + 1) is not Kind.COORD:
            return False
        begun = words.peek()
        words.take(ahead + 1 + by)
        words.phrase((("IN", "AREA", "BOUND", "BY"),))
        words.skip(":")
        if self._quadrangle(self.label):
            return True
        if not self._each(self._ring, begun):
            self._nothing("No positions follow that could bound an area.", begun)
        return True

    def _between(self) -> bool:
        """[IN] [AREA[S]] BETWEEN two latitudes AND two longitudes, or one such for each letter."""
        words = self.words
        ahead = 1 if words.text() == "IN" else 0
        ahead += 1 if words.text(ahead) in AREAS else 0
        if words.text(ahead) != "BETWEEN":
            return False
        mark, begun = words.at, words.peek()
        words.at += ahead + 1
        if words.kind() is Kind.COORD and self._quadrangle(self.label):
            words.mark(mark, mark + ahead + 1)
            return True
        if pair_here(words):
            self.notes.refuse("What lies between these positions is not stated.", words.tokens[words.at - 1])
            words.mark(mark, words.at)
            return True
        words.skip(":")
        if not label_here(words, "") or words.kind(2) is not Kind.COORD:
            words.at = mark
            return False
        words.mark(mark, words.at)
        if not self._each(self._quadrangle, begun):
            self._nothing("No positions follow that could bound an area.", begun)
        return True

    def _quadrangle(self, label: str) -> bool:
        """Two parallels and two meridians: 34-30N 34-27N AND 017-45E 018-01E."""
        words = self.words
        joint = 1 if words.text(1) in {"AND", ","} else 0
        other = 3 + joint if words.text(2 + joint) in {"AND", ","} else 0
        joins = 1 if words.text(other + 1) in {"AND", ","} else 0
        at = (0, 1 + joint, other, other + 1 + joins)
        if not other or any(words.kind(each) is not Kind.COORD for each in at):
            return False
        tokens = [words.tokens[words.at + each] for each in at]
        if [token.text[-1] in "NS" for token in tokens] != [True, True, False, False]:
            return False
        south, north, west, east = (coordinate(token.text) for token in tokens)
        words.take(at[-1] + 1)
        wrong = south.wrong or north.wrong or west.wrong or east.wrong
        if wrong or south.degrees == north.degrees or west.degrees == east.degrees:
            self.notes.refuse(wrong or "Two parallels and two meridians bound an area.", tokens[0], tokens[-1])
            return True
        corners = ((west, south), (east, south), (east, north), (west, north))
        ring = tuple((longitude.degrees, latitude.degrees) for longitude, latitude in corners)
        self.areas.append(Polygon(ring, Edges.RHUMB, label=label))
        return True

    def _within(self) -> bool:
        """[IN] [AREA[S]] WITHIN x MILES OF, then positions or a line."""
        words = self.words
        ahead = 1 if words.text() == "IN" else 0
        ahead += 1 if words.text(ahead) in AREAS else 0
        if words.text(ahead) != "WITHIN":
            return False
        mark, begun = words.at, words.peek()
        words.at += ahead + 1
        radius = self._radius()
        if radius is None:
            words.at = mark + ahead + 1
            return self._within_each(mark, begun)
        words.mark(mark, words.at)
        words.skip(":")
        if self._line(radius):
            return True
        if not self._each(lambda label: self._circles(label, radius), begun):
            self._nothing("No position follows from which the distance could be measured.", begun)
        return True

    def _within_each(self, mark: int, begun: Token | None) -> bool:
        """WITHIN: and for each letter x MILES OF."""
        words = self.words
        after = words.at
        words.skip(":")
        if label_here(words, "") and words.kind(2) is not Kind.COORD:
            labelled = words.at
            words.at += 2
            radius = self._radius()
            words.at = labelled
            if radius is not None:
                words.mark(mark, labelled)
                if not self._each(self._own_circles, begun):
                    self._nothing("No position follows from which the distance could be measured.", begun)
                return True
        words.at = after
        return True

    def _own_circles(self, label: str) -> bool:
        begun = self.words.at
        radius = self._radius()
        if radius is None or not self._circles(label, radius):
            self.words.at = begun
            return False
        self.words.mark(begun, self.words.at)
        return True

    def _radius(self) -> Radius | None:
        """x MILES OF, A RADIUS OF x MILES OF, x MILE RADIUS OF. Nothing is taken if it is none of these."""
        words = self.words
        if words.text() in {"A", "THE"}:
            words.at += 1
        if words.text() == "RADIUS" and words.text(1) == "OF":
            words.at += 2
        found = number_here(words)
        if found is None:
            return None
        number, count = found
        unit = words.text(count)
        if unit not in METRES or number <= 0:
            return None
        words.at += count + 1
        if words.text() == "RADIUS":
            words.at += 1
        elif words.text() == "EITHER" and words.text(1) == "SIDE":
            words.at += 2
        if words.text() in {"CENTERED", "CENTRED"} and words.text(1) in {"ON", "AT", "IN"}:
            words.at += 2
        elif words.text() in {"OF", "FROM"}:
            words.at += 1
        elif not pair_here(words):
            return None
        if words.text() == "POSITION":
            words.at += 1
        return Radius(number * METRES[unit], number if unit in MILES else None)

    def _line(self, radius: Radius | None = None) -> bool:
        """[ALONG | IN VICINITY [OF]] TRACKLINE[S] JOINING, then positions, which may stand behind their names."""
        words = self.words
        begun, mark = words.peek(), words.at
        for word in ("ALONG", "IN", "VICINITY", "OF", "A", "THE"):
            words.at += 1 if words.text() == word else 0
        if words.text() not in LINES or words.text(1) not in JOINING:
            words.at = mark
            return False
        words.at += 2
        words.mark(mark, words.at)
        words.skip(":")
        if not self._each(lambda label: self._track(label, radius), begun):
            self._nothing("No positions follow that a line could join.", begun)
        return True

    def _each(self, one: One, begun: Token | None) -> bool:
        """One area, or one for each letter of the list that stands here."""
        words = self.words
        if words.text() == "BY":
            words.at += 1
        self.listed = None
        if not label_here(words, ""):
            return one(self.label)
        self.label = ""
        self.listed = one
        first = words.tokens[words.at]
        found = False
        while self.take_label():
            if not one(self.label):
                self._nothing("No position follows this letter.", words.tokens[words.at - 2])
            found = True
            if not label_here(words, self.label) and words.text() in {".", ",", ";"}:
                mark = words.at
                words.at += 1
                if not label_here(words, self.label):
                    words.at = mark
        if self.label == "A":
            self.notes.flag("list-of-one", "A list of areas has one letter only.", first)
        return found

    def _ring(self, label: str) -> bool:
        begun = self.words.peek()
        ring = self._positions()
        if not ring or begun is None:
            return False
        closed = len(ring) > 1 and ring[0] == ring[-1]
        if len(ring) < RING_MIN:
            self.notes.refuse("Fewer than three positions bound no area.", begun, self.words.tokens[self.words.at - 1])
            return True
        if len(set(ring)) < RING_MIN:
            self.notes.flag("no-area", "Fewer than three different positions bound no area.", begun)
        kept = tuple(ring[:-1] if closed else ring)
        self.areas.append(Polygon(kept, Edges.RHUMB, label=label, closed=closed))
        return True

    def _circles(self, label: str, radius: Radius) -> bool:
        positions = self._positions()
        self.areas += [Circle(each, radius.metres, radius.miles, label) for each in positions]
        return bool(positions)

    def _track(self, label: str, radius: Radius | None) -> bool:
        begun = self.words.peek()
        positions = self._positions(named=True)
        if not positions or begun is None:
            return False
        if len(positions) < 2:
            self.notes.refuse("One position makes no line.", begun, self.words.tokens[self.words.at - 1])
            return True
        self.areas.append(Track(tuple(positions), radius.metres if radius else 0.0, Edges.RHUMB, label))
        return True

    def _positions(self, named: bool = False) -> list[Position]:
        """Positions in a row, each after one comma, point or AND; with `named`, each may stand behind a name."""
        words = self.words
        found: list[Position] = []
        self._name(named)
        while pair_here(words):
            position = take_position(words, self.notes)
            if position is not None:
                found.append(position)
            if named:
                words.skip(")")
            mark = words.at
            if words.text() in {",", ".", ";"}:
                words.at += 1
            if words.text() == "AND" or (named and words.text() == "TO"):
                words.at += 1
            if not self._name(named) and not pair_here(words):
                words.at = mark
        return found

    def _name(self, named: bool) -> bool:
        """Go past a name that stands before a position in brackets."""
        words = self.words
        if not named or pair_here(words):
            return False
        for ahead in range(NAME_MAX):
            if words.text(ahead) == "(":
                mark = words.at
                words.at += ahead + 1
                if pair_here(words):
                    return True
                words.at = mark
                return False
            if words.kind(ahead) not in {Kind.WORD, Kind.NAME} and words.text(ahead) != ",":
                return False
        return False

    def _nothing(self, why: str, begun: Token | None) -> None:
        last = self.words.tokens[self.words.at - 1]
        self.notes.refuse(why, begun or last, last)


def number_here(words: Words) -> tuple[float, int] | None:
    """A number in digits or in words, and how many words it takes: 1.6, TEN, TWENTY FIVE, ONE HUNDRED TWENTY."""
    if words.kind() is Kind.NUMBER:
        return float(words.text()), 1
    total, count = 0.0, 0
    while count < NUMBER_MAX and (text := words.text(count)) in NUMBER_WORDS:
        value = NUMBER_WORDS[text]
        if text == "HUNDRED":
            total = max(total, 1.0) * value
        elif count and not _follows(words.text(count - 1), text):
            return None
        else:
            total += value
        count += 1
    return (total, count) if count else None


def _follows(before: str, text: str) -> bool:
    """Whether this number word can follow that one: TWENTY FIVE, HUNDRED TEN; not TEN SIX."""
    return before == "HUNDRED" or (before in TENS and NUMBER_WORDS[text] < 10)


def label_here(words: Words, before: str) -> bool:
    """Whether the letter of a list item stands here that follows the letter `before`, or the first if that is none."""
    letter, point, beyond = words.peek(), words.peek(1), words.peek(2)
    if letter is None or point is None or letter.kind is not Kind.WORD or point.text != ".":
        return False
    before_it = words.peek(-1)
    if before_it is not None and before_it.last == letter.first:
        return False
    apart = beyond is None or beyond.first > point.last or beyond.kind is not Kind.WORD
    return apart and letter.text in _labels_after(before)


def _labels_after(before: str) -> set[str]:
    if not before:
        return {"A"}
    stem, last = before[:-1], before[-1]
    if last != "Z":
        return {stem + chr(ord(last) + 1)}
    return {"A" * (len(before) + 1), *({chr(ord(stem[-1]) + 1) + "A"} if stem and stem[-1] != "Z" else set())}
