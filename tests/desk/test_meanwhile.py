"""What comes while an officer is busy moves nothing from under the hand: focus, what is typed, what was refused."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.desk.browsing import Side, opened, two_desks
from tests.pair import until

SLOW_SECONDS = 0.4
STREAM = """() => {
    const desk = document.querySelector("open-desk");
    window.stream = setInterval(() => desk.shown.heard({ what: "entry", kind: "notice" }), 40);
}"""
"""Events without end, closer to each other than those that are taken for one."""

GUNNERY = (
    *("notice", "send", "strait", "live-fire-exercise", "--class", "exercise"),
    *("--area", "34-15N 033-30E, 34-15N 034-30E, 35-00N 034-00E", "--field", "weapons=naval guns"),
)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Side, Side]]:
    """North and South at their desks, with all shipped forms agreed."""
    with two_desks(tmp_path_factory.mktemp("meanwhile")) as sides:
        north, south = sides
        north.ask("notice", "forms", "strait", "--agree")
        until(lambda: south.ask("line", "status", "strait")["proposed terms"])
        south.ask("line", "accept", "strait")
        until(lambda: all(each["agreed"] for each in north.ask("notice", "forms", "strait")["forms"]))
        yield sides


@pytest.fixture(autouse=True)
def first_page(both: tuple[Side, Side]) -> None:
    """Each test begins on the first page of South, live."""
    page = both[1].page
    page.goto(both[1].desk)
    page.reload()
    page.locator(".live.on").wait_for()


def entry(side: Side, text: str) -> Any:
    """A message of the inbox, once it is there."""
    found = until(lambda: [each for each in side.ask("inbox")["entries"] if each["text"] == text])
    return found[0]


def slowed(page: Page, address: str) -> None:
    """Answers of the post to requests like this come late."""

    def late(route: Route) -> None:
        time.sleep(SLOW_SECONDS)
        route.continue_()

    page.route(address, late)


def test_the_button_in_hand_takes_what_it_stood_beside(both: tuple[Side, Side]) -> None:
    north, south = both
    page = south.page
    north.ask("send", "strait", "Look at your radar.", "--precedence", "immediate")
    take = page.locator(".alarm.immediate[data-id]").get_by_role("button", name="Take")
    take.focus()
    north.ask("send", "strait", "Cease fire.", "--precedence", "flash")
    page.locator(".alarm.flash[data-id]").wait_for()
    page.keyboard.press("Enter")
    until(lambda: entry(south, "Look at your radar.")["waits_for"] is None)
    assert entry(south, "Cease fire.")["waits_for"] == "take"
    south.ask("take", entry(south, "Cease fire.")["id"])


def test_what_rings_is_in_sight_however_far_down_the_page_is_read(both: tuple[Side, Side]) -> None:
    north, south = both
    page = south.page
    page.evaluate("document.querySelector('main').style.minHeight = '4000px'")
    page.evaluate("scrollTo(0, 2500)")
    north.ask("send", "strait", "Turn boat 17 back.", "--precedence", "flash")
    expect(page.locator(".alarm.flash[data-id]")).to_be_in_viewport(timeout=30_000)
    south.ask("take", entry(south, "Turn boat 17 back.")["id"])
    until(lambda: not page.locator(".alarm.flash[data-id]").count())


def test_a_letter_typed_for_an_answer_signs_nothing(both: tuple[Side, Side]) -> None:
    north, south = both
    page = south.page
    north.ask("send", "strait", "What is your course?")
    page.locator(".inbox .row", has_text="What is your course?").focus()
    slowed(page, "**/api/v1/show?*")
    page.keyboard.type("rat")
    page.locator("form.inline textarea").wait_for()
    page.unroute("**/api/v1/show?*")
    page.keyboard.type("South-west.")
    until(lambda: page.locator("form.inline textarea").input_value().endswith("South-west."))
    rungs = {each["rung"] for each in south.ask("receipts", entry(south, "What is your course?")["id"])["rungs"]}
    assert rungs.isdisjoint({"acknowledged", "taken"}), rungs


def test_what_is_typed_and_what_was_refused_stay_where_they_were(both: tuple[Side, Side]) -> None:
    north, south = both
    page = south.page
    first = north.ask("stop", "strait", "--what", "aid convoy", "--where", "km 12")["id"]
    page.goto(f"{south.desk}/#/stop")
    page.get_by_role("article", name="STOP of North").wait_for()
    page.get_by_label("What is hit").fill("convoy")
    page.get_by_label("Where").fill("km 12")
    page.get_by_role("button", name="Sign “read back”").click()
    refusal = page.get_by_role("alert").filter(has_text="word for word")
    refusal.wait_for()
    page.get_by_label("Passed on to which unit").focus()
    page.keyboard.type("3rd ")
    north.ask("stop", "strait", "--what", "field hospital", "--where", "km 14")
    until(lambda: page.get_by_role("article", name="STOP of North").count() == 2)
    page.keyboard.type("battery")
    beside = page.get_by_role("article", name="STOP of North").filter(has_text=first[:12])
    assert beside.get_by_label("Passed on to which unit").input_value() == "3rd battery"
    assert refusal.count() == 1, "until the next act"


def test_a_page_is_read_again_however_much_comes(both: tuple[Side, Side]) -> None:
    north, south = both
    page = south.page
    page.goto(f"{south.desk}/#/notices")
    page.locator("notices-page #page-title").wait_for()
    page.evaluate(STREAM)
    notice = north.ask(*GUNNERY, "--window", "0m/2h")["id"]
    page.locator(f".rows a[href$='{notice}']").wait_for()
    page.evaluate("clearInterval(window.stream)")


def test_what_is_opened_stands_under_its_own_name(both: tuple[Side, Side]) -> None:
    north, south = both
    page = south.page
    ids = [north.ask("incident", "open", "strait", title, "--place", "the strait")["id"] for title in ("Fire", "Flood")]
    until(lambda: {*ids} <= {each["id"] for each in south.ask("incident", "list")["incidents"]})
    page.goto(f"{south.desk}/#/incidents/{ids[0]}")
    happened = page.get_by_role("article", name="what happened")
    happened.filter(has_text="Fire").wait_for()
    slowed(page, "**/api/v1/incident-list*")
    page.locator(".rows .row", has_text="Flood").click()
    until(lambda: page.locator(".rows [aria-current=true]", has_text="Flood").count())
    assert happened.filter(has_text="Fire").count() == 0
    page.unroute("**/api/v1/incident-list*")
    happened.filter(has_text="Flood").wait_for()


def test_whoever_has_gone_on_is_not_fetched_back(both: tuple[Side, Side]) -> None:
    page = both[1].page
    page.goto(f"{both[1].desk}/#/incidents/new")
    page.get_by_label("Title").fill("Smoke")
    page.get_by_label("Place").fill("the strait")
    slowed(page, "**/api/v1/incident-list*")
    page.get_by_role("button", name="Sign and open it").click()
    page.get_by_text("Incident opened and signed.").wait_for()
    page.goto(f"{both[1].desk}/#/watch")
    page.wait_for_timeout(2_000 * SLOW_SECONDS)
    page.unroute("**/api/v1/incident-list*")
    assert page.url.endswith("#/watch")


def test_the_map_follows_the_time(both: tuple[Side, Side]) -> None:
    north, south = both
    browser = south.page.context.browser
    assert browser is not None
    page = opened(browser, storage_state=south.page.context.storage_state())
    page.clock.install()
    page.goto(f"{south.desk}/#/map")
    page.locator(".live.on").wait_for()
    north.ask(*GUNNERY, "--window", "20m/40m")
    page.locator(".zone.ahead").wait_for(state="attached")
    page.clock.fast_forward(30 * 60_000)
    page.locator(".zone.ahead").wait_for(state="detached")
    until(page.locator(".zone.open").count)
    page.context.close()
