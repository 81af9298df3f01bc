"""What the record answers to people: the inbox, one entry with its exchange, and how far an entry got.

A *rung* is the highest thing proved of a message (`openline.exchanges.message`). Each after *carried* is a signature of
another member, and the answer names the entry that holds it (A5).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from openline.errors import PeerError
from openline.exchanges import message
from openline.exchanges.message import Rung, Said, State, Step
from openline.feeds.record import Delivery, Kept
from openline.identity.chain import Officer
from openline.limits import BEYOND_MAX
from openline.post.loop import now
from openline.post.names import Names
from openline.post.people import persons
from openline.post.post import Post
from openline.proof.sentences import utc
from openline.terms import EntryId, Instant, LineId, Precedence, TrafficClass
from openline.wire import cbor
from openline.wire.bodies import Message, message_of, whom_of
from openline.wire.entry import Entry
from openline.wire.kinds import Kind

_PEOPLE: Final = frozenset({Kind.MESSAGE, Kind.CORRECTION})
_CROSSED_MAX_BYTES: Final = 256 << 10


def inbox(post: Post, names: Names, line: LineId | None, before: int | None, most: int) -> dict[str, Any]:
    """Messages and their answers: the newest `most` exchanges, in the order in which they were kept here."""
    entries = []
    for sequence, kept in reversed(post.record.openings(line, [Kind.MESSAGE], before, most)):
        exchange = _exchange(post, names, kept.entry.header.line, kept.entry.id)
        state = message.fold(exchange)
        if state is None:
            entries.append({"sequence": sequence, **entry_value(names, kept), "rung": Rung.KEPT.value})
            continue
        found = {each.entry.id: each for each in exchange}
        said = [_said_value(post, names, state, each, found) for each in state.said]
        entries += [{"sequence": sequence, **value} for value in said]
    return {"entries": entries}


def _exchange(post: Post, names: Names, line: LineId, opening: EntryId) -> list[Kept]:
    """The entries of an exchange, without an officer's marks whose act does not hold: no officer made them."""
    held = post.record.exchange(line, opening)
    return [kept for kept in held if kept.entry.header.kind not in message.MARKS or names.acted(kept.entry) is not None]


def _said_value(post: Post, names: Names, state: State, said: Said, exchange: Mapping[EntryId, Kept]) -> dict[str, Any]:
    kept = exchange[said.entry.id]
    value = entry_value(names, kept)
    value["text"] = said.text
    value["corrected"] = bool(said.corrections)
    value["given_up"] = state.given_up is not None and said is state.opening
    deliveries = _deliveries(post, kept)
    value["crossed"] = [each.entry.id.hex() for each in crossed(post, kept, deliveries)]
    steps = _steps(post, state, kept, deliveries)
    rung = message.highest(steps)
    value["rung"] = rung.value
    value["rung_by"] = list(dict.fromkeys(_who(names, each) for each in steps if each.rung is rung))
    value["undelivered"] = undelivered(post, names, kept, steps) if value["own"] else []
    return {**value, **_handling(names, state, said, exchange, steps)}


def _who(names: Names, step: Step) -> str:
    officer = names.signer(step.by, step.officer)
    return names.post(step.by) + (f", {officer}" if officer else "")


def undelivered(post: Post, names: Names, kept: Kept, steps: Sequence[Step]) -> list[str]:
    """The members who have not signed that they hold an entry of ours."""
    line = post.engine.state.lines.get(kept.entry.header.line) if post.engine else None
    held = {each.by for each in steps if each.rung is Rung.DELIVERED}
    return [names.post(member) for member in (() if line is None else line.others()) if member not in held]


def _handling(
    names: Names, state: State, said: Said, exchange: Mapping[EntryId, Kept], steps: Sequence[Step]
) -> dict[str, Any]:
    """Whether the receiving side has seen the text that stands and has the message in hand, and what it waits for.

    What opens an exchange is in hand once somebody took it, passed it on or answered it; what follows, once it was
    seen. A correction has to be seen again: a mark of somebody who had it not yet was about the earlier text.
    """
    kept = exchange[said.entry.id]
    own = names.is_own(kept.entry.header.author)
    theirs = [each for each in steps if names.is_own(each.by) != own and message.has_reached([each], Rung.SEEN)]
    newest = exchange[said.corrections[-1][0]] if said.corrections else kept
    seen = any(each.proof is not None and _had(exchange[each.proof], newest.entry) for each in theirs)
    in_hand = message.has_reached(theirs, Rung.TAKEN if said is state.opening else Rung.SEEN)
    value = {"seen": seen, "in_hand": in_hand, "waits_for": None, "handle_by": None, "overdue": False}
    if (in_hand and seen) or state.given_up is not None or not names.is_for_us(kept.entry):
        return value
    since = newest if in_hand else kept
    return {**value, "waits_for": "show" if in_hand or said is not state.opening else "take", **clock_of(since)}


