"""The command that waits: entries and alarms as they come."""

from __future__ import annotations

import sys
from typing import Annotated, Any

from cyclopts import Parameter

from openline.cli import printing
from openline.cli.common import DEFAULTS, DONE, UNREACHABLE, Common, app, err, print_json
from openline.errors import NotRunning
from openline.post import requests
from openline.post.client import Client

BELL = "\a"


@app.command
def watch(
    *,
    line: Annotated[str, Parameter(help="One line only.")] = "",
    common: Common = DEFAULTS,
) -> int:
    """Tell what comes, until Ctrl-C: the bell rings for alarms, FLASH and IMMEDIATE. With --json, a document a line.

    Example: openline watch --line strait
    """
    home = common.find()
    with Client(home.path) as client:
        client.ask(requests.Watch(line=line))
        err.print("Watching.")
        try:
            for event in client.events():
                _tell(event, json=common.json)
        except KeyboardInterrupt:
            return DONE
        except NotRunning as error:
            err.print(str(error), markup=False)
            return UNREACHABLE
    return DONE


def _tell(event: dict[str, Any], *, json: bool) -> None:
    if json:
        print_json(event)
        return
    if sys.stdout.isatty() and _rings(event):
        sys.stdout.write(BELL)
    printing.print_event(event)


def _rings(event: dict[str, Any]) -> bool:
    return event["what"] == "alarm" or (event["what"] == "entry" and event["precedence"] in ("flash", "immediate"))
