"""Areas in item E: circles, polygons, lists of points; and the words of an area that could not be read.

The rule of safety: every figure that looks like a position and every word of a radius, a circle or an arc belongs to
something understood, or is refused with its words. Arcs, borders, corridors without a width are refused whole.
"""

from __future__ import annotations

import re

import msgspec

from openline.areas.notam.arcs import Arc, along, find_arcs, straightened
from openline.areas.notam.area_words import (
    AREA_WORDS,
    BENT,
    EXCLUDED,
    FILLER,
    JOINT,
    LABEL,
    LENGTH_AFTER,
    LENGTH_BEFORE,
    NEAR_CHARS,
    OBSTACLES,
    ORIGIN,
    PARTIAL,
    ROUTE,
    SMALL_M,
    STRAY,
    STRAY_CHARS,
)
from openline.areas.notam.positions import Placed, find_positions, looks_like_positions
from openline.areas.notam.radii import Radius, circle_words, find_radii
from openline.areas.notam.rings import ring_doubts
from openline.areas.reading import Flag, Refused
from openline.areas.shapes import Area, Circle, Point, Polygon
from openline.limits import NOTAM_VERTICES_MAX


class Group(msgspec.Struct, frozen=True):
    """Positions that follow one another with nothing between them but joints."""

    places: tuple[Placed, ...]

    @property
    def first(self) -> int:
        """Where the words of the group begin."""
        return self.places[0].first

    @property
    def last(self) -> int:
        """Where they end."""
        return self.places[-1].last


class TextAreas(msgspec.Struct, frozen=True):
    """What item E says of places. Offsets in `refused` are those of the text that was read."""

    areas: tuple[Area, ...] = ()
    flags: tuple[Flag, ...] = ()
    refused: tuple[Refused, ...] = ()


class _Work(msgspec.Struct):
    """What is known while one text is read: spans that are accounted for, and what came of them."""

    text: str
    areas: list[tuple[int, Area]] = []
    flags: list[Flag] = []
    refused: list[Refused] = []
    spans: list[tuple[int, int]] = []
    arcs: dict[int, Arc] = {}

    def refuse(self, first: int, last: int, why: str) -> None:
        """Refuse these words; nothing else need account for them."""
        self.refused.append(Refused(self.text[first:last], first, last, why))
        self.spans.append((first, last))


def read_areas(text: str) -> TextAreas:
    """The areas of item E, in the order of the text."""
    upper = text.upper() if len(text.upper()) == len(text) else text
    arcs = find_arcs(upper, find_positions(upper)) if "ARC" in upper else {}
    upper = straightened(upper, arcs)
    work = _Work(upper, arcs=arcs)
    places = find_positions(upper)
    radii = list(find_radii(upper))
    if len(places) > NOTAM_VERTICES_MAX:
        why = f"more than {NOTAM_VERTICES_MAX} positions"
        return TextAreas(
            refused=(Refused(text[places[0].first : places[-1].last], places[0].first, places[-1].last, why),)
        )
    groups = grouped(upper, places)
    context = ""
    for at, group in enumerate(groups):
        before = groups[at - 1].last if at else 0
        gap = upper[before : group.first]
        if at and _split_by_one_label(upper, groups[at - 1], gap):
            work.flags.append(Flag("label-alone", "A letter between two positions: one area or two.", gap))
        if not (at and _joined(gap) and _labelled(gap)):
            context = upper[max(before, group.first - NEAR_CHARS) : group.first]
        after = groups[at + 1].first if at + 1 < len(groups) else len(upper)
        _read_group(work, group, (before, after), context, radii, alone=len(groups) == 1)
    _account(work, radii)
    areas = tuple(area for _, area in sorted(work.areas, key=lambda pair: pair[0]))
    refused = tuple(
        Refused(text[part.first : part.last], part.first, part.last, part.why)
        for part in sorted(work.refused, key=lambda part: part.first)
    )
    return TextAreas(areas, tuple(work.flags), refused)


