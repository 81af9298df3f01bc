"""The act of the joint statement: three posts say one thing in three languages, and the page of it proves itself."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, Final

from openline.cli.rehearsal.play import Play
from openline.cli.rehearsal.posts import Post
from openline.cli.rehearsal.proving import Proving
from openline.errors import DemoFailed
from openline.post.statement import requests as asks

LANGUAGES: Final = ("en", "fr", "ru")
LINE: Final = {
    "en": "What fell at Przewodow is being investigated, and nobody's finding is final yet.",
    "fr": "Ce qui est tombé à Przewodow fait l'objet d'une enquête, et aucune conclusion n'est encore définitive.",
    "ru": "Расследуется, что упало в Пшеводове.",
}
AMENDED: Final = "Расследуется, что упало в Пшеводове, и ничей вывод ещё не окончателен."
"""What the Russian text of the line lacked."""

LETTER: Final = ("définitive", "définitife")
"""One letter of the French text, and another in its place."""


class Stating:
    """The act. `page` is the file that anybody may open; `refusals` what both verifiers say of one changed letter."""

    def __init__(self, proving: Proving) -> None:
        self.proving = proving
        self.page: Path | None = None
        self.refusals: list[str] = []
        self._id = ""

    def perform(self, play: Play) -> None:
        """Draft, amend, approve, release, publish, tamper."""
        west, east, stage = play.west, play.east, play.stage
        stage.begin("statement", "9. All three say one thing, in three languages")
        stage.note("No such statement was made; its words are invented for play.")
        with stage.step(f"{west.name} drafts a line in English, French and Russian (openline statement draft)"):
            line = self._draft(play)
        with stage.step(f"{east.name} proposes what the Russian text lacks, and {west.name} accepts it") as more:
            more.append(self._amend(play, line))
        with stage.step("Each approves exactly that version, and it is released", "released"):
            self._release(play)
        with stage.step("The public page: both verifiers prove it without a post", "page proved"):
            self.page = self._publish(play)
        with stage.step("One letter changed in French: both verifiers refuse it") as more:
            self.refusals = self.proving.refuse_page(self.page, *LETTER)
            more.append(self.refusals[0])
        stage.note(f"Open it in a browser, with the network off: {self.page}")

    def _say(self, post: Post, make: Any, **fields: Any) -> str:
        return str(post.ask(make(**fields, officer=post.officer))["id"])

    def _await(self, play: Play, what: str, **wanted: Any) -> None:
        """All posts have the statement so."""
        for post in play.posts:
            play.processes.until(partial(self._stands, post, wanted), f"{what} at {post.name}")

    def _stands(self, post: Post, wanted: dict[str, Any]) -> bool:
        statements = post.ask(asks.StatementList(line=post.line))["statements"]
        held = next((each for each in statements if each["id"] == self._id), None)
        return held is not None and all(held[key] == wanted[key] for key in wanted)

    def _draft(self, play: Play) -> str:
        """The id of the line."""
        about = {"line": play.west.line, "about": "The explosion at Przewodow", "languages": LANGUAGES}
        self._id = self._say(play.west, asks.StatementDraft, **about, one_person=True, traffic="exercise")
        line = self._say(play.west, asks.StatementLine, statement=self._id, texts=tuple(LINE.items()))
        self._await(play, "the draft", revision=1)
        return line

    def _amend(self, play: Play, line: str) -> str:
        """The amendment, from what to what."""
        proposal = self._say(play.east, asks.StatementAmend, line=line, texts=(("ru", AMENDED),))
        self._await(play, "the proposal", proposed=1)
        self._say(play.west, asks.StatementWord, change=proposal, accept=True)
        self._await(play, "the amended text", revision=2)
        change = play.third.ask(asks.StatementShow(statement=self._id))["changes"][1]
        return f"{change['author']}, ru: {change['before']['ru']} -> {change['after']['ru']}"

    def _release(self, play: Play) -> None:
        version = play.west.ask(asks.StatementShow(statement=self._id))["version"]
        for post in play.posts:
            self._say(post, asks.StatementApprove, statement=self._id, version=version)
        self._await(play, "all approvals", missing=[])
        self._say(play.west, asks.StatementRelease, statement=self._id, version=version)
        self._await(play, "the release", status="released")

    def _publish(self, play: Play) -> Path:
        """The page, the same at two posts. Raises DemoFailed."""
        files = [play.proof / f"{post.name.lower()}.html" for post in (play.west, play.east)]
        for post, file in zip((play.west, play.east), files, strict=True):
            post.ask(asks.StatementPage(statement=self._id, file=str(file)))
        if files[0].read_bytes() != files[1].read_bytes():
            raise DemoFailed("The page of the statement is not the same at both posts.")
        files[1].unlink()
        page = files[0].rename(play.proof / "statement.html")
        self.proving.prove_page(page)
        return page
