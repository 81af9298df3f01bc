"""The command for the check digits that two desks read to each other before principals speak."""

from __future__ import annotations

import time
from typing import Annotated, Any, Final

from cyclopts import Parameter

from openline.cli.calls import ContactName, PartyName, call
from openline.cli.common import DEFAULTS, DONE, REFUSED, Common, Dialogue, err, out
from openline.post.call import requests as asks

LOOK_SECONDS: Final = 0.5
GROUP: Final = 3


@call.command
def digits(
    contact: ContactName,
    /,
    *,
    peer: PartyName = "",
    wait: Annotated[int, Parameter(help="Seconds to wait until the other side has asked for them, too.")] = 120,
    common: Common = DEFAULTS,
) -> int:
    """Show the check digits of a call, for one use: the caller reads the first, the called answers with the second.

    Both desks give this command, within 15 minutes. Exit 1 where the other side has not asked in time.

    Example: openline call digits 4f0c56b1
    """

    def dialogue() -> Dialogue[Any]:
        end = time.monotonic() + wait
        value = yield asks.CallDigits(contact=contact, peer=peer)
        if not value["ready"] and wait and not common.json:
            err.print(f"Waiting for {value['peer']} to give the same command.", markup=False)
        while not value["ready"] and time.monotonic() < end:
            time.sleep(LOOK_SECONDS)
            value = yield asks.CallDigits(contact=contact, peer=peer)
        return value

    value = common.converse(dialogue())
    common.say(value, print_digits)
    return DONE if value["ready"] else REFUSED


def print_digits(value: Any) -> None:
    """What to read aloud, and what to hear."""
    if not value["ready"]:
        out.print(f"{value['peer']} has not asked for the digits yet. Telephone them, and try again.", markup=False)
        return
    read, hear = (" ".join(each[at : at + GROUP] for at in range(0, len(each), GROUP)) for each in _pair(value))
    lines = [f"Read aloud:   {read}", f"Must be heard: {hear}"]
    for line in lines if value["first"] else reversed(lines):
        out.print(line, markup=False, style="bold")
    out.print(
        f"With {value['peer']} alone, for this call, once. Where anything else is heard, hang up, and call back.",
        markup=False,
    )


def _pair(value: Any) -> tuple[str, str]:
    return value["read"], value["hear"]
