"""The desk in Arabic and in Russian, in a real browser: from the right, by keys, what people wrote left alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.desk.browsing import Side, opened, two_desks, violations
from tests.pair import until

ARABIC, RUSSIAN = "العربية", "Русский"
NARROW = 360
ZOOMED = 640
"""What 1,280 pixels come to at 200 %."""

WORDS = "Boat 17 is in your area: <b>Line</b>, Take."


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Side, Side]]:
    """North and South at their desks."""
    with two_desks(tmp_path_factory.mktemp("languages")) as sides:
        yield sides


def speak(page: Page, language: str, own: str) -> None:
    """Choose a language in the bar."""
    page.locator(".language select").select_option(label=own)
    until(lambda: page.evaluate("document.documentElement.lang") == language)


def shown(page: Page, words: str) -> bool:
    """Whether the page shows these words."""
    return words in page.locator("body").inner_text()


def test_a_flash_is_taken_by_key_in_arabic(both: tuple[Side, Side]) -> None:
    north, south = both
    page = south.page
    speak(page, "ar", ARABIC)
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    until(lambda: shown(page, "لم يراجع هذه الترجمة ناطق أصلي"))  # that nobody reviewed it is said
    north.ask("send", "strait", WORDS, "--precedence", "flash", "--class", "exercise")
    alarm = page.locator(".alarm.flash")
    alarm.wait_for()
    assert "▲ FLASH" in alarm.inner_text()
    assert "تمرين" in alarm.inner_text()
    assert page.title().startswith("▲ FLASH")
    page.locator("body").press("f")
    page.locator(".ladder").wait_for()
    text = page.locator(".said .text")
    until(lambda: text.all_inner_texts() == [WORDS])  # what somebody wrote is never translated
    assert text.evaluate("each => getComputedStyle(each).direction") == "ltr"
    assert page.locator(".said time").first.evaluate("each => getComputedStyle(each).direction") == "ltr"
    assert violations(page) == []
    page.keyboard.press("t")
    until(lambda: not page.locator(".alarm[data-id]").count())
    until(lambda: any("تسلّمها المناوب" in rung for rung in south.rungs()))
    until(lambda: not south.ask("inbox")["entries"][0]["waits_for"])


def test_no_page_scrolls_sideways_in_any_language(both: tuple[Side, Side]) -> None:
    page = both[1].page
    wide = []
    for language, own, width in (("en", "English", ZOOMED), ("ru", RUSSIAN, NARROW), ("ar", ARABIC, NARROW)):
        page.set_viewport_size({"width": width, "height": 740})
        speak(page, language, own)
        for at in range(1, page.locator("nav a").count()):
            page.locator("nav a").nth(at).click()
            until(lambda at=at: page.locator("nav a").nth(at).get_attribute("aria-current") == "page")  # type: ignore[misc]
            page.locator("#page-title").wait_for()
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append((language, page.url))
            if language == "ar":
                wide += [(language, each) for each in violations(page)]
        page.locator("nav a").first.click()
    page.set_viewport_size({"width": 1_280, "height": 800})
    assert wide == []


def test_a_refusal_is_told_in_russian_beside_the_sentence_of_the_post(both: tuple[Side, Side]) -> None:
    page = both[1].page
    speak(page, "ru", RUSSIAN)
    assert page.evaluate("document.documentElement.dir") == "ltr"
    page.locator("body").press("n")
    page.get_by_role("radio", name="FLASH").check()
    page.get_by_label("Текст").fill("word " * 201)
    page.get_by_role("button", name="Подписать и отправить").click()
    refusal = page.get_by_role("alert").filter(has_text="Слишком много слов")
    refusal.wait_for()
    until(lambda: "201 words; FLASH has at most 200" in refusal.locator("[lang=en]").inner_text())
    page.get_by_role("button", name="Закрыть").click()


def test_the_choice_is_kept_and_strangers_are_spoken_to(both: tuple[Side, Side]) -> None:
    south = both[1]
    speak(south.page, "ar", ARABIC)
    south.page.reload()
    south.page.locator(".live.on").wait_for()
    until(lambda: south.page.evaluate("document.documentElement.lang") == "ar")
    until(lambda: "المناوبة" in south.page.locator("nav").inner_text())
    browser = south.page.context.browser
    assert browser is not None
    stranger = opened(browser, locale="ru-RU")
    stranger.goto(south.desk)
    stranger.get_by_role("button", name="Вход").wait_for()
    until(lambda: shown(stranger, "перевод не проверен носителем языка"))
    assert violations(stranger) == []
    stranger.locator(".language select").select_option(label="English")
    stranger.get_by_role("button", name="Sign in", exact=True).wait_for()
    until(lambda: stranger.title() == "Sign in")
    stranger.context.close()
