"""Forms and notices: what people ask for becomes entries. Checks that need a fold are in engine.conversing."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

import msgspec

from openline.areas.forms import HOUR_MS, MINUTE_MS, Form, faults
from openline.areas.shapes import Area
from openline.areas.validity import judge
from openline.areas.windows import Window
from openline.engine import events
from openline.engine.conversing import gather
from openline.errors import Misuse, NotAllowed, NotReady, OpenlineError, PeerError
from openline.exchanges import notice as machine
from openline.exchanges.notice import State, place_of, span_of
from openline.feeds.folding import Folded
from openline.limits import NAME_MAX_BYTES, NOTICE_DOUBTS_MAX, NOTICE_SOURCE_MAX_BYTES, NOTICES_IMPORTED_MAX
from openline.post import agreements
from openline.post.call.calls import option
from openline.post.loop import now
from openline.post.names import precedence, traffic_class
from openline.post.notice import requests as asks
from openline.post.notice.forms import Forms, Known
from openline.post.notice.values import form_value
from openline.post.saying import say_in
from openline.post.speaker import Answerer, Speaker
from openline.terms import EntryId, Instant, LineId, PostId, Precedence, TrafficClass
from openline.wire import notice as wire
from openline.wire.kinds import Kind
from openline.wire.notice import Duties, FieldContact, Filled, Head, How, Particulars, Places, Source
from openline.wire.rules import Rules, encode_rules

_SAYS: Final = {
    "acknowledged": Kind.NOTICE_ACKNOWLEDGED,
    "asked": Kind.NOTICE_ASKED,
    "confirmed": Kind.NOTICE_CONFIRMED,
}


def forms_of(service: Speaker) -> Forms:
    """The forms of this post. Raises Misuse for a file of its home that is none."""
    return Forms(service.post.keyring.home.path)


async def forms(service: Speaker, request: asks.NoticeForms) -> Any:
    """Every form, and whether it is agreed on the line."""
    known = await service.post.reading(forms_of, service)
    return _listed(service, known, service.names.line(request.line) if request.line else None, request.language)


def _listed(service: Speaker, known: Forms, line: LineId | None, language: str = "en") -> dict[str, Any]:
    rules = Rules() if line is None else agreements.in_force(service.names, line)
    agreed = [(each, None if line is None else each.ref in rules.forms) for each in known.all()]
    return {
        "line": None if line is None else service.names.line_name(line),
        "forms": [{**form_value(each, language), "agreed": held} for each, held in agreed],
    }


async def agree(service: Speaker, request: asks.NoticeAgree) -> Any:
    """Propose every form to the members of a line; the forms, and the terms that were proposed."""
    known, line = await service.post.reading(forms_of, service), service.names.line(request.line)
    proposed = await _agree(service, line, known, agreements.in_force(service.names, line))
    return {**_listed(service, known, line), "proposed": proposed}


async def _agree(service: Speaker, line: LineId, known: Forms, rules: Rules) -> Any:
    held = {(each.name, each.version): each for each in rules.forms}
    held |= {(each.ref.name, each.ref.version): each.ref for each in known.all()}
    if tuple(held[key] for key in sorted(held)) == rules.forms:
        return None
    changed = msgspec.structs.replace(rules, forms=tuple(held[key] for key in sorted(held)))
    make = partial(events.ChangeMembers, line=line, rules=encode_rules(changed))
    return await service.command(lambda number: make(request=number))


# A notice of our own


async def send(service: Speaker, request: asks.NoticeSend) -> Any:
    """Give notice. The answer is its id."""
    line = service.names.line(request.line)
    form = (await _form(service, line, request.form)).form
    wrong = faults(form, request.fields, areas=bool(request.areas), windows=bool(request.windows))
    if wrong:
        raise Misuse(" ".join(wrong))
    head = _head(service, line, await _form(service, line, request.form), request.windows, request.alternates)
    particulars = _particulars(request.fields, request.contacts, request.text)
    items = wire.items(head, _places(request.areas), particulars, Source())
    return await service.say(
        line,
        Kind.NOTICE,
        items,
        officer=request.officer,
        precedence=precedence(request.precedence),
        traffic=traffic_class(request.traffic),
    )


async def _form(service: Speaker, line: LineId, text: str) -> Known:
    known: Forms = await service.post.reading(forms_of, service)
    found = known.named(text)
    if found.ref not in agreements.in_force(service.names, line).forms:
        raise NotAllowed(
            f"The form {found.form.name}@{found.form.version} is not agreed on this line. "
            f"Propose it: openline notice forms {service.names.line_name(line)} --agree"
        )
    return found


def _head(
    service: Speaker, line: LineId, known: Known, windows: Iterable[Window], alternates: Iterable[Window]
) -> Head:
    try:
        return Head(
            form=known.ref,
            year=datetime.fromtimestamp(now() / 1000, UTC).year,
            windows=tuple(map(span_of, windows)),
            alternates=tuple(map(span_of, alternates)),
            duties=duties_of(known.form),
            to=_others(service, line),
        )
    except PeerError as error:
        raise Misuse(str(error)) from None


def duties_of(form: Form) -> Duties:
    """What a form asks, as a notice carries it."""
    return Duties(
        obliged=form.lead_hours is not None,
        lead=int((form.lead_hours or 0) * HOUR_MS),
        acknowledge=form.acknowledge_minutes * MINUTE_MS,
        pass_on=form.pass_minutes * MINUTE_MS,
        pass_to=form.pass_to,
        reconfirm=int(form.reconfirm_hours * HOUR_MS),
    )


def _others(service: Speaker, line: LineId) -> tuple[PostId, ...]:
    held = service.names.machine_line(line)
    if held is None:
        raise NotReady("This line does not run here yet.")
    return tuple(sorted(held.others()))


def _places(areas: Iterable[Area]) -> Places:
    for area in areas:
        refused = judge(area).refused
        if refused:
            raise Misuse(f"An area cannot be one: {refused}")
    try:
        return Places(tuple(map(place_of, areas)))
    except PeerError as error:
        raise Misuse(f"An area cannot be one: {error}") from None


def _particulars(fields: Mapping[str, str], contacts: Iterable[tuple[str, str]], text: str) -> Particulars:
    filled = tuple(Filled(code, said.strip()) for code, said in sorted(fields.items()) if said.strip())
    return Particulars(fields=filled, contacts=tuple(FieldContact(*each) for each in contacts), text=text)


async def import_(service: Speaker, request: asks.NoticeImport) -> Any:
    """Give notice of warnings of others; for each its id, or why it was not taken."""
    if len(request.messages) > NOTICES_IMPORTED_MAX:
        raise Misuse(f"At most {NOTICES_IMPORTED_MAX} warnings at a time.")
    line = service.names.line(request.line)
    known = await _form(service, line, request.form)
    blank = _head(service, line, known, (), ())
    traffic = traffic_class(request.traffic)
    taken = [_import_one(service, line, blank, each, traffic, request.officer) for each in request.messages]
    done = await asyncio.gather(*taken, return_exceptions=True)
    results: list[dict[str, Any]] = []
    for outcome in done:
        if isinstance(outcome, OpenlineError):
            results.append({"id": None, "why": f"{outcome.code}: {outcome}"})
        elif isinstance(outcome, BaseException):
            raise outcome
        else:
            results.append({"id": outcome["id"], "why": None})
    return {"results": results}


async def _import_one(
    service: Speaker, line: LineId, blank: Head, each: asks.Imported, traffic: TrafficClass, officer: str
) -> Any:
    if len(each.original) > NOTICE_SOURCE_MAX_BYTES:
        raise Misuse(f"A text of {len(each.original)} bytes; {NOTICE_SOURCE_MAX_BYTES} are the most.")
    try:
        head = msgspec.structs.replace(
            blank,
            windows=tuple(map(span_of, each.windows)),
            alternates=tuple(map(span_of, each.alternates)),
            issued=Instant(max(0, each.issued)),
            shown_until=Instant(max(0, each.shown_until)),
            source_id=each.source_id,
            cancels=each.cancels[:NOTICE_DOUBTS_MAX],
        )
        places, lost = _held(each.areas)
        refused = _short((*lost, *each.refused))
        source = Source(format=each.format, original=each.original, flags=_short(each.flags), refused=refused)
        items = wire.items(head, places, Particulars(), source)
    except PeerError as error:
        raise Misuse(str(error)) from None
    return await service.say(line, Kind.NOTICE, items, officer=officer, traffic=traffic)


def _held(areas: Iterable[Area]) -> tuple[Places, list[str]]:
    """The areas that can be held, and of each other one why it cannot."""
    places, lost = [], []
    for area in areas:
        try:
            places.append(place_of(area))
        except PeerError as error:
            lost.append(f"an area: {error}")
    return Places(tuple(places)), lost


def _short(texts: tuple[str, ...]) -> tuple[str, ...]:
    most = 4 * NAME_MAX_BYTES
    return tuple(text.encode(errors="replace")[:most].decode(errors="ignore") for text in texts[:NOTICE_DOUBTS_MAX])


async def amend(service: Speaker, request: asks.NoticeAmend) -> Any:
    """The whole notice again, with what is new."""
    _, folded = await found(service, request.notice)
    state = folded.state
    before = state.standing
    if before.places is None or before.particulars is None or before.source is None:
        raise NotAllowed("A part of the notice is withheld here; it cannot be written again.")
    fields = {each.code: each.text for each in before.particulars.fields} | request.fields
    contacts = [(each.name, each.means) for each in before.particulars.contacts]
    text = before.particulars.text if request.text is None else request.text
    places = before.places if request.areas is None else _places(request.areas)
    try:
        head = msgspec.structs.replace(
            before.head,
            windows=before.head.windows if request.windows is None else tuple(map(span_of, request.windows)),
            alternates=before.head.alternates
            if request.alternates is None
            else tuple(map(span_of, request.alternates)),
            shown_until=before.head.shown_until if request.windows is None else Instant(0),
        )
    except PeerError as error:
        raise Misuse(str(error)) from None
    known: Forms = await service.post.reading(forms_of, service)
    form = known.by_ref(head.form)
    wrong = [] if form is None else faults(form, fields, areas=bool(places.areas), windows=bool(head.windows))
    if wrong:
        raise Misuse(" ".join(wrong))
    particulars = _particulars(fields, contacts if request.contacts is None else request.contacts, text)
    items = wire.items(head, places, particulars, before.source)
    return await _add(service, folded, Kind.NOTICE_AMENDED, items, request.officer, before.id)


async def postpone(service: Speaker, request: asks.NoticePostpone) -> Any:
    """New windows."""
    _, folded = await found(service, request.notice)
    try:
        body = wire.Postponed(tuple(map(span_of, request.windows)), tuple(map(span_of, request.alternates)))
    except PeerError as error:
        raise Misuse(str(error)) from None
    items = (wire.POSTPONED.item(body), wire.WORDS.item(wire.Words(request.text)))
    named = folded.state.standing.id
    return await _add(service, folded, Kind.NOTICE_POSTPONED, items, request.officer, named)


async def end(service: Speaker, request: asks.NoticeEnd) -> Any:
    """The end of a notice."""
    _, folded = await found(service, request.notice)
    how = option(How, request.how)
    by = (await found(service, request.by))[1].head if request.by else None
    items = (wire.ENDED.item(wire.Ended(how, now())), wire.WORDS.item(wire.Words(request.text)))
    named = () if by is None else (by,)
    return await _add(service, folded, Kind.NOTICE_ENDED, items, request.officer, *named)


# What the receiving side says


async def say(service: Speaker, request: asks.NoticeSay) -> Any:
    """Acknowledged, asked or confirmed."""
    _, folded = await found(service, request.notice)
    if request.what not in _SAYS:
        raise Misuse(f"{request.what!r} is none of: {', '.join(_SAYS)}.")
    kind, state = _SAYS[request.what], folded.state
    named = state.newest if kind == Kind.NOTICE_ACKNOWLEDGED else state.standing.id
    items = (wire.WORDS.item(wire.Words(request.text)),)
    return await _add(service, folded, kind, items, request.officer, named)


async def pass_(service: Speaker, request: asks.NoticePass) -> Any:
    """Passed on to a unit."""
    _, folded = await found(service, request.notice)
    if not request.to.strip():
        raise Misuse("Say to which unit it was passed.")
    at = Instant(request.at or now())
    items = (wire.PASSED_ON.item(wire.PassedOn(at)), wire.TO.item(wire.To(request.to.strip())))
    named = folded.state.standing.id
    return await _add(service, folded, Kind.NOTICE_PASSED, items, request.officer, named)


async def try_(service: Speaker, request: asks.NoticeTry) -> Any:
    """An attempt to reach a contact in the field."""
    _, folded = await found(service, request.notice)
    particulars = folded.state.standing.particulars
    count = 0 if particulars is None else len(particulars.contacts)
    if not 1 <= request.contact <= count:
        raise Misuse(f"The notice has {count} contacts in the field.")
    tried = wire.Tried(request.contact - 1, Instant(request.at or now()), request.reached)
    items = (wire.TRIED.item(tried), wire.WORDS.item(wire.Words(request.text)))
    named = folded.state.standing.id
    return await _add(service, folded, Kind.NOTICE_TRIED, items, request.officer, named)


async def found(service: Speaker, text: str) -> tuple[LineId, Folded[State]]:
    """The notice that an entry belongs to. Raises Misuse."""
    header = (kept := service.names.entry(text)).entry.header
    opening = header.exchange or kept.entry.id
    folded = machine.fold(await service.post.reading(gather, service.post.record, header.line, opening))
    if folded is None:
        raise Misuse(f"{text} belongs to no notice; look into `openline notice list`.")
    return header.line, folded


async def _add(
    service: Speaker, folded: Folded[State], kind: Kind, items: tuple[bytes, ...], officer: str, *named: EntryId
) -> Any:
    precedence = Precedence(folded.state.precedence)
    return await say_in(service, folded, kind, items, officer, folded.head, *named, precedence=precedence)


ANSWERS: Final[Mapping[type, Answerer]] = {
    asks.NoticeForms: forms,
    asks.NoticeAgree: agree,
    asks.NoticeSend: send,
    asks.NoticeImport: import_,
    asks.NoticeAmend: amend,
    asks.NoticePostpone: postpone,
    asks.NoticeEnd: end,
    asks.NoticeSay: say,
    asks.NoticePass: pass_,
    asks.NoticeTry: try_,
}
