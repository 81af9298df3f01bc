"""What an incident is at one moment: what is asked and said of it, and by whom (spec/incident.md)."""

from __future__ import annotations

import msgspec

from openline.feeds.record import Kept
from openline.terms import EntryId, PostId, TrafficClass
from openline.wire.contact import Words
from openline.wire.incident import Description, Finding, Judgement, Quiet, Source, Sources, Stance, When, Word


class Said(msgspec.Struct, frozen=True):
    """An entry of one party."""

    kept: Kept

    @property
    def id(self) -> EntryId:
        """The id of the entry."""
        return self.kept.entry.id

    @property
    def author(self) -> PostId:
        """Who signed it."""
        return self.kept.entry.header.author


class Spoken(Said, frozen=True):
    """A word on the incident or on an entry of it, and why; `words` is None where they are withheld."""

    word: Word
    words: Words | None


class Version(Said, frozen=True):
    """An assessment as one entry of its author leaves it; parts are None where they are withheld."""

    judgement: Judgement
    finding: Finding | None
    sources: Sources | None


class Stood(Said, frozen=True):
    """A party's stance on the version `on`."""

    on: EntryId
    stance: Stance
    words: Words | None


class Assessment(msgspec.Struct, frozen=True):
    """What one party holds to have happened: its versions, the one that stands last, and the stances of others."""

    versions: tuple[Version, ...]
    stances: tuple[Stood, ...] = ()
    withdrawn: Spoken | None = None

    @property
    def id(self) -> EntryId:
        """The id of its first version."""
        return self.versions[0].id

    @property
    def author(self) -> PostId:
        """Whose it is."""
        return self.versions[0].author

    @property
    def standing(self) -> Version:
        """The version that stands."""
        return self.versions[-1]

    def stance_of(self, party: PostId) -> Stood | None:
        """The newest stance of a party on the version that stands; without one, its newest on an earlier version."""
        said = [each for each in self.stances if each.author == party]
        fresh = [each for each in said if each.on == self.standing.id]
        return next(reversed(fresh or said), None)

    def is_fresh(self, stood: Stood) -> bool:
        """Whether a stance is on the version that stands."""
        return stood.on == self.standing.id


class Asked(Said, frozen=True):
    """What is asked of some posts: to investigate together, or, where `quiet` is there, not to comment."""

    asked: tuple[PostId, ...]
    words: Words | None
    quiet: Quiet | None = None
    answers: tuple[Spoken, ...] = ()
    withdrawn: Spoken | None = None
    finished: Spoken | None = None

    def answer_of(self, party: PostId) -> Spoken | None:
        """The newest answer of a party."""
        return next((each for each in reversed(self.answers) if each.author == party), None)

    @property
    def over(self) -> bool:
        """Whether its author withdrew it, or it is finished."""
        return self.withdrawn is not None or self.finished is not None

    @property
    def waits_for(self) -> tuple[PostId, ...]:
        """Who is asked and has not answered."""
        return () if self.over else tuple(each for each in self.asked if self.answer_of(each) is None)

    @property
    def accepted(self) -> tuple[PostId, ...]:
        """Those whose newest answer is that they accept."""
        newest = [(each, self.answer_of(each)) for each in self.asked]
        return tuple(each for each, answer in newest if answer is not None and answer.word == Word.ACCEPTED)


class Correction(Said, frozen=True):
    """How title, place and time should read; `needs` are the parties without whose word it does not take effect."""

    when: When
    description: Description | None
    needs: tuple[PostId, ...]
    answers: tuple[Spoken, ...] = ()
    withdrawn: Spoken | None = None
    taken: bool = False

    def answer_of(self, party: PostId) -> Spoken | None:
        """The newest answer of a party."""
        return next((each for each in reversed(self.answers) if each.author == party), None)

    @property
    def agreed(self) -> bool:
        """Whether all who have to accept it do."""
        newest = [self.answer_of(each) for each in self.needs]
        return all(each is not None and each.word == Word.ACCEPTED for each in newest)

    @property
    def waits_for(self) -> tuple[PostId, ...]:
        """Whose word is missing."""
        over = self.taken or self.withdrawn is not None
        return () if over else tuple(each for each in self.needs if self.answer_of(each) is None)


class Tie(Said, frozen=True):
    """Its author says that the incident is the same as `other`."""

    other: EntryId
    words: Words | None
    withdrawn: Spoken | None = None


class Named(Said, frozen=True):
    """Sources that a party named after the opening."""

    sources: tuple[Source, ...]


class State(msgspec.Struct, frozen=True, kw_only=True):
    """An incident. `joined` holds the first entry of each party; the newest of `ends` says whether it is closed."""

    opening: Kept
    when: When
    description: Description | None
    sources: Sources | None
    joined: tuple[Kept, ...]
    assessments: tuple[Assessment, ...] = ()
    named: tuple[Named, ...] = ()
    investigations: tuple[Asked, ...] = ()
    quiets: tuple[Asked, ...] = ()
    corrections: tuple[Correction, ...] = ()
    ties: tuple[Tie, ...] = ()
    ends: tuple[Spoken, ...] = ()

    @property
    def id(self) -> EntryId:
        """The id of the incident."""
        return self.opening.entry.id

    @property
    def author(self) -> PostId:
        """Who opened it."""
        return self.opening.entry.header.author

    @property
    def traffic(self) -> TrafficClass:
        """The class of everything in it."""
        return self.opening.entry.header.traffic

    @property
    def parties(self) -> tuple[PostId, ...]:
        """Who has said something, in the order of the fold: the one that opened it first."""
        return tuple(each.entry.header.author for each in self.joined)

    @property
    def open(self) -> bool:
        """Whether it is not closed, or was opened again."""
        return not self.ends or self.ends[-1].word == Word.REOPENED

    @property
    def title(self) -> str:
        """The title that stands; empty where it is withheld."""
        return "" if self.description is None else self.description.title

    def assessment(self, version: EntryId) -> Assessment | None:
        """The assessment of which this is a version."""
        return next((each for each in self.assessments if any(one.id == version for one in each.versions)), None)
