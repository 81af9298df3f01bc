"""What a notice is at one moment: its versions, and what the others have signed about each."""

from __future__ import annotations

import msgspec

from openline.terms import EntryId, Instant, PostId, Precedence, TrafficClass
from openline.wire.entry import Entry
from openline.wire.notice import Ended, Head, Particulars, PassedOn, Places, Source, Tried


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """The notice as one entry of its author leaves it; parts are None where they are withheld.

    `at` is when it holds from: its signed time, and never before the version that it replaces.
    """

    entry: Entry
    at: Instant
    head: Head
    places: Places | None
    particulars: Particulars | None
    source: Source | None

    @property
    def id(self) -> EntryId:
        """The id of its entry."""
        return self.entry.id


class Closed(msgspec.Struct, frozen=True):
    """How it ended; `by` is the notice that takes its place, where one does."""

    entry: Entry
    ended: Ended
    words: str | None
    by: EntryId | None


class Acknowledged(msgspec.Struct, frozen=True):
    """A receiver's officer has read the version, or the end, of this id."""

    entry: Entry
    version: EntryId
    words: str | None


class Passed(msgspec.Struct, frozen=True):
    """A receiver passed this version on; `unit` is None where it is withheld."""

    entry: Entry
    version: EntryId
    passed: PassedOn
    unit: str | None


class Refused(msgspec.Struct, frozen=True):
    """A receiver's post refuses the notice, and why in words."""

    entry: Entry
    words: str | None


class Asked(msgspec.Struct, frozen=True):
    """The author asks whether those on shift hold this version."""

    entry: Entry
    version: EntryId
    words: str | None


class Confirmed(msgspec.Struct, frozen=True):
    """A receiver signs that those on shift hold this version."""

    entry: Entry
    version: EntryId
    words: str | None


class Try(msgspec.Struct, frozen=True):
    """Somebody tried to reach a contact in the field."""

    entry: Entry
    version: EntryId
    tried: Tried
    words: str | None


class State(msgspec.Struct, frozen=True, kw_only=True):
    """A notice; its last version is the one that stands."""

    versions: tuple[Version, ...]
    closed: Closed | None = None
    acknowledged: tuple[Acknowledged, ...] = ()
    passed: tuple[Passed, ...] = ()
    refused: tuple[Refused, ...] = ()
    asked: tuple[Asked, ...] = ()
    confirmed: tuple[Confirmed, ...] = ()
    tries: tuple[Try, ...] = ()

    @property
    def id(self) -> EntryId:
        """The id of the notice."""
        return self.versions[0].id

    @property
    def opening(self) -> Entry:
        """The entry that opened it."""
        return self.versions[0].entry

    @property
    def author(self) -> PostId:
        """Who gives the notice."""
        return self.opening.header.author

    @property
    def traffic(self) -> TrafficClass:
        """The class of everything in it."""
        return self.opening.header.traffic

    @property
    def precedence(self) -> Precedence:
        """The precedence of the version that stands."""
        return Precedence(self.standing.entry.header.precedence)

    @property
    def standing(self) -> Version:
        """The version that stands."""
        return self.versions[-1]

    @property
    def head(self) -> Head:
        """The first part of the version that stands."""
        return self.standing.head

    @property
    def newest(self) -> EntryId:
        """What is to be acknowledged: the end where it has one, else the version that stands."""
        return self.closed.entry.id if self.closed is not None else self.standing.id

    @property
    def to(self) -> tuple[PostId, ...]:
        """The members whom it is for."""
        return tuple(post for post in self.head.to if post != self.author)

    def acknowledges(self, post: PostId) -> Acknowledged | None:
        """The word of a member on the newest version, or on the end."""
        held = [each for each in self.acknowledged if each.entry.header.author == post]
        return next((each for each in held if each.version == self.newest), None)

    def passes(self, post: PostId) -> Passed | None:
        """That a member passed the standing version on."""
        held = [each for each in self.passed if each.entry.header.author == post]
        return next((each for each in held if each.version == self.standing.id), None)

    def confirms(self, post: PostId) -> tuple[Confirmed, ...]:
        """The words of a member that those on shift hold the standing version."""
        return tuple(
            each for each in self.confirmed if each.entry.header.author == post and each.version == self.standing.id
        )
