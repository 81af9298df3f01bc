"""STOP: what people ask for becomes entries. Checks that need a fold are in engine.conversing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from openline.areas.shapes import Area
from openline.areas.validity import judge
from openline.areas.writing.words import area_words
from openline.engine.conversing import gather
from openline.errors import Misuse, NotReady, PeerError
from openline.exchanges import stop as machine
from openline.exchanges.notice import area_of, place_of
from openline.exchanges.stop import State, same_words
from openline.feeds.folding import Folded
from openline.feeds.record import Record
from openline.limits import INBOX_MAX_ENTRIES
from openline.post.loop import now
from openline.post.names import Names, traffic_class
from openline.post.notice import requests as asks
from openline.post.notice.values import area_value, time_value
from openline.post.queries import entry_value
from openline.post.saying import say_in
from openline.post.speaker import Answerer, Speaker
from openline.proof.sentences import utc
from openline.terms import EntryId, Instant, LineId, Precedence, TrafficClass
from openline.wire import stop as wire
from openline.wire.kinds import Kind
from openline.wire.notice import TO, To
from openline.wire.stop import Head, Hit, Passed, ReadBack, Said, Spot


async def send(service: Speaker, request: asks.StopSend) -> Any:
    """STOP, at once."""
    line = service.names.line(request.line)
    held = service.names.machine_line(line)
    if held is None:
        raise NotReady("This line does not run here yet.")
    notice = b"" if not request.notice else service.names.entry(request.notice).entry.id
    head = Head(to=tuple(sorted(held.others())), since=Instant(request.since), notice=notice)
    hit = Hit(what=request.what.strip(), where=_where(request.where, request.areas), by=request.by.strip())
    return await service.say(
        line,
        Kind.STOP,
        wire.items(head, hit, _spot(request.areas)),
        officer=request.officer,
        precedence=Precedence.FLASH,
        traffic=traffic_class(request.traffic),
    )


def _where(said: str, areas: tuple[Area, ...]) -> str:
    """Where in words; the areas in words, where nothing else is said, so that there is something to read back."""
    return said.strip() or "; ".join(" ".join(area_words(area, listed=True)) for area in areas)


def _spot(areas: Iterable[Area]) -> Spot:
    for area in areas:
        refused = judge(area).refused
        if refused:
            raise Misuse(f"An area cannot be one: {refused}")
    try:
        return Spot(tuple(map(place_of, areas)))
    except PeerError as error:
        raise Misuse(f"An area cannot be one: {error}") from None


async def add(service: Speaker, request: asks.StopAdd) -> Any:
    """What was not known before."""
    _, folded = await _found(service, request.stop)
    hit = Hit(what=request.what.strip(), where=_where(request.where, request.areas), by=request.by.strip())
    if hit == Hit():
        raise Misuse("Say what is to be added.")
    head = Head(to=folded.state.added[0].head.to)
    items = wire.items(head, hit, _spot(request.areas))
    return await _add(service, folded, Kind.STOP_ADDED, items, request.officer)


async def read_back(service: Speaker, request: asks.StopReadBack) -> Any:
    """Read it back, word for word. Raises Misuse that says what it says."""
    _, folded = await _found(service, request.stop)
    hit = folded.state.hit() or Hit()
    for name, given, wanted in (("what", request.what, hit.what), ("where", request.where, hit.where)):
        if not same_words(given, wanted):
            raise Misuse(f"The STOP says {name}: {wanted or 'nothing yet'!r}. Read that back word for word.")
    body = ReadBack(what=request.what.strip(), where=request.where.strip(), text=request.text)
    items = (wire.READ_BACK.item(body),)
    return await say_in(
        service,
        folded,
        Kind.STOP_READ_BACK,
        items,
        request.officer,
        folded.head,
        folded.state.newest,
        precedence=Precedence.FLASH,
    )


async def pass_(service: Speaker, request: asks.StopPass) -> Any:
    """Passed on to the unit that fires."""
    _, folded = await _found(service, request.stop)
    if not request.to.strip():
        raise Misuse("Say to which unit it was passed.")
    items = (wire.PASSED.item(Passed(now())), TO.item(To(request.to.strip())))
    return await _add(service, folded, Kind.STOP_PASSED, items, request.officer)


async def withdraw(service: Speaker, request: asks.StopWithdraw) -> Any:
    """A STOP of our own is withdrawn."""
    _, folded = await _found(service, request.stop)
    items = (wire.SAID.item(Said(request.text)),)
    return await _add(service, folded, Kind.STOP_WITHDRAWN, items, request.officer)


async def show(service: Speaker, request: asks.StopShow) -> Any:
    """One STOP."""
    line, folded = await _found(service, request.stop)
    return stop_value(service.names, line, folded)


async def list_(service: Speaker, request: asks.StopList) -> Any:
    """The newest STOPs of one line or of all, those that wait first."""
    if not 1 <= request.most <= INBOX_MAX_ENTRIES:
        raise Misuse(f"Ask for 1 to {INBOX_MAX_ENTRIES} STOPs at a time.")
    names = service.names
    lines = [names.line(request.line)] if request.line else list(names.lines().values())
    values = await service.post.reading(_newest, names, service.post.record, lines, request.most)
    values.sort(key=lambda each: each["at"], reverse=True)
    values.sort(key=lambda each: each["withdrawn"] is not None or not each["waits"])
    return {"stops": values[: request.most]}


def _newest(names: Names, record: Record, lines: list[LineId], most: int) -> list[dict[str, Any]]:
    values = []
    for line in lines:
        for _, kept in record.openings(line, [Kind.STOP], None, most):
            folded = machine.fold(gather(record, line, kept.entry.id))
            if folded is not None:
                values.append(stop_value(names, line, folded))
    return values


async def _found(service: Speaker, text: str) -> tuple[LineId, Folded[State]]:
    header = (kept := service.names.entry(text)).entry.header
    opening = header.exchange or kept.entry.id
    folded = machine.fold(await service.post.reading(gather, service.post.record, header.line, opening))
    if folded is None:
        raise Misuse(f"{text} belongs to no STOP; `openline watch` shows those that wait.")
    return header.line, folded


async def _add(
    service: Speaker, folded: Folded[State], kind: Kind, items: tuple[bytes, ...], officer: str, *named: EntryId
) -> Any:
    return await say_in(service, folded, kind, items, officer, folded.head, *named, precedence=Precedence.FLASH)


def stop_value(names: Names, line: LineId, folded: Folded[State]) -> dict[str, Any]:
    """A STOP as JSON holds it."""
    state, by_id = folded.state, {kept.entry.id: kept for kept in folded.entries}
    hit = state.hit()
    return {
        "id": folded.head.hex(),
        "line": names.line_name(line),
        "author": names.post(state.author),
        "own": names.is_own(state.author),
        "class": TrafficClass(state.traffic).name.lower(),
        "at": utc(state.opening.header.time),
        "seconds": max(0, now() - state.opening.header.time) / 1000,
        "to": [names.post(post) for post in state.to],
        "since": time_value(state.added[0].head.since),
        "notice": state.added[0].head.notice.hex() or None,
        "what": None if hit is None else hit.what,
        "where": None if hit is None else hit.where,
        "by": None if hit is None else hit.by,
        "areas": [area_value(area_of(place)) for place in state.areas()],
        "added": [entry_value(names, by_id[each.entry.id]) for each in state.added[1:]],
        "read_back": [
            {
                **entry_value(names, by_id[each.entry.id]),
                "what": each.read.what,
                "where": each.read.where,
                "text": each.read.text,
                "newest": each.version == state.newest,
            }
            for each in state.read
        ],
        "passed": [
            {**entry_value(names, by_id[each.entry.id]), "at": utc(each.at), "to": each.unit} for each in state.passed
        ],
        "withdrawn": None
        if state.withdrawn is None
        else {**entry_value(names, by_id[state.withdrawn.entry.id]), "text": state.withdrawn.words},
        "waits": [
            {"member": names.post(post), "for": [what for what, done in owed if done is None]}
            for post, owed in (
                (post, (("read back", state.reads(post)), ("passed on", state.passes(post)))) for post in state.to
            )
            if state.withdrawn is None and any(done is None for _, done in owed)
        ],
        "ignored": [{"id": each.entry.hex(), "why": each.why} for each in folded.ignored],
    }


ANSWERS: Final[Mapping[type, Answerer]] = {
    asks.StopSend: send,
    asks.StopAdd: add,
    asks.StopReadBack: read_back,
    asks.StopPass: pass_,
    asks.StopWithdraw: withdraw,
    asks.StopList: list_,
    asks.StopShow: show,
}
