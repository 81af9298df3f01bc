"""Posts joined by a fake wire: each is a real machine with an in-memory record.

    wire = Wire("Alpha", "Bravo")
    alpha, bravo = wire.posts
    line = wire.line()
    alpha.do(Send, line=line, text="Two aircraft of ours cross your sector at 1450Z.")
    wire.wait(1)

A frame crosses at once, unless `paths` gives the pair a rate and a delay. Time stands still but for `wait`.
Every turn of every post is held to two rules: nothing of its own is sent before it is kept, and nothing is
acknowledged that is not kept.
"""

from __future__ import annotations

import hashlib
import heapq
from collections import deque
from copy import deepcopy
from functools import cache
from typing import Any

import msgspec

from openline.engine.conversing import gather
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
    Refold,
    Refuse,
    Regrow,
    SealVoice,
    SignTree,
    Transmit,
    Wake,
    Wrap,
)
from openline.engine.engine import Engine
from openline.engine.events import (
    AcceptLine,
    DialFailed,
    Event,
    Fetched,
    FrameIn,
    LinkDown,
    LinkUp,
    OpenLine,
    Refolded,
    Regrown,
    Settle,
    Tick,
    TreeSigned,
    VoiceSealed,
    Wrapped,
)
from openline.engine.line import Line
from openline.errors import OpenlineError
from openline.feeds.feed import regrow
from openline.feeds.record import KeepEntry, Kept
from openline.identity.card import Card
from openline.identity.own import Own
from openline.identity.signing import FOUND_SEED_BYTES, found
from openline.keys.sealing import seal
from openline.sim.record import MemoryRecord
from openline.terms import EntryId, Instant, LineId, PostId
from openline.wire.bodies import message_of
from openline.wire.entry import Entry
from openline.wire.kinds import Kind
from openline.wire.link import EntryPiece, Part, Piece, decode_frame, decode_piece, encode_piece, join

START = Instant(1_668_523_200_000)


def seeds(name: str, count: int) -> bytes:
    """Seeds for a post, the same for one name every time."""
    return hashlib.shake_256(name.encode()).digest(count)


@cache
def founded(name: str) -> tuple[Own, Card]:
    """The keys and the card of the post of that name."""
    return found(name, seeds(name, FOUND_SEED_BYTES), START)