def grouped(text: str, places: tuple[Placed, ...]) -> list[Group]:
    """Positions in groups; a ring closed by hand, once or twice, ends its group, and so does a label of only some."""
    groups: list[list[Placed]] = []
    for place, beyond in zip(places, (*places[1:], None), strict=False):
        if groups:
            gap = text[groups[-1][-1].last : place.first]
            ring = groups[-1]
            closed = len(ring) > 3 and _same(ring[0], ring[-1])
            alone = beyond is None or not _joined(text[place.last : beyond.first])
            if closed and alone and ring[-1].position == place.position and not re.search(r"[^\s,;(-]", gap):
                ring[-1] = msgspec.structs.replace(ring[-1], last=place.last)
                continue
            if _joined(gap) and not closed and not (_labelled(gap) and not _labels_all(text, ring)):
                ring.append(place)
                continue
        groups.append([place])
    return [Group(tuple(places)) for places in groups]


def _joined(gap: str) -> bool:
    """Whether nothing but joints and labels stands between two positions; many blanks stand for an arc."""
    gap = re.sub(r" {40,}", " ", gap)
    if len(gap) > 60 or gap.count("\n\n") or "\r\n\r\n" in gap:
        return len(gap) <= 60 and not re.sub(r"[\s,;-]", "", gap)
    words = re.findall(r"[A-Z0-9]+", gap)
    return all(word in JOINT or LABEL.fullmatch(word) for word in words) and not re.search(
        r"[^\sA-Z0-9,.;:/()+>–-]", gap
    )


def _labelled(gap: str) -> bool:
    """Whether a gap holds a label: "B.", "(2)"."""
    return any(word not in JOINT and LABEL.fullmatch(word) for word in re.findall(r"[A-Z0-9]+", gap))


def _split_by_one_label(text: str, one: Group, gap: str) -> bool:
    """Whether only a label parts a group from the next, and it is not closed and has no label of its own."""
    closed = len(one.places) > 3 and _same(one.places[0], one.places[-1])
    own = re.findall(r"[A-Z0-9]+", text[max(0, one.first - 12) : one.first])
    return _joined(gap) and _labelled(gap) and not closed and not (own and LABEL.fullmatch(own[-1]))


def _labels_all(text: str, ring: list[Placed]) -> bool:
    """Whether the positions of the ring so far are labelled one by one."""
    gaps = [text[a.last : b.first] for a, b in zip(ring, ring[1:], strict=False)]
    return all(_labelled(gap) for gap in gaps)


def _same(one: Placed, other: Placed) -> bool:
    """Whether two positions are the same, one of them perhaps given to minutes only."""
    coarse = max(one.grain, other.grain) if one.digits != other.digits else 1e-9
    return all(abs(a - b) <= coarse for a, b in zip(one.position, other.position, strict=True))


def _read_group(
    work: _Work, group: Group, bounds: tuple[int, int], context: str, radii: list[Radius], *, alone: bool
) -> None:
    """One group between others: a circle, a polygon, points; or refused. `context` is what is said of it before."""
    before, after = bounds
    if before and EXCLUDED.search(work.text[max(before, group.first - NEAR_CHARS) : group.first]):
        work.refuse(group.first, group.last, "it is left out of an area")
        return
    if len(group.places) == 1:
        _read_single(work, group, before, after, radii, alone=alone)
        return
    around = work.text[max(before, group.first - NEAR_CHARS) : min(after, group.last + 40)]
    places = group.places
    ring, bent = _with_arcs(work, places)
    closed = len(ring) > 3 and _same(places[0], places[-1])
    ring = ring[:-1] if closed else ring
    returned = ORIGIN.match(work.text, group.last)
    stray = _stray(work.text, group, before, after)
    if stray:
        work.refuse(
            min(group.first, stray[0]), max(group.last, stray[1]), "a position beside the others cannot be read"
        )
    elif BENT.search(around) or not ring:
        work.refuse(group.first, group.last, "an edge here is an arc or a border, not a line between the positions")
    elif ROUTE.search(context) and not closed and not returned:
        work.refuse(group.first, group.last, "a route or corridor")
    elif len(ring) >= 3 and (closed or returned or (AREA_WORDS.search(context) and not _points_only(context))):
        _add(work, group, Polygon(tuple(place.position for place in ring)))
        _check_ring(work, group, ring, closed=closed or bent or returned is not None)
    elif _points_only(context) and not closed:
        for place in places:
            work.areas.append((place.first, Point(place.position)))
        work.spans.append((group.first, group.last))
    else:
        work.refuse(group.first, group.last, "positions, and no words that say what they bound")


