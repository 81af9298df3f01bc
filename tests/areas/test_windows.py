"""A window is open from its first instant to its last."""

from __future__ import annotations

import pytest

from openline.areas.windows import EndKind, Window
from openline.terms import Instant


@pytest.mark.parametrize(("at", "is_open"), [(99, False), (100, True), (150, True), (200, True), (201, False)])
def test_both_ends_count(at: int, is_open: bool) -> None:
    assert Window(Instant(100), Instant(200)).covers(Instant(at)) is is_open


def test_without_an_end_it_stays_open() -> None:
    assert Window(Instant(100), None, EndKind.PERM).covers(Instant(10**15))
    assert not Window(Instant(100), None, EndKind.PERM).covers(Instant(99))
