"""Healed, an incident is the same at every member, and says of nobody what it did not sign.

Worked out once more from the entries alone: which version of an assessment stands, whether anybody disputes it, who
accepted what.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from openline.engine.machines import INCIDENT
from openline.exchanges.incident import State, origin
from openline.feeds.folding import Folded
from openline.feeds.record import Kept
from openline.sim import contacts
from openline.sim.checkers.base import Checker
from openline.terms import EntryId, PostId
from openline.wire import incident as wire
from openline.wire.incident import Stance, Word
from openline.wire.kinds import Kind

if TYPE_CHECKING:
    from openline.sim.world import World


class Incidents(Checker):
    """Folds each at every member, and once more backwards."""

    name: ClassVar[str] = "incidents"

    def ended(self, world: World) -> None:
        """One picture, made of signed words."""
        for held in contacts.entries(world, INCIDENT.openings):
            folded = contacts.alike(held, INCIDENT)
            if folded is None:
                raise self.broken("an incident is not the same at every member, or depends on the order of arrival")
            world.count("incidents judged")
            self._check(world, folded)

    def _check(self, world: World, folded: Folded[State]) -> None:
        ignored = {each.entry for each in folded.ignored}
        counted = [kept for kept in folded.entries if kept.entry.id not in ignored]
        state = folded.state
        standing = _standing(counted)
        if standing != {each.standing.id: each.author for each in state.assessments if each.withdrawn is None}:
            raise self.broken("an assessment does not stand as its author left it")
        said = origin(state)
        world.count(f"origin {said.status}")
        if (said.status == "disputed") != _disputed(counted, standing):
            raise self.broken("an assessment is disputed by nobody's word, or somebody's word was lost")
        for asked in (*state.investigations, *state.quiets):
            for post in asked.accepted:
                if not _accepted(counted, asked.id, post):
                    raise self.broken("somebody accepted what it did not")
        for change in state.corrections:
            if change.taken and not all(_accepted(counted, change.id, post) for post in change.needs):
                raise self.broken("a correction is in effect without the word of all")
            world.count("correction in effect" if change.taken else "correction proposed")


def _standing(counted: list[Kept]) -> dict[EntryId, PostId]:
    """The version that stands of each assessment that is not withdrawn, and its author."""
    first: dict[EntryId, EntryId] = {}
    newest: dict[EntryId, tuple[EntryId, PostId]] = {}
    for kept in counted:
        entry, refers = kept.entry, kept.entry.header.refers
        if entry.header.kind == Kind.INCIDENT_ASSESSED:
            first[entry.id] = first[refers[1]] if len(refers) > 1 else entry.id
            newest[first[entry.id]] = (entry.id, entry.header.author)
        elif entry.header.kind == Kind.INCIDENT_WORD and wire.word_of(entry)[0] == Word.WITHDRAWN:
            newest.pop(first.get(refers[1], refers[1]), None)
    return dict(newest.values())


def _disputed(counted: list[Kept], standing: dict[EntryId, PostId]) -> bool:
    """Whether the newest stance of anybody on a version that stands and names an origin disputes it."""
    stances: dict[tuple[EntryId, PostId], Stance] = {}
    named = set()
    for kept in counted:
        entry = kept.entry
        if entry.header.kind == Kind.INCIDENT_ASSESSED:
            finding = wire.assessed_of(entry)[1]
            named |= {entry.id} if finding is not None and finding.origin else set()
        if entry.header.kind == Kind.INCIDENT_STANCE:
            stances[(entry.header.refers[1], entry.header.author)] = wire.stance_of(entry)[0]
    return any(on in standing and on in named and each == Stance.DISPUTES for (on, _), each in stances.items())


def _accepted(counted: list[Kept], target: EntryId, post: PostId) -> bool:
    """Whether a post signed, of this entry, that it accepts it."""
    words = [kept.entry for kept in counted if kept.entry.header.kind == Kind.INCIDENT_WORD]
    mine = [each for each in words if each.header.author == post and each.header.refers[1:] == (target,)]
    return any(wire.word_of(each)[0] == Word.ACCEPTED for each in mine)
