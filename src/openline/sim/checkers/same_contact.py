"""Healed, a contact is the same at every member, in whatever order its entries came; so are requests that crossed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from openline.exchanges import contact
from openline.sim import contacts
from openline.sim.checkers.base import Checker

if TYPE_CHECKING:
    from openline.sim.world import World


class SameContact(Checker):
    """Folds each contact at every member, and once more backwards."""

    name: ClassVar[str] = "same-contact"

    def ended(self, world: World) -> None:
        """One state."""
        for held in contacts.entries(world):
            expected = None
            for post, entries in held.items():
                state = contact.fold(entries)
                if contact.fold(entries[::-1]) != state:
                    raise self.broken(f"a contact at {post.name} depends on the order of arrival")
                shown = None if state is None else contacts.shown(state)
                if expected is not None and shown != expected:
                    raise self.broken(f"a contact is not the same at {post.name}")
                expected = shown
                if state is not None and len(state.state.requests) > 1:
                    world.count("requests crossed")
