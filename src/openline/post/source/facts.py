"""The picture that accounts are held against: what the fold of one exchange says, as facts (accounts/facts.py).

A new exchange adds a reader to `_READERS`, under the machine of its kinds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, Final

from openline.accounts.assertion import What
from openline.accounts.facts import Fact, Picture
from openline.engine.conversing import gather
from openline.engine.machines import CLAIM, CONTACT, INCIDENT, INQUIRY, JOINT_STATEMENT, NOTICE, OF_KIND, Machine
from openline.exchanges import claim, incident, inquiry, joint_statement, message, notice
from openline.feeds.record import Kept, Record
from openline.limits import ACCOUNT_FACTS_MAX
from openline.post.names import Names
from openline.post.source import calls as source_calls
from openline.post.source.parties import Roll
from openline.terms import Instant, LineId
from openline.wire import incident as incident_wire
from openline.wire.claim import Stance

Reader = Callable[[Record, LineId, Roll, Any], Iterator[Fact]]


def picture(names: Names, record: Record, kept: Kept) -> Picture:
    """What the exchange that an entry belongs to says. Raises no error for an entry that belongs to none."""
    header = kept.entry.header
    line, opening = header.line, header.exchange or kept.entry.id
    roll = Roll(names, record, line)
    entries = gather(record, line, opening)
    machine = OF_KIND.get(header.kind)
    read = _message if machine is None else _read_by(machine)
    found = islice(read(record, line, roll, entries), ACCOUNT_FACTS_MAX)
    return Picture(about=opening.hex(), facts=tuple(found), holders=roll.holders())


def _read_by(machine: Machine) -> Callable[[Record, LineId, Roll, Iterable[Kept]], Iterator[Fact]]:
    reader = next((each for held, each in _READERS if held is machine), None)

    def read(record: Record, line: LineId, roll: Roll, entries: Iterable[Kept]) -> Iterator[Fact]:
        folded = machine.fold(entries)
        if folded is not None and reader is not None:
            yield from reader(record, line, roll, folded.state)

    return read


def _message(record: Record, line: LineId, roll: Roll, entries: Iterable[Kept]) -> Iterator[Fact]:
    """A message and the answers to it: each said by its author."""
    state = message.fold(entries)
    for said in () if state is None else state.said:
        header = said.entry.header
        by, proof = (roll.party(header.author, at=header.time),), said.entry.id.hex()
        yield Fact(what=What.SAID, proof=proof, parties=by, text=said.text, at=header.time)


def _notice(record: Record, line: LineId, roll: Roll, state: notice.State) -> Iterator[Fact]:
    """What notice was given of, by whom, and from the beginning of its first window to the end of its last."""
    version, at = state.standing, state.opening.header.time
    by = (roll.party(state.author, at=at),)
    windows = version.head.windows
    first = min((each.start for each in windows), default=Instant(0))
    last = max((each.end or each.start for each in windows), default=first)
    parts = version.particulars
    words = [version.head.form.name.replace("-", " ")]
    words += [] if parts is None else [*(each.text for each in parts.fields), parts.text]
    words += [] if version.places is None else [each.name for each in version.places.areas]
    text = ". ".join(each for each in words if each)
    to = tuple(roll.party(post, at=at) for post in state.to)
    yield Fact(what=What.TOLD, proof=version.id.hex(), parties=by, to=to, at=first, until=last, text=text)
    yield Fact(what=What.HAPPENED, proof=version.id.hex(), parties=by, at=first, until=last, text=text)
    yield Fact(what=What.SAID, proof=version.id.hex(), parties=by, text=text)


def _claim(record: Record, line: LineId, roll: Roll, state: claim.State) -> Iterator[Fact]:
    """What is claimed, said by who puts it, and each answer to it."""
    text = "" if state.words is None else state.words.text
    proof, at = state.opening.entry.id.hex(), state.opening.entry.header.time
    by = (roll.party(state.claimant, at=at),)
    yield Fact(what=What.SAID, proof=proof, parties=by, text=text, at=at)
    yield Fact(what=What.INITIATED_BY, proof=proof, parties=by)
    for party in state.parties:
        there, newest = (roll.party(party.post, at=at),), party.newest
        yield Fact(what=What.WHOM, proof=proof, parties=there)
        if newest is None:
            continue
        own, words = newest.kept.entry.id.hex(), "" if newest.words is None else newest.words.text
        if newest.stance in (Stance.ACCEPTS, Stance.REJECTS):
            value = newest.stance.name.lower()
            yield Fact(what=What.REJECTED, proof=own, parties=there, value=value, text=f"{text} {words}".strip())
        if words:
            yield Fact(what=What.SAID, proof=own, parties=there, text=words)


def _statement(record: Record, line: LineId, roll: Roll, state: joint_statement.State) -> Iterator[Fact]:
    """Each line of a joint statement that was released, said by all who approved it."""
    if state.closed is None or not state.closed.released:
        return
    proof, at = state.closed.kept.entry.id.hex(), state.closed.kept.entry.header.time
    by = tuple(roll.party(post, at=at) for post in state.approved(state.closed.kept))
    for line_ in state.text():
        for text in line_:
            yield Fact(what=What.SAID, proof=proof, parties=by, text=text, at=at)


def _incident(record: Record, line: LineId, roll: Roll, state: incident.State) -> Iterator[Fact]:
    """When it happened, what each party holds of it, who disputes that, and who investigates."""
    opening, now = state.opening.entry.id.hex(), state.opening.entry.header.time
    by = (roll.party(state.author, at=now),)
    if state.description is not None:
        text = f"{state.description.title}. {state.description.place}"
        yield Fact(what=What.ABOUT, proof=opening, parties=by, text=text)
    yield Fact(what=What.HAPPENED, proof=opening, parties=by, at=state.when.at, until=state.when.until)
    for assessment in state.assessments:
        version, author = assessment.standing, (roll.party(assessment.author, at=now),)
        if assessment.withdrawn is not None or version.finding is None:
            continue
        proof, held = version.id.hex(), version.finding
        sides = any(each.stance == incident_wire.Stance.DISPUTES for each in assessment.stances)
        text = f"{held.what} {held.origin}".strip()
        yield Fact(what=What.SAID, proof=proof, parties=author, text=text, sides=sides)
        if held.origin:
            yield Fact(what=What.ORIGIN, proof=proof, parties=author, text=text, sides=sides)
        for stood in assessment.stances:
            there, own = (roll.party(stood.author, at=now),), stood.id.hex()
            if stood.stance == incident_wire.Stance.CONCURS and held.origin:
                yield Fact(what=What.ORIGIN, proof=own, parties=there, text=text, sides=sides)
            if stood.stance == incident_wire.Stance.DISPUTES:
                yield Fact(what=What.REJECTED, proof=own, parties=there, value="rejects", text=text)
            if stood.words is not None and stood.words.text:
                yield Fact(what=What.SAID, proof=own, parties=there, text=stood.words.text)
    for asked in state.investigations:
        if asked.withdrawn is None:
            joint = tuple(roll.party(post, at=now) for post in (asked.author, *asked.accepted))
            text = "" if asked.words is None else asked.words.text
            yield Fact(what=What.INVESTIGATES, proof=asked.id.hex(), parties=joint, text=text)


def _inquiry(record: Record, line: LineId, roll: Roll, state: inquiry.State) -> Iterator[Fact]:
    """Who asked whom about what, what was answered, and that nothing was, once the asker has said so."""
    proof, at = state.opening.entry.id.hex(), state.opening.entry.header.time
    here, there = (roll.party(state.asker, at=at),), (roll.party(state.asked, at=at),)
    yield Fact(what=What.INITIATED_BY, proof=proof, parties=here)
    yield Fact(what=What.WHOM, proof=proof, parties=there)
    if state.words is not None:
        text = ". ".join(each for each in (state.words.what, state.words.where, state.words.question) if each)
        yield Fact(what=What.ABOUT, proof=proof, parties=here, text=text)
    for answered in state.answers:
        if answered.words is not None and answered.words.text:
            yield Fact(what=What.SAID, proof=answered.id.hex(), parties=there, text=answered.words.text)
    if state.ended is not None and state.status == "not answered":
        own = state.ended.kept.entry
        asked = state.inquiry.reply_by
        yield Fact(what=What.OUTCOME, proof=own.id.hex(), parties=here, to=there, value="no-answer", at=at, until=asked)


_READERS: Final[tuple[tuple[Machine, Reader], ...]] = (
    (CONTACT, source_calls.facts),
    (NOTICE, _notice),
    (CLAIM, _claim),
    (INQUIRY, _inquiry),
    (INCIDENT, _incident),
    (JOINT_STATEMENT, _statement),
)
