"""The page of an incident: prose by hand, and between the comments below what a replay says, made again and compared.

    <!-- facts -->                        the facts of the exercise, the day of each, and its sources
    <!-- typed 2022-11-15T15:10Z 2022-11-15T15:21Z -->   the commands of these minutes of the story, what each printed
    <!-- look Poland: receipts ALERT | head -n 4 -->     what a command shows when all is over; nobody's, without a name

Each ends with <!-- end -->. In what commands of the story print, a line that the page has shown is left out.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime

from openline.exercises import times
from tests.incidents.replay import Replay, wrapped

SKIPPED = "[…]"
TIMED = re.compile(r"tried by link \(stated by the post\)|^ *provided to ")
"""What posts sign by themselves comes at once or a moment later: these lines are in what is looked at, at the end."""

_PART = re.compile(r"^<!-- (facts|typed|look)(?: ([^\n]*))? -->\n(.*?)^<!-- end -->\n", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^```console\n(.*?)^```\n", re.MULTILINE | re.DOTALL)


class Maker:
    """Makes the parts of a page from a replay."""

    def __init__(self, replay: Replay) -> None:
        self._replay = replay
        self._shown: set[str] = set()

    def page(self, text: str) -> str:
        """A page with each part made anew."""
        self._shown.clear()

        def made(found: re.Match[str]) -> str:
            sort, words = found[1], found[2] or ""
            part = {"facts": self._facts, "typed": self._typed, "look": self._look}[sort](words)
            return f"<!-- {f'{sort} {words}'.strip()} -->\n\n{part}\n<!-- end -->\n"

        return _PART.sub(made, text)

    def _facts(self, _: str) -> str:
        exercise = self._replay.exercise
        numbers = {key: at for at, key in enumerate(exercise.sources, 1)}
        rows = ["| Day | What happened | Source |", "|---|---|---|"]
        for fact in exercise.fact:
            day = _day(times.moment(fact.at, times.instant(exercise.begins)))
            rows.append(f"| {day} | {fact.text} | {', '.join(str(numbers[each]) for each in fact.sources)} |")
        sources = [f"{numbers[key]}. {text[:1].upper()}{text[1:]}." for key, text in exercise.sources.items()]
        told = "Sources, for these facts and for what is called known below:"
        return "\n".join([*rows, "", told, "", *sources, "", f"Invented for play: {exercise.invented}", ""])

    def _typed(self, words: str) -> str:
        first, last = (times.instant(each) for each in words.split())
        lines: list[str] = []
        for given in self._replay.given:
            if first <= given.at <= last:
                known = f" (known: {given.step.fact})" if given.step.fact else ""
                lines += ["", f"# {_day(given.at)} {times.utc(given.at)[11:16]}Z, {given.step.party}{known}"]
                lines += [f"$ {given.typed}", *self._new(given.said)]
        assert lines, f"nothing was typed from {words}"
        return _console(lines[1:])

    def _new(self, said: str) -> Iterator[str]:
        """The lines that the page has not shown, with a mark where others were."""
        skipped = False
        lines = [line for line in said.splitlines() if line.strip() and not TIMED.search(line)]
        for line in lines:
            if _in_any_order(line) in self._shown and len(lines) > 1:
                if not skipped:
                    yield SKIPPED
                skipped = True
                continue
            self._shown.add(_in_any_order(line))
            skipped = False
            yield line

    def _look(self, words: str) -> str:
        party, _, command = words.partition(": ")
        command, *pipes = command.split(" | ")
        said = self._replay.look(party, command)
        for pipe in pipes:
            said = subprocess.run(["sh", "-c", pipe], input=said, capture_output=True, text=True, check=True).stdout
        typed = " | ".join([wrapped(f"openline {command}"), *pipes])
        head = [f"# {party}"] if party else []
        return _console([*head, f"$ {typed}", *said.rstrip("\n").splitlines()])


def _console(lines: list[str]) -> str:
    return "\n".join(["```console", *lines, "```", ""])


def _day(at: int) -> str:
    return f"{datetime.fromtimestamp(at / 1_000, UTC):%-d %b}"


def alike(page: str) -> list[list[str]]:
    """A page as it is compared: in what commands printed, numbers are any, lines and words in any order, and once."""
    kept, blocks = _BLOCK.sub("", page), _BLOCK.findall(page)
    return [kept.splitlines(), *(sorted(set(_printed(part))) for block in blocks for part in block.split("\n$ "))]


def _printed(part: str) -> Iterator[str]:
    """The lines of one command: itself to the letter, then what it printed."""
    typing = True
    for line in part.splitlines():
        yield line if typing or line.startswith("#") else _in_any_order(re.sub(r"\d+", "0", line))
        typing = typing and line.endswith("\\")


def _in_any_order(line: str) -> str:
    """A line without the order of its words: names of members come in the order of their keys."""
    return " ".join(sorted(re.findall(r"[^\s,;]+", line)))