def _had(mark: Kept, entry: Entry) -> bool:
    return mark.knew.get(entry.header.author, 0) >= entry.header.number


def own_mark(post: Post, names: Names, target: Kept, kind: Kind, officer: int, whom: str) -> EntryId | None:
    """The same word of the same officer on a message, if it was said before and of the text that stands now."""
    header = target.entry.header
    exchange = _exchange(post, names, header.line, header.exchange or target.entry.id)
    state = message.fold(exchange) or message.marked(target.entry, exchange)
    said = state.find(target.entry.id)
    if said is None:
        return None
    found = {each.entry.id: each for each in exchange}
    newest = found[said.corrections[-1][0]] if said.corrections else target
    wanted = (target.entry.id, message.MARKS[kind], officer, whom)
    for each in state.steps:
        mark = None if each.proof is None else found[each.proof]
        same = (each.target, each.rung, each.officer, each.whom) == wanted
        if mark is not None and same and names.is_own(each.by) and _had(mark, newest.entry):
            return mark.entry.id
    return None


def clock_of(kept: Kept) -> dict[str, Any]:
    """Until when somebody here should have an entry in hand, and whether that is over now."""
    until = kept.at + message.HANDLING_GOALS_MS[Precedence(kept.entry.header.precedence)]
    return {"handle_by": utc(Instant(until)), "overdue": now() > until}


def show(post: Post, names: Names, kept: Kept) -> dict[str, Any]:
    """One entry, how far it got, what crossed it, and the exchange that it belongs to."""
    header = kept.entry.header
    opening = header.exchange or kept.entry.id
    exchange = _exchange(post, names, header.line, opening)
    state = message.fold(exchange)
    said = None if state is None else state.find(kept.entry.id)
    value = entry_value(names, kept)
    found = {each.entry.id: each for each in exchange}
    if state is not None and said is not None:
        value = _said_value(post, names, state, said, found)
        value["corrections"] = [{"id": each.hex(), "text": text.text} for each, text in said.corrections]
        value["original"] = said.message.text
        value["rungs"] = [_step_value(names, step) for step in _steps(post, state, kept, _deliveries(post, kept))]
    value["crossed"] = [entry_value(names, each) for each in crossed(post, kept, _deliveries(post, kept))]
    value["exchange"] = opening.hex()
    value.update(persons.signed(post, names, kept.entry, exchange))
    value["words"] = words_of(kept.entry)
    if state is not None:
        value["said"] = [
            {**_said_value(post, names, state, each, found), **persons.signed(post, names, each.entry, exchange)}
            for each in state.said
        ]
        value["ignored"] = [{"id": each.entry.hex(), "why": each.why} for each in state.ignored]
    return value


def receipts(post: Post, names: Names, kept: Kept) -> dict[str, Any]:
    """How far an entry got, and what proves each rung, lowest first."""
    header = kept.entry.header
    exchange = _exchange(post, names, header.line, header.exchange or kept.entry.id)
    state = message.fold(exchange) or message.marked(kept.entry, exchange)
    steps = _steps(post, state, kept, _deliveries(post, kept))
    return {
        **entry_value(names, kept),
        "rung": message.highest(steps).value,
        "given_up": None if state.given_up is None else state.given_up.hex(),
        "rungs": [_step_value(names, step) for step in steps],
    }


def _deliveries(post: Post, kept: Kept) -> list[Delivery]:
    header = kept.entry.header
    return post.record.deliveries(header.line, header.author, header.number)


def _steps(post: Post, state: State, kept: Kept, deliveries: Sequence[Delivery]) -> tuple[Step, ...]:
    entry, header = kept.entry, kept.entry.header
    carried = post.carried_to(header.line, header.number) if header.author == post.keyring.card.post else []
    if state.find(entry.id) is None:
        state = State(said=(Said(entry, Message("", 0)),))
    return message.ladder(state, entry.id, kept.at, carried, deliveries)


