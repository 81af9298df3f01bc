"""Bodies of translations: what fits is read, anything else is refused; every text of an entry has a path."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadField, NoPlace, PeerError
from openline.exchanges.translation import READERS
from openline.wire import cbor
from openline.wire.contact import WORDS, Words
from openline.wire.kinds import Kind
from openline.wire.translation import TRANSLATION, Maker, Translation, text_at, texts_of, translation_of
from tests.feeds.histories import ALPHA, kept

WORDS_SAID = Words("Это ваши самолёты?", "Lt. Orlova")


def made(body: Translation, words: Words = WORDS_SAID) -> Any:
    return translation_of(kept(ALPHA, 1, Kind.TRANSLATION, TRANSLATION.item(body), WORDS.item(words)).entry)


def test_each_comes_back() -> None:
    for maker in Maker:
        body = Translation((1, "remarks", 0), "zh-Hant", maker)
        assert made(body) == (body, WORDS_SAID)


def test_it_says_of_what_into_what_and_by_whom() -> None:
    good = Translation((0, 1), "ru", Maker.PERSON)
    for changes in ({"path": ()}, {"path": ("text",)}, {"language": "Russian!"}, {"language": ""}):
        with pytest.raises(BadField):
            made(msgspec.structs.replace(good, **changes))
    for words in (Words("Да."), Words("", "Lt. Orlova"), Words(" ", "Lt. Orlova"), Words("Да.", "\n")):
        with pytest.raises(BadField):
            made(good, words)


VALUES = st.recursive(
    st.text(max_size=5) | st.integers(0, 9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.integers(0, 9) | st.text(max_size=3), inner),
    max_leaves=8,
)


@given(st.lists(VALUES, min_size=1, max_size=3))
def test_a_path_leads_to_each_text_and_nowhere_else(values: list[Any]) -> None:
    entry = kept(ALPHA, 1, 999, *map(cbor.encode, values)).entry
    found = dict(texts_of(entry))
    assert sorted(found.values()) == sorted(_texts(values))
    for path, text in found.items():
        assert text_at(entry, path) == text
        with pytest.raises(NoPlace):
            text_at(entry, (*path, 0))
    for path in ((), ("0",), (len(values),)):
        with pytest.raises(NoPlace):
            text_at(entry, path)


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return [text for each in inner for text in _texts(each)]
    return [value] if isinstance(value, str) else []


def test_what_is_withheld_has_no_text_and_what_is_no_encoding_neither() -> None:
    blank = kept(ALPHA, 1, 999, b"", b"\xff").entry
    entry = msgspec.structs.replace(blank, items=(None, b"\xff"))
    assert text_at(entry, (0, 1)) is None
    assert list(texts_of(entry)) == []
    with pytest.raises(NoPlace):
        text_at(entry, (1,))


@given(st.sampled_from(sorted(READERS)), st.lists(st.binary(max_size=60), max_size=2))
def test_any_bytes_are_read_or_refused(kind: Kind, items: list[bytes]) -> None:
    try:
        READERS[kind](kept(ALPHA, 1, kind, *items).entry)
    except PeerError:
        return
    assert len(items) == (2 if kind == Kind.TRANSLATION else 1)
