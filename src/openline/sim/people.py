"""The people of a world: officers who write, answer, mark and correct, accept what is proposed, and carry sticks."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from openline.engine.effects import Alarm, Answer, Arrived, Parcel, Refuse
from openline.engine.events import (
    AcceptLine,
    CarriedIn,
    CarryOut,
    ChangeMembers,
    ConfirmStart,
    LineStatus,
    MakeCheckpoint,
    Mark,
    Send,
)
from openline.feeds.record import Kept
from openline.identity.signing import name_branch
from openline.sim.phrases import phrase
from openline.terms import EntryId, Instant, LineId, PostId, Precedence, TrafficClass
from openline.wire.kinds import Kind

if TYPE_CHECKING:
    from openline.sim.posts import Post
    from openline.sim.world import World

WATCH_MS = 2_000
CONFIRM_MS = 40_000
MARKS = (Kind.SEEN, Kind.SEEN, Kind.ACKNOWLEDGED, Kind.TAKEN, Kind.PASSED_ON)
CLASSES = (TrafficClass.OPERATION,) * 6 + (TrafficClass.EXERCISE, TrafficClass.DRILL, TrafficClass.TEST)
PRECEDENCES = (Precedence.ROUTINE,) * 5 + (Precedence.PRIORITY,) * 2 + (Precedence.IMMEDIATE, Precedence.FLASH)


class People:
    """What they do is drawn from the world's seed."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.resting = False
        self.first_members: tuple[PostId, ...] = ()
        self._pace = world.rng.choice((120, 300, 600))
        self._long = world.rng.random() < 0.3
        self._changes = 0
        self._waiting: dict[PostId, int] = {}

    def founders(self, first: Post) -> tuple[PostId, ...]:
        """Whom the first post proposes the line to: all, or all but one that may be added later."""
        others = tuple(post for post in self.world.posts if post != first.id)
        if len(others) > 2 and self.world.rng.random() < 0.3:
            others = others[1:]
        self.first_members = (first.id, *others)
        return others

    def begin(self) -> None:
        """Speak from now on."""
        self.world.after(self._pace, self._act)
        if len(self.world.posts) > 2 and self.world.rng.random() < 0.4:
            self.world.after(self.world.rng.randint(3_000, 20_000), self._change)

    def rest(self) -> None:
        """Say no more; what is proposed is still accepted, or some would wait for ever."""
        self.resting = True

    # What people do of themselves

    def _act(self) -> None:
        if self.resting:
            return
        rng = self.world.rng
        posts = [post for post in self.world.up() if self.world.joined(post)]
        burst = rng.choice((1, 1, 1, 1, 2, 6))
        for _ in range(burst if posts else 0):
            act = rng.choices(
                (self._send, self._reply, self._mark, self._correct, self._checkpoint, self._carry, self._status),
                (50, 14, 24, 4, 2, 2, 1),
            )[0]
            act(rng.choice(posts))
        self.world.after(rng.randint(1, 2 * self._pace), self._act)

    def _send(self, post: Post) -> None:
        rng, line = self.world.rng, self._line()
        due = Instant(post.clock() + rng.randint(200, 30_000)) if rng.random() < 0.06 else None
        precedence = rng.choice(PRECEDENCES)
        text = phrase(rng, long=self._long and precedence < Precedence.IMMEDIATE and rng.random() < 0.2)
        traffic, give_up, officer = rng.choice(CLASSES), rng.random() < 0.5, rng.choice((0, 1))
        post.ask(
            lambda request: Send(
                request=request,
                line=line,
                text=text,
                officer=officer,
                precedence=precedence,
                traffic=traffic,
                deliver_by=due,
                give_up=give_up and due is not None,
            )
        )

    def _reply(self, post: Post) -> None:
        rng, line = self.world.rng, self._line()
        target = self._message(post, own=False)
        if target is not None:
            text, precedence = phrase(rng), rng.choice(PRECEDENCES)
            post.ask(
                lambda request: Send(
                    request=request, line=line, text=text, officer=1, precedence=precedence, replies_to=target
                )
            )

    def _mark(self, post: Post) -> None:
        rng, line = self.world.rng, self._line()
        target = self._message(post, own=False)
        if target is not None:
            kind = rng.choice(MARKS)
            post.ask(
                lambda request: Mark(
                    request=request, line=line, target=target, kind=kind, officer=1, to="the duty minister"
                )
            )

    def _correct(self, post: Post) -> None:
        line = self._line()
        target = self._message(post, own=True)
        if target is not None:
            text = phrase(self.world.rng)
            post.ask(lambda request: Send(request=request, line=line, text=text, officer=1, corrects=target))

    def _checkpoint(self, post: Post) -> None:
        line = self._line()
        post.ask(lambda request: MakeCheckpoint(request, line))

    def _status(self, post: Post) -> None:
        line = self._line()
        post.ask(lambda request: LineStatus(request, line))

    def _carry(self, post: Post) -> None:
        line = self._line()
        if post.engine is None:
            return
        others = post.engine.state.lines[line].others()
        if not others or line in post.engine.state.signing:
            return
        peer = self.world.rng.choice(others)
        wanted = post.engine.lacking(line, peer)
        entries = tuple(
            entry for feed, ranges in wanted.items() for entry in post.record.urgent(line, feed, ranges, 500, 1 << 20)
        )
        post.ask(lambda request: CarryOut(request, line, peer, entries))

    def _message(self, post: Post, *, own: bool) -> Kept | None:
        rng, line = self.world.rng, self._line()
        found = (entry.id for entry in reversed(self.world.messages) if (entry.header.author == post.id) == own)
        recent: list[EntryId] = list(islice(found, 12))[::-1]
        return post.record.entry(line, rng.choice(recent)) if recent else None

    def _line(self) -> LineId:
        assert self.world.line is not None
        return self.world.line

    # Members

    def _change(self) -> None:
        if self.resting or self._changes >= 2:
            return
        line = self._line()
        posts = [post for post in self.world.members() if post.engine is not None and self.world.joined(post)]
        if not posts:
            self.world.after(3_000, self._change)
            return
        post = self.world.rng.choice(posts)
        assert post.engine is not None
        held = post.engine.state.lines[line]
        new = [each for each in self.world.posts if held.index(each) < 0]
        removable = [each for each in held.others() if len(held.terms.active()) > 2]
        if held.offers or not (new or removable):
            return
        self._changes += 1
        if new:
            self.world.say(f"{post.name} proposes to add {self.world.posts[new[0]].name}.")
            post.ask(lambda request: ChangeMembers(request, line, add=(new[0],)))
        else:
            gone = self.world.rng.choice(removable)
            self.world.say(f"{post.name} proposes to remove {self.world.posts[gone].name}.")
            post.ask(lambda request: ChangeMembers(request, line, remove=(gone,)))
        self.world.after(self.world.rng.randint(8_000, 30_000), self._change)

    def watch(self) -> None:
        """Accept what is proposed, sooner or later."""
        for post in self.world.up():
            state = post.engine.state if post.engine is not None else None
            if state is None:
                continue
            self._confirm(post)
            for proposed in list(state.proposals):
                post.ask(lambda request, proposed=proposed: AcceptLine(request, proposed))
            for line in state.lines.values():
                if any(
                    state.me not in offer.signed and state.me in offer.terms.active() for offer in line.offers.values()
                ):
                    post.ask(lambda request, line=line: AcceptLine(request, line.id))
        self.world.after(WATCH_MS, self.watch)

    def _confirm(self, post: Post) -> None:
        """A restored post waits in vain: its people name the true end of its feed, and go on from there."""
        if not self.world.joined(post) or post.engine is None or not post.honest:
            return
        line = post.engine.state.lines[self._line()]
        since = self._waiting.setdefault(post.id, self.world.now)
        if line.unheard is None or line.me not in line.terms.active():
            del self._waiting[post.id]
            return
        if self.world.now - since < CONFIRM_MS:
            return
        if (line.mine.number, line.mine.last) not in post.card.branches.get(line.id, ()):
            self.world.name_branch(post, line.mine.number)
            place = (line.id, line.mine.number, line.mine.last)
            own, statement = name_branch(post.own, post.card, *place, post.clock())
            post.change_keys(own, post.card.extended(statement))
        elif not line.rewinding:
            post.ask(lambda request: ConfirmStart(request, line.id))

    # What people hear

    def told(self, post: Post, effect: Answer | Refuse | Parcel | Arrived | Alarm, command: Any) -> None:
        """A post tells its people something."""
        match effect:
            case Answer(_, value):
                self._answered(post, command, value)
            case Parcel(_, peer, frames):
                self._parcel(post, self.world.posts[peer], frames)
            case Alarm(_, code, text):
                self.world.count(f"alarm {code}")
                self.world.say(f"ALARM at {post.name}: {text}")
            case Refuse(_, error):
                self.world.count(f"refused {error.code}")
            case Arrived(entry):
                if entry.header.kind == Kind.MESSAGE:
                    author = self.world.posts[entry.header.author]
                    self.world.say(f"{post.name} has entry {entry.header.number} of {author.name}.")

    def _answered(self, post: Post, command: Any, value: Any) -> None:
        if self.world.line is None and isinstance(value, dict) and "id" in value:
            self.world.line = LineId(value["id"])
        self.world.count(f"answered {type(command).__name__}")
        if isinstance(command, Send):
            self.world.say(f"{post.name} writes, {command.precedence.name}: {command.text[:60]}")
        elif isinstance(command, Mark):
            self.world.say(f"{post.name} marks a message {Kind(command.kind).name.lower().replace('_', ' ')}.")
        elif isinstance(command, AcceptLine):
            self.world.say(f"{post.name} accepts.")

    def _parcel(self, post: Post, peer: Post, frames: tuple[bytes, ...]) -> None:
        rng = self.world.rng
        times = 2 if rng.random() < 0.4 else 1
        self.world.say(f"A courier carries a parcel from {post.name} to {peer.name}.")
        for _ in range(times):
            self.world.after(rng.randint(500, 15_000), self._hand_over, post, post.restores, peer, frames, times)

    def _hand_over(self, sender: Post, restores: int, peer: Post, frames: tuple[bytes, ...], times: int) -> None:
        if peer.engine is None or sender.restores != restores:
            return
        if times > 1:
            self.world.fired["parcel twice"] += 1
        peer.ask(lambda request: CarriedIn(request, sender.id, frames))
