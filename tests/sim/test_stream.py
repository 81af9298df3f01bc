"""People of one kind: whether a world has them is drawn from a stream of their own, and a word settles it."""

from __future__ import annotations

from openline.sim.interpreters import Interpreters
from openline.sim.world import Setting, World


def test_who_is_wanted_is_drawn_for_each_world_alone_and_a_word_settles_it() -> None:
    worlds = [World(seed, Setting()) for seed in range(40)]
    drawn = [Interpreters(world, None).wanted for world in worlds]
    assert {True, False} == set(drawn)
    assert [Interpreters(world, None).wanted for world in worlds] == drawn, "nobody else draws from their stream"
    assert all(Interpreters(world, True).wanted and not Interpreters(world, False).wanted for world in worlds)
