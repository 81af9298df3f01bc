"""Offices: rosters published from a file, succession, and what the record says of contacts between two offices."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

import msgspec

from openline.errors import Misuse, PeerError, UnknownName
from openline.exchanges import contact as contacts
from openline.exchanges import roster as rosters
from openline.exchanges.roster import State
from openline.feeds.record import Record
from openline.limits import HOME_FILE_MAX_BYTES, OPENINGS_MAX
from openline.post.call import office_requests as asks
from openline.post.call.checking import allowed_class
from openline.post.call.contacts import named, newest
from openline.post.loop import now
from openline.post.names import Names
from openline.post.speaker import Answerer, Speaker
from openline.proof.sentences import utc
from openline.terms import Instant, LineId, PostId, Precedence
from openline.wire.contact import Outcome
from openline.wire.kinds import Kind
from openline.wire.roster import (
    FALLBACKS,
    OFFICES,
    Fallback,
    Fallbacks,
    Holder,
    Office,
    Offices,
)

_OFFICE: Final = frozenset({"name", "holders", "deputies", "languages", "hours"})
_HOLDER: Final = frozenset({"name", "from", "until"})
_FALLBACK: Final = frozenset({"means", "address", "note"})


async def publish(service: Speaker, request: asks.RosterPublish) -> Any:
    """Publish this post's roster on a line."""
    line = service.names.line(request.line)
    offices, fallbacks = read_roster(request.text)
    return await _publish(service, line, offices, fallbacks, request.officer)


async def hold(service: Speaker, request: asks.OfficeHold) -> Any:
    """A new holder: the one before ends where the new one begins."""
    line = service.names.line(request.line)
    me = service.post.keyring.card.post
    mine = (await service.post.reading(_rosters, service.post.record, line)).get(me)
    office = None if mine is None else mine.office(request.office)
    if mine is None or office is None:
        raise UnknownName(f"This post has published no office {request.office!r} on that line: `office publish` first.")
    since = Instant(request.since or now())
    before = office.holders
    if before and not before[-1].ends:
        before = (*before[:-1], msgspec.structs.replace(before[-1], ends=since))
    changed = msgspec.structs.replace(office, holders=(*before, Holder(request.holder, since)))
    offices = Offices(tuple(changed if each is office else each for each in mine.offices.offices))
    return await _publish(service, line, offices, mine.fallbacks or Fallbacks(), request.officer)


async def _publish(service: Speaker, line: LineId, offices: Offices, fallbacks: Fallbacks, officer: str) -> Any:
    return await service.say(
        line,
        Kind.ROSTER,
        (OFFICES.item(offices), FALLBACKS.item(fallbacks)),
        officer=officer,
        precedence=Precedence.PRIORITY,
        traffic=allowed_class(service.names, line),
    )


def read_roster(text: str) -> tuple[Offices, Fallbacks]:
    """The roster in a TOML file. Raises Misuse that says what in the file is wrong."""
    if len(text.encode()) > HOME_FILE_MAX_BYTES:
        raise Misuse(f"A roster has at most {HOME_FILE_MAX_BYTES} bytes.")
    try:
        held = tomllib.loads(text)
        _only(held, frozenset({"office", "fallback"}), "The roster")
        offices = Offices(tuple(_office(each) for each in _tables(held, "office")))
        contacts = tuple(_fallback(each) for each in _tables(held, "fallback"))
        OFFICES.decode(OFFICES.item(offices))
        FALLBACKS.decode(FALLBACKS.item(Fallbacks(contacts)))
    except tomllib.TOMLDecodeError as error:
        raise Misuse(f"The roster is not TOML: {error}.") from None
    except PeerError as error:
        raise Misuse(f"The roster does not hold together: {error}") from None
    except (KeyError, TypeError) as error:
        raise Misuse(f"Something in the roster is missing or of the wrong sort: {error}.") from None
    return offices, Fallbacks(contacts)


def _only(held: Mapping[str, Any], known: frozenset[str], what: str) -> None:
    strange = sorted(held.keys() - known)
    if strange:
        raise Misuse(f"{what} holds {strange[0]!r}, which means nothing here; there are: {', '.join(sorted(known))}.")


