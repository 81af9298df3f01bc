"""Link checks and announced silence, as people ask for them and as JSON holds them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any, Final

from openline.engine import checks, timetable
from openline.engine.conversing import gather
from openline.engine.machines import OF_KIND
from openline.errors import Misuse, NotAllowed, UnknownName
from openline.exchanges import linkcheck, outage
from openline.feeds.folding import Folded
from openline.feeds.record import Kept, Record
from openline.limits import INBOX_MAX_ENTRIES
from openline.post.call import check_requests as asks
from openline.post.call.calls import option
from openline.post.loop import now
from openline.post.names import Names
from openline.post.queries import entry_value
from openline.post.saying import say_in
from openline.post.speaker import Answerer, Speaker
from openline.proof.sentences import utc
from openline.terms import Instant, LineId, Precedence, TrafficClass
from openline.wire.kinds import Kind
from openline.wire.linkcheck import CHECK, OUTAGE, Check, Outage, Silence

PLAIN_TEXT: Final = "This is a check of the line."
"""The text of a check where the members have agreed on none."""


def allowed_class(names: Names, line: LineId) -> TrafficClass:
    """The class in which a post speaks of itself on a line. Raises NotAllowed where the line does not run here."""
    held = names.machine_line(line)
    if held is None:
        raise NotAllowed("Accept the line first.")
    return checks.traffic(held)


async def send(service: Speaker, request: asks.CheckSend) -> Any:
    """Check the line now."""
    identifier = service.names.line(request.line)
    line = service.names.machine_line(identifier)
    if line is None or not line.others():
        raise NotAllowed("Accept the line first.")
    at = now()
    check = Check(
        slot=at,
        answer_by=Instant(at + line.rules.grace_ms),
        asked=line.others(),
        text=secrets.choice(line.rules.texts or (PLAIN_TEXT,)),
        human=request.human,
    )
    return await service.say(
        identifier,
        Kind.CHECK,
        (CHECK.item(check),),
        officer=request.officer,
        precedence=Precedence.PRIORITY,
        traffic=checks.traffic(line),
    )


async def answer(service: Speaker, request: asks.CheckAnswer) -> Any:
    """An officer answers a check."""
    folded = await _folded(service, request.check, Kind.CHECK)
    return await say_in(service, folded, Kind.CHECK_ANSWER, (), request.officer)


async def announce(service: Speaker, request: asks.OutageAnnounce) -> Any:
    """Announce silence."""
    if request.ends <= request.begins:
        raise Misuse("The silence ends before it begins.")
    identifier = service.names.line(request.line)
    line = service.names.machine_line(identifier)
    if line is None:
        raise NotAllowed("Accept the line first.")
    why = option(Silence, request.why)
    body = Outage(begins=Instant(request.begins), ends=Instant(request.ends), why=why, text=request.text)
    return await service.say(
        identifier,
        Kind.OUTAGE,
        (OUTAGE.item(body),),
        officer=request.officer,
        precedence=Precedence.PRIORITY,
        traffic=checks.traffic(line),
    )


async def over(service: Speaker, request: asks.OutageOver) -> Any:
    """Call the rest of an announced silence off."""
    folded = await _folded(service, request.outage, Kind.OUTAGE)
    return await say_in(service, folded, Kind.OUTAGE_OVER, (), request.officer)


async def _folded(service: Speaker, text: str, kind: Kind) -> Folded[Any]:
    kept = service.names.entry(text)
    header = kept.entry.header
    opening = header.exchange or kept.entry.id
    entries = await service.post.reading(gather, service.post.record, header.line, opening)
    folded = OF_KIND[kind].fold(entries)
    if folded is None or folded.entries[0].entry.header.kind != kind:
        raise UnknownName(f"{text} is no {kind.name.lower()}; look into `openline line checks`.")
    return folded


async def list_(service: Speaker, request: asks.CheckList) -> Any:
    """The newest checks, the announced silence, and when the next checks are due."""
    if not 1 <= request.most <= INBOX_MAX_ENTRIES:
        raise Misuse(f"Ask for 1 to {INBOX_MAX_ENTRIES} checks at a time.")
    identifier = service.names.line(request.line)
    names, record = service.names, service.post.record
    value = await service.post.reading(_listed, names, record, identifier, request.most)
    return {**value, "next": _next(names, identifier)}


def _listed(names: Names, record: Record, line: LineId, most: int) -> dict[str, Any]:
    held, missed, silences = [], [], []
    for _, kept in record.openings(line, [Kind.CHECK, Kind.CHECK_MISSED, Kind.OUTAGE], None, most):
        entries = gather(record, line, kept.entry.id)
        if kept.entry.header.kind == Kind.OUTAGE:
            announced = outage.fold(entries)
            silences += [] if announced is None else [_silence_value(names, kept, announced.state)]
            continue
        folded = linkcheck.fold(entries)
        if folded is not None and folded.state.check is not None:
            held.append(_check_value(names, kept, folded.state, folded.state.check))
        elif folded is not None:
            missed.append(_missed_value(names, kept, folded.state))
    return {"checks": held, "missed": missed, "silences": silences}


def _check_value(names: Names, kept: Kept, state: linkcheck.State, check: Check) -> dict[str, Any]:
    answers = [
        {
            "by": names.post(each.by),
            "officer": names.signer(each.by, each.officer) if each.officer else None,
            "at": utc(each.at),
            "seconds": (each.at - kept.entry.header.time) / 1000,
            "proof": each.proof.hex(),
        }
        for each in state.answers
    ]
    return {
        **entry_value(names, kept),
        "slot": utc(check.slot),
        "answer_by": utc(check.answer_by),
        "human": check.human,
        "text": check.text,
        "answers": answers,
        "silent": [names.post(post) for post in state.silent],
    }


def _missed_value(names: Names, kept: Kept, state: linkcheck.State) -> dict[str, Any]:
    missed = state.missed
    assert missed is not None
    return {
        **entry_value(names, kept),
        "member": names.post(missed.member),
        "slot": utc(missed.slot),
        "last_number": missed.number,
        "last": missed.last.hex() if missed.number else None,
    }


def _silence_value(names: Names, kept: Kept, state: outage.State) -> dict[str, Any]:
    return {
        **entry_value(names, kept),
        "begins": utc(state.outage.begins),
        "ends": utc(state.outage.ends),
        "why": state.outage.why.name.lower().replace("_", "-"),
        "text": state.outage.text,
        "over_at": None if state.over_at is None else utc(state.over_at),
    }


def _next(names: Names, line: LineId) -> list[dict[str, Any]]:
    held = names.machine_line(line)
    found = []
    for slots in () if held is None else held.rules.slots:
        for human in (False, True):
            at = timetable.upcoming(slots, now(), human=human)
            if at is not None:
                found.append({"member": names.post(slots.member), "human": human, "at": utc(at)})
    return sorted(found, key=lambda each: str(each["at"]))


ANSWERS: Final[Mapping[type, Answerer]] = {
    asks.CheckSend: send,
    asks.CheckAnswer: answer,
    asks.CheckList: list_,
    asks.OutageAnnounce: announce,
    asks.OutageOver: over,
}
