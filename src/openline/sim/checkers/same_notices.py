"""Healed, each notice and STOP is the same at every member, and so is what is in force at any time.

What counts is worked out once more from the entries alone: a notice is ended once at most, by its author; a STOP is
read back in its own words.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec

from openline.areas.in_force import Index
from openline.engine.machines import NOTICE, STOP, Machine
from openline.exchanges.notice import State, held
from openline.feeds.folding import Folded
from openline.feeds.record import Kept
from openline.sim import contacts
from openline.sim.checkers.base import Checker
from openline.terms import EntryId, Instant
from openline.wire.kinds import Kind
from openline.wire.stop import hit_of, read_back_of

if TYPE_CHECKING:
    from openline.sim.posts import Post
    from openline.sim.world import World

MACHINES = {"notice": NOTICE, "STOP": STOP}


class SameNotices(Checker):
    """Folds each at every member, and once more backwards."""

    name: ClassVar[str] = "same-notices"

    def ended(self, world: World) -> None:
        """One state everywhere, one list of what is in force, and nobody did what only another may."""
        notices: dict[Post, list[State]] = {}
        for what, machine in MACHINES.items():
            for members in contacts.entries(world, machine.openings):
                expected: Folded[Any] | None = None
                for post, entries in members.items():
                    folded = self._folded(entries, machine, f"a {what} at {post.name}")
                    if expected is not None and folded != expected:
                        raise self.broken(f"a {what} is not the same at {post.name}")
                    expected = folded
                    if machine is NOTICE and folded is not None:
                        notices.setdefault(post, []).append(folded.state)
                if expected is not None:
                    world.count(f"{what} judged")
                    self._check_ends(what, expected)
                    self._check_words(world, expected)
        self._check_in_force(world, notices)

    def _folded(self, entries: list[Kept], machine: Machine, what: str) -> Folded[Any] | None:
        alike = [msgspec.structs.replace(kept, at=Instant(0)) for kept in entries]
        folded = machine.fold(alike)
        if machine.fold(alike[::-1]) != folded:
            raise self.broken(f"{what} depends on the order of arrival")
        return folded

    def _check_ends(self, what: str, folded: Folded[Any]) -> None:
        """At most one end that counts, by the author of the opening."""
        ends = [each for each in _counted(folded) if each.entry.header.kind in (Kind.NOTICE_ENDED, Kind.STOP_WITHDRAWN)]
        if len(ends) > 1:
            raise self.broken(f"a {what} has ended twice")
        if any(each.entry.header.author != folded.entries[0].entry.header.author for each in ends):
            raise self.broken(f"somebody else has ended a {what}")

    def _check_words(self, world: World, folded: Folded[Any]) -> None:
        """What counts as read back says what and where as they stood in the entry that it names."""
        counted = _counted(folded)
        versions = [each for each in counted if each.entry.header.kind in (Kind.STOP, Kind.STOP_ADDED)]
        for each in counted:
            if each.entry.header.kind != Kind.STOP_READ_BACK:
                continue
            world.count("STOP read back")
            read, named = read_back_of(each.entry), each.entry.header.refers[1]
            until = next(at for at, version in enumerate(versions) if version.entry.id == named)
            hits = [hit for version in versions[: until + 1] if (hit := hit_of(version.entry)) is not None]
            what = next((hit.what for hit in reversed(hits) if hit.what), "")
            where = next((hit.where for hit in reversed(hits) if hit.where), "")
            if (_letters(read.what), _letters(read.where)) != (_letters(what), _letters(where)):
                raise self.broken("a STOP counts as read back in words that it does not say")

    def _check_in_force(self, world: World, notices: dict[Post, list[State]]) -> None:
        """The same notices, in the same order, until the same time, at every member."""
        times = sorted({span.start for states in notices.values() for state in states for span in state.head.windows})
        expected: list[list[tuple[str, str, Instant | None]]] | None = None
        for post, states in notices.items():
            index = Index(held(states))
            shown = [[(each.held.id, each.state.value, each.until) for each in index.at(at)] for at in times]
            world.count("in force judged")
            if expected is not None and shown != expected:
                raise self.broken(f"what is in force is not the same at {post.name}")
            expected = shown


def _counted(folded: Folded[Any]) -> list[Kept]:
    ignored: set[EntryId] = {each.entry for each in folded.ignored}
    return [each for each in folded.entries if each.entry.id not in ignored]


def _letters(text: str) -> list[str]:
    kept = (char if unicodedata.category(char)[0] in "LNM" else " " for char in unicodedata.normalize("NFKC", text))
    return "".join(kept).casefold().split()
