"""The full form: comes back as it was, shows or withholds each item, and holds nothing that was not committed to."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadEncoding, BadField, PeerError, TooLarge
from openline.limits import ENTRY_MAX_BYTES, ITEMS_MAX
from openline.wire.entry import Entry
from openline.wire.full import decode_full, encode_full, full_entry, full_value
from tests.make import author, line_id
from tests.wire.anything import changed, entries, refused


@given(entries(), st.data())
def test_an_entry_comes_back_whichever_items_it_shows(entry: Entry, data: st.DataObject) -> None:
    shown = data.draw(st.lists(st.booleans(), min_size=len(entry.items), max_size=len(entry.items)))
    entry = msgspec.structs.replace(
        entry,
        items=tuple(item if show else None for item, show in zip(entry.items, shown, strict=True)),
        salts=tuple(salt if show else None for salt, show in zip(entry.salts, shown, strict=True)),
    )
    assert decode_full(encode_full(entry)) == entry
    assert full_entry(full_value(entry)) == entry


@given(entries(), st.data())
def test_changed_bytes_are_what_they_say_or_an_error(entry: Entry, data: st.DataObject) -> None:
    other = changed(encode_full(entry), data)
    try:
        taken = decode_full(other)
    except PeerError:
        return
    assert encode_full(taken) == other
    assert (taken.id == entry.id) == (taken.payload == entry.payload)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(PeerError):
        decode_full(data)


def whole() -> list[Any]:
    """The full form of an entry of two items, as a value."""
    return full_value(author(line_id("channel"), "alpha").write(b"one", b"two"))


def put(at: int, value: Any) -> list[Any]:
    """That form with another value in one place."""
    form = whole()
    form[at] = value
    return form


@pytest.mark.parametrize(
    "form",
    [
        None,
        [],
        {},
        whole()[:2],
        [*whole(), None],
        put(0, "payload"),
        put(0, None),
        put(1, bytes(63)),
        put(1, bytes(65)),
        put(1, None),
        put(2, None),
        put(2, []),
        put(2, whole()[2][:1]),
        put(2, [*whole()[2], None]),
        put(2, whole()[2][::-1]),
        put(2, [whole()[2][0], [bytes(16), b"two"]]),
        put(2, [whole()[2][0], [whole()[2][1][0], b"twp"]]),
        put(2, [whole()[2][0], [whole()[2][1][0][:15], b"two"]]),
        put(2, [whole()[2][0], [whole()[2][1][0], "two"]]),
        put(2, [whole()[2][0], [*whole()[2][1], 0]]),
        put(2, [whole()[2][0], []]),
        put(2, [whole()[2][0], False]),
        put(2, [None] * (ITEMS_MAX + 1)),
    ],
)
def test_a_form_that_breaks_one_rule_is_refused(form: Any) -> None:
    refused(decode_full, form, BadField)


def test_the_header_inside_is_read_as_strictly() -> None:
    form = whole()
    refused(decode_full, put(0, form[0] + b"\x00"), BadEncoding)
    refused(decode_full, put(0, b""), BadEncoding)


def test_an_entry_ends_at_its_largest_size() -> None:
    writer = author(line_id("channel"), "alpha")
    room = ENTRY_MAX_BYTES - len(encode_full(writer.sign(1, None, bytes(ENTRY_MAX_BYTES // 2)))) + ENTRY_MAX_BYTES // 2
    largest = writer.sign(1, None, bytes(room))
    assert len(encode_full(largest)) == ENTRY_MAX_BYTES
    assert decode_full(encode_full(largest)) == largest
    with pytest.raises(TooLarge):
        decode_full(encode_full(writer.sign(1, None, bytes(room + 1))))