def _with_arcs(work: _Work, places: tuple[Placed, ...]) -> tuple[tuple[Placed, ...], bool]:
    """The positions with the vertices of the arcs between them, and whether there are any; none where one misfits."""
    ring = list(places[:1])
    for start, end in zip(places, places[1:], strict=False):
        arc = work.arcs.get(end.first)
        vertices = along(arc, start, end) if arc else ()
        if vertices is None:
            return (), True
        ring += [msgspec.structs.replace(end, position=position) for position in vertices]
        ring.append(end)
    return tuple(ring), len(ring) > len(places)


def _stray(text: str, group: Group, before: int, after: int) -> tuple[int, int] | None:
    """Figures right beside a list of positions that look like one of them and were not read."""
    start = max(before, group.first - STRAY_CHARS)
    left = list(STRAY.finditer(text[start : group.first]))
    if left:
        return start + left[-1].start(), start + left[-1].end()
    right = STRAY.search(text[group.last : min(after, group.last + STRAY_CHARS)])
    if right:
        return group.last + right.start(), group.last + right.end()
    gap = text[group.last : after]
    if after < len(text) and len(gap) <= STRAY_CHARS and not re.search(r"[A-Z]{2}", gap) and _alone(text, after):
        return group.last, after
    return None


def _alone(text: str, at: int) -> bool:
    """Whether the list of positions that begins here is too short to be a ring of its own."""
    rest = find_positions(text[at : at + 120])
    return len(rest) < 3


def _points_only(context: str) -> bool:
    """Whether the words before positions name obstacles, navaids or other places that are points, and no area."""
    return bool(OBSTACLES.search(context)) and not re.search(r"\b(?:AREA|BOUND\w*|WI|WITHIN|POLYGON)\b", context)


def _add(work: _Work, group: Group, area: Area) -> None:
    work.areas.append((group.first, area))
    work.spans.append((group.first, group.last))


def _check_ring(work: _Work, group: Group, ring: tuple[Placed, ...], *, closed: bool) -> None:
    """Doubts about a ring, and a last vertex that all but repeats the first."""
    words = work.text[group.first : group.last]
    work.flags += ring_doubts(tuple(place.position for place in ring), words[:200])
    if not closed and len(ring) > 3 and _nearly(work.text, ring[0], ring[-1]) and _by_itself(ring):
        work.flags.append(
            Flag(
                "ring-not-closed", "The last position all but repeats the first; one of them may be wrong.", words[:200]
            )
        )


def _by_itself(ring: tuple[Placed, ...]) -> bool:
    """Whether no other vertex shares what the last has other than the first: sides of a rectangle do."""
    first, last = ring[0].position, ring[-1].position
    return not any(
        first[axis] != last[axis] and place.position[axis] == last[axis] for place in ring[1:-1] for axis in (0, 1)
    )


def _nearly(text: str, one: Placed, other: Placed) -> bool:
    """Whether two positions differ in one digit only."""
    a, b = (re.sub(r"[^\d.NSEW]", "", text[place.first : place.last]) for place in (one, other))
    return len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1


