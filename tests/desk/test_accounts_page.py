"""Accounts at a desk: proposals accepted and rejected, marks beside what the record says, sources side by side."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.browsing import Side, act, two_desks, violations
from tests.pair import until

TEXT = "Up to 100 missiles 🚀 were launched on Tuesday. Officials said: “General Brown was told of every one.”\n"


@pytest.fixture(scope="module")
def side(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Side]:
    """North at its desk; its line has a message that accounts are about."""
    with two_desks(tmp_path_factory.mktemp("accounts")) as (north, _):
        north.ask("send", "strait", "We counted 96 missiles.")
        yield north


def message(side: Side) -> str:
    """The id of what the accounts are about."""
    return str(side.ask("inbox")["entries"][0]["id"])


def filed(side: Side, publisher: str, text: str) -> str:
    """A text that is filed by a command; its id."""
    path = Path(f"{side.home}.{publisher}.txt")
    path.write_text(text)
    words = ("--publisher", publisher, "--date", "2022-11-17", "--about", message(side))
    return str(side.ask("account", "add", str(path), *words)["id"])


def test_a_text_is_filed_and_proposals_are_accepted_and_rejected(side: Side) -> None:
    page = side.page
    page.goto(f"{side.desk}/#/accounts/new")
    page.get_by_label("Text, as it was published").fill(TEXT)
    page.get_by_label("Publisher").fill("The Times")
    page.get_by_label("Day").fill("2022-11-16")
    page.get_by_label("About which entry").fill(message(side))
    page.get_by_role("button", name="File it").click()
    proposals = page.locator("li", has=page.get_by_role("button", name="Accept"))
    until(lambda: proposals.count() >= 2)
    (account,) = [each for each in side.ask("account", "list")["accounts"] if each["published"] == "2022-11-16"]
    count = proposals.count()
    said = proposals.filter(has_text="Brown").first
    said.get_by_role("button", name="Reject").click()
    until(lambda: proposals.count() == count - 1)
    number = proposals.filter(has_text="100 missiles").first
    assert "100 missiles" in proposals.first.inner_text(), "another stands in its place once it is accepted"
    for voice in ("unnamed", "", "unnamed"):
        number.get_by_label("According to").select_option(voice)
    number.get_by_role("button", name="Accept").click()
    until(lambda: page.locator(".account-text mark").count() == 1)
    until(lambda: proposals.count() == count - 2)
    chosen = proposals.get_by_label("According to").evaluate_all("all => all.map(each => each.value)")
    assert chosen == [""] * (count - 2), "what is chosen stays with what it was chosen for"
    (mark,) = side.ask("account", "show", account["id"])["marks"]
    assert mark["according_to"]["by"] == "unnamed"
    assert page.locator(".account-text mark").inner_text() == mark["words"]
    assert page.locator(".verdicts .finding").first.inner_text() == "✓ matches"
    assert mark["verdict"]["finding"] == "matches"
    assert page.get_by_label("Marks", exact=True).get_by_role("link", name=message(side)[:12]).count() == 1
    assert violations(page) == []


def test_marks_stand_beside_what_decides_and_sources_beside_facts(side: Side) -> None:
    page = side.page
    first = filed(side, "The Times", TEXT)
    side.ask("account", "mark", first, "100 missiles", "number", "--number", "..100", "--of", "missiles")
    other = filed(side, "The Post", "🚀🚀 At least 120 missiles were launched. General Brown was told of 120 missiles.")
    side.ask("account", "mark", other, "120 missiles", "number", "--number", "120..", "--of", "missiles")
    side.ask("account", "mark", other, "Brown", "who", "--who", "General Brown")
    page.goto(f"{side.desk}/#/accounts")
    row = page.locator(".rows a", has_text="The Post")
    row.focus()
    page.keyboard.press("Enter")
    until(lambda: page.locator(".account-text mark").count() == 2)
    until(lambda: page.locator(".account-text mark").all_inner_texts() == ["120 missiles", "Brown"])
    findings = page.get_by_label("Marks", exact=True).locator(".finding")
    until(lambda: findings.all_inner_texts() == ["✕ contradicts", "? not in the record"])
    page.get_by_role("link", name="Sources against facts").click()
    heads = page.get_by_role("region", name="Sources against facts").locator("thead th")
    until(lambda: {"The Times, 2022-11-17", "The Post, 2022-11-17"} <= set(heads.all_inner_texts()))
    until(lambda: "they contradict each other" in page.locator("main").inner_text())
    assert violations(page) == []
    page.set_viewport_size({"width": 360, "height": 740})
    for place in ("accounts", "accounts/matrix", f"accounts/{other}"):
        page.goto(f"{side.desk}/#/{place}")
        page.locator("#page-title").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, place
    page.set_viewport_size({"width": 1_280, "height": 800})
    page.goto(f"{side.desk}/#/accounts/{other}")
    page.get_by_role("button", name="Take mark 2 away").click()
    until(lambda: page.locator(".account-text mark").count() == 1)


def test_an_account_is_given_taken_in_marked_by_hand_and_forgotten(side: Side, tmp_path: Path) -> None:
    page = side.page
    first = filed(side, "The Herald", "Officials said that 96 missiles were launched.")
    page.goto(f"{side.desk}/#/accounts/{first}")
    form = page.locator("details.act", has_text="Mark words by hand")
    form.locator("summary").click()
    form.get_by_label("What they assert").select_option("number")
    form.get_by_label("The words, as they stand").fill("96 missiles")
    form.get_by_label("Number: 90").fill("96")
    form.get_by_label("Number of what").fill("missiles")
    form.get_by_role("button", name="Mark it").click()
    until(lambda: page.locator(".account-text mark").all_inner_texts() == ["96 missiles"])
    with page.expect_download() as begun:
        page.get_by_role("button", name="Take it with its marks").click()
    file = tmp_path / begun.value.suggested_filename
    begun.value.save_as(file)
    page.get_by_role("link", name="Take one in").click()
    page.get_by_label("The file").set_input_files(file)
    page.get_by_label("From whom it came").fill("the post of South")
    page.get_by_role("button", name="Take it in").click()
    until(lambda: [each for each in side.ask("account", "list")["accounts"] if each["from"] == "the post of South"])
    until(lambda: "marks of the post of South" in page.locator("main").inner_text())
    assert violations(page) == []
    act(page, "Say what it is about", "Set what it is about", About_which_entry="")
    until(lambda: "About nothing on the record." in page.locator("main").inner_text())
    act(page, "Forget this account", "Forget it with its marks")
    until(lambda: not [each for each in side.ask("account", "list")["accounts"] if each["from"]])
    until(lambda: page.evaluate("location.hash") == "#/accounts")
