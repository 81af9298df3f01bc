"""The act in which an office is not reached: each attempt with its layer, a call that succeeds, and the certificate."""

from __future__ import annotations

from functools import partial
from typing import Any

from openline.cli.rehearsal.play import Play
from openline.cli.rehearsal.posts import Post
from openline.cli.rehearsal.proving import Proving
from openline.errors import DemoFailed
from openline.post.call import requests as asks
from openline.post.loop import now

MATTER = "Przewodow"
REPLY_MS = 3_000
"""How long an answer is waited for, in the demo; that evening it was hours."""

CHAIRMAN, CHIEF, DIRECTOR = "Chairman of the Joint Chiefs of Staff", "Chief of the General Staff", "Director on duty"


class Reaching:
    """The act. `certificates` are the files written; `sentences` those of the last one, as `--json` has them."""

    def __init__(self, play: Play, proving: Proving) -> None:
        self.play = play
        self.proving = proving
        self.asked = ""
        self.reply_by = 0
        self.sentences: list[dict[str, Any]] = []
        self.attempts: list[dict[str, Any]] = []

    def perform(self, play: Play) -> None:
        """One side asks for the other's chief, tries all it has, reaches another, and certifies what came of it."""
        west, east, third, stage = play.west, play.east, play.third, play.stage
        stage.begin("reach", "6. An office is asked for, and is not reached")
        play.tell_facts("reach")
        with stage.step(f"{west.officer} asks for the {CHIEF} (openline call ask); the post states its link"):
            self.asked = self._ask(west, east, CHIEF, within_ms=REPLY_MS)
            play.processes.until(partial(self._stated, 1), f"an attempt that {west.name} states")
        with stage.step(f"{west.officer} telephones, and writes down that nobody picked up (openline call try)"):
            text = "rang, nobody picked up"
            west.ask(asks.CallTry(contact=self.asked, means="telephone", text=text, officer=west.officer))
        with stage.step(f"The post of {east.name} falls silent; {west.name} states that, too", "silence, stated"):
            east.kill()
            play.processes.until(partial(self._stated, 2), f"an attempt that {west.name} states")
        with stage.step(f"{third.name} answers at once, and that call is held", "a call that succeeds"):
            self._held(west, third)
        with stage.step("Reply-by is over: the contact is closed, with no answer"):
            play.processes.until(lambda: now() > self.reply_by, "the end of reply-by")
            west.ask(asks.CallClose(contact=self.asked, outcome="no-answer", officer=west.officer))
            self.attempts = self._party()["attempts"]
        self._tell_attempts()
        with stage.step(f"{west.name} certifies how far it got; both verifiers agree", "certified") as more:
            more.append(self._certify("first"))
        self._tell_sentences()
        with stage.step(f"{east.name} is back, and its post responds to the certificate by itself", "their response"):
            east.start()
            east.ready()
            play.cable.leads_to = east.port
            play.processes.until(lambda: bool(self._party()["certificates"][0]["responses"]), "a response")
        with stage.step(f"{west.name} certifies again: now both sides are in it") as more:
            more.append(self._certify("second"))
            if any(each["code"] == "one-side" for each in self.sentences):
                raise DemoFailed("The second certificate does not show the response.")
        self._tell_board()

    def _ask(self, post: Post, to: Post, office: str, *, within_ms: int = 600_000) -> str:
        self.reply_by = now() + within_ms
        request = asks.CallAsk(
            line=post.line,
            office=CHAIRMAN,
            called=((to.name, office),),
            reply_by=self.reply_by,
            topics=("the explosion at Przewodow",),
            matter=MATTER,
            precedence="flash",
            traffic="exercise",
            officer=post.officer,
        )
        contact = str(post.ask(request)["id"])
        self.play.processes.until(partial(to.knows, contact), f"the request at {to.name}")
        return contact

    def _held(self, west: Post, third: Post) -> None:
        reply_by = self.reply_by
        contact = self._ask(west, third, DIRECTOR)
        self.reply_by = reply_by
        third.ask(asks.CallAnswer(contact=contact, reply="accepted", officer=third.officer))
        self.play.processes.until(lambda: bool(self._party(contact)["answers"]), f"the answer of {third.name}")
        west.ask(asks.CallClose(contact=contact, outcome="held", officer=west.officer))

    def _party(self, contact: str = "") -> dict[str, Any]:
        shown = self.play.west.ask(asks.CallShow(contact=contact or self.asked))
        (party,) = shown["parties"]
        return dict(party)

    def _stated(self, count: int) -> bool:
        """Whether the post has stated so many attempts by itself."""
        return sum(each["officer"] is None for each in self._party()["attempts"]) >= count

    def _certify(self, name: str) -> str:
        """Write a certificate, and let both verifiers judge it."""
        file = self.play.proof / f"{name}.certificate"
        self.play.west.ask(asks.CallCertificate(contact=self.asked, file=str(file), officer=self.play.west.officer))
        self.sentences = self.proving.certified(file)
        return f"{file.name}: {len(self.sentences)} sentences, each with the entries that bear it out"

    def _tell_attempts(self) -> None:
        for each in self.attempts:
            who = each["officer"] or "stated by the post"
            text = f"{each['began'][11:]} by {each['means']} ({who}), reached {each['layer']}: {each['text']}"
            self.play.stage.note(f"Attempt: {text}")

    def _tell_sentences(self) -> None:
        for each in self.sentences:
            self.play.stage.note(f"[{each['label']}] {each['text']}")

    def _tell_board(self) -> None:
        for row in self.play.west.ask(asks.CallBoard(matter=MATTER))["rows"]:
            outcome = f", outcome {row['outcome']}" if row["outcome"] else ""
            text = f"{row['post']}, {row['office']}: {row['stands']}, reached {row['layer']}{outcome}"
            self.play.stage.note(f"Reach board: {text}")
