"""Commands for messages: send, read, answer, take, pass on, and see how far they got."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from cyclopts import Parameter

from openline.cli import printing, times
from openline.cli.common import DEFAULTS, Common, Dialogue, app
from openline.errors import Misuse, NotAllowed
from openline.limits import INBOX_MAX_ENTRIES
from openline.post import requests
from openline.post.loop import now
from openline.post.requests import AnyRequest
from openline.proof.sentences import utc


class PrecedenceName(StrEnum):
    """How urgent, as people type it, in any case."""

    ROUTINE = "routine"
    PRIORITY = "priority"
    IMMEDIATE = "immediate"
    FLASH = "flash"


class ClassName(StrEnum):
    """What a message is for, as people type it, in any case."""

    OPERATION = "operation"
    EXERCISE = "exercise"
    DRILL = "drill"
    TEST = "test"


EntryName = Annotated[str, Parameter(name="ID", help="The entry: the digits that 'inbox' shows are enough.")]
LineName = Annotated[str, Parameter(name="LINE", help="The line, by its name.")]
Words = Annotated[str, Parameter(name="TEXT", help="What to say, between quotation marks.")]
OfficerName = Annotated[
    str,
    Parameter(env_var="OPENLINE_OFFICER", help="Who acts and signs; without it, the first officer of the post."),
]

PEOPLE_MOST = 50


@app.command
def send(
    line: LineName,
    text: Words,
    /,
    *,
    precedence: Annotated[
        PrecedenceName, Parameter(help="How urgent it is. FLASH and IMMEDIATE take 200 words.")
    ] = PrecedenceName.ROUTINE,
    traffic: Annotated[
        ClassName, Parameter(name="--class", help="What it is for; signed, and never changed into another.")
    ] = ClassName.OPERATION,
    officer: OfficerName = "",
    deliver_by: Annotated[str, Parameter(help="UTC time, 2022-11-15T18:40Z: alarm me if it is late.")] = "",
    give_up_at: Annotated[str, Parameter(help="UTC time: give the message up then, signed.")] = "",
    common: Common = DEFAULTS,
) -> int:
    """Send a message on a line. It is kept durably before the command returns.

    Example: openline send strait "Your boat 17 is inside our area." --precedence flash
    """
    if deliver_by and give_up_at:
        raise Misuse("Say --deliver-by or --give-up-at, not both.")
    until = times.instant(deliver_by or give_up_at) if deliver_by or give_up_at else None
    if give_up_at and until is not None and until <= now():
        raise Misuse(f"{give_up_at} is over: it is {utc(now())}. Name a later time.")
    request = requests.Send(
        line=line,
        text=text,
        precedence=precedence.value,
        traffic=traffic.value,
        officer=officer,
        deliver_by=until,
        give_up=bool(give_up_at),
    )
    return write(common, request)


def write(common: Common, request: AnyRequest) -> int:
    """Write an entry; people are told what was signed, by whom, and where there is no way for it now."""

    def dialogue() -> Dialogue[Any]:
        kept = yield request
        if common.json:
            return kept
        entry = yield requests.Show(entry=kept["id"])
        line = yield requests.LineStatus(line=entry["line"])
        cut = [each["name"] for each in line["members"] if each["active"] and each["link"] == "down"]
        return {**kept, "entry": entry, "cut": cut, "serving": line["serving"]}

    return common.say(common.converse(dialogue()), printing.print_kept)


@app.command
def inbox(
    *,
    line: Annotated[str, Parameter(help="One line only.")] = "",
    most: Annotated[int, Parameter(help="How many of the newest exchanges: 50 for people, 10,000 with --json.")] = 0,
    before: Annotated[int | None, Parameter(help="The page before the entry with this sequence.")] = None,
    common: Common = DEFAULTS,
) -> int:
    """Show messages and answers of all members, oldest first: how far each got, and what waits for somebody here.

    Example: openline inbox --line strait
    """
    wanted = most or (INBOX_MAX_ENTRIES if common.json else PEOPLE_MOST)
    value = common.ask(requests.Inbox(line=line, before=before, most=wanted))
    return common.say(value, printing.print_inbox)


@app.command
def show(
    entry: EntryName,
    /,
    *,
    unseen: Annotated[bool, Parameter(help="Look at it without signing that an officer has seen it.")] = False,
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Show an entry with its exchange, and sign that an officer of this post has seen what others say in it.

    Example: openline show 4f0c56b1
    """

    def dialogue() -> Dialogue[Any]:
        shown = yield requests.Show(entry=entry)
        new = [] if unseen else [each for each in shown.get("said", ()) if not each["own"] and not each["seen"]]
        for each in new:
            try:
                yield requests.Mark(entry=each["id"], what="seen", officer=officer)
            except NotAllowed:
                continue
        return (yield requests.Show(entry=entry)) if new else shown

    return common.say(common.converse(dialogue()), printing.print_entry)


@app.command
def take(entry: EntryName, /, *, officer: OfficerName = "", common: Common = DEFAULTS) -> int:
    """Sign that an officer has taken the content of a message. Whoever is on watch may.

    Example: openline take 4f0c56b1 --officer "Lt. Aas"
    """
    return write(common, requests.Mark(entry=entry, what="taken", officer=officer))


@app.command
def ack(entry: EntryName, /, *, officer: OfficerName = "", common: Common = DEFAULTS) -> int:
    """Sign that an officer acknowledges a message. The message still waits for somebody to take it.

    Example: openline ack 4f0c56b1
    """
    return write(common, requests.Mark(entry=entry, what="acknowledged", officer=officer))


@app.command(name="pass")
def pass_(
    entry: EntryName,
    /,
    *,
    to: Annotated[str, Parameter(help="To whom it was passed on.")],
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Sign that a message was passed on to those concerned.

    Example: openline pass 4f0c56b1 --to "coastal radar"
    """
    if not to.strip():
        raise Misuse('Say to whom it was passed on: --to "coastal radar".')
    return write(common, requests.Mark(entry=entry, what="passed-on", to=to, officer=officer))


@app.command
def reply(
    entry: EntryName,
    text: Words,
    /,
    *,
    precedence: Annotated[PrecedenceName | None, Parameter(help="Without it, that of the message.")] = None,
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Answer a message, in its class of traffic.

    Example: openline reply 4f0c56b1 "Boat 17 is turning back."
    """
    louder = "" if precedence is None else precedence.value
    return write(common, requests.Reply(entry=entry, text=text, precedence=louder, officer=officer))


@app.command
def correct(entry: EntryName, text: Words, /, *, officer: OfficerName = "", common: Common = DEFAULTS) -> int:
    """Correct a message of this post. Both texts stay in the record, and the others have to look again.

    Example: openline correct 4f0c56b1 "Boat 71, not 17."
    """
    return write(common, requests.Correct(entry=entry, text=text, officer=officer))


@app.command
def receipts(entry: EntryName, /, *, common: Common = DEFAULTS) -> int:
    """Show how far a message got, by whose signature, and which entry proves it.

    Example: openline receipts 4f0c56b1
    """
    return common.say(common.ask(requests.Receipts(entry=entry)), printing.print_receipts)
