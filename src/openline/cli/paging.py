"""Commands for paging: who is on call, a test page, and every page that was tried."""

from __future__ import annotations

from typing import Annotated, Any

from cyclopts import App, Parameter

from openline.cli.common import DEFAULTS, DONE, REFUSED, Common, app, out
from openline.cli.printing import say
from openline.limits import PAGES_MAX
from openline.post import requests

paging = App(name="paging", help="Who is paged while a FLASH, an IMMEDIATE or a STOP waits for somebody here.")
app.command(paging)

LOG_MOST = 50


@paging.command
def show(*, common: Common = DEFAULTS) -> int:
    """Show who is on call, by which services in order, and whom what waits pages next. Addresses are not shown.

    Example: openline paging show
    """
    return common.say(common.ask(requests.PagingShow()), print_ladder)


def print_ladder(value: Any) -> None:
    """The ladder as it stands."""
    if value["fault"]:
        say("", value["fault"], "bold red")
    if not value["people"]:
        say("", f"Nobody is paged: who is on call is written in {value['file']}.", "bold")
        return
    if value["nobody_on_call"]:
        say("", "NOBODY IS ON CALL NOW: everybody is paged.", "bold")
    for at, each in enumerate(value["people"], 1):
        shifts = "; ".join(f"{', '.join(shift['days'])} {shift['hours']}Z" for shift in each["shifts"]) or "always"
        say("", f"{at}. {each['person']}: {'ON CALL' if each['on_call'] else 'off'} ({shifts})")
        for place, service in enumerate(each["services"], 1):
            wrong = ": THE ADDRESS IS NOT UNDERSTOOD" if service["understood"] is False else ""
            say("   ", f"service {place}: {service['kind']}{wrong}", "bold" if wrong else "")
    for name, ladder in value["ladders"].items():
        begins = f"after {ladder['first']} s, {ladder['watched']} s while somebody watches"
        then = f"the next after {ladder['next']} s, all after {ladder['all']} s, again {ladder['rounds']} times"
        say("", f"{name.upper()}: the first {begins}; {then}, each {ladder['again']} s")
    for each in value["waiting"]:
        paged = ", ".join(each["paged"]) or "nobody yet"
        rest = f"next look at {each['next']}" if each["next"] else "nobody is paged any more"
        name = "STOP" if each["stop"] else each["precedence"].upper()
        say("", f"{name} {each['id'][:12]} waits since {each['since']}: paged {paged}; {rest}")


@paging.command(name="test")
def page(
    person: Annotated[str, Parameter(name="NAME", help="Who, as paging.toml names them.")],
    /,
    *,
    common: Common = DEFAULTS,
) -> int:
    """Send a test page to one person, by each service in order until one takes it.

    Example: openline paging test "Lt. Aas"
    """
    value = common.ask(requests.PagingTest(person=person))
    common.say(value, print_attempts)
    return DONE if value["attempts"] and value["attempts"][-1]["taken"] else REFUSED


@paging.command
def log(
    *, most: Annotated[int, Parameter(help="How many of the newest attempts.")] = 0, common: Common = DEFAULTS
) -> int:
    """Show every page that was tried, oldest first: who, by which service, and whether the service took it.

    Example: openline paging log --most 20
    """
    wanted = most or (PAGES_MAX if common.json else LOG_MOST)
    return common.say(common.ask(requests.PagingLog(most=wanted)), print_attempts)


def print_attempts(value: Any) -> None:
    """Pages that were tried."""
    for each in value["attempts"]:
        what = f"for {', '.join(entry[:12] for entry in each['for'])}" if each["for"] else "for a test"
        how = "taken by the service" if each["taken"] else f"FAILED: {each['why']}"
        say(
            "",
            f"{each['at']}  {each['person']}, service {each['service']} ({each['kind']}), {what}: {how}",
            "" if each["taken"] else "bold",
        )
    if not value["attempts"]:
        out.print("No page was tried yet.")
