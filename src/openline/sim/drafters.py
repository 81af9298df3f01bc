"""People who write joint statements in some worlds; a stream of their own, so worlds without them stay the same.

They amend at once and at several ends, approve what they happen to hold, take it back, and release as soon as it looks
ready; what the machine refuses is asked for all the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from openline.engine.conversing import gather
from openline.engine.events import Say
from openline.engine.machines import JOINT_STATEMENT
from openline.exchanges.joint_statement import State, Status
from openline.feeds.folding import Folded
from openline.sim.stream import Stream
from openline.terms import EntryId, Instant
from openline.wire import joint_statement as wire
from openline.wire.contact import WORDS, Words
from openline.wire.joint_statement import (
    Approval,
    Change,
    Closing,
    LineChange,
    Opening,
    Outcome,
    Stance,
    Text,
    Verdict,
)
from openline.wire.kinds import Kind

if TYPE_CHECKING:
    from openline.sim.posts import Post

LANGUAGES = ("en", "fr")
LINES = 2
"""Lines from which on a text is approved rather than gone on with: so that some are released."""

EMPTY = WORDS.item(Words())


class Drafters(Stream):
    """See the top of this file."""

    NAME = "statements"
    SHARE = 0.1
    ACTS_MAX = 60
    BEGIN_MS = (500, 4_000)
    AGAIN_MS = (100, 1_200)

    def _drawn(self) -> Callable[[Post], None]:
        return self._write

    def _write(self, post: Post) -> None:
        assert self.world.line is not None
        newest = post.record.openings(self.world.line, [Kind.JOINT_STATEMENT], None, 1)
        if not newest or self.rng.random() < 0.02:
            self._open(post)
            return
        opening = newest[0][1].entry.id
        held = JOINT_STATEMENT.fold(gather(post.record, self.world.line, opening))
        if held is not None and post.id in held.state.parties:
            self._go_on(post, held)

    def _open(self, post: Post) -> None:
        assert post.engine is not None
        assert self.world.line is not None
        others = [each for each in post.engine.state.lines[self.world.line].others() if self.world.posts[each].honest]
        if not others:
            return
        parties = tuple(sorted((post.id, *others)))
        needed = 2 if len(parties) > 2 and self.rng.random() < 0.5 else 0
        after = Instant(post.clock() + self.rng.randint(0, 20_000)) if self.rng.random() < 0.3 else Instant(0)
        opening = Opening(
            parties=parties, languages=LANGUAGES, needed=needed, not_before=after, one_person=self.rng.random() < 0.9
        )
        self._say(post, Kind.JOINT_STATEMENT, wire.OPENING.item(opening), None)

    def _go_on(self, post: Post, held: Folded[State]) -> None:
        state = held.state
        waiting = [each for each in state.proposals if each.status == Status.OPEN]
        if post.id == state.drafter and state.ready and self.rng.random() < 0.9:
            self._say(post, Kind.JOINT_CLOSED, wire.CLOSING.item(Closing(Outcome.RELEASED, state.digest())), held)
        elif waiting and self.rng.random() < 0.5:
            stance = self.rng.choice((Stance.ACCEPTS, Stance.ACCEPTS, Stance.REJECTS))
            proposal = self.rng.choice(waiting).kept.entry.id
            self._say(post, Kind.JOINT_WORD, wire.VERDICT.item(Verdict(stance)), held, proposal)
        elif state.complete and len(state.lines) >= LINES and self.rng.random() < 0.9:
            back = self.rng.random() < 0.08
            self._say(post, Kind.JOINT_APPROVAL, wire.APPROVAL.item(Approval(state.digest(), back)), held)
        elif self.rng.random() < 0.03:
            self._say(post, Kind.JOINT_CLOSED, wire.CLOSING.item(Closing(Outcome.WITHDRAWN)), held)
        else:
            self._change(post, held)

    def _change(self, post: Post, held: Folded[State]) -> None:
        state, text = held.state, f"Text {self.rng.randint(1, 9)}"
        lines = [each.id for each in state.lines]
        what = Change.ADD
        if len(lines) >= LINES:
            what = self.rng.choice((Change.ADD, Change.AMEND, Change.AMEND, Change.AMEND, Change.STRIKE))
        wanted = LANGUAGES if self.rng.random() < 0.7 else LANGUAGES[:1]
        texts = () if what == Change.STRIKE else tuple(Text(each, text) for each in wanted)
        line = [self.rng.choice(lines)] if lines and (what != Change.ADD or self.rng.random() < 0.3) else []
        self._say(post, Kind.JOINT_CHANGE, wire.CHANGE.item(LineChange(what, state.revision, texts)), held, *line)

    def _say(self, post: Post, kind: Kind, item: bytes, held: Folded[Any] | None, *more: EntryId) -> None:
        assert self.world.line is not None
        line, exchange = self.world.line, () if held is None else held.entries
        opening = None if held is None else held.head
        refers = () if opening is None else (opening, *more)
        post.ask(
            lambda request: Say(
                request=request,
                line=line,
                kind=kind,
                items=(item, EMPTY if opening else WORDS.item(Words("the calls"))),
                officer=1,
                opening=opening,
                refers=refers,
                exchange=exchange,
            )
        )