def _read_single(work: _Work, group: Group, before: int, after: int, radii: list[Radius], *, alone: bool) -> None:
    """One position: the centre of a circle where a radius belongs to it, else a point."""
    place = group.places[0]
    near = [
        radius
        for radius in radii
        if (radius.last <= place.first and radius.first >= before and _fills(work.text[radius.last : place.first]))
        or (radius.first >= place.last and radius.last <= after and _fills(work.text[place.last : radius.first]))
    ]
    if not near and alone and len(radii) == 1 and _one_sentence(work.text, place, radii[0]):
        near = list(radii)
    if len(near) > 1 and near[0].last <= place.first <= near[1].first:
        near = near[:1] if alone is False else near
    if not near:
        _read_point(work, group, before, after)
        return
    radius = near[0]
    first, last = min(radius.first, place.first), max(radius.last, place.last)
    if len(near) > 1 and any(abs(other.metres - radius.metres) > 0.06 * radius.metres for other in near):
        work.refuse(first, max(last, *(other.last for other in near)), "two radii at one position")
    elif _part_of_it(work.text[max(before, first - 60) : min(after, last + 60)]):
        work.refuse(first, last, "part of a circle only")
    elif radius.metres <= 0:
        work.refuse(first, last, "a radius of nothing")
    else:
        work.areas.append((first, Circle(place.position, radius.metres, radius.miles)))
        work.spans.append((first, last))
        if radius.metres < SMALL_M:
            work.flags.append(Flag("radius-small", f"A radius of less than {SMALL_M} m.", work.text[first:last]))
        if radius.doubt:
            work.flags.append(Flag("radius-units", "The radius differs between its two units.", work.text[first:last]))
    for used in near:
        work.spans.append((used.first, used.last))
        radii.remove(used)


def _read_point(work: _Work, group: Group, before: int, after: int) -> None:
    """One position without a radius: a point, unless the words around it say that it is a part of something else."""
    place = group.places[0]
    stray = _stray(work.text, group, before, after)
    if stray:
        work.refuse(min(place.first, stray[0]), max(place.last, stray[1]), "figures beside it cannot be read")
    elif BENT.search(work.text[max(before, place.first - 60) : min(after, place.last + 60)]):
        work.refuse(place.first, place.last, "an edge here is an arc or a border")
    elif _beside_a_length(work.text, place):
        work.refuse(place.first, place.last, "a length stands beside it, and not as a radius")
    else:
        _add(work, group, Point(place.position))


def _part_of_it(words: str) -> bool:
    """Whether words around a circle say that only a part of it is meant."""
    return bool(BENT.search(words) or PARTIAL.search(words))


def _beside_a_length(text: str, place: Placed) -> bool:
    """Whether a length or the word "centred" stands where the radius of a circle about this position would."""
    before, after = text[max(0, place.first - 48) : place.first], text[place.last : place.last + 30]
    return bool(LENGTH_BEFORE.search(before) or LENGTH_AFTER.match(after))


def _fills(gap: str) -> bool:
    """Whether nothing but words of filling stands between a radius and its centre."""
    if len(gap) > 120:
        return False
    words = re.findall(r"[A-Z0-9]+", gap)
    return all(word in FILLER for word in words)


def _one_sentence(text: str, place: Placed, radius: Radius) -> bool:
    """Whether the only radius and the only position stand close together, with no end of a sentence between."""
    gap = text[min(place.last, radius.last) : max(place.first, radius.first)]
    return len(gap) <= 120 and not re.search(r"\.\s", gap)


def _account(work: _Work, radii: list[Radius]) -> None:
    """Refuse what looks like a position or a circle and belongs to nothing understood."""
    circles = [at for at, area in work.areas if isinstance(area, Circle)]
    told = bytearray(len(work.text))
    for first, last in work.spans:
        told[first:last] = b"\1" * (last - first)
    open_words = [
        *((*span, "looks like a position and cannot be read") for span in looks_like_positions(work.text)),
        *((radius.first, radius.last, "a radius without a centre that can be placed") for radius in radii),
        *(
            (*span, "speaks of a circle that was not read")
            for span in circle_words(work.text)
            if not any(abs(at - span[0]) <= NEAR_CHARS for at in circles)
        ),
    ]
    for first, last, why in open_words:
        if not all(told[first:last]):
            work.refuse(first, last, why)
            told[first:last] = b"\1" * (last - first)
