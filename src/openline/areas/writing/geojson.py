"""A bulletin as GeoJSON (RFC 7946): one feature for each area, boundaries counter-clockwise, cut at the antimeridian.

What GeoJSON cannot say stands in members of our own: `notice` of the collection (words and windows), and `area_meant`
of each feature's properties, from which `openline.areas.geojson` reads the area back as it was.
"""

from __future__ import annotations

from typing import Any

import msgspec

from openline.areas.bulletin import Bulletin
from openline.areas.geojson import Notice
from openline.areas.shapes import Area, Named
from openline.areas.times import write_time
from openline.areas.where import Outline, outline
from openline.areas.windows import EndKind, Window


def write_geojson(bulletin: Bulletin) -> bytes:
    """The collection, as JSON in UTF-8."""
    features = [
        {"type": "Feature", "id": f"{bulletin.serial} {number}", "geometry": _geometry(area), "properties": _said(area)}
        for number, area in enumerate(bulletin.areas, 1)
    ]
    return msgspec.json.encode({"type": "FeatureCollection", "notice": _notice(bulletin), "features": features})


def drawn(found: Outline) -> dict[str, Any] | None:
    """An outline as one geometry; None where nothing is drawn."""
    if found.polygons:
        many = len(found.polygons) > 1
        coordinates = found.polygons if many else found.polygons[0]
        return {"type": "MultiPolygon" if many else "Polygon", "coordinates": coordinates}
    if found.lines:
        many = len(found.lines) > 1
        return {
            "type": "MultiLineString" if many else "LineString",
            "coordinates": found.lines if many else found.lines[0],
        }
    return {"type": "Point", "coordinates": found.points[0]} if found.points else None


def _geometry(area: Area) -> dict[str, Any] | None:
    return None if isinstance(area, Named) else drawn(outline(area))


def _said(area: Area) -> dict[str, Any]:
    label = area.name if isinstance(area, Named) else area.label
    return {"area_meant": area, **({"label": label} if label else {})}


def _notice(bulletin: Bulletin) -> Notice:
    return Notice(
        title=bulletin.title,
        form=bulletin.form,
        sender=bulletin.sender,
        serial=bulletin.serial,
        issued=write_time(bulletin.issued),
        windows=tuple(map(_window, bulletin.windows)),
        alternate_windows=tuple(map(_window, bulletin.alternate_windows)),
        language=bulletin.language,
        traffic=bulletin.traffic.name.lower(),
        change=bulletin.change.value,
        names=tuple(earlier.serial for earlier in bulletin.names),
        references=bulletin.references,
        self_cancel=None if bulletin.self_cancel is None else write_time(bulletin.self_cancel),
        fields=tuple((said.label, said.text) for said in bulletin.fields),
        remarks=bulletin.remarks,
    )


def _window(window: Window) -> tuple[str, str | None, EndKind]:
    return (write_time(window.start), None if window.end is None else write_time(window.end), window.end_kind)
