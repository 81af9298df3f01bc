"""Readouts of a contact: what each side told the public of it, with the parties' own marks on the texts.

Every readout opens by itself; those that name one contact and the same parties stand together, whatever they crossed.
A mark says of a readout that it covers a point of the minute or a span of another readout, lacks it, differs from it,
or adds to it; others agree with a mark or dispute it. Nothing here is a finding: it is who says so
(spec/readout.md). Which entry is a point is not known here: marks name one, and the minute says whether it has it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import msgspec

from openline.errors import BadField, NoPlace
from openline.feeds import folding
from openline.feeds.folding import Folded, Told
from openline.feeds.record import Kept
from openline.limits import READOUT_MARKS_MAX, READOUTS_MAX
from openline.terms import EntryId, PostId, Precedence, TrafficClass
from openline.wire.contact import Words
from openline.wire.entry import Entry
from openline.wire.kinds import Kind
from openline.wire.readout import Answer, Filing, Mark, Sort, filing_of, mark_of, word_of

OPENINGS: Final = frozenset({Kind.READOUT})

READERS: Final[Mapping[Kind, Callable[[Entry], object]]] = {
    Kind.READOUT: filing_of,
    Kind.READOUT_MARK: mark_of,
    Kind.READOUT_WORD: word_of,
}


class Said(msgspec.Struct, frozen=True):
    """A party's word on a mark."""

    kept: Kept
    answer: Answer
    words: Words | None

    @property
    def author(self) -> PostId:
        """Whose word it is."""
        return self.kept.entry.header.author


class Marked(msgspec.Struct, frozen=True):
    """A mark on the readout `on`; `target` is the point or the other readout that it names, if any."""

    kept: Kept
    mark: Mark
    on: EntryId
    target: EntryId | None
    words: Words | None
    said: tuple[Said, ...] = ()

    @property
    def author(self) -> PostId:
        """Who made it."""
        return self.kept.entry.header.author

    def by(self, party: PostId) -> Said | None:
        """The newest word of a party on it."""
        return next((each for each in reversed(self.said) if each.author == party), None)

    @property
    def stands(self) -> bool:
        """Whether its author did not withdraw it."""
        return self.by(self.author) is None

    @property
    def disputed(self) -> bool:
        """Whether the newest word of any party disputes it."""
        return any(self.by(each.author) is each and each.answer == Answer.DISPUTED for each in self.said)


class Readout(msgspec.Struct, frozen=True):
    """One published text; `text` is None where it is withheld."""

    kept: Kept
    filing: Filing
    text: str | None

    @property
    def author(self) -> PostId:
        """Who filed it."""
        return self.kept.entry.header.author

    @property
    def of(self) -> PostId:
        """Whose text it is: its author's own, unless it says another's."""
        return self.author if self.filing.of is None else self.filing.of


class State(msgspec.Struct, frozen=True):
    """The readouts of a contact, which is named by a request of it, and the marks on them, in canonical order."""

    contact: EntryId
    parties: tuple[PostId, ...]
    traffic: TrafficClass
    readouts: tuple[Readout, ...] = ()
    marks: tuple[Marked, ...] = ()

    def readout(self, entry: EntryId) -> Readout | None:
        """The readout of this id."""
        return next((each for each in self.readouts if each.kept.entry.id == entry), None)

    def on(self, readout: EntryId) -> tuple[Marked, ...]:
        """The marks that stand on a readout."""
        return tuple(each for each in self.marks if each.on == readout and each.stands)

    def silent_on(self, readout: EntryId, point: Iterable[EntryId]) -> bool:
        """Whether nobody has marked a point, by any of its drafts, in a readout."""
        drafts = set(point)
        return not any(each.target in drafts for each in self.on(readout))


def group(openings: Iterable[Kept], opening: EntryId) -> tuple[EntryId, ...]:
    """The openings that stand together with `opening`."""
    return folding.alike(openings, opening, _key)


def _key(kept: Kept) -> tuple[EntryId, frozenset[PostId], TrafficClass]:
    state = begin(kept)
    return state.contact, frozenset(state.parties), state.traffic


def fold(entries: Iterable[Kept]) -> Folded[State] | None:
    """The readouts that these entries make; the openings among them are one `group`."""
    folded = folding.fold_alike(entries, begin, step)
    if folded is None:
        return None
    place = {kept.entry.id: at for at, kept in enumerate(folded.entries)}
    readouts = tuple(sorted(folded.state.readouts, key=lambda each: place[each.kept.entry.id]))
    return msgspec.structs.replace(folded, state=msgspec.structs.replace(folded.state, readouts=readouts))


def begin(kept: Kept) -> State:
    """The state after the first readout. Raises BadField for one that opens none."""
    header = kept.entry.header
    if len(header.refers) != 1 or header.act is None:
        raise BadField("A readout refers to its contact, and an officer signs it.")
    filing, text = filing_of(kept.entry)
    return State(header.refers[0], filing.parties, header.traffic, readouts=(Readout(kept, filing, text),))


