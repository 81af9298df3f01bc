"""Commands for incidents: say that something happened, what this post holds to be so, and what it says of others."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from cyclopts import App, Parameter

from openline.cli import grounds, times
from openline.cli.common import DEFAULTS, Common, app, out
from openline.cli.grounds import AreaFile, Areas
from openline.cli.incident_pictures import print_incidents, print_picture
from openline.cli.messages import ClassName, LineName, OfficerName, PrecedenceName
from openline.post.incident import requests as asks
from openline.post.requests import AnyRequest


class ConfidenceName(StrEnum):
    """How sure an assessment is, as people type it."""

    NOT_STATED = "not-stated"
    POSSIBLE = "possible"
    LIKELY = "likely"
    ALMOST_CERTAIN = "almost-certain"


class StanceName(StrEnum):
    """A stance on another's assessment, as people type it."""

    CONCURS = "concurs"
    NO_CONTRADICTION = "no-contradiction"
    DISPUTES = "disputes"
    NO_POSITION = "no-position"


IncidentName = Annotated[str, Parameter(name="ID", help="The incident: the digits that 'incident list' shows.")]
AssessmentName = Annotated[
    str, Parameter(name="ASSESSMENT", help="The version that stands: the digits that 'incident show' prints.")
]
PartName = Annotated[str, Parameter(name="ENTRY", help="The entry: the digits that 'incident show' prints.")]
Finding = Annotated[str, Parameter(name="TEXT", help="What happened, as this post holds it.")]
OriginOption = Annotated[str, Parameter(help="From where it came; without it, the origin is not known to this post.")]
ConfidenceOption = Annotated[ConfidenceName, Parameter(help="How sure this post is of it.")]
ConfirmedOption = Annotated[bool, Parameter(help="It is confirmed; without this, it is preliminary.")]
SourceOption = Annotated[tuple[str, ...], Parameter(help="Who says or shows it; repeat for several.")]
Why = Annotated[str, Parameter(help="In words.")]

incident = App(name="incident", help="Something happened: what each party holds to be so, and who agrees.")
app.command(incident)


def _kept(common: Common, request: AnyRequest) -> int:
    value = common.ask(request)
    return common.say(value, lambda kept: out.print(f"Kept as {kept['id']}", markup=False))


def _sources(texts: tuple[str, ...]) -> tuple[asks.SourceWords, ...]:
    return tuple((text, "", 0) for text in texts)


# Say


