"""What all commands share: the options, the way to the post, and how answers and errors are said.

A command asks the post that runs in the home. When none runs it does the same thing itself: it opens the home, and what
it keeps goes out when the post is next served. Exit 0 done, 1 refused or not proved, 2 misuse, 3 not reachable.
"""

from __future__ import annotations

import asyncio
import getpass
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final

import msgspec
from cyclopts import App, Parameter

from openline.cli.screen import console
from openline.errors import (
    HomeInUse,
    Misuse,
    NoPassphrase,
    NotReachable,
    NotRunning,
    OpenlineError,
)
from openline.limits import PASSPHRASE_MAX_BYTES
from openline.post import homes
from openline.post.client import Client
from openline.post.control import error_value
from openline.post.homes import Home
from openline.post.post import Post, run
from openline.post.requests import AnyRequest
from openline.post.service import Service

DONE: Final = 0
REFUSED: Final = 1
MISUSED: Final = 2
UNREACHABLE: Final = 3

PASSPHRASE_VARIABLE: Final = "OPENLINE_PASSPHRASE"

app = App(
    name="openline",
    help="A crisis line between organisations: one signed record that neither can bend.",
    help_format="plaintext",
    version_flags=[],
    result_action="return_value",
    default_parameter=Parameter(negative=()),
)
"""All commands; each file of this room adds its own."""

out = console()
err = console(stderr=True)


@Parameter(name="*")
@dataclass(frozen=True)
class Options:
    """What every command takes."""

    home: Annotated[Path, Parameter(env_var="OPENLINE_HOME", group="Home", help="Directory of the post.")] = Path(
        "~/.openline"
    )
    json: Annotated[bool, Parameter(group="Home", help="One JSON document on stdout.")] = False
    passphrase_file: Annotated[
        Path | None, Parameter(group="Home", help="File whose first line is the passphrase of the keys.")
    ] = None

    @property
    def path(self) -> Path:
        """The directory of the post."""
        return self.home.expanduser().absolute()

    def find(self) -> Home:
        """The home, keys still locked. Raises NoHome, HomeTooNew or HomeDamaged."""
        return homes.find(self.path)

    def passphrase(self, *, new: bool = False) -> bytes:
        """The passphrase: from the file, the environment, or the person. Raises NoPassphrase or CannotRead."""
        if self.passphrase_file is not None:
            data = homes.read_file(self.passphrase_file, PASSPHRASE_MAX_BYTES + 2)
            return _usable(data.split(b"\n", 1)[0].rstrip(b"\r"))
        if PASSPHRASE_VARIABLE in os.environ:
            return _usable(os.fsencode(os.environ[PASSPHRASE_VARIABLE]))
        if not sys.stdin.isatty():
            raise NoPassphrase("The passphrase of the keys is needed.")
        said = getpass.getpass("Passphrase of this post's keys: ", sys.stderr)
        if new and getpass.getpass("The same again: ", sys.stderr) != said:
            raise Misuse("The two passphrases differ.")
        return _usable(said.encode())

    def ask(self, request: AnyRequest) -> Any:
        """Ask the running post, or do it here when none runs. Raises the OpenlineError that came of it."""
        home = self.find()
        try:
            with Client(home.path) as client:
                return client.ask(request)
        except NotRunning:
            pass
        try:
            return asyncio.run(alone(home, self.passphrase(), request))
        except HomeInUse:
            # It may have been starting: then it answers now.
            with Client(home.path) as client:
                return client.ask(request)

    def say(self, value: Any, words: Callable[[Any], None]) -> int:
        """Print an answer, as JSON or in words; returns DONE."""
        if self.json:
            print_json(value)
        else:
            words(value)
        return DONE


def _usable(passphrase: bytes) -> bytes:
    if not passphrase:
        raise NoPassphrase("The passphrase is empty.")
    if len(passphrase) > PASSPHRASE_MAX_BYTES:
        raise Misuse(f"A passphrase has at most {PASSPHRASE_MAX_BYTES} bytes.")
    return passphrase


Common = Annotated[Options, Parameter(show=True)]
DEFAULTS: Final = Options()


async def alone(home: Home, passphrase: bytes, request: AnyRequest) -> Any:
    """Open the home for one request."""

    async def body(post: Post) -> Any:
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        Service(post).answer(request, lambda value: None if future.done() else future.set_result(value))
        value = await future
        if isinstance(value, OpenlineError):
            raise value
        return value

    return await run(home, passphrase, body)


def print_json(value: Any) -> None:
    """One JSON document on stdout."""
    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")
    sys.stdout.flush()


def say_error(error: OpenlineError, *, json: bool) -> int:
    """Say what went wrong and what to do; returns the exit status."""
    value = error_value(error)
    if json:
        print_json({"error": value})
    else:
        err.print(f"[bold red]{error.code}[/]: ", end="")
        err.print(f"{value['message']} {value['advice']}".strip(), markup=False)
    return status_of(error)


def status_of(error: OpenlineError) -> int:
    """The exit status that an error has."""
    if isinstance(error, Misuse):
        return MISUSED
    return UNREACHABLE if isinstance(error, NotRunning | NotReachable) else REFUSED
