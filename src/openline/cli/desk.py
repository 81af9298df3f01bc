"""Commands for the desk: who may sign in at the console that `serve --desk` opens."""

from __future__ import annotations

from typing import Annotated, Any

from cyclopts import App, Parameter

from openline.cli.common import DEFAULTS, Common, app, out
from openline.post import requests

desk = App(name="desk", help="Who may sign in at the web console that 'serve --desk' opens.")
app.command(desk)


@desk.command
def link(
    officer: str = "",
    /,
    *,
    role: Annotated[
        tuple[str, ...],
        Parameter(help="viewer, watch officer, releaser, principal or administrator; may be repeated."),
    ] = (),
    common: Common = DEFAULTS,
) -> int:
    """Make a one-time link with which an officer sets a password; without a name, the first officer.

    Example: openline desk link "Lt. Aas" --role "watch officer"
    """

    def words(value: Any) -> None:
        out.print(
            f"{value['officer']} ({', '.join(value['roles'])}) sets a password with this link, once,", markup=False
        )
        out.print(f"until {value['until']}. Whoever has it first becomes that officer: hand it over in person.")
        out.print(value["url"] or f"At the address of the desk: /#link={value['token']}", markup=False, soft_wrap=True)

    return common.say(common.ask(requests.DeskLink(officer=officer, roles=role)), words)


@desk.command(name="list")
def list_(*, common: Common = DEFAULTS) -> int:
    """Show who may sign in at the desk, and where it is.

    Example: openline desk list
    """

    def words(value: Any) -> None:
        out.print(f"The desk is at {value['url']}." if value["url"] else "The desk is not open: 'serve --desk'.")
        for each in value["accounts"]:
            waits = "" if each["password"] else ", has not set a password yet"
            out.print(f"{each['officer']} ({', '.join(each['roles'])}){waits}", markup=False)

    return common.say(common.ask(requests.DeskList()), words)


@desk.command
def end(officer: str, /, *, common: Common = DEFAULTS) -> int:
    """Let an officer sign in at the desk no more; the officer stays one of the post.

    Example: openline desk end "Lt. Aas"
    """
    value = common.ask(requests.DeskEnd(officer=officer))
    return common.say(value, lambda value: out.print(f"{value['officer']} signs in no more.", markup=False))
