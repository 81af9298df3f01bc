"""Assets, and that nothing of them can reach the record: who may know of them at all."""

from __future__ import annotations

import ast
import math
from pathlib import Path

import pytest

from openline.areas.assets.asset import Fix, fix_fault, gathered
from openline.terms import Instant

SOURCES = Path(__file__).resolve().parents[3] / "src/openline"
MAY_KNOW = ("post", "desk", "cli")


def imported(path: Path) -> set[str]:
    """Every module that a file imports, at its top or within a function."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_no_room_that_makes_or_keeps_the_record_knows_of_assets() -> None:
    """So nothing of them can get into an entry, a bundle or the store."""
    knowing = {
        path.relative_to(SOURCES).as_posix()
        for path in SOURCES.rglob("*.py")
        if any(name.startswith("openline.areas.assets") for name in imported(path))
    }
    assert knowing, "the search finds nothing at all"
    outside = {name for name in knowing if not name.startswith(("areas/assets/", *(f"{room}/" for room in MAY_KNOW)))}
    assert outside == set()


def test_nothing_in_the_package_says_or_measures_anything() -> None:
    """No log and no metric: these modules import nothing that could write one."""
    talkative = {"logging", "structlog", "prometheus_client", "warnings", "print"}
    for path in (SOURCES / "areas/assets").glob("*.py"):
        assert not {name.split(".")[0] for name in imported(path)} & talkative


@pytest.mark.parametrize(
    ("fix", "why"),
    [
        (Fix((0.0, 91.0)), "latitude"),
        (Fix((0.0, 0.0), course=361.0), "course"),
        (Fix((0.0, 0.0), course=math.nan), "course"),
        (Fix((0.0, 0.0), speed_m_s=-1.0), "speed"),
        (Fix((0.0, 0.0), speed_m_s=math.inf), "speed"),
        (Fix((0.0, 0.0), speed_m_s=1e5), "knots"),
        (Fix((0.0, 0.0), course=360.0, speed_m_s=300.0), ""),
    ],
)
def test_why_a_fix_is_none(fix: Fix, why: str) -> None:
    assert why in fix_fault(fix)
    assert bool(fix_fault(fix)) is bool(why)


def test_fixes_are_gathered_by_name_and_ordered_by_time() -> None:
    early, late, corrected = (Fix((lon, 0.0), Instant(at)) for lon, at in ((1.0, 10), (2.0, 20), (3.0, 20)))
    found = gathered([("b", late), ("a", early), ("b", early), ("b", corrected)], [])
    assert [(each.name, each.fixes) for each in found.assets] == [("a", (early,)), ("b", (early, corrected))]
