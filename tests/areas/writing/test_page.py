"""The page to print: complete, harmless, and with nothing loaded."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openline.areas.bulletin import Said
from openline.areas.writing.page import write_page
from tests.areas.bulletins import EVERYTHING, FIRING

VOID = {"meta", "rect", "circle", "path"}


class Tags(HTMLParser):
    """Every element and attribute of a page, and whether all are closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def harmless(page: str) -> Tags:
    tags = Tags(page)
    assert tags.open == []
    assert not tags.seen & {"script", "link", "img", "iframe", "object", "base", "form", "a"}
    assert not [name for name, _ in tags.attributes if name.startswith("on") or name in {"href", "src", "style"}]
    assert "url(" not in page
    return tags


def test_a_firing_exercise_says_all_there_is() -> None:
    words = harmless(write_page(FIRING)).words
    for said in ("GUNNERY EXERCISES", "CHANNEL 12/24", "Channel Post", "271200Z NOV 24", "300600Z NOV 24 to 301600Z"):
        assert said in words
    assert "35-00N 034-30E, 35-00N 033-30E" in words
    assert "Two frigates" in words
    assert "<svg" in write_page(FIRING)
    assert "@media print" in write_page(FIRING)


def test_everything_is_escaped() -> None:
    page = write_page(EVERYTHING)
    tags = harmless(page)
    assert "<script>alert('x')</script>" in tags.words
    assert "EXERCISE" in tags.words
    assert "A notice is not permission." in tags.words
    assert "until further notice" in tags.words


def test_the_page_runs_as_its_language_does() -> None:
    assert '<html lang="ar" dir="rtl">' in write_page(msgspec.structs.replace(FIRING, language="ar"))
    assert '<html lang="en" dir="ltr">' in write_page(msgspec.structs.replace(FIRING, language='x"><script>'))


def test_without_areas_there_is_no_sketch() -> None:
    bare = write_page(msgspec.structs.replace(FIRING, areas=(), windows=(), fields=(), self_cancel=None))
    assert "<svg" not in bare
    harmless(bare)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_no_words_get_out_of_their_place(title: str, words: str) -> None:
    fields = (Said(title, words),)
    changed = msgspec.structs.replace(
        FIRING, title=title, sender=words, serial=title, fields=fields, language=words, areas=()
    )
    page = write_page(changed)
    assert re.sub(r"<[^>]+>", "", page).count("<") == 0
    harmless(page)


@pytest.mark.parametrize("attack", ["</style><script>", "]]><svg onload=alert(1)>", "{{7*7}}", "\"'><b>"])
def test_known_attacks_stay_words(attack: str) -> None:
    fields = (Said(attack, attack),)
    tags = harmless(write_page(msgspec.structs.replace(EVERYTHING, title=attack, fields=fields, remarks=(attack,))))
    assert attack in tags.words
