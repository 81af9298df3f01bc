"""What is asked about notices: one with everything signed about it, lists, what is in force, and copies for outside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from openline.areas.bulletin import Bulletin, Change, Earlier, Said
from openline.areas.forms import Form, said
from openline.areas.in_force import InForce
from openline.errors import Misuse
from openline.exchanges.notice import State, area_of, window_of
from openline.exchanges.notice.standing import areas
from openline.feeds.folding import Folded
from openline.limits import INBOX_MAX_ENTRIES
from openline.post.notice import requests as asks
from openline.post.notice.forms import Forms
from openline.post.notice.noticing import forms_of, found
from openline.post.notice.values import area_value, notice_value, summary_value, window_value
from openline.post.notice.warnings import outline_value
from openline.post.speaker import Answerer, Speaker
from openline.proof.sentences import utc
from openline.terms import Instant, LineId, PostId
from openline.wire.notice import How

FORMATS: Final = ("geojson", "cap", "text", "page")


async def show(service: Speaker, request: asks.NoticeShow) -> Any:
    """One notice."""
    line, folded = await found(service, request.notice)
    return await service.post.reading(_shown, service, line, folded, request.language)


def _shown(service: Speaker, line: LineId, folded: Folded[State], language: str) -> Any:
    header = folded.state.opening.header
    deliveries = service.post.record.deliveries(line, header.author, header.number)
    provided: Mapping[PostId, Instant] = {each.by: each.signed_at for each in deliveries}
    form = forms_of(service).by_ref(folded.state.head.form)
    return notice_value(service.names, line, folded, provided, form, language)


async def list_(service: Speaker, request: asks.NoticeList) -> Any:
    """The newest notices, those that have not ended first."""
    if not 1 <= request.most <= INBOX_MAX_ENTRIES:
        raise Misuse(f"Ask for 1 to {INBOX_MAX_ENTRIES} notices at a time.")
    line = service.names.line(request.line) if request.line else None
    held = await service.post.reading(service.board.all, line)
    held.sort(key=lambda each: (each[1].state.closed is not None, -each[1].state.opening.header.time))
    values = [summary_value(service.names, at, folded) for at, folded in held[: request.most]]
    return {"notices": values, "total": len(held)}


async def in_force(service: Speaker, request: asks.NoticeInForce) -> Any:
    """What is in force at a time, the same at both ends."""
    line = service.names.line(request.line) if request.line else None
    at = Instant(request.at)
    held = await service.post.reading(service.board.at, at, line)
    return await service.post.reading(_in_force, service, held, request)


def _in_force(service: Speaker, held: list[tuple[InForce, Folded[State]]], request: asks.NoticeInForce) -> Any:
    values = []
    for each, folded in held:
        version = next(one for one in folded.state.versions if one.id.hex() == each.held.id)
        head = version.head
        value = {
            "id": folded.head.hex(),
            "version": each.held.id,
            "line": service.names.line_name(folded.state.opening.header.line),
            "author": service.names.post(folded.state.author),
            "form": head.form.name,
            "number": head.number,
            "year": head.year,
            "source_id": head.source_id,
            "state": each.state.value,
            "until": None if each.until is None else utc(each.until),
            "refused": bool(folded.state.refused),
        }
        if request.areas:
            value["areas"] = [area_value(area) for area in areas(version)]
            value["windows"] = [window_value(one) for one in (*head.windows, *head.alternates)]
        if request.outlines:
            value["outlines"] = [outline_value(area) for area in areas(version)]
        values.append(value)
    return {"at": utc(Instant(request.at)), "notices": values}


async def write(service: Speaker, request: asks.NoticeWrite) -> Any:
    """A copy for those who have no post."""
    if request.format not in FORMATS:
        raise Misuse(f"{request.format!r} is no format: {', '.join(FORMATS)}.")
    _, folded = await found(service, request.notice)
    return await service.post.reading(_written, service, folded, request)


def _written(service: Speaker, folded: Folded[State], request: asks.NoticeWrite) -> Any:
    known: Forms = forms_of(service)
    form = known.by_ref(folded.state.head.form)
    bulletin = bulletin_of(folded.state, service.names.post(folded.state.author), form, request.language)
    return {"format": request.format, "text": _text(bulletin, request)}


def _text(bulletin: Bulletin, request: asks.NoticeWrite) -> str:
    from openline.areas.writing.cap import write_cap
    from openline.areas.writing.geojson import write_geojson
    from openline.areas.writing.page import write_page
    from openline.areas.writing.plaintext import write_text

    match request.format:
        case "geojson":
            return write_geojson(bulletin).decode()
        case "cap":
            return write_cap(bulletin, public=request.public).decode()
        case "text":
            return write_text(bulletin)
        case _:
            return write_page(bulletin)


def bulletin_of(state: State, sender: str, form: Form | None, language: str) -> Bulletin:
    """The notice as it stands, for the outside; words of the form where it is known here."""
    version, head = state.standing, state.head
    particulars = version.particulars
    filled = {} if particulars is None else {each.code: each.text for each in particulars.fields}
    fields = [Said(_label(form, code, language), text) for code, text in filled.items()]
    if particulars is not None:
        fields += [Said("Contact in the field", f"{each.name}: {each.means}") for each in particulars.contacts]
        fields += [Said("Text", particulars.text)] if particulars.text else []
    title = form.called(language) if form is not None else head.form.name
    remarks = () if form is None else form.remarks.get(language) or form.remarks.get("en", ())
    cancelled = state.closed is not None and state.closed.ended.how == How.CANCELLED
    serial = f"{head.form.name} {head.number}/{head.year}"
    amended = len(state.versions) > 1
    change = Change.CANCELS if cancelled else Change.REPLACES if amended else Change.NEW
    return Bulletin(
        title=filled.get("designation") or title,
        form=title,
        sender=sender,
        serial=serial,
        issued=version.at,
        windows=tuple(map(window_of, head.windows)),
        alternate_windows=tuple(map(window_of, head.alternates)),
        areas=() if version.places is None else tuple(map(area_of, version.places.areas)),
        fields=tuple(fields),
        language=language,
        traffic=state.traffic,
        change=change,
        names=() if change is Change.NEW else (Earlier(serial, state.versions[0].at),),
        references=(head.source_id,) if head.source_id else (),
        remarks=tuple(remarks),
    )


def _label(form: Form | None, code: str, language: str) -> str:
    field = None if form is None else form.field(code)
    return code if field is None else said(field.label, language)


ANSWERS: Final[Mapping[type, Answerer]] = {
    asks.NoticeShow: show,
    asks.NoticeList: list_,
    asks.NoticeInForce: in_force,
    asks.NoticeWrite: write,
}
