"""15 and 16 November 2022: whose missile it was, as five parties told it, and what each had when (SOURCES.md)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest

from openline.post.loop import now
from tests.incidents.stage import Stage
from tests.pair import command, until

LINE = "przewodow"
PARTIES = ("Poland", "United States", "Ukraine", "Russia", "NATO")


@pytest.fixture(scope="module")
def evening(stage: Stage) -> Iterator[Stage]:
    """The four posts, NATO, and a line of all five."""
    stage.found({"NATO": "Watch officer Lund"}, *(each for each in PARTIES if each != "NATO"))
    stage.line(LINE, "Poland", *PARTIES[1:])
    yield stage
    stage.stop("NATO")


class Picture:
    """The incident, as the five write it and as any of them reads it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.id = ""

    def says(self, party: str, *words: str) -> str:
        """A command of a party; the id of what it wrote."""
        return str(self.stage.do(party, "incident", *words)["id"])

    def at(self, party: str, *words: str) -> Any:
        """The picture at a post."""
        return self.stage.do(party, "incident", "show", self.id, *words)

    def hears(self, party: str, entry: str) -> None:
        """Wait until an entry is at a post."""
        until(lambda: command(self.stage.homes[party], "show", entry)[0] == 0)

    def settles(self, *silent: str) -> str:
        """The moment at which it is proved of all parties but the silent ones that they had everything.

        An acknowledgement has its witness only in what is written after it: so two of them write once more.
        """
        parties = [each for each in PARTIES if each not in silent]
        for speaker in ("Poland", "United States"):
            until(lambda speaker=speaker: all(self._had(speaker, each) for each in parties))  # type: ignore[misc]
            self.stage.do(speaker, "send", LINE, "We have all that was said.", "--class", "exercise")
        until(lambda: all(self._had("United States", each, proved=True) for each in parties))
        return datetime.fromtimestamp(now() / 1000, UTC).isoformat().replace("+00:00", "Z")

    def _had(self, reader: str, party: str, *, proved: bool = False) -> bool:
        entries = self.at(reader, "--as", party, "--at", "0m")["view"]["entries"]
        return all(each["had"] == "proved" if proved else each["had"] != "not-proved" for each in entries)

    def known(self, reader: str, party: str, moment: str) -> str:
        """How the origin stood, as far as it is proved that a party had it."""
        picture = self.at(reader, "--as", party, "--at", moment)["picture"]
        return "nothing" if picture is None else str(picture["origin"]["status"])


def test_unknown_then_disputed_then_likely(evening: Stage) -> None:
    """Each party in its own name, each assessment preliminary; and what each had at each hour."""
    picture = Picture(evening)
    before = datetime.fromtimestamp(now() / 1000 - 1, UTC).isoformat().replace("+00:00", "Z")
    unknown(picture)
    first = picture.settles()
    ukraine, cannot = disputed(picture)
    second = picture.settles()
    evening.stop("Russia")
    likely(picture, ukraine)
    third = picture.settles("Russia")
    hours = {"before": before, "first": first, "second": second, "third": third}
    table = {party: [picture.known("NATO", party, at) for at in hours.values()] for party in PARTIES}
    assert table == {
        **dict.fromkeys(PARTIES, ["nothing", "unknown", "disputed", "likely"]),
        "Russia": ["nothing", "unknown", "disputed", "disputed"],
    }
    evening.start("Russia")
    until(lambda: picture.known("United States", "Russia", "0m") == "likely" or _speaks(evening))
    assert picture.known("United States", "Russia", third) == "disputed"
    without_clocks(picture, cannot)
    until(lambda: _linked(evening, "United States", "Russia"))


def _linked(stage: Stage, name: str, other: str) -> bool:
    """Whether a post has its link to another back, for scripts that come after this one."""
    members = stage.do(name, "line", "status", LINE)["members"]
    return any((each["name"], each["link"]) == (other, "up") for each in members)


def _speaks(stage: Stage) -> bool:
    """Somebody writes, so that what was acknowledged has its witness; never enough by itself."""
    stage.do("United States", "send", LINE, "Noted.", "--class", "exercise")
    return False


