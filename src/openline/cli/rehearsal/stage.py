"""What a person sees of the demo, and what is written down of it: steps with their times, facts, messages, ladders.

On a terminal it is set in colour and columns; elsewhere each thing is one plain line. Times are UTC: first the wall's,
then the incident's, which has "~" before it where the hour is invented.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Final, TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from openline.cli.rehearsal.evening import Evening, Fact, Message
from openline.errors import OpenlineError

WALL_WIDTH: Final = 9
INCIDENT_WIDTH: Final = 15
TAG_WIDTH: Final = 8

_PRECEDENCE: Final = {"flash": "bold white on red", "immediate": "bold red", "priority": "bold yellow", "routine": ""}
_TAGS: Final = {"fact": "bold green", "invented": "bold cyan", "ok": "green", "FAILED": "bold white on red", "": ""}


def utc() -> str:
    """The wall's time."""
    return datetime.fromtimestamp(time.time_ns() / 1e9, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Stage:
    """Prints to `console`, and keeps everything in `steps` and `told` for `--json`."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.act = ""
        self.steps: list[dict[str, Any]] = []
        self.told: list[dict[str, Any]] = []

    @classmethod
    def on(cls, file: TextIO) -> Stage:
        """A stage that prints there; a sign that is not in the encoding becomes a question mark."""
        if isinstance(file, TextIOWrapper):
            file.reconfigure(errors="replace")
        return cls(Console(file=file, highlight=False))

    def open(self, evening: Evening) -> None:
        """What this is, before anything else."""
        self.heading(evening.title, "bold")
        self.note(
            "EXERCISE: three posts on this machine play an evening, and all that they say is signed as exercise. "
            f"{evening.invented}"
        )
        self.note("Times: the clock on the wall here, then the incident's, both UTC. ~ marks an hour that is invented.")
        for key, source in evening.sources.items():
            self.note(f"[{key}] {source}", style="dim")

    def begin(self, act: str, title: str) -> None:
        """A new part of the evening."""
        self.act = act
        self.heading(title, "bold reverse")

    def heading(self, text: str, style: str) -> None:
        """A line that stands out."""
        self.console.print()
        self.console.print(Text(f" {text} " if self.console.is_terminal else f"== {text}", style=style))

    def fact(self, fact: Fact) -> None:
        """Something that happened that evening."""
        self.told.append(
            {"origin": "fact", "act": self.act, "incident": fact.when, "text": fact.text, "sources": list(fact.sources)}
        )
        self._row("", fact.when, "fact", Text(f"{fact.text} [{', '.join(fact.sources)}]"))

    def said(self, message: Message, identifier: str) -> None:
        """Something that a post says, now signed and kept."""
        at = utc()
        value = {"origin": "invented", "act": self.act, "at": at, "incident": message.when, "class": "exercise"}
        for name in ("author", "precedence", "text", "rests_on"):
            value[name] = getattr(message, name)
        self.told.append({**value, "id": identifier})
        said = Text()
        said.append(message.precedence.upper(), style=_PRECEDENCE[message.precedence])
        said.append(" EXERCISE", style="cyan")
        said.append(f" {message.author}: “{message.text}” ", style="bold")
        said.append(f"({message.rests_on})", style="dim")
        self._row(at, message.when, "invented", said)

    @contextmanager
    def step(self, what: str, key: str = "") -> Iterator[list[str]]:
        """Something that must come true in the block; what the block appends to the list is told with it.

        A step with a key is one of those whose time is told again at the end.
        """
        more: list[str] = []
        began = time.monotonic()
        value: dict[str, Any] = {"act": self.act, "what": what, "key": key, "at": utc(), "ok": False}
        self.steps.append(value)
        try:
            if self.console.is_terminal:
                with self.console.status(what):
                    yield more
            else:
                yield more
            value["ok"] = True
        except OpenlineError as error:
            more.append(str(error.args[0]))
            raise
        finally:
            value["seconds"] = round(time.monotonic() - began, 3)
            value["more"] = more
            tag = "ok" if value["ok"] else "FAILED"
            said = Text(". ".join([what, *more]).rstrip(".") + ". ")
            said.append(f"{value['seconds']:.2f} s", style="dim")
            self._row(utc(), "", tag, said)

    def note(self, text: str, style: str = "") -> None:
        """A sentence beside the story."""
        self._row("", "", "", Text(text, style=style))

    def ladder(self, rungs: Sequence[dict[str, Any]]) -> None:
        """How far a message got: each rung with who, when, and what proves it."""
        for rung in rungs:
            who = rung["by"] + (f", {rung['officer']}" if rung["officer"] else "")
            to = f" to {rung['to']}" if rung.get("to") else ""
            said = Text(f"{rung['rung'] + to}: ", style="bold")
            said.append(who, style="")
            proof = rung["proof"]
            said.append(f"  signed, entry {proof[:12]}" if proof else "  the sender's own word", style="dim")
            self._row(rung["at"], "", "", said)

    def close(self, value: dict[str, Any]) -> None:
        """The verdict, and where to look: `value` is the whole of what `--json` says."""
        if value["ok"]:
            self.heading("PLAYED AND PROVED", "bold white on green")
            self._counted(value["counts"])
            for step in self.steps:
                if step["key"]:
                    self.note(f"{step['seconds']:.2f} s: {step['key']}")
        else:
            self.heading("NOT PLAYED TO ITS END", "bold white on red")
        held = sum(step["ok"] for step in self.steps)
        self.note(f"{held} of {len(self.steps)} steps came out as they must, in {value['seconds']} s.")
        self.note("Every process of the demo has ended.")
        if "paths" in value:
            self.stays(value["paths"]["folder"], value["look"])

    def stays(self, folder: Path | str, look: Sequence[str]) -> None:
        """Where everything lies, and the commands with which to look at it."""
        self.note(f"What stays is in {folder}: remove it when you have looked. In a shell:")
        for line in look:
            self.console.print(Text("    " + line), soft_wrap=True)

    def _counted(self, counts: dict[str, int]) -> None:
        self.note(
            f"{counts['entries']} entries, {counts['messages']} of them messages and {counts['acts']} signed by an "
            f"officer, too; {counts['checkpoints']} checkpoints, each also under a post-quantum signature; "
            f"{counts['cosignatures']} cosignatures."
        )
        self.note(
            f"{counts['signatures']} signatures in one bundle, beside those on three cards, each checked by two "
            "verifiers that share no code."
        )

    def _row(self, wall: str, incident: str, tag: str, text: Text) -> None:
        wall = wall[11:19] + "Z" if wall else ""
        if not self.console.is_terminal:
            columns = f"{wall:{WALL_WIDTH}} {incident:{INCIDENT_WIDTH}} {tag:{TAG_WIDTH}}".rstrip()
            lead = f"{wall:{WALL_WIDTH}} {incident:{INCIDENT_WIDTH}} {tag:{TAG_WIDTH}} " if columns else ""
            self.console.print(Text(lead + text.plain), soft_wrap=True)
            return
        table = Table.grid(padding=(0, 1, 0, 0))
        for width in (WALL_WIDTH, INCIDENT_WIDTH, TAG_WIDTH):
            table.add_column(width=width, no_wrap=True)
        table.add_column(ratio=1)
        table.add_row(Text(wall, "dim"), Text(incident), Text(tag, _TAGS[tag]), text)
        self.console.print(table)
