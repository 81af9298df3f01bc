"""What a checker may watch; each does nothing unless a checker says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from openline.engine.effects import Alarm, Answer, Arrived, Parcel, Refuse
from openline.feeds.record import Keep
from openline.sim.tap import Sight
from openline.wire.link import Piece

if TYPE_CHECKING:
    from openline.sim.posts import Post
    from openline.sim.world import World


class Broken(Exception):
    """A rule did not hold; `checker` is its name."""

    def __init__(self, checker: str, text: str) -> None:
        super().__init__(f"{checker}: {text}")
        self.checker = checker


class Checker:
    """One rule. `name` is how a failure is reported."""

    name: ClassVar[str] = ""

    def broken(self, text: str) -> Broken:
        """The rule did not hold."""
        return Broken(self.name, text)

    def started(self, world: World, post: Post, *, restored: bool) -> None:
        """A post has loaded its record, perhaps from an old backup."""

    def kept(self, world: World, post: Post, keeps: Sequence[Keep]) -> None:
        """A commit of a post is durable."""

    def sent(self, world: World, post: Post, link: int, pieces: Sequence[Sight | Piece]) -> None:
        """A post is about to put a frame with these pieces on a link."""

    def told(self, world: World, post: Post, effect: Answer | Refuse | Parcel | Arrived | Alarm, command: Any) -> None:
        """A post tells its people something; `command` is what an answer answers."""

    def calm(self, world: World) -> bool:
        """Whether this rule needs no more time; asked once everything has healed."""
        return True

    def ended(self, world: World) -> None:
        """The world is over."""
