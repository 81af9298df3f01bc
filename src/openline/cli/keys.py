"""Commands for this post's own keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from cyclopts import App

from openline.cli.common import DEFAULTS, Common, Dialogue, app, out
from openline.errors import CannotWrite
from openline.limits import KEYSTORE_MAX_BYTES
from openline.post import requests
from openline.post.home.homes import read_file, write_file
from openline.post.home.root_requests import RootBring, RootCopy, RootDrop

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


root = App(name="root", help="The root key, which signs all changes of keys: away from the home, and back.")
keys.command(root)


@root.command(name="out")
def out_(file: Path, /, *, common: Common = DEFAULTS) -> int:
    """Take the root key out of the home, into a file to be kept offline. The post works on without it for a year.

    The file is locked under the passphrase of the home. Keep two copies, apart; without one, no key changes any more.

    Example: openline keys root out /media/stick/northern.root
    """
    if file.exists() or file.is_symlink():
        raise CannotWrite(f"{file} is there already; name a new file.")

    def dialogue() -> Dialogue[Any]:
        made = yield RootCopy()
        write_file(file, bytes.fromhex(made["copy"]))
        gone = yield RootDrop(copy=read_file(file, KEYSTORE_MAX_BYTES).hex())
        return {**gone, "file": str(file)}

    def words(value: Any) -> None:
        out.print(f"The root key is in {value['file']}, and in this home no more.", markup=False)
        out.print(f"Bring it before {value['sealing_until']}: 'openline keys root in FILE'.")

    return common.say(common.converse(dialogue()), words)


@root.command(name="in")
def in_(file: Path, /, *, common: Common = DEFAULTS) -> int:
    """Put the root key back into the home, to change keys, enrol officers or name a true branch.

    Example: openline keys root in /media/stick/northern.root
    """
    held = read_file(file, KEYSTORE_MAX_BYTES)
    return common.say(
        common.ask(RootBring(copy=held.hex())),
        lambda value: out.print("The root key is in this home again. Take it out when the keys are changed."),
    )


def _print_keys(value: Any) -> None:
    out.print(f"The card has {value['statements']} statements. Give the newest card to whoever adds this post anew.")
