"""Commands for officers: the people who sign what they do."""

from __future__ import annotations

from typing import Annotated, Any

from cyclopts import App, Parameter

from openline.cli.common import DEFAULTS, Common, app, out
from openline.post import requests

officer = App(name="officer", help="People whose acts this post signs.")
app.command(officer)


@officer.command
def add(
    name: str,
    /,
    *,
    role: Annotated[tuple[str, ...], Parameter(help="A role in which the officer signs; may be repeated.")] = (),
    common: Common = DEFAULTS,
) -> int:
    """Enrol an officer, whose key this post holds.

    Example: openline officer add "Lt. Aas" --role "watch officer"
    """
    value = common.ask(requests.OfficerAdd(officer=name, roles=role))
    return common.say(value, lambda value: out.print(f"{name} is officer {value['number']}.", markup=False))


@officer.command(name="list")
def list_(*, common: Common = DEFAULTS) -> int:
    """Show the officers of this post, former ones too.

    Example: openline officer list
    """

    def words(value: Any) -> None:
        for each in value["officers"]:
            roles = f" ({', '.join(each['roles'])})" if each["roles"] else ""
            state = "" if each["in_force"] else ", ended"
            out.print(f"{each['number']}  {each['officer']}{roles}{state}", markup=False)

    return common.say(common.ask(requests.OfficerList()), words)


@officer.command
def end(name: str, /, *, common: Common = DEFAULTS) -> int:
    """End an officer: nothing is signed in that name from now on.

    Example: openline officer end "Lt. Aas"
    """
    value = common.ask(requests.OfficerEnd(officer=name))
    return common.say(value, lambda value: out.print(f"{name} signs nothing any more.", markup=False))
