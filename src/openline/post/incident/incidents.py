"""Incidents: what people ask for becomes entries. Checks that need a fold are in engine.conversing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec

from openline.areas.shapes import Area
from openline.areas.validity import judge
from openline.engine.machines import INCIDENT
from openline.errors import Misuse, NotReady, PeerError
from openline.exchanges.incident import State
from openline.exchanges.notice import place_of
from openline.feeds.folding import Folded
from openline.post.call.calls import option
from openline.post.incident import looks as looks
from openline.post.incident import requests as asks
from openline.post.loop import now
from openline.post.names import precedence, traffic_class
from openline.post.saying import say_in
from openline.post.speaker import Answerer, Speaker
from openline.post.talk.talks import opened_by
from openline.proof.sentences import utc
from openline.terms import EntryId, Instant, PostId
from openline.wire import incident as wire
from openline.wire.contact import WORDS, Words
from openline.wire.incident import (
    Confidence,
    Description,
    Finding,
    Joint,
    Judgement,
    Quiet,
    Said,
    Source,
    Sources,
    Stance,
    Stood,
    When,
    Word,
)
from openline.wire.kinds import Kind
from openline.wire.places import Place

ON_ENTRIES: Final = frozenset({Word.ACCEPTED, Word.DECLINED, Word.WITHDRAWN, Word.FINISHED})


async def open_(service: Speaker, request: asks.IncidentOpen) -> Any:
    """Something happened."""
    line = service.names.line(request.line)
    title, place = request.title.strip(), request.place.strip()
    if not title or not place:
        raise Misuse("An incident has a title and a place.")
    when = When(Instant(request.at or now()), Instant(request.until))
    described = Description(title, place, _area(request.areas))
    items = (wire.WHEN.item(when), wire.DESCRIPTION.item(described), wire.SOURCES.item(_sources(request.sources)))
    return await service.say(
        line,
        Kind.INCIDENT,
        items,
        officer=request.officer,
        precedence=precedence(request.precedence),
        traffic=traffic_class(request.traffic),
    )


def _area(areas: tuple[Area, ...]) -> Place | None:
    if len(areas) > 1:
        raise Misuse("An incident has one area: name the one that all of it fits into.")
    for area in areas:
        refused = judge(area).refused
        if refused:
            raise Misuse(f"The area cannot be one: {refused}")
        try:
            return place_of(area)
        except PeerError as error:
            raise Misuse(f"The area cannot be one: {error}") from None
    return None


def _sources(given: Iterable[asks.SourceWords]) -> Sources:
    return Sources(tuple(Source(text.strip(), where.strip(), Instant(at)) for text, where, at in given))


async def assess(service: Speaker, request: asks.IncidentAssess) -> Any:
    """An assessment of our own, or a new version of one."""
    judgement = Judgement(option(Confidence, request.confidence), request.confirmed)
    if not request.what.strip():
        raise Misuse("Say what this post holds to have happened.")
    finding = Finding(request.what.strip(), request.origin.strip())
    items = (wire.JUDGEMENT.item(judgement), wire.FINDING.item(finding), wire.SOURCES.item(_sources(request.sources)))
    if not request.version:
        return await _add(service, request.incident, Kind.INCIDENT_ASSESSED, items, request.officer)
    return await _add_on(service, request.version, Kind.INCIDENT_ASSESSED, items, request.officer)


async def stance(service: Speaker, request: asks.IncidentStance) -> Any:
    """A stance on another's assessment."""
    items = (wire.STOOD.item(Stood(option(Stance, request.stance))), _words(request.text))
    return await _add_on(service, request.version, Kind.INCIDENT_STANCE, items, request.officer)


async def source(service: Speaker, request: asks.IncidentSource) -> Any:
    """More sources."""
    if not request.sources:
        raise Misuse("Name a source.")
    items = (wire.SOURCES.item(_sources(request.sources)),)
    return await _add(service, request.incident, Kind.INCIDENT_SOURCE, items, request.officer)


async def investigate(service: Speaker, request: asks.IncidentInvestigate) -> Any:
    """This post investigates, alone or with others."""
    _, folded = await opened_by(service, request.incident, INCIDENT, "incident")
    partners = _named(service, folded, request.partners)
    items = (wire.JOINT.item(Joint(partners)), _words(request.text))
    return await say_in(service, folded, Kind.INCIDENT_INVESTIGATED, items, request.officer)


async def quiet(service: Speaker, request: asks.IncidentQuiet) -> Any:
    """Ask others not to comment."""
    if request.until <= now():
        raise Misuse(f"{utc(Instant(request.until))} is over: name a later time.")
    _, folded = await opened_by(service, request.incident, INCIDENT, "incident")
    asked = _named(service, folded, request.to) or _others(service, folded)
    items = (wire.QUIET.item(Quiet(Instant(request.until), asked)), _words(request.text))
    return await say_in(service, folded, Kind.INCIDENT_QUIET, items, request.officer)


