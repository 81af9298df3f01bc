"""Healed, an inquiry is the same at every member; who asked closed it, once, and called nothing silence that it had.

Worked out once more from the entries alone: the one closing word, what its author had then, which answers are late.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from openline.engine.machines import INQUIRY
from openline.exchanges.inquiry import State
from openline.feeds.folding import Folded
from openline.feeds.record import Kept
from openline.sim import contacts
from openline.sim.checkers.base import Checker
from openline.wire.inquiry import Verdict, judgement_of
from openline.wire.kinds import Kind

if TYPE_CHECKING:
    from openline.sim.world import World


class Inquiries(Checker):
    """Folds each inquiry at every member, and once more backwards, and asks the closing word what it knew."""

    name: ClassVar[str] = "inquiries"

    def ended(self, world: World) -> None:
        """One state everywhere, and it is what was signed."""
        for held in contacts.entries(world, INQUIRY.openings):
            folded = contacts.alike(held, INQUIRY)
            if folded is None:
                raise self.broken("an inquiry is not the same at every member, or depends on the order of arrival")
            world.count("inquiry judged")
            self._check(world, folded)

    def _check(self, world: World, folded: Folded[State]) -> None:
        state, ignored = folded.state, {each.entry for each in folded.ignored}
        counted = [kept for kept in folded.entries if kept.entry.id not in ignored]
        judged = [kept for kept in counted if kept.entry.header.kind == Kind.INQUIRY_JUDGED]
        ends = [kept for kept in judged if judgement_of(kept.entry)[0].verdict != Verdict.UNSATISFACTORY]
        if any(kept.entry.header.author != state.asker for kept in judged) or len(ends) > 1:
            raise self.broken("an inquiry is judged by another than who asked, or closed twice")
        if state.open == bool(ends):
            raise self.broken("an inquiry is open though it was closed, or closed by nobody")
        answers = [kept for kept in folded.entries if kept.entry.header.kind == Kind.INQUIRY_ANSWER]
        for end in ends:
            world.count(f"inquiry {state.status}")
            self._check_end(world, state, end, answers, judged)

    def _check_end(self, world: World, state: State, end: Kept, answers: list[Kept], judged: list[Kept]) -> None:
        shown = {each.id: each.late for each in state.answers}
        for kept in answers:
            known, knew = contacts.had(end, kept), contacts.had(kept, end)
            if shown.get(kept.entry.id) != (None if knew else not known):
                raise self.broken("an answer is not shown as it crossed the closing word")
            world.count("inquiry answered late" if not known and not knew else "inquiry answered")
        if judgement_of(end.entry)[0].verdict != Verdict.NOT_ANSWERED:
            return
        if end.entry.header.time < state.inquiry.reply_by:
            raise self.broken("an inquiry is closed as not answered before its clock ran out")
        named = {refers for kept in judged for refers in kept.entry.header.refers[1:]}
        if any(contacts.had(end, kept) and kept.entry.id not in named for kept in answers):
            raise self.broken("an inquiry is closed as not answered by one who had an answer")
