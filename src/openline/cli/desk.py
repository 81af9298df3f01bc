"""Commands for the desk: who may sign in at the console that `serve --desk` opens."""

from __future__ import annotations

from typing import Annotated, Any

from cyclopts import App, Parameter

from openline.cli.common import DEFAULTS, Common, app, out
from openline.cli.times import instant_or_span
from openline.post import requests
from openline.post.people.token_requests import DeskTokenAdd, DeskTokenList, DeskTokenRevoke

desk = App(name="desk", help="Who may sign in at the web console that 'serve --desk' opens.")
app.command(desk)

token = App(name="token", help="Tokens with which programs ask at the desk; they read, and sign nothing.")
desk.command(token)


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
            last = f", signed in last at {each['signed_in']}" if each["signed_in"] else ""
            out.print(f"{each['officer']} ({', '.join(each['roles'])}){waits}{last}", markup=False)

    return common.say(common.ask(requests.DeskList()), words)


@desk.command
def end(officer: str, /, *, common: Common = DEFAULTS) -> int:
    """Let an officer sign in at the desk no more; the officer stays one of the post.

    Example: openline desk end "Lt. Aas"
    """
    value = common.ask(requests.DeskEnd(officer=officer))
    return common.say(value, lambda value: out.print(f"{value['officer']} signs in no more.", markup=False))


@token.command
def add(
    name: str,
    /,
    *,
    role: Annotated[str, Parameter(help="viewer reads all; monitor sees how the post stands, no words.")] = "viewer",
    until: Annotated[str, Parameter(help="When it ends: 30d, or 2022-12-15T00:00Z; at most 366 days.")] = "90d",
    common: Common = DEFAULTS,
) -> int:
    """Make a token for a program; it is shown this once.

    Example: openline desk token add archive --role viewer --until 30d
    """

    def words(value: Any) -> None:
        out.print(f"{value['name']} ({value['role']}) asks with this token until {value['until']}:", markup=False)
        out.print(value["token"], markup=False, soft_wrap=True)
        out.print("It is not shown again: keep it where only that program reads it.")

    request = DeskTokenAdd(name=name, role=role, until=instant_or_span(until))
    return common.say(common.ask(request), words)


@token.command(name="list")
def token_list(*, common: Common = DEFAULTS) -> int:
    """Show which tokens are good, until when, and when each was last used.

    Example: openline desk token list
    """

    def words(value: Any) -> None:
        for each in value["tokens"]:
            used = f"last used {each['used']}" if each["used"] else "never used"
            out.print(f"{each['name']} ({each['role']}), until {each['until']}, {used}", markup=False)
        if not value["tokens"]:
            out.print("There are none.")

    return common.say(common.ask(DeskTokenList()), words)


@token.command
def revoke(name: str, /, *, common: Common = DEFAULTS) -> int:
    """A token is good no more, at once; whoever is connected with it is out.

    Example: openline desk token revoke archive
    """
    value = common.ask(DeskTokenRevoke(name=name))
    return common.say(value, lambda value: out.print(f"{value['name']} asks no more.", markup=False))
