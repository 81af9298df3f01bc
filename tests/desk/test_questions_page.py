"""Claims, inquiries and simultaneous exchanges at two desks, in English and, opened, in Arabic on a narrow page."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.browsing import Side, foreign, speak, two_desks, violations
from tests.pair import until

NARROW = 360


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Side, Side]]:
    """North and South at their desks."""
    with two_desks(tmp_path_factory.mktemp("questions")) as sides:
        yield sides


def shown(side: Side, words: str) -> bool:
    """Whether the page of a side shows these words."""
    return words in side.page.locator("main").inner_text()


def arabic(side: Side, name: str) -> None:
    """What is opened is wholly Arabic, beside what people wrote, fits a narrow page, and no rule of axe is broken."""
    page = side.page
    page.set_viewport_size({"width": NARROW, "height": 740})
    speak(page, "ar")
    until(lambda: foreign(page) == [])
    if folder := os.environ.get("OPENLINE_LOOK"):
        page.screenshot(path=f"{folder}/{name}-ar.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
    assert violations(page) == []
    speak(page, "en")
    page.set_viewport_size({"width": 1_280, "height": 800})


def test_a_claim_is_put_asked_about_rejected_and_withdrawn(both: tuple[Side, Side]) -> None:
    north, south = both
    page, there = north.page, south.page
    page.goto(f"{north.desk}/#/claims/new")
    page.get_by_label("What you hold to be so").fill("Your boat 17 crossed the median line.")
    page.get_by_label("Reply by").fill("3h")
    page.get_by_role("button", name="Sign and put it", exact=True).focus()
    page.keyboard.press("Enter")
    (claim,) = until(lambda: south.ask("claim", "list")["claims"])
    there.goto(f"{south.desk}/#/claims/{claim['put'][0]['id']}")
    there.get_by_label("Our answer").select_option("asks-evidence")
    there.get_by_role("button", name="Sign and answer").click()
    until(lambda: shown(north, "asks-evidence"))
    page.get_by_text("Give evidence", exact=True).click()
    page.get_by_label("The evidence, in words").fill("Radar of 1850Z.")
    page.get_by_role("button", name="Sign the evidence").click()
    until(lambda: shown(south, "Radar of 1850Z."))
    there.get_by_label("Our answer").select_option("rejects")
    there.get_by_role("button", name="Sign and answer").click()
    until(lambda: shown(north, "South: rejects"))
    assert violations(page) == []
    arabic(south, "claim")
    page.get_by_text("Withdraw it", exact=True).click()
    page.get_by_role("button", name="Sign that it is withdrawn").click()
    until(lambda: shown(south, "withdrawn by Maj. Berg"))


def test_an_inquiry_is_answered_found_wanting_and_satisfied(both: tuple[Side, Side]) -> None:
    north, south = both
    page, there = north.page, south.page
    page.goto(f"{north.desk}/#/inquiries/new")
    page.get_by_label("What activity").fill("Two brigades near the border")
    page.get_by_label("What you do next").fill("We tell the other members.")
    page.get_by_role("button", name="Sign and ask").click()
    (inquiry,) = until(lambda: south.ask("inquiry", "list")["inquiries"])
    there.goto(f"{south.desk}/#/inquiries/{inquiry['id']}")
    until(lambda: shown(south, "reply in 1 d 23 h") and shown(south, "We tell the other members."))
    for text, verdict in (("An exercise.", "unsatisfactory"), ("An exercise of 9,000 until Friday.", "satisfied")):
        there.get_by_label("Our answer").fill(text)
        there.get_by_role("button", name="Sign and answer").click()
        until(lambda text=text: shown(north, text))  # type: ignore[misc]
        if verdict == "satisfied":
            page.get_by_role("button", name="Satisfied").click()
        else:
            page.get_by_label("What is missing in it").fill("How many, and how long?")
            page.get_by_role("button", name="Sign that it does not satisfy").click()
        until(lambda verdict=verdict: south.ask("inquiry", "list")["inquiries"][0]["status"] == verdict)  # type: ignore[misc]
    assert violations(page) == []
    until(lambda: shown(south, "satisfied"))
    arabic(south, "inquiry")


def test_documents_are_sealed_and_open_together(both: tuple[Side, Side], tmp_path: Path) -> None:
    north, south = both
    page, there = north.page, south.page
    page.goto(f"{north.desk}/#/together/new")
    page.get_by_label("What each is to show").fill("Positions of boats at noon")
    page.get_by_label("All are bound by").fill("1h")
    page.get_by_label("All have shown by").fill("2h")
    page.get_by_role("button", name="Sign and ask").click()
    (exchange,) = until(lambda: south.ask("together", "list")["exchanges"])
    page.get_by_role("textbox", name="Our document, as text").fill("North: two boats at 34-15N.")
    page.get_by_role("button", name="Sign and seal it").click()
    until(lambda: shown(north, "Our document is sealed at this post"))
    there.goto(f"{south.desk}/#/together/{exchange['id']}")
    until(lambda: shown(south, "bound"))
    assert not shown(south, "two boats"), "nobody reads a document before all are bound"
    assert violations(there) == []
    file = tmp_path / "boats.txt"
    file.write_text("South: one boat, № 17.")
    there.get_by_label("Or a file").set_input_files(file)
    there.get_by_role("button", name="Sign and seal it").click()
    for side in both:
        until(lambda side=side: shown(side, "two boats at 34-15N.") and shown(side, "South: one boat, № 17."))  # type: ignore[misc]
    with page.expect_download() as begun:
        page.get_by_label("document of South").get_by_role("button", name="Take the document").click()
    assert begun.value.suggested_filename == "boats.txt"
    arabic(south, "together")
