"""Commands for the post itself: init, card, serve, backup, restore, health, version."""

from __future__ import annotations

import asyncio
import getpass
import importlib
import logging
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Annotated, Any, Final

from cyclopts import Parameter

from openline.cli.common import DEFAULTS, DONE, REFUSED, Common, app, err, out, print_json
from openline.errors import Misuse
from openline.identity.card import Card
from openline.post import requests, serving
from openline.post.client import Client
from openline.post.home import backups, keychanges, keyring
from openline.post.home.homes import write_file
from openline.post.loop import now
from openline.post.names import new_name
from openline.post.serving import DeskOf, Ready

ANSWER_SECONDS: Final = 10.0
"""How long `health` waits for a post that runs."""


@app.command
def init(
    *,
    name: Annotated[str, Parameter(help="What other posts will call this one.")],
    officer: Annotated[str, Parameter(help="The first officer; without it, whoever is logged in.")] = "",
    common: Common = DEFAULTS,
) -> int:
    """Make this post: its keys, its card, its store.

    Example: openline init --name "Northern Command" --officer "Maj. Berg"
    """
    names = new_name(name, "a post"), new_name(officer or _login(), "an officer")
    ring = keyring.found(common.path, *names, common.passphrase(new=True), now())
    value = {
        "name": ring.card.name,
        "post": ring.card.post.hex(),
        "fingerprint": ring.card.fingerprint,
        "officer": ring.card.officers[0].name,
        "home": str(common.path),
    }

    def words(value: Any) -> None:
        out.print(f"This is the post {value['name']!r} in {value['home']}.", markup=False)
        out.print(f"First officer: {value['officer']}.", markup=False)
        _print_fingerprint(value["fingerprint"])
        out.print("Next: openline card --out FILE, and give that file to the other side.")

    return common.say(value, words)


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "Duty officer"


def _print_fingerprint(fingerprint: str) -> None:
    out.print("Fingerprint, to be compared by voice:")
    groups = fingerprint.split()
    for at in range(0, len(groups), 4):
        out.print("   " + "  ".join(groups[at : at + 4]), style="bold")


@app.command
def card(
    *,
    out_file: Annotated[Path | None, Parameter(name="--out", help="Write the card into this file.")] = None,
    common: Common = DEFAULTS,
) -> int:
    """Write this post's card, and print the fingerprint that the other side has to hear from you.

    Example: openline card --out northern.card
    """
    home = common.find()
    own = Card.admit(home.card())
    if out_file is not None:
        write_file(out_file, own.encode())
    value = {
        "name": own.name,
        "post": own.post.hex(),
        "fingerprint": own.fingerprint,
        "file": None if out_file is None else str(out_file),
        "keys": keychanges.in_force(own),
    }

    def words(value: Any) -> None:
        out.print(f"Card of {value['name']!r}" + (f", written to {value['file']}" if out_file else ""), markup=False)
        _print_fingerprint(value["fingerprint"])

    return common.say(value, words)


@app.command
def serve(
    *,
    link: Annotated[str, Parameter(help="HOST:PORT where peers call; without it, this post only calls them.")] = "",
    desk: Annotated[str, Parameter(help="HOST:PORT of the web console, on this machine: 127.0.0.1:8080.")] = "",
    desk_name: Annotated[
        str, Parameter(help="NAME[:PORT] under which browsers reach the web console by TLS: desk.north.example.")
    ] = "",
    desk_cert: Annotated[
        Path | None, Parameter(help="The certificate for that name, PEM; without it, a proxy's.")
    ] = None,
    desk_key: Annotated[Path | None, Parameter(help="The key of that certificate, PEM.")] = None,
    guide: Annotated[bool, Parameter(help="Pages of the desk show newcomers their first steps.")] = False,
    common: Common = DEFAULTS,
) -> int:
    """Run this post until it is stopped by SIGTERM or Ctrl-C. Logs go to stderr.

    Example: openline serve --link 0.0.0.0:7700 --desk 127.0.0.1:8080
    """
    place = _place(link) if link else None
    if not desk and (desk_name or desk_cert or desk_key or guide):
        raise Misuse("Say with --desk where the web console listens.")
    opens = _desk(desk, desk_name, desk_cert, desk_key, guide=guide) if desk else None
    home = common.find()
    passphrase = common.passphrase()
    serving.log_to_stderr(logging.INFO)

    def ready(said: Ready) -> None:
        if common.json:
            where = {"link": said.link, "desk": said.desk, "first": said.first}
            print_json({"ready": True, "name": said.name, **where, "fingerprint": said.fingerprint})
            return
        err.print(f"{said.name} is ready" + (f", link at {said.link}" if said.link else ", calling only"), markup=False)
        err.print(f"Fingerprint {said.fingerprint}")
        if said.desk:
            err.print(f"Desk at {said.desk}", markup=False)
        if said.first:
            err.print("Nobody can sign in there yet. The first officer sets a password with this link, once:")
            err.print(said.first, markup=False, soft_wrap=True)

    asyncio.run(serving.serve(home, passphrase, place, ready, opens))
    return DONE


