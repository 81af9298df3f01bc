"""The command that opens the action card of an alarm."""

from __future__ import annotations

from typing import Annotated, Any

from cyclopts import Parameter

from openline.cli.common import DEFAULTS, Common, app, err, out
from openline.cli.printing import say
from openline.post import actions


@app.command
def action(
    code: Annotated[
        str, Parameter(name="CODE", help="The code that the alarm said; without it, all cards are named.")
    ] = "",
    /,
    *,
    common: Common = DEFAULTS,
) -> int:
    """Show the steps to take when an alarm of this code rings. Needs neither a running post nor its passphrase.

    Example: openline action untaken
    """
    if not code:
        return common.say({"cards": actions.codes()}, lambda value: out.print("\n".join(value["cards"]), markup=False))
    return common.say(actions.action(common.path, code), print_card)


def print_card(value: Any) -> None:
    """The card, and what is wrong with the organisation's own."""
    if value["fault"]:
        err.print(value["fault"], style="bold", markup=False)
    for line in value["text"].rstrip("\n").split("\n"):
        say("", line.removeprefix("# "), "bold" if line.startswith("# ") else "", hang="   ")
