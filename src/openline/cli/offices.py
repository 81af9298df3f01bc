"""Commands for offices: who holds them, who stands in, how to reach the other side when the line is dead."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter

from openline.cli import sheet, times
from openline.cli.calls import peer_and_office
from openline.cli.common import DEFAULTS, Common, app, out, read_text
from openline.cli.messages import LineName, OfficerName, write
from openline.cli.printing import SHORT_ID, say
from openline.cli.screen import on_one_line
from openline.errors import CannotWrite
from openline.post.call import office_requests as asks

OfficeName = Annotated[str, Parameter(name="OFFICE", help="The office, by its name in the roster.")]
PeerOffice = Annotated[str, Parameter(help='PEER:OFFICE, as "Moscow:Chief of the General Staff".')]

office = App(name="office", help="Offices, their holders, deputies and fallback contacts.")
app.command(office)


@office.command
def publish(
    line: LineName,
    /,
    *,
    roster: Annotated[Path, Parameter(name="--roster", help="A TOML file with the offices and fallback contacts.")],
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Publish this post's roster on a line, in place of the one before.

    Example: openline office publish strait --roster roster.toml
    """
    return write(common, asks.RosterPublish(line=line, text=read_text(roster), officer=officer))


@office.command
def hold(
    line: LineName,
    office: OfficeName,
    holder: Annotated[str, Parameter(name="HOLDER", help="Who holds it now.")],
    /,
    *,
    since: Annotated[str, Parameter(help="UTC time; without it, now.")] = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """A new holder of an office of this post; the office keeps its history.

    Example: openline office hold strait "Chairman" "Gen. Berg" --since 2023-10-01T00:00Z
    """
    at = times.instant(since) if since else 0
    request = asks.OfficeHold(line=line, office=office, holder=holder, since=at, officer=officer)
    return write(common, request)


@office.command(name="list")
def list_(line: LineName, /, *, common: Common = DEFAULTS) -> int:
    """Show the offices of every member of a line: holder, deputies, languages, hours, fallback contacts.

    Example: openline office list strait
    """
    return common.say(common.ask(asks.OfficeList(line=line)), print_rosters)


def print_rosters(value: Any) -> None:
    """Member by member."""
    for member in value["members"]:
        when = f"published {member['published']}" if member["published"] else "has published no roster"
        say("", f"{member['post']}: {when}", "bold")
        for each in member["offices"]:
            since = f" since {each['since']}" if each["since"] else ""
            holder = f"{each['holder']}{since}" if each["holder"] else "nobody named"
            more = {
                "deputies": ", ".join(each["deputies"]),
                "languages": ", ".join(each["languages"]),
                "hours": each["hours"],
            }
            say("    ", on_one_line(f"{each['office']}: {holder}"))
            for name, words in more.items():
                if words:
                    say("        ", f"{name}: {on_one_line(words)}")
        for contact in member["fallbacks"] or ():
            note = f" ({contact['note']})" if contact["note"] else ""
            say("    ", on_one_line(f"{contact['means']}: {contact['address']}{note}"))
        if member["published"] and member["fallbacks"] is None:
            say("    ", "fallback contacts are withheld")


@office.command
def history(line: LineName, one: PeerOffice, other: PeerOffice, /, *, common: Common = DEFAULTS) -> int:
    """Show every contact between two offices, and which was the last, and the first since each holder took office.

    Example: openline office history hotline "Washington:Chairman" "Moscow:Chief of the General Staff"
    """
    request = asks.OfficeHistory(line=line, one=peer_and_office(one), other=peer_and_office(other))
    return common.say(common.ask(request), print_history)


def print_history(value: Any) -> None:
    """Oldest first, then what the record says of the last ones."""
    for each in value["contacts"]:
        who = " and ".join(holder or "holder not known" for holder in each["holders"])
        say("", f"{each['at']}  {each['contact'][:SHORT_ID]}  {each['outcome']}, asked by {each['asked_by']}: {who}")
    if not value["contacts"]:
        out.print("The record holds no contact between these offices.")
    _print_one("last contact of these offices", value["last"])
    _print_one("last contact of these holders", value["last_by_these_holders"])
    for side in value["sides"]:
        if side["holder"]:
            since = f" ({side['since']})" if side["since"] else ""
            _print_one(f"first since {side['holder']} took office{since}", side["first_contact_since"])


def _print_one(what: str, contact: Any) -> None:
    said = "none in the record" if contact is None else f"{contact['at']}  {contact['contact'][:SHORT_ID]}"
    say("", on_one_line(f"{what}: {said}"), "bold")


@office.command(name="sheet")
def sheet_(
    line: LineName,
    /,
    *,
    file: Annotated[Path, Parameter(name="--out", help="Where to write the page.")],
    common: Common = DEFAULTS,
) -> int:
    """Write one page to print for the wall: fallback contacts, offices and digits, with its date.

    Example: openline office sheet strait --out wall.html
    """
    value = common.ask(asks.OfficeList(line=line))
    try:
        file.expanduser().write_text(sheet.page(value), encoding="utf-8")
    except OSError as error:
        raise CannotWrite(f"{str(file)!r} cannot be written: {error.strerror}.") from error
    return common.say({"file": str(file)}, lambda _: out.print(f"Written: {file}", markup=False))
