"""Commands for carrying by hand: a stick, a courier."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter

from openline.cli.common import DEFAULTS, Common, app, out
from openline.post import requests

carry = App(name="carry", help="Carry entries by hand, sealed.")
app.command(carry)


@carry.command(name="out")
def out_(
    line: str,
    /,
    *,
    to: Annotated[str, Parameter(help="The peer who gets the file.")],
    file: Annotated[Path, Parameter(name="--out", help="The file to write.")],
    common: Common = DEFAULTS,
) -> int:
    """Write everything of a line that a peer has not signed for into a file that it alone can open.

    Example: openline carry out strait --to "Southern Command" --out strait.parcel
    """
    value = common.ask(requests.CarryOut(line=line, peer=to, file=str(file.absolute())))

    def words(value: Any) -> None:
        out.print(f"{value['entries']} entries for {to} are in {file}, {value['bytes']} bytes.", markup=False)

    return common.say(value, words)


@carry.command(name="in")
def in_(file: Path, /, *, common: Common = DEFAULTS) -> int:
    """Take in a file that a peer carried out to this post. Taking it in twice changes nothing.

    Example: openline carry in strait.parcel
    """
    value = common.ask(requests.CarryIn(file=str(file.absolute())))

    def words(value: Any) -> None:
        out.print(f"From {value['from']}: {value['new']} new entries.", markup=False)
        if value["unread"]:
            out.print(f"{value['unread']} cannot be read yet; they come again when what is missing has come.")

    return common.say(value, words)
