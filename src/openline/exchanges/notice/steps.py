"""The steps of a notice: which entry is taken in which state, and what it makes of it (spec/notice.md, The fold)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import msgspec

from openline.errors import BadField, NoPlace
from openline.exchanges.notice.state import (
    Acknowledged,
    Asked,
    Closed,
    Confirmed,
    Passed,
    Refused,
    State,
    Try,
    Version,
)
from openline.feeds import folding
from openline.feeds.folding import Draft, Folded
from openline.feeds.record import Kept
from openline.terms import EntryId, Instant, PostId
from openline.wire import cbor
from openline.wire import notice as wire
from openline.wire.entry import Entry
from openline.wire.kinds import Kind
from openline.wire.notice import How
from openline.wire.rules import Rules

OPENINGS: Final = frozenset({Kind.NOTICE})


def _whole(entry: Entry) -> object:
    return wire.head_of(entry), wire.places_of(entry), wire.particulars_of(entry), wire.source_of(entry)


READERS: Final[Mapping[Kind, Callable[[Entry], object]]] = {
    Kind.NOTICE: _whole,
    Kind.NOTICE_ACKNOWLEDGED: wire.said_of,
    Kind.NOTICE_AMENDED: _whole,
    Kind.NOTICE_ENDED: lambda entry: (wire.ended_of(entry), wire.words_of(entry)),
    Kind.NOTICE_POSTPONED: lambda entry: (wire.postponed_of(entry), wire.words_of(entry)),
    Kind.NOTICE_REFUSED: lambda entry: (wire.refusal_of(entry), wire.words_of(entry)),
    Kind.NOTICE_ASKED: wire.said_of,
    Kind.NOTICE_CONFIRMED: wire.said_of,
    Kind.NOTICE_PASSED: lambda entry: (wire.passed_of(entry), wire.unit_of(entry)),
    Kind.NOTICE_TRIED: lambda entry: (wire.tried_of(entry), wire.words_of(entry)),
}


def fold(entries: Iterable[Kept]) -> Folded[State] | None:
    """The notice that these entries make."""
    return folding.fold(entries, begin, step)


def begin(kept: Kept) -> State:
    """The state after the notice itself. Raises PeerError subclasses only."""
    version = _version(kept.entry, kept.entry.header.time)
    if not version.head.number:
        raise BadField("The notice has no number.")
    return State(versions=(version,))


def _version(entry: Entry, at: Instant) -> Version:
    return Version(
        entry=entry,
        at=at,
        head=wire.head_of(entry),
        places=wire.places_of(entry),
        particulars=wire.particulars_of(entry),
        source=wire.source_of(entry),
    )


def step(state: State, kept: Kept) -> State:
    """The state after one more entry. Raises NoPlace for one that counts for nothing."""
    header = kept.entry.header
    if header.kind not in _STEPS:
        raise NoPlace("its kind has no place in a notice")
    if header.traffic != state.traffic:
        raise NoPlace("its traffic class is not that of the notice")
    if header.refers[:1] != (state.id,):
        raise NoPlace("it does not refer to the notice")
    if header.act is None and header.kind != Kind.NOTICE_REFUSED:
        raise NoPlace("no officer signed it")
    own = header.kind in _AUTHORS
    if own != (header.author == state.author) and header.kind != Kind.NOTICE_TRIED:
        raise NoPlace("only its author changes a notice" if own else "its author answers its own notice")
    if own and state.closed is not None:
        raise NoPlace("the notice has ended")
    return _STEPS[header.kind](state, kept.entry)


def _named(state: State, entry: Entry) -> EntryId:
    """The version that an entry is about."""
    known = {version.id for version in state.versions}
    if state.closed is not None:
        known.add(state.closed.entry.id)
    named = entry.header.refers[1] if len(entry.header.refers) > 1 else None
    if named is None or named not in known:
        raise NoPlace("it names no version of the notice")
    return named


def _amend(state: State, entry: Entry) -> State:
    version = _version(entry, Instant(max(entry.header.time, state.standing.at)))
    if _named(state, entry) != state.standing.id:
        raise NoPlace("it replaces a version that does not stand")
    head, first = version.head, state.versions[0].head
    if (head.form, head.year, head.number) != (first.form, first.year, first.number):
        raise NoPlace("an amendment keeps its form and its number")
    return msgspec.structs.replace(state, versions=(*state.versions, version))


def _postpone(state: State, entry: Entry) -> State:
    postponed = wire.postponed_of(entry)
    if _named(state, entry) != state.standing.id:
        raise NoPlace("it replaces a version that does not stand")
    head = msgspec.structs.replace(
        state.head, windows=postponed.windows, alternates=postponed.alternates, shown_until=Instant(0)
    )
    at = Instant(max(entry.header.time, state.standing.at))
    version = msgspec.structs.replace(state.standing, entry=entry, at=at, head=head)
    return msgspec.structs.replace(state, versions=(*state.versions, version))


def _end(state: State, entry: Entry) -> State:
    ended = wire.ended_of(entry)
    by = entry.header.refers[1] if len(entry.header.refers) > 1 else None
    if (ended.how == How.SUPERSEDED) != (by is not None):
        raise NoPlace("superseded, and nothing else, names the notice that takes its place")
    return msgspec.structs.replace(state, closed=Closed(entry, ended, wire.words_of(entry), by))


def _acknowledge(state: State, entry: Entry) -> State:
    said = Acknowledged(entry, _named(state, entry), wire.said_of(entry))
    author = entry.header.author
    if any(each.entry.header.author == author and each.version == said.version for each in state.acknowledged):
        raise NoPlace("its author has acknowledged that already")
    return msgspec.structs.replace(state, acknowledged=(*state.acknowledged, said))


def _pass(state: State, entry: Entry) -> State:
    said = Passed(entry, _named(state, entry), wire.passed_of(entry), wire.unit_of(entry))
    return msgspec.structs.replace(state, passed=(*state.passed, said))


def _refuse(state: State, entry: Entry) -> State:
    wire.refusal_of(entry)
    if any(each.entry.header.author == entry.header.author for each in state.refused):
        raise NoPlace("its author has refused it already")
    return msgspec.structs.replace(state, refused=(*state.refused, Refused(entry, wire.words_of(entry))))


def _ask(state: State, entry: Entry) -> State:
    said = Asked(entry, _named(state, entry), wire.said_of(entry))
    return msgspec.structs.replace(state, asked=(*state.asked, said))


def _confirm(state: State, entry: Entry) -> State:
    said = Confirmed(entry, _named(state, entry), wire.said_of(entry))
    return msgspec.structs.replace(state, confirmed=(*state.confirmed, said))


def _try(state: State, entry: Entry) -> State:
    tried, named = wire.tried_of(entry), _named(state, entry)
    version = next((each for each in state.versions if each.id == named), None)
    particulars = None if version is None else version.particulars
    if version is None or (particulars is not None and tried.contact >= len(particulars.contacts)):
        raise NoPlace("the notice has no such contact")
    return msgspec.structs.replace(state, tries=(*state.tries, Try(entry, named, tried, wire.words_of(entry))))


_STEPS: Final[Mapping[int, Callable[[State, Entry], State]]] = {
    Kind.NOTICE_AMENDED: _amend,
    Kind.NOTICE_POSTPONED: _postpone,
    Kind.NOTICE_ENDED: _end,
    Kind.NOTICE_ASKED: _ask,
    Kind.NOTICE_ACKNOWLEDGED: _acknowledge,
    Kind.NOTICE_PASSED: _pass,
    Kind.NOTICE_REFUSED: _refuse,
    Kind.NOTICE_CONFIRMED: _confirm,
    Kind.NOTICE_TRIED: _try,
}
_AUTHORS: Final = frozenset({Kind.NOTICE_AMENDED, Kind.NOTICE_POSTPONED, Kind.NOTICE_ENDED, Kind.NOTICE_ASKED})


# What the engine asks beside the fold


def series(entry: Entry) -> tuple[bytes, int, str]:
    """The series of a notice's number: its key, the number, and what people call it. Raises PeerError subclasses."""
    head, header = wire.head_of(entry), entry.header
    key = cbor.encode([header.author, int(header.traffic), head.form.name, head.year])
    return key, head.number, f"{head.form.name} {head.year}"


def numbered(items: tuple[bytes, ...], number: int) -> tuple[bytes, ...]:
    """The items of a notice with its number."""
    head = wire.HEAD.decode(items[0])
    return wire.HEAD.item(msgspec.structs.replace(head, number=number)), *items[1:]


def barred(state: State, rules: Rules) -> str | None:
    """Why the rules of the line do not allow this notice; None where its form is agreed."""
    form = state.versions[0].head.form
    if form in rules.forms:
        return None
    known = [each.version for each in rules.forms if each.name == form.name]
    if form.version in known:
        return f"the form {form.name} version {form.version} is another file than the one that is agreed on this line"
    agreed = f"agreed is version {', '.join(map(str, known))}" if known else "no version of it is agreed"
    return f"the form {form.name} version {form.version} is not agreed on this line: {agreed}"


def refusal(state: State, me: PostId, why: str) -> Draft | None:
    """What this post states of another's notice that is barred, once."""
    if state.author == me or any(each.entry.header.author == me for each in state.refused):
        return None
    items = (wire.REFUSAL.item(wire.Refusal(wire.Why.FORM_NOT_AGREED)), wire.WORDS.item(wire.Words(why)))
    return Draft(Kind.NOTICE_REFUSED, items, state.id, (state.id,))
