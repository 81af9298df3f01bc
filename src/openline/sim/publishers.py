"""People who file readouts, mark them and answer marks, and who show documents at one time; a stream of their own.

So a world without them is the same whether or not others have them. Withdrawals are often written at the moment at
which another commits, so that they cross; what the machine refuses is asked for all the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from openline.engine.conversing import gather
from openline.engine.events import Bind, Say
from openline.engine.machines import READOUT, TOGETHER, Machine
from openline.feeds.folding import Folded
from openline.sim.stream import Stream
from openline.terms import EntryId, Instant, PostId
from openline.wire import readout as wire
from openline.wire.contact import WORDS, Words
from openline.wire.kinds import Kind
from openline.wire.readout import Answer, Filing, Mark, Sort, Span, Text, Word
from openline.wire.together import TOGETHER as BODY
from openline.wire.together import Together

if TYPE_CHECKING:
    from openline.sim.posts import Post

NEWEST = 3
TEXTS = ("We spoke of the exercise.", "It was planned long before.", "Мы говорили о безопасности.")
LONG_MS = 600_000
SHORT_MS = 6_000


class Publishers(Stream):
    """See the top of this file."""

    NAME = "published"
    SHARE = 0.2

    def _drawn(self) -> Callable[[Post], None]:
        acts = (self._file, self._mark, self._answer, self._open, self._bind, self._withdraw, self._cross)
        return self.rng.choices(acts, (2, 4, 3, 2, 8, 1, 1))[0]

    def _parties(self, post: Post) -> tuple[PostId, ...]:
        """This post and others that do not lie."""
        others = [each.id for each in self.world.honest() if each is not post]
        return (post.id, *self.rng.sample(others, self.rng.randint(1, len(others)))) if others else ()

    def _held(self, post: Post, machine: Machine) -> Folded[Any] | None:
        """One of the newest exchanges of a machine at a post, in which it has a say."""
        assert self.world.line is not None
        openings = post.record.openings(self.world.line, sorted(machine.openings), None, NEWEST)
        for _, kept in self.rng.sample(openings, len(openings)):
            folded = machine.fold(gather(post.record, self.world.line, kept.entry.id))
            if folded is not None and post.id in folded.state.parties:
                return folded
        return None

    # Readouts

    def _file(self, post: Post) -> None:
        """Of what contact does not matter here: all are of one, which the line's own id stands for."""
        assert self.world.line is not None
        parties = tuple(sorted(each.id for each in self.world.honest()))
        text, others = self.rng.choice(TEXTS), [each for each in parties if each != post.id]
        body = Filing(
            parties=parties,
            published=post.clock(),
            where="a site",
            language="en",
            digest=hashlib.sha256(text.encode()).digest(),
            size=len(text.encode()),
            of=self.rng.choice(others) if others and self.rng.random() < 0.2 else None,
        )
        items = (wire.FILING.item(body), wire.TEXT.item(Text(text)))
        self._say(post, Kind.READOUT, items, None, (EntryId(self.world.line),))

    def _mark(self, post: Post) -> None:
        held = self._held(post, READOUT)
        if held is None:
            return
        readouts = [each.kept.entry.id for each in held.state.readouts]
        on, sort = self.rng.choice(readouts), self.rng.choice(list(Sort))
        beside = self.rng.random() < 0.5
        target = self.rng.choice(readouts) if beside else EntryId(bytes([self.rng.randint(1, 3)]) * 32)
        span = Span() if sort == Sort.MISSING else Span(0, self.rng.randint(2, 60))
        other = Span(3, 9) if beside and sort != Sort.ADDED else Span()
        items = (wire.MARK.item(Mark(sort, span, other)), _words("a mark"))
        self._say(post, Kind.READOUT_MARK, items, held, (on, target))

    def _answer(self, post: Post) -> None:
        held = self._held(post, READOUT)
        if held is not None and held.state.marks:
            mark = self.rng.choice(held.state.marks)
            word = wire.WORD.item(Word(self.rng.choice(list(Answer))))
            self._say(post, Kind.READOUT_WORD, (word, _words("")), held, (mark.on, mark.kept.entry.id))

    # Simultaneous exchanges

    def _open(self, post: Post) -> None:
        parties = self._parties(post)
        commit_by = post.clock() + self.rng.choice((SHORT_MS, LONG_MS, LONG_MS))
        body = Together(parties, Instant(commit_by), Instant(commit_by + SHORT_MS))
        self._say(post, Kind.TOGETHER, (BODY.item(body), _words("a list")), None, ())

    def _bind(self, post: Post) -> None:
        """Several parties commit at about the same time, or nothing would ever be complete."""
        held = self._held(post, TOGETHER)
        for party in () if held is None else held.state.parties:
            other = self.world.posts[party]
            if self.world.joined(other) and self.rng.random() < 0.7:
                self._commit(other, held.head if held is not None else None)

    def _commit(self, post: Post, opening: EntryId | None) -> None:
        line, document = self.world.line, f"{post.name} {self.rng.random()}".encode()
        if line is None or opening is None:
            return
        exchange = tuple(gather(post.record, line, opening))
        post.ask(
            lambda request: Bind(
                request=request,
                line=line,
                opening=opening,
                document=document,
                name="list",
                officer=1,
                exchange=exchange,
            )
        )

    def _withdraw(self, post: Post) -> None:
        held = self._held(post, TOGETHER)
        if held is not None:
            self._say(post, Kind.TOGETHER_WITHDRAWN, (_words("no"),), held, (held.head,))

    def _cross(self, post: Post) -> None:
        """One withdraws while the others commit."""
        held = self._held(post, TOGETHER)
        if held is None:
            return
        self._withdraw(post)
        for party in held.state.parties:
            if party != post.id and self.world.joined(self.world.posts[party]):
                self._commit(self.world.posts[party], held.head)

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
