"""The page verifies itself in a real browser without a network: never green where a verifier says that it is wrong.

What only another file could know, a browser cannot: a changed style, script or frame is for the verifiers to find.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from openline.proof.joint import verify_page
from tests.desk.browsing import browsing
from tests.proof.pages import LINES, WRONG, good, in_exercise, released, written, wrong
from tests.proof.readers import Reader

UNSEEN_FROM_INSIDE = {"another style", "another script", "a version to come"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium."""
    with browsing() as found:
        yield found


@pytest.fixture(scope="module")
def reader(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    made = Reader(browser, tmp_path_factory.mktemp("reader"))
    yield made
    made.context.close()


def test_a_good_page_says_who_signed_and_that_the_keys_are_to_be_compared(reader: Reader) -> None:
    assert reader.open(good())[0] == "holds"
    text = reader.page.locator("body").inner_text()
    for each in released().posts:
        assert each.card.fingerprint in text
        assert f"Second of {each.card.name}" in text
    assert text.index("with keys of their own") < text.index("The signatures hold: 3 of 3 organisations")
    assert all(words in text for line in LINES for words in line)
    cells = reader.page.locator("#text td")
    assert cells.nth(2).evaluate("each => getComputedStyle(each).direction") == "rtl"
    assert cells.nth(0).evaluate("each => getComputedStyle(each).direction") == "ltr"
    assert set(reader.asked) == {reader.file.as_uri()}
    assert reader.said == []


def test_a_page_of_an_exercise_says_so_first_whatever_holds(reader: Reader) -> None:
    verdict, text = reader.open(written(in_exercise().page()))
    assert (verdict, text.startswith("EXERCISE: nobody says this in earnest. The signatures hold: ")) == ("holds", True)


@pytest.mark.parametrize("name", [each for each in WRONG if each not in UNSEEN_FROM_INSIDE])
def test_what_is_wrong_is_never_green(reader: Reader, name: str) -> None:
    data = wrong(name)
    verdict, text = reader.open(data)
    found = {each.code for each in verify_page(data, {}).faults} | {"changed-page"}
    assert verdict == "refused"
    assert text.removeprefix("REFUSED (").split(")")[0] in found


def test_a_script_that_is_put_in_does_not_run(reader: Reader) -> None:
    put_in = b"<script>document.title = 'taken'</script><img src=x onerror='document.title = 1'>"
    data = good().replace(b"\n</main>\n", put_in + b"\n</main>\n")
    assert put_in in data
    assert reader.open(data)[0] == "refused"
    assert reader.page.title() == "Joint statement"


def test_without_the_right_cryptography_nothing_is_green(browser: Browser, tmp_path: Path) -> None:
    reader = Reader(browser, tmp_path)
    for lack in (
        "Object.defineProperty(crypto, 'subtle', { value: undefined })",
        "SubtleCrypto.prototype.importKey = () => { throw new DOMException('no', 'NotSupportedError'); }",
        "SubtleCrypto.prototype.verify = async () => true",
        "SubtleCrypto.prototype.verify = async () => false",
    ):
        reader.page.add_init_script(lack)
        verdict, text = reader.open(good())
        assert verdict == "unable"
        assert text.startswith("Not verified here: ")
        reader.page.close()
        reader.page = reader.context.new_page()
    reader.context.close()


def test_without_scripts_it_says_that_nothing_is_verified(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    (tmp_path / "statement.html").write_bytes(good())
    page.goto((tmp_path / "statement.html").as_uri())
    assert "scripts are off" in page.content()
    assert page.locator("#verdict").inner_text() == "Not verified yet."
    context.close()
