"""Commands that write about notices: give, change and end our own, answer those of others."""

from __future__ import annotations

from typing import Annotated, Any

from cyclopts import Parameter

from openline.cli import grounds, notice_words, times
from openline.cli.common import DEFAULTS, Common, Dialogue
from openline.cli.grounds import Alternates, AreaFile, Areas, Windows
from openline.cli.messages import ClassName, LineName, OfficerName, PrecedenceName
from openline.cli.notices import notice
from openline.post.notice import requests as asks
from openline.post.requests import AnyRequest

NoticeName = Annotated[str, Parameter(name="ID", help="The notice: the digits that 'notice list' shows.")]
FormName = Annotated[str, Parameter(name="FORM", help="NAME, or NAME@VERSION; `openline notice forms` lists them.")]
Fields = Annotated[tuple[str, ...], Parameter(name="--field", help="CODE=TEXT of the form; repeat for several.")]
Contacts = Annotated[tuple[str, ...], Parameter(name="--contact", help="NAME:MEANS in the field; repeat for several.")]
TextOption = Annotated[str, Parameter(help="In words.")]


def _say(common: Common, request: AnyRequest, notice_id: str = "") -> int:
    """Write an entry of a notice, and show the notice as it stands then."""

    def dialogue() -> Dialogue[Any]:
        kept = yield request
        shown = yield asks.NoticeShow(notice=notice_id or kept["id"])
        return {**kept, "notice": shown}

    return common.say(common.converse(dialogue()), lambda value: notice_words.print_notice(value["notice"]))


