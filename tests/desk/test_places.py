"""The pages beside the first, over two real posts: STOP from key to "passed on", and how a line stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.desk.browsing import Side, sign_in, two_desks, violations
from tests.pair import until

TOUCH = """async () => {
    const key = document.querySelector("button.stop");
    const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
    key.dispatchEvent(new PointerEvent("pointerdown"));
    await wait(600);
    key.dispatchEvent(new PointerEvent("pointerup"));
    key.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
    await wait(600);
    key.dispatchEvent(new KeyboardEvent("keyup", { key: "Enter" }));
    await wait(1_100);
}"""
"""By timers of the page itself: however busy the machine is, the finger leaves before the second is over."""

REACHABLE = """() => {
    const controls = "a[href], button, input, select, textarea, summary, [tabindex='0']";
    const main = document.querySelector("main");
    window.unreached = new Set([...main.querySelectorAll(controls)].filter((each) =>
        each.checkVisibility() && !each.disabled && each.tabIndex >= 0
        && (each.type !== "radio" || each.checked) && !each.closest(".scroller")));
    window.unseen = [];
    document.querySelector("#page-title").focus();
    return window.unreached.size;
}"""
"""What somebody without a mouse has to come to on this page: a group of radio buttons, and the list, are one stop."""

STEP = """() => {
    const at = document.activeElement;
    window.unreached.delete(at);
    const shown = getComputedStyle(at);
    if (at !== document.body && shown.outlineStyle === "none" && at.closest("main")) window.unseen.push(at.outerHTML);
    return window.unreached.size;
}"""
STEPS_MOST = 120


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Side, Side]]:
    """North and South at their desks."""
    with two_desks(tmp_path_factory.mktemp("places")) as sides:
        yield sides


def go(page: Page, name: str) -> None:
    """To a page, by its place in the bar."""
    page.get_by_role("navigation", name="Pages").get_by_role("link", name=name).click()


def shown(page: Page, words: str) -> bool:
    """Whether the page shows these words."""
    return words in page.locator("main").inner_text()


def test_stop_is_held_for_a_second_read_back_and_passed_on(both: tuple[Side, Side]) -> None:
    north, south = both
    page, there = north.page, south.page
    key = page.get_by_role("button", name="STOP")
    page.evaluate(TOUCH)
    assert north.ask("stop", "list")["stops"] == [], "a touch is not STOP"

    key.focus()
    page.keyboard.down("Enter")
    until(lambda: north.ask("stop", "list")["stops"])
    page.keyboard.up("Enter")
    there.locator(".alarm.flash", has_text="STOP").wait_for()
    until(lambda: shown(page, "NOT yet by South: read back, passed on"))
    page.get_by_label("What is hit").fill("aid convoy")
    page.get_by_label("Where").fill("coast road, km 12")
    page.get_by_role("button", name="Sign and add").click()
    until(lambda: "coast road" in str(south.ask("stop", "list")["stops"][0]["where"]))

    there.get_by_role("link", name="Open the STOP").first.click()
    there.get_by_text("coast road, km 12").first.wait_for()
    there.get_by_label("What is hit").fill("convoy")
    there.get_by_label("Where").fill("coast road, km 12")
    there.get_by_role("button", name="Sign “read back”").click()
    there.get_by_text("word for word").first.wait_for()
    there.get_by_label("What is hit").fill("aid convoy")
    there.get_by_role("button", name="Sign “read back”").click()
    there.get_by_label("Passed on to which unit").fill("3rd battery")
    there.get_by_role("button", name="Sign “passed on”").click()
    until(lambda: shown(page, "Passed on to 3rd battery by Capt. Cole, South"))
    until(lambda: not shown(page, "NOT yet"))
    page.get_by_label("Why it is withdrawn").fill("the fire has stopped")
    page.get_by_role("button", name="Sign “STOP withdrawn”").click()
    until(lambda: shown(there, "STOP withdrawn"))
    assert (violations(page), violations(there)) == ([], [])


def test_the_layers_of_a_line_are_proved_apart(both: tuple[Side, Side]) -> None:
    north, south = both
    page = north.page
    north.ask("send", "strait", "Who is on watch?")
    asked = "Who is on watch?"
    (entry,) = until(lambda: [each for each in south.ask("inbox")["entries"] if each["text"] == asked])
    south.ask("take", entry["id"])
    go(page, "Line")
    wanted = {
        "Bearer: a link is open",
        "Post: it signed something",
        "Desk manned: an officer signed",
        "Officer accepted something",
    }
    until(
        lambda: (
            {heading.removeprefix("✓").strip() for heading in page.locator(".reached th").all_inner_texts()} == wanted
        )
    )
    until(lambda: [each.strip(" ·") for each in page.locator(".not th").all_inner_texts()] == ["Principal reached"])
    page.get_by_role("button", name="Check the line").click()
    page.locator("summary", has_text="Checks").click()
    until(lambda: shown(page, "answered by the post of South"))
    assert violations(page) == []


def test_pages_have_keys_and_addresses(both: tuple[Side, Side]) -> None:
    page = both[0].page
    names = [
        each.split() for each in page.get_by_role("navigation", name="Pages").get_by_role("link").all_inner_texts()
    ]
    assert [key for _, *keys in names for key in keys] == [str(at + 1) for at in range(min(9, len(names)))]
    for label, *keys in names:
        for key in keys:
            page.locator("body").press(key)
        if not keys:
            go(page, label)
        until(lambda label=label: page.locator("nav [aria-current=page]").inner_text().startswith(label))  # type: ignore[misc]
    page.reload()
    page.locator(".live.on").wait_for()
    until(lambda: page.locator("nav [aria-current=page]").inner_text().startswith(label))
    page.goto(f"{both[0].desk}/#/nowhere/%E0%A4%A")
    until(lambda: page.locator("nav [aria-current=page]").inner_text().startswith("Now"))
    page.locator("body").press("n")
    page.get_by_role("heading", name="New message").wait_for()


def test_every_control_is_reached_by_tab_and_shows_that_it_has_the_focus(both: tuple[Side, Side]) -> None:
    page = both[1].page
    lacking, controls = {}, 0
    links = page.get_by_role("navigation", name="Pages").get_by_role("link")
    places = [str(each.get_attribute("href")) for each in links.all()]
    for place in [
        *places[1:],
        "#/notices/new",
        "#/notices/import",
        "#/incidents/new",
        "#/statements/new",
        "#/accounts/new",
    ]:
        page.goto(f"{both[1].desk}/{place}")
        page.locator("#page-title").wait_for()
        controls += page.evaluate(REACHABLE)
        for _ in range(STEPS_MOST):
            page.keyboard.press("Tab")
            if not page.evaluate(STEP):
                break
        left = page.evaluate("[[...window.unreached].map((each) => each.outerHTML), window.unseen]")
        if left != [[], []]:
            lacking[place] = left
    assert lacking == {}
    assert controls > 50


@pytest.mark.parametrize("place", ["stop", "line", "watch"])
def test_narrow_pages_do_not_scroll_sideways(both: tuple[Side, Side], place: str) -> None:
    page = both[1].page
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{both[1].desk}/#/{place}")
    page.locator("#page-title").wait_for()
    until(lambda: page.locator(f"{place}-page :is(article, .empty, h3)").count())
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_watch_is_handed_over_and_taken_by_another_officer(both: tuple[Side, Side]) -> None:
    north, _ = both
    page = north.page
    north.ask("officer", "add", "Lt. Aas")
    browser = page.context.browser
    assert browser is not None
    other = sign_in(north.home, browser, "Lt. Aas", north.desk)
    for each in (page, other):
        each.goto(f"{north.desk}/#/watch")
    page.get_by_text("Nobody has taken the watch.").first.wait_for()
    page.get_by_role("button", name="Sign and take the watch").click()
    page.get_by_label("Note").fill("Radar 3 is down until noon.")
    page.get_by_role("button", name="Sign and note").click()
    until(lambda: shown(page, "has the watch since"))
    page.get_by_label("Hand the watch over to").select_option("Lt. Aas")
    page.get_by_role("button", name="Sign and hand over").click()
    other.get_by_text("Maj. Berg leaves this to you").wait_for()
    other.get_by_role("button", name="Sign and take the watch").click()
    until(lambda: shown(other, "Lt. Aas has the watch since"))
    until(lambda: shown(other, "Radar 3 is down until noon."))
    assert north.ask("log", "show")["on_watch"]["officer"] == "Lt. Aas"
    assert violations(other) == []
    other.context.close()
