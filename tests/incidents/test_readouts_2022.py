"""23 October 2022: what four ministries told the public of one call, side by side with what is missing (SOURCES.md)."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from openline.cli.main import status
from tests.incidents.stage import Stage
from tests.pair import command, until

LINE = "dirty-bomb readouts"
CALLED = {
    "France": "Minister of the Armed Forces",
    "United Kingdom": "Secretary of State for Defence",
    "United States": "Secretary of Defense",
}
POSTS = ("Russia", *CALLED)
POINTS = {
    "request": "The call was at Russia's request.",
    "claim": "Russia said that Ukraine prepares to use a dirty bomb on its own territory.",
    "rejected": "That was rejected, and any pretext for escalation with it.",
    "channels": "Channels of communication stay open.",
}
TEXTS = {
    "Russia": (
        "ru",
        "Состоялся телефонный разговор министров обороны.\n"
        "Выражена озабоченность подготовкой Украиной провокации с применением «грязной бомбы».\n",
    ),
    "United States": (
        "en",
        "The Secretary spoke by telephone with his Russian counterpart.\n"
        "He rejected any pretext for escalation and reaffirmed the value of continued communication.\n",
    ),
    "United Kingdom": (
        "en",
        "The Secretary spoke with his Russian counterpart, at the request of the Russian side.\n"
        "He heard that Ukraine plans to escalate with help from others, refuted it, and warned against a pretext.\n",
    ),
    "France": (
        "fr",
        "À la demande de la partie russe, le ministre s'est entretenu avec son homologue.\n"
        "Il a refusé toute forme d'escalade.\n",
    ),
}
MARKS = (
    ("United Kingdom", "Russia", "missing", "request", ""),
    ("Russia", "Russia", "covers", "claim", "применением «грязной бомбы»"),
    ("United States", "Russia", "missing", "rejected", ""),
    ("France", "Russia", "missing", "channels", ""),
    ("Russia", "United States", "missing", "claim", ""),
    ("United States", "United States", "covers", "rejected", "rejected any pretext for escalation"),
    ("United States", "United States", "covers", "channels", "the value of continued communication"),
    ("United Kingdom", "United Kingdom", "covers", "request", "at the request of the Russian side"),
    ("Russia", "United Kingdom", "differs", "claim", "Ukraine plans to escalate with help from others"),
    ("United Kingdom", "United Kingdom", "covers", "rejected", "refuted it, and warned against a pretext"),
    ("France", "France", "covers", "request", "À la demande de la partie russe"),
    ("Russia", "France", "missing", "claim", ""),
    ("France", "France", "covers", "rejected", "refusé toute forme d'escalade"),
)
"""Who marks whose readout, how, beside which point, and the words."""


class Published:
    """The contact, its points and the readouts, by their ids."""

    def __init__(self, stage: Stage, contact: str) -> None:
        self.stage = stage
        self.contact = contact
        self.points: dict[str, str] = {}
        self.readouts: dict[str, str] = {}

    def shown(self, post: str) -> Any:
        """What a post shows of it."""
        return self.stage.do(post, "call", "readout", "show", self.contact)

    def against(self, post: str) -> dict[str, dict[str, str]]:
        """At a post: for each readout what its marks say of each point, `not marked` where none does."""
        value = self.shown(post)
        named = {identifier: name for name, identifier in self.points.items()}
        table = {}
        for each in value["readouts"]:
            marks = {named[mark["target"]["id"]]: mark["sort"] for mark in each["marks"] if mark["stands"]}
            table[each["of"]] = marks | {named[point]: "not marked" for point in each["not_marked"]}
        return table


@pytest.fixture(scope="module")
def published(capitals: Stage) -> Published:
    """One call to three, held; its minute of four points; what each of the four published, filed and marked."""
    stage = capitals
    stage.line(LINE, *POSTS)
    asked = stage.asks("Russia", LINE, "Minister of Defence", *(f"{post}:{office}" for post, office in CALLED.items()))
    held = Published(stage, asked)
    for post in CALLED:
        stage.hears(post, asked)
        stage.do(post, "call", "accept", asked)
    until(lambda: all(stage.party("Russia", asked, post)["answers"] for post in CALLED))
    for post in CALLED:
        stage.do("Russia", "call", "held", asked, "--with", post)
    for name, text in POINTS.items():
        held.points[name] = stage.do("Russia", "call", "minute", "draft", asked, text)["id"]
    proposed = stage.do("Russia", "call", "disclose", "propose", asked, "open")["id"]
    for post in CALLED:
        until(partial(_agreed, stage, post, proposed))
    for post in POSTS:
        _file(held, post, stage.folder / f"readout of {post}.txt")
    for post in POSTS:
        until(lambda post=post: len(held.shown(post)["readouts"]) == len(held.shown(post)["points"]) == 4)  # type: ignore[misc]
    for by, of, sort, point, quote in MARKS:
        words = [quote] if quote else []
        stage.do(by, "call", "readout", "mark", held.readouts[of], sort, *words, "--beside", held.points[point])
    return held


def _agreed(stage: Stage, post: str, proposal: str) -> bool:
    """Agree to what may be said, once it is here."""
    return command(stage.homes[post], "call", "disclose", "agree", proposal)[0] == 0


def _file(held: Published, post: str, path: Path) -> None:
    language, text = TEXTS[post]
    path.write_text(text)
    words = ("--published-at", "0m", "--where", f"ministry of {post}", "--language", language)
    filed = held.stage.do(post, "call", "readout", "file", held.contact, str(path), *words)
    held.readouts[post] = filed["id"]


WANTED = {
    "Russia": {"request": "missing", "claim": "covers", "rejected": "missing", "channels": "missing"},
    "United States": {"request": "not marked", "claim": "missing", "rejected": "covers", "channels": "covers"},
    "United Kingdom": {"request": "covers", "claim": "differs", "rejected": "covers", "channels": "not marked"},
    "France": {"request": "covers", "claim": "missing", "rejected": "covers", "channels": "not marked"},
}


def test_four_readouts_stand_side_by_side_with_what_is_missing_from_each(published: Published) -> None:
    """At every one of the four posts the same table, whatever came first."""
    for post in POSTS:
        until(lambda post=post: published.against(post) == WANTED)  # type: ignore[misc]
        texts = {each["of"]: each["text"] for each in published.shown(post)["readouts"]}
        assert texts == {name: text for name, (_, text) in TEXTS.items()}


def test_people_read_them_beside_each_other(published: Published, capfd: pytest.CaptureFixture[str]) -> None:
    until(lambda: published.against("France") == WANTED)
    capfd.readouterr()
    home = str(published.stage.homes["France"])
    assert status(["call", "readout", "show", published.contact, "--home", home]) == 0
    text = capfd.readouterr().out
    head = text.splitlines()[0]
    assert all(post.upper()[:8] in head for post in POSTS)
    said = " ".join(text.split())
    for line in ("MISSING", "COVERS", "DIFFERS", "anybody", "(point 2)", '"at the request of the Russian side"'):
        assert line in said
    assert "kept the terms" in said


def test_a_mark_is_disputed_by_the_other_side(published: Published) -> None:
    """Russia's mark on the American text is answered, and stays Russia's."""
    stage = published.stage

    def mark(post: str) -> Any:
        value = next(each for each in published.shown(post)["readouts"] if each["of"] == "United States")
        marks = [each for each in value["marks"] if (each["sort"], each["author"]) == ("missing", "Russia")]
        return marks[0] if marks else None

    until(lambda: mark("United States"))
    words = ("disputed", "--text", "We do not repeat a false claim.")
    stage.do("United States", "call", "readout", "word", mark("United States")["id"], *words)
    until(lambda: mark("Russia")["disputed"])
    assert mark("Russia")["stands"]
    assert [(each["author"], each["word"]) for each in mark("Russia")["words"]] == [("United States", "disputed")]


def test_words_are_compared_and_nothing_is_found(published: Published) -> None:
    pair = (published.readouts["United States"], published.readouts["United Kingdom"])
    value = published.stage.do("France", "call", "readout", "compare", *pair)
    both = " ".join(run["first"] for run in value["runs"] if run["has"] == "both").split()
    assert {"Secretary", "spoke", "counterpart"} <= {word.strip(".,") for word in both}
    assert set(value) == {"first", "second", "words", "left_out", "runs", "note"}


def test_what_each_side_may_say_was_agreed(published: Published) -> None:
    judged = {each["of"]: each["disclosure"]["judgement"] for each in published.shown("United Kingdom")["readouts"]}
    assert judged == dict.fromkeys(POSTS, "kept the terms")
