"""People of one kind, with randomness of their own: a world is the same whether or not others have them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from openline.sim.posts import Post
    from openline.sim.world import World


class Stream(ABC):
    """They act at honest posts that run, one after another, until the world rests or they have done enough."""

    NAME: ClassVar[str]
    """What their stream is drawn from, beside the seed of the world."""

    SHARE: ClassVar[float]
    """Of all worlds, how many have them."""

    ACTS_MAX: ClassVar[int] = 40
    BEGIN_MS: ClassVar[tuple[int, int]] = (200, 2_000)
    AGAIN_MS: ClassVar[tuple[int, int]] = (100, 2_000)
    """How long they wait at least and at most, before the first act and before each other."""

    def __init__(self, world: World, wanted: bool | None) -> None:
        self.world = world
        self.rng = Random(f"{world.seed} {self.NAME}")
        drawn = self.rng.random() < self.SHARE
        self.wanted = drawn if wanted is None else wanted
        self._acts = 0

    def begin(self) -> None:
        """Act from now on, in a world that has them."""
        if self.wanted:
            self.world.after(self.rng.randint(*self.BEGIN_MS), self._act)

    def _act(self) -> None:
        if self.world.people.resting or self._acts >= self.ACTS_MAX:
            return
        posts = [post for post in self.world.up() if self.world.joined(post) and post.honest]
        if posts:
            self._acts += 1
            self._drawn()(self.rng.choice(posts))
        self.world.after(self.rng.randint(*self.AGAIN_MS), self._act)

    @abstractmethod
    def _drawn(self) -> Callable[[Post], None]:
        """What is done next, at a post that is drawn after it."""
