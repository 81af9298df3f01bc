"""A broken rule says which it is; a checker that watches nothing is calm."""

from __future__ import annotations

from openline.sim.checkers.base import Broken, Checker
from tests.sim.small import played


def test_a_broken_rule_has_a_name() -> None:
    broken = Broken("once", "it came twice")
    assert (broken.checker, str(broken)) == ("once", "once: it came twice")


def test_nothing_watched_is_calm() -> None:
    assert Checker().calm(played())
