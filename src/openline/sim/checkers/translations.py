"""Healed, the same translations stand beside each message at every member, and only who attached one took it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from openline.engine.machines import TRANSLATION
from openline.exchanges.translation import State, beside
from openline.sim import contacts
from openline.sim.checkers.base import Checker
from openline.terms import EntryId
from openline.wire.kinds import Kind

if TYPE_CHECKING:
    from openline.sim.world import World


class Translations(Checker):
    """Folds each at every member, and once more backwards; then looks at all that stand beside one entry."""

    name: ClassVar[str] = "translations"

    def ended(self, world: World) -> None:
        """One state everywhere, and it is what was signed."""
        by_entry: dict[EntryId, list[State]] = {}
        for held in contacts.entries(world, TRANSLATION.openings):
            folded = contacts.alike(held, TRANSLATION)
            if folded is None:
                raise self.broken("a translation is not the same at every member, or depends on the order of arrival")
            state: State = folded.state
            gone = [kept for kept in folded.entries if kept.entry.header.kind == Kind.TRANSLATION_WITHDRAWN]
            signed = any(kept.entry.header.author == state.author for kept in gone)
            if signed != (state.withdrawn is not None):
                raise self.broken("a translation is withdrawn, and not by who attached it; or is not, and was")
            by_entry.setdefault(state.of, []).append(state)
        for of, states in by_entry.items():
            self._look(world, of, states)

    def _look(self, world: World, of: EntryId, states: list[State]) -> None:
        entry = world.by_id.get(of)
        if entry is None:
            return
        found = beside(entry, states)
        if found != beside(entry, states[::-1]):
            raise self.broken("what stands beside a message depends on the order of arrival")
        live = {each.id for each in states if each.withdrawn is None}
        for each in found:
            world.count("translation judged")
            against = {*each.replaced, *each.disputed}
            if not against <= live:
                raise self.broken("a translation is disputed or replaced by one that was withdrawn")
            if each.disputed:
                world.count("translation disputed")
            if not each.stands:
                world.count("translation gone")
