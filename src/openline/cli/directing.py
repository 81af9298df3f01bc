"""Commands of the director of an exercise that runs: see all sides, stop the clock, put it forward, inject, end."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from openline.cli.common import DEFAULTS, Common, out
from openline.cli.exercises import RunFolder, exercise
from openline.cli.playing import director
from openline.cli.playing.director import Request

SHOWN = 10
"""Rows of the timeline that are printed."""


@exercise.command
def status(folder: RunFolder, /, *, common: Common = DEFAULTS) -> int:
    """Show how an exercise stands: the story's clock, what comes next, every party, and what happened last.

    Example: openline exercise status run
    """
    return _ask(folder, Request("status"), common)


@exercise.command
def pause(folder: RunFolder, /, *, common: Common = DEFAULTS) -> int:
    """Stop the story's clock. What people do meanwhile counts; posts go on, and deadlines that were sent do not wait.

    Example: openline exercise pause run
    """
    return _ask(folder, Request("pause"), common)


@exercise.command
def go(folder: RunFolder, /, *, common: Common = DEFAULTS) -> int:
    """Let the story's clock run again.

    Example: openline exercise go run
    """
    return _ask(folder, Request("go"), common)


@exercise.command
def jump(folder: RunFolder, to: str = "", /, *, common: Common = DEFAULTS) -> int:
    """Put the story's clock forward: to a span after its beginning, a UTC time, or, without one, the next thing.

    Example: openline exercise jump run 45m
    """
    return _ask(folder, Request("jump", to=to), common)


@exercise.command
def inject(
    folder: RunFolder,
    command: Annotated[str, Parameter(help="A command, between quotation marks, that --party gives now.")] = "",
    /,
    *,
    party: Annotated[str, Parameter(help="At whose post; with --tell, who learns it: all, if it is left out.")] = "",
    tell: Annotated[str, Parameter(help="What is learnt beside the line, instead of a command.")] = "",
    common: Common = DEFAULTS,
) -> int:
    """Put something in by hand: a command at a party's post, or news.

    Example: openline exercise inject run --party Russia 'send hotline "We look into it."'
    """
    return _ask(folder, Request("inject", party=party, command=command, tell=tell), common)


@exercise.command
def end(folder: RunFolder, /, *, common: Common = DEFAULTS) -> int:
    """End an exercise now; it is proved and reported as far as it came.

    Example: openline exercise end run
    """
    return _ask(folder, Request("end"), common)


def _ask(folder: Path, request: Request, common: Common) -> int:
    return common.say(director.ask(folder, request), _print_status)


def _print_status(value: Any) -> None:
    clock = "runs" if value["runs"] else "STANDS"
    out.print(f"EXERCISE: {value['title']}", style="bold", markup=False)
    out.print(
        f"Story: {value['story']}; the clock {clock}, {value['speed']:g} times as fast as the wall's", markup=False
    )
    out.print(f"Next: {value['next'] or 'nothing by itself'}; ends {value['ends']}", markup=False)
    for each in value["parties"]:
        who = "people" if each["played"] else "script"
        down = ", POST DOWN" if each["down"] else ""
        desk = f", desk {each['desk']}" if each["desk"] else ""
        out.print(f"{each['party']} ({who}, {each['officer']} on watch{down}{desk}): {each['home']}", markup=False)
    for each in value["coming"]:
        out.print(f"    {each['at'][:16]}  comes     {each['what']}", markup=False)
    for row in value["last"][-SHOWN:]:
        out.print(f"    {row['at'][:16]}  {row['sort']:9} {row['party']}: {row['text']}", markup=False)
