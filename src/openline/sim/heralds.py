"""People who give notices and send STOP in some worlds; drawn from a stream of their own, as callers are.

They ask for much that is refused, too: to change what another gave, to read back other words.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any, Final

import msgspec

from openline.engine.conversing import gather
from openline.engine.events import ChangeMembers, Say
from openline.engine.machines import NOTICE, STOP, Machine
from openline.feeds.folding import Folded
from openline.terms import EntryId, Instant, PostId, Precedence
from openline.wire import notice as wire
from openline.wire import stop as stop_wire
from openline.wire.kinds import Kind
from openline.wire.notice import Duties, FieldContact, Head, How, Particulars, PassedOn, Places, Source, Tried, Words
from openline.wire.places import Place, Shape, Span
from openline.wire.rules import FormRef, Rules, encode_rules
from openline.wire.stop import Hit, ReadBack, Said, Spot

if TYPE_CHECKING:
    from openline.sim.posts import Post
    from openline.sim.world import World

SHARE: Final = 0.25
"""Of all worlds, how many have heralds."""

ACTS_MIN: Final = 30
WAIT_MS: Final = 30_000
"""A world that has heralds is not over before they did so much, or had so much time for it."""

ACTS_MAX: Final = 80
NEWEST: Final = 3
FORM: Final = FormRef("exercise", 1, bytes(32))
DUTIES: Final = Duties(obliged=True, lead=60_000, acknowledge=4_000, pass_on=8_000, reconfirm=2_000)
CIRCLE: Final = Place(shape=Shape.CIRCLE, at=(335_000_000, 342_500_000), length=9_260_000)
WORDS: Final = ("aid convoy", "clinic", "coast road, km 12")


class Heralds:
    """See the top of this file."""

    def __init__(self, world: World, wanted: bool | None) -> None:
        self.world = world
        self.rng = Random(f"{world.seed} notices")
        self.wanted = self.rng.random() < SHARE if wanted is None else wanted
        self._acts = 0
        self._until = 0

    @property
    def done(self) -> bool:
        """Whether the world may end, as far as they are concerned."""
        return not self.wanted or self._acts >= ACTS_MIN or self.world.now >= self._until

    def begin(self) -> None:
        """Give notice from now on, in a world that has heralds."""
        if self.wanted:
            self._until = self.world.now + WAIT_MS
            self.world.after(self.rng.randint(100, 800), self._act)

    def _act(self) -> None:
        if self.world.people.resting or self._acts >= ACTS_MAX:
            return
        posts = [post for post in self.world.up() if self.world.joined(post) and post.honest]
        if posts:
            post = self.rng.choice(posts)
            if self._agreed(post):
                self._acts += 1
                acts = (self._give, self._change, self._answer, self._stop, self._about_stop)
                self.rng.choices(acts, (4, 4, 7, 2, 6))[0](post)
        self.world.after(self.rng.randint(10, 300), self._act)

    def propose(self, first: Post) -> bool:
        """Propose the form before anybody speaks; whether that was to be done."""
        if self.wanted and self.world.line is not None:
            line, rules = self.world.line, encode_rules(Rules(forms=(FORM,)))
            first.ask(lambda request: ChangeMembers(request, line, rules=rules))
        return self.wanted

    def agreed(self) -> bool:
        """Whether the form is agreed at all members that run."""
        posts = [post for post in self.world.up() if self.world.joined(post)]
        return bool(posts) and all(map(self._agreed, posts))

    def _agreed(self, post: Post) -> bool:
        assert self.world.line is not None
        return post.engine is not None and FORM in post.engine.state.lines[self.world.line].rules.forms

    # Notices

    def _head(self, post: Post, number: int = 0) -> Head:
        begins = Instant(post.clock() + self.rng.randint(-5_000, 20_000))
        spans = tuple(Span(Instant(begins + at * 9_000), Instant(begins + at * 9_000 + 5_000)) for at in range(2))
        source = f"HYDROLANT {self.rng.randint(1, 9)}/24" if self.rng.random() < 0.4 else ""
        cancels = (f"HYDROLANT {self.rng.randint(1, 9)}/24",) if self.rng.random() < 0.2 else ()
        return Head(
            form=FORM,
            year=2024,
            number=number,
            windows=spans[: self.rng.randint(1, 2)],
            duties=DUTIES,
            source_id=source,
            cancels=cancels,
            to=self._others(post),
        )

    def _others(self, post: Post) -> tuple[PostId, ...]:
        assert post.engine is not None
        assert self.world.line is not None
        return tuple(sorted(post.engine.state.lines[self.world.line].others()))

    def _items(self, head: Head) -> tuple[bytes, ...]:
        particulars = Particulars(contacts=(FieldContact("lead", "radio"),), text=self.rng.choice(WORDS))
        return wire.items(head, Places((CIRCLE,)), particulars, Source())

    def _give(self, post: Post) -> None:
        self._say(post, Kind.NOTICE, self._items(self._head(post)), None, (), self._level())

    def _change(self, post: Post) -> None:
        """Amend, postpone, end or ask; of notices of others, too, which is refused."""
        held = self._held(post, NOTICE)
        if held is None:
            return
        head, standing = held.head, held.state.standing
        kind = self.rng.choice((Kind.NOTICE_AMENDED, Kind.NOTICE_POSTPONED, Kind.NOTICE_ENDED, Kind.NOTICE_ASKED))
        refers: tuple[EntryId, ...] = (head, standing.id)
        if kind == Kind.NOTICE_AMENDED:
            changed = msgspec.structs.replace(self._head(post), number=held.state.head.number)
            items = self._items(changed)
        elif kind == Kind.NOTICE_POSTPONED:
            items = (wire.POSTPONED.item(wire.Postponed(self._head(post).windows)), _words())
        elif kind == Kind.NOTICE_ENDED:
            how = self.rng.choice((How.CANCELLED, How.COMPLETED, How.LAPSED))
            items, refers = (wire.ENDED.item(wire.Ended(how, post.clock())), _words()), (head,)
        else:
            items = (_words(),)
        self._say(post, kind, items, held, refers)

    def _answer(self, post: Post) -> None:
        held = self._held(post, NOTICE)
        if held is None:
            return
        version = self.rng.choice(held.state.versions).id if self.rng.random() < 0.3 else held.state.newest
        kind = self.rng.choice((Kind.NOTICE_ACKNOWLEDGED, Kind.NOTICE_PASSED, Kind.NOTICE_CONFIRMED, Kind.NOTICE_TRIED))
        at = post.clock()
        items = {
            Kind.NOTICE_ACKNOWLEDGED: (_words(),),
            Kind.NOTICE_CONFIRMED: (_words(),),
            Kind.NOTICE_PASSED: (wire.PASSED_ON.item(PassedOn(at)), wire.TO.item(wire.To("radars"))),
            Kind.NOTICE_TRIED: (wire.TRIED.item(Tried(0, at, self.rng.random() < 0.5)), _words()),
        }[kind]
        self._say(post, kind, items, held, (held.head, version))

    # STOP

    def _stop(self, post: Post) -> None:
        hit = Hit(what=self.rng.choice(("", *WORDS)), where=self.rng.choice(("", *WORDS)))
        items = stop_wire.items(stop_wire.Head(to=self._others(post)), hit, Spot())
        self._say(post, Kind.STOP, items, None, (), Precedence.FLASH)

    def _about_stop(self, post: Post) -> None:
        """Add, withdraw, read back or pass on; what is read back is sometimes not what it says."""
        held = self._held(post, STOP)
        if held is None:
            return
        kinds = (Kind.STOP_ADDED, Kind.STOP_READ_BACK, Kind.STOP_READ_BACK, Kind.STOP_PASSED, Kind.STOP_WITHDRAWN)
        kind = self.rng.choice(kinds[:4] if self.rng.random() < 0.7 else kinds)
        refers = (held.head, held.state.newest) if kind == Kind.STOP_READ_BACK else (held.head,)
        self._say(post, kind, self._said(post, kind, held), held, refers, Precedence.FLASH)

    def _said(self, post: Post, kind: Kind, held: Folded[Any]) -> tuple[bytes, ...]:
        hit = held.state.hit() or Hit()
        if kind == Kind.STOP_READ_BACK:
            what = hit.what.upper() if self.rng.random() < 0.7 else self.rng.choice(WORDS)
            return (stop_wire.READ_BACK.item(ReadBack(what=what, where=hit.where)),)
        if kind == Kind.STOP_PASSED:
            return stop_wire.PASSED.item(stop_wire.Passed(post.clock())), wire.TO.item(wire.To("battery"))
        if kind == Kind.STOP_WITHDRAWN:
            return (stop_wire.SAID.item(Said("over")),)
        return stop_wire.items(stop_wire.Head(to=self._others(post)), Hit(what=self.rng.choice(WORDS)), Spot())

    def _held(self, post: Post, machine: Machine) -> Folded[Any] | None:
        """One of the newest exchanges of a machine at a post."""
        assert self.world.line is not None
        found = post.record.openings(self.world.line, sorted(machine.openings), None, NEWEST)
        opening = self.rng.choice(found)[1].entry.id if found else None
        return None if opening is None else machine.fold(gather(post.record, self.world.line, opening))

    def _level(self) -> Precedence:
        return self.rng.choice((Precedence.ROUTINE, Precedence.PRIORITY, Precedence.IMMEDIATE))

    def _say(
        self,
        post: Post,
        kind: Kind,
        items: tuple[bytes, ...],
        held: Folded[Any] | None,
        refers: tuple[EntryId, ...],
        precedence: Precedence = Precedence.ROUTINE,
    ) -> None:
        assert self.world.line is not None
        line, exchange = self.world.line, () if held is None else held.entries
        opening = None if held is None else held.head
        post.ask(
            lambda request: Say(
                request=request,
                line=line,
                kind=kind,
                items=items,
                officer=1,
                precedence=precedence,
                opening=opening,
                refers=refers,
                exchange=exchange,
            )
        )


def _words(text: str = "") -> bytes:
    return wire.WORDS.item(Words(text))
