"""A post in a world: a real machine with its record in memory, and a shell in miniature that can die at any effect."""

from __future__ import annotations

import hashlib
from collections import deque
from functools import cache
from typing import TYPE_CHECKING, Any

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
    Cards,
    Event,
    Fetched,
    Refolded,
    Regrown,
    Settle,
    Tick,
    TreeSigned,
    VoiceSealed,
    Wrapped,
)
from openline.errors import OpenlineError
from openline.feeds.feed import regrow
from openline.identity.card import Card
from openline.identity.own import Own
from openline.identity.signing import FOUND_SEED_BYTES, found
from openline.keys.sealing import seal
from openline.sim.record import MemoryRecord
from openline.terms import Instant, PostId

if TYPE_CHECKING:
    from openline.sim.world import World

START = Instant(1_668_523_200_000)
"""15 November 2022, 14:40 UTC: when every world begins."""

KEPT = frozenset(KEEPS)
"""What is committed before anything is performed."""


@cache
def founded(name: str) -> tuple[Own, Card]:
    """A post of this name: the same keys in every world, for they are dear to make."""
    return found(name, hashlib.shake_256(name.encode()).digest(FOUND_SEED_BYTES), START)


class Post:
    """`engine` is None while the post is down; `life` counts its starts; `skew_ms` is its clock less the true one."""

    honest = True

    def __init__(self, name: str, world: World) -> None:
        self.own, self.card = founded(name)
        self.id: PostId = self.card.post
        self.name = name
        self.world = world
        self.record = MemoryRecord()
        self.engine: Engine | None = None
        self.life = 0
        self.skew_ms = 0
        self.queue: deque[Event] = deque()
        self.asked: dict[int, Any] = {}
        self.answers: dict[int, Any] = {}
        self.alarms: list[Alarm] = []
        self.backup: MemoryRecord | None = None
        self.from_backup = False
        self.restores = 0
        self.doom: str | None = None
        self._requests = 0
        self._drawn = 0
        self._turn_due = False
        self._tick_at: int | None = None

    def clock(self) -> Instant:
        """The time that this post's clock shows."""
        return Instant(self.world.now + self.skew_ms)

    def entropy(self) -> bytes:
        """32 bytes, new each time and the same in each run of the seed."""
        self._drawn += 1
        return hashlib.sha256(f"{self.world.seed} {self.name} {self._drawn}".encode()).digest()

    def start(self) -> None:
        """Load the machine from the record."""
        restored, self.from_backup = self.from_backup, False
        peers = self.peers()
        self.life += 1
        self.doom = None
        self.queue.clear()
        self.asked.clear()
        self._turn_due = False
        self._tick_at = None
        self.engine = self.world.engine.load(
            self.record, self.own, self.card, peers, frozenset(card.post for card in peers)
        )
        self.world.started(self, restored=restored)
        effects = self.engine.start(self.clock(), self.entropy(), restored=restored)
        self.commit([effect for effect in effects if type(effect) in KEPT])
        self.perform_all(effects)

    def peers(self) -> tuple[Card, ...]:
        """The cards that people exchanged before the world began."""
        return tuple(founded(post.name)[1] for post in self.world.posts.values() if post is not self)

    def change_keys(self, own: Own, card: Card) -> None:
        """Take up changed keys, before anything else that waits."""
        self.own, self.card = own, card
        peers = self.peers()
        self.put(Cards(own, card, peers, frozenset(peer.post for peer in peers)))
        self.queue.rotate(1)

    def stop(self) -> None:
        """The process is gone, and all that it had in memory."""
        self.engine = None
        self.queue.clear()
        self.asked.clear()
        self.world.network.lose(self)

    def put(self, event: Event) -> None:
        """Let an event wait for the next turn, which comes within some milliseconds."""
        self.queue.append(event)
        if not self._turn_due:
            self._turn_due = True
            self.world.after(self.world.rng.randint(1, 6), self._turn, self.life)

    def ask(self, make: Any) -> int:
        """Give a command; `make` takes the number of the request."""
        self._requests += 1
        command = make(self._requests)
        self.asked[self._requests] = command
        self.put(command)
        return self._requests

    def _turn(self, life: int) -> None:
        if life != self.life or self.engine is None:
            return
        self._turn_due = False
        effects = self.handle_all()
        keeps = [effect for effect in effects if type(effect) in KEPT]
        if self.world.faults.strikes(self, effects, keeps):
            return
        self.commit(keeps)
        self.perform_all(effects)

    def handle_all(self) -> list[Effect]:
        """Give the machine all events that wait, then let it settle."""
        engine = self.engine
        assert engine is not None
        effects: list[Effect] = []
        while self.queue:
            effects += engine.handle(self.queue.popleft(), self.clock(), self.entropy())
        return effects + engine.handle(Settle(), self.clock(), self.entropy())

    def commit(self, keeps: list[Any]) -> None:
        """Make what is to be kept durable."""
        if keeps:
            self.record.commit(keeps)
            self.world.kept(self, keeps)

    def perform_all(self, effects: list[Effect]) -> None:
        """Perform the effects of a turn in order."""
        life = self.life
        for effect in effects:
            if self.life != life or self.engine is None:
                return
            if type(effect) not in KEPT:
                self.perform(effect)

    def perform(self, effect: Effect) -> None:
        """Do what the machine asked for."""
        match effect:
            case Transmit(link, frame):
                self.transmit(link, frame)
            case Wake(at):
                self._sleep(at)
            case Dial(peer):
                self.world.network.dial(self, peer)
            case Hang(link, _):
                self.world.count("dead link found")
                self.world.network.hang(link)
            case Fetch():
                self._later(self.fetch(effect))
            case Regrow(line, feed, number):
                entries = self.record.span(line, feed, 1, number, 1 << 40)
                frontier, claims = regrow(entries)
                self._later(Regrown(line, feed, number, frontier.to_bytes(), tuple(claims.items())))
            case Refold(line, opening, news):
                self._later(Refolded(line, opening, gather(self.record, line, opening), news))
            case Wrap(line, epoch, member, public, info, secret):
                self._later(Wrapped(line, epoch, member, seal(public, info, secret)))
            case SealVoice(peer, public, info, notes):
                self._later(VoiceSealed(peer, seal(public, info, notes)))
            case SignTree(line, size, message):
                self._later(TreeSigned(line, size, self.own.checkpoint.sign(message)))
            case Answer() | Refuse() | Parcel() | Arrived() | Alarm():
                self._tell(effect)
            case _:
                pass

    def transmit(self, link: int, frame: bytes) -> None:
        """Put a frame on a link."""
        self.world.sent(self, link, frame)
        self.world.network.send(link, frame)

    def fetch(self, effect: Fetch) -> Fetched:
        """What the record answers."""
        found_entries = self.record.urgent(effect.line, effect.feed, effect.ranges, effect.most, effect.most_bytes)
        return Fetched(effect.link, effect.line, effect.feed, tuple(found_entries))

    def _later(self, event: Event) -> None:
        self.world.after(self.world.faults.lateness(), self._give, self.life, event)

    def _give(self, life: int, event: Event) -> None:
        if life == self.life and self.engine is not None:
            self.put(event)

    def _tell(self, effect: Answer | Refuse | Parcel | Arrived | Alarm) -> None:
        command = None
        if isinstance(effect, Answer | Refuse | Parcel):
            command = self.asked.pop(effect.request, None)
        if isinstance(effect, Answer):
            self.answers[effect.request] = effect.value
        elif isinstance(effect, Alarm):
            self.alarms.append(effect)
        self.world.told(self, effect, command)

    def refuse_all(self, error: OpenlineError) -> None:
        """Every command that waits is refused, as when the record fails."""
        waiting, self.asked = self.asked, {}
        for request, command in waiting.items():
            self.world.told(self, Refuse(request, error), command)

    def _sleep(self, at: Instant) -> None:
        due = max(at - self.skew_ms, self.world.now + 1)
        if self._tick_at is None or due < self._tick_at:
            self._tick_at = due
            self.world.at(due, self._ring, self.life, due)

    def _ring(self, life: int, due: int) -> None:
        if life == self.life and self.engine is not None and self._tick_at == due:
            self._tick_at = None
            self.put(Tick())

    def set_clock(self, skew_ms: int) -> None:
        """The clock of this post is set; it looks around soon."""
        self.skew_ms = skew_ms
        self._tick_at = None
        self._sleep(self.clock())
