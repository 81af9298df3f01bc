"""The steps of a STOP: which entry is taken in which state, and what it makes of it (spec/stop.md, The fold)."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Final

import msgspec

from openline.errors import NoPlace
from openline.exchanges.stop.state import Added, Passed, Read, State, Withdrawn
from openline.feeds import folding
from openline.feeds.folding import Folded
from openline.feeds.record import Kept
from openline.wire import stop as wire
from openline.wire.entry import Entry
from openline.wire.kinds import Kind

OPENINGS: Final = frozenset({Kind.STOP})


def _whole(entry: Entry) -> object:
    return wire.head_of(entry), wire.hit_of(entry), wire.spot_of(entry)


READERS: Final[Mapping[Kind, Callable[[Entry], object]]] = {
    Kind.STOP: _whole,
    Kind.STOP_ADDED: _whole,
    Kind.STOP_READ_BACK: wire.read_back_of,
    Kind.STOP_PASSED: lambda entry: (wire.passed_of(entry), wire.unit_of(entry)),
    Kind.STOP_WITHDRAWN: wire.said_of,
}


def fold(entries: Iterable[Kept]) -> Folded[State] | None:
    """The STOP that these entries make."""
    return folding.fold(entries, begin, step)


def begin(kept: Kept) -> State:
    """The state after the STOP itself."""
    return State(added=(_added(kept.entry),))


def _added(entry: Entry) -> Added:
    spot = wire.spot_of(entry)
    return Added(entry, wire.head_of(entry), wire.hit_of(entry), None if spot is None else spot.areas)


def step(state: State, kept: Kept) -> State:
    """The state after one more entry. Raises NoPlace for one that counts for nothing."""
    header = kept.entry.header
    if header.kind not in _STEPS:
        raise NoPlace("its kind has no place in a STOP")
    if header.traffic != state.traffic:
        raise NoPlace("its traffic class is not that of the STOP")
    if header.refers[:1] != (state.opening.id,):
        raise NoPlace("it does not refer to the STOP")
    if header.act is None:
        raise NoPlace("no officer signed it")
    own = header.kind in (Kind.STOP_ADDED, Kind.STOP_WITHDRAWN)
    if own != (header.author == state.author):
        raise NoPlace("only its author changes a STOP" if own else "its author answers its own STOP")
    if own and state.withdrawn is not None:
        raise NoPlace("the STOP is withdrawn; what comes after it is another STOP")
    return _STEPS[header.kind](state, kept.entry)


def _add(state: State, entry: Entry) -> State:
    return msgspec.structs.replace(state, added=(*state.added, _added(entry)))


def _read(state: State, entry: Entry) -> State:
    read = wire.read_back_of(entry)
    named = entry.header.refers[1] if len(entry.header.refers) > 1 else None
    if named is None or named not in {each.entry.id for each in state.added}:
        raise NoPlace("it names no version of the STOP")
    hit = state.hit(named)
    if hit is not None and not (same_words(read.what, hit.what) and same_words(read.where, hit.where)):
        raise NoPlace("it does not repeat what and where the STOP says")
    return msgspec.structs.replace(state, read=(*state.read, Read(entry, named, read)))


def same_words(one: str, other: str) -> bool:
    """Whether two texts say the same words; case, signs and space between them do not count."""
    return _words(one) == _words(other)


def _words(text: str) -> list[str]:
    kept = (char if unicodedata.category(char)[0] in "LNM" else " " for char in unicodedata.normalize("NFKC", text))
    return "".join(kept).casefold().split()


def _pass(state: State, entry: Entry) -> State:
    passed = Passed(entry, wire.passed_of(entry).at, wire.unit_of(entry))
    return msgspec.structs.replace(state, passed=(*state.passed, passed))


def _withdraw(state: State, entry: Entry) -> State:
    return msgspec.structs.replace(state, withdrawn=Withdrawn(entry, wire.said_of(entry)))


_STEPS: Final[Mapping[int, Callable[[State, Entry], State]]] = {
    Kind.STOP_ADDED: _add,
    Kind.STOP_READ_BACK: _read,
    Kind.STOP_PASSED: _pass,
    Kind.STOP_WITHDRAWN: _withdraw,
}
