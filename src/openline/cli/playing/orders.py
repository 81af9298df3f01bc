"""Commands of the command line as an exercise gives them: in this process, at the post of a party, as exercise."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import msgspec
from cyclopts import CycloptsError

from openline.cli.common import app
from openline.errors import Misuse
from openline.exercises import filling

NOT_IN_PLAY: Final = frozenset(
    {
        "init",
        "serve",
        "watch",
        "demo",
        "exercise",
        "restore",
        "peer",
        "keys",
        "paging",
        "desk",
        "version",
        "card",
        "verify",
        "action",
    }
)
"""Commands that make or end posts, wait for ever, or show nothing of the line."""

SET_BY_THE_RUN: Final = ("--home", "--json", "--passphrase-file")
CLASS: Final = "--class"
EXERCISE: Final = "exercise"


def judge(command: str) -> str:
    """What is wrong with a command whose places are filled; "" where nothing is."""
    try:
        _understood(filling.words(command))
    except Misuse as error:
        return str(error)
    return ""


def as_exercise(words: Sequence[str]) -> list[str]:
    """The words of a command, with the class of traffic where it takes one. Raises Misuse."""
    takes = _understood(list(words))
    return [*words, CLASS, EXERCISE] if takes and CLASS not in words else list(words)


def _main() -> ModuleType:
    """The module that knows all commands, of which those of exercises are some: so it is loaded when it is asked."""
    return importlib.import_module("openline.cli.main")


def _understood(words: list[str]) -> bool:
    """Whether a command takes a class of traffic. Raises Misuse where it is none, or none for an exercise."""
    if not words or words[0] in NOT_IN_PLAY or words[0].startswith("-"):
        raise Misuse(f"{words[0] if words else ''!r} is no command of an exercise: write one of the line, as 'send'.")
    for option in SET_BY_THE_RUN:
        if any(word == option or word.startswith(f"{option}=") for word in words):
            raise Misuse(f"Leave out {option}: the run says it.")
    _main()
    try:
        command, bound, _ = app.parse_args(words, exit_on_error=False, print_error=False)
    except CycloptsError as error:
        said = str(error).partition(" Available commands")[0]
        raise Misuse(f"'openline {' '.join(words)}' is not understood: {said}") from None
    if "traffic" not in inspect.signature(command).parameters:
        return False
    named = bound.arguments.get("traffic")
    if named is not None and named != EXERCISE:
        raise Misuse("All that is said in an exercise is signed as exercise: leave out --class.")
    return True


def carry_out(home: Path, words: Sequence[str]) -> tuple[Any, str]:
    """What a command answers at the post in a home; or None, and why it was refused."""
    try:
        code, value = said_by(home, as_exercise(words))
    except Misuse as error:
        return None, str(error)
    if code == 0:
        return value, ""
    said = value.get("error") if isinstance(value, dict) else None
    return None, f"{said['code']}: {said['message']}" if said else f"The command ended with {code}."


def said_by(home: Path, words: Sequence[str]) -> tuple[int, Any]:
    """The exit status of a command in this process, and the document that it printed; an interruption goes on."""
    printed = BytesIO()
    out = TextIOWrapper(printed, write_through=True)
    with redirect_stdout(out), redirect_stderr(StringIO()):
        code = _main().status([*words, "--home", str(home), "--json"])
    if code == _main().INTERRUPTED:
        raise KeyboardInterrupt
    return code, msgspec.json.decode(printed.getvalue() or b"null")
