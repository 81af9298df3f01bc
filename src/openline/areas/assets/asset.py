"""One own asset: where it was, is or will be, and how it moves."""

from __future__ import annotations

import math

import msgspec

from openline.areas.reading import Refused
from openline.areas.shapes import METRES_PER_NM, Position
from openline.areas.validity import position_fault
from openline.terms import Instant

KNOT_M_PER_S = METRES_PER_NM / 3600
SPEED_MAX_KNOTS = 20_000.0
"""Beyond it is no vehicle: a satellite in low orbit makes 15,000."""


class Fix(msgspec.Struct, frozen=True):
    """Where an asset is at a time; without a time it is always there. Course in degrees, speed in metres a second."""

    position: Position
    at: Instant | None = None
    course: float | None = None
    speed_m_s: float | None = None


class Asset(msgspec.Struct, frozen=True):
    """An asset with its fixes in the order of their times: those that were, and those that are planned."""

    name: str
    fixes: tuple[Fix, ...]


class Assets(msgspec.Struct, frozen=True):
    """What was read of a file: assets in the order of their names, and what was not understood."""

    assets: tuple[Asset, ...] = ()
    refused: tuple[Refused, ...] = ()


def fix_fault(fix: Fix) -> str:
    """Why a fix is none; empty where it is one."""
    fault = position_fault(fix.position)
    if fault:
        return fault
    if fix.course is not None and not (math.isfinite(fix.course) and 0.0 <= fix.course <= 360.0):
        return "A course is within 0..360 degrees."
    if fix.speed_m_s is not None and not (math.isfinite(fix.speed_m_s) and fix.speed_m_s >= 0.0):
        return "A speed is a number from 0."
    if fix.speed_m_s is not None and fix.speed_m_s > SPEED_MAX_KNOTS * KNOT_M_PER_S:
        return f"A speed above {SPEED_MAX_KNOTS:g} knots."
    return ""


def gathered(fixes: list[tuple[str, Fix]], refused: list[Refused]) -> Assets:
    """Fixes by name, each asset's in the order of their times; of two at one time the later in the file counts."""
    by_name: dict[str, dict[Instant | None, Fix]] = {}
    for name, fix in fixes:
        by_name.setdefault(name, {})[fix.at] = fix
    assets = []
    for name in sorted(by_name):
        timed = {at: fix for at, fix in by_name[name].items() if at is not None}
        ordered = [timed[at] for at in sorted(timed)] or list(by_name[name].values())
        assets.append(Asset(name, tuple(ordered)))
    return Assets(tuple(assets), tuple(refused))