@notice.command
def send(
    line: LineName,
    form: FormName,
    /,
    *,
    area: Areas = (),
    area_file: AreaFile = None,
    window: Windows = (),
    alternate: Alternates = (),
    field: Fields = (),
    contact: Contacts = (),
    text: TextOption = "",
    precedence: PrecedenceName = PrecedenceName.PRIORITY,
    traffic: Annotated[ClassName, Parameter(name="--class")] = ClassName.OPERATION,
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Give notice by a form that is agreed on the line.

    Example: openline notice send strait accident --field what="a missile left our territory" --precedence flash
    """
    request = asks.NoticeSend(
        line=line,
        form=form,
        areas=grounds.areas(area, area_file),
        windows=grounds.windows(window),
        alternates=grounds.windows(alternate),
        fields=grounds.fields(field),
        contacts=grounds.contacts(contact),
        text=text,
        precedence=precedence.value,
        traffic=traffic.value,
        officer=officer,
    )
    return _say(common, request)


@notice.command
def amend(
    name: NoticeName,
    /,
    *,
    area: Areas = (),
    area_file: AreaFile = None,
    window: Windows = (),
    alternate: Alternates = (),
    field: Fields = (),
    contact: Contacts = (),
    text: Annotated[str | None, Parameter(help="In words.")] = None,
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Change a notice of ours: what is given replaces what it said, the rest stays. It must be acknowledged again.

    Example: openline notice amend 4f0c56b1 --field armed-escort=yes
    """
    where = bool(area) or area_file is not None
    request = asks.NoticeAmend(
        notice=name,
        areas=grounds.areas(area, area_file) if where else None,
        windows=grounds.windows(window) if window else None,
        alternates=grounds.windows(alternate) if alternate else None,
        fields=grounds.fields(field),
        contacts=grounds.contacts(contact) if contact else None,
        text=text,
        officer=officer,
    )
    return _say(common, request, name)


@notice.command
def postpone(
    name: NoticeName,
    /,
    *,
    window: Windows,
    alternate: Alternates = (),
    text: TextOption = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Give a notice of ours new windows.

    Example: openline notice postpone 4f0c56b1 --window 2024-12-02T06:00Z/2024-12-04T18:00Z
    """
    request = asks.NoticePostpone(
        notice=name,
        windows=grounds.windows(window),
        alternates=grounds.windows(alternate),
        text=text,
        officer=officer,
    )
    return _say(common, request, name)


@notice.command
def cancel(name: NoticeName, /, *, text: TextOption = "", officer: OfficerName = "", common: Common = DEFAULTS) -> int:
    """Cancel a notice of ours.

    Example: openline notice cancel 4f0c56b1 --text "weather"
    """
    return _say(common, asks.NoticeEnd(notice=name, how="cancelled", text=text, officer=officer), name)


@notice.command
def complete(
    name: NoticeName, /, *, text: TextOption = "", officer: OfficerName = "", common: Common = DEFAULTS
) -> int:
    """Say that what a notice of ours told is over.

    Example: openline notice complete 4f0c56b1
    """
    return _say(common, asks.NoticeEnd(notice=name, how="completed", text=text, officer=officer), name)


@notice.command
def lapse(name: NoticeName, /, *, text: TextOption = "", officer: OfficerName = "", common: Common = DEFAULTS) -> int:
    """Say that a notice of ours has lapsed: its time is over and nothing happened.

    Example: openline notice lapse 4f0c56b1
    """
    return _say(common, asks.NoticeEnd(notice=name, how="lapsed", text=text, officer=officer), name)


@notice.command
def supersede(
    name: NoticeName,
    by: Annotated[str, Parameter(name="BY", help="The notice that takes its place.")],
    /,
    *,
    text: TextOption = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """End a notice of ours because another takes its place.

    Example: openline notice supersede 4f0c56b1 9ad2e017
    """
    return _say(common, asks.NoticeEnd(notice=name, how="superseded", by=by, text=text, officer=officer), name)


@notice.command
def ack(name: NoticeName, /, *, text: TextOption = "", officer: OfficerName = "", common: Common = DEFAULTS) -> int:
    """Acknowledge a notice as it stands now.

    Example: openline notice ack 4f0c56b1
    """
    return _say(common, asks.NoticeSay(notice=name, what="acknowledged", text=text, officer=officer), name)


@notice.command(name="pass")
def pass_(
    name: NoticeName,
    /,
    *,
    to: Annotated[str, Parameter(help="The unit; it can be withheld from what is disclosed, the fact cannot.")],
    at: Annotated[str, Parameter(help="When; without it, now.")] = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Sign that a notice was passed on to a unit.

    Example: openline notice pass 4f0c56b1 --to "radars of the northern sector"
    """
    request = asks.NoticePass(notice=name, to=to, at=times.instant(at) if at else 0, officer=officer)
    return _say(common, request, name)


@notice.command(name="ask")
def ask_(name: NoticeName, /, *, text: TextOption = "", officer: OfficerName = "", common: Common = DEFAULTS) -> int:
    """Ask whether those on shift hold a notice of ours, shortly before its window opens.

    Example: openline notice ask 4f0c56b1
    """
    return _say(common, asks.NoticeSay(notice=name, what="asked", text=text, officer=officer), name)


@notice.command(name="confirm")
def confirm(name: NoticeName, /, *, text: TextOption = "", officer: OfficerName = "", common: Common = DEFAULTS) -> int:
    """Sign that those on shift during the window hold a notice.

    Example: openline notice confirm 4f0c56b1
    """
    return _say(common, asks.NoticeSay(notice=name, what="confirmed", text=text, officer=officer), name)


@notice.command(name="try")
def try_(
    name: NoticeName,
    /,
    *,
    contact: Annotated[int, Parameter(help="Which contact in the field; the first is 1.")] = 1,
    reached: Annotated[bool, Parameter(help="Somebody answered.")] = False,
    at: Annotated[str, Parameter(help="When; without it, now.")] = "",
    text: TextOption = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Sign that a contact in the field was tried; the other side reads "unverified, assume nothing".

    Example: openline notice try 4f0c56b1 --text "rang out twice"
    """
    when = times.instant(at) if at else 0
    request = asks.NoticeTry(notice=name, contact=contact, reached=reached, at=when, text=text, officer=officer)
    return _say(common, request, name)
