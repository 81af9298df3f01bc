"""One world: posts, the paths between them, people who speak, faults that strike, and checkers that watch.

Everything is drawn from one seed. Time is a heap of things to come; nothing happens between them. A world is played
in four parts: the posts agree on a line, people speak while faults strike, everything heals, and the checkers judge.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import msgspec

from openline.engine.effects import Alarm, Answer, Arrived, Parcel, Refuse
from openline.engine.engine import Engine
from openline.engine.events import OpenLine
from openline.engine.line import Line
from openline.feeds.record import Keep, KeepEntry
from openline.sim.askers import Askers
from openline.sim.assessors import Assessors
from openline.sim.callers import Callers
from openline.sim.checkers import Broken, Checker, every_checker
from openline.sim.drafters import Drafters
from openline.sim.faults import Faults
from openline.sim.heralds import Heralds
from openline.sim.interpreters import Interpreters
from openline.sim.liar import Liar
from openline.sim.network import Network
from openline.sim.people import People
from openline.sim.posts import START, Post
from openline.sim.publishers import Publishers
from openline.sim.scribes import Scribes
from openline.sim.tap import Tap
from openline.terms import EntryId, LineId, PostId
from openline.wire.entry import Entry
from openline.wire.kinds import Kind

NAMES = ("Hill", "Vale", "Ford", "Moor", "Quay")
AGREE_MS = 120_000
PLAY_MS = 480_000
HEAL_MS = 400_000
LOOK_MS = 1_000
EVENTS_MAX = 2_000_000
KEPT: dict[int, str] = {kind: f"kept {kind.name.lower()}" for kind in Kind}


class Setting(msgspec.Struct, frozen=True):
    """What a world is like: how many posts, whether the last of them lies, how many entries people write at least.

    With `calls`, people ask for calls, too, and with `minutes` go on after them; with `asks` they put claims and
    inquiries, with `statements` they write joint statements, with `publishes` they file readouts and show documents
    at one time, with `assesses` they write of incidents, with `translates` they translate messages, and with
    `notices` they give notices and send STOP. None lets the seed decide.
    """

    posts: int = 0
    liar: bool | None = None
    entries: int = 200
    faults: bool = True
    calls: bool | None = None
    minutes: bool | None = None
    asks: bool | None = None
    publishes: bool | None = None
    statements: bool | None = None
    assesses: bool | None = None
    translates: bool | None = None
    notices: bool | None = None


class Outcome(msgspec.Struct, frozen=True):
    """How a world went: how often each fault fired and each transition happened, and what is broken, if anything."""

    seed: int
    entries: int
    faults: Counter[str]
    passed: Counter[str]
    broken: str | None = None
    checker: str | None = None


class World:
    """See the top of this file."""

    def __init__(
        self,
        seed: int,
        setting: Setting | None = None,
        *,
        engine: type[Engine] = Engine,
        post: type[Post] = Post,
        checkers: Callable[[], Sequence[Checker]] = every_checker,
        say: Callable[[int, str], None] | None = None,
    ) -> None:
        setting = setting or Setting()
        self.seed = seed
        self.rng = Random(seed)
        self.engine = engine
        self.now = int(START)
        self._heap: list[tuple[int, int, Callable[..., object], tuple[Any, ...]]] = []
        self._order = 0
        self._end = 0
        self._say = say
        self.fired: Counter[str] = Counter()
        self.passed: Counter[str] = Counter()
        self.entries: dict[tuple[PostId, int], Entry] = {}
        self.by_id: dict[EntryId, Entry] = {}
        self.messages: list[Entry] = []
        self.line: LineId | None = None
        self.branched: set[PostId] = set()
        self.disowned: set[EntryId] = set()
        count = setting.posts or self.rng.choice((2, 2, 3, 3, 3, 4, 4, 5))
        lies = setting.liar if setting.liar is not None else self.rng.random() < 0.3
        names = NAMES[:count] if count <= len(NAMES) else tuple(f"Post {n}" for n in range(1, count + 1))
        made = [(Liar if lies and name == names[-1] else post)(name, self) for name in names]
        self.posts = {each.id: each for each in made}
        self.network = Network(self)
        self.tap = Tap(self)
        self.faults = Faults(self, setting.faults)
        self.people = People(self)
        self.callers = Callers(self, setting.calls)
        self.scribes = Scribes(self, setting.minutes)
        self.askers = Askers(self, setting.asks)
        self.publishers = Publishers(self, setting.publishes)
        self.drafters = Drafters(self, setting.statements)
        self.assessors = Assessors(self, setting.assesses)
        self.heralds = Heralds(self, setting.notices)
        self.interpreters = Interpreters(self, setting.translates)
        self.wanted = setting.entries
        self.checkers = checkers()

    # Time

    def jump(self, by_ms: int) -> None:
        """Time passes, and nothing happens in it."""
        self.now += by_ms
        self._end += by_ms
        self._heap = [(time + by_ms, order, do, arguments) for time, order, do, arguments in self._heap]

    def at(self, time: int, do: Callable[..., object], *arguments: Any) -> None:
        """Do something at this true time."""
        self._order += 1
        heapq.heappush(self._heap, (time, self._order, do, arguments))

    def after(self, wait_ms: int, do: Callable[..., object], *arguments: Any) -> None:
        """Do something so much later."""
        self.at(self.now + wait_ms, do, *arguments)

    def run_until(self, end: int, done: Callable[[], bool]) -> bool:
        """Let things happen until a time or until `done`, which is asked every second. Returns whether it was done."""
        look, self._end = self.now, end
        while self._heap and self._order < EVENTS_MAX:
            if self._heap[0][0] > self._end:
                self.now = max(self.now, self._end)
                return done()
            time, _, do, arguments = heapq.heappop(self._heap)
            self.now = max(self.now, time)
            do(*arguments)
            if self.now >= look + LOOK_MS:
                look = self.now
                if done():
                    return True
        return done()

    # What checkers and stories hear

    def say(self, text: str) -> None:
        """Tell the story."""
        if self._say is not None:
            self._say(self.now, text)

    def count(self, transition: str) -> None:
        """Something worth counting happened."""
        self.passed[transition] += 1

    def started(self, post: Post, *, restored: bool) -> None:
        """A post has loaded its record."""
        self.tap.forget(post)
        for checker in self.checkers:
            checker.started(self, post, restored=restored)

    def kept(self, post: Post, keeps: Sequence[Keep]) -> None:
        """A commit of a post is durable."""
        entries = [keep for keep in keeps if type(keep) is KeepEntry]
        for keep in entries:
            entry = keep.entry
            self.passed[KEPT[entry.header.kind]] += 1
            if entry.header.author == post.id:
                self.entries[(post.id, entry.header.number)] = entry
            if entry.id not in self.by_id:
                self.by_id[entry.id] = entry
                if entry.header.kind == Kind.MESSAGE:
                    self.messages.append(entry)
        for checker in self.checkers:
            checker.kept(self, post, entries)

    def sent(self, post: Post, link: int, frame: bytes) -> None:
        """A post puts a frame on a link."""
        pieces = self.tap.read(post, link, frame)
        for checker in self.checkers:
            checker.sent(self, post, link, pieces)

    def told(self, post: Post, effect: Answer | Refuse | Parcel | Arrived | Alarm, command: Any) -> None:
        """A post tells its people something; `command` is what an answer answers."""
        for checker in self.checkers:
            checker.told(self, post, effect, command)
        self.people.told(post, effect, command)

    # The parts of a world

    def up(self) -> list[Post]:
        """The posts that run."""
        return [post for post in self.posts.values() if post.engine is not None]

    def honest(self) -> list[Post]:
        """The posts that do not lie."""
        return [post for post in self.posts.values() if post.honest]

    def members(self) -> list[Post]:
        """The honest active members by the newest terms that any honest member has."""
        lines = [self.machine_line(post) for post in self.honest() if self.joined(post)]
        newest = max((line.terms for line in lines), key=lambda terms: terms.version, default=None)
        return [] if newest is None else [post for post in self.honest() if post.id in newest.active()]

    def machine_line(self, post: Post) -> Line:
        """The line as the machine of a post that has joined it sees it."""
        assert post.engine is not None
        assert self.line is not None
        return post.engine.state.lines[self.line]

    def joined(self, post: Post) -> bool:
        """Whether a post runs and has accepted the line."""
        return post.engine is not None and self.line is not None and self.line in post.engine.state.lines

    def holders(self, entry: EntryId) -> list[Post]:
        """The posts that hold an entry."""
        return [post for post in self.posts.values() if self.line is not None and post.record.has(self.line, entry)]

    def name_branch(self, post: Post, number: int) -> None:
        """A post disowns what it wrote after this entry, which no member could give back to it."""
        self.count("branch named")
        self.say(f"{post.name} names its entry {number} as the true end of its feed.")
        self.branched.add(post.id)
        self.disowned |= {
            entry.id for entry in self.by_id.values() if entry.header.author == post.id and entry.header.number > number
        }

    def written(self) -> int:
        """Entries written so far, in all feeds."""
        return len(self.entries)

    def run(self) -> Outcome:
        """Play the world and judge it."""
        try:
            self._agree()
            self.run_until(self.now + PLAY_MS, self._played)
            self.say("Everything heals.")
            self.people.rest()
            self.faults.heal()
            if not self.run_until(self.now + HEAL_MS, self._calm):
                self.count("not calm in time")
            for checker in self.checkers:
                checker.ended(self)
        except Broken as broken:
            return self._outcome(str(broken), broken.checker)
        return self._outcome(None, None)

    def _outcome(self, broken: str | None, checker: str | None) -> Outcome:
        return Outcome(self.seed, self.written(), self.fired, self.passed, broken, checker)

    def _agree(self) -> None:
        for post in self.posts.values():
            post.start()
        first = next(iter(self.posts.values()))
        peers = self.people.founders(first)
        self.after(100, first.ask, lambda request: OpenLine(request, "hot line", peers))
        self.people.watch()
        if not self.run_until(self.now + AGREE_MS, self._agreed):
            raise Broken("progress", "the members never agreed on the line")
        if self.heralds.propose(first):
            self.run_until(self.now + AGREE_MS, self.heralds.agreed)
        self.people.begin()
        self.callers.begin()
        self.scribes.begin()
        self.askers.begin()
        self.publishers.begin()
        self.drafters.begin()
        self.assessors.begin()
        self.heralds.begin()
        self.interpreters.begin()
        self.faults.begin()

    def _agreed(self) -> bool:
        return all(self.joined(self.posts[post]) for post in self.people.first_members)

    def _played(self) -> bool:
        return self.written() >= self.wanted and (len(self.fired) >= 3 or not self.faults.on) and self.heralds.done

    def _calm(self) -> bool:
        return all(checker.calm(self) for checker in self.checkers)