def _tables(held: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    value = held.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise Misuse(f"{key!r} is no list of tables: write [[{key}]].")
    return value


def _office(held: dict[str, Any]) -> Office:
    _only(held, _OFFICE, "An office")
    return Office(
        name=held["name"],
        holders=tuple(_holder(each) for each in _tables(held, "holders")),
        deputies=tuple(held.get("deputies", ())),
        languages=tuple(held.get("languages", ())),
        hours=held.get("hours", ""),
    )


def _holder(held: dict[str, Any]) -> Holder:
    _only(held, _HOLDER, "A holder")
    return Holder(held["name"], _when(held.get("from")), _when(held.get("until")))


def _fallback(held: dict[str, Any]) -> Fallback:
    _only(held, _FALLBACK, "A fallback contact")
    return Fallback(held["means"], held["address"], held.get("note", ""))


def _when(value: Any) -> Instant:
    """A day, or a time with its zone."""
    if value is None:
        return Instant(0)
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise Misuse(f"{value} does not say that it is UTC: end it in Z.")
        return Instant(int(value.timestamp() * 1000))
    if isinstance(value, date):
        return Instant(int(datetime(value.year, value.month, value.day, tzinfo=UTC).timestamp() * 1000))
    raise Misuse(f"{value!r} is no day and no time: write 2023-10-01, without quotation marks.")


async def list_(service: Speaker, request: asks.OfficeList) -> Any:
    """The rosters in force."""
    line = service.names.line(request.line)
    found = await service.post.reading(_rosters, service.post.record, line)
    at = now()
    return {
        "line": request.line,
        "at": utc(at),
        "members": [_roster_value(service.names, post, found.get(post), at) for post in _members(service.names, line)],
    }


def _members(names: Names, line: LineId) -> tuple[PostId, ...]:
    held = names.machine_line(line)
    return () if held is None else held.terms.active()


def _rosters(record: Record, line: LineId) -> dict[PostId, State]:
    return rosters.newest(kept for _, kept in record.openings(line, [Kind.ROSTER], None, OPENINGS_MAX))


def _roster_value(names: Names, post: PostId, state: State | None, at: Instant) -> dict[str, Any]:
    card = names.card(post)
    value: dict[str, Any] = {
        "post": names.post(post),
        "fingerprint": None if card is None else card.fingerprint,
        "published": None if state is None else utc(state.entry.header.time),
        "proof": None if state is None else state.entry.id.hex(),
        "offices": [],
        "fallbacks": None,
    }
    if state is None:
        return value
    value["offices"] = [_office_value(each, at) for each in state.offices.offices]
    if state.fallbacks is not None:
        value["fallbacks"] = [msgspec.structs.asdict(each) for each in state.fallbacks.contacts]
    return value


def _office_value(office: Office, at: Instant) -> dict[str, Any]:
    holder = office.holder_at(at)
    return {
        "office": office.name,
        "holder": None if holder is None else holder.name,
        "since": None if holder is None or not holder.begins else utc(holder.begins),
        "holders": [
            {"name": each.name, "from": _time(each.begins), "until": _time(each.ends)} for each in office.holders
        ],
        "deputies": list(office.deputies),
        "languages": list(office.languages),
        "hours": office.hours,
    }


def _time(at: Instant) -> str | None:
    return utc(at) if at else None


async def history(service: Speaker, request: asks.OfficeHistory) -> Any:
    """Every contact between two offices, the last one, and what the holders of now have had of each other."""
    names, line = service.names, service.names.line(request.line)
    ends = tuple((names.member(post), office) for post, office in (request.one, request.other))
    found = await service.post.reading(_rosters, service.post.record, line)
    held = await service.post.reading(newest, service.post.record, line, OPENINGS_MAX)
    rows = sorted(
        (row for _, folded in held for row in _rows(names, folded.state, ends, found)), key=lambda row: row[0]
    )
    calls = [(began, row) for began, row in rows if row["outcome"] == "held"]
    holders = [_holder_now(found.get(post), office) for post, office in ends]
    same = [row for _, row in calls if all(holders) and row["holders"] == [each.name for each in holders if each]]
    return {
        "line": request.line,
        "sides": [
            _side(names, end, holder, [row for began, row in calls if holder and began >= holder.begins])
            for end, holder in zip(ends, holders, strict=True)
        ],
        "contacts": [row for _, row in rows],
        "last": calls[-1][1] if calls else None,
        "last_by_these_holders": same[-1] if same else None,
    }


def _holder_now(state: State | None, name: str) -> Holder | None:
    office = None if state is None else state.office(name)
    return None if office is None else office.holder_at(now())


def _rows(
    names: Names, state: contacts.State, ends: tuple[tuple[PostId, str], ...], found: Mapping[PostId, State]
) -> list[tuple[Instant, dict[str, Any]]]:
    rows: list[tuple[Instant, dict[str, Any]]] = []
    for party in state.parties:
        pair = [(state.closer, state.request.office), (party.post, party.office)]
        keys = [(post, office.casefold()) for post, office in pair]
        if sorted(keys) != sorted((post, office.casefold()) for post, office in ends):
            continue
        ended = party.ended
        held = ended is not None and ended.closing.outcome == Outcome.HELD
        at = ended.closing.began if ended is not None and held else state.requests[0].entry.header.time
        holders = [found[post].holder(office, at) if post in found else "" for post, office in ends]
        row = {
            "contact": state.id.hex(),
            "at": utc(at),
            "asked_by": names.post(state.closer),
            "outcome": "open" if ended is None else named(ended.closing.outcome.name),
            "holders": holders,
            "proof": None if ended is None else ended.kept.entry.id.hex(),
        }
        rows.append((at, row))
    return rows


def _side(names: Names, end: tuple[PostId, str], holder: Holder | None, since: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "post": names.post(end[0]),
        "office": end[1],
        "holder": "" if holder is None else holder.name,
        "since": None if holder is None else _time(holder.begins),
        "first_contact_since": since[0] if since and holder is not None and holder.begins else None,
    }


ANSWERS: Final[Mapping[type, Answerer]] = {
    asks.RosterPublish: publish,
    asks.OfficeHold: hold,
    asks.OfficeList: list_,
    asks.OfficeHistory: history,
}
