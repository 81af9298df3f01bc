"""The command `openline`."""

from __future__ import annotations

import importlib
import importlib.util
import logging
import os
import sys
from io import TextIOWrapper
from typing import Final

from cyclopts import CycloptsError, Group, UnknownCommandError, UnknownOptionError, UnusedCliTokensError

from openline.cli.common import Drafted, app, say_error
from openline.cli.drafts import say_drafted
from openline.errors import CannotRead, Misuse, OpenlineError
from openline.post.serving import log_to_stderr

GROUPS = (
    "post",
    "peers",
    "lines",
    "checks",
    "messages",
    "drafts",
    "calls",
    "voice",
    "hoaxes",
    "minutes",
    "claims",
    "inquiries",
    "statements",
    "readouts",
    "translations",
    "together",
    "accounts",
    "notices",
    "notice_acts",
    "notice_looks",
    "stops",
    "watchlog",
    "incidents",
    "offices",
    "watching",
    "actions",
    "officers",
    "desk",
    "carrying",
    "proofs",
    "keys",
    "paging",
    "exercises",
    "directing",
    "demo",
)
"""Files of this room that add commands."""

HELP: Final = {
    "On watch": (
        "watch",
        "action",
        "inbox",
        "show",
        "take",
        "ack",
        "reply",
        "pass",
        "send",
        "correct",
        "receipts",
        "translation",
        "log",
    ),
    "Two persons": ("drafts", "release", "drop", "countersign"),
    "Tell ahead": ("notice", "stop"),
    "Reach a person": ("call", "office", "together"),
    "Agree on what is true": ("incident", "claim", "inquiry", "statement"),
    "What others publish": ("account",),
    "Lines and people": ("line", "peer", "card", "officer", "desk"),
    "By hand, and proof": ("carry", "export", "verify"),
    "Train": ("exercise", "demo"),
    "Upkeep": ("init", "serve", "health", "paging", "backup", "restore", "keys", "version"),
}
"""The commands as the help groups and orders them."""

CALL_HELP: Final = {
    "Ask, and close": ("ask", "try", "held", "close"),
    "When they ask": ("take", "accept", "counter", "delegate", "defer", "decline"),
    "Look": ("list", "show", "board"),
    "Whether it is them": ("digits", "did-you", "we-did", "we-did-not", "hoax", "hoaxes"),
    "After the call": ("minute", "commit", "disclose", "readout"),
    "Proof": ("certificate", "respond"),
}
"""The same of `openline call`."""

STATEMENT_HELP: Final = {
    "Write it": ("draft", "line", "amend", "strike", "accept", "reject"),
    "Agree": ("approve", "revoke", "release", "withdraw"),
    "Look": ("list", "show", "page"),
}
"""The same of `openline statement`."""

INCIDENT_HELP: Final = {
    "Say": ("open", "assess", "revise", "withdraw", "source"),
    "On what others say": ("stance", "accept", "decline"),
    "Ask": ("investigate", "finish", "quiet", "correct"),
    "Look": ("list", "show"),
    "Order": ("same", "close", "reopen"),
}
"""The same of `openline incident`."""

ACCOUNT_HELP: Final = {
    "File it": ("add", "about", "remove"),
    "Mark it": ("propose", "accept", "reject", "mark", "unmark"),
    "Look": ("list", "show", "matrix"),
    "Others' marks": ("export", "import"),
}
"""The same of `openline account`."""

EXERCISE_HELP: Final = {
    "Play": ("list", "check", "run"),
    "Direct": ("status", "pause", "go", "jump", "inject", "end"),
    "Afterwards": ("score", "report"),
}
"""The same of `openline exercise`."""

LINE_HELP: Final = {
    "Look": ("list", "status"),
    "Agree": ("open", "accept", "add", "remove", "rules"),
    "Checks and silence": ("check", "answer", "checks", "outage", "outage-over"),
    "The record": ("checkpoint", "resume"),
}
"""The same of `openline line`."""

INTERRUPTED = 130

for _group in GROUPS:
    if importlib.util.find_spec(f"openline.cli.{_group}") is not None:
        importlib.import_module(f"openline.cli.{_group}")
app.register_install_completion_command(help="Install completion for this shell.")
for _app, _help in (
    (app, HELP),
    (app["call"], CALL_HELP),
    (app["statement"], STATEMENT_HELP),
    (app["incident"], INCIDENT_HELP),
    (app["account"], ACCOUNT_HELP),
    (app["exercise"], EXERCISE_HELP),
    (app["line"], LINE_HELP),
):
    for _at, (_title, _names) in enumerate(_help.items()):
        _titled = Group(_title, sort_key=_at)
        for _place, _name in enumerate(_names):
            _app[_name].group = (_titled,)
            _app[_name].sort_key = _place


def main(tokens: list[str] | None = None) -> None:
    """Run one command and exit with its status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    sys.exit(status(sys.argv[1:] if tokens is None else tokens))


def status(tokens: list[str]) -> int:
    """Run one command; its exit status."""
    json = "--json" in tokens
    log_to_stderr(logging.WARNING)
    try:
        result = app(
            ["version", *tokens[1:]] if tokens[:1] == ["--version"] else tokens, exit_on_error=False, print_error=False
        )
    except CycloptsError as error:
        return say_error(_misuse(error), json=json)
    except Drafted as drafted:
        return say_drafted(drafted.value, json=json)
    except UnicodeError:
        return say_error(Misuse("A word of the command is not text in UTF-8. Set the terminal to UTF-8."), json=json)
    except OpenlineError as error:
        return say_error(error, json=json)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return say_error(CannotRead(f"The system refused: {error.strerror or error}."), json=json)
    except KeyboardInterrupt:
        return INTERRUPTED
    return result if isinstance(result, int) else 0


def _misuse(error: CycloptsError) -> Misuse:
    """What is wrong with the words of a command, and where to read how it is said."""
    words = error.root_input_tokens or []
    said = str(error)
    if isinstance(error, UnusedCliTokensError):
        extra = " ".join(error.unused_tokens or [])
        said = f"These words are too many: {extra}. Put a text or a name that has spaces between quotation marks."
    elif isinstance(error, UnknownOptionError) and "--" in words:
        said = "What stands after -- is taken as text: write the options before it."
    elif isinstance(error, UnknownOptionError) and " " in (error.token.value or ""):
        said = f"{error.token.value!r} begins with a dash: write all options first, then --, then the texts."
    elif isinstance(error, UnknownCommandError) and words[0].startswith("-"):
        said = "The command comes first, its options after it: openline inbox --home DIR."
    command = " ".join(["openline", *(error.command_chain or ())])
    return Misuse(f"{said} An example and all options: {command} --help")
