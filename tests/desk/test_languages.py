"""The desk in Arabic and in Russian, in a real browser: from the right, by keys, what people wrote left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.desk.browsing import Side, opened, two_desks, violations
from tests.desk.test_passkey_page import picture
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


def press(page: Page, letter: str, place: str) -> None:
    """Press a key that writes this letter, where an American keyboard has another."""
    keys = page.context.new_cdp_session(page)
    for kind in ("keyDown", "keyUp"):
        keys.send("Input.dispatchKeyEvent", {"type": kind, "key": letter, "code": place})
    keys.detach()


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
    press(page, "ب", "KeyF")  # an Arabic keyboard writes no f
    page.locator(".ladder").wait_for()
    text = page.locator(".said .text")
    until(lambda: text.all_inner_texts() == [WORDS])  # what somebody wrote is never translated
    assert text.evaluate("each => getComputedStyle(each).direction") == "ltr"
    assert page.locator(".said time").first.evaluate("each => getComputedStyle(each).direction") == "ltr"
    assert violations(page) == []
    press(page, "T", "KeyT")  # with Caps Lock on
    until(lambda: not page.locator(".alarm[data-id]").count())
    until(lambda: any("تسلّمها المناوب" in rung for rung in south.rungs()))
    (mine,) = [each["id"] for each in south.ask("inbox")["entries"] if each["text"] == WORDS]
    until(lambda: "taken" in {each["rung"] for each in south.ask("receipts", mine)["rungs"]})


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


def test_a_translation_stands_under_the_text_and_says_whose_word_it_is(both: tuple[Side, Side]) -> None:
    north, south = both
    entry = north.ask("send", "strait", "Are these your aircraft?")["id"]
    page = south.page
    speak(page, "ru", RUSSIAN)
    page.goto(f"{south.desk}/#/record/{entry}")
    page.get_by_text("Приложить перевод").click()
    page.get_by_label("Перевод", exact=True).fill("هل هذه طائراتكم؟")
    page.get_by_label("На какой язык").fill("ar")
    page.get_by_label("Кем выполнен").select_option(label="машина")
    page.get_by_label("Имя этого человека или название машины").fill("Переводчик 4")
    page.get_by_role("button", name="Подписать и приложить").click()
    shown = page.locator(".translation")
    shown.wait_for()
    assert "арабский (ar), выполнен машиной «Переводчик 4»" in shown.locator(".head").inner_text()
    assert "Capt. Cole, South" in shown.inner_text()
    assert "это не слова стороны North" in shown.inner_text()
    text = shown.locator(".text")
    assert (text.get_attribute("lang"), text.get_attribute("dir")) == ("ar", "rtl")
    assert page.locator(".message > .text").inner_text() == "Are these your aircraft?"
    picture(page, "translation-ru")
    assert violations(page) == []
    until(lambda: len(north.ask("show", entry)["translations"]) == 1)

    elsewhere = north.page.context.new_cdp_session(north.page)
    elsewhere.send("Emulation.setLocaleOverride", {"locale": "ar-EG"})
    elsewhere.send("Emulation.setTimezoneOverride", {"timezoneId": "Asia/Tehran"})
    north.page.goto(f"{north.desk}/#/now")
    speak(north.page, "ar", ARABIC)
    north.page.locator(f'.row[data-id="{entry}"]').click()
    there = north.page.locator(".translation")
    there.wait_for()
    first = north.ask("show", entry)["translations"][0]["id"]
    north.ask("translation", "attach", entry, "Ваши?", "--to", "ru", "--by", "Lt. Orlova", "--instead", first)
    until(lambda: there.count() == 2)
    until(lambda: "تعترض عليها ترجمة أخرى" in there.first.inner_text())
    picture(north.page, "translation-ar")
    assert violations(north.page) == []
    stamps = north.page.locator(".said time").all_inner_texts()
    assert [
        each for each in stamps if re.fullmatch(r"[0-9-]{10} [0-9:]{8}Z \([0-9]{2}:[0-9]{2} \S+\)", each) is None
    ] == []
    zone = {
        (int(each[22:24]) * 60 + int(each[25:27]) - int(each[11:13]) * 60 - int(each[14:16])) % 1_440 for each in stamps
    }
    assert zone == {210}, stamps  # local time beside UTC, in the digits of the rest of the page
    shown.get_by_text("Отозвать").click()
    shown.get_by_label("Почему").fill("Неточно.")
    shown.get_by_role("button", name="Подписать «отозвано»").click()
    until(lambda: "отозвано" in page.locator(".translation").first.inner_text())
    until(lambda: north.page.locator(".translation.gone").count() == 1)
