"""What a joint statement is: its lines, what is proposed, who approved which version, and what it came to."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from openline.feeds.order import precedes
from openline.feeds.record import Kept
from openline.terms import EntryId, Instant, PostId, TrafficClass
from openline.wire.contact import Words
from openline.wire.joint_statement import Change, Closing, LineChange, Opening, Outcome, Stance, version_digest


class Status(StrEnum):
    """What became of a change that a party proposed."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    TAKEN_BACK = "taken back"


class Line(msgspec.Struct, frozen=True):
    """A line by the entry that added it: its text in each language, and at which revision each was changed last."""

    id: EntryId
    texts: dict[str, str]
    changed: dict[str, int]
    struck: int = 0


class Edit(msgspec.Struct, frozen=True):
    """One change that is in the text: who wrote it, by which acceptance it got in, and what it changed from.

    `before` and `after` hold the languages that it changed; `before` lacks those that the line did not have.
    """

    revision: int
    kept: Kept
    accepted: Kept | None
    line: EntryId
    change: Change
    before: dict[str, str]
    after: dict[str, str]
    words: Words | None


class Word(msgspec.Struct, frozen=True):
    """A party's word on a change that another proposed."""

    kept: Kept
    stance: Stance
    words: Words | None


class Proposal(msgspec.Struct, frozen=True):
    """A change that a party without the pen proposes; `line` is None for one that adds at the end."""

    kept: Kept
    change: LineChange
    line: EntryId | None
    before: dict[str, str]
    words: Words | None
    said: tuple[Word, ...] = ()
    status: Status = Status.OPEN

    @property
    def author(self) -> PostId:
        """Who proposed it."""
        return self.kept.entry.header.author


class Approved(msgspec.Struct, frozen=True):
    """An officer's approval of the version with this digest; `back` is the entry that took it back."""

    kept: Kept
    digest: bytes
    officer: int
    back: Kept | None = None

    @property
    def party(self) -> PostId:
        """For whom."""
        return self.kept.entry.header.author


class Closed(msgspec.Struct, frozen=True):
    """The drafter's last word."""

    kept: Kept
    closing: Closing
    words: Words | None

    @property
    def released(self) -> bool:
        """Whether it is out."""
        return self.closing.outcome == Outcome.RELEASED


class State(msgspec.Struct, frozen=True):
    """A joint statement. `lines` has struck ones too, in their places; `revision` counts the changes of the text."""

    id: EntryId
    drafter: PostId
    opening: Opening
    words: Words | None
    traffic: TrafficClass
    refers: tuple[EntryId, ...]
    lines: tuple[Line, ...] = ()
    revision: int = 0
    edits: tuple[Edit, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    approvals: tuple[Approved, ...] = ()
    closed: Closed | None = None
    newest: Instant = Instant(0)

    @property
    def parties(self) -> tuple[PostId, ...]:
        """Who signs."""
        return self.opening.parties

    @property
    def needed(self) -> int:
        """How many parties have to approve."""
        return self.opening.needed or len(self.opening.parties)

    @property
    def persons(self) -> int:
        """How many officers of a party approve for it."""
        return 1 if self.opening.one_person else 2

    def text(self) -> tuple[tuple[str, ...], ...]:
        """The lines that stand, each in every language of the statement; empty where it lacks one."""
        languages = self.opening.languages
        return tuple(tuple(line.texts.get(each, "") for each in languages) for line in self.lines if not line.struck)

    @property
    def complete(self) -> bool:
        """Whether there is a text, and every line of it exists in every language."""
        text = self.text()
        return bool(text) and all(all(line) for line in text)

    def digest(self) -> bytes:
        """What an approval of the text as it stands binds."""
        return version_digest(self.id, self.revision, self.opening.languages, self.text())

    def line(self, line: EntryId) -> Line | None:
        """A line by the entry that added it, struck or not."""
        return next((each for each in self.lines if each.id == line), None)

    def proposal(self, proposal: EntryId) -> Proposal | None:
        """A proposed change by its entry."""
        return next((each for each in self.proposals if each.kept.entry.id == proposal), None)

    def signers(self, party: PostId, by: Kept | None = None) -> tuple[Approved, ...]:
        """The standing approvals of a party of the text as it stands; with `by`, as the author of that entry had it."""
        digest = self.digest()
        own = [each for each in self.approvals if each.party == party and each.digest == digest]
        if by is not None:
            own = [each for each in own if precedes(each.kept, by) and not (each.back and precedes(each.back, by))]
            return tuple(own)
        return tuple(each for each in own if each.back is None)

    def approved(self, by: Kept | None = None) -> tuple[PostId, ...]:
        """The parties that approved the text as it stands: by so many different officers as it takes."""
        return tuple(
            party for party in self.parties if len({each.officer for each in self.signers(party, by)}) >= self.persons
        )

    @property
    def ready(self) -> bool:
        """Whether enough parties approved, and nothing but the drafter's release is missing."""
        return self.closed is None and len(self.approved()) >= self.needed
