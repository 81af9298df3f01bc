"""Reads one NOTAM: every field, every area and period, with doubts flagged and the rest refused by its words."""

from __future__ import annotations

import re

import msgspec

from openline.areas.notam.checks import contradictions, is_limit
from openline.areas.notam.items import DOMESTIC_ID, Item, Items, locations, strange
from openline.areas.notam.notam import NotamReading
from openline.areas.notam.parts import parts_of
from openline.areas.notam.qline import QLine, read_qline
from openline.areas.notam.schedule import fault, write_out
from openline.areas.notam.text_areas import TextAreas, read_areas
from openline.areas.notam.times import DAY_MS, To, read_from, read_to
from openline.areas.reading import Flag, Reading, Refused
from openline.areas.shapes import Position
from openline.areas.windows import EndKind, Window
from openline.limits import NOTAM_MAX_CHARS
from openline.terms import Instant

FORMAT = "notam"
SUN_RADIUS_MAX_NM = 250
"""In so many nautical miles sunrise and sunset shift by about a quarter of an hour."""
SUN_MS = 15 * 60_000
"""So far apart the issuer's sunrise and this one may be."""
MIDNIGHT_MS = 60_000
"""0000, 0001 and 2359 bound whole days."""


class _Doubts(msgspec.Struct):
    """Flags and refusals gathered on the way."""

    flags: list[Flag] = []
    refused: list[Refused] = []

    def flag(self, code: str, text: str, words: str = "") -> None:
        """One doubt more."""
        self.flags.append(Flag(code, text, words[:200]))

    def refuse(self, item: Item, why: str) -> None:
        """Refuse the words of a whole item."""
        self.refused.append(Refused(item.words, item.first, item.first + len(item.words), why))


def read(raw: str) -> NotamReading:
    """One NOTAM, in one or several parts, from its text as it came; it never raises, whatever the text."""
    if len(raw) > NOTAM_MAX_CHARS:
        why = f"longer than {NOTAM_MAX_CHARS} characters; no NOTAM is"
        whole = Refused(raw[:200], 0, len(raw), why)
        return NotamReading(reading=Reading(format=FORMAT, source=raw, refused=(whole,)))
    parts = parts_of(raw)
    doubts = _Doubts()
    head = parts[0]
    for name in sorted({name for part in parts for name in part.twice}):
        doubts.flag("item-twice", f"Item {name} comes more than once; the first was read.")
    _check_parts(parts, doubts)
    q_item, a_item = head.items.get("Q"), head.items.get("A")
    q = read_qline(q_item.words) if q_item else QLine()
    if q_item and q.wrong:
        doubts.refuse(q_item, "not a Q-line: " + ", ".join(q.wrong))
    places = locations(a_item.words) if a_item else ()
    if a_item and (not places or strange(a_item.words)):
        doubts.refuse(a_item, "not location indicators of four letters alone")
    starts, to, windows = _when(head, sun_place(q), doubts)
    found = _places(parts)
    last = {name: next((p.items[name] for p in reversed(parts) if name in p.items), None) for name in "FG"}
    lower, upper = ((item.plain or None) if item else None for item in (last["F"], last["G"]))
    for item in (last["F"], last["G"]):
        if item and not is_limit(item.plain):
            doubts.refuse(item, "not a vertical limit")
    notam = NotamReading(
        reading=Reading(
            format=FORMAT,
            source=raw,
            id=head.id or "",
            windows=windows,
            areas=found.areas,
            cancels=(head.refers_to,) if head.refers_to and head.type in ("R", "C") else (),
            shown_until=_shown_until(windows, to),
        ),
        id=head.id,
        type=head.type,
        refers_to=head.refers_to,
        fir=q.fir,
        qcode=q.qcode,
        traffic=q.traffic,
        purpose=q.purpose,
        scope=q.scope,
        lower_fl=q.lower_fl,
        upper_fl=q.upper_fl,
        q_center=q.center,
        q_radius_nm=q.radius_nm,
        starts=starts,
        ends=to.at,
        end_kind=to.kind,
        locations=places,
        schedule=head.plain("D"),
        lower=lower,
        upper=upper,
    )
    flags = (*doubts.flags, *found.flags, *contradictions(notam))
    refused = tuple(sorted((*doubts.refused, *found.refused), key=lambda part: part.first))
    return msgspec.structs.replace(notam, reading=msgspec.structs.replace(notam.reading, flags=flags, refused=refused))


def _check_parts(parts: tuple[Items, ...], doubts: _Doubts) -> None:
    """Doubts about the whole: no heading, no reference, parts that are missing, items that must be there."""
    head = parts[0]
    if head.head and head.head.words and not (head.id and head.type):
        doubts.refuse(head.head, "no heading of a NOTAM: a number, and NOTAMN, NOTAMR or NOTAMC")
    have = {part.part for part in parts}
    missing = [str(number) for number in range(1, min(head.parts, 99) + 1) if number not in have]
    if missing:
        doubts.flag("part-missing", f"Part {', '.join(missing)} of {head.parts} is not here.")
    if head.type in ("R", "C") and not head.refers_to and not DOMESTIC_ID.fullmatch(head.id or ""):
        doubts.flag("no-reference", "It replaces or cancels another NOTAM and does not say which.")
    needed = {"Q", "A", "B"} | ({"C", "E"} if head.type != "C" else set())
    lacking = {name for name in needed if name not in head.items}
    limits = {name for part in parts for name in part.items if name in "FG"}
    warning = bool(re.search(r"Q[RW]\w{3}/\w*/\w*/\s?W\b", head.plain("Q") or "", re.IGNORECASE)) and head.type != "C"
    lacking |= {"F", "G"} - limits if limits or warning else set()
    if lacking:
        doubts.flag("item-missing", f"Item {', '.join(sorted(lacking))} is missing.")


