"""What people do depends on the seed alone, and at rest they do nothing of themselves."""

from __future__ import annotations

from openline.sim.world import World
from tests.sim.small import played


def test_all_or_all_but_one_found_the_line() -> None:
    for seed in range(20):
        world = World(seed)
        first, *others = world.posts
        founders = world.people.founders(world.posts[first])
        assert set(founders) <= set(others)
        assert len(founders) >= len(others) - 1


def test_at_rest_nothing_new_is_written() -> None:
    world = played()
    before = world.written()
    world.run_until(world.now + 20_000, lambda: False)
    assert world.written() == before
