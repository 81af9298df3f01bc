"""Time in a world, and what a seed draws."""

from __future__ import annotations

from openline.sim.world import Setting, World


def test_a_seed_draws_the_same_world() -> None:
    one, other = (World(seed).posts for seed in (9, 9))
    assert list(one) == list(other)
    assert {len(World(seed).posts) for seed in range(40)} == {2, 3, 4, 5}


def test_things_happen_in_order() -> None:
    world = World(1, Setting(posts=2))
    seen: list[str] = []
    world.after(20, seen.append, "second")
    world.after(10, seen.append, "first")
    world.after(20, seen.append, "third")
    world.run_until(world.now + 100, lambda: False)
    assert seen == ["first", "second", "third"]


def test_a_jump_carries_what_is_to_come_with_it() -> None:
    world = World(1, Setting(posts=2))
    seen: list[int] = []
    began = world.now
    world.after(10, world.jump, 5_000)
    world.after(20, lambda: seen.append(world.now - began))
    world.run_until(world.now + 100, lambda: False)
    assert seen == [5_020]
