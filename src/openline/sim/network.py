"""Links between posts, as TCP gives them: bytes in order until the link breaks or falls silent (spec/link.md).

A path joins two posts and has a delay, a rate, and a state; links run over it. A link that breaks loses what is on
its way and tells both ends some time later; a silent one swallows everything and tells nobody until it is given up.
"""

from __future__ import annotations

from collections import deque
from enum import Enum, auto
from typing import TYPE_CHECKING

from openline.engine.events import DialFailed, FrameIn, LinkDown, LinkUp
from openline.terms import PostId

if TYPE_CHECKING:
    from openline.sim.posts import Post
    from openline.sim.world import World

SILENCE_MS = 40_000
"""How long a silent link stays before the system below gives it up."""


class Way(Enum):
    """The state of a path."""

    OPEN = auto()
    CUT = auto()
    SILENT = auto()


class Path:
    """Between two posts. `delay_ms` one way; `rate` in bytes per second, 0 for no limit."""

    def __init__(self, delay_ms: int, rate: int) -> None:
        self.way = Way.OPEN
        self.delay_ms = delay_ms
        self.rate = rate


class End:
    """One end of a link: a life of a post, and the number under which its machine knows the link."""

    def __init__(self, post: Post, number: int) -> None:
        self.post = post
        self.life = post.life
        self.number = number
        self.free_at = 0
        self.known_down = False
        self.frames: deque[bytes] = deque(maxlen=40)

    def put(self, event: FrameIn | LinkUp | LinkDown) -> bool:
        """Give the machine an event, unless it is another life of the post by now."""
        if self.post.life != self.life or self.post.engine is None:
            return False
        self.post.put(event)
        return True


class Link:
    """Two ends. `open` until it breaks; `swallows` from when it falls silent."""

    def __init__(self, one: End, other: End, path: Path) -> None:
        self.ends = (one, other)
        self.path = path
        self.open = True
        self.swallows = False

    def other(self, end: End) -> End:
        """The far end."""
        return self.ends[1] if end is self.ends[0] else self.ends[0]


class Network:
    """All paths and links of a world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.paths: dict[frozenset[PostId], Path] = {}
        self.links: dict[int, Link] = {}
        self._numbers = 0

    def path(self, one: Post, other: Post) -> Path:
        """The path between two posts, made at its first use."""
        key = frozenset((one.id, other.id))
        if key not in self.paths:
            rng = self.world.rng
            rate = rng.choice((0, 0, 0, 64_000, 8_000))
            self.paths[key] = Path(rng.choice((1, 10, 40, 150)), rate)
        return self.paths[key]

    def dial(self, post: Post, peer: PostId) -> None:
        """Try to reach a peer: a link at both ends after a round trip, or a failure after a while."""
        far = self.world.posts[peer]
        path = self.path(post, far)
        if path.way is not Way.OPEN or far.engine is None:
            self.world.after(self.world.rng.randint(200, 2_000), self._failed, post, post.life, peer)
            return
        self.world.after(2 * path.delay_ms + 2, self._met, post, post.life, far)

    def _failed(self, post: Post, life: int, peer: PostId) -> None:
        if post.life == life and post.engine is not None:
            post.put(DialFailed(peer, "no path"))

    def _met(self, post: Post, life: int, far: Post) -> None:
        path = self.path(post, far)
        if post.life != life or post.engine is None or far.engine is None or path.way is not Way.OPEN:
            self._failed(post, life, far.id)
            return
        if any(link.open and not link.swallows for link in self.between(post, far)):
            self.world.count("two links at once")
        self._numbers += 2
        here, there = End(post, self._numbers), End(far, self._numbers + 1)
        link = Link(here, there, path)
        self.links[here.number] = self.links[there.number] = link
        here.put(LinkUp(here.number, far.id))
        there.put(LinkUp(there.number, post.id))

    def between(self, one: Post, other: Post) -> list[Link]:
        """The links that exist between two posts."""
        return [link for link in self.all() if {end.post.id for end in link.ends} == {one.id, other.id}]

    def all(self) -> list[Link]:
        """Every link that exists."""
        return [link for number, link in self.links.items() if link.ends[0].number == number]

    def ends_of(self, post: Post) -> list[End]:
        """The ends of a post's links that exist."""
        return [end for link in self.all() for end in link.ends if end.post is post]

    def end(self, number: int) -> End | None:
        """The end with this number, while its link exists."""
        link = self.links.get(number)
        return None if link is None else next(end for end in link.ends if end.number == number)

    def send(self, number: int, frame: bytes) -> None:
        """Carry a frame to the far end, as fast as the path lets it."""
        end = self.end(number)
        if end is None:
            return
        link = self.links[number]
        path = link.path
        took = len(frame) * 1000 // path.rate if path.rate else 0
        end.free_at = max(end.free_at, self.world.now) + took
        self.world.at(end.free_at + path.delay_ms, self._arrive, link, end, frame)
        end.frames.append(frame)

    def _arrive(self, link: Link, end: End, frame: bytes) -> None:
        if not link.open:
            return
        if link.swallows:
            self.world.count("frame swallowed")
            return
        far = link.other(end)
        far.put(FrameIn(far.number, self.world.faults.spoil(frame)))

    def hang(self, number: int) -> None:
        """An end closes its link: the far end hears of it, unless the path is silent."""
        end = self.end(number)
        if end is None:
            return
        link = self.links[number]
        end.known_down = True
        link.open = False
        if link.path.way is not Way.SILENT and not link.swallows:
            self.world.after(link.path.delay_ms, self._tell, link, link.other(end))
        else:
            self.world.after(SILENCE_MS, self._tell, link, link.other(end))

    def snap(self, link: Link, within_ms: int = 1_500) -> None:
        """The link breaks now; each end learns it within this time."""
        link.open = False
        for end in link.ends:
            self.world.after(self.world.rng.randint(1, within_ms), self._tell, link, end)

    def silence(self, link: Link) -> None:
        """From now on the link swallows what it is given; the system below gives it up much later."""
        link.swallows = True
        self.world.after(SILENCE_MS, self._give_up, link)

    def _give_up(self, link: Link) -> None:
        if link.open:
            self.snap(link)

    def _tell(self, link: Link, end: End) -> None:
        if not end.known_down:
            end.known_down = True
            end.put(LinkDown(end.number))
        if all(each.known_down or each.post.life != each.life for each in link.ends):
            for each in link.ends:
                self.links.pop(each.number, None)

    def lose(self, post: Post) -> None:
        """A post is gone: its links break, aloud or silently."""
        for link in self.all():
            if any(end.post is post for end in link.ends) and link.open:
                if self.world.rng.random() < 0.8:
                    self.snap(link)
                else:
                    self.silence(link)

    def cut(self, one: Post, other: Post, way: Way) -> None:
        """Close a path, aloud or silently."""
        path = self.path(one, other)
        path.way = way
        for link in self.between(one, other):
            if link.open and way is Way.CUT:
                self.snap(link)
            elif link.open:
                self.silence(link)

    def heal(self) -> None:
        """Open every path; what is silent is given up soon."""
        for path in self.paths.values():
            path.way = Way.OPEN
        for link in self.all():
            if link.open and link.swallows:
                self.snap(link)
