"""Commands for calls that may be hoaxes: did you call us, the answer, and a report to all."""

from __future__ import annotations

from typing import Annotated, Any

from cyclopts import Parameter

from openline.cli import times
from openline.cli.calls import call
from openline.cli.common import DEFAULTS, Common, out
from openline.cli.messages import ClassName, EntryName, LineName, OfficerName, PrecedenceName, write
from openline.cli.printing import SHORT_ID, say
from openline.cli.screen import on_one_line
from openline.post.call import hoax_requests as asks

CallTime = Annotated[str, Parameter(name="--at", help="When the call came: a UTC time, or how long ago: 5m.")]
Channel = Annotated[str, Parameter(help="How it came: telephone, video, messenger.")]
Claimed = Annotated[str, Parameter(help="Who the caller claimed to be.")]
Office = Annotated[str, Parameter(help="In which office.")]
Shown = Annotated[str, Parameter(help="The number or account that was shown; it proves nothing.")]
TextOption = Annotated[str, Parameter(help="In words.")]


@call.command(name="did-you")
def did_you(
    line: LineName,
    /,
    *,
    peer: Annotated[str, Parameter(help="Whose person the caller claimed to be.")],
    at: CallTime,
    channel: Channel = "telephone",
    name: Claimed = "",
    office: Office = "",
    shown: Shown = "",
    text: TextOption = "",
    precedence: PrecedenceName = PrecedenceName.FLASH,
    traffic: Annotated[ClassName, Parameter(name="--class")] = ClassName.OPERATION,
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Ask a peer whether it called at a time; an officer there signs yes or no.

    Example: openline call did-you strait --peer South --at 2022-11-15T18:40Z --name "Foreign Secretary"
    """
    request = asks.HoaxAsk(
        line=line,
        peer=peer,
        at=times.instant_or_ago(at),
        channel=channel,
        name=name,
        office=office,
        shown=shown,
        text=text,
        precedence=precedence.value,
        traffic=traffic.value,
        officer=officer,
    )
    return write(common, request)


@call.command(name="we-did")
def we_did(
    question: EntryName, /, *, text: TextOption = "", officer: OfficerName = "", common: Common = DEFAULTS
) -> int:
    """Answer a peer: yes, the call was ours.

    Example: openline call we-did 4f0c56b1
    """
    return write(common, asks.HoaxAnswer(question=question, verdict="yes", text=text, officer=officer))


@call.command(name="we-did-not")
def we_did_not(
    question: EntryName,
    /,
    *,
    unknown: Annotated[bool, Parameter(help="It is not known here; a yes or no may follow.")] = False,
    text: TextOption = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Answer a peer: no, the call was not ours.

    Example: openline call we-did-not 4f0c56b1
    """
    verdict = "unknown" if unknown else "no"
    return write(common, asks.HoaxAnswer(question=question, verdict=verdict, text=text, officer=officer))


@call.command
def hoax(
    line: LineName,
    /,
    *,
    at: CallTime,
    channel: Channel = "telephone",
    peer: Annotated[str, Parameter(help="Whose person the caller claimed to be, this post's own name too.")] = "",
    name: Claimed = "",
    office: Office = "",
    shown: Shown = "",
    text: TextOption = "",
    precedence: PrecedenceName = PrecedenceName.IMMEDIATE,
    traffic: Annotated[ClassName, Parameter(name="--class")] = ClassName.OPERATION,
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Tell all members of a line of a hoax call.

    Example: openline call hoax strait --at 2022-11-15T18:40Z --peer South --name "Foreign Secretary"
    """
    request = asks.HoaxReport(
        line=line,
        peer=peer,
        at=times.instant_or_ago(at),
        channel=channel,
        name=name,
        office=office,
        shown=shown,
        text=text,
        precedence=precedence.value,
        traffic=traffic.value,
        officer=officer,
    )
    return write(common, request)


@call.command
def hoaxes(
    *,
    line: Annotated[str, Parameter(help="One line only.")] = "",
    most: Annotated[int, Parameter(help="How many of the newest.")] = 50,
    common: Common = DEFAULTS,
) -> int:
    """Show the newest questions whether somebody called, with their answers, and reports of hoax calls.

    Example: openline call hoaxes
    """
    return common.say(common.ask(asks.HoaxList(line=line, most=most)), print_calls)


def print_calls(value: Any) -> None:
    """Oldest first."""
    for each in reversed(value["calls"]):
        sort = f"asks {each['peer']} whether it called" if each["question"] else "reports a hoax call"
        whose = f" in the name of {each['peer']}" if each["peer"] and not each["question"] else ""
        traffic = "" if each["class"] == "operation" else f"{each['class'].upper()} "
        say("", f"{each['at']}  {each['id'][:SHORT_ID]}  {traffic}{each['author']} {sort}{whose}", "bold")
        parts = [each["name"], each["office"], each["channel"], each["shown"] and f"showing {each['shown']}"]
        said = ", ".join(on_one_line(part) for part in parts if part)
        say("    ", f"call at {each['called_at']}: {said}")
        if each["text"]:
            say("    ", on_one_line(each["text"]))
        for answer in each["answers"]:
            words = f": {on_one_line(answer['text'])}" if answer["text"] else ""
            who = f"{answer['by']}, {answer['officer'] or 'nobody'}"
            say("    ", f"{answer['at']}  {answer['verdict'].upper()}, signed by {who}{words}")
        if each["question"] and not each["answers"]:
            say("    ", "NOT ANSWERED yet", "bold")
    if not value["calls"]:
        out.print("No call was asked about or reported.")