@incident.command(name="open")
def open_(
    line: LineName,
    title: Annotated[str, Parameter(name="TITLE", help="A neutral title: what was seen, and no cause.")],
    /,
    *,
    place: Annotated[str, Parameter(help="Where, in words.")],
    at: Annotated[str, Parameter(help="When: 20m ago is 20m, or a UTC time; without it, now.")] = "",
    until: Annotated[str, Parameter(help="When it ended, UTC.")] = "",
    area: Areas = (),
    area_file: AreaFile = None,
    source: SourceOption = (),
    precedence: PrecedenceName = PrecedenceName.IMMEDIATE,
    traffic: Annotated[ClassName, Parameter(name="--class")] = ClassName.OPERATION,
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Say that something happened. The form has no field for a cause: that is said in assessments.

    Example: openline incident open allies "Explosion near Przewodow" --place "Przewodow, Poland" --at 2022-11-15T14:40Z
    """
    request = asks.IncidentOpen(
        line=line,
        title=title,
        place=place,
        at=times.instant_or_ago(at) if at else 0,
        until=times.instant(until) if until else 0,
        areas=grounds.areas(area, area_file),
        sources=_sources(source),
        precedence=precedence.value,
        traffic=traffic.value,
        officer=officer,
    )
    return _kept(common, request)


@incident.command
def assess(
    name: IncidentName,
    text: Finding,
    /,
    *,
    origin: OriginOption = "",
    confidence: ConfidenceOption = ConfidenceName.NOT_STATED,
    confirmed: ConfirmedOption = False,
    source: SourceOption = (),
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Say what this post holds to have happened. It is preliminary unless it is said to be confirmed.

    Example: openline incident assess 4f0c56b1 "Two dead." --origin "A stray air-defence missile" --confidence likely
    """
    request = asks.IncidentAssess(
        incident=name,
        what=text,
        origin=origin,
        confidence=confidence.value,
        confirmed=confirmed,
        sources=_sources(source),
        officer=officer,
    )
    return _kept(common, request)


@incident.command
def revise(
    assessment: AssessmentName,
    text: Finding,
    /,
    *,
    origin: OriginOption = "",
    confidence: ConfidenceOption = ConfidenceName.NOT_STATED,
    confirmed: ConfirmedOption = False,
    source: SourceOption = (),
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Put a new version in the place of an assessment of ours. Stances on the earlier one are shown as such.

    Example: openline incident revise 7a31c0de "Two dead." --origin "A stray air-defence missile" --confirmed
    """
    request = asks.IncidentAssess(
        incident="",
        version=assessment,
        what=text,
        origin=origin,
        confidence=confidence.value,
        confirmed=confirmed,
        sources=_sources(source),
        officer=officer,
    )
    return _kept(common, request)


@incident.command
def source(
    name: IncidentName,
    text: Annotated[str, Parameter(name="TEXT", help="Who says or shows it.")],
    /,
    *,
    where: Annotated[str, Parameter(help="Where it is found.")] = "",
    at: Annotated[str, Parameter(help="When it was said, UTC.")] = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Name a source on an incident.

    Example: openline incident source 4f0c56b1 "The mayor, on the radio" --at 2022-11-15T16:05Z
    """
    said = (text, where, times.instant(at) if at else 0)
    return _kept(common, asks.IncidentSource(incident=name, sources=(said,), officer=officer))


# On what others say, and on what was asked


@incident.command
def stance(
    assessment: AssessmentName,
    said: Annotated[StanceName, Parameter(name="STANCE", help="What this post says of it.")],
    /,
    *,
    text: Why = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Take a stance on the version of another's assessment that you have read.

    Example: openline incident stance 7a31c0de no-contradiction --text "Still gathering information."
    """
    return _kept(common, asks.IncidentStance(version=assessment, stance=said.value, text=text, officer=officer))


@incident.command
def withdraw(entry: PartName, /, *, text: Why = "", officer: OfficerName = "", common: Common = DEFAULTS) -> int:
    """Withdraw what this post said: an assessment, a request, an investigation, a correction, a tie.

    Example: openline incident withdraw 7a31c0de --text "The radar had an error."
    """
    return _kept(common, asks.IncidentWord(entry=entry, word="withdrawn", text=text, officer=officer))


@incident.command
def accept(entry: PartName, /, *, text: Why = "", officer: OfficerName = "", common: Common = DEFAULTS) -> int:
    """Accept what this post was asked: to investigate together, not to comment; or accept a correction.

    Example: openline incident accept 9e22ab01
    """
    return _kept(common, asks.IncidentWord(entry=entry, word="accepted", text=text, officer=officer))


@incident.command
def decline(entry: PartName, /, *, text: Why = "", officer: OfficerName = "", common: Common = DEFAULTS) -> int:
    """Decline it, best with the reason.

    Example: openline incident decline 9e22ab01 --text "Our parliament meets tonight."
    """
    return _kept(common, asks.IncidentWord(entry=entry, word="declined", text=text, officer=officer))


# Ask


@incident.command
def investigate(
    name: IncidentName,
    /,
    *,
    partner: Annotated[tuple[str, ...], Parameter(name="--with", help="Who is asked to join; repeat.")] = (),
    text: Why = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Say that this post investigates, and ask others to do so with it.

    Example: openline incident investigate 4f0c56b1 --with "United States" --text "At the crater, from 20:00Z."
    """
    return _kept(common, asks.IncidentInvestigate(incident=name, partners=partner, text=text, officer=officer))


@incident.command
def finish(entry: PartName, /, *, text: Why = "", officer: OfficerName = "", common: Common = DEFAULTS) -> int:
    """Say that an investigation in which this post takes part is finished.

    Example: openline incident finish 9e22ab01
    """
    return _kept(common, asks.IncidentWord(entry=entry, word="finished", text=text, officer=officer))


@incident.command
def quiet(
    name: IncidentName,
    /,
    *,
    until: Annotated[str, Parameter(help="Until when: 3h, or a UTC time.")],
    to: Annotated[tuple[str, ...], Parameter(help="Who is asked; repeat. Without it, all members of the line.")] = (),
    text: Why = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Ask others not to comment in public before a time. Each accepts or declines.

    Example: openline incident quiet 4f0c56b1 --until 12h --text "Until the crater was seen."
    """
    request = asks.IncidentQuiet(incident=name, until=times.instant_or_span(until), to=to, text=text, officer=officer)
    return _kept(common, request)


@incident.command
def correct(
    name: IncidentName,
    /,
    *,
    title: Annotated[str, Parameter(help="How the title should read.")] = "",
    place: Annotated[str, Parameter(help="How the place should read.")] = "",
    at: Annotated[str, Parameter(help="When it happened, UTC.")] = "",
    until: Annotated[str, Parameter(help="When it ended, UTC.")] = "",
    area: Areas = (),
    area_file: AreaFile = None,
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Propose another title, place or time. It takes effect when all parties accept it.

    Example: openline incident correct 4f0c56b1 --title "Explosion at a grain dryer near Przewodow"
    """
    request = asks.IncidentCorrect(
        incident=name,
        title=title,
        place=place,
        at=times.instant(at) if at else None,
        until=times.instant(until) if until else None,
        areas=grounds.areas(area, area_file),
        officer=officer,
    )
    return _kept(common, request)


# Order


@incident.command
def same(
    name: IncidentName,
    other: Annotated[str, Parameter(name="OTHER", help="The other incident.")],
    /,
    *,
    text: Why = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Say that two incidents are the same one: 'show' then prints both.

    Example: openline incident same 4f0c56b1 5d0f11aa
    """
    return _kept(common, asks.IncidentSame(incident=name, other=other, text=text, officer=officer))


@incident.command
def close(name: IncidentName, /, *, text: Why = "", officer: OfficerName = "", common: Common = DEFAULTS) -> int:
    """Close an incident that this post opened. Nothing is barred by it.

    Example: openline incident close 4f0c56b1
    """
    return _kept(common, asks.IncidentWord(entry=name, word="closed", text=text, officer=officer))


@incident.command
def reopen(name: IncidentName, /, *, text: Why = "", officer: OfficerName = "", common: Common = DEFAULTS) -> int:
    """Open a closed incident again.

    Example: openline incident reopen 4f0c56b1 --text "The second crater."
    """
    return _kept(common, asks.IncidentWord(entry=name, word="reopened", text=text, officer=officer))


# Look


@incident.command(name="list")
def list_(
    *,
    line: Annotated[str, Parameter(help="One line only.")] = "",
    open_only: Annotated[bool, Parameter(name="--open", help="Open ones only.")] = False,
    common: Common = DEFAULTS,
) -> int:
    """Show incidents, the newest first, and what waits for this post.

    Example: openline incident list --open
    """
    return common.say(common.ask(asks.IncidentList(line=line, open=open_only)), print_incidents)


@incident.command
def show(
    name: IncidentName,
    /,
    *,
    at: Annotated[
        str, Parameter(help="The picture then: a UTC time, 2h for two hours ago, or an entry's digits.")
    ] = "",
    party: Annotated[str, Parameter(name="--as", help="What this member is proved to have had; 'me' for us.")] = "",
    proofs: Annotated[bool, Parameter(help="Print who had each entry, and by which entry that is proved.")] = False,
    common: Common = DEFAULTS,
) -> int:
    """Show the picture: parties and assessments side by side, what is asked, and the timeline.

    With --at an entry instead of a time, no clock takes part: it is what the author of that entry had then.

    Example: openline incident show 4f0c56b1 --at 2022-11-15T22:00Z --as Russia
    """
    return common.say(common.ask(_question(name, at, party)), lambda value: print_picture(value, proofs))


def _question(name: str, at: str, party: str) -> AnyRequest:
    is_entry = len(at) >= 8 and all(each in "0123456789abcdefABCDEF" for each in at)
    if is_entry:
        return asks.IncidentShow(incident=name, before=at, party=party)
    return asks.IncidentShow(incident=name, at=times.instant_or_ago(at) if at else None, party=party)
