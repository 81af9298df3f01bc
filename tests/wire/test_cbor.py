"""One byte string for each value, held against an independent reader of the strict kind and the RFC's own examples."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from openline.errors import BadEncoding, TooLarge
from openline.wire import cbor

APPENDIX_A = Path(__file__).resolve().parents[2] / "vectors/standard/cbor/appendix_a.json"
LARGEST = 1 << 20

numbers = st.integers(-(1 << 64), (1 << 64) - 1)
leaves = st.none() | st.booleans() | numbers | st.binary(max_size=40) | st.text(max_size=40)
named_keys = st.integers(-24, 23) | st.text(max_size=5)
post_keys = st.binary(min_size=32, max_size=32)
values = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(named_keys, inner, max_size=5)
        | st.dictionaries(post_keys, inner, max_size=3)
    ),
    max_leaves=12,
)


class Reader:
    """RFC 8949 section 4.2.1 over the subset of spec/entry.md, written from the RFC; a ValueError for all else."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, count: int) -> bytes:
        """The next bytes."""
        if count > len(self.data) - self.at:
            raise ValueError("the end")
        self.at += count
        return self.data[self.at - count : self.at]

    def argument(self, low: int) -> int:
        """The number that follows the head, in its shortest form."""
        if low < 24:
            return low
        if low > 27:
            raise ValueError("indefinite or reserved")
        size = 1 << low - 24
        number = int.from_bytes(self.take(size), "big")
        if number < (24 if size == 1 else 1 << 4 * size):
            raise ValueError("not the shortest")
        return number

    def value(self, depth: int = 0) -> Any:
        """One item."""
        head = self.take(1)[0]
        major, low = head >> 5, head & 31
        if major == 7:
            return {0xF4: False, 0xF5: True, 0xF6: None}[head]
        number = self.argument(low)
        if major < 2:
            return number if major == 0 else -1 - number
        if major < 4:
            text = self.take(number)
            return text if major == 2 else text.decode()
        if major == 6 or depth == cbor.MAX_DEPTH:
            raise ValueError("a tag, or too deep")
        if major == 4:
            return [self.value(depth + 1) for _ in range(number)]
        return self.map(number, depth + 1)

    def map(self, count: int, depth: int) -> dict[Any, Any]:
        """A map, its keys in bytewise rising order."""
        taken: dict[Any, Any] = {}
        before = b""
        for _ in range(count):
            start = self.at
            key = self.value(depth)
            encoded = self.data[start : self.at]
            if encoded <= before or type(key) not in (int, str, bytes):
                raise ValueError("out of order, or no key")
            before = encoded
            taken[key] = self.value(depth)
        posts = [key for key in taken if type(key) is bytes]
        if any(len(key) != 32 for key in posts) or (posts and len(posts) != count):
            raise ValueError("keys of two sorts")
        if any(type(key) is int and not -24 <= key <= 23 for key in taken):
            raise ValueError("a large key")
        if any(type(key) is str and len(key.encode()) > 23 for key in taken):
            raise ValueError("a long key")
        return taken


def read(data: bytes) -> Any:
    """All of `data` as one value, or a ValueError."""
    reader = Reader(data)
    try:
        value = reader.value()
    except (KeyError, UnicodeDecodeError) as error:
        raise ValueError("no value") from error
    if reader.at != len(data):
        raise ValueError("trailing")
    return value


def typed(value: Any) -> Any:
    """`value` so that True and 1 differ."""
    if isinstance(value, list):
        return [typed(item) for item in value]
    if isinstance(value, dict):
        return [(key, typed(item)) for key, item in value.items()]
    return type(value), value


def agree(data: bytes) -> None:
    """The decoder takes exactly what the independent reader takes, as the same value, and it encodes to the same."""
    try:
        expected = read(data)
    except ValueError:
        with pytest.raises(BadEncoding):
            cbor.decode(data, LARGEST)
        return
    value = cbor.decode(data, LARGEST)
    assert typed(value) == typed(expected)
    assert cbor.encode(value) == data


