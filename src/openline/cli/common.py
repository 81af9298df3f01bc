"""What all commands share: the options, the way to the post, and how answers and errors are said.

A command asks the post that runs in the home. When none runs it does the same thing itself: it opens the home, and what
it keeps goes out when the post is next served. Exit 0 done, 1 refused or not proved, 2 misuse, 3 not reachable.
"""

from __future__ import annotations

import asyncio
import getpass
import os
import re
import sys
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final, TypeVar

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
from openline.limits import CONTROL_REQUEST_MAX_BYTES, PASSPHRASE_MAX_BYTES
from openline.post.client import Client
from openline.post.control import error_value
from openline.post.home import homes
from openline.post.home.homes import Home
from openline.post.people.draft_requests import DraftMake, DraftRelease
from openline.post.post import Post, run
from openline.post.requests import SIGNING, AnyRequest
from openline.post.service import Service

DONE: Final = 0
REFUSED: Final = 1
MISUSED: Final = 2
UNREACHABLE: Final = 3

PASSPHRASE_VARIABLE: Final = "OPENLINE_PASSPHRASE"
STARTING_SECONDS: Final = 5.0
"""How long a post that holds its home and does not answer yet is taken to be starting."""

ORDERS: Final = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""Beyond those that JSON escapes anyway: control characters, and those that turn the order of others (UAX 9)."""

Result = TypeVar("Result")
Dialogue = Generator[AnyRequest, Any, Result]
"""Yields one request after another, gets the answer to each, or the OpenlineError that came instead."""


def _default_shown(value: object) -> str | None:
    """What the help says of a default: nothing where there is none to speak of."""
    return str(value) if value not in ("", (), False, 0, None) else None


app = App(
    name="openline",
    help="A crisis line between organisations: one signed record that neither can bend.",
    help_format="plaintext",
    version_flags=[],
    result_action="return_value",
    help_epilogue="Each command explains itself, with an example: openline send --help",
    default_parameter=Parameter(negative=(), show_default=_default_shown),
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
    draft: Annotated[
        bool, Parameter(group="Home", help="Sign as drafter only; another officer releases it: 'openline drafts'.")
    ] = False
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

        def once() -> Dialogue[Any]:
            return (yield request)

        return self.converse(once())

    def converse(self, dialogue: Dialogue[Result]) -> Result:
        """Ask one thing after another, of the running post or, when none runs, here: the home is opened once.

        Raises the OpenlineError that the dialogue raised or let pass.
        """
        if self.draft:
            dialogue = drafting(dialogue)
        home = self.find()
        client = _running(home)
        if client is None:
            try:
                return asyncio.run(alone(home, self.passphrase(), dialogue))
            except HomeInUse:
                client = _starting(home)
                if client is None:
                    raise
        with client:
            return _asked(client, dialogue)

    def say(self, value: Any, words: Callable[[Any], None]) -> int:
        """Print an answer, as JSON or in words; returns DONE."""
        if self.json:
            print_json(value)
        else:
            words(value)
        return DONE


class Drafted(Exception):
    """What was to be signed is drafted, and waits for another officer; `value` is what the post says of it."""

    def __init__(self, value: dict[str, Any]) -> None:
        super().__init__("drafted")
        self.value = value


def drafting(dialogue: Dialogue[Result]) -> Dialogue[Result]:
    """The same questions, but what an officer would sign first is drafted. Raises Drafted then, else Misuse."""
    outcome: Any = None
    while True:
        try:
            request = _next(dialogue, outcome)
        except StopIteration:
            raise Misuse("That command signs nothing that could be drafted: leave out --draft.") from None
        if isinstance(request, SIGNING) and not isinstance(request, DraftRelease):
            raise Drafted((yield DraftMake(request=msgspec.to_builtins(request), release=True)))
        try:
            outcome = yield request
        except OpenlineError as error:
            outcome = error


def read_text(file: Path) -> str:
    """A small text file that a person names. Raises CannotRead, or Misuse where it is not text."""
    try:
        return homes.read_file(file.expanduser(), CONTROL_REQUEST_MAX_BYTES // 2).decode()
    except UnicodeDecodeError:
        raise Misuse(f"{str(file)!r} is not text in UTF-8.") from None


def _usable(passphrase: bytes) -> bytes:
    if not passphrase:
        raise NoPassphrase("The passphrase is empty.")
    if len(passphrase) > PASSPHRASE_MAX_BYTES:
        raise Misuse(f"A passphrase has at most {PASSPHRASE_MAX_BYTES} bytes.")
    return passphrase


Common = Annotated[Options, Parameter(show=True)]
DEFAULTS: Final = Options()


def _running(home: Home) -> Client | None:
    try:
        return Client(home.path)
    except NotRunning:
        return None


def _starting(home: Home) -> Client | None:
    """The post that holds a home, once it answers."""
    end = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < end:
        client = _running(home)
        if client is not None:
            return client
        time.sleep(0.1)
    return None


def _asked(client: Client, dialogue: Dialogue[Result]) -> Result:
    outcome: Any = None
    try:
        while True:
            request = _next(dialogue, outcome)
            try:
                outcome = client.ask(request)
            except OpenlineError as error:
                outcome = error
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]


async def alone(home: Home, passphrase: bytes, dialogue: Dialogue[Result]) -> Result:
    """Open the home for one dialogue."""

    async def body(post: Post) -> Result:
        service, outcome = Service(post), None
        try:
            while True:
                future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
                request = _next(dialogue, outcome)
                service.answer(request, lambda value, to=future: None if to.done() else to.set_result(value))  # type: ignore[misc]
                outcome = await future
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]

    return await run(home, passphrase, body)


def _next(dialogue: Dialogue[Any], outcome: Any) -> AnyRequest:
    return dialogue.throw(outcome) if isinstance(outcome, OpenlineError) else dialogue.send(outcome)


def json_of(value: Any) -> bytes:
    """A value in JSON, in which no character is an order to a terminal: those are escaped (RFC 8259, section 7)."""
    return ORDERS.sub(lambda found: f"\\u{ord(found[0]):04x}", msgspec.json.encode(value).decode()).encode()


def print_json(value: Any) -> None:
    """One JSON document on stdout."""
    sys.stdout.buffer.write(json_of(value) + b"\n")
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
