"""The command that waits: entries and alarms as they come, and messages that nobody here has taken."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Annotated, Any, Final

from cyclopts import Parameter

from openline.cli import clock, printing
from openline.cli.common import DEFAULTS, DONE, UNREACHABLE, Common, app, err, print_json
from openline.errors import NotRunning, UnknownName
from openline.post import requests
from openline.post.client import Client

BELL: Final = "\a"
RINGS_AGAIN: Final = {"flash": timedelta(minutes=1), "immediate": timedelta(minutes=5)}
"""How often the bell rings for a message that nobody here has taken; for others once, when it is overdue."""

SAID: Final = ("message", "correction", "given up")
"""What rings when it comes from others; a mark does not."""

LOOKED_THROUGH: Final = 500
"""Newest exchanges that are looked through for messages that wait, when a watch begins."""

REST: Final = timedelta(minutes=1)
"""A watch looks at its clock at least so often."""

WAITING: Final = (
    "id",
    "line",
    "author",
    "precedence",
    "class",
    "refers",
    "corrected",
    "waits_for",
    "handle_by",
    "overdue",
)
"""What is told again of a message that waits."""


@app.command
def watch(
    *,
    line: Annotated[str, Parameter(help="One line only.")] = "",
    common: Common = DEFAULTS,
) -> int:
    """Tell what comes, until Ctrl-C. The bell rings for alarms, FLASH and IMMEDIATE, and again until somebody takes it.

    With --json, a document a line.

    Example: openline watch --line strait
    """
    home = common.find()
    with Client(home.path) as telling, Client(home.path) as asking:
        telling.ask(requests.Watch(line=line))
        err.print("Watching.")
        desk = Desk(asking, line, json=common.json)
        try:
            desk.open()
            while True:
                event = telling.event(desk.rest())
                if event is not None:
                    desk.told(event)
                desk.ring()
        except KeyboardInterrupt:
            return DONE
        except NotRunning as error:
            _bell(json=common.json)
            err.print("THE WATCH HAS ENDED: nothing rings here any more.", style="bold red")
            err.print(str(error), markup=False)
            return UNREACHABLE


class Desk:
    """What one watching person is told: what waits here, by id, with the time at which the bell rings for it again.

    `asking` is a second connection to the post, for what an event does not say by itself.
    """

    def __init__(self, asking: Client, line: str, *, json: bool) -> None:
        self._asking = asking
        self._line = line
        self._json = json
        self.waiting: dict[str, datetime] = {}
        self._ours: dict[str, Any] = {}

    def open(self) -> None:
        """Look through the newest messages; people are shown those that wait."""
        entries = self._asking.ask(requests.Inbox(line=self._line, most=LOOKED_THROUGH))["entries"]
        waiting = [each for each in entries if each.get("waits_for")]
        for entry in entries:
            self._note(entry)
            if entry.get("undelivered"):
                self._ours[entry["id"]] = {**entry, "signed": []}
        if not self._json:
            for entry in waiting:
                printing.print_event({**entry, "what": "entry"})
            printing.print_waiting(waiting)

    def told(self, event: Any) -> None:
        """Something came: tell it, and look what it changes."""
        if event["what"] == "entry":
            self._entry(event)
        self._tell(event)

    def _entry(self, event: Any) -> None:
        if event["kind"] == "message":
            self._note(event)
            if event["own"]:
                self._ours[event["id"]] = {**event, "signed": []}
                if len(self._ours) > LOOKED_THROUGH:
                    del self._ours[next(iter(self._ours))]
        for identifier in event["refers"]:
            if identifier in self.waiting or event["kind"] == "correction":
                self._look_again(identifier)

    def _note(self, entry: Any) -> None:
        if entry.get("waits_for"):
            self.waiting[entry["id"]] = next_ring(entry, clock.now())
        else:
            self.waiting.pop(entry["id"], None)

    def _look_again(self, identifier: str) -> Any:
        """How an entry stands now; None where it is not kept here yet."""
        try:
            shown = self._asking.ask(requests.Show(entry=identifier))
        except UnknownName:
            self.waiting.pop(identifier, None)
            return None
        self._note(shown)
        return shown

    def rest(self) -> float:
        """How many seconds from now the bell may have to ring again."""
        due = min(self.waiting.values(), default=None)
        rest = REST if due is None else min(REST, max(timedelta(), due - clock.now()))
        return rest.total_seconds()

    def ring(self) -> None:
        """Ring for what is due and still waits."""
        at = clock.now()
        for identifier in [identifier for identifier, due in self.waiting.items() if due <= at]:
            shown = self._look_again(identifier)
            if shown and shown["waits_for"]:
                self._tell({"what": "waiting", **{name: shown[name] for name in WAITING}})

    def _tell(self, event: Any) -> None:
        if self._json:
            print_json(event)
            return
        if _rings(event):
            _bell(json=False)
        if event["what"] == "delivered":
            event["messages"] = list(self._newly_signed(event))
        printing.print_event(event)

    def _newly_signed(self, event: Any) -> Iterator[Any]:
        """Our messages that a member has signed for by this, and had not before."""
        for entry in self._ours.values():
            by = event["by"]
            if entry["line"] == event["line"] and entry["number"] <= event["number"] and by not in entry["signed"]:
                entry["signed"].append(by)
                if by in entry.get("undelivered", [by]):
                    yield entry


def next_ring(entry: Any, at: datetime) -> datetime:
    """When the bell rings again for a message that waits and is told now."""
    again = RINGS_AGAIN.get(entry["precedence"])
    due = clock.instant(entry["handle_by"])
    if again is not None:
        return at + again
    return due if due > at else datetime.max.replace(tzinfo=at.tzinfo)


def _rings(event: Any) -> bool:
    if event["what"] == "entry":
        return event["precedence"] in RINGS_AGAIN and not event["own"] and event["kind"] in SAID
    return event["what"] in ("alarm", "waiting")


def _bell(*, json: bool) -> None:
    if sys.stdout.isatty() and not json:
        sys.stdout.write(BELL)