def _step_value(names: Names, step: Step) -> dict[str, Any]:
    value = {
        "rung": step.rung.value,
        "by": names.post(step.by),
        "own": names.is_own(step.by),
        "officer": names.signer(step.by, step.officer),
        "at": utc(step.at),
        "proof": None if step.proof is None else step.proof.hex(),
    }
    return {**value, "to": step.whom} if step.whom else value


def crossed_with(post: Post, kept: Kept) -> list[Kept]:
    """Messages that crossed this one, by what is on the record now."""
    return crossed(post, kept, _deliveries(post, kept)) if kept.entry.header.kind in _PEOPLE else []


def crossed(post: Post, kept: Kept, deliveries: Sequence[Delivery]) -> list[Kept]:
    """Messages that crossed this one: each was written before its author had the other (A11)."""
    header = kept.entry.header
    if header.kind not in _PEOPLE:
        return []
    line = post.engine.state.lines.get(header.line) if post.engine else None
    had_by = {each.by: each.number for each in deliveries}
    found: list[Kept] = []
    for member in () if line is None else line.terms.members:
        if member.post == header.author:
            continue
        first, last = kept.knew.get(member.post, 0) + 1, had_by.get(member.post, 1 << 62) - 1
        if first <= last:
            near = min(last, first + BEYOND_MAX)
            span = post.record.span(header.line, member.post, first, near, _CROSSED_MAX_BYTES)
            found += [each for entry in span if (each := _crosses(post, entry, kept.entry)) is not None]
    return found


def _crosses(post: Post, entry: Entry, other: Entry) -> Kept | None:
    if entry.header.kind not in _PEOPLE:
        return None
    kept = post.record.entry(entry.header.line, entry.id)
    if kept is None or kept.knew.get(other.header.author, 0) >= other.header.number:
        return None
    return kept


def entry_value(names: Names, kept: Kept, officer: str | None = None) -> dict[str, Any]:
    """An entry as JSON holds it; `officer` is who signed, "" for nobody, where that has been checked already."""
    entry, header = kept.entry, kept.entry.header
    value: dict[str, Any] = {
        "id": entry.id.hex(),
        "line": names.line_name(header.line),
        "author": names.post(header.author),
        "own": names.is_own(header.author),
        "number": header.number,
        "kind": kind_name(header.kind),
        "precedence": Precedence(header.precedence).name.lower(),
        "class": TrafficClass(header.traffic).name.lower(),
        "at": utc(header.time),
        "kept_at": utc(kept.at),
        "officer": names.acted(entry) if officer is None else officer or None,
        "refers": [each.hex() for each in header.refers],
    }
    if header.kind in _PEOPLE:
        body = _body(entry, message_of)
        value["text"] = None if body is None else body.text
        value["serial"] = None if body is None else body.serial
        if body is not None and body.deliver_by is not None:
            value["deliver_by"] = utc(body.deliver_by)
            value["give_up"] = body.give_up
    if header.kind == Kind.PASSED_ON:
        value["to"] = _body(entry, whom_of)
    return value


_KIND_NAMES: Final = {kind.value: kind.name.lower().replace("_", " ") for kind in Kind}


def kind_name(kind: int) -> str:
    """What people call a kind of entry."""
    return _KIND_NAMES.get(kind) or f"kind {kind}"


def words_of(entry: Entry) -> str:
    """All that the items of an entry say in words; what is withheld or no encoding says nothing."""
    said: list[str] = []
    for item in entry.items:
        if item:
            try:
                said += _texts(cbor.decode(item, len(item)))
            except PeerError:
                continue
    return " · ".join(" ".join(each.split()) for each in said if each.strip())


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _body(entry: Entry, read: Any) -> Any:
    """What an item says, or None where it is withheld or says nothing that this program understands."""
    try:
        return read(entry)
    except PeerError:
        return None


def officer_value(each: Officer) -> dict[str, Any]:
    """An officer as JSON holds them."""
    return {
        "officer": each.name,
        "number": each.number,
        "roles": list(each.roles),
        "holding": each.holding.name.lower(),
        "in_force": each.in_force,
    }
