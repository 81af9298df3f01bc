"""The machine: one event in, effects out, and the state of the post moved on. It reads no clock and does no work of
its own: the shell commits what is to be kept before it performs any other effect of the turn (ARCHITECTURE.md).
"""

from __future__ import annotations

from typing import assert_never

from openline.engine import (
    branches,
    cards,
    carrying,
    certifying,
    checkpoints,
    conversing,
    drafting,
    epochs,
    evidence,
    housekeeping,
    loading,
    membership,
    messages,
    proposals,
    reaching,
    receiving,
    restoring,
    sending,
    together,
    voice,
)
from openline.engine.effects import Answer, Changed, Effect, Refuse, Wake
from openline.engine.events import (
    AcceptLine,
    Bind,
    Cards,
    CarriedIn,
    CarryOut,
    Certify,
    ChangeMembers,
    CheckDigits,
    Command,
    ConfirmStart,
    DialFailed,
    Draft,
    DropDraft,
    Event,
    Fetched,
    FrameIn,
    LineStatus,
    LinkDown,
    LinkUp,
    MakeCheckpoint,
    Mark,
    OpenLine,
    Refolded,
    Regrown,
    ReleaseDraft,
    Say,
    Send,
    Settle,
    SignDraft,
    Tick,
    TreeSigned,
    VoiceSealed,
    Wrapped,
)
from openline.engine.line import Line
from openline.engine.link import Link
from openline.engine.state import State
from openline.engine.status import line_status
from openline.engine.turn import Turn
from openline.engine.writing import acknowledge
from openline.errors import OpenlineError
from openline.feeds.record import Record
from openline.identity.card import Card
from openline.identity.own import Own
from openline.terms import Instant, LineId, PostId
from openline.wire.link import LINK_VERSION, Hello

DRAFTING = Draft | SignDraft | ReleaseDraft | DropDraft
"""What is done with drafts."""

WRITING = Send | Mark | Say | Certify | Bind | DRAFTING | AcceptLine | ChangeMembers | Refolded
"""What may write an entry, and so waits while a checkpoint of the line is signed."""


