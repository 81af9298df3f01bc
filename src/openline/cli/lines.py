"""Commands for lines: proposed, accepted, changed, and how they stand."""

from __future__ import annotations

from typing import Annotated, Any

from cyclopts import App, Parameter
from rich.table import Table

from openline.cli.common import DEFAULTS, Common, app, out
from openline.errors import Misuse
from openline.post import requests

line = App(name="line", help="Lines between this post and others.")
app.command(line)


@line.command(name="open")
def open_(
    name: str,
    /,
    *,
    peers: Annotated[
        tuple[str, ...], Parameter(name="--with", consume_multiple=True, help="The other members, by their names here.")
    ],
    common: Common = DEFAULTS,
) -> int:
    """Propose a line to other posts. It runs as soon as one of them has accepted.

    Example: openline line open strait --with "Southern Command"
    """
    value = common.ask(requests.LineOpen(line=name, peers=peers))
    return common.say(value, lambda value: out.print(f"The line {name!r} is proposed.", markup=False))


@line.command
def accept(name: str, /, *, common: Common = DEFAULTS) -> int:
    """Accept a line that was proposed to this post, or new terms of one.

    Example: openline line accept strait
    """
    value = common.ask(requests.LineAccept(line=name))
    return common.say(value, lambda value: out.print(f"Accepted: {name!r}.", markup=False))


@line.command(name="list")
def list_(*, common: Common = DEFAULTS) -> int:
    """Show the lines of this post, proposed ones too."""

    def words(value: Any) -> None:
        for each in value["lines"]:
            state = "proposed; accept it with 'line accept'" if each["proposed"] else f"{each['entries']} entries"
            out.print(f"{each['line']}: {state}", markup=False)
        if not value["lines"]:
            out.print("No lines yet. Propose one with 'openline line open'.")

    return common.say(common.ask(requests.LineList()), words)


@line.command
def status(name: str, /, *, common: Common = DEFAULTS) -> int:
    """Show how a line stands: members, links, what is proved of each, gaps, forks and clocks.

    Example: openline line status strait
    """
    return common.say(common.ask(requests.LineStatus(line=name)), _print_status)


def _print_status(value: Any) -> None:
    writes = "" if value["writes"] else "; THIS POST CANNOT WRITE ON IT NOW"
    out.print(f"{value['line']}: terms {value['terms']}, {value['entries']} entries{writes}", markup=False)
    out.print(f"Our feed: {value['mine']} entries, checkpoint over {value['checkpoint']}")
    if value["waits for"]:
        out.print(f"Waits for: {', '.join(value['waits for'])}", markup=False)
    table = Table("Member", "State", "Link", "Entries", "Has of ours", "Waiting", "Clock", "", box=None, pad_edge=False)
    for each in value["members"]:
        state = "removed" if not each["active"] else "accepted" if each["accepted"] else "not accepted yet"
        faults = [f"gap {first}-{last}" for first, last in each["gaps"]]
        if each["fork"]:
            faults.append(f"FORK AT {each['fork']['number']}: both entries are kept as evidence")
        table.add_row(
            each["name"],
            state,
            each["link"] or "this post",
            str(each["entries"]),
            _or_nothing(each["signed for"]),
            _or_nothing(each["waiting to be sent"]),
            "" if each["skew ms"] is None else f"{each['skew ms'] / 1000:+.1f} s",
            ", ".join(faults),
        )
    out.print(table)
    for offer in value["proposed terms"]:
        out.print(
            f"Proposed terms {offer['version']}: adds {', '.join(offer['adds']) or 'nobody'}, removes "
            f"{', '.join(offer['removes']) or 'nobody'}; signed by {', '.join(offer['signed'])}",
            markup=False,
        )


def _or_nothing(value: Any) -> str:
    return "" if value is None else str(value)


@line.command
def add(name: str, /, *peers: str, common: Common = DEFAULTS) -> int:
    """Propose terms with more members. They hold once every member that they keep has accepted.

    Example: openline line add strait "Neutral Office"
    """
    return _change(name, peers, (), common)


@line.command
def remove(name: str, /, *peers: str, common: Common = DEFAULTS) -> int:
    """Propose terms without some members, who read nothing that is written from then on.

    Example: openline line remove strait "Neutral Office"
    """
    return _change(name, (), peers, common)


def _change(name: str, add: tuple[str, ...], remove: tuple[str, ...], common: Common) -> int:
    if not add and not remove:
        raise Misuse("Name at least one post.")
    value = common.ask(requests.LineChange(line=name, add=add, remove=remove))

    def words(value: Any) -> None:
        waiting = ", ".join(value["waiting for"]) or "nobody"
        out.print(f"Terms {value['version']} of {name!r} are proposed; they wait for {waiting}.", markup=False)

    return common.say(value, words)


@line.command
def checkpoint(name: str, /, *, common: Common = DEFAULTS) -> int:
    """Sign our whole feed so far, also against a later quantum computer.

    Example: openline line checkpoint strait
    """
    value = common.ask(requests.LineCheckpoint(line=name))
    return common.say(value, lambda value: out.print(f"The checkpoint covers {value['size']} entries."))


@line.command
def resume(name: str, /, *, common: Common = DEFAULTS) -> int:
    """After a restore: go on though not every member could be asked what this post wrote since the backup.

    Only where nobody can be reached. If anybody holds entries of this post that are lost here, the record will show
    two histories of it.

    Example: openline line resume strait
    """
    value = common.ask(requests.LineResume(line=name))
    return common.say(value or {}, lambda value: out.print(f"This post writes on {name!r} again.", markup=False))