class Post:
    """One post: machine, record and what it told. What is put into `hold` waits in `held` until `release`."""

    def __init__(self, name: str, wire: Wire, alike: str = "") -> None:
        self.own, self.card = founded(alike or name)
        self.name = name
        self.wire = wire
        self.record = MemoryRecord()
        self.peers: tuple[Card, ...] = ()
        self.queue: deque[Event] = deque()
        self.answers: dict[int, Any] = {}
        self.refused: dict[int, OpenlineError] = {}
        self.alarms: list[Alarm] = []
        self.arrived: list[Arrived] = []
        self.parcels: list[Parcel] = []
        self.effects: list[Effect] = []
        self.hold: tuple[type[Any], ...] = ()
        self.held: list[Effect] = []
        self.wake: Instant | None = None
        self.running = False
        self.requests = 0
        self.drawn = 0

    @property
    def id(self) -> PostId:
        """The post's id."""
        return self.card.post

    def start(self, *, restored: bool = False) -> None:
        """Load the machine from the record, trusting the cards in `peers`."""
        known = frozenset(card.post for card in self.peers)
        self.engine = Engine.load(self.record, self.own, self.card, self.peers, known)
        self.running = True
        self.queue.clear()
        self.kept = {
            EntryId(ids[at : at + 32])
            for line in self.engine.state.lines.values()
            for author in line.feeds
            for ids in [self.record.ids(line.id, author)]
            for at in range(0, len(ids), 32)
        }
        for line in self.engine.state.lines.values():
            self.kept |= {entry.id for author in line.feeds for entry in self.record.beyond(line.id, author)}
        effects = self.engine.start(self.wire.now, self.entropy(), restored=restored)
        self.record.commit([effect for effect in effects if isinstance(effect, KEEPS)])
        self.perform(effects)

    def stop(self) -> None:
        """Kill the post: what is queued is lost, the record stays."""
        self.running = False
        self.queue.clear()
        self.held.clear()
        self.wake = None
        for name, link in list(self.wire.ends):
            if name == self.name:
                self.wire.hang(self, link)

    def snapshot(self) -> MemoryRecord:
        """A backup of the record."""
        return deepcopy(self.record)

    def entropy(self) -> bytes:
        """32 bytes, new each time and the same in each run."""
        self.drawn += 1
        return hashlib.sha256(f"{self.name}{self.drawn}".encode()).digest()

    def turn(self) -> list[Effect]:
        """Handle all that is queued, then settle; keep first, then the rest."""
        effects: list[Effect] = []
        while self.queue:
            effects += self.engine.handle(self.queue.popleft(), self.wire.now, self.entropy())
        effects += self.engine.handle(Settle(), self.wire.now, self.entropy())
        self.check(effects)
        self.record.commit([effect for effect in effects if isinstance(effect, KEEPS)])
        self.perform(effects)
        return effects

    def check(self, effects: list[Effect]) -> None:
        """Keep before send, and no word for what is not kept."""
        for effect in effects:
            if isinstance(effect, KeepEntry):
                header = effect.entry.header
                if header.author == self.id and header.time == effect.at:
                    for have in header.have:
                        assert have.number == 0 or have.id in self.kept, "acknowledged before it was kept"
                        assert all(entry in self.kept for _, entry in have.beyond), "acknowledged before it was kept"
                self.kept.add(effect.entry.id)
            elif isinstance(effect, Transmit) and effect.link in self.engine.state.links:
                for line, number in self.own_entries(effect):
                    entry = line.id_at(self.id, number)
                    assert entry is None or entry in self.kept, (
                        f"entry {number} of {self.name} was sent before it was kept"
                    )

    def own_entries(self, effect: Transmit) -> list[tuple[Line, int]]:
        """The numbers of this post's own entries in a frame that it sends."""
        link = self.engine.state.links[effect.link]
        lines = {alias: self.engine.state.lines[line] for line, alias in link.aliases.items()}
        return [
            (lines[piece.alias], piece.number)
            for piece in self.wire.whole_pieces(self, effect)
            if isinstance(piece, EntryPiece) and lines[piece.alias].member(piece.member) == self.id
        ]

    def perform(self, effects: list[Effect]) -> None:
        """Do what the machine asked for."""
        self.effects += effects
        for effect in effects:
            if isinstance(effect, self.hold):
                self.held.append(effect)
            else:
                self.perform_one(effect)

    def perform_one(self, effect: Effect) -> None:
        """Do one thing."""
        match effect:
            case Transmit(link, frame):
                self.wire.send(self, link, frame)
            case Dial(peer):
                self.wire.dial(self, peer)
            case Hang(link, _):
                self.wire.hang(self, link)
            case Wake(at):
                self.wake = at if self.wake is None else min(self.wake, at)
            case Wrap() | SealVoice() | SignTree() | Fetch() | Regrow() | Refold():
                self.work(effect)
            case _:
                self.tell(effect)

    def work(self, effect: Wrap | SealVoice | SignTree | Fetch | Regrow | Refold) -> None:
        """What the machine leaves to the shell and hears of again."""
        match effect:
            case Wrap(line, epoch, member, public, info, secret):
                self.queue.append(Wrapped(line, epoch, member, seal(public, info, secret)))
            case SealVoice(peer, public, info, notes):
                self.queue.append(VoiceSealed(peer, seal(public, info, notes)))
            case SignTree(line, size, message):
                self.queue.append(TreeSigned(line, size, self.own.checkpoint.sign(message)))
            case Fetch(link, line, feed, ranges, most, most_bytes):
                found_entries = self.record.urgent(line, feed, ranges, most, most_bytes)
                self.queue.append(Fetched(link, line, feed, tuple(found_entries)))
            case Regrow(line, feed, number):
                before = self.record.span(line, feed, 1, number, 1 << 40) if number else []
                frontier, claims = regrow(before)
                self.queue.append(Regrown(line, feed, number, frontier.to_bytes(), tuple(claims.items())))

            case Refold(line, opening, news):
                self.queue.append(Refolded(line, opening, gather(self.record, line, opening), news))

    def tell(self, effect: Effect) -> None:
        """What the machine tells of."""
        match effect:
            case Answer(request, value):
                assert request not in self.answers, "a command was answered twice"
                self.answers[request] = value
            case Refuse(request, error):
                self.refused[request] = error
            case Alarm():
                self.alarms.append(effect)
            case Arrived():
                self.arrived.append(effect)
            case Parcel():
                self.parcels.append(effect)
                self.answers[effect.request] = effect
            case _:
                pass

    def release(self) -> None:
        """Do what was held back, and hold back nothing more."""
        self.hold = ()
        held, self.held = self.held, []
        for effect in held:
            self.perform_one(effect)

    def ask(self, command: type[Any], *args: Any, **kwargs: Any) -> int:
        """Queue a command. Returns its number."""
        self.requests += 1
        self.queue.append(command(self.requests, *args, **kwargs) if args else command(request=self.requests, **kwargs))
        return self.requests

    def do(self, command: type[Any], *args: Any, **kwargs: Any) -> Any:
        """Give a command, let everything settle, and return its answer; an error is raised."""
        request = self.ask(command, *args, **kwargs)
        self.wire.settle()
        if request in self.refused:
            raise self.refused[request]
        return self.answers[request]

    def told(self) -> list[str]:
        """The codes of all alarms."""
        return [alarm.code for alarm in self.alarms]

    def line(self, identifier: LineId) -> Line:
        """The machine's line."""
        return self.engine.state.lines[identifier]

    def kept_entry(self, line: LineId, entry: EntryId) -> Kept:
        """An entry from the record, which must have it."""
        kept = self.record.entry(line, entry)
        assert kept is not None
        return kept

    def entries(self, line: LineId, author: Post, *kinds: Kind) -> list[Entry]:
        """What is kept of a feed, in order of number: of these kinds, or of all."""
        found = self.record.span(line, author.id, 1, 1 << 40, 1 << 40)
        return [entry for entry in found if not kinds or entry.header.kind in kinds]

    def texts(self, line: LineId, author: Post) -> list[str]:
        """The texts of an author's messages, in order of number."""
        return [message_of(entry).text for entry in self.entries(line, author, Kind.MESSAGE)]

    def sizes(self, line: LineId) -> dict[str, int]:
        """How far each feed is chained here, by the name of its author."""
        feeds = self.line(line).feeds
        return {self.engine.state.name_of(post): feed.number for post, feed in sorted(feeds.items())}


