"""People who ask for calls, answer, close and certify, in some worlds; drawn from a stream of their own.

So a world without them is the same whether or not others have them, and a pinned seed stays what it was.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from openline.engine.conversing import gather
from openline.engine.events import Certify, Say
from openline.exchanges import contact
from openline.exchanges.contact import Party, State
from openline.feeds.folding import Folded
from openline.terms import EntryId, Instant, Precedence, TrafficClass
from openline.wire import contact as wire
from openline.wire.contact import Answer, Called, Closing, Outcome, Reply, Request, RequestWords, Words
from openline.wire.kinds import Kind

if TYPE_CHECKING:
    from openline.sim.posts import Post
    from openline.sim.world import World

SHARE = 0.3
"""Of all worlds, how many have callers."""

ACTS_MAX = 40
NEWEST = 6
OFFICES = ("chief", "minister")


class Callers:
    """Asks seldom, so that a world is not slower for it; two sides often ask each other at once."""

    def __init__(self, world: World, wanted: bool | None) -> None:
        self.world = world
        self.rng = Random(f"{world.seed} calls")
        self.wanted = self.rng.random() < SHARE if wanted is None else wanted
        self._acts = 0

    def begin(self) -> None:
        """Call from now on, in a world that has callers."""
        if self.wanted:
            self.world.after(self.rng.randint(200, 2_000), self._act)

    def _act(self) -> None:
        if self.world.people.resting or self._acts >= ACTS_MAX:
            return
        posts = [post for post in self.world.up() if self.world.joined(post) and post.honest]
        if posts:
            self._acts += 1
            choices = (self._ask, self._answer, self._close, self._certify)
            self.rng.choices(choices, (3, 5, 4, 1))[0](self.rng.choice(posts))
        self.world.after(self.rng.randint(100, 3_000), self._act)

    def _ask(self, post: Post) -> None:
        assert post.engine is not None
        assert self.world.line is not None
        others = [each for each in post.engine.state.lines[self.world.line].others() if self.world.posts[each].honest]
        if not others:
            return
        other = self.world.posts[self.rng.choice(others)]
        mine, theirs = self.rng.choice(OFFICES), self.rng.choice(OFFICES)
        self._request(post, other, mine, theirs)
        if self.rng.random() < 0.5 and self.world.joined(other):
            self._request(other, post, theirs, mine)

    def _request(self, post: Post, other: Post, mine: str, theirs: str) -> None:
        reply_by = Instant(post.clock() + self.rng.randint(1_000, 20_000))
        body = Request(office=mine, called=(Called(other.id, theirs),), reply_by=reply_by)
        items = (wire.REQUEST.item(body), wire.REQUEST_WORDS.item(RequestWords()))
        self._say(post, Kind.CALL_REQUEST, items, None, (), None, self.rng.choice(list(Precedence)))

    def _answer(self, post: Post) -> None:
        found = self._contact(post, mine=False)
        if found is None:
            return
        opening = next(each.entry for each in found.state.requests if each.entry.header.author != post.id)
        reply = self.rng.choice(list(Reply))
        answer = Answer(
            reply=reply,
            at=post.clock() if reply in (Reply.ACCEPTED, Reply.DEFERRED) else Instant(0),
            times=(post.clock(),) if reply == Reply.COUNTER_TIME else (),
            office="deputy" if reply == Reply.DELEGATED else "",
        )
        items = (wire.ANSWER.item(answer), wire.WORDS.item(Words()))
        self._say(post, Kind.CALL_ANSWER, items, opening.id, (opening.id,), found)

    def _close(self, post: Post) -> None:
        found = self._contact(post, mine=True)
        if found is None or found.state.closer != post.id:
            return
        (party,) = found.state.parties
        outcome = self.rng.choice(list(Outcome))
        began = post.clock() if outcome == Outcome.HELD else Instant(0)
        body = Closing(post=party.post, outcome=outcome, began=began, ended=began)
        items = (wire.CLOSING.item(body), wire.WORDS.item(Words()))
        refers = (found.head, *self._named(party, outcome))
        self._say(post, Kind.CALL_OUTCOME, items, found.head, refers, found)

    def _named(self, party: Party, outcome: Outcome) -> tuple[EntryId, ...]:
        """The answer that an outcome takes: of a decline one that declines, of the others the newest."""
        if outcome in (Outcome.NO_ANSWER, Outcome.WITHDRAWN):
            return ()
        fits = [each for each in party.answers if outcome != Outcome.DECLINED or each.answer.reply == Reply.DECLINED]
        return tuple(each.id for each in fits[-1:])

    def _certify(self, post: Post) -> None:
        found = self._contact(post, mine=True)
        if found is None or self.world.line is None:
            return
        line = self.world.line
        mine = next(each.entry.id for each in found.state.requests if each.entry.header.author == post.id)
        about = found.state.parties[0].post if found.state.closer == post.id else found.state.closer
        fields = {"post": about, "opening": mine, "officer": 1, "exchange": found.entries}
        post.ask(lambda request: Certify(request=request, line=line, **fields))  # type: ignore[arg-type]

    def _contact(self, post: Post, *, mine: bool) -> Folded[State] | None:
        """One of the newest contacts at a post: one that it asked for, or one in which it is called."""
        assert self.world.line is not None
        line = self.world.line
        newest = post.record.openings(line, [Kind.CALL_REQUEST], None, NEWEST)
        fits = [kept.entry.id for _, kept in newest if (kept.entry.header.author == post.id) == mine]
        folded = contact.fold(gather(post.record, line, self.rng.choice(fits))) if fits else None
        called = folded is not None and (mine or post.id in (*(each.post for each in folded.state.parties),))
        return folded if called else None

    def _say(
        self,
        post: Post,
        kind: Kind,
        items: tuple[bytes, ...],
        opening: EntryId | None,
        refers: tuple[EntryId, ...],
        found: Folded[State] | None,
        precedence: Precedence = Precedence.ROUTINE,
    ) -> None:
        assert self.world.line is not None
        line, exchange = self.world.line, () if found is None else found.entries
        traffic = TrafficClass.OPERATION if found is None else found.state.traffic
        post.ask(
            lambda request: Say(
                request=request,
                line=line,
                kind=kind,
                items=items,
                officer=1,
                precedence=precedence,
                traffic=traffic,
                opening=opening,
                refers=refers,
                exchange=exchange,
            )
        )
