"""Each field has one type, and booleans are not numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadField
from openline.limits import NAME_MAX_BYTES
from openline.wire.fields import UINT_MAX, as_list, as_map, name, octets, text, uint

ANY: tuple[Any, ...] = (None, True, False, 0, 1, -1, b"", b"abc", "", "abc", [], [1], {}, {1: 2}, 1.0)


def takes(read: Callable[[Any], Any]) -> list[Any]:
    """Which of ANY are taken, each as the very same object."""
    taken = []
    for value in ANY:
        try:
            assert read(value) is value
        except BadField:
            continue
        taken.append(repr(value))
    return taken


def test_each_reader_takes_one_type() -> None:
    assert takes(lambda value: uint(value, "it")) == ["0", "1"]
    assert takes(lambda value: uint(value, "it", least=-1)) == ["0", "1", "-1"]
    assert takes(lambda value: octets(value, "it")) == ["b''", "b'abc'"]
    assert takes(lambda value: text(value, "it")) == ["''", "'abc'"]
    assert takes(lambda value: name(value, "it")) == ["'abc'"]
    assert takes(lambda value: as_list(value, "it", most=9)) == ["[]", "[1]"]
    assert takes(lambda value: as_map(value, frozenset({1}), "it")) == ["{}", "{1: 2}"]


@given(st.integers(), st.integers(0, UINT_MAX), st.integers(0, UINT_MAX))
def test_a_number_is_within_its_range(value: int, one: int, other: int) -> None:
    least, most = sorted((one, other))
    if least <= value <= most:
        assert uint(value, "it", least=least, most=most) == value
    else:
        with pytest.raises(BadField):
            uint(value, "it", least=least, most=most)


def test_a_number_has_63_bits() -> None:
    assert uint(UINT_MAX, "it") == (1 << 63) - 1
    with pytest.raises(BadField):
        uint(UINT_MAX + 1, "it")


@pytest.mark.parametrize("length", [0, 3, 5])
def test_bytes_of_another_length_are_refused(length: int) -> None:
    with pytest.raises(BadField):
        octets(bytes(length), "it", exactly=4)
    with pytest.raises(BadField):
        as_list([0] * length, "it", most=9, exactly=4)


def test_lengths_end_at_their_maximum() -> None:
    assert len(octets(bytes(4), "it", most=4)) == len(as_list([0] * 4, "it", most=4)) == 4
    assert text("\u00e9\u00e9", "it", most=4) == "\u00e9\u00e9"
    for read in (
        lambda: octets(bytes(5), "it", most=4),
        lambda: as_list([0] * 5, "it", most=4),
        lambda: text("\u00e9\u00e9a", "it", most=4),
        lambda: name("a" * (NAME_MAX_BYTES + 1), "it"),
    ):
        with pytest.raises(BadField):
            read()


def test_a_key_that_is_not_known_is_refused() -> None:
    allowed = frozenset({1, 2})
    assert as_map({1: 0}, allowed, "it") == {1: 0}
    for value in ({3: 0}, {1: 0, 3: 0}, {"1": 0}, {b"1": 0}):
        with pytest.raises(BadField):
            as_map(value, allowed, "it")


@pytest.mark.parametrize("said", ["a", "a" * NAME_MAX_BYTES, "Gda\u0144sk 2", "\u0627\u0645\u0646", "\U0001f6a8"])
def test_a_name_is_taken(said: str) -> None:
    assert name(said, "it") == said


@pytest.mark.parametrize(
    "said", ["", " a", "a ", "a\nb", "a\x00b", "a\u202eb", "a\u200bb", "a\u2028b", "\ufeffa", "a\u00a0b"]
)
def test_a_name_that_hides_something_is_refused(said: str) -> None:
    with pytest.raises(BadField):
        name(said, "it")


def test_the_error_names_the_field() -> None:
    with pytest.raises(BadField, match="serial is not a whole number from 1 to 9"):
        uint(0, "serial", least=1, most=9)
