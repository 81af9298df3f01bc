"""People who put claims and inquiries, answer, judge, withdraw and mark, in some worlds; a stream of their own.

So a world without them is the same whether or not others have them. Answers are often written at the moment at which
the other side withdraws or closes, so that they cross; what the machine refuses is asked for all the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from openline.engine.conversing import gather
from openline.engine.events import Mark, Say
from openline.engine.machines import CLAIM, INQUIRY, Machine
from openline.feeds.folding import Folded
from openline.sim.stream import Stream
from openline.terms import ID_BYTES, EntryId, Instant, PostId
from openline.wire import claim as on_claim
from openline.wire import inquiry as on_inquiry
from openline.wire.claim import Claim, ClaimWords, Evidence, Stance
from openline.wire.contact import WORDS, Words
from openline.wire.inquiry import Answer, Inquiry, InquiryWords, Judgement, Reply, Verdict
from openline.wire.kinds import Kind

if TYPE_CHECKING:
    from openline.sim.posts import Post

NEWEST = 3
MARKS = (Kind.SEEN, Kind.TAKEN, Kind.PASSED_ON)
ON_ANSWERS = (Verdict.SATISFIED, Verdict.UNSATISFACTORY)


class Askers(Stream):
    """See the top of this file."""

    NAME = "asks"
    SHARE = 0.2
    AGAIN_MS = (100, 3_000)

    def _drawn(self) -> Callable[[Post], None]:
        acts = (self._put, self._answer, self._say_of_own, self._ask, self._reply, self._judge, self._mark)
        return self.rng.choices(acts, (2, 5, 3, 2, 4, 4, 1))[0]

    def _honest(self, post: Post) -> list[PostId]:
        line = self.world.machine_line(post)
        return [each for each in line.others() if self.world.posts[each].honest]

    def _soon(self, post: Post) -> Instant:
        return Instant(post.clock() + self.rng.randint(1_000, 20_000))

    # Claims

    def _put(self, post: Post) -> None:
        others = self._honest(post)
        if not others:
            return
        parties = tuple(others) if self.rng.random() < 0.5 else (self.rng.choice(others),)
        words = ClaimWords("It was theirs.", self.rng.randbytes(ID_BYTES))
        body = Claim(on_claim.digest_of(words), parties, self._soon(post))
        self._say(post, Kind.CLAIM, (on_claim.CLAIM.item(body), on_claim.CLAIM_WORDS.item(words)), None)

    def _answer(self, post: Post) -> None:
        held = self._held(post, CLAIM, lambda state: state.is_put_to(post.id))
        if held is not None:
            stance = self.rng.choice(list(Stance))
            items = (on_claim.ANSWER.item(on_claim.Answer(stance)), WORDS.item(Words()))
            self._say(post, Kind.CLAIM_ANSWER, items, held)

    def _say_of_own(self, post: Post) -> None:
        """Evidence, or the end of a claim of ours; somebody often answers at the moment at which it ends."""
        held = self._held(post, CLAIM, lambda state: state.claimant == post.id)
        if held is None:
            return
        if self.rng.random() < 0.5:
            items = (on_claim.EVIDENCE.item(Evidence()), WORDS.item(Words("See the map.")))
            self._say(post, Kind.CLAIM_EVIDENCE, items, held)
            return
        items = (on_claim.WITHDRAWN.item(on_claim.Nothing()), WORDS.item(Words()))
        self._say(post, Kind.CLAIM_WITHDRAWN, items, held)
        for party in held.state.claim.parties:
            if self.world.joined(self.world.posts[party]):
                self._answer(self.world.posts[party])

    # Inquiries

    def _ask(self, post: Post) -> None:
        others = self._honest(post)
        if not others:
            return
        body = Inquiry(self.rng.choice(others), self._soon(post))
        items = (on_inquiry.INQUIRY.item(body), on_inquiry.INQUIRY_WORDS.item(InquiryWords(what="Movement.")))
        self._say(post, Kind.INQUIRY, items, None)

    def _reply(self, post: Post) -> None:
        held = self._held(post, INQUIRY, lambda state: state.asked == post.id)
        if held is not None:
            elsewhere = self.rng.random() < 0.3
            body = Answer(Reply.ELSEWHERE, channel="a note") if elsewhere else Answer(Reply.ANSWERED)
            items = (on_inquiry.ANSWER.item(body), WORDS.item(Words("A drill.")))
            self._say(post, Kind.INQUIRY_ANSWER, items, held)

    def _judge(self, post: Post) -> None:
        held = self._held(post, INQUIRY, lambda state: state.asker == post.id)
        if held is None:
            return
        answers = [each.id for each in held.state.answers]
        verdict = self.rng.choice((*Verdict, *(ON_ANSWERS if answers else (Verdict.NOT_ANSWERED,))))
        bad = verdict == Verdict.UNSATISFACTORY
        body = Judgement(verdict, self._soon(post) if bad else Instant(0))
        named = answers[-1:] if verdict in ON_ANSWERS else []
        items = (on_inquiry.JUDGEMENT.item(body), WORDS.item(Words("Too little." * bad)))
        self._say(post, Kind.INQUIRY_JUDGED, items, held, *named)
        asked = self.world.posts[held.state.asked]
        if self.rng.random() < 0.5 and self.world.joined(asked):
            self._reply(asked)

    def _mark(self, post: Post) -> None:
        held = self._held(post, self.rng.choice((CLAIM, INQUIRY)), lambda state: True)
        if held is not None and self.world.line is not None:
            line, target, kind = self.world.line, held.state.opening, self.rng.choice(MARKS)
            whom = "the minister" if kind == Kind.PASSED_ON else ""
            post.ask(lambda request: Mark(request=request, line=line, target=target, kind=kind, officer=1, to=whom))

    def _held(self, post: Post, machine: Machine, fits: Any) -> Folded[Any] | None:
        """One of the newest exchanges of a machine that fit, at a post."""
        assert self.world.line is not None
        newest = post.record.openings(self.world.line, sorted(machine.openings), None, NEWEST)
        folds = [machine.fold(gather(post.record, self.world.line, kept.entry.id)) for _, kept in newest]
        found = [each for each in folds if each is not None and fits(each.state)]
        return self.rng.choice(found) if found else None

    def _say(
        self, post: Post, kind: Kind, items: tuple[bytes, ...], held: Folded[Any] | None, *refers: EntryId
    ) -> None:
        assert self.world.line is not None
        line, exchange = self.world.line, () if held is None else held.entries
        opening = None if held is None else held.head
        named = refers if held is None else (held.head, *refers)
        post.ask(
            lambda request: Say(
                request=request,
                line=line,
                kind=kind,
                items=items,
                officer=1,
                opening=opening,
                refers=named,
                exchange=exchange,
            )
        )
