"""What people are told of a notice: what is new, and what is due."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from openline.exchanges.notice.standing import openings
from openline.exchanges.notice.state import State
from openline.feeds.folding import Folded, Told
from openline.feeds.record import Kept
from openline.terms import EntryId, Instant, PostId, Precedence
from openline.wire.kinds import Kind
from openline.wire.notice import How

NameOf = Callable[[PostId], str]

CHANGES: Final = {Kind.NOTICE_AMENDED: "amended", Kind.NOTICE_POSTPONED: "postponed"}
ANSWERS: Final = {
    Kind.NOTICE_ACKNOWLEDGED: "acknowledged",
    Kind.NOTICE_PASSED: "passed on",
    Kind.NOTICE_CONFIRMED: "confirmed as held by those on shift",
}
UNVERIFIED: Final = "Unverified, assume nothing."


def called(state: State) -> str:
    """What people call a notice: its form and number, and the other issuer's number where it has one."""
    head = state.versions[0].head
    source = f" ({head.source_id})" if head.source_id else ""
    return f"{head.form.name} {head.number}/{head.year}{source}"


def told(before: Folded[State] | None, after: Folded[State], me: PostId, name_of: NameOf) -> tuple[Told, ...]:
    """What is new for the people at post `me`."""
    known = set() if before is None else {kept.entry.id for kept in before.entries}
    known |= {each.entry for each in after.ignored}
    news = (_new(after.state, kept, me, name_of) for kept in after.entries if kept.entry.id not in known)
    return tuple(each for each in news if each is not None)


def _new(state: State, kept: Kept, me: PostId, name_of: NameOf) -> Told | None:
    header, entry = kept.entry.header, kept.entry.id
    if header.author == me:
        return None
    level, name, what = Precedence(header.precedence), name_of(header.author), called(state)
    kind = header.kind
    if kind == Kind.NOTICE:
        source = state.versions[0].source
        imported = source is not None and bool(source.original)
        quiet = imported and level == Precedence.ROUTINE
        return None if quiet else Told("notice-given", f"{name} gives notice: {what}.", entry, level)
    if kind in CHANGES:
        text = f"{name} has {CHANGES[Kind(kind)]} its notice {what}: acknowledge it again."
        return Told("notice-changed", text, entry, level)
    if kind == Kind.NOTICE_ENDED and state.closed is not None:
        text = f"{name}: the notice {what} is {state.closed.ended.how.name.lower()}."
        return Told("notice-changed", text, entry, level)
    if kind == Kind.NOTICE_REFUSED:
        why = next((each.words for each in state.refused if each.entry.id == entry), None)
        return Told("notice-refused", f"{name} refuses the notice {what}: {why or 'the form is not agreed'}.", entry)
    if kind == Kind.NOTICE_ASKED:
        return Told("notice-asked", f"{name} asks: do those on shift hold the notice {what}?", entry, level)
    if kind == Kind.NOTICE_TRIED:
        return _tried(state, entry, name, what)
    if state.author != me or kind not in ANSWERS:
        return None
    return Told("notice-answered", f"{name} has {ANSWERS[Kind(kind)]} the notice {what}.", entry, level)


def _tried(state: State, entry: EntryId, name: str, what: str) -> Told | None:
    each = next((each for each in state.tries if each.entry.id == entry), None)
    if each is None or each.tried.reached:
        return None
    text = f"{name} could not reach contact {each.tried.contact + 1} of the notice {what}. {UNVERIFIED}"
    return Told("notice-contact-failed", text, entry)


# What is due


class Deadline(NamedTuple):
    """What a member owes, and until when; `reconfirm` reminds both sides before a window opens."""

    at: Instant
    member: PostId
    what: str


def deadlines(state: State, me: PostId) -> Iterator[Deadline]:
    """What is still owed for the notice as it stands, as far as it concerns post `me`: its author, all of it."""
    members = state.to if state.author == me else (me,) if me in state.to else ()
    duties, at = state.head.duties, state.standing.at
    cancelled = state.closed is not None and state.closed.ended.how == How.CANCELLED
    refused = {each.entry.header.author for each in state.refused}
    if state.closed is not None:
        at = state.closed.entry.header.time
    for member in members:
        if member in refused:
            continue
        waits = (state.closed is None or cancelled) and state.acknowledges(member) is None
        if duties.acknowledge and waits:
            yield Deadline(Instant(at + duties.acknowledge), member, "acknowledged")
        if duties.pass_on and state.closed is None and state.passes(member) is None:
            yield Deadline(Instant(at + duties.pass_on), member, "passed on")
        if duties.reconfirm and state.closed is None:
            for opens in unconfirmed(state, member):
                if opens - duties.reconfirm > state.standing.at:
                    yield Deadline(Instant(opens - duties.reconfirm), member, "reconfirm")


def unconfirmed(state: State, member: PostId) -> Iterator[Instant]:
    """When the windows open of which no word of a member says that those on shift hold them.

    A word counts for the next window that opens after it was signed; the first one may be signed at any time before.
    """
    said = state.confirms(member)
    before: Instant | None = None
    for opens in openings(state.standing):
        times = [each.entry.header.time for each in said if each.entry.header.time < opens]
        if not any(before is None or before <= at for at in times):
            yield opens
        before = opens


def due(state: State, me: PostId, after: Instant) -> Instant | None:
    """When time alone makes something due at post `me`, later than `after`."""
    return min((each.at for each in deadlines(state, me) if each.at > after), default=None)


def overdue(state: State, me: PostId, at: Instant, name_of: NameOf) -> tuple[Told, ...]:
    """What people are told when that time has come: all that is still owed."""
    news = []
    reminded = set()
    for each in deadlines(state, me):
        if each.at > at:
            continue
        who = "nobody here" if each.member == me else f"nobody at {name_of(each.member)}"
        if each.what != "reconfirm":
            text = f"The notice {called(state)} is not {each.what} in time: {who} has signed that."
            news.append(Told("notice-overdue", text, state.id, Precedence.IMMEDIATE))
        elif each.at + state.head.duties.reconfirm >= at and each.member not in reminded:
            reminded.add(each.member)
            text = f"The notice {called(state)} opens soon: {who} has confirmed that those on shift hold it."
            news.append(Told("notice-reconfirm", text, state.id, Precedence.PRIORITY))
    return tuple(news)
