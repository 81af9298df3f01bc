"""Commands for link checks and announced silence; they belong to the group `line`."""

from __future__ import annotations

from typing import Annotated, Any

from cyclopts import Parameter

from openline.cli import times
from openline.cli.common import DEFAULTS, Common, out
from openline.cli.lines import LineName, line
from openline.cli.messages import EntryName, OfficerName, write
from openline.cli.printing import SHORT_ID, say
from openline.cli.screen import on_one_line
from openline.post.call import check_requests as asks

_MISSED = "bold white on red"


@line.command
def check(
    name: LineName,
    /,
    *,
    human: Annotated[bool, Parameter(help="Wait for an officer's answer, not for a machine's.")] = False,
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Check the line now, beside the timetable that the members agreed on.

    Example: openline line check strait --human
    """
    return write(common, asks.CheckSend(line=name, human=human, officer=officer))


@line.command
def answer(check: EntryName, /, *, officer: OfficerName = "", common: Common = DEFAULTS) -> int:
    """Answer a check that waits for an officer.

    Example: openline line answer 4f0c56b1
    """
    return write(common, asks.CheckAnswer(check=check, officer=officer))


@line.command
def checks(
    name: LineName,
    /,
    *,
    most: Annotated[int, Parameter(help="How many of the newest.")] = 50,
    common: Common = DEFAULTS,
) -> int:
    """Show the newest checks with who answered, what was missed, announced silence, and the next slots.

    Example: openline line checks strait
    """
    return common.say(common.ask(asks.CheckList(line=name, most=most)), print_checks)


def print_checks(value: Any) -> None:
    """Oldest first."""
    for each in reversed(value["checks"]):
        sort = "human check" if each["human"] else "check"
        silent = f"; NOT answered by {', '.join(each['silent'])}" if each["silent"] else ""
        answers = ", ".join(_answered(one) for one in each["answers"]) or "nobody"
        text = f"{each['slot']}  {each['id'][:SHORT_ID]}  {sort} of {each['author']}: answered by {answers}{silent}"
        say("", text, "bold" if each["silent"] else "")
        if each["human"] and each["silent"]:
            say(
                "    ",
                f"an officer of {', '.join(each['silent'])} answers it: openline line answer {each['id'][:SHORT_ID]}",
            )
    for each in reversed(value["missed"]):
        last = f"entry {each['last_number']}" if each["last_number"] else "nothing"
        text = f"{each['slot']}  {each['author']} MISSED the check of {each['member']}; the last it had was {last}"
        say("", text, _MISSED)
    for each in reversed(value["silences"]):
        over = f", over at {each['over_at']}" if each["over_at"] else ""
        said = f": {on_one_line(each['text'])}" if each["text"] else ""
        span = f"{each['begins']} to {each['ends']}{over}"
        say("", f"{each['author']} announced {each['why']} {each['id'][:SHORT_ID]} from {span}{said}")
    for each in value["next"]:
        sort = "human check" if each["human"] else "check"
        say("", f"next {sort} of {each['member']}: {each['at']}", "dim")
    if not any(value.values()):
        out.print("No checks yet, and none agreed: see `openline line rules`.")


def _answered(one: Any) -> str:
    who = f"{one['by']}, {one['officer']}," if one["officer"] else one["by"]
    return f"{who} after {one['seconds']:.1f} s"


@line.command
def outage(
    name: LineName,
    /,
    *,
    begins: Annotated[str, Parameter(name="--from", help="UTC time; without it, now.")] = "0m",
    until: Annotated[str, Parameter(help="3h, or a UTC time.")],
    why: Annotated[str, Parameter(help="outage, radio-silence or move.")] = "outage",
    text: Annotated[str, Parameter(help="In words.")] = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Announce that this post will not be heard of, so that its silence is explained.

    Example: openline line outage strait --until 3h --text "new generator"
    """
    request = asks.OutageAnnounce(
        line=name,
        begins=times.instant_or_span(begins),
        ends=times.instant_or_span(until),
        why=why,
        text=text,
        officer=officer,
    )
    return write(common, request)


@line.command(name="outage-over")
def outage_over(outage: EntryName, /, *, officer: OfficerName = "", common: Common = DEFAULTS) -> int:
    """Call the rest of an announced silence off.

    Example: openline line outage-over 4f0c56b1
    """
    return write(common, asks.OutageOver(outage=outage, officer=officer))
