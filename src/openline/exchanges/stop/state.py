"""What a STOP is at one moment: what is known of it, who has read it back, and who has passed it on."""

from __future__ import annotations

import msgspec

from openline.terms import EntryId, Instant, PostId, Precedence, TrafficClass
from openline.wire.entry import Entry
from openline.wire.places import Place
from openline.wire.stop import Head, Hit, ReadBack


class Added(msgspec.Struct, frozen=True):
    """The STOP, or something added to it; parts are None where they are withheld."""

    entry: Entry
    head: Head
    hit: Hit | None
    areas: tuple[Place, ...] | None


class Read(msgspec.Struct, frozen=True):
    """A receiver's officer has read what stood in this version back."""

    entry: Entry
    version: EntryId
    read: ReadBack


class Passed(msgspec.Struct, frozen=True):
    """A receiver passed it on; `unit` is None where it is withheld."""

    entry: Entry
    at: Instant
    unit: str | None


class Withdrawn(msgspec.Struct, frozen=True):
    """Its author withdraws it. Nothing undoes a STOP."""

    entry: Entry
    words: str | None


class State(msgspec.Struct, frozen=True, kw_only=True):
    """A STOP; `added` begins with the entry that opened it."""

    added: tuple[Added, ...]
    read: tuple[Read, ...] = ()
    passed: tuple[Passed, ...] = ()
    withdrawn: Withdrawn | None = None

    @property
    def opening(self) -> Entry:
        """The entry that opened it."""
        return self.added[0].entry

    @property
    def author(self) -> PostId:
        """Whose people are hit."""
        return self.opening.header.author

    @property
    def traffic(self) -> TrafficClass:
        """The class of everything in it."""
        return self.opening.header.traffic

    @property
    def precedence(self) -> Precedence:
        """FLASH, unless somebody sent it otherwise."""
        return Precedence(self.opening.header.precedence)

    @property
    def newest(self) -> EntryId:
        """What is to be read back."""
        return self.added[-1].entry.id

    @property
    def to(self) -> tuple[PostId, ...]:
        """The members whom it is for."""
        return tuple(post for post in self.added[0].head.to if post != self.author)

    def hit(self, until: EntryId | None = None) -> Hit | None:
        """What is known so far, or was up to one version: the newest word on each; None where a part is withheld."""
        whole = Hit()
        for each in self.added:
            if each.hit is None:
                return None
            whole = Hit(
                what=each.hit.what or whole.what, where=each.hit.where or whole.where, by=each.hit.by or whole.by
            )
            if each.entry.id == until:
                break
        return whole

    def areas(self) -> tuple[Place, ...]:
        """The newest areas."""
        return next((each.areas for each in reversed(self.added) if each.areas), ())

    def reads(self, post: PostId) -> Read | None:
        """That a member has read the newest version back."""
        held = [each for each in self.read if each.entry.header.author == post]
        return next((each for each in held if each.version == self.newest), None)

    def passes(self, post: PostId) -> Passed | None:
        """That a member has passed it on."""
        return next((each for each in self.passed if each.entry.header.author == post), None)