def unknown(picture: Picture) -> None:
    """Poland opens it, says what was seen, and that it does not know from where it came; a silence is asked for."""
    words = ("Explosion at Przewodow", "--place", "Przewodow, Poland", "--at", "2022-11-15T14:40Z")
    picture.id = picture.says("Poland", "open", LINE, *words, "--class", "exercise", "--source", "public reporting")
    picture.says("Poland", "assess", picture.id, "An explosion by the border, two dead.")
    for party in PARTIES[1:]:
        picture.hears(party, picture.id)
    quiet = picture.says("Poland", "quiet", picture.id, "--until", "12h", "--text", "Until it was looked at.")
    for party, answer in (("United States", "accept"), ("NATO", "accept"), ("Ukraine", "decline")):
        picture.hears(party, quiet)
        picture.says(party, answer, quiet)
    shown = until(lambda: _answered(picture.at("Poland")["picture"]))
    answers = {each["party"]: each["answer"] for each in shown["quiets"][0]["asked"]}
    assert answers == {"United States": "accepted", "NATO": "accepted", "Ukraine": "declined", "Russia": None}
    assert shown["origin"] == {"status": "unknown", "preliminary": False}


def _answered(shown: Any) -> Any:
    return shown if sum(each["answer"] is not None for each in shown["quiets"][0]["asked"]) == 3 else None


def disputed(picture: Picture) -> tuple[str, str]:
    """First reports name Russia; Russia disputes that, the Pentagon cannot confirm it; Poland investigates with it."""
    finding = ("A missile fell on Poland.", "--origin", "A Russian missile", "--confidence", "likely")
    ukraine = picture.says("Ukraine", "assess", picture.id, *finding)
    picture.hears("Russia", ukraine)
    picture.says("Russia", "stance", ukraine, "disputes", "--text", "No strikes were made there.")
    picture.hears("United States", ukraine)
    cannot = picture.says("United States", "stance", ukraine, "no-position", "--text", "We cannot confirm it.")
    joint = picture.says("Poland", "investigate", picture.id, "--with", "United States")
    picture.hears("United States", joint)
    picture.says("United States", "accept", joint)
    for party in PARTIES:
        until(partial(_stands, picture, party, "disputed"))
    return ukraine, cannot


def _stands(picture: Picture, party: str, status: str) -> bool:
    return bool(picture.at(party)["picture"]["origin"]["status"] == status)


def likely(picture: Picture, ukraine: str) -> None:
    """Poland's finding; the United States has seen nothing against it, NATO comes to the same; all preliminary."""
    first = next(each for each in picture.at("Poland")["picture"]["assessments"] if each["author"] == "Poland")
    finding = ("--origin", "A Ukrainian air-defence missile, not intended", "--confidence", "likely")
    found = picture.says("Poland", "revise", first["id"], "A missile fell, two dead.", *finding)
    for party, stance in (("United States", "no-contradiction"), ("NATO", "concurs")):
        picture.hears(party, found)
        picture.says(party, "stance", found, stance)
    picture.says("Ukraine", "withdraw", ukraine, "--text", "We ask to see what was found.")
    for party in PARTIES:
        if party != "Russia":
            until(partial(_stands, picture, party, "likely"))
    shown = until(lambda: _complete(picture.at("Poland")["picture"]))
    assert shown["origin"] == {"status": "likely", "preliminary": True}
    assert not any(each["confirmed"] for each in shown["assessments"])
    rows = {row["party"]: [each["said"] for each in row["cells"]] for row in shown["table"]}
    assert rows == {
        "Poland": ["own"],
        "United States": ["no-contradiction"],
        "NATO": ["concurs"],
        "Ukraine": [""],
        "Russia": [""],
    }
    assert [each["asked"][0]["answer"] for each in shown["investigations"]] == ["accepted"]


def _complete(shown: Any) -> Any:
    return shown if sum(len(each["stances"]) for each in shown["assessments"]) == 4 else None


def without_clocks(picture: Picture, cannot: str) -> None:
    """When the United States could not confirm it, it had what Ukraine said: by signatures, whatever a clock says."""
    for reader in PARTIES:
        view = picture.at(reader, "--as", "United States", "--at", cannot)
        had = {each["id"]: each["had"] for each in view["view"]["entries"]}
        assert had[cannot] == "proved"
        assert view["view"]["before_author"] == "United States"
        named = [each["author"] for each in view["picture"]["assessments"]]
        assert sorted(named) == ["Poland", "Ukraine"]
        assert "not-proved" in had.values()
