"""The guide for newcomers in a real browser, over two real posts: each step ticks itself off by what is really done."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.desk.browsing import ONE_OFFICER, Side, two_desks, violations
from tests.pair import until

NARROW = 360
EXERCISE = ("--class", "exercise")
AREA = "54-55N 018-50E, 54-55N 019-40E, 55-20N 019-40E, 55-20N 018-50E"


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Side, Side]]:
    """North and South at desks that show the guide."""
    with two_desks(tmp_path_factory.mktemp("guide"), ONE_OFFICER, "--guide") as sides:
        yield sides


def count(page: Page, done: int) -> None:
    """Wait until so many steps are ticked off."""
    expect(page.locator(".guide h2 small")).to_have_text(f"{done} of 10", timeout=30_000)


def next_is(page: Page, title: str) -> None:
    """Wait until this is the step that is shown."""
    expect(page.locator(".guide [role=status] strong")).to_have_text(f"{title}.", timeout=30_000)


def test_it_follows_what_a_newcomer_really_does(both: tuple[Side, Side]) -> None:
    north, south = both
    page = south.page
    next_is(page, "Start your watch")
    count(page, 0)
    page.get_by_role("button", name="Start watch").click()
    count(page, 1)
    next_is(page, "Open the FLASH")
    expect(page.locator(".guide")).to_contain_text("Within half a minute")
    north.ask("send", "strait", "Who has this, and to whom did it go?", "--precedence", "flash", *EXERCISE)
    expect(page.locator(".guide")).to_contain_text("It rings. Press f", timeout=30_000)
    page.keyboard.press("f")
    next_is(page, "Take it")
    count(page, 2)
    page.keyboard.press("t")
    next_is(page, "Acknowledge it")
    page.keyboard.press("a")
    next_is(page, "Pass it on")
    page.keyboard.press("p")
    page.locator("form.inline .first").wait_for()
    page.keyboard.type("Duty general")
    page.keyboard.press("Enter")
    next_is(page, "Answer, and watch the ladder")
    count(page, 5)
    answers(both)
    the_rest(both)


def answers(both: tuple[Side, Side]) -> None:
    """The answer is no done step before the other side has signed for it."""
    north, south = both
    page = south.page
    page.keyboard.press("r")
    page.locator("form.inline textarea").fill("The duty general has it.")
    page.get_by_role("button", name="Sign and answer").click()
    (answer,) = until(lambda: [each for each in north.ask("inbox")["entries"] if each["author"] == "South"])
    count(page, 5)
    north.ask("take", answer["id"])
    count(page, 6)


def the_rest(both: tuple[Side, Side]) -> None:
    """While no call rings, what can be done meanwhile is shown; then the call is."""
    north, south = both
    page = south.page
    next_is(page, "Read the picture of the incident")
    incident = north.ask("incident", "open", "strait", "Explosion", "--place", "Przewodow", *EXERCISE)["id"]
    until(lambda: south.ask("incident", "list")["incidents"])
    page.keyboard.press("6")
    page.locator("#page-title").wait_for()
    count(page, 6)
    page.goto(f"{south.desk}/#/incidents/{incident}")
    count(page, 7)
    next_is(page, "Look at the map")
    page.keyboard.press("5")
    count(page, 8)
    next_is(page, "Press STOP")
    words = ("call", "ask", "strait", "--from", "Chief", "--to", "South:Chief", "--topic", "x", "--reply-by", "2h")
    call = north.ask(*words, *EXERCISE)["id"]
    next_is(page, "Answer a call")
    until(lambda: south.ask("call", "list")["contacts"])
    south.ask("call", "decline", call, "--reason", "not-available", "--officer", "Capt. Cole")
    count(page, 9)
    next_is(page, "Press STOP")
    key = page.locator("button.stop")
    key.focus()
    page.keyboard.down("Enter")
    until(lambda: south.ask("stop", "list")["stops"])
    page.keyboard.up("Enter")
    count(page, 10)
    said = page.locator("p.notice").first
    expect(said).to_contain_text("STOP is signed")  # where it led, and on no page after that
    page.keyboard.press("3")
    expect(said).to_be_empty()
    next_is(page, "That is the whole round")
    page.reload()
    count(page, 10)
    assert violations(page) == []


@pytest.mark.parametrize(("language", "own"), [("en", "English"), ("ru", "Русский"), ("ar", "العربية")])
def test_it_is_narrow_and_keyed_in_every_language(both: tuple[Side, Side], language: str, own: str) -> None:
    page = both[0].page
    page.set_viewport_size({"width": NARROW, "height": 740})
    page.locator(".language select").select_option(label=own)
    until(lambda: page.evaluate("document.documentElement.lang") == language)
    page.locator(".guide summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".guide li")).to_have_count(10)
    edge = page.locator(".guide ol").evaluate("each => getComputedStyle(each).paddingInlineStart")
    assert float(edge.removesuffix("px")) >= 24, "numbers stand inside the frame"
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
    assert violations(page) == []
    page.locator(".guide summary").focus()
    page.keyboard.press("Enter")


def test_it_is_folded_away_and_stays_so(both: tuple[Side, Side]) -> None:
    page = both[0].page
    page.locator(".language select").select_option(label="English")
    hide = page.get_by_role("button", name="Hide the guide")
    hide.focus()
    page.keyboard.press("Enter")
    show = page.get_by_role("button", name="Show the guide")
    expect(show).to_be_focused()
    page.reload()
    expect(show).to_be_visible(timeout=30_000)
    assert violations(page) == []
    show.focus()
    page.keyboard.press("Enter")
    expect(hide).to_be_visible()
