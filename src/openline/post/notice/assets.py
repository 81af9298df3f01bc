"""Own assets at the desk: read, held against the notices in force, and forgotten; nothing of them is kept or sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from openline.areas.assets.asset import Assets
from openline.areas.assets.watching import Hazard, Watch
from openline.areas.shapes import METRES_PER_NM
from openline.areas.validity import judge
from openline.errors import Misuse, OpenlineError
from openline.exchanges.notice import window_of
from openline.exchanges.notice.standing import areas
from openline.post.loop import now
from openline.post.notice import requests as asks
from openline.post.speaker import Answerer, Speaker
from openline.proof.sentences import utc
from openline.terms import Instant

REFUSED_SHOWN: Final = 20


async def check(service: Speaker, request: asks.AssetCheck) -> Any:
    """Where the assets are, and every warning about one."""
    line = service.names.line(request.line) if request.line else None
    own = await service.post.reading(read, request.source)
    return await service.post.reading(_held_against, service, own, request, line)


def read(source: bytes) -> Assets:
    """Own assets of any of the formats, by how the file looks: GeoJSON, AIS sentences, or a table. Raises Misuse."""
    from openline.areas.assets.ais import read_ais
    from openline.areas.assets.features import read_features
    from openline.areas.assets.table import read_table

    start = source.lstrip()[:1]
    try:
        if start == b"{":
            return read_features(source)
        return read_ais(source, now()) if start in (b"!", b"\\") else read_table(source)
    except OpenlineError as error:
        raise Misuse(f"The assets cannot be read: {error}") from None


def _held_against(service: Speaker, own: Assets, request: asks.AssetCheck, line: Any) -> dict[str, Any]:
    at = Instant(request.at)
    hazards, named = [], {}
    for each, folded in service.board.at(at, line):
        version = next(one for one in folded.state.versions if one.id.hex() == each.held.id)
        good = tuple(area for area in areas(version) if not judge(area).refused)
        spans = (*version.head.windows, *version.head.alternates)
        hazards.append(Hazard(each.held.id, good, tuple(map(window_of, spans))))
        named[each.held.id] = folded
    found = Watch(hazards).warnings(own.assets, at, hours=request.hours, near_m=request.near_miles * METRES_PER_NM)
    return {
        "at": utc(at),
        "assets": [
            {
                "name": each.name,
                "fixes": [
                    {"position": fix.position, "at": None if fix.at is None else utc(fix.at)} for fix in each.fixes
                ],
            }
            for each in own.assets
        ],
        "warnings": [
            {
                "asset": each.asset,
                "kind": each.kind.value,
                "at": utc(each.at),
                "distance_m": each.distance_m,
                "edges": [one.value for one in each.edges],
                "notice": named[each.hazard].head.hex(),
            }
            for each in found
        ],
        "refused": [each.why for each in own.refused[:REFUSED_SHOWN]],
        "notices": len(hazards),
    }


ANSWERS: Final[Mapping[type, Answerer]] = {asks.AssetCheck: check}
