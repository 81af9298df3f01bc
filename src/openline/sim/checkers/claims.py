"""Healed, a claim is the same at every member, and says of each party what its own newest answer says, or silence.

Worked out once more from the entries alone: which answers count, and which crossed the withdrawal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from openline.engine.machines import CLAIM
from openline.exchanges.claim import Party, State
from openline.feeds.folding import Folded
from openline.feeds.record import Kept
from openline.sim import contacts
from openline.sim.checkers.base import Checker
from openline.wire.claim import Stance, answer_of
from openline.wire.kinds import Kind

if TYPE_CHECKING:
    from openline.sim.world import World


class Claims(Checker):
    """Folds each claim at every member, and once more backwards, and asks each party's own entries."""

    name: ClassVar[str] = "claims"

    def ended(self, world: World) -> None:
        """One state everywhere, and it is what was signed."""
        for held in contacts.entries(world, CLAIM.openings):
            folded = contacts.alike(held, CLAIM)
            if folded is None:
                raise self.broken("a claim is not the same at every member, or depends on the order of arrival")
            world.count("claim judged")
            for party in folded.state.parties:
                self._check(world, folded, party)

    def _check(self, world: World, folded: Folded[State], party: Party) -> None:
        end = next((kept for kept in folded.entries if kept.entry.header.kind == Kind.CLAIM_WITHDRAWN), None)
        said = [
            kept
            for kept in folded.entries
            if (kept.entry.header.author, kept.entry.header.kind) == (party.post, Kind.CLAIM_ANSWER)
        ]
        counted = [kept for kept in said if end is None or not contacts.had(kept, end)]
        counted.sort(key=lambda kept: kept.entry.header.number)
        if [each.kept.entry.id for each in party.answers] != [kept.entry.id for kept in counted]:
            raise self.broken("a party's answers are not those that it signed while the claim stood for it")
        for answered, kept in zip(party.answers, counted, strict=True):
            crossed = end is not None and not contacts.had(end, kept)
            if answered.crossed != crossed:
                raise self.broken("an answer is not shown as it crossed the withdrawal")
            world.count("claim answer crossed" if crossed else "claim answered")
        self._check_status(folded, party, counted)

    def _check_status(self, folded: Folded[State], party: Party, counted: list[Kept]) -> None:
        status = folded.state.status(party)
        if not counted:
            if status != "silent":
                raise self.broken("silence is shown as an answer")
            return
        stance = answer_of(counted[-1].entry)[0].stance
        plain = stance.name.lower().replace("_", " ")
        if status != plain and not (status == "evidence given" and stance == Stance.ASKS_EVIDENCE):
            raise self.broken("a party's newest answer is not the one that counts")
