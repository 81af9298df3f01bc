"""Commands for this post's own keys."""

from __future__ import annotations

from typing import Any, Literal

from cyclopts import App

from openline.cli.common import DEFAULTS, Common, app, out
from openline.post import requests

keys = App(name="keys", help="Keys of this post: new ones, revoked ones.")
app.command(keys)

KeyName = Literal["root", "feed", "checkpoint", "cosigning", "link", "sealing"]


@keys.command
def rotate(which: KeyName, /, *, common: Common = DEFAULTS) -> int:
    """Put a new key in place of one sort of key, signed by the root. Peers learn of it by themselves.

    A feed key is revoked from the entry after the last one that it signed on each line. After a new link key, a peer
    that is not linked just now needs the newest card by hand, or a file of 'carry out'.

    Example: openline keys rotate feed
    """
    return common.say(common.ask(requests.KeysRotate(which=which)), _print_keys)


@keys.command
def revoke(public: str, /, *, common: Common = DEFAULTS) -> int:
    """Revoke a checkpoint, cosigning, link or officer's key, given in hex as 'card --json' shows it.

    For a feed key use 'keys rotate feed', which names the last good entries.

    Example: openline keys revoke 3f7a...
    """
    return common.say(common.ask(requests.KeysRevoke(public=public)), _print_keys)


@keys.command
def branch(entry: str, /, *, common: Common = DEFAULTS) -> int:
    """After a fork of this post's own feed: name the entry that stands on its true branch.

    Example: openline keys branch 4f0c...
    """

    def words(value: Any) -> None:
        out.print(f"Entry {value['number']} on {value['line']} is on the true branch.", markup=False)

    return common.say(common.ask(requests.KeysBranch(entry=entry)), words)


def _print_keys(value: Any) -> None:
    out.print(f"The card has {value['statements']} statements. Give the newest card to whoever adds this post anew.")
