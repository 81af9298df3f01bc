"""Posts joined by a fake wire: each is a real machine with an in-memory record; frames go across at once."""

from __future__ import annotations

import hashlib
from collections import deque
from typing import Any

from openline.engine.effects import (
    KEEPS,
    Alarm,
    Answer,
    Arrived,
    Dial,
    Effect,
    Fetch,
    Hang,
    Parcel,
    Refuse,
    SignTree,
    Transmit,
    Wrap,
)
from openline.engine.engine import Engine
from openline.engine.events import Event, Fetched, FrameIn, LinkDown, LinkUp, Settle, Tick, TreeSigned, Wrapped
from openline.errors import OpenlineError
from openline.identity.signing import FOUND_SEED_BYTES, found
from openline.keys.sealing import seal
from openline.sim.record import MemoryRecord
from openline.terms import Instant, LineId, PostId

START = Instant(1_668_523_200_000)


def seeds(name: str, count: int) -> bytes:
    """Seeds for a post, the same for one name every time."""
    return hashlib.shake_256(name.encode()).digest(count)


class Post:
    """One post: machine, record and what it told."""

    def __init__(self, name: str, wire: Wire) -> None:
        self.own, self.card = found(name, seeds(name, FOUND_SEED_BYTES), START)
        self.name = name
        self.wire = wire
        self.record = MemoryRecord()
        self.queue: deque[Event] = deque()
        self.answers: dict[int, Any] = {}
        self.refused: dict[int, OpenlineError] = {}
        self.alarms: list[Alarm] = []
        self.arrived: list[Arrived] = []
        self.parcels: list[Parcel] = []
        self.requests = 0
        self.drawn = 0

    @property
    def id(self) -> PostId:
        """The post's id."""
        return self.card.post

    def start(self, others: list[Post]) -> None:
        """Load the machine from the record, trusting these others."""
        peers = tuple(other.card for other in others if other is not self)
        self.engine = Engine.load(self.record, self.own, self.card, peers, frozenset(card.post for card in peers))
        self.perform(self.engine.start(self.wire.now, self.entropy()))

    def entropy(self) -> bytes:
        """32 bytes, new each time and the same in each run."""
        self.drawn += 1
        return hashlib.sha256(f"{self.name}{self.drawn}".encode()).digest()

    def turn(self) -> None:
        """Handle all that is queued, then settle; keep first, then the rest."""
        effects: list[Effect] = []
        while self.queue:
            effects += self.engine.handle(self.queue.popleft(), self.wire.now, self.entropy())
        effects += self.engine.handle(Settle(), self.wire.now, self.entropy())
        self.record.commit([effect for effect in effects if isinstance(effect, KEEPS)])
        self.perform(effects)

    def perform(self, effects: list[Effect]) -> None:
        """Do what the machine asked for."""
        for effect in effects:
            match effect:
                case Transmit(link, frame):
                    self.wire.send(self, link, frame)
                case Wrap(line, epoch, member, public, info, secret):
                    self.queue.append(Wrapped(line, epoch, member, seal(public, info, secret)))
                case SignTree(line, size, message):
                    self.queue.append(TreeSigned(line, size, self.own.checkpoint.sign(message)))
                case Fetch(link, line, feed, ranges, most, most_bytes):
                    found_entries = self.record.urgent(line, feed, ranges, most, most_bytes)
                    self.queue.append(Fetched(link, line, feed, tuple(found_entries)))
                case Answer(request, value):
                    self.answers[request] = value
                case Refuse(request, error):
                    self.refused[request] = error
                case Alarm():
                    self.alarms.append(effect)
                case Arrived():
                    self.arrived.append(effect)
                case Parcel():
                    self.parcels.append(effect)
                case Dial(peer):
                    self.wire.dial(self, peer)
                case Hang(link, _):
                    self.wire.hang(self, link)
                case _:
                    pass

    def do(self, command: type[Any], *args: Any, **kwargs: Any) -> Any:
        """Give a command, let everything settle, and return its answer; an error is raised."""
        self.requests += 1
        request = self.requests
        self.queue.append(command(request, *args, **kwargs) if args else command(request=request, **kwargs))
        self.wire.settle()
        if request in self.refused:
            raise self.refused[request]
        return self.answers[request]

    def told(self) -> list[str]:
        """The codes of all alarms."""
        return [alarm.code for alarm in self.alarms]


class Wire:
    """All posts and the links between them. `cut` holds pairs that cannot reach each other."""

    def __init__(self, *names: str) -> None:
        self.now = START
        self.posts = [Post(name, self) for name in names]
        self.cut: set[frozenset[str]] = set()
        self.silent: set[frozenset[str]] = set()
        self.ends: dict[tuple[str, int], tuple[Post, int]] = {}
        self.links = 0
        self.frames = 0
        self.bytes = 0
        for post in self.posts:
            post.start(self.posts)
        self.settle()

    def dial(self, post: Post, peer: PostId) -> None:
        """Open a link if the path is there and none is."""
        other = next((other for other in self.posts if other.id == peer), None)
        pair = frozenset((post.name, other.name)) if other is not None else frozenset()
        if other is None or pair in self.cut or pair in self.silent:
            return
        if any(a == post.name and end[0] is other for (a, _), end in self.ends.items()):
            return
        self.links += 1
        here, there = 2 * self.links, 2 * self.links + 1
        self.ends[(post.name, here)] = (other, there)
        self.ends[(other.name, there)] = (post, here)
        post.queue.append(LinkUp(here, other.id, True))
        other.queue.append(LinkUp(there, post.id, False))

    def send(self, post: Post, link: int, frame: bytes) -> None:
        """Carry a frame across."""
        end = self.ends.get((post.name, link))
        self.frames += 1
        self.bytes += len(frame)
        if end is not None and frozenset((post.name, end[0].name)) not in self.silent:
            end[0].queue.append(FrameIn(end[1], frame))

    def hang(self, post: Post, link: int) -> None:
        """Close both ends."""
        end = self.ends.pop((post.name, link), None)
        if end is not None:
            self.ends.pop((end[0].name, end[1]), None)
            end[0].queue.append(LinkDown(end[1]))

    def sever(self, a: str, b: str) -> None:
        """Cut two posts from each other, aloud."""
        self.cut.add(frozenset((a, b)))
        for (name, link), (other, _) in list(self.ends.items()):
            if {name, other.name} == {a, b} and (name, link) in self.ends:
                post = next(post for post in self.posts if post.name == name)
                post.queue.append(LinkDown(link))
                self.hang(post, link)

    def settle(self, turns: int = 400) -> None:
        """Let every post take turns until nothing moves."""
        for _ in range(turns):
            busy = [post for post in self.posts if post.queue]
            if not busy:
                return
            for post in busy:
                post.turn()
        raise AssertionError("the posts never came to rest")

    def wait(self, seconds: float) -> None:
        """Let time pass, with a tick every half second."""
        end = self.now + int(seconds * 1000)
        while self.now < end:
            self.now = Instant(min(end, self.now + 500))
            for post in self.posts:
                post.queue.append(Tick())
            self.settle()

    def line(self, name: str = "hot line") -> LineId:
        """A line of all posts, proposed by the first and accepted by all."""
        from openline.engine.events import AcceptLine, OpenLine

        first, *others = self.posts
        identifier: LineId = first.do(OpenLine, name, tuple(other.id for other in others))["id"]
        for other in others:
            other.do(AcceptLine, identifier)
        self.settle()
        return identifier


