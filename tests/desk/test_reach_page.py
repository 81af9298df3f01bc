"""Reach at two desks: a call with its digits, its minute, commitments, terms and readouts, its certificate and past."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.browsing import Side, act, foreign, speak, two_desks, violations
from tests.pair import until


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Side, Side]]:
    """North and South at their desks."""
    with two_desks(tmp_path_factory.mktemp("reach")) as sides:
        yield sides


def shown(side: Side, words: str) -> bool:
    """Whether the page of a side shows these words."""
    return words in side.page.locator("main").inner_text()


def digits(side: Side) -> list[str]:
    """The digits to read and to hear, once they are there."""
    return side.page.locator(".digits strong").all_inner_texts()


def called(north: Side, south: Side, *more: str) -> str:
    """A call that North asked for and South answered."""
    words = ("call", "ask", "strait", "--from", "Head of Operations", "--to", "South:Head of Navy")
    contact: str = north.ask(*words, "--reply-by", "1h", *more)["id"]
    until(lambda: [each for each in south.ask("call", "list")["contacts"] if each["id"] == contact])
    return contact


def marked_and_disputed(north: Side, south: Side) -> None:
    """North marks what South published, South disputes it, and the two texts are held against each other."""
    page = north.page
    readout = page.get_by_label("readout of South", exact=True)
    readout.get_by_text("Mark it").click()
    readout.get_by_label("What it does").select_option("differs")
    readout.get_by_label("Beside what").select_option(label="point 1: Boat 17 turns back at noon.")
    readout.get_by_label("Its words, as they stand").fill("asked us")
    readout.get_by_role("button", name="Sign the mark").click()
    until(lambda: "Nobody has marked" not in readout.inner_text())
    south.page.get_by_role("button", name="Dispute the mark").click()
    until(lambda: "differs point 1 “asked us”" in readout.inner_text() and "disputed" in readout.inner_text())
    readout.get_by_text("Word by word against another text").click()
    readout.get_by_label("Against").select_option(label="readout of North")
    readout.get_by_role("button", name="Compare").click()
    until(readout.locator(".compared").count)
    assert "only the other" in readout.locator("ins").first.inner_text()
    assert "We spoke of the strait." in readout.locator("ins").first.inner_text()


def disclosed_and_broken(north: Side, south: Side) -> None:
    """Terms that both agree on, what became public, and that North records it as a breach."""
    page, there = north.page, south.page
    page.get_by_label("Propose what may be said").select_option("confirm-if-asked")
    page.get_by_role("button", name="Sign the proposal").click()
    there.get_by_role("button", name="Agree to these terms").click()
    until(lambda: shown(north, "in force") and shown(south, "in force"))
    there.get_by_label("What became public").fill("There was a call.")
    there.get_by_role("button", name="Sign what became public").click()
    said = page.get_by_label("disclosed", exact=True)
    until(said.count)
    said.get_by_text("Record a breach").click()
    said.get_by_label("Which terms it broke").fill("Nobody had asked.")
    said.get_by_role("button", name="Sign that it is a breach").click()
    until(lambda: shown(south, "Recorded as a breach by Maj. Berg, North") and shown(south, "Nobody had asked."))


def filed_side_by_side(north: Side, south: Side) -> None:
    """Both file what they published; nobody has marked anything in it."""
    page, there = north.page, south.page
    for side, words in ((north, "We spoke of the strait."), (south, "They asked us to turn back.")):
        side.page.get_by_label("Readout, as it was published").fill(words)
        side.page.get_by_label("Whose it is").select_option(side.name)
        side.page.get_by_label("Where it was published").fill(f"the ministry of {side.name}")
        side.page.get_by_label("Published (UTC)").fill("2022-11-15T18:40Z")
        side.page.get_by_role("textbox", name="Language").fill("en")
        side.page.get_by_role("button", name="Sign and file").click()
    until(lambda: page.locator(".beside article").count() == there.locator(".beside article").count() == 2)
    readout = page.get_by_label("readout of South", exact=True)
    assert "Nobody has marked point 1" in readout.inner_text()


def test_what_follows_a_call_is_agreed_at_two_desks(both: tuple[Side, Side]) -> None:
    north, south = both
    page, there = north.page, south.page
    contact = called(north, south, "--matter", "Boat 17")
    south.ask("call", "accept", contact, "--at", "30m")
    north.ask("call", "try", contact, "--means", "satellite telephone", "--layer", "desk")
    for side in both:
        side.page.goto(f"{side.desk}/#/reach/{contact}")
        side.page.get_by_role("button", name="Ask for digits").click()
    until(lambda: len(digits(north)) == len(digits(south)) == 2)
    until(lambda: digits(north) == digits(south)[::-1])
    page.get_by_role("button", name="They are used").click()
    until(lambda: north.ask("call", "show", contact)["parties"][0]["answers"])
    north.ask("call", "held", contact)
    until(lambda: shown(south, "outcome: held"))
    until(lambda: shown(north, "satellite telephone"))
    board = page.get_by_role("region", name="Reach board")
    until(lambda: "held" in board.inner_text())
    until(lambda: "Head of Navy, South" in board.inner_text())

    page.get_by_label("New point").fill("Boat 17 turns back at noon.")
    page.get_by_role("button", name="Sign the point").click()
    there.get_by_role("button", name="Agree to point 1").click()
    until(lambda: "agreed" in page.get_by_label("point 1", exact=True).inner_text())
    for side in both:
        until(lambda side=side: "agreed" in side.page.get_by_label("point 1", exact=True).inner_text())  # type: ignore[misc]
        side.page.get_by_role("button", name="Sign the minute as it stands").click()
    until(lambda: shown(north, "signed by all") and shown(south, "signed by all"))

    page.get_by_label("What was committed to").fill("North tells South of every boat.")
    page.get_by_label("Due (UTC)").fill("3h")
    page.get_by_role("button", name="Sign the commitment").click()
    commitment = there.get_by_label("commitment of North")
    commitment.get_by_label("Our word on it").select_option("disputed")
    commitment.get_by_role("button", name="Sign the word").click()
    until(lambda: "disputed" in page.get_by_label("commitment of North").locator(".mark").inner_text())

    disclosed_and_broken(north, south)
    filed_side_by_side(north, south)
    marked_and_disputed(north, south)
    assert (violations(page), violations(there)) == ([], [])

    speak(there, "ar")
    until(lambda: shown(south, "متفق عليه"))
    assert foreign(there) == []
    assert violations(there) == []
    speak(there, "en")
    page.get_by_role("button", name="Show", exact=True).click()
    until(lambda: "Last held: held, asked by North" in page.get_by_label("history", exact=True).inner_text())
    page.set_viewport_size({"width": 360, "height": 740})
    office = "new Option('Chairman of the Joint Chiefs of Staff (Washington)')"
    assert page.evaluate(f"document.querySelector('form[aria-labelledby=past-title] select').add({office})") is None
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.set_viewport_size({"width": 1_280, "height": 800})


def test_a_call_that_nobody_answers_is_certified(both: tuple[Side, Side], tmp_path: Path) -> None:
    north, south = both
    page = north.page
    contact = called(north, south)
    called(north, south, "--matter", "Boat 18")
    page.goto(f"{north.desk}/#/reach")
    page.get_by_label("Matter").select_option("Boat 18")
    until(lambda: page.locator("tbody tr").count() == 1)
    page.get_by_label("Matter").select_option("")
    row = page.locator(f".rows a[href$='{contact}']")
    row.focus()
    page.keyboard.press("Enter")
    with page.expect_download() as begun:
        page.get_by_role("button", name="Certify how far we got with South").click()
    file = tmp_path / begun.value.suggested_filename
    begun.value.save_as(file)
    assert file.name == "no-contact.certificate"
    (certificate,) = north.ask("call", "show", contact)["parties"][0]["certificates"]
    assert certificate["officer"] == "Maj. Berg"
    assert north.ask("verify", str(file))["ok"]
    assert violations(page) == []
    south.page.goto(f"{south.desk}/#/reach/{contact}")
    act(south.page, "Respond to the certificate", "Sign what our record holds", In_words="Nobody was here to answer.")
    until(lambda: north.ask("call", "show", contact)["parties"][0]["certificates"][0]["responses"])
