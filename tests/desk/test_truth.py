"""Incidents and joint statements at two desks: revised, agreed and disputed; amended, approved as read, released."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from openline.post.loop import now
from openline.proof.sentences import utc
from openline.terms import Instant
from tests.desk.browsing import Side, two_desks, violations
from tests.pair import until


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Side, Side]]:
    """North and South at their desks."""
    with two_desks(tmp_path_factory.mktemp("truth")) as sides:
        yield sides


def shown(side: Side, words: str) -> bool:
    """Whether the page of a side shows these words."""
    return words in side.page.locator("main").inner_text()


def test_an_incident_is_opened_assessed_disputed_and_revised(both: tuple[Side, Side]) -> None:
    north, south = both
    page, there = north.page, south.page
    page.goto(f"{north.desk}/#/incidents/new")
    page.get_by_label("Title").fill("Explosion near Przewodow")
    page.get_by_label("Place").fill("Przewodow, by the border")
    began = now()
    page.get_by_label("When").fill(utc(Instant(began + 120_000))[11:16])
    page.get_by_role("button", name="Sign and open it").click()
    (incident,) = until(lambda: south.ask("incident", "list")["incidents"])
    assert incident["happened"] < utc(began), "what has happened is not tomorrow"
    for side, origin in ((north, "not known"), (south, "Russian missile")):
        side.page.goto(f"{side.desk}/#/incidents/{incident['id']}")
        side.page.get_by_label("What we hold to have happened").fill("A missile came down; two are dead.")
        side.page.get_by_label("Origin").fill("" if origin == "not known" else origin)
        side.page.get_by_role("button", name="Sign the assessment").click()
        until(lambda side=side: side.page.get_by_role("button", name="Sign the revision").count())  # type: ignore[misc]
    until(lambda: shown(north, "Russian missile"))
    mine = page.get_by_role("article", name="assessment of South")
    mine.get_by_label("Our stance").select_option("disputes")
    mine.get_by_role("button", name="Sign the stance").click()
    until(lambda: "disputes" in there.locator(".stances").inner_text())
    there.get_by_label("What we hold to have happened").fill("An air-defence missile came down; unintended.")
    there.get_by_label("Origin").fill("likely Ukrainian air defence")
    there.get_by_label("Confidence").select_option("likely")
    there.get_by_role("button", name="Sign the revision").click()
    until(lambda: "disputes (of an earlier version)" in page.locator(".stances").inner_text())
    page.get_by_label("Ask the others not to comment until").fill("2h")
    page.get_by_role("button", name="Sign the request").click()
    there.get_by_role("button", name="Accept").click()
    until(lambda: shown(north, "South accepted"))
    page.get_by_label("As it was at").fill("noon")
    page.get_by_role("button", name="Show that picture").click()
    until(lambda: shown(north, "noon is no time"))
    page.get_by_label("As it was at").fill("")
    page.get_by_label("As it was had by").select_option("South")
    page.get_by_role("button", name="Show that picture").click()
    until(lambda: page.locator(".stances").count())
    assert (violations(page), violations(there)) == ([], [])


def test_a_statement_is_amended_approved_as_read_and_released(both: tuple[Side, Side]) -> None:
    north, south = both
    page, there = north.page, south.page
    page.goto(f"{north.desk}/#/statements/new")
    page.get_by_label("About").fill("The allegation of October")
    page.get_by_label("Languages").fill("en ar")
    page.get_by_label("Each party approves by").select_option("one")
    page.get_by_role("button", name="Sign and begin").click()
    (head,) = until(lambda: south.ask("statement", "list")["statements"])
    until(lambda: shown(north, "has the pen"))
    page.get_by_label("New line, en").fill("We reject the allegation.")
    page.get_by_label("New line, ar").fill("نرفض هذا الادعاء.")
    page.get_by_role("button", name="Sign and add the line").click()
    there.goto(f"{south.desk}/#/statements/{head['id']}")
    there.get_by_role("button", name="Approve exactly this text").click()
    until(lambda: shown(north, "Approvals: 1 of 2"))
    page.locator("summary", has_text="Change").first.click()
    page.get_by_label("Instead, en").fill("We all reject the allegation.")
    page.get_by_role("button", name="Sign the amendment").click()
    until(lambda: shown(south, "of an earlier version, void"))
    for side in both:
        until(lambda side=side: shown(side, "We all reject"))  # type: ignore[misc]
        side.page.get_by_role("button", name="Approve exactly this text").click()
    assert page.locator("td[lang=ar]").first.get_attribute("dir") == "rtl"
    page.get_by_role("button", name="Release it").click()
    until(lambda: shown(south, "released by North"))
    assert (violations(page), violations(there)) == ([], [])
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