def _desk(text: str, name: str, certificate: Path | None, key: Path | None, *, guide: bool) -> DeskOf:
    """Opens the desk; what it needs is loaded only where there is one."""
    at = importlib.import_module("openline.desk.serving").desk_at
    return at(_place(text), name=name, certificate=certificate, key=key, guide=guide)  # type: ignore[no-any-return]


def _place(text: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":")
    if not colon or not host or not port.isascii() or not port.isdigit() or int(port) > 65_535:
        raise Misuse(f"{text!r} is not HOST:PORT.")
    return host.strip("[]"), int(port)


@app.command
def backup(file: Path, /, *, common: Common = DEFAULTS) -> int:
    """Copy this post into FILE, also while it runs. Keep it as safe as the home: the record in it can be read.

    Example: openline backup /media/stick/northern.backup
    """
    value = common.ask(requests.Backup(file=str(file.absolute())))
    return common.say(value, lambda value: out.print(f"{value['file']}: {value['bytes']} bytes.", markup=False))


@app.command
def restore(file: Path, /, *, common: Common = DEFAULTS) -> int:
    """Make the home of a backup, in a directory that is empty or new.

    The post writes nothing on a line before it has fetched from the others what it wrote since the backup.
    Never run it beside the post that the backup was made of.

    Example: openline restore northern.backup --home /srv/openline
    """
    home = backups.restore(file, common.path)
    value = {"name": home.name, "post": home.post.hex(), "home": str(home.path)}

    def words(value: Any) -> None:
        out.print(f"{value['name']!r} is restored in {value['home']}. Start it with 'openline serve'.", markup=False)

    return common.say(value, words)


@app.command
def health(*, common: Common = DEFAULTS) -> int:
    """Say whether the running post does its work: its loop turns, its store answers and keeps; links, disk, clock.

    Exit 0 where it does, 1 where not, 3 where none runs or it does not answer within 10 s.

    Example: openline health --json
    """
    with Client(common.find().path, ANSWER_SECONDS) as client:
        value = client.ask(requests.Health())
    common.say(value, _health_words)
    return DONE if value["ok"] else REFUSED


def _health_words(value: dict[str, Any]) -> None:
    tried = (("turns", "its loop turns"), ("reads", "its store answers"), ("writes", "its store keeps"))
    for name, words in tried:
        out.print(f"{'yes' if value[name] else 'NO '}  {words}", markup=False)
    newest, disk = value["newest"], value["disk"]
    if newest is not None:
        where = f"{newest['number']} of {newest['author']} on {newest['line']}"
        out.print(f"Newest entry: {where}, kept {newest['kept']}", markup=False)
    for each in value["peers"]:
        skew = "" if each["skew_ms"] is None else f", its entries {each['skew_ms']} ms old at least"
        linked = "linked" if each["linked"] else "NOT LINKED"
        out.print(f"{each['peer']}: {linked} since {each['since']}{skew}", markup=False)
    out.print(f"{disk['free_bytes'] // 1_000_000:,} MB free of {disk['total_bytes'] // 1_000_000:,}", markup=False)


@app.command
def version(*, common: Common = DEFAULTS) -> int:
    """Print the version.

    Example: openline version
    """
    return common.say({"version": version_of("openline")}, lambda value: out.print(f"openline {value['version']}"))
