"""A translation of a text of an entry: attached by a post, labelled with its maker, withdrawn by that post alone.

Each is an exchange of its own, so no fold of what it translates is touched (spec/translation.md).
`beside` says which of them stand beside an entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import msgspec

from openline.errors import NoPlace
from openline.feeds import folding
from openline.feeds.folding import Folded, Told
from openline.feeds.order import canonical
from openline.feeds.record import Kept
from openline.terms import EntryId, PostId, Precedence, TrafficClass
from openline.wire import translation as wire
from openline.wire.contact import Words
from openline.wire.entry import Entry
from openline.wire.kinds import Kind
from openline.wire.translation import Maker, Translation

OPENINGS: Final = frozenset({Kind.TRANSLATION})

READERS: Final[Mapping[Kind, Callable[[Entry], object]]] = {
    Kind.TRANSLATION: wire.translation_of,
    Kind.TRANSLATION_WITHDRAWN: wire.withdrawal_of,
}

NameOf = Callable[[PostId], str]


class State(msgspec.Struct, frozen=True):
    """A translation. `instead` is one that it contradicts, `withdrawn` the entry that took it back, `why` its words."""

    opening: Kept
    translation: Translation
    words: Words | None
    of: EntryId
    instead: EntryId | None = None
    withdrawn: Kept | None = None
    why: Words | None = None

    @property
    def id(self) -> EntryId:
        """The id of its entry."""
        return self.opening.entry.id

    @property
    def author(self) -> PostId:
        """Who attached it."""
        return self.opening.entry.header.author

    @property
    def traffic(self) -> TrafficClass:
        """The class of everything in it."""
        return self.opening.entry.header.traffic


def fold(entries: Iterable[Kept]) -> Folded[State] | None:
    """The translation that these entries make."""
    return folding.fold(entries, begin, step)


def begin(kept: Kept) -> State:
    """The state after the translation itself. Raises NoPlace where it is none."""
    header = kept.entry.header
    body, words = wire.translation_of(kept.entry)
    if header.act is None or not 1 <= len(header.refers) <= 2:
        raise NoPlace("an officer signs a translation, and it refers to what it translates")
    instead = header.refers[1] if len(header.refers) > 1 else None
    return State(kept, body, words, header.refers[0], instead)


def step(state: State, kept: Kept) -> State:
    """The state after one more entry. Raises NoPlace for one that counts for nothing."""
    header = kept.entry.header
    if header.kind != Kind.TRANSLATION_WITHDRAWN:
        raise NoPlace("its kind has no place in a translation")
    if header.traffic != state.traffic:
        raise NoPlace("its traffic class is not that of the translation")
    if header.refers != (state.id,):
        raise NoPlace("it does not refer to the translation")
    if header.author != state.author:
        raise NoPlace("only who attached a translation withdraws it; another attaches a better one")
    if header.act is None:
        raise NoPlace("no officer signed it")
    if state.withdrawn is not None:
        raise NoPlace("it was withdrawn before")
    return msgspec.structs.replace(state, withdrawn=kept, why=wire.withdrawal_of(kept.entry))


# What stands beside an entry


class Beside(msgspec.Struct, frozen=True):
    """A translation beside an entry: `replaced` by others of its own author, `disputed` by those of others."""

    state: State
    replaced: tuple[EntryId, ...] = ()
    disputed: tuple[EntryId, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether its author has neither withdrawn it nor put another in its place."""
        return self.state.withdrawn is None and not self.replaced


def beside(entry: Entry, states: Iterable[State]) -> tuple[Beside, ...]:
    """Those of these translations that are of this entry, in canonical order."""
    fitting = {each.id: each for each in states if why_not(entry, each) is None}
    ordered = [fitting[kept.entry.id] for kept in canonical(each.opening for each in fitting.values())]
    live = [each for each in ordered if each.withdrawn is None]
    found = []
    for state in ordered:
        against = [each for each in live if each.instead == state.id]
        replaced = tuple(each.id for each in against if each.author == state.author)
        disputed = tuple(each.id for each in against if each.author != state.author)
        found.append(Beside(state, replaced, disputed))
    return tuple(found)


def why_not(entry: Entry, state: State) -> str | None:
    """Why a translation is none of this entry; None where it is one."""
    if state.of != entry.id:
        return "it does not refer to the entry"
    if entry.header.kind < Kind.MESSAGE or entry.header.kind in READERS:
        return "an entry of this kind has no words to translate"
    if state.traffic != entry.header.traffic:
        return "its traffic class is not that of the entry"
    try:
        wire.text_at(entry, state.translation.path)
    except NoPlace as error:
        return str(error)
    return None


# What people are told


def made_by(state: State) -> str:
    """Who or what made it, in words; that much is said where the name is withheld, too."""
    what = "a machine" if state.translation.maker is Maker.MACHINE else "a person"
    if state.words is None:
        return what
    return f"the machine “{state.words.who}”" if state.translation.maker is Maker.MACHINE else state.words.who


def told(before: Folded[State] | None, after: Folded[State], me: PostId, name_of: NameOf) -> tuple[Told, ...]:
    """What is new for the people at post `me`: somebody attached a translation, or took one back."""
    state = after.state
    if state.author == me:
        return ()
    name, level = name_of(state.author), Precedence(state.opening.entry.header.precedence)
    language = state.translation.language
    if before is None and state.withdrawn is None:
        text = f"{name} attached a translation ({language}), made by {made_by(state)}. It is nobody else's word."
        return (Told("translated", text, state.id, level),)
    if state.withdrawn is not None and before is not None and before.state.withdrawn is None:
        why = "" if state.why is None or not state.why.text else f" {state.why.text}"
        return (Told("translation-withdrawn", f"{name} withdrew a translation ({language}).{why}", state.id, level),)
    return ()
