"""Commands for two persons: what waits for a second officer, release it, drop it, or countersign a FLASH."""

from __future__ import annotations

from typing import Annotated, Any

from cyclopts import Parameter

from openline.cli.common import DEFAULTS, DONE, Common, app, out, print_json
from openline.cli.messages import EntryName, OfficerName, write
from openline.post import requests
from openline.post.people import draft_requests

DraftName = Annotated[str, Parameter(name="DRAFT", help="The draft: the first 8 digits that 'drafts' shows, or more.")]


@app.command
def drafts(*, common: Common = DEFAULTS) -> int:
    """Show what one officer has drafted and another one has to release, in full.

    Example: openline drafts
    """

    def words(value: Any) -> None:
        if not value["drafts"]:
            out.print("Nothing waits for a second officer.")
        for each in value["drafts"]:
            print_draft(each)

    return common.say(common.ask(draft_requests.DraftList()), words)


@app.command
def release(draft: DraftName, /, *, officer: OfficerName = "", common: Common = DEFAULTS) -> int:
    """Sign and send what another officer has drafted. Read it first: 'openline drafts' shows it in full.

    Example: openline release 4f0c56b1 --officer "Lt. Aas"
    """
    value = common.ask(draft_requests.DraftRelease(draft=draft, officer=officer))
    return common.say(value, lambda value: out.print(f"Released and signed by two: {value['id'][:12]}."))


@app.command
def drop(draft: DraftName, /, *, common: Common = DEFAULTS) -> int:
    """Let a draft go: nobody releases it.

    Example: openline drop 4f0c56b1
    """
    value = common.ask(draft_requests.DraftDrop(draft=draft))
    return common.say(value, lambda value: out.print(f"Draft {value['draft'][:8]} is dropped."))


@app.command
def countersign(entry: EntryName, /, *, officer: OfficerName = "", common: Common = DEFAULTS) -> int:
    """Sign, as a second officer, under a FLASH that one officer had to release alone.

    Example: openline countersign 4f0c56b1 --officer "Lt. Aas"
    """
    return write(common, requests.Mark(entry=entry, what="countersigned", officer=officer))


def say_drafted(value: dict[str, Any], *, json: bool) -> int:
    """Say that something was drafted, and what happens next."""
    if json:
        print_json(value)
    else:
        print_draft(value["shown"])
        out.print(f"Another officer releases it: openline release {value['draft'][:8]} --officer NAME", markup=False)
    return DONE


def print_draft(shown: dict[str, Any]) -> None:
    """A draft in full."""
    head = f"{shown['draft'][:8]}  {shown['kind']} on {shown['line']}, {shown['precedence']}, {shown['class']}"
    out.print(head, markup=False)
    out.print(f"  drafted by {shown['drafter']} at {shown['made']}; waits until {shown['until']}", markup=False)
    for each in shown["refers"]:
        out.print(f"  about {each[:12]}", markup=False)
    for item in shown["says"]:
        _print_item(item, "  ")


def _print_item(item: Any, indent: str) -> None:
    if isinstance(item, dict):
        for name, value in item.items():
            if isinstance(value, dict | list):
                out.print(f"{indent}{name}:", markup=False)
                _print_item(value, indent + "  ")
            else:
                out.print(f"{indent}{name}: {value}", markup=False)
    elif isinstance(item, list):
        for value in item:
            _print_item(value, indent + "- ")
    else:
        out.print(f"{indent}{item}", markup=False)
