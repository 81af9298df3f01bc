"""People who open incidents, assess them, judge what others say and ask each other for silence; a stream of their own.

So a world without them is the same whether or not others have them. What is revised is judged by others at the same
moment, so that stances cross with revisions; what the machine refuses is asked for all the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from openline.engine.conversing import gather
from openline.engine.events import Say
from openline.engine.machines import INCIDENT
from openline.exchanges.incident import Asked, Correction, State
from openline.feeds.folding import Folded
from openline.sim.stream import Stream
from openline.terms import EntryId, Instant, PostId
from openline.wire import incident as wire
from openline.wire.contact import WORDS, Words
from openline.wire.incident import (
    Confidence,
    Description,
    Finding,
    Joint,
    Judgement,
    Quiet,
    Said,
    Source,
    Sources,
    Stance,
    Stood,
    When,
    Word,
)
from openline.wire.kinds import Kind

if TYPE_CHECKING:
    from openline.sim.posts import Post

NEWEST = 2
TITLES = ("An explosion at the border", "A fire at sea", "A crater")
ORIGINS = ("", "from the east", "from the west")


class Assessors(Stream):
    """See the top of this file."""

    NAME = "incidents"
    SHARE = 0.2
    AGAIN_MS = (50, 800)

    def _drawn(self) -> Callable[[Post], None]:
        acts = (
            self._open,
            self._assess,
            self._revise,
            self._judge,
            self._ask,
            self._correct,
            self._word,
            self._end,
        )
        return self.rng.choices(acts, (1, 4, 3, 5, 2, 1, 4, 1))[0]

    def _held(self, post: Post) -> Folded[State] | None:
        """One of the newest incidents at a post."""
        assert self.world.line is not None
        openings = post.record.openings(self.world.line, [Kind.INCIDENT], None, NEWEST)
        if not openings:
            self._open(post)
            return None
        kept = self.rng.choice(openings)[1]
        return INCIDENT.fold(gather(post.record, self.world.line, kept.entry.id))

    def _others(self, post: Post) -> tuple[PostId, ...]:
        return tuple(sorted(each.id for each in self.world.honest() if each is not post))

    def _description(self) -> bytes:
        return wire.DESCRIPTION.item(Description(self.rng.choice(TITLES), "at the border"))

    def _open(self, post: Post) -> None:
        items = (wire.WHEN.item(When(post.clock())), self._description(), wire.SOURCES.item(Sources()))
        self._say(post, Kind.INCIDENT, items, None, ())

    def _finding(self) -> tuple[bytes, ...]:
        judgement = Judgement(self.rng.choice(list(Confidence)), self.rng.random() < 0.2)
        finding = Finding("Two dead.", self.rng.choice(ORIGINS))
        return wire.JUDGEMENT.item(judgement), wire.FINDING.item(finding), wire.SOURCES.item(Sources())

    def _assess(self, post: Post) -> None:
        held = self._held(post)
        if held is not None:
            self._say(post, Kind.INCIDENT_ASSESSED, self._finding(), held, (held.head,))

    def _revise(self, post: Post) -> None:
        """A revision, and at the same moment a stance of everybody else on the version before it."""
        held = self._held(post)
        own = [] if held is None else [each for each in held.state.assessments if each.author == post.id]
        if held is None or not own:
            return
        version = self.rng.choice(own).standing.id
        self._say(post, Kind.INCIDENT_ASSESSED, self._finding(), held, (held.head, version))
        for other in self._others(post):
            if self.world.joined(self.world.posts[other]) and self.rng.random() < 0.5:
                self._stand(self.world.posts[other], held.head, version)

    def _judge(self, post: Post) -> None:
        held = self._held(post)
        theirs = [] if held is None else [each for each in held.state.assessments if each.author != post.id]
        if held is not None and theirs:
            self._stand(post, held.head, self.rng.choice(theirs).standing.id)

    def _stand(self, post: Post, incident: EntryId, version: EntryId) -> None:
        assert self.world.line is not None
        held = INCIDENT.fold(gather(post.record, self.world.line, incident))
        if held is not None:
            stance = self.rng.choice((*Stance, Stance.DISPUTES))
            self._say(
                post, Kind.INCIDENT_STANCE, (wire.STOOD.item(Stood(stance)), _words()), held, (held.head, version)
            )

    def _ask(self, post: Post) -> None:
        held, others = self._held(post), self._others(post)
        if held is None or not others:
            return
        if self.rng.random() < 0.5:
            until = Instant(post.clock() + self.rng.randint(1_000, 60_000))
            items = (wire.QUIET.item(Quiet(until, others)), _words())
            self._say(post, Kind.INCIDENT_QUIET, items, held, (held.head,))
        else:
            items = (wire.JOINT.item(Joint(others[:1])), _words())
            self._say(post, Kind.INCIDENT_INVESTIGATED, items, held, (held.head,))

    def _correct(self, post: Post) -> None:
        held = self._held(post)
        if held is None:
            return
        if self.rng.random() < 0.3:
            items: tuple[bytes, ...] = (wire.SOURCES.item(Sources((Source("a radar"),))),)
            self._say(post, Kind.INCIDENT_SOURCE, items, held, (held.head,))
        else:
            items = (wire.WHEN.item(When(post.clock())), self._description())
            self._say(post, Kind.INCIDENT_CORRECTION, items, held, (held.head,))

    def _word(self, post: Post) -> None:
        """A word on something of the incident; accepted most of all, or no correction would take effect."""
        held = self._held(post)
        if held is None:
            return
        state = held.state
        asked: list[Asked | Correction] = [*state.investigations, *state.quiets, *state.corrections]
        waiting = [each.id for each in asked if post.id in each.waits_for]
        own = [each.id for each in (*asked, *state.ties) if each.author == post.id]
        own += [each.id for each in state.assessments if each.author == post.id]
        if waiting and self.rng.random() < 0.8:
            word = self.rng.choice((Word.ACCEPTED, Word.ACCEPTED, Word.DECLINED))
            self._speak(post, held, word, self.rng.choice(waiting))
        elif own:
            word = self.rng.choice((Word.WITHDRAWN, Word.FINISHED))
            self._speak(post, held, word, self.rng.choice(own))

    def _end(self, post: Post) -> None:
        held = self._held(post)
        if held is not None:
            word = self.rng.choice((Word.CLOSED, Word.REOPENED, Word.SAME))
            self._speak(post, held, word, *([EntryId(bytes(32))] if word == Word.SAME else []))

    def _speak(self, post: Post, held: Folded[State], word: Word, *on: EntryId) -> None:
        self._say(post, Kind.INCIDENT_WORD, (wire.SAID.item(Said(word)), _words()), held, (held.head, *on))

    def _say(
        self, post: Post, kind: Kind, items: tuple[bytes, ...], held: Folded[Any] | None, refers: tuple[EntryId, ...]
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
                opening=opening,
                refers=refers,
                exchange=exchange,
            )
        )


def _words() -> bytes:
    return WORDS.item(Words())
