"""The faults that can strike a world, each by its name, counted when it has really struck."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from openline.engine.effects import Effect
from openline.engine.events import FrameIn
from openline.errors import DiskFailed, PeerError
from openline.sim.network import Link, Way
from openline.wire.link import WrapPiece, decode_frame

if TYPE_CHECKING:
    from openline.sim.posts import Post
    from openline.sim.world import World

DOOMS = ("crash before commit", "crash after commit", "crash amid effects", "torn commit")

WEEK_MS = 7 * 24 * 3_600_000


class Faults:
    """Strikes now and then until the world heals."""

    def __init__(self, world: World, on: bool) -> None:
        self.world = world
        self.on = on
        self.ended = False
        self._flips = 0
        self._wrap_flips = 0
        self._late_until = 0
        self._kinds: dict[str, tuple[int, Callable[[], None]]] = {
            "link break": (6, self._link_break),
            "silent stall": (3, self._silent_stall),
            "partition": (4, self._partition),
            "doom": (10, self._doom),
            "clock skew": (2, self._skew),
            "duplicate frame": (3, self._duplicate),
            "garbage frame": (2, self._garbage),
            "flipped bytes": (3, self._flip),
            "lost wrap": (2, self._lose_wrap),
            "late effects": (2, self._late),
            "restored backup": (3, self._restore),
            "week's jump": (1, self._week),
        }

    def begin(self) -> None:
        """Let faults strike from now on."""
        if not self.on:
            return
        rng = self.world.rng
        if rng.random() < 0.5:
            for path in self.world.network.paths.values():
                if path.rate:
                    self._fire("slow link", "")
        self.world.after(rng.randint(500, 3_000), self._next)
        self.world.after(rng.randint(2_000, 10_000), self._back_up)

    def _back_up(self) -> None:
        for post in self.world.up():
            if self.world.joined(post) and self.world.rng.random() < 0.5:
                post.backup = post.record.copy()

    def _next(self) -> None:
        if self.ended:
            return
        rng = self.world.rng
        names = list(self._kinds)
        name = rng.choices(names, [self._kinds[each][0] for each in names])[0]
        self._kinds[name][1]()
        self.world.after(rng.randint(300, 6_000), self._next)

    def _fire(self, name: str, text: str) -> None:
        self.world.fired[name] += 1
        if text:
            self.world.say(f"FAULT {name}: {text}")

    # Links

    def _links(self) -> list[Link]:
        return [link for link in self.world.network.all() if link.open and not link.swallows]

    def _link_break(self) -> None:
        links = self._links()
        if links:
            link = self.world.rng.choice(links)
            self._fire("link break", " and ".join(end.post.name for end in link.ends))
            self.world.network.snap(link)

    def _silent_stall(self) -> None:
        links = self._links()
        if links:
            link = self.world.rng.choice(links)
            self._fire("silent stall", " and ".join(end.post.name for end in link.ends))
            self.world.network.silence(link)

    def _partition(self) -> None:
        rng, posts = self.world.rng, list(self.world.posts.values())
        one, other = rng.sample(posts, 2)
        path = self.world.network.path(one, other)
        if path.way is not Way.OPEN:
            return
        way = Way.CUT if rng.random() < 0.7 else Way.SILENT
        seconds = rng.randint(2, 40)
        kind = "aloud" if way is Way.CUT else "silently"
        self._fire("partition", f"{one.name} and {other.name}, {kind}, for {seconds} s")
        self.world.network.cut(one, other, way)
        self.world.after(1000 * seconds, self._reopen, one, other)

    def _reopen(self, one: Post, other: Post) -> None:
        self.world.network.path(one, other).way = Way.OPEN
        for link in self.world.network.between(one, other):
            if link.open and link.swallows:
                self.world.network.snap(link)

    def spoil(self, frame: bytes) -> bytes:
        """The frame as it arrives: mostly as it was sent."""
        if self._wrap_flips:
            frame = self._spoil_wrap(frame)
        if not self._flips:
            return frame
        self._flips -= 1
        self._fire("flipped bytes", "")
        at = self.world.rng.randrange(len(frame))
        return frame[:at] + bytes([frame[at] ^ self.world.rng.randint(1, 255)]) + frame[at + 1 :]

    def _spoil_wrap(self, frame: bytes) -> bytes:
        try:
            wraps = [piece for piece in decode_frame(frame) if isinstance(piece, WrapPiece)]
        except PeerError:
            return frame
        if not wraps:
            return frame
        self._wrap_flips -= 1
        self._fire("lost wrap", f"a secret of epoch {wraps[0].epoch} arrives damaged")
        at = frame.index(wraps[0].sealed) + 40
        return frame[:at] + bytes([frame[at] ^ 1]) + frame[at + 1 :]

    def _flip(self) -> None:
        self._flips = self.world.rng.randint(1, 3)

    def _lose_wrap(self) -> None:
        self._wrap_flips = self.world.rng.randint(1, 2)

    def _duplicate(self) -> None:
        links = self._links()
        if not links:
            return
        end = self.world.rng.choice(self.world.rng.choice(links).ends)
        link = self.world.network.links.get(end.number)
        far = None if link is None else link.other(end)
        frames = end.frames
        if far is not None and frames and far.put(FrameIn(far.number, self.world.rng.choice(frames))):
            self._fire("duplicate frame", f"an old frame of {end.post.name} comes again to {far.post.name}")

    def _garbage(self) -> None:
        links = self._links()
        if links:
            end = self.world.rng.choice(self.world.rng.choice(links).ends)
            if end.put(FrameIn(end.number, self.world.rng.randbytes(self.world.rng.randint(0, 300)))):
                self._fire("garbage frame", f"to {end.post.name}")

    # Posts

    def _doom(self) -> None:
        posts = self.world.up()
        if posts:
            self.world.rng.choice(posts).doom = self.world.rng.choice(DOOMS)

    def strikes(self, post: Post, effects: Sequence[Effect], keeps: Sequence[Any]) -> bool:
        """Whether a fault ends this turn of a post instead of it."""
        doom = post.doom
        if doom is None or not keeps or self.ended:
            return False
        others = [effect for effect in effects if effect not in keeps]
        if doom == "crash amid effects" and len(others) < 2:
            return False
        post.doom = None
        self._fire(doom, post.name)
        if doom.startswith("torn"):
            post.refuse_all(DiskFailed("The disk failed; nothing of this was kept."))
        elif doom == "crash amid effects":
            post.commit(list(keeps))
            post.perform_all(others[: self.world.rng.randrange(1, len(others))])
        elif doom == "crash after commit":
            post.commit(list(keeps))
        self.crash(post)
        return True

    def crash(self, post: Post) -> None:
        """The post stops, and starts again some time later."""
        post.stop()
        self.world.after(self.world.rng.randint(50, 8_000), self._restart, post, post.life)

    def _restart(self, post: Post, life: int) -> None:
        if post.engine is None and post.life == life:
            self._fire("restart", post.name)
            post.start()

    def _skew(self) -> None:
        post = self.world.rng.choice(list(self.world.posts.values()))
        by = self.world.rng.choice((-90_000, -5_000, -700, 900, 20_000, 120_000))
        self._fire("clock skew", f"the clock of {post.name} is set by {by / 1000:+g} s")
        if post.engine is not None:
            post.set_clock(post.skew_ms + by)

    def _late(self) -> None:
        self._late_until = self.world.now + self.world.rng.randint(1_000, 6_000)

    def lateness(self) -> int:
        """How long the work beside the machine takes: sealing, post-quantum signing, reading the record."""
        if self.world.now < self._late_until:
            self._fire("late effects", "")
            return self.world.rng.randint(500, 4_000)
        return self.world.rng.randint(1, 8)

    def _restore(self) -> None:
        if self.world.fired["restored backup"]:
            return  # what two posts lose at the same time, nobody can give back
        posts = [post for post in self.world.up() if post.backup is not None and post.honest]
        if not posts:
            return
        post = self.world.rng.choice(posts)
        assert post.backup is not None
        post.stop()
        self._fire("restored backup", post.name)
        post.record, post.backup, post.from_backup = post.backup, None, True
        post.restores += 1
        self.world.after(self.world.rng.randint(50, 3_000), self._restart, post, post.life)

    def _week(self) -> None:
        if self.world.fired["week's jump"] < 2:
            self._fire("week's jump", "seven days pass in silence")
            self.world.jump(WEEK_MS)

    def heal(self) -> None:
        """No more faults: everything starts, and every path opens."""
        self.ended = True
        self._flips = self._wrap_flips = self._late_until = 0
        self.world.network.heal()
        for post in self.world.posts.values():
            post.doom = None
            if post.engine is None:
                post.start()