def _named(service: Speaker, folded: Folded[State], names: tuple[str, ...]) -> tuple[PostId, ...]:
    """Other members of the line, by their names."""
    others, posts = _others(service, folded), tuple(service.names.member(each) for each in names)
    strangers = [name for name, post in zip(names, posts, strict=True) if post not in others]
    if strangers:
        raise Misuse(f"{' and '.join(strangers)}: name other members of the line.")
    return posts


def _others(service: Speaker, folded: Folded[State]) -> tuple[PostId, ...]:
    held = service.names.machine_line(folded.state.opening.entry.header.line)
    if held is None:
        raise NotReady("This line does not run here yet.")
    return tuple(sorted(held.others()))


async def correct(service: Speaker, request: asks.IncidentCorrect) -> Any:
    """Propose how title, place and time should read."""
    _, folded = await opened_by(service, request.incident, INCIDENT, "incident")
    state: State = folded.state
    if state.description is None:
        raise Misuse("What the incident says is withheld here, so it cannot be corrected from here.")
    when = When(
        state.when.at if request.at is None else Instant(request.at),
        state.when.until if request.until is None else Instant(request.until),
    )
    described = msgspec.structs.replace(
        state.description,
        title=request.title.strip() or state.description.title,
        place=request.place.strip() or state.description.place,
        area=_area(request.areas) or state.description.area,
    )
    if (when, described) == (state.when, state.description):
        raise Misuse("Say what should read otherwise: title, place, time or area.")
    items = (wire.WHEN.item(when), wire.DESCRIPTION.item(described))
    return await say_in(service, folded, Kind.INCIDENT_CORRECTION, items, request.officer)


async def word(service: Speaker, request: asks.IncidentWord) -> Any:
    """A word on an entry, or on the incident itself."""
    said = option(Word, request.word)
    if said == Word.SAME:
        raise Misuse("Name the other incident: that is asked for with incident-same.")
    items = (wire.SAID.item(Said(said)), _words(request.text))
    if said in ON_ENTRIES:
        return await _add_on(service, request.entry, Kind.INCIDENT_WORD, items, request.officer)
    kept, folded = await opened_by(service, request.entry, INCIDENT, "incident")
    if kept.entry.id != folded.head:
        whole = folded.head.hex()[:12]
        raise Misuse(f"{request.entry} is a part of incident {whole}: name the incident, or withdraw that part.")
    return await say_in(service, folded, Kind.INCIDENT_WORD, items, request.officer)


async def same(service: Speaker, request: asks.IncidentSame) -> Any:
    """Two incidents are one."""
    _, folded = await opened_by(service, request.incident, INCIDENT, "incident")
    kept, other = await opened_by(service, request.other, INCIDENT, "incident")
    if kept.entry.header.line != folded.state.opening.entry.header.line:
        raise Misuse("Both incidents must be on one line.")
    items = (wire.SAID.item(Said(Word.SAME)), _words(request.text))
    return await say_in(service, folded, Kind.INCIDENT_WORD, items, request.officer, folded.head, other.head)


async def _add(service: Speaker, incident: str, kind: Kind, items: tuple[bytes, ...], officer: str) -> Any:
    """Write an entry that speaks of the incident."""
    _, folded = await opened_by(service, incident, INCIDENT, "incident")
    return await say_in(service, folded, kind, items, officer)


async def _add_on(service: Speaker, entry: str, kind: Kind, items: tuple[bytes, ...], officer: str) -> Any:
    """Write an entry that speaks of another entry of its incident."""
    kept, folded = await opened_by(service, entry, INCIDENT, "incident")
    target: EntryId = kept.entry.id
    if target == folded.head:
        raise Misuse(f"{entry} is the incident itself: name the entry in it, as `openline incident show` prints it.")
    return await say_in(service, folded, kind, items, officer, folded.head, target)


def _words(text: str) -> bytes:
    return WORDS.item(Words(text.strip()))


ANSWERS: Final[Mapping[type, Answerer]] = {
    asks.IncidentOpen: open_,
    asks.IncidentAssess: assess,
    asks.IncidentStance: stance,
    asks.IncidentSource: source,
    asks.IncidentInvestigate: investigate,
    asks.IncidentQuiet: quiet,
    asks.IncidentCorrect: correct,
    asks.IncidentWord: word,
    asks.IncidentSame: same,
    asks.IncidentShow: looks.show,
    asks.IncidentList: looks.list_,
}
