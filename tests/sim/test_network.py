"""Links keep order, lose what is on its way when they break, and swallow all when they fall silent."""

from __future__ import annotations

from openline.engine.events import FrameIn, LinkDown
from openline.sim.network import Link, Way
from openline.sim.world import World
from tests.sim.small import played, two


def joined() -> tuple[World, Link]:
    """A played world and one of its links, both queues empty."""
    world = played()
    post, other = two(world)
    link = next(link for link in world.network.between(post, other) if link.open)
    world._heap.clear()
    for each in (post, other):
        each.queue.clear()
        each._turn_due = True
    return world, link


def came(world: World, link: Link, wait_ms: int) -> list[bytes]:
    """The frames that the second end has got after a while."""
    world.run_until(world.now + wait_ms, lambda: False)
    return [event.frame for event in link.ends[1].post.queue if isinstance(event, FrameIn)]


def test_frames_come_in_order() -> None:
    world, link = joined()
    for frame in (b"one", b"two", b"three"):
        world.network.send(link.ends[0].number, frame)
    assert came(world, link, 2_000) == [b"one", b"two", b"three"]


def test_a_slow_link_takes_its_time() -> None:
    world, link = joined()
    link.path.rate, link.path.delay_ms = 1_000, 0
    world.network.send(link.ends[0].number, bytes(3_000))
    assert came(world, link, 2_900) == []
    assert came(world, link, 200) == [bytes(3_000)]


def test_a_break_loses_what_is_on_its_way_and_tells_both_ends() -> None:
    world, link = joined()
    world.network.send(link.ends[0].number, b"lost")
    world.network.snap(link)
    assert came(world, link, 3_000) == []
    assert [type(end.post.queue[-1]) for end in link.ends] == [LinkDown, LinkDown]
    assert link not in world.network.all()


def test_a_silent_link_swallows_and_tells_nobody() -> None:
    world, link = joined()
    world.network.silence(link)
    world.network.send(link.ends[0].number, b"swallowed")
    assert came(world, link, 5_000) == []
    assert not any(isinstance(event, LinkDown) for end in link.ends for event in end.post.queue)
    assert world.passed["frame swallowed"] == 1


def test_a_cut_path_is_open_again_once_healed() -> None:
    world, link = joined()
    one, other = (end.post for end in link.ends)
    world.network.cut(one, other, Way.CUT)
    assert world.network.path(one, other).way is Way.CUT
    assert not link.open
    world.network.heal()
    assert world.network.path(one, other).way is Way.OPEN
