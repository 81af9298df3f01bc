"""What a measurement says: one row of figures with its goal and the floor that was measured in the same run."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

import msgspec


class Floor(msgspec.Struct, frozen=True):
    """What the machine needs for the bare work, in the row's unit."""

    what: str
    value: float


class Spread(msgspec.Struct, frozen=True):
    """Of all samples."""

    min: float
    median: float
    max: float


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One figure. `goal` is the most allowed, or with `more_is_better` the least; None: no goal, for information."""

    name: str
    what: str
    value: float
    unit: str
    goal: float | None = None
    more_is_better: bool = False
    met: bool | None = None
    floor: Floor | None = None
    n: int = 1
    spread: Spread | None = None
    note: str = ""


class Incomplete(Exception):
    """Some rows of a part could not be measured: `rows` were, and `failed` says of the others why not."""

    def __init__(self, rows: list[Row], failed: dict[str, str]) -> None:
        super().__init__(", ".join(failed))
        self.rows = rows
        self.failed = failed


def row(
    name: str,
    what: str,
    value: float,
    unit: str,
    *,
    goal: float | None = None,
    more_is_better: bool = False,
    floor: Floor | None = None,
    samples: Sequence[float] = (),
    note: str = "",
) -> Row:
    """A row with all that follows from its figures."""
    return Row(
        name=name,
        what=what,
        value=_rounded(value),
        unit=unit,
        goal=None if goal is None else _rounded(goal),
        more_is_better=more_is_better,
        met=None if goal is None else (value >= goal if more_is_better else value <= goal),
        floor=None if floor is None else Floor(floor.what, _rounded(floor.value)),
        n=len(samples) or 1,
        spread=_spread(samples) if len(samples) > 1 else None,
        note=note,
    )


def quantile(samples: Sequence[float], share: float) -> float:
    """The sample below which this share of them lies."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _spread(samples: Sequence[float]) -> Spread:
    return Spread(_rounded(min(samples)), _rounded(statistics.median(samples)), _rounded(max(samples)))


def _rounded(value: float) -> float:
    return float(f"{value:.4g}") if abs(value) < 1000 else float(round(value))


def table(rows: Sequence[Row]) -> str:
    """The rows for people to read."""
    lines = [f"{'':3} {'row':30} {'value':>10} {'goal':>12} {'floor':>10}  {'min / median / max':28} {'n':>6}  what"]
    for each in rows:
        mark = {True: "ok", False: "--", None: ""}[each.met]
        goal = "" if each.goal is None else f"{'>=' if each.more_is_better else '<='} {each.goal:g}"
        floor = "" if each.floor is None else f"{each.floor.value:g}"
        spread = "" if each.spread is None else f"{each.spread.min:g} / {each.spread.median:g} / {each.spread.max:g}"
        lines.append(
            f"{mark:3} {each.name:30} {each.value:>10g} {goal:>12} {floor:>10}  {spread:28} {each.n:>6}  "
            f"{each.unit}: {each.what}"
        )
        lines += [f"{'':4}floor: {each.floor.what}"] if each.floor else []
        lines += [f"{'':4}{each.note}"] if each.note else []
    return "\n".join(lines)
