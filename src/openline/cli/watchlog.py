"""Commands for the watch: the log of the organisation's own officers, and the relief of one by another."""

from __future__ import annotations

from typing import Annotated, Any

from cyclopts import App, Parameter

from openline.cli.common import DEFAULTS, DONE, REFUSED, Common, app
from openline.cli.messages import OfficerName
from openline.cli.printing import say
from openline.cli.screen import on_one_line
from openline.post.people import watch_requests as asks

log = App(name="log", help="The watch log: private to this organisation, each word signed by an officer.")
app.command(log)

Text = Annotated[str, Parameter(help="In words.")]


@log.command
def show(
    *, most: Annotated[int, Parameter(help="How many words, the newest first.")] = 20, common: Common = DEFAULTS
) -> int:
    """Show who has the watch, what is open, and the newest words. Exit 1 where a word does not hold.

    Example: openline log show
    """
    value = common.ask(asks.LogShow(most=most))
    common.say(value, print_log)
    return REFUSED if value["faults"] else DONE


@log.command
def note(text: Text, /, *, officer: OfficerName = "", common: Common = DEFAULTS) -> int:
    """Note something in the watch log.

    Example: openline log note "Radar 3 is down until noon; told the coast guard."
    """
    return common.say(common.ask(asks.LogNote(text=text, officer=officer)), print_word)


@log.command(name="hand-over")
def hand_over(
    to: Annotated[str, Parameter(name="OFFICER", help="Who is to take the watch.")],
    /,
    *,
    text: Text = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Hand the watch over to another officer, with all that is open; both sign one list.

    Example: openline log hand-over "Lt. Aas" --text "Quiet night." --officer "Maj. Berg"
    """
    return common.say(common.ask(asks.LogHandOver(to=to, text=text, officer=officer)), print_word)


@log.command(name="take-over")
def take_over(*, text: Text = "", officer: OfficerName = "", common: Common = DEFAULTS) -> int:
    """Take the watch over, with the list that was handed over to you.

    Example: openline log take-over --officer "Lt. Aas"
    """
    return common.say(common.ask(asks.LogTakeOver(text=text, officer=officer)), print_word)


def print_log(value: Any) -> None:
    """The watch as it stands."""
    taken, offer = value["on_watch"], value["offered"]
    if taken is None:
        say("", "Nobody has taken the watch: openline log take-over.", "bold")
    else:
        how = "" if taken["relieved"] else ", not relieving anybody"
        say("", f"{taken['officer']} has the watch since {taken['at']}{how}.", "bold")
    if offer is not None:
        say("", f"{offer['officer']} has handed it over to {offer['to']}, who has not taken it.", "bold")
    for each in value["open"]:
        text = on_one_line(each["text"])
        say("  ", f"OPEN {each['what']} {each['id'][:12]} on {each['line']}: {text}")
    for each in value["words"]:
        print_word(each)
    for each in value["faults"]:
        say("", f"Word {each['number']} DOES NOT HOLD: {each['why']}.", "bold red")


def print_word(value: Any) -> None:
    """One word of the log."""
    to = f" to {value['to']}" if value["to"] else ""
    what = "" if value["what"] == "note" else f" {value['what'].upper()}{to}"
    text = on_one_line(value["text"])
    say("", f"{value['number']}. {value['at']}  {value['officer']}{what}{': ' + text if text else ''}")
    for each in value["items"]:
        say("    ", on_one_line(each))
