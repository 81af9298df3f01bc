"""The act of the incident: whose missile it was, from unknown by disputed to likely, and what each side had when."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from openline.cli.incident_pictures import origin_words, table_lines
from openline.cli.rehearsal.play import Play
from openline.cli.rehearsal.posts import Post
from openline.errors import DemoFailed
from openline.post.incident import requests as asks
from openline.post.loop import now

HAPPENED: Final = 1_668_523_200_000
"""15 November 2022, 14:40 UTC."""

SILENCE_MS: Final = 8 * 3_600_000


class Picturing:
    """The act. `origins` are the words for the origin, one after the other; `had` what each had before the finding."""

    def __init__(self) -> None:
        self.incident = ""
        self.origins: list[str] = []
        self.had: dict[str, list[str]] = {}

    def perform(self, play: Play) -> None:
        """One picture for all: each says in its own name what it holds to be so, and the record proves who had what."""
        west, east, third, stage = play.west, play.east, play.third, play.stage
        stage.begin("picture", "7. One picture, and for the cause nobody's word but one's own")
        play.tell_facts("picture")
        with stage.step(f"{west.name} opens an incident: title, place and time, and no cause (openline incident open)"):
            self._open(play)
        with stage.step(f"{west.name} asks both not to comment for eight hours; {east.name} accepts") as more:
            quiet = self._say(west, asks.IncidentQuiet(incident=self.incident, until=now() + SILENCE_MS))
            play.processes.until(partial(_has, east, quiet), f"the request at {east.name}")
            self._say(east, asks.IncidentWord(entry=quiet, word="accepted"))
            more.append(f"{third.name} has not answered, and that shows")
        with stage.step("First reports name Russia; that is passed on as preliminary, and disputed", "disputed"):
            first, disputes = self._dispute(play)
        self._tell(play, third)
        with stage.step("Poland's finding takes its place; nothing seen contradicts it", "likely"):
            found = self._find(play, first)
        self._tell(play, third)
        stage.note(
            "What each writes is invented for play; the finding is a fact, and that Washington saw nothing against it."
        )
        with stage.step(f"What each is proved to have had when {east.name} disputed it, by signatures alone") as more:
            self._compare(play, disputes, found)
            more.extend(f"{name}: {len(had)} entries, the finding not among them" for name, had in self.had.items())

    def _tell(self, play: Play, post: Post) -> None:
        """The picture as one of them has it, the same at all."""
        picture = self._picture(post)
        play.stage.note(f"The picture in {post.name}: {origin_words(picture)}")
        for text, _ in table_lines(picture):
            play.stage.note(text)

    def _say(self, post: Post, request: Any) -> str:
        return str(post.ask(type(request)(**{**_fields(request), "officer": post.officer}))["id"])

    def _picture(self, post: Post) -> Any:
        return post.ask(asks.IncidentShow(incident=self.incident))["picture"]

    def _await(self, play: Play, status: str) -> None:
        """All posts have the origin so."""
        for post in play.posts:
            play.processes.until(partial(self._stands, post, status), f"“{status}” at {post.name}")
        self.origins.append(status)

    def _stands(self, post: Post, status: str) -> bool:
        return bool(self._picture(post)["origin"]["status"] == status)

    def _open(self, play: Play) -> None:
        opened = asks.IncidentOpen(
            line=play.evening.line,
            title="Explosion at Przewodow",
            place="Przewodow, Poland",
            at=HAPPENED,
            sources=(("public reporting of 15 November 2022", "", 0),),
            traffic="exercise",
        )
        self.incident = self._say(play.west, opened)
        self._say(play.west, asks.IncidentAssess(incident=self.incident, what="An explosion, two dead."))
        for post in play.posts:
            play.processes.until(partial(_has, post, self.incident), f"the incident at {post.name}")
        self._await(play, "unknown")

    def _dispute(self, play: Play) -> tuple[str, str]:
        first = self._picture(play.west)["assessments"][0]["id"]
        named = asks.IncidentAssess(
            incident="",
            version=first,
            what="First reports name Russia. We cannot confirm them.",
            origin="A Russian missile, say first reports",
            confidence="possible",
        )
        second = self._say(play.west, named)
        play.processes.until(partial(_has, play.east, second), f"the assessment at {play.east.name}")
        disputes = self._say(play.east, asks.IncidentStance(version=second, stance="disputes"))
        self._await(play, "disputed")
        return second, disputes

    def _find(self, play: Play, first: str) -> str:
        finding = asks.IncidentAssess(
            incident="",
            version=first,
            what="Poland's president said so; we have seen nothing that contradicts it.",
            origin="An air-defence missile of Ukraine, not intended",
            confidence="likely",
        )
        found = self._say(play.west, finding)
        for post, stance in ((play.third, "no-position"), (play.east, "no-contradiction")):
            play.processes.until(partial(_has, post, found), f"the finding at {post.name}")
            self._say(post, asks.IncidentStance(version=found, stance=stance))
        self._await(play, "likely")
        return found

    def _compare(self, play: Play, cut: str, found: str) -> None:
        """Raises DemoFailed unless all posts prove the same of each party, and nobody had the finding before it was."""
        for party in play.posts:
            what = f"one answer to what {party.name} had"
            play.processes.until(partial(self._is_one, play, party, cut), what)
            had = self._proved(play, party, cut)[0]
            if found in had or self.incident not in had:
                raise DemoFailed(f"It is not proved what {party.name} had.")
            self.had[party.name] = list(had)

    def _is_one(self, play: Play, party: Post, cut: str) -> bool:
        return len(set(self._proved(play, party, cut))) == 1

    def _proved(self, play: Play, party: Post, cut: str) -> list[tuple[str, ...]]:
        """What each post can prove that a party had when the entry was signed."""
        show = asks.IncidentShow(incident=self.incident, before=cut, party=party.name)
        every = [reader.ask(show)["view"]["entries"] for reader in play.posts]
        return [tuple(each["id"] for each in entries if each["had"] == "proved") for entries in every]


def _fields(request: Any) -> dict[str, Any]:
    return {name: getattr(request, name) for name in request.__struct_fields__}


def _has(post: Post, entry: str) -> bool:
    """Whether an entry of an incident is at a post."""
    incidents = post.ask(asks.IncidentList())["incidents"]
    return any(_timeline(post, each["id"], entry) for each in incidents)


def _timeline(post: Post, incident: str, entry: str) -> bool:
    picture = post.ask(asks.IncidentShow(incident=incident))["picture"]
    return any(each["id"] == entry for each in picture["timeline"])
