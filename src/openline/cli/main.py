"""The command `openline`."""

from __future__ import annotations

import importlib
import importlib.util
import logging
import os
import sys

from cyclopts import CycloptsError

from openline.cli.common import MISUSED, app, err, print_json, say_error
from openline.errors import CannotRead, OpenlineError
from openline.post.serving import log_to_stderr

GROUPS = ("post", "peers", "lines", "messages", "watching", "officers", "carrying", "proofs", "keys", "demo")
"""Files of this room that add commands, in the order of the help."""

INTERRUPTED = 130

for _group in GROUPS:
    if importlib.util.find_spec(f"openline.cli.{_group}") is not None:
        importlib.import_module(f"openline.cli.{_group}")
app.register_install_completion_command(help="Install completion for this shell.")


def main(tokens: list[str] | None = None) -> None:
    """Run one command and exit with its status."""
    sys.exit(status(sys.argv[1:] if tokens is None else tokens))


def status(tokens: list[str]) -> int:
    """Run one command; its exit status."""
    json = "--json" in tokens
    log_to_stderr(logging.WARNING)
    try:
        result = app(tokens, exit_on_error=False, print_error=False)
    except CycloptsError as error:
        if json:
            print_json({"error": {"code": "misuse", "message": str(error), "advice": "See openline --help."}})
        else:
            err.print(str(error), markup=False)
            err.print("See openline --help.")
        return MISUSED
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
