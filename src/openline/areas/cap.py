"""Common Alerting Protocol 1.2 read (OASIS Standard, 1 July 2010): each alert is one warning.

A polygon is "lat,lon lat,lon", a circle "lat,lon radius" in kilometres: latitude first. What an area's codes stand for
is written in registers of others: the area is kept by its name, and the codes beside it. An information block holds
from its onset, or when it becomes effective, or when it was sent, until it expires; each language has a block of its
own, and all are read.
"""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element

import msgspec

from openline.areas.findings import Findings
from openline.areas.reading import Reading
from openline.areas.shapes import Area, Circle, Edges, Named, Point, Polygon
from openline.areas.times import read_time
from openline.areas.trees import read_xml
from openline.areas.windows import EndKind, Window
from openline.errors import BadField, TooLarge
from openline.limits import AREA_NAME_MAX_BYTES, AREA_VERTICES_MAX, CAP_ALERTS_MAX
from openline.terms import Instant

ALTERNATE: Final = "openline:alternate"
"""The parameter by which this program marks a block as one of a reserve day."""

NAMESPACE: Final = "urn:oasis:names:tc:emergency:cap:1.2"
_OTHERS: Final = ("urn:oasis:names:tc:emergency:cap:1.1", "http://www.incident.com/cap/1.0")
_TAG: Final = f"{{{NAMESPACE}}}"
_NUMBER: Final = r"[+-]?(?:\d{1,5}(?:\.\d{0,30})?|\.\d{1,30})"
_PAIR = re.compile(rf"({_NUMBER}),({_NUMBER})", re.ASCII)
_CIRCLE = re.compile(rf"({_NUMBER}),({_NUMBER})\s+({_NUMBER})", re.ASCII)
_STATED: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d", re.ASCII)