@given(values)
def test_every_value_comes_back_and_has_one_encoding(value: Any) -> None:
    data = cbor.encode(value)
    agree(data)
    back = cbor.decode(data, len(data))
    assert back == value
    assert cbor.encode(back) == data


@given(st.binary(max_size=60))
@example(bytes.fromhex("c249010000000000000000"))
@example(bytes.fromhex("c349010000000000000000"))
@example(bytes.fromhex("a2617801582000") + bytes(31) + b"\x01")
@example(bytes.fromhex("a2582000") + bytes(31) + bytes.fromhex("01617801"))
def test_any_bytes_are_one_value_or_bad_encoding(data: bytes) -> None:
    agree(data)


@given(values, st.data())
def test_bytes_changed_anywhere_are_one_value_or_bad_encoding(value: Any, data: st.DataObject) -> None:
    whole = bytearray(cbor.encode(value))
    at = data.draw(st.integers(0, len(whole)))
    gone = data.draw(st.integers(0, 2))
    whole[at : at + gone] = data.draw(st.binary(max_size=3))
    agree(bytes(whole))


REFUSED = {
    "5f42010243030405ff", "7f657374726561646d696e67ff", "9fff", "9f018202039f0405ffff", "9f01820203820405ff",
    "83018202039f0405ff", "83019f0203ff820405", "9f0102030405060708090a0b0c0d0e0f101112131415161718181819ff",
    "bf61610161629f0203ffff", "826161bf61626163ff", "bf6346756ef563416d7421ff",
}  # fmt: skip
"""The examples of indefinite length."""


def test_of_the_examples_of_the_rfc_all_but_floats_tags_simple_values_and_indefinite_lengths_are_taken() -> None:
    examples = json.loads(APPENDIX_A.read_text())
    taken = 0
    for one in examples:
        data = bytes.fromhex(one["hex"])
        plain = data[0] >> 5 not in (6, 7) or data[0] in (0xF4, 0xF5, 0xF6)
        agree(data)
        if plain and one["hex"] not in REFUSED:
            value = cbor.decode(data, LARGEST)
            taken += 1
            if "decoded" in one:
                assert typed(value) == typed(one["decoded"])
    assert (len(examples), taken) == (82, 37)


@pytest.mark.parametrize("most", [0, 1, 9])
def test_what_is_too_large_is_not_looked_at(most: int) -> None:
    with pytest.raises(TooLarge):
        cbor.decode(b"\xff" * (most + 1), most)


def test_a_tag_is_refused_before_the_library_acts_on_it() -> None:
    pattern = b"a*" * 400_000
    mail = b"a: b\n" * 100_000
    for tag, text in ((b"\xd8\x23", pattern), (b"\xd8\x24", mail)):
        data = tag + b"\x7a" + len(text).to_bytes(4, "big") + text
        before = time.process_time()
        with pytest.raises(BadEncoding):
            cbor.decode(data, LARGEST)
        assert time.process_time() - before < 0.3


@pytest.mark.parametrize(
    "head", ["9bffffffffffffffff", "bb0fffffffffffffff", "5bffffffffffffffff", "7b00000000ffffffff"]
)
def test_a_length_that_is_not_there_costs_nothing(head: str) -> None:
    with pytest.raises(BadEncoding):
        cbor.decode(bytes.fromhex(head), LARGEST)


def test_arrays_nest_to_the_limit_and_no_deeper() -> None:
    deepest = b"\x81" * cbor.MAX_DEPTH + b"\x00"
    assert cbor.encode(cbor.decode(deepest, 100)) == deepest
    with pytest.raises(BadEncoding):
        cbor.decode(b"\x81" + deepest, 100)


def test_a_heap_of_small_values_is_refused_before_it_costs_anything() -> None:
    heap = b"\x9a" + (4_000_000).to_bytes(4, "big") + b"\xa0" * 4_000_000
    began = time.process_time()
    with pytest.raises(TooLarge):
        cbor.decode(heap, 1 << 23)
    assert time.process_time() - began < 1
    assert cbor.decode(cbor.encode([bytes(100_000), list(range(60_000))]), 1 << 20)[1][-1] == 59_999