class Engine:
    """One organisation's post as a pure machine. Make it with `load`, then give it `start`, then events."""

    def __init__(self, state: State) -> None:
        self.state = state

    @classmethod
    def load(
        cls, record: Record, own: Own, card: Card, peers: tuple[Card, ...], reachable: frozenset[PostId] = frozenset()
    ) -> Engine:
        """The machine as the record leaves it."""
        return cls(loading.load(record, own, card, peers, reachable))

    def start(self, at: Instant, entropy: bytes, *, restored: bool = False) -> list[Effect]:
        """The first effects. After a restore, no line is written to until its members were heard."""
        turn = Turn(at, entropy)
        if restored:
            restoring.begin(self.state, turn)
        for line in self.state.lines.values():
            epochs.wrap_missing(self.state, turn, line)
        for known in (self.state.card, *self.state.peers.values()):
            branches.follow(self.state, turn, known)
        self.state.news.update({key: [] for key in (*self.state.due, *self.state.sealed)})
        evidence.remind(self.state, turn)
        housekeeping.dial(self.state, turn)
        turn.emit(Wake(Instant(at + housekeeping.TICK_MS)))
        self.state.keep_moved(turn)
        return turn.effects

    def handle(self, event: Event, at: Instant, entropy: bytes) -> list[Effect]:
        """One event at a time `at`, with 32 fresh random bytes. Never raises for anything that came from outside."""
        turn = Turn(at, entropy)
        if isinstance(event, WRITING) and self._defers(event.line):
            self.state.deferred.setdefault(event.line, []).append(event)
            return []
        try:
            self._dispatch(turn, event)
        except OpenlineError as error:
            request = getattr(event, "request", None)
            if request is None:
                turn.note(f"{error.code}: {error}")
            else:
                turn.emit(Refuse(request, error))
        return turn.effects

    def _defers(self, line: LineId) -> bool:
        """Whether what people would write waits a moment: for a signature, or for what a member has to show."""
        held = self.state.lines.get(line)
        return line in self.state.signing or (held is not None and held.held_back)

    def _dispatch(self, turn: Turn, event: Event) -> None:
        state = self.state
        match event:
            case FrameIn(link, frame):
                if link in state.links:
                    receiving.frame_in(state, turn, state.links[link], frame)
            case Settle():
                self._settle(turn)
            case Tick():
                housekeeping.tick(state, turn)
            case LinkUp() | LinkDown() | DialFailed():
                self._link(turn, event)
            case VoiceSealed():
                voice.sealed(state, event)
            case Wrapped() | TreeSigned() | Fetched() | Regrown() | Refolded():
                self._done_by_the_shell(turn, event)
            case Cards():
                cards.trusted(state, turn, event)
                housekeeping.dial(state, turn)
            case _:
                self._command(turn, event)

    def _done_by_the_shell(self, turn: Turn, event: Wrapped | TreeSigned | Fetched | Regrown | Refolded) -> None:
        state = self.state
        match event:
            case Wrapped(line, epoch, member, sealed):
                epochs.wrapped(state, turn, state.line(line), epoch, member, sealed)
            case TreeSigned(line, size, signature):
                self._tree_signed(turn, line, size, signature)
            case Fetched(link, line, feed, entries):
                if link in state.links:
                    sending.fetched(state.links[link], state.line(line), feed, entries)
            case Regrown():
                branches.regrown(state, turn, event)
            case Refolded():
                conversing.refolded(state, turn, state.line(event.line), event)
            case _:
                assert_never(event)

    def _command(self, turn: Turn, event: Command) -> None:
        state = self.state
        match event:
            case Send():
                messages.send(state, turn, state.line(event.line), event)
            case Mark():
                messages.mark(state, turn, state.line(event.line), event)
            case Say() | Certify() | Bind() | Draft() | SignDraft() | ReleaseDraft() | DropDraft():
                self._say(turn, state.line(event.line), event)
            case OpenLine():
                membership.open_line(state, turn, event)
            case AcceptLine(request, line, terms):
                membership.accept(state, turn, request, line, terms)
            case ChangeMembers():
                membership.change(state, turn, state.line(event.line), event)
            case MakeCheckpoint(request, line):
                checkpoints.begin(state, turn, state.line(line), request)
            case CarryOut():
                carrying.carry_out(state, turn, event)
            case CarriedIn():
                carrying.carried_in(state, turn, event)
            case ConfirmStart(request, line):
                restoring.confirm_start(state, turn, request, state.line(line))
            case LineStatus() | CheckDigits():
                self._asked(turn, event)
            case _:
                assert_never(event)

    def _asked(self, turn: Turn, event: LineStatus | CheckDigits) -> None:
        if isinstance(event, CheckDigits):
            voice.ask(self.state, turn, event)
        else:
            turn.emit(Answer(event.request, line_status(self.state, self.state.line(event.line))))

    def _say(self, turn: Turn, line: Line, event: Say | Certify | Bind | DRAFTING) -> None:
        if isinstance(event, DRAFTING):
            drafting.done(self.state, turn, line, event)
            return
        if isinstance(event, Bind):
            said, secret = together.commitment(self.state, turn, event)
            conversing.say(self.state, turn, line, said)
            together.keep(self.state, turn, event, secret)
            return
        if isinstance(event, Certify):
            event = certifying.statement(self.state, line, event)
        conversing.say(self.state, turn, line, event)

    def _settle(self, turn: Turn) -> None:
        state = self.state
        if state.recheck:
            receiving.retry(state, turn)
        for line in [line for line in state.deferred if not self._defers(line)]:
            self._resume(turn, line)
        acknowledge(state, turn)
        conversing.settle(state, turn)
        state.keep_moved(turn)
        for link in list(state.links.values()):
            sending.pump(state, turn, link)

    def _link(self, turn: Turn, event: LinkUp | LinkDown | DialFailed) -> None:
        state = self.state
        if isinstance(event, DialFailed):
            turn.note(event.why, state.name_of(event.peer))
            reaching.failed(state, turn, event.peer, event.why)
            return
        if isinstance(event, LinkDown):
            housekeeping.down(state, turn, event.link)
            return
        link = state.links[event.link] = Link(event.link, event.peer, turn.at)
        known = state.peers.get(event.peer)
        link.say(Hello(LINK_VERSION, state.card.sequence, known.sequence if known is not None else 0))
        turn.emit(Changed(None, f"link to {state.name_of(event.peer)} is up"))
        reaching.up(state, turn, event.peer)

    def _tree_signed(self, turn: Turn, line: LineId, size: int, signature: bytes) -> None:
        checkpoints.signed(self.state, turn, self.state.line(line), size, signature)
        self._resume(turn, line)

    def _resume(self, turn: Turn, line: LineId) -> None:
        for event in self.state.deferred.pop(line, []):
            turn.effects += self.handle(event, turn.at, turn.random(32))

    def lacking(self, line: LineId, peer: PostId) -> dict[PostId, tuple[tuple[int, int], ...]]:
        """For each feed of a line, the ranges of numbers held here that `peer` has not signed for."""
        return carrying.lacking(self.state.line(line), peer)

    def names(self) -> dict[LineId, str]:
        """The lines of this post, and those proposed to it, by their names."""
        names = {line.id: line.terms.name for line in self.state.lines.values()}
        for identifier, value in self.state.proposals.items():
            names.setdefault(identifier, proposals.name(value))
        return names

    def cards(self) -> tuple[Card, ...]:
        """The cards of all other posts that are known, newest statements included: for pinning links."""
        return tuple(self.state.peers.values())