class Place(msgspec.Struct, frozen=True):
    """One area of a block: its name, what was drawn of it, and codes that others define, as name and value."""

    name: str
    areas: tuple[Area, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    altitude_ft: str = ""
    ceiling_ft: str = ""


class Info(msgspec.Struct, frozen=True, kw_only=True):
    """One information block, usually one language."""

    language: str = "en-US"
    event: str = ""
    urgency: str = ""
    severity: str = ""
    certainty: str = ""
    sender_name: str = ""
    headline: str = ""
    description: str = ""
    instruction: str = ""
    window: Window | None = None
    alternate: bool = False
    places: tuple[Place, ...] = ()


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """One alert. `reading` has what every format has; `references` is the text as it came."""

    reading: Reading
    sender: str = ""
    status: str = ""
    message_type: str = ""
    scope: str = ""
    references: str = ""
    infos: tuple[Info, ...] = ()


def read_cap(source: bytes) -> list[Alert]:
    """Every alert of a document, whether it stands alone or in a feed.

    Raises `BadEncoding`, `TooLarge`, or `BadField` where there is none of CAP 1.2.
    """
    tree = read_xml(source, _TAG + "alert")
    alerts = list(tree.root.iter(_TAG + "alert"))
    if len(alerts) > CAP_ALERTS_MAX:
        raise TooLarge(f"A file of {len(alerts)} alerts; {CAP_ALERTS_MAX} are the most.")
    if not alerts:
        older = any(element.tag == f"{{{name}}}alert" for element in tree.root.iter() for name in _OTHERS)
        raise BadField(
            "These alerts are of an older CAP; 1.2 is read." if older else "There is no CAP alert in this file."
        )
    if alerts[0] is tree.root:
        return [_alert(alerts[0], _decoded(source))]
    return [
        _alert(alert, _decoded(source[first:last])) for alert, (first, last) in zip(alerts, tree.spans, strict=True)
    ]


def _alert(alert: Element, source: str) -> Alert:
    found = Findings(source)
    sent = _time(alert, "sent", found)
    for name in ("identifier", "sender", "sent", "status", "msgType", "scope"):
        if not _said(alert, name):
            found.flag("incomplete", f"The alert has no {name}.", name)
    kind, references = _said(alert, "msgType"), _said(alert, "references")
    _doubts(alert, kind, references, found)
    infos = tuple(_info(each, sent, found) for each in alert.findall(_TAG + "info"))
    windows, alternate = (
        tuple(dict.fromkeys(info.window for info in infos if info.window is not None and info.alternate is kind))
        for kind in (False, True)
    )
    if len(windows) > 1:
        found.flag(
            "windows-differ", "Its information blocks have different times; each area has those of its own block."
        )
    ends = [window.end for window in (*windows, *alternate)]
    reading = Reading(
        format="cap",
        source=source,
        id=_said(alert, "identifier"),
        issued=sent,
        windows=windows,
        alternate_windows=alternate,
        areas=tuple(found.areas),
        cancels=_named(references) if kind in {"Update", "Cancel"} else (),
        shown_until=max((end for end in ends if end is not None), default=None) if None not in ends else None,
        flags=tuple(found.flags),
        refused=tuple(found.refused),
    )
    return Alert(
        reading=reading,
        sender=_said(alert, "sender"),
        status=_said(alert, "status"),
        message_type=kind,
        scope=_said(alert, "scope"),
        references=references,
        infos=infos,
    )


def _doubts(alert: Element, kind: str, references: str, found: Findings) -> None:
    status = _said(alert, "status")
    if status and status != "Actual":
        found.flag("not-actual", f"The alert is marked {status}.", status)
    if kind in {"Update", "Cancel"} and not references:
        found.flag("no-references", f"It is marked {kind} and does not say of what.", kind)
    for words in references.split():
        if words.count(",") != 2:
            found.refuse(words, "A reference is sender, identifier and time sent.")
    if any(child.tag.endswith("}Signature") for child in alert):
        found.flag("signature-not-checked", "The alert carries a signature, which is not checked.")


def _info(info: Element, sent: Instant | None, found: Findings) -> Info:
    return Info(
        language=_said(info, "language") or "en-US",
        event=_said(info, "event"),
        urgency=_said(info, "urgency"),
        severity=_said(info, "severity"),
        certainty=_said(info, "certainty"),
        sender_name=_said(info, "senderName"),
        headline=_said(info, "headline"),
        description=_said(info, "description"),
        instruction=_said(info, "instruction"),
        window=_window(info, sent, found),
        alternate=any(
            (_said(each, "valueName"), _said(each, "value")) == (ALTERNATE, "true")
            for each in info.findall(_TAG + "parameter")
        ),
        places=tuple(_place(area, found) for area in info.findall(_TAG + "area")),
    )


def _window(info: Element, sent: Instant | None, found: Findings) -> Window | None:
    onset, effective, end = (_time(info, name, found) for name in ("onset", "effective", "expires"))
    start = next((at for at in (onset, effective, sent) if at is not None), None)
    if start is None:
        return None
    if end is None:
        found.flag("no-end", "An information block does not say when it expires.")
        return Window(start, None, EndKind.PERM)
    if end < start:
        found.refuse(_said(info, "expires"), "It expires before it begins.")
        return None
    return Window(start, end)


def _place(area: Element, found: Findings) -> Place:
    name = _said(area, "areaDesc")
    before = len(found.areas)
    drawn = [*area.findall(_TAG + "polygon"), *area.findall(_TAG + "circle")]
    for shape in drawn:
        words = "".join(shape.itertext()).strip()
        read = _polygon(words, name) if shape.tag == _TAG + "polygon" else _circle(words, name)
        if isinstance(read, str):
            found.refuse(words, read)
        else:
            found.take(read, words)
    codes = tuple((_said(code, "valueName"), _said(code, "value")) for code in area.findall(_TAG + "geocode"))
    if not drawn and name:
        found.take(Named(_cut(name), ", ".join(f"{register} {value}" for register, value in codes)), name)
    return Place(name, tuple(found.areas[before:]), codes, _said(area, "altitude"), _said(area, "ceiling"))


def _polygon(words: str, label: str) -> Area | str:
    if words.count(",") > AREA_VERTICES_MAX + 1:
        return f"A polygon of {words.count(',')} vertices; {AREA_VERTICES_MAX} are the most."
    pairs = [_PAIR.fullmatch(pair) for pair in words.split()]
    ring = tuple((float(pair[2]), float(pair[1])) for pair in pairs if pair is not None)
    if len(ring) < len(pairs):
        return "A polygon is pairs of latitude and longitude."
    if len(ring) < 4 or ring[0] != ring[-1]:
        return "A polygon needs four pairs, the last like the first (CAP 1.2, 3.2.4)."
    return Polygon(ring[:-1], Edges.UNSTATED, label=label)


def _circle(words: str, label: str) -> Area | str:
    found = _CIRCLE.fullmatch(words)
    if found is None:
        return "A circle is latitude and longitude, then a radius in kilometres."
    center = (float(found[2]), float(found[1]))
    radius_m = round(float(found[3]) * 1000.0, 3)
    return Point(center, label) if radius_m == 0 else Circle(center, radius_m, label=label)


def _time(element: Element, name: str, found: Findings) -> Instant | None:
    words = _said(element, name)
    at = read_time(words) if words else None
    if words and at is None:
        found.refuse(words, f"{name}: not a time with its offset from UTC.")
    elif at is not None and not _STATED.fullmatch(words):
        found.flag("time-form", "A time is not written as CAP 1.2 asks, though it is clear.", words)
    return at


def _named(references: str) -> tuple[str, ...]:
    """The identifiers in a list of sender,identifier,sent (CAP 1.2, 3.2.1)."""
    parts = (words.split(",") for words in references.split())
    return tuple(dict.fromkeys(part[1] for part in parts if len(part) == 3))


def _said(element: Element, name: str) -> str:
    child = element.find(_TAG + name)
    return "" if child is None else "".join(child.itertext()).strip()


def _cut(name: str) -> str:
    """As much of a name as an area may have; the place keeps all of it."""
    return name.encode("utf-8", "replace")[:AREA_NAME_MAX_BYTES].decode("utf-8", "ignore")


def _decoded(source: bytes) -> str:
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError:
        return source.decode("latin-1")
