"""What accounts are held against, of a contact: who asked whom, what it came to, what was agreed, what came before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from openline.accounts.assertion import What
from openline.accounts.facts import Fact
from openline.accounts.names import Party
from openline.engine.machines import COMMITMENT, DISCLOSURE, MINUTE, READOUT
from openline.exchanges import disclosure, minute
from openline.exchanges.contact import Party as Called
from openline.exchanges.contact import State
from openline.feeds.record import Record
from openline.limits import OPENINGS_MAX
from openline.post.call.contacts import named, newest
from openline.post.source.parties import Roll, with_present
from openline.post.talk import talks
from openline.terms import EntryId, Instant, LineId, PostId
from openline.wire.contact import Outcome
from openline.wire.disclosure import NO_ENTRY
from openline.wire.minute import Stance

_PROMISED: Final = ("open", "done", "closed")
"""Words of a commitment that its owner has not disputed, and that its owner made or took on."""


def facts(record: Record, line: LineId, roll: Roll, state: State) -> Iterator[Fact]:
    """Everything of a contact and of what follows it."""
    parties = {each.post: each for each in state.parties}
    at = _time(state)
    here = roll.party(state.closer, state.request.office, at)
    sides = {state.closer: here} | {post: roll.party(post, each.office, at) for post, each in parties.items()}
    asked = state.id.hex()
    yield Fact(what=What.INITIATED_BY, proof=asked, parties=(here,))
    yield from _requested(state, sides)
    held = [folded.state for _, folded in newest(record, line, OPENINGS_MAX)]
    for each in state.parties:
        yield from _with(each, asked, here, sides[each.post])
        yield from _before(held, roll, state, each)
    yield from _agreed(record, line, state, sides)


def _time(state: State) -> Instant:
    """When a contact was: when it began, or when it was asked for."""
    began = [each.ended.closing.began for each in state.parties if each.ended is not None and each.ended.closing.began]
    return min(began, default=state.requests[0].entry.header.time)


def _requested(state: State, sides: dict[PostId, Party]) -> Iterator[Fact]:
    for opened in state.requests:
        words, proof = opened.words, opened.entry.id.hex()
        by = (sides[opened.entry.header.author],) if opened.entry.header.author in sides else ()
        if words is not None:
            for text in (*words.topics, words.matter, words.content, words.consequence):
                if text:
                    yield Fact(what=What.ABOUT, proof=proof, parties=by, text=text)
            if words.content:
                yield Fact(what=What.SAID, proof=proof, parties=by, text=words.content)


def _with(called: Called, asked: str, here: Party, there: Party) -> Iterator[Fact]:
    yield Fact(what=What.WHOM, proof=asked, parties=(there,))
    for answered in called.answers:
        if answered.words is not None and answered.words.text:
            yield Fact(what=What.SAID, proof=answered.id.hex(), parties=(there,), text=answered.words.text)
    for tried in called.attempts:
        if tried.words is not None and tried.words.text and tried.entry.header.act is not None:
            yield Fact(what=What.SAID, proof=tried.entry.id.hex(), parties=(here,), text=tried.words.text)
    if called.ended is None:
        return
    closing, proof = called.ended.closing, called.ended.kept.entry.id.hex()
    first, last = closing.began, closing.ended
    if closing.outcome == Outcome.HELD:
        both = with_present((here, there), closing.present)
        yield Fact(what=What.WHO, proof=proof, parties=both, at=first, until=last)
        yield Fact(what=What.WHEN, proof=proof, parties=both, to=(there,), at=first, until=last)
    else:
        tries = [each.attempt.began for each in called.attempts if each.entry.header.act is not None]
        tries = tries or [each.attempt.began for each in called.attempts]
        first, last = min(tries, default=Instant(0)), max(tries, default=Instant(0))
    value = named(closing.outcome.name)
    yield Fact(what=What.OUTCOME, proof=proof, parties=(here,), to=(there,), value=value, at=first, until=last)
    if called.ended.words is not None and called.ended.words.text:
        yield Fact(what=What.SAID, proof=proof, parties=(here,), text=called.ended.words.text)


def _before(held: list[State], roll: Roll, state: State, called: Called) -> Iterator[Fact]:
    """Every contact that the same two offices had on this line, this one too, and which was the one before it."""
    ends = _offices(state, called)
    times: list[Fact] = []
    for other in held:
        for each in other.parties:
            closing = None if each.ended is None else each.ended.closing
            if closing is None or each.ended is None or closing.outcome != Outcome.HELD:
                continue
            if _offices(other, each) == ends:
                asked_by = roll.party(other.closer, other.request.office, closing.began)
                both = with_present((asked_by, roll.party(each.post, each.office, closing.began)), closing.present)
                proof = each.ended.kept.entry.id.hex()
                times.append(Fact(what=What.TIMES, proof=proof, parties=both, at=closing.began))
    times.sort(key=lambda fact: (fact.at, fact.proof))
    yield from times
    this = _time(state)
    earlier = [fact for fact in times if fact.at < this]
    if earlier:
        last = earlier[-1]
        yield Fact(what=What.LAST_BEFORE, proof=last.proof, parties=last.parties, at=last.at)


def _offices(state: State, called: Called) -> list[tuple[bytes, str]]:
    pair = [(state.closer, state.request.office), (called.post, called.office)]
    return sorted((post, office.casefold()) for post, office in pair)


def _agreed(record: Record, line: LineId, state: State, sides: dict[PostId, Party]) -> Iterator[Fact]:
    for folded in talks.about(record, line, MINUTE, state).own:
        for point in folded.state.points:
            yield from _point(folded.state, point, sides)
    for folded in talks.about(record, line, COMMITMENT, state).own:
        held = folded.state
        if held.words is not None and held.status in _PROMISED:
            owner = (sides[held.commitment.owner],)
            yield Fact(what=What.AGREED, proof=folded.head.hex(), parties=owner, text=held.words.text)
    for folded in talks.about(record, line, DISCLOSURE, state).own:
        yield from _disclosed(folded.state, sides)
    for folded in talks.about(record, line, READOUT, state).own:
        for each in folded.state.readouts:
            if each.text is not None:
                by, proof = (sides[each.of],), each.kept.entry.id.hex()
                yield Fact(
                    what=What.SAID, proof=proof, parties=by, text=each.text, at=each.filing.published, sides=True
                )


def _point(state: minute.State, point: minute.Point, sides: dict[PostId, Party]) -> Iterator[Fact]:
    """A point that is agreed is agreed; of any other each side has said its own words."""
    status, proof = state.status(point), point.kept.entry.id.hex()
    author = (sides[point.author],)
    text = "" if point.words is None else point.words.text
    if status == "agreed":
        parties = tuple(sides[each] for each in state.parties)
        yield Fact(what=What.AGREED, proof=proof, parties=parties, text=text)
        yield Fact(what=What.SAID, proof=proof, parties=parties, text=text)
        return
    if status == "differs":
        yield Fact(what=What.AGREED, proof=proof, parties=author, text=text, value="differs")
    yield Fact(what=What.SAID, proof=proof, parties=author, text=text, sides=True)
    for party in state.parties:
        said = point.by(party)
        if said is not None and said.stance == Stance.SAYS and said.words is not None:
            words, own = said.words.text, said.kept.entry.id.hex()
            yield Fact(what=What.SAID, proof=own, parties=(sides[party],), text=words, sides=True)


def _disclosed(state: disclosure.State, sides: dict[PostId, Party]) -> Iterator[Fact]:
    by_id = {each.kept.entry.id: each for each in state.terms}
    for entry in state.agreed:
        terms = by_id[entry]
        value, proof = named(terms.item(EntryId(NO_ENTRY)).level.name), entry.hex()
        at = terms.since or Instant(0)
        yield Fact(what=What.AGREED, proof=proof, parties=(sides[terms.author],), value=value, at=at)
    if state.newest is not None:
        proof = state.newest.kept.entry.id.hex()
        yield Fact(what=What.REQUESTED_BY, proof=proof, parties=(sides[state.newest.author],))
    for each in state.disclosed:
        if each.event.by is not None and each.event.by in sides:
            value, text = "asked" if each.event.asked else "unasked", "" if each.words is None else each.words.text
            by, proof = (sides[each.event.by],), each.kept.entry.id.hex()
            yield Fact(what=What.CONFIRMED, proof=proof, parties=by, value=value, at=each.event.at, text=text)
