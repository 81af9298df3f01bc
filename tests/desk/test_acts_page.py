"""What the commands could do and the pages could not: corrections, silences, hoax calls, additions, changes, links."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.browsing import Side, act, two_desks, violations
from tests.pair import command, until

OFFICES = '[[office]]\nname = "Head of Operations"\n'


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Side, Side]]:
    """North and South at their desks."""
    with two_desks(tmp_path_factory.mktemp("acts")) as sides:
        yield sides


def shown(side: Side, words: str) -> bool:
    """Whether the page of a side shows these words."""
    return words in side.page.locator("main").inner_text()


def test_a_message_is_corrected_and_silence_announced_and_over(both: tuple[Side, Side]) -> None:
    north, south = both
    page = north.page
    north.ask("send", "strait", "Boat 71 turns back.")
    page.goto(f"{north.desk}/#/now")
    page.locator(".inbox .row", has_text="Boat 71 turns back.").click()
    act(page, "Correct it", "Sign the correction", The_text_as_it_should_be="Boat 17 turns back.")
    until(lambda: "Boat 17 turns back." in {each["text"] for each in south.ask("inbox")["entries"]})
    page.goto(f"{north.desk}/#/line")
    act(page, "Announce silence", "Sign the announcement", Until="90m", In_words="new generator")
    until(lambda: south.ask("line", "checks", "strait")["silences"])
    page.locator("summary", has_text="Checks:").click()
    page.get_by_role("button", name="It is over").click()
    until(lambda: south.ask("line", "checks", "strait")["silences"][0]["over_at"])
    assert violations(page) == []


def test_whether_a_post_called_is_asked_and_answered(both: tuple[Side, Side]) -> None:
    north, south = both
    north.page.goto(f"{north.desk}/#/reach")
    typed = {"When_the_call_came": "20m", "By_which_channel": "video", "As_whom": "their minister"}
    act(north.page, "Ask a post whether it called", "did you call us?", **typed)
    until(lambda: south.ask("call", "hoaxes")["calls"])
    south.page.goto(f"{south.desk}/#/reach")
    south.page.get_by_label("Did we call?").select_option("no")
    south.page.get_by_role("button", name="Sign and answer").click()
    until(lambda: "✕ no" in north.page.get_by_role("article", name="did you call us?").inner_text())
    act(north.page, "Tell all of a hoax call", "Sign and tell all", When_the_call_came="20m", By_which_channel="video")
    until(lambda: shown(south, "North tells of a hoax call by video"))
    assert violations(south.page) == []


def test_an_incident_is_added_to(both: tuple[Side, Side]) -> None:
    north, south = both
    page = north.page
    words = ("--place", "the median line", "--class", "exercise")
    one, _ = (north.ask("incident", "open", "strait", title, *words)["id"] for title in ("A collision", "A boat sank"))
    page.goto(f"{north.desk}/#/incidents/{one}")
    act(
        page,
        "Name a source",
        "Sign the source",
        The_source="A photograph of the hull",
        Where_it_is_found="tide.example",
    )
    until(lambda: shown(north, "A photograph of the hull"))
    act(page, "Say that we investigate", "Sign that we investigate", Together_with="South")
    act(page, "Propose another title", "Sign the correction", Title="Two boats collided")
    act(page, "Say that it is the same", "Sign that they are the same", Why="One boat, one hour.")
    kinds = {"incident source", "incident investigated", "incident correction", "incident word"}
    until(lambda: kinds <= {each["kind"] for each in south.ask("incident", "show", one)["picture"]["timeline"]})
    assert violations(page) == []


def test_a_statement_is_withdrawn_and_a_holder_named(both: tuple[Side, Side], tmp_path: Path) -> None:
    north, south = both
    page = north.page
    words = ("strait", "The calls", "--languages", "en", "--one-person")
    statement = north.ask("statement", "draft", *words)["id"]
    page.goto(f"{north.desk}/#/statements/{statement}")
    act(page, "Withdraw the statement", "Sign that it is withdrawn", Why="Overtaken.")
    until(lambda: [each["status"] for each in south.ask("statement", "list")["statements"]] == ["withdrawn"])
    roster = tmp_path / "roster.toml"
    roster.write_text(OFFICES)
    north.ask("office", "publish", "strait", "--roster", str(roster))
    page.goto(f"{north.desk}/#/reach")
    act(page, "Name a new holder", "Sign the new holder", Who_holds_it="Rear Admiral Holm")
    until(lambda: "Rear Admiral Holm" in str(south.ask("office", "list", "strait")))


def test_an_administrator_gives_a_link_and_ends_an_account(both: tuple[Side, Side]) -> None:
    north = both[0]
    page = north.page
    north.ask("officer", "add", "Lt. Aas")
    page.goto(f"{north.desk}/#/you")
    page.get_by_label("Officer of this post").fill("Lt. Aas")
    page.get_by_label("Role").select_option("viewer")
    page.get_by_role("button", name="Make a one-time link").click()
    until(lambda: page.locator("code", has_text=north.desk).count())
    assert command(north.home, "desk", "list")[1]["accounts"][1]["roles"] == ["viewer"]
    assert violations(page) == []
    page.get_by_role("button", name="End the account of Lt. Aas").click()
    until(lambda: len(north.ask("desk", "list")["accounts"]) == 1)
