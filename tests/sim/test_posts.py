"""A post in a world: it keeps before it performs, and forgets all but its record when it stops."""

from __future__ import annotations

from typing import Any

import pytest

from openline.engine.events import Send
from openline.sim.posts import Post, founded
from tests.sim.small import played, two


def test_a_name_is_the_same_post_in_every_world() -> None:
    assert founded("Hill") is founded("Hill")
    assert founded("Hill")[1].post != founded("Vale")[1].post


def test_it_keeps_before_it_performs(monkeypatch: pytest.MonkeyPatch) -> None:
    world = played()
    post, _ = two(world)
    assert world.line is not None
    done: list[str] = []
    commit, perform = Post.commit, Post.perform

    def committed(self: Post, keeps: list[Any]) -> None:
        done.append("keep")
        commit(self, keeps)

    def performed(self: Post, effect: Any) -> None:
        done.append(type(effect).__name__)
        perform(self, effect)

    monkeypatch.setattr(Post, "commit", committed)
    monkeypatch.setattr(Post, "perform", performed)
    post.ask(lambda request: Send(request=request, line=world.line or b"", text="x"))  # type: ignore[arg-type]
    post._turn(post.life)
    assert done[0] == "keep"
    assert {"Answer", "Transmit"} <= set(done)


def test_a_stopped_post_starts_from_its_record() -> None:
    world = played()
    post, _ = two(world)
    assert world.line is not None
    before = world.machine_line(post).mine.number
    post.ask(lambda request: Send(request=request, line=world.line or b"", text="x"))  # type: ignore[arg-type]
    post.stop()
    assert (post.engine, len(post.queue), post.asked) == (None, 0, {})
    post.start()
    assert world.machine_line(post).mine.number == before
