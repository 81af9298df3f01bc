"""Two persons at a desk: a FLASH by one is countersigned by another; what may be said waits for a second officer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.desk.browsing import Side, foreign, sign_in, speak, two_desks, violations
from tests.pair import done, until

RULES = 'two-persons = ["message", "disclosure", "disclosure-agreed"]'
SECOND = "Lt. Aas"


@pytest.fixture(scope="module")
def watch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Side, Side, Page]]:
    """North and South at their desks, and the page of a second officer of North, who may release."""
    with two_desks(tmp_path_factory.mktemp("two-persons"), RULES) as (north, south):
        browser = north.page.context.browser
        assert browser is not None
        done(north.home, "officer", "add", SECOND)
        done(north.home, "desk", "link", SECOND, "--role", "releaser")
        yield north, south, sign_in(north.home, browser, SECOND, north.desk)


def shown(page: Page, words: str) -> bool:
    """Whether a page shows these words."""
    return words in page.locator("main").inner_text()


def test_a_flash_by_one_goes_at_once_and_another_countersigns_it(watch: tuple[Side, Side, Page]) -> None:
    north, south, second = watch
    page = north.page
    page.keyboard.press("n")
    page.get_by_role("textbox", name="Text").fill("Two aircraft of ours cross your sector.")
    page.get_by_label("FLASH").check()
    page.get_by_role("button", name="Sign and send").click()
    until(lambda: shown(page, "Released by one: not countersigned yet"))
    until(lambda: shown(page, "You released it: another officer countersigns it."))
    assert page.get_by_role("button", name="Countersign").count() == 0
    south.page.goto(f"{south.desk}/#/now")
    south.page.locator(".alarm.flash").wait_for()
    south.page.keyboard.press("f")
    until(lambda: shown(south.page, "Released by one: not countersigned yet"))
    assert south.page.get_by_role("button", name="Countersign").count() == 0

    second.goto(f"{north.desk}/#/now")
    second.locator(".inbox .row").first.click()
    second.get_by_role("button", name="Countersign").focus()
    second.keyboard.press("Enter")
    for each in (second, page, south.page):
        until(lambda each=each: shown(each, f"Released by one; countersigned by {SECOND}"))  # type: ignore[misc]
    assert violations(second) == []
    second.goto(f"{north.desk}/#/record/{north.ask('inbox')['entries'][0]['id']}")
    until(lambda: shown(second, f"Released by one; countersigned by {SECOND}"))


def test_what_may_be_said_waits_for_a_second_officer(watch: tuple[Side, Side, Page]) -> None:
    north, south, second = watch
    words = ("call", "ask", "strait", "--from", "Head of Operations", "--to", "South:Head of Navy", "--reply-by", "1h")
    contact = north.ask(*words)["id"]
    page = north.page
    page.goto(f"{north.desk}/#/reach/{contact}")
    page.get_by_label("Propose what may be said").select_option("confirm-if-asked")
    page.get_by_role("textbox", name="The agreed text").fill("open")
    page.get_by_role("button", name="Sign the proposal").click()
    refusal = page.get_by_role("alert").filter(has_text="There is an agreed text where an item is disclosed by it")
    refusal.wait_for()
    north.ask("call", "try", contact, "--means", "satellite telephone", "--layer", "desk")
    until(lambda: shown(page, "satellite telephone"))
    assert refusal.count() == 1, "what is read meanwhile takes no refusal away"
    page.get_by_label("Propose what may be said").select_option("agreed-text")
    page.get_by_role("button", name="Sign the proposal").click()
    until(lambda: "It takes two" in page.locator("p.notice").first.inner_text())
    assert not north.ask("call", "disclose", "show", contact)["disclosures"]
    second.goto(f"{north.desk}/#/drafts")
    second.get_by_role("button", name="Sign and release").wait_for()
    said = second.locator("article.draft").inner_text()
    for label in ("parties:", "level: agreed-text", "text: open"):
        assert label in said
    speak(second, "ar")
    until(lambda: shown(second, "النص المتفق عليه فقط"))
    until(lambda: "النص: open" in second.locator("article.draft").inner_text())  # what somebody wrote stays as it is
    assert foreign(second) == []
    assert violations(second) == []
    speak(second, "en")
    second.get_by_role("button", name="Sign and release").click()
    until(lambda: south.ask("call", "disclose", "show", contact)["disclosures"])
    terms = south.ask("call", "disclose", "show", contact)["disclosures"][0]["terms"]
    assert [each["items"][0]["level"] for each in terms] == ["agreed-text"]
