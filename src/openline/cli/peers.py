"""Commands for peers: whose cards this post trusts, and where they are reached."""

from __future__ import annotations

import base64
import sys
from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter

from openline.cli.common import DEFAULTS, Common, app, err, out
from openline.cli.printing import say
from openline.errors import CannotRead, Misuse, PeerError
from openline.identity.card import Card
from openline.limits import CARD_MAX_BYTES
from openline.post import requests
from openline.post.home.homes import read_file

peer = App(name="peer", help="Posts that this one knows.")
app.command(peer)


@peer.command
def add(
    file: Path,
    /,
    *,
    fingerprint: Annotated[str, Parameter(help="The 60 digits that the other side read out to you.")] = "",
    called: Annotated[
        str, Parameter(name="--as", help="What this post calls it, instead of the name on its card.")
    ] = "",
    common: Common = DEFAULTS,
) -> int:
    """Trust a card, after its fingerprint was compared by voice.

    Example: openline peer add southern.card --fingerprint "12345 67890 ..."
    """
    card = read_card(file)
    request = requests.PeerAdd(
        card=base64.b64encode(card.encode()).decode(),
        fingerprint=fingerprint or _compared(card),
        called=called,
    )
    value = common.ask(request)
    return common.say(value, lambda value: out.print(f"{value['peer']} is a peer of this post now.", markup=False))


def read_card(file: Path) -> Card:
    """The card in a file. Raises CannotRead, or the PeerError that says why it is none."""
    if not file.is_file():
        raise CannotRead(f"{file} is not a file.")
    try:
        return Card.admit(read_file(file, CARD_MAX_BYTES))
    except PeerError as error:
        why = f"{file} is not a card, or was damaged on its way. Ask for the file again. ({error.args[0]})"
        raise type(error)(why) from error


def _compared(card: Card) -> str:
    """Ask the person to compare; the digits of the card if they are the same."""
    if not sys.stdin.isatty():
        raise Misuse("Give the digits that the other side read out to you with --fingerprint.")
    err.print(f"The card says that it is of {card.name!r}. Call them by telephone and have them read their digits.")
    groups = card.fingerprint.split()
    for at in range(0, len(groups), 4):
        err.print("   " + "  ".join(groups[at : at + 4]), style="bold")
    err.print("Are all sixty digits the same? Type yes or no: ", end="")
    if sys.stdin.readline().strip().casefold() != "yes":
        raise Misuse("The card was not added: the digits were not confirmed.")
    return card.fingerprint


@peer.command(name="list")
def list_(*, common: Common = DEFAULTS) -> int:
    """Show the peers of this post: links, addresses, fingerprints.

    Example: openline peer list
    """
    return common.say(common.ask(requests.PeerList()), _print_peers)


def _print_peers(value: Any) -> None:
    if not value["peers"]:
        out.print("No peers yet. Add one with 'openline peer add FILE'.")
        return
    for each in value["peers"]:
        link = "link up" if each["linked"] else "link down"
        where = ", ".join(each["addresses"]) or "no address here: it has to call us"
        say("", f"{each['peer']}  {link}  {where}", "bold")
        if each["card_name"] != each["peer"]:
            say("    ", f"calls itself {each['card_name']}")
        if not each["compared"]:
            say("    ", "NOT COMPARED: a line brought its card. Compare the digits by voice, then 'openline peer add'.")
        say("    ", each["fingerprint"])


@peer.command
def address(name: str, url: str = "", /, *, common: Common = DEFAULTS) -> int:
    """Say where a peer is reached: wss://HOST:PORT. Several are separated by commas; none forgets them.

    Example: openline peer address "Southern Command" wss://192.0.2.7:7700
    """
    addresses = tuple(each.strip() for each in url.split(",") if each.strip())
    value = common.ask(requests.PeerAddress(peer=name, addresses=addresses))

    def words(value: Any) -> None:
        where = ", ".join(value["addresses"]) or "nowhere; it has to call us"
        out.print(f"{value['peer']} is reached at {where}.", markup=False)

    return common.say(value, words)