def sun_place(q: QLine) -> Position | None:
    """Where sunrise and sunset are taken: the centre of the Q-line, where its circle is small enough to have one."""
    near = q.center is not None and q.radius_nm is not None and q.radius_nm <= SUN_RADIUS_MAX_NM
    return q.center if near else None


def _when(head: Items, place: Position | None, doubts: _Doubts) -> tuple[Instant | None, To, tuple[Window, ...]]:
    """Items B, C and D: the two ends, and each period."""
    b_item, c_item, d_item = (head.items.get(name) for name in "BCD")
    starts = read_from(b_item.words) if b_item else None
    if b_item and starts is None:
        doubts.refuse(b_item, "not a time of ten digits")
    to = read_to(c_item.words) if c_item else To()
    if c_item and not to.understood:
        doubts.refuse(c_item, "neither a time of ten digits nor PERM")
    if starts is None or (head.type == "C" and not c_item) or not to.understood:
        return starts, to, ()
    if to.at is not None and to.at < starts:
        doubts.flag("ends-before-start", "Item C is before item B.", c_item.words if c_item else "")
        return starts, to, (Window(starts, None),)
    kind = to.kind or EndKind.PERM
    whole = (Window(starts, to.at, kind),)
    if d_item is None or not d_item.words:
        return starts, to, whole
    if to.at is None:
        _open_schedule(d_item, doubts)
        return starts, to, whole
    periods = _scheduled(d_item, starts, to.at, kind, place, doubts)
    if periods:
        _check_ends(head, periods, starts, to, doubts)
    return starts, to, periods or whole


def _open_schedule(item: Item, doubts: _Doubts) -> None:
    """Item D of a NOTAM without an end: its periods have no end either, and the area is shown throughout."""
    why, first = fault(item.words)
    if why:
        doubts.refused.append(Refused(item.words[first:], item.first + first, item.first + len(item.words), why))
    else:
        doubts.flag(
            "schedule-open",
            "Nothing ends it, so the periods of item D are not written out.",
            item.words,
        )


def _check_ends(head: Items, periods: tuple[Window, ...], starts: Instant, to: To, doubts: _Doubts) -> None:
    """Items B and C are the start of the first period and the end of the last (Eurocontrol OPADD).

    Midnight bounds whole days, one that replaces another begins when it is issued, and an estimate is none.
    """
    first, last = periods[0].start, periods[-1].end
    late = head.type == "N" and starts % DAY_MS > MIDNIGHT_MS and abs(first - starts) > SUN_MS
    at = to.at if to.kind is EndKind.FIXED and to.at is not None and last is not None else None
    early = at is not None and MIDNIGHT_MS < at % DAY_MS < DAY_MS - MIDNIGHT_MS and abs(at - (last or 0)) > SUN_MS
    if late or early:
        doubts.flag("schedule-ends", "Items B and C are not the ends of the periods of item D.", head.plain("D") or "")


def _scheduled(
    item: Item, starts: Instant, ends: Instant, kind: EndKind, place: Position | None, doubts: _Doubts
) -> tuple[Window, ...]:
    """The periods of item D; none where it is refused, and then the whole from B to C stands."""
    periods = write_out(item.words, starts, ends, kind, place)
    if periods.refused_from is not None:
        words = item.words[periods.refused_from :]
        first = item.first + periods.refused_from
        doubts.refused.append(Refused(words, first, first + len(words), periods.why))
        return ()
    if periods.holidays:
        doubts.flag("holidays", "Holidays, which only the issuer knows, are not left out.", item.words)
    if periods.excepted_times:
        doubts.flag(
            "except-times", "Times behind EXC may be those when it does not hold: they are not left out.", item.words
        )
    if periods.outside or not periods.windows:
        doubts.flag("schedule-outside", "Item D names periods that lie outside items B to C.", item.words)
    return periods.windows


def _places(parts: tuple[Items, ...]) -> TextAreas:
    """Item E of all parts; offsets are those of the source."""
    found = [(part.items["E"], read_areas(part.items["E"].words)) for part in parts if "E" in part.items]
    return TextAreas(
        tuple(area for _, part in found for area in part.areas),
        tuple(flag for _, part in found for flag in part.flags),
        tuple(
            Refused(no.words, no.first + item.first, no.last + item.first, no.why)
            for item, part in found
            for no in part.refused
        ),
    )


def _shown_until(windows: tuple[Window, ...], to: To) -> Instant | None:
    """The later of the last period's end and item C; None where nothing ends it, or what ends it cannot be read."""
    ends = [window.end for window in windows] + [to.at]
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None