def step(state: State, kept: Kept) -> State:
    """The state after one more entry. Raises NoPlace for one that counts for nothing."""
    header = kept.entry.header
    if header.traffic != state.traffic:
        raise NoPlace("its traffic class is not that of the readouts")
    if header.author not in state.parties:
        raise NoPlace("its author is no party of the contact")
    if header.act is None:
        raise NoPlace("no officer signed it")
    match header.kind:
        case Kind.READOUT:
            return _filed(state, kept)
        case Kind.READOUT_MARK:
            return _marked(state, kept)
        case Kind.READOUT_WORD:
            return _said(state, kept)
        case _:
            raise NoPlace("its kind has no place among readouts")


def _filed(state: State, kept: Kept) -> State:
    if kept.entry.header.exchange is not None:
        raise NoPlace("a readout stands in no other exchange")
    if _count(state.readouts, kept) >= READOUTS_MAX:
        raise NoPlace(f"its author filed {READOUTS_MAX} readouts of this contact already")
    filing, text = filing_of(kept.entry)
    return msgspec.structs.replace(state, readouts=(*state.readouts, Readout(kept, filing, text)))


def _count(filed: Iterable[Readout | Marked | Said], kept: Kept) -> int:
    return sum(each.kept.entry.header.author == kept.entry.header.author for each in filed)


def _marked(state: State, kept: Kept) -> State:
    refers = kept.entry.header.refers
    readout = state.readout(refers[0]) if refers else None
    if readout is None:
        raise NoPlace("it names no readout of this contact")
    mark, words = mark_of(kept.entry)
    target = refers[1] if len(refers) > 1 else None
    if target is None and mark.sort != Sort.ADDED:
        raise NoPlace("it does not say which point, or which other readout")
    if mark.span.end > readout.filing.held:
        raise NoPlace("its span is longer than the text")
    other = None if target is None else state.readout(target)
    if mark.other and (other is None or other is readout or mark.other.end > other.filing.held):
        raise NoPlace("its other span lies in no other readout of this contact")
    if other is not None and mark.sort != Sort.ADDED and not mark.other:
        raise NoPlace("it does not say which span of the other readout")
    if _count(state.marks, kept) >= READOUT_MARKS_MAX:
        raise NoPlace(f"its author made {READOUT_MARKS_MAX} marks on these readouts already")
    marked = Marked(kept, mark, readout.kept.entry.id, target, words)
    return msgspec.structs.replace(state, marks=(*state.marks, marked))


def _said(state: State, kept: Kept) -> State:
    refers = kept.entry.header.refers
    meant = next((each for each in state.marks if each.kept.entry.id in refers[1:2]), None)
    if meant is None or state.readout(refers[0]) is None:
        raise NoPlace("it names no mark on these readouts")
    word, words = word_of(kept.entry)
    if (kept.entry.header.author == meant.author) != (word.answer == Answer.WITHDRAWN):
        raise NoPlace("who made a mark withdraws it; others agree with it or dispute it")
    if not meant.stands:
        raise NoPlace("the mark was withdrawn")
    if sum(_count(each.said, kept) for each in state.marks) >= READOUT_MARKS_MAX:
        raise NoPlace(f"its author said {READOUT_MARKS_MAX} words on these marks already")
    changed = msgspec.structs.replace(meant, said=(*meant.said, Said(kept, word.answer, words)))
    marks = tuple(changed if each is meant else each for each in state.marks)
    return msgspec.structs.replace(state, marks=marks)


def told(
    before: Folded[State] | None, after: Folded[State], me: PostId, name_of: Callable[[PostId], str]
) -> tuple[Told, ...]:
    """What is new for the people at post `me`."""
    state = after.state
    if me not in state.parties:
        return ()
    known = {kept.entry.id for kept in before.entries} if before is not None else set()
    news = [kept for kept in after.entries if kept.entry.id not in known and kept.entry.header.author != me]
    return tuple(_told(state, kept, name_of) for kept in news if after.why_not(kept.entry.id) is None)


def _told(state: State, kept: Kept, name_of: Callable[[PostId], str]) -> Told:
    name, entry = name_of(kept.entry.header.author), kept.entry.id
    if kept.entry.header.kind == Kind.READOUT:
        of = filing_of(kept.entry)[0].of
        whose = "its readout" if of is None else f"what {name_of(of)} published"
        return Told("readout", f"{name} filed {whose} of a contact.", entry, Precedence.PRIORITY)
    if kept.entry.header.kind == Kind.READOUT_WORD:
        text = f"{name} {word_of(kept.entry)[0].answer.name.lower()} a mark on a readout."
        return Told("readout-mark", text, entry, Precedence.ROUTINE)
    readout = state.readout(kept.entry.header.refers[0])
    whose = "a readout" if readout is None else f"the readout of {name_of(readout.of)}"
    return Told("readout-mark", f"{name} marked {whose}.", entry, Precedence.ROUTINE)
