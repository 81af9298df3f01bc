"""The act of notices: real warnings imported, what is refused and why, and an exercise in force at both ends."""

from __future__ import annotations

from functools import partial
from importlib import resources
from typing import Any, Final

from openline.areas.files import Message, read_file
from openline.areas.shapes import Edges, Polygon
from openline.areas.windows import Window
from openline.cli.notice_looks import batches
from openline.cli.rehearsal.play import Play
from openline.cli.rehearsal.posts import Post
from openline.errors import DemoFailed
from openline.post import requests
from openline.post.loop import now
from openline.post.notice import requests as asks
from openline.post.notice.warnings import imported
from openline.terms import Instant

LINE: Final = "seas"
DAY: Final = 86_400_000
LEAST: Final = 200
"""Real warnings that the act must import."""

AREA: Final = Polygon(((33.5, 34.25), (34.5, 34.25), (34.5, 35.0), (33.5, 35.0)), Edges.RHUMB)


class Telling:
    """The act. `counts` says what became of the warnings, `in_force` what both ends answer while the exercise runs."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.in_force: list[str] = []

    def perform(self, play: Play) -> None:
        """The two sides agree on forms on a line of their own, and tell each other what will happen at sea."""
        west, east, stage = play.west, play.east, play.stage
        stage.begin("notices", "8. What will happen at sea: public warnings, and an exercise")
        with stage.step(f"{west.name} and {east.name} open the line “{LINE}” and sign the forms of notices"):
            _agree(play)
        messages = warnings()
        with stage.step(f"{west.name} passes on {len(messages)} real warnings (openline notice import)") as more:
            last = self._import(west, messages)
            more.append(", ".join(f"{count} {what}" for what, count in self.counts.items()))
            play.processes.until(partial(_has, east, last), f"the warnings at {east.name}")
        for message in messages:
            if message.reading.refused:
                part = message.reading.refused[0]
                words = " ".join(part.words.split())[:60]
                stage.note(f"Refused in {message.reading.id or 'one without a number'}: “{words}”. {part.why}")
        with stage.step(f"{east.name} gives notice of an exercise, {west.name} acknowledges it and passes it on"):
            exercise = _exercise(play)
        with stage.step("In three days it is in force at both ends, by the record of each", "in force at both ends"):
            self._compare(play, exercise)
        with stage.step(f"{east.name} says that it is over, and it is in force nowhere"):
            east.ask(asks.NoticeEnd(notice=exercise, how="completed", officer=east.officer))
            play.processes.until(lambda: not _stands(west, exercise) and not _stands(east, exercise), "its end")

    def _import(self, post: Post, messages: list[Message]) -> str:
        """The id of the last notice."""
        results: list[Any] = []
        for batch in batches(imported(each) for each in messages):
            request = asks.NoticeImport(line=LINE, messages=batch, traffic="exercise", officer=post.officer)
            results += post.ask(request)["results"]
        given = [each["id"] for each in results if each["id"]]
        refused = sum(bool(each.reading.refused) for each in messages)
        flagged = sum(bool(each.reading.flags) and not each.reading.refused for each in messages)
        understood = len(messages) - refused - flagged
        self.counts = {"imported": len(given), "understood": understood, "with doubts": flagged, "refused": refused}
        if len(given) < LEAST:
            raise DemoFailed(f"Only {len(given)} warnings were imported.")
        return str(given[-1])

    def _compare(self, play: Play, exercise: str) -> None:
        at = now() + 3 * DAY
        ends = []
        for post in (play.west, play.east):
            held = post.ask(asks.NoticeInForce(at=at, line=LINE))["notices"]
            ends.append([(each["version"], each["state"]) for each in held])
        if ends[0] != ends[1] or (exercise, "open") not in ends[0]:
            raise DemoFailed("The two ends do not say the same of what is in force.")
        self.in_force = [version for version, _ in ends[0]]


def warnings() -> list[Message]:
    """The warnings that lie beside this file, as they are read."""
    return read_file(resources.files("openline.cli.rehearsal").joinpath("warnings.jsonl").read_bytes(), "navwarn")


def _agree(play: Play) -> None:
    until, west, east = play.processes.until, play.west, play.east
    west.ask(requests.LineOpen(line=LINE, peers=(east.name,)))
    until(lambda: any(each["line"] == LINE for each in east.ask(requests.LineList())["lines"]), "the line proposed")
    east.ask(requests.LineAccept(line=LINE))
    until(lambda: _members(west)[1]["accepted"], "the line accepted")
    west.ask(asks.NoticeAgree(line=LINE))
    until(lambda: east.ask(requests.LineStatus(line=LINE))["proposed terms"], "the forms proposed")
    east.ask(requests.LineAccept(line=LINE))
    for post in (west, east):
        until(partial(_agreed, post), f"the forms agreed at {post.name}")


def _members(post: Post) -> Any:
    return post.ask(requests.LineStatus(line=LINE))["members"]


def _agreed(post: Post) -> bool:
    return all(each["agreed"] for each in post.ask(asks.NoticeForms(line=LINE))["forms"])


def _has(post: Post, notice: str) -> bool:
    return any(each["id"] == notice for each in post.ask(asks.NoticeList(line=LINE, most=1_000))["notices"])


def _exercise(play: Play) -> str:
    west, east = play.west, play.east
    begins = now() + 2 * DAY
    request = asks.NoticeSend(
        line=LINE,
        form="live-fire-exercise",
        areas=(AREA,),
        windows=(Window(Instant(begins), Instant(begins + 2 * DAY)),),
        fields={"weapons": "missiles", "purpose": "that no incident happens with ships near the area"},
        traffic="exercise",
        officer=east.officer,
    )
    notice = str(east.ask(request)["id"])
    play.processes.until(partial(_has, west, notice), f"the notice at {west.name}")
    west.ask(asks.NoticeSay(notice=notice, what="acknowledged", officer=west.officer))
    west.ask(asks.NoticePass(notice=notice, to="ships in the area", officer=west.officer))
    play.processes.until(lambda: not east.ask(asks.NoticeShow(notice=notice))["owes"], f"the answers at {east.name}")
    return notice


def _stands(post: Post, notice: str) -> bool:
    held = post.ask(asks.NoticeInForce(at=now() + 3 * DAY, line=LINE))["notices"]
    return any(each["id"] == notice for each in held)
