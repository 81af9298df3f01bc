"""The report as a page: all that must stand in it, and nothing that obeys what parties wrote."""

from __future__ import annotations

from html.parser import HTMLParser

import msgspec

from openline.exercises import report as reports
from openline.exercises.story import Row
from tests.exercises.samples import BEGINS
from tests.exercises.test_story import report

VOID = {"meta"}
OPEN_ENDED = {"td", "th", "tr", "thead", "tbody", "li", "dt", "dd"}


class Page(HTMLParser):
    """The texts of a page, and its tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_it_tells_goals_timeline_what_was_missed_and_the_proof() -> None:
    page = Page(reports.page(report()))
    said = " ".join(page.texts)
    for part in (
        "EXERCISE EXERCISE EXERCISE",
        "Invented for play:",
        "0 met, 1 late, 0 missed, of 1",
        "South: South takes it. After 6 min, of 5 min.",
        "A boat drifts.",
        "[press]",
        "Everything was signed as exercise.",
        "✓ proved",
        "strait.north.bundle",
        "Press report",
    ):
        assert part in said
    assert page.tags.count("h2") == 5


def test_what_parties_wrote_is_text() -> None:
    page = Page(reports.page(report()))
    assert any("A <b>boat</b>." in text for text in page.texts)
    assert page.tags.count("b") == 1
    assert not any(name.startswith("on") or name in ("src", "href") for name in page.attributes)
    assert "script" not in page.tags


def test_what_is_wrong_is_told_in_words() -> None:
    said = " ".join(Page(reports.page(report(ok=False, only=False, lost=True))).texts)
    for part in (
        "NOT EVERY RECORD IS PROVED",
        "✗ not proved",
        "A hole.",
        "SOMETHING WAS NOT SIGNED",
        "not done: take x",
    ):
        assert part in said
    assert "✗ differs from the others" in " ".join(Page(reports.page(report(same=False))).texts)


def test_an_entry_and_what_comes_of_it_at_once_stand_in_one_line() -> None:
    wrote = Row(BEGINS, 1_000, "wrote", "strait: message", "North", "a", ("press",), "that it drifted", "send strait x")
    soon = Row(BEGINS + 9_000, 1_150, "received", "strait: message, from North", "South", "a")
    alarm = Row(BEGINS + 9_000, 1_160, "alarm", "rings: It rings.", "South", "a")
    late = Row(BEGINS + 999_000, 9_000, "received", "strait: message, from North", "South", "a")
    whole = msgspec.structs.replace(report(), rows=(late, alarm, soon, wrote))
    page = reports.page(whole)
    timeline = page[page.index("<h2>Timeline") : page.index("<h2>Proof")]
    first, second = timeline.split("<tbody>")[1].split("<tr>")[1:]
    for part in ("WROTE", "send strait x", "known: that it drifted [press]", "9 s later", "It rings."):
        assert part in first
    assert "from North" not in first
    assert "from North" in second
