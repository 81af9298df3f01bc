"""The command that waits: entries and alarms as they come."""

from __future__ import annotations

import sys
from typing import Annotated

from cyclopts import Parameter

from openline.cli import printing
from openline.cli.common import DEFAULTS, UNREACHABLE, Common, app, err, print_json
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
    try:
        with Client(home.path) as client:
            for event in client.watch(requests.Watch(line=line)):
                if common.json:
                    print_json(event)
                    continue
                if sys.stdout.isatty() and _rings(event):
                    sys.stdout.write(BELL)
                printing.print_event(event)
    except KeyboardInterrupt:
        return 0
    except NotRunning as error:
        err.print(str(error), markup=False)
    return UNREACHABLE


def _rings(event: dict[str, object]) -> bool:
    return event["what"] == "alarm" or (event["what"] == "entry" and event["precedence"] in ("flash", "immediate"))
