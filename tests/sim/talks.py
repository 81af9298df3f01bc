"""A world in which two posts call each other and write about it, without faults."""

from __future__ import annotations

from openline.sim.world import Setting, World


def played(*, minutes: bool = True) -> World:
    """The world, played to its end."""
    world = World(35, Setting(posts=2, liar=False, entries=200, faults=False, calls=True, minutes=minutes))
    world.people.first_members = ()
    assert world.run().broken is None
    return world