class Path(msgspec.Struct):
    """What the wire between two posts is like: bytes a second, and milliseconds each way."""

    rate: float = 1e12
    delay_ms: int = 0


class Wire:
    """All posts and the links between them. `cut` holds pairs that cannot reach each other, `silent` ones lose all."""

    def __init__(self, *names: str, path: Path | None = None) -> None:
        self.now = START
        self.posts = [Post(name, self) for name in names]
        self.cut: set[frozenset[str]] = set()
        self.silent: set[frozenset[str]] = set()
        self.paths: dict[frozenset[str], Path] = {}
        if path is not None:
            self.paths = {frozenset((a, b)): path for a in names for b in names if a != b}
        self.ends: dict[tuple[str, int], tuple[Post, int]] = {}
        self.flying: list[tuple[float, int, Post, FrameIn]] = []
        self.busy_until: dict[tuple[str, int], float] = {}
        self.parts: dict[tuple[str, int, int], bytearray] = {}
        self.links = 0
        self.frames = 0
        self.bytes = 0
        for post in self.posts:
            post.peers = tuple(other.card for other in self.posts if other is not post)
        for post in self.posts:
            post.start()
        self.settle()

    def add(self, name: str, alike: str = "") -> Post:
        """One more post; `alike` gives it the keys of another, from which it is then told apart by its name alone."""
        post = Post(name, self, alike)
        self.posts.append(post)
        post.peers = tuple(other.card for other in self.posts if other.id != post.id)
        return post

    def twin(self, post: Post) -> Post:
        """A liar's second machine: the same keys and record. Nobody reaches it until `cut` says so."""
        twin = self.add(post.name + " again", alike=post.name)
        twin.record = post.snapshot()
        self.cut |= {frozenset((twin.name, other.name)) for other in self.posts}
        twin.start()
        return twin

    def dial(self, post: Post, peer: PostId) -> None:
        """Open a link if the path is there and none is."""
        others = [other for other in self.posts if other.id == peer and other.running]
        other = next((other for other in others if not self._apart(post, other)), None)
        if other is None:
            post.queue.append(DialFailed(peer, "Nobody answers there."))
            return
        if not any(a == post.name and end[0] is other for (a, _), end in self.ends.items()):
            self.link(post, other)

    def _apart(self, post: Post, other: Post) -> bool:
        pair = frozenset((post.name, other.name))
        return pair in self.cut or pair in self.silent

    def link(self, post: Post, other: Post) -> tuple[int, int]:
        """Open a link, whether or not there is one. Returns what each end calls it."""
        self.links += 1
        here, there = 2 * self.links, 2 * self.links + 1
        self.ends[(post.name, here)] = (other, there)
        self.ends[(other.name, there)] = (post, here)
        post.queue.append(LinkUp(here, other.id))
        other.queue.append(LinkUp(there, post.id))
        return here, there

    def link_between(self, post: Post, other: Post) -> int:
        """What `post` calls its link to the other."""
        return next(link for (name, link), (end, _) in self.ends.items() if name == post.name and end is other)

    def send(self, post: Post, link: int, frame: bytes) -> None:
        """Carry a frame across."""
        end = self.ends.get((post.name, link))
        self.frames += 1
        self.bytes += len(frame)
        if end is None or frozenset((post.name, end[0].name)) in self.silent:
            return
        event = FrameIn(end[1], frame)
        path = self.paths.get(frozenset((post.name, end[0].name)))
        if path is None:
            end[0].queue.append(event)
            return
        left = max(float(self.now), self.busy_until.get((post.name, link), 0.0)) + len(frame) * 1000 / path.rate
        self.busy_until[(post.name, link)] = left
        heapq.heappush(self.flying, (left + path.delay_ms, self.frames, end[0], event))

    def inject(self, post: Post, other: Post, *pieces: Piece) -> None:
        """Make `post` hand these pieces to the other on the link between them, whatever its machine thinks of it."""
        here = self.link_between(post, other)
        other.queue.append(FrameIn(self.ends[(post.name, here)][1], join([encode_piece(piece) for piece in pieces])))

    def hang(self, post: Post, link: int) -> None:
        """Close both ends; what flies is lost."""
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

    def heal(self, a: str, b: str) -> None:
        """The path is there again."""
        self.cut.discard(frozenset((a, b)))
        self.silent.discard(frozenset((a, b)))

    def settle(self, turns: int = 2_000) -> None:
        """Let every post take turns until nothing moves."""
        for _ in range(turns):
            busy = [post for post in self.posts if post.queue]
            if not busy:
                return
            for post in busy:
                post.turn() if post.running else post.queue.clear()
        raise AssertionError("the posts never came to rest")

    def wait(self, seconds: float) -> None:
        """Let time pass: frames come when they are due, and posts are woken when they asked for it."""
        end = self.now + int(seconds * 1000)
        self.settle()
        while self.now < end:
            moments = [post.wake for post in self.posts if post.wake is not None and post.running]
            moments += [Instant(int(self.flying[0][0]) + 1)] if self.flying else []
            self.now = Instant(max(self.now + 1, min([end, *moments])))
            while self.flying and self.flying[0][0] <= self.now:
                _, _, post, event = heapq.heappop(self.flying)
                if (post.name, event.link) in self.ends:
                    post.queue.append(event)
            for post in self.posts:
                if post.running and post.wake is not None and post.wake <= self.now:
                    post.wake = None
                    post.queue.append(Tick())
            self.settle()

    def whole_pieces(self, post: Post, effect: Transmit) -> list[Piece]:
        """The pieces of a frame, and what its parts complete."""
        whole: list[Piece] = []
        for piece in decode_frame(effect.frame):
            if not isinstance(piece, Part):
                whole.append(piece)
                continue
            held = self.parts.setdefault((post.name, effect.link, piece.stream), bytearray())
            held += piece.data
            if len(held) == piece.total:
                whole.append(decode_piece(bytes(held)))
        return whole

    def line(self, name: str = "hot line", *, after: float = 0) -> LineId:
        """A line of all posts, proposed by the first and accepted by all, which hear of it `after` so many seconds."""
        first, *others = self.posts
        self.wait(after)
        identifier: LineId = first.do(OpenLine, name, tuple(other.id for other in others))["id"]
        self.wait(after)
        for other in others:
            other.do(AcceptLine, identifier)
        self.settle()
        return identifier

    def alike(self, line: LineId) -> None:
        """All running members hold the same, without a gap."""
        first, *others = [post for post in self.posts if post.running and line in post.engine.state.lines]
        for other in others:
            assert other.sizes(line) == first.sizes(line), f"{other.name} and {first.name} differ"
            for author in first.line(line).feeds:
                assert other.record.ids(line, author) == first.record.ids(line, author)


def entry_pieces(post: Post) -> list[EntryPiece]:
    """All entries that a post has sent, but for those in parts."""
    frames = [effect.frame for effect in post.effects if isinstance(effect, Transmit)]
    return [piece for frame in frames for piece in decode_frame(frame) if isinstance(piece, EntryPiece)]
