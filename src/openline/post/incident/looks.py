"""What is asked about incidents: one as it stands, as it stood, or as a party had it; and lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from openline.engine.conversing import gather
from openline.engine.machines import INCIDENT
from openline.errors import Misuse
from openline.exchanges import incident as machine
from openline.exchanges.incident import State, knowledge
from openline.exchanges.incident.knowledge import Had, Knowledge, Moment, Signed
from openline.feeds.folding import Folded
from openline.feeds.record import Kept, Record
from openline.limits import INBOX_MAX_ENTRIES, INCIDENTS_TIED_MAX, OPENINGS_MAX
from openline.post.incident import requests as asks
from openline.post.incident.values import picture_value, summary_value
from openline.post.names import Names
from openline.post.speaker import Speaker
from openline.post.talk.talks import opened_by
from openline.proof.sentences import utc
from openline.terms import EntryId, Instant, LineId, PostId
from openline.wire.kinds import Kind


async def show(service: Speaker, request: asks.IncidentShow) -> Any:
    """One incident, and those that somebody said to be the same."""
    if request.at is not None and request.before:
        raise Misuse("Ask for a time or for an entry, not for both.")
    kept, folded = await opened_by(service, request.incident, INCIDENT, "incident")
    line = kept.entry.header.line
    party = _party(service, request.party)
    moment = Moment(None if request.at is None else Instant(request.at))
    if request.before:
        moment = Moment(entry=_cut(service.names.entry(request.before), line))
    if party is not None and service.names.is_own(party) and moment == knowledge.NOW:
        party = None
    return await service.post.reading(_shown, service.names, service.post.record, line, folded, party, moment)


def _party(service: Speaker, name: str) -> PostId | None:
    if name.casefold() == "me":
        return service.post.keyring.card.post
    return service.names.member(name) if name else None


def _cut(kept: Kept, line: LineId) -> Kept:
    if kept.entry.header.line != line:
        raise Misuse("That entry is on another line than the incident.")
    return kept


def _shown(
    names: Names, record: Record, line: LineId, folded: Folded[State], party: PostId | None, moment: Moment
) -> Any:
    signed = knowledge.signed_in(record, line)
    value = _viewed(names, line, folded, party, moment, signed)
    ties = list(_tied(record, line, folded))
    value["same"] = [_tie_value(names, line, one, said, party, moment, signed) for one, said in ties]
    return value


def _viewed(
    names: Names,
    line: LineId,
    folded: Folded[State],
    party: PostId | None,
    moment: Moment,
    signed: Signed,
) -> dict[str, Any]:
    """The picture that the entries make which were there, or which the party is proved to have had."""
    known: tuple[Knowledge, ...] = ()
    entries = folded.entries
    if party is None:
        entries = knowledge.there(entries, moment, signed)
    else:
        known = knowledge.had_by(entries, party, moment, signed)
        proved = {each.entry for each in known if each.had is Had.PROVED}
        entries = tuple(kept for kept in entries if kept.entry.id in proved)
    then = machine.fold(entries)
    picture = None if then is None else picture_value(names, line, then, signed)
    return {"id": folded.head.hex(), "view": _view_value(names, party, moment, known), "picture": picture}


def _view_value(names: Names, party: PostId | None, moment: Moment, known: tuple[Knowledge, ...]) -> dict[str, Any]:
    return {
        "as": None if party is None else names.post(party),
        "at": None if moment.at is None else utc(moment.at),
        "before": None if moment.entry is None else moment.entry.entry.id.hex(),
        "before_author": None if moment.entry is None else names.post(moment.entry.entry.header.author),
        "entries": [_known_value(names, each) for each in known],
    }


def _known_value(names: Names, each: Knowledge) -> dict[str, Any]:
    witness = each.witness
    return {
        "id": each.entry.hex(),
        "had": each.had.name.lower().replace("_", "-"),
        "why": each.had.value,
        "proof": None if each.proof is None else each.proof.hex(),
        "signed_at": None if each.signed_at is None else utc(each.signed_at),
        "kept_at": None if each.kept_at is None else utc(each.kept_at),
        "witness": None
        if witness is None
        else {"by": names.post(witness.by), "id": witness.entry.hex(), "at": utc(witness.at)},
    }


# Incidents that are said to be the same


def _tied(record: Record, line: LineId, folded: Folded[State]) -> Iterator[tuple[Folded[State], EntryId]]:
    """The incidents that this one or that name it is said to be the same as, with the entry that says so."""
    named = {each.other: each.id for each in folded.state.ties if each.withdrawn is None}
    count = 0
    for other in _every(record, line):
        theirs = next((each for each in other.state.ties if each.other == folded.head and not each.withdrawn), None)
        said = named.get(other.head) or (None if theirs is None else theirs.id)
        if said is not None and other.head != folded.head and count < INCIDENTS_TIED_MAX:
            count += 1
            yield other, said


def _every(record: Record, line: LineId | None, most: int = OPENINGS_MAX) -> Iterator[Folded[State]]:
    for _, kept in record.openings(line, [Kind.INCIDENT], None, most):
        folded = machine.fold(gather(record, kept.entry.header.line, kept.entry.id))
        if folded is not None:
            yield folded


def _tie_value(
    names: Names,
    line: LineId,
    other: Folded[State],
    said: EntryId,
    party: PostId | None,
    moment: Moment,
    signed: Signed,
) -> dict[str, Any]:
    kept = names.kept(said, line)
    by = None if kept is None else names.post(kept.entry.header.author)
    return {**_viewed(names, line, other, party, moment, signed), "said_by": by, "proof": said.hex()}


async def list_(service: Speaker, request: asks.IncidentList) -> Any:
    """The newest incidents."""
    if not 1 <= request.most <= INBOX_MAX_ENTRIES:
        raise Misuse(f"Ask for 1 to {INBOX_MAX_ENTRIES} incidents at a time.")
    line = service.names.line(request.line) if request.line else None
    return await service.post.reading(_listed, service.names, service.post.record, line, request)


def _listed(names: Names, record: Record, line: LineId | None, request: asks.IncidentList) -> Any:
    look = OPENINGS_MAX if request.open else request.most
    found = [each for each in _every(record, line, look) if each.state.open or not request.open]
    return {"incidents": [summary_value(names, each) for each in found[: request.most]]}
