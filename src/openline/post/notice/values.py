"""Forms and notices as JSON holds them (docs/reference/control.md)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from openline.areas.forms import FieldType, Form, said, spoken
from openline.areas.shapes import Area
from openline.exchanges.notice import State, Try, Version, area_of, early, late_by, window_of
from openline.feeds.folding import Folded
from openline.feeds.record import Kept
from openline.post.names import Names
from openline.post.notice.forms import Known
from openline.post.queries import entry_value
from openline.proof.sentences import utc
from openline.terms import Instant, LineId, PostId, TrafficClass
from openline.wire.notice import How
from openline.wire.places import Span


def form_value(known: Known, language: str = "en") -> dict[str, Any]:
    """A form with its words in one language."""
    form = known.form
    return {
        "name": form.name,
        "version": form.version,
        "sha256": known.ref.digest.hex(),
        "own": known.own,
        "title": form.called(language),
        "language": language,
        "unreviewed": language in form.unreviewed,
        "obliged": form.lead_hours is not None,
        "lead_hours": form.lead_hours,
        "acknowledge_minutes": form.acknowledge_minutes,
        "pass_minutes": form.pass_minutes,
        "pass_to": list(form.pass_to),
        "reconfirm_hours": form.reconfirm_hours,
        "humanitarian": form.humanitarian,
        "areas": form.areas,
        "windows": form.windows,
        "unknown": form.unknown,
        "fields": [
            {
                "code": each.code,
                "label": said(each.label, language),
                "type": each.type.value,
                "required": each.required,
                "options": list(each.options),
            }
            for each in form.fields
        ],
        "remarks": list(form.remarks.get(language) or form.remarks.get("en") or ()),
        "basis": form.basis,
    }


def area_value(area: Area) -> dict[str, Any]:
    """An area as GeoJSON-like values: kind, positions, lengths in metres, edges."""
    value: dict[str, Any] = msgspec.to_builtins(area)
    return value


def window_value(span: Span) -> dict[str, Any]:
    """A window."""
    window = window_of(span)
    return {
        "start": utc(window.start),
        "end": None if window.end is None else utc(window.end),
        "end_kind": window.end_kind.value,
    }


def time_value(at: Instant) -> str | None:
    """A time, None for 0."""
    return utc(at) if at else None


def notice_value(
    names: Names,
    line: LineId,
    folded: Folded[State],
    provided: Mapping[PostId, Instant],
    form: Form | None,
    language: str = "en",
) -> dict[str, Any]:
    """A notice with everything that was signed about it, its labels in a language as far as its form has them.

    `provided` is when each member's entries first hold it.
    """
    state, by_id = folded.state, {kept.entry.id: kept for kept in folded.entries}

    def said(each: Any, **more: Any) -> dict[str, Any]:
        words = {"text": each.words} if hasattr(each, "words") else {}
        about = {"version": each.version.hex()} if hasattr(each, "version") else {}
        return {**entry_value(names, by_id[each.entry.id]), **about, **words, **more}

    return {
        **summary_value(names, line, folded),
        "provided": [_provided(names, state, post, at) for post, at in provided.items()],
        "title": None if form is None else form.called(language),
        "remarks": [] if form is None else list(form.remarks.get(language) or form.remarks.get("en", ())),
        "form_known": form is not None,
        "pass_to": list(state.head.duties.pass_to),
        "versions": [_version(names, by_id[each.entry.id], each, form, language) for each in state.versions],
        "ended": None
        if state.closed is None
        else said(
            state.closed,
            how=state.closed.ended.how.name.lower(),
            ended_at=utc(state.closed.ended.at),
            by=None if state.closed.by is None else state.closed.by.hex(),
        ),
        "acknowledged": [said(each, newest=each.version == state.newest) for each in state.acknowledged],
        "passed": [
            said(each, to=each.unit, passed_at=utc(each.passed.at), newest=each.version == state.standing.id)
            for each in state.passed
        ],
        "refused": [said(each) for each in state.refused],
        "asked": [said(each) for each in state.asked],
        "confirmed": [said(each, newest=each.version == state.standing.id) for each in state.confirmed],
        "tries": [_tried(said(each), each) for each in state.tries],
        "ignored": [{"id": each.entry.hex(), "why": each.why} for each in folded.ignored],
    }


def summary_value(names: Names, line: LineId, folded: Folded[State]) -> dict[str, Any]:
    """A notice in few words."""
    state, head = folded.state, folded.state.head
    return {
        "id": folded.head.hex(),
        "line": names.line_name(line),
        "author": names.post(state.author),
        "own": names.is_own(state.author),
        "class": TrafficClass(state.traffic).name.lower(),
        "precedence": state.precedence.name.lower(),
        "at": utc(state.opening.header.time),
        "form": head.form.name,
        "form_version": head.form.version,
        "number": head.number,
        "year": head.year,
        "source_id": head.source_id,
        "obliged": head.duties.obliged,
        "windows": [window_value(each) for each in head.windows],
        "alternate_windows": [window_value(each) for each in head.alternates],
        "areas": None if state.standing.places is None else len(state.standing.places.areas),
        "state": standing_word(state),
        "owes": [
            {"member": names.post(post), "for": owed} for post in state.to for owed in [_owes(state, post)] if owed
        ],
    }


def standing_word(state: State) -> str:
    """How it stands: given, amended, refused, or how it ended."""
    if state.closed is not None:
        return state.closed.ended.how.name.lower()
    if state.refused:
        return "refused"
    return "amended" if len(state.versions) > 1 else "given"


def _owes(state: State, post: PostId) -> list[str]:
    duties = state.head.duties
    owed = []
    ended = state.closed is not None and state.closed.ended.how != How.CANCELLED
    if duties.acknowledge and not ended and state.acknowledges(post) is None:
        owed.append("acknowledged")
    if duties.pass_on and state.closed is None and state.passes(post) is None:
        owed.append("passed on")
    return owed


def _provided(names: Names, state: State, post: PostId, at: Instant) -> dict[str, Any]:
    first = state.versions[0]
    late = late_by(first, at)
    ahead = early(first, at)
    return {
        "member": names.post(post),
        "at": utc(at),
        "minutes_ahead": None if ahead is None else ahead // 60_000,
        "late_minutes": late,
        "obliged": first.head.duties.obliged,
    }


def _field(form: Form | None, code: str, text: str, language: str) -> dict[str, Any]:
    """A field as it was filled in, and what the signed form calls it: in `label_language`, by its code where empty."""
    known = None if form is None else form.field(code)
    if known is None:
        return {"code": code, "label": code, "label_language": "", "type": FieldType.TEXT.value, "text": text}
    label, said_in = said(known.label, language), spoken(known.label, language)
    return {"code": code, "label": label, "label_language": said_in, "type": known.type.value, "text": text}


def _version(names: Names, kept: Kept, version: Version, form: Form | None, language: str) -> dict[str, Any]:
    particulars, source = version.particulars, version.source
    return {
        **entry_value(names, kept),
        "windows": [window_value(each) for each in version.head.windows],
        "alternate_windows": [window_value(each) for each in version.head.alternates],
        "issued": time_value(version.head.issued),
        "shown_until": time_value(version.head.shown_until),
        "cancels": list(version.head.cancels),
        "areas": None if version.places is None else [area_value(area_of(each)) for each in version.places.areas],
        "fields": None
        if particulars is None
        else [_field(form, each.code, each.text, language) for each in particulars.fields],
        "contacts": None
        if particulars is None
        else [{"name": each.name, "means": each.means} for each in particulars.contacts],
        "text": None if particulars is None else particulars.text,
        "source": None
        if source is None or not source.original
        else {
            "format": source.format,
            "text": source.original.decode("utf-8", "replace"),
            "flags": list(source.flags),
            "refused": list(source.refused),
        },
    }


def _tried(value: dict[str, Any], each: Try) -> dict[str, Any]:
    word = "reached" if each.tried.reached else "unverified, assume nothing"
    return {**value, "contact": each.tried.contact + 1, "tried_at": utc(each.tried.at), "standing": word}
