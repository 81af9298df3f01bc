"""Commands for messages: send, read, answer, take, pass on, and see how far they got."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from cyclopts import Parameter

from openline.cli import printing
from openline.cli.common import DEFAULTS, Common, app, out
from openline.errors import Misuse, NotAllowed
from openline.limits import INBOX_MAX_ENTRIES
from openline.post import requests

PrecedenceName = Literal["routine", "priority", "immediate", "flash"]
ClassName = Literal["operation", "exercise", "drill", "test"]
OfficerName = Annotated[str, Parameter(help="Whose act it is; without it, the first officer's.")]

PEOPLE_MOST = 50


@app.command
def send(
    line: str,
    text: str,
    /,
    *,
    precedence: Annotated[PrecedenceName, Parameter(help="FLASH and IMMEDIATE take 200 words.")] = "routine",
    traffic: Annotated[ClassName, Parameter(name="--class", help="What the message is for.")] = "operation",
    officer: OfficerName = "",
    deliver_by: Annotated[str, Parameter(help="UTC time, 2022-11-15T18:40Z: tell me if it is late.")] = "",
    give_up_at: Annotated[str, Parameter(help="UTC time: give the message up then, signed.")] = "",
    common: Common = DEFAULTS,
) -> int:
    """Send a message on a line. It is kept durably before the command returns.

    Example: openline send strait "Your boat 17 is inside our area." --precedence flash
    """
    if deliver_by and give_up_at:
        raise Misuse("Say --deliver-by or --give-up-at, not both.")
    request = requests.Send(
        line=line,
        text=text,
        precedence=precedence,
        traffic=traffic,
        officer=officer,
        deliver_by=_instant(deliver_by or give_up_at) if deliver_by or give_up_at else None,
        give_up=bool(give_up_at),
    )
    return common.say(common.ask(request), _print_kept)


def _instant(text: str) -> int:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise Misuse(f"{text!r} is not a time such as 2022-11-15T18:40Z.") from None
    if at.tzinfo is None:
        raise Misuse("Times are UTC and end in Z: 2022-11-15T18:40Z.")
    return int(at.astimezone(UTC).timestamp() * 1000)


def _print_kept(value: Any) -> None:
    out.print(f"Kept as {value['id']}", markup=False)


@app.command
def inbox(
    *,
    line: Annotated[str, Parameter(help="One line only.")] = "",
    most: Annotated[int, Parameter(help="The newest exchanges: 50 for people, 10,000 with --json.")] = 0,
    before: Annotated[int | None, Parameter(help="The page before the entry with this sequence.")] = None,
    common: Common = DEFAULTS,
) -> int:
    """Show messages and answers of all members, oldest first, each with the highest rung proved.

    Example: openline inbox --line strait
    """
    wanted = most or (INBOX_MAX_ENTRIES if common.json else PEOPLE_MOST)
    value = common.ask(requests.Inbox(line=line, before=before, most=wanted))
    return common.say(value, printing.print_inbox)


@app.command
def show(
    entry: str,
    /,
    *,
    unseen: Annotated[bool, Parameter(help="Look at it without signing that an officer has seen it.")] = False,
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Show an entry with its exchange, and sign that an officer of this post has seen it.

    Example: openline show 4f0c...
    """
    if not unseen:
        _mark_seen(entry, officer, common)
    return common.say(common.ask(requests.Show(entry=entry)), printing.print_entry)


def _mark_seen(entry: str, officer: str, common: Common) -> None:
    """Sign once that a message of another post was seen; a message of our own, or a mark, needs no such word."""
    shown = common.ask(requests.Show(entry=entry))
    if shown["own"] or "rungs" not in shown or any(each["rung"] == "seen" and each["own"] for each in shown["rungs"]):
        return
    try:
        common.ask(requests.Mark(entry=entry, what="seen", officer=officer))
    except NotAllowed:
        return


@app.command
def take(entry: str, /, *, officer: OfficerName = "", common: Common = DEFAULTS) -> int:
    """Sign that an officer has taken the content of a message. Whoever is on watch may.

    Example: openline take 4f0c... --officer "Lt. Aas"
    """
    return _mark(entry, "taken", "", officer, common)


@app.command
def ack(entry: str, /, *, officer: OfficerName = "", common: Common = DEFAULTS) -> int:
    """Sign that an officer acknowledges a message.

    Example: openline ack 4f0c...
    """
    return _mark(entry, "acknowledged", "", officer, common)


@app.command(name="pass")
def pass_(
    entry: str,
    /,
    *,
    to: Annotated[str, Parameter(help="To whom it was passed on.")],
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Sign that a message was passed on to those concerned.

    Example: openline pass 4f0c... --to "coastal radar"
    """
    return _mark(entry, "passed-on", to, officer, common)


def _mark(entry: str, what: str, to: str, officer: str, common: Common) -> int:
    request = requests.Mark(entry=entry, what=what, to=to, officer=officer)
    return common.say(common.ask(request), _print_kept)


@app.command
def reply(
    entry: str,
    text: str,
    /,
    *,
    precedence: Annotated[PrecedenceName | None, Parameter(help="Without it, that of the message.")] = None,
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Answer a message, in its class of traffic.

    Example: openline reply 4f0c... "Boat 17 is turning back."
    """
    request = requests.Reply(entry=entry, text=text, precedence=precedence or "", officer=officer)
    return common.say(common.ask(request), _print_kept)


@app.command
def correct(entry: str, text: str, /, *, officer: OfficerName = "", common: Common = DEFAULTS) -> int:
    """Correct a message of this post. Both texts stay in the record.

    Example: openline correct 4f0c... "Boat 71, not 17."
    """
    request = requests.Correct(entry=entry, text=text, officer=officer)
    return common.say(common.ask(request), _print_kept)


@app.command
def receipts(entry: str, /, *, common: Common = DEFAULTS) -> int:
    """Show how far a message got, by whose signature, and which entry proves it.

    Example: openline receipts 4f0c...
    """
    return common.say(common.ask(requests.Receipts(entry=entry)), printing.print_rungs)
