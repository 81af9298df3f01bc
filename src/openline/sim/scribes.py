"""People who keep minutes, promise and agree on disclosure after the calls of some worlds; a stream of their own.

So a world without them is the same whether or not others have them. Two sides often begin at once, so that much
crosses; what the machine refuses is asked for all the same.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

from openline.engine.conversing import gather
from openline.engine.events import Say
from openline.engine.machines import COMMITMENT, DISCLOSURE, MINUTE, Machine
from openline.exchanges import contact
from openline.feeds.folding import Folded
from openline.terms import EntryId, Instant, PostId
from openline.wire import disclosure as terms
from openline.wire import minute as wire
from openline.wire.contact import WORDS, Words
from openline.wire.disclosure import Event, Item, Proposal
from openline.wire.kinds import Kind
from openline.wire.minute import Commitment, Nothing, Parties, Progress, Report, Signing, Stance, Word
from openline.wire.rules import Disclosure

if TYPE_CHECKING:
    from openline.sim.posts import Post
    from openline.sim.world import World

SHARE = 0.8
"""Of the worlds that have callers, how many have scribes."""

ACTS_MAX = 24
NEWEST = 2
POINTS = 2
"""Points from which on a minute is signed rather than gone on with: so that some are complete."""

LEVELS = (Disclosure.CLOSED, Disclosure.CONFIRM_IF_ASKED, Disclosure.OPEN)


class Scribes:
    """See the top of this file."""

    def __init__(self, world: World, wanted: bool | None) -> None:
        self.world = world
        self.rng = Random(f"{world.seed} minutes")
        drawn = self.rng.random() < SHARE
        self.wanted = world.callers.wanted and (drawn if wanted is None else wanted)
        self._acts = 0
        self._about: EntryId | None = None

    def begin(self) -> None:
        """Write from now on, in a world that has scribes."""
        if self.wanted:
            self.world.after(self.rng.randint(1_000, 6_000), self._act)

    def _act(self) -> None:
        if self.world.people.resting or self._acts >= ACTS_MAX:
            return
        posts = [post for post in self.world.up() if self.world.joined(post) and post.honest]
        found = self._contact(self.rng.choice(posts)) if posts else None
        if found is not None:
            self._acts += 1
            about, parties = found
            act = self.rng.choices((self._minute, self._commitment, self._disclosure), (5, 2, 3))[0]
            for party in parties if self.rng.random() < 0.5 else parties[:1]:
                if self.world.joined(self.world.posts[party]):
                    act(self.world.posts[party], about, parties)
        self.world.after(self.rng.randint(100, 3_000), self._act)

    def _contact(self, post: Post) -> tuple[EntryId, tuple[PostId, ...]] | None:
        """The contact that is written about, for a while the same, and the parties of it, all honest."""
        assert self.world.line is not None
        newest = post.record.openings(self.world.line, [Kind.CALL_REQUEST], None, NEWEST)
        if newest and (self._about is None or self.rng.random() < 0.1):
            self._about = self.rng.choice(newest)[1].entry.id
        if self._about is None:
            return None
        folded = contact.fold(gather(post.record, self.world.line, self._about))
        if folded is None:
            return None
        parties = (folded.state.closer, *(each.post for each in folded.state.parties))
        return (folded.head, parties) if all(self.world.posts[each].honest for each in parties) else None

    def _held(self, post: Post, machine: Machine, about: EntryId) -> Folded[Any] | None:
        """The newest exchange of a machine about a contact, at a post."""
        assert self.world.line is not None
        for _, kept in post.record.openings(self.world.line, sorted(machine.openings), None, 3 * NEWEST):
            if kept.entry.header.refers == (about,):
                return machine.fold(gather(post.record, self.world.line, kept.entry.id))
        return None

    # Minutes

    def _minute(self, post: Post, about: EntryId, parties: tuple[PostId, ...]) -> None:
        held = self._held(post, MINUTE, about)
        if held is None:
            self._say(post, Kind.MINUTE, (wire.PARTIES.item(Parties(parties)),), None, (about,))
            return
        points = held.state.points
        open_points = [each for each in points if each.author != post.id and each.by(post.id) is None]
        if open_points and self.rng.random() < 0.8:
            stance = self.rng.choice((Stance.AGREED, Stance.AGREED, Stance.SAYS))
            items = (wire.WORD.item(Word(stance)), _words("otherwise" * (stance == Stance.SAYS)))
            draft = self.rng.choice(self.rng.choice(open_points).drafts)
            self._say(post, Kind.MINUTE_WORD, items, held, (held.head, draft))
        elif points and self.rng.random() < (0.6 if len(points) < POINTS else 0.95):
            refused = self.rng.random() < 0.1
            body = wire.SIGNING.item(Signing(held.state.digest(), refused))
            self._say(post, Kind.MINUTE_SIGNED, (body, _words("no" * refused)), held, (held.head,))
        else:
            revised = [self.rng.choice(points).kept.entry.id] if points and self.rng.random() < 0.5 else []
            items = (wire.POINT.item(Nothing()), _words("a point"))
            self._say(post, Kind.MINUTE_POINT, items, held, (held.head, *revised))

    # Commitments

    def _commitment(self, post: Post, about: EntryId, parties: tuple[PostId, ...]) -> None:
        held = self._held(post, COMMITMENT, about)
        if held is None or self.rng.random() < 0.2:
            due = Instant(post.clock() + self.rng.randint(1_000, 60_000))
            body = wire.COMMITMENT.item(Commitment(self.rng.choice(parties), due, parties))
            self._say(post, Kind.COMMITMENT, (body, _words("a promise")), None, (about,))
            return
        body = wire.REPORT.item(Report(self.rng.choice(list(Progress))))
        self._say(post, Kind.COMMITMENT_WORD, (body, _words("")), held, (held.head,))

    # Disclosure

    def _disclosure(self, post: Post, about: EntryId, parties: tuple[PostId, ...]) -> None:
        held = self._held(post, DISCLOSURE, about)
        act = self.rng.choices(("propose", "agree", "record", "breach"), (1, 6, 1, 1))[0]
        waiting = [] if held is None else [each for each in held.state.terms if post.id not in each.by]
        if act == "agree" and waiting:
            self._say(post, Kind.DISCLOSURE_AGREED, (), held, (self.rng.choice(waiting).kept.entry.id,))
        elif act == "breach" and held is not None and held.state.disclosed:
            record = self.rng.choice(held.state.disclosed).kept.entry.id
            self._say(post, Kind.BREACH, (_words("too early"),), held, (record,))
        elif act == "record":
            at = Instant(max(0, post.clock() - self.rng.randint(0, 20_000)))
            asked = self.rng.random() < 0.5
            event = Event(parties=parties, at=at, by=self.rng.choice(parties), asked=asked, confirmed_only=asked)
            self._say(post, Kind.DISCLOSED, (terms.EVENT.item(event), _words("")), None, (about,))
        else:
            body = terms.PROPOSAL.item(Proposal(parties, (Item(level=self.rng.choice(LEVELS)),)))
            self._say(post, Kind.DISCLOSURE, (body, _words("")), None, (about,))

    def _say(
        self, post: Post, kind: Kind, items: tuple[bytes, ...], held: Folded[Any] | None, refers: tuple[EntryId, ...]
    ) -> None:
        assert self.world.line is not None
        line, exchange = self.world.line, () if held is None else held.entries
        opening = None if held is None else refers[0]
        post.ask(
            lambda request: Say(
                request=request,
                line=line,
                kind=kind,
                items=items,
                officer=1,
                opening=opening,
                refers=refers,
                exchange=exchange,
            )
        )


def _words(text: str) -> bytes:
    return WORDS.item(Words(text))
