"""Deterministic CBOR (RFC 8949 section 4.2.1), and nothing else.

Map keys are integers from -24 to 23 and text shorter than 24 bytes, or else byte strings of 32 bytes alone:
over these, the length-first order of the library and the bytewise order of RFC 8949 are the same.
Decoding is strict by decoding, encoding again and comparing, and by looking at the order of keys: so there is one byte
string for each value. Sorting the keys while encoding again would say the same and take twice as long.
Tags are refused before the library acts on them: it would compile a pattern or parse a mail that a peer sent.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from operator import lt
from typing import Any, Never

import cbor2

from openline.errors import BadEncoding, TooLarge

MAX_DEPTH = 12

LONG_BYTES = 32 << 10
"""Longer data are looked through before they are decoded."""

LONG_VALUES_MAX = 1 << 16
"""Values in long data: no structure of ours has more, and a megabyte of empty maps would take seconds to decode."""

Value = Any
"""None, bool, int, bytes, str, list or dict of these."""


class _NoTags(dict[int, Callable[[Any], Any]]):
    """For every tag, a decoder that refuses it."""

    def __missing__(self, tag: int) -> Callable[[Any], Never]:
        return _refuse_tag


def _refuse_tag(decoder: object) -> Never:
    raise ValueError("tags are not allowed")


_NO_TAGS = _NoTags()


def encode(value: Value) -> bytes:
    """The one encoding of `value`."""
    return cbor2.dumps(value, canonical=True)


def encode_ordered(value: Value) -> bytes:
    """The one encoding of a value whose maps already have their keys in order: in half the time of `encode`."""
    return cbor2.dumps(value)


def decode(data: bytes, max_bytes: int) -> Value:
    """The value that `data` encodes, all of it.

    Raises TooLarge above `max_bytes`, and BadEncoding for anything but the one encoding of an allowed value.
    """
    if len(data) > max_bytes:
        raise TooLarge(f"{len(data)} bytes, at most {max_bytes} are allowed here.")
    if len(data) > LONG_BYTES:
        _count_values(data)
    try:
        value = cbor2.loads(
            data, semantic_decoders=_NO_TAGS, max_depth=MAX_DEPTH, allow_indefinite=False, allow_duplicate_keys=False
        )
        again = cbor2.dumps(value)
    except Exception as error:  # the library documents no closed list of what comes out of it
        raise BadEncoding("This is not CBOR of the strict kind.") from error
    if again != data or not _plain(value):
        raise BadEncoding("This is CBOR, but not in its one deterministic encoding.")
    return value


def _count_values(data: bytes) -> None:
    """Raise TooLarge for too many values. Looks at heads alone (RFC 8949 section 3)."""
    at = count = 0
    while at < len(data):
        major, argument = data[at] >> 5, data[at] & 31
        at += 1
        if argument > 27:
            return
        if argument >= 24:
            size = 1 << (argument - 24)
            argument = int.from_bytes(data[at : at + size], "big")
            at += size
        if major in (2, 3):
            at += argument
        count += 1
        if count > LONG_VALUES_MAX:
            raise TooLarge(f"More than {LONG_VALUES_MAX} values.")


_SIMPLE = frozenset({bytes, int, str, bool, type(None)})


def _plain(value: Value) -> bool:
    kind = type(value)
    if kind is list:
        return _all_plain(value)
    if kind is dict:
        return _plain_keys(list(value)) and _all_plain(value.values())
    return kind in _SIMPLE


def _all_plain(values: Collection[Value]) -> bool:
    return _SIMPLE.issuperset(map(type, values)) or all(map(_plain, values))


def _plain_keys(keys: list[Any]) -> bool:
    kinds = set(map(type, keys))
    if kinds == {int} and min(keys) >= 0:
        return keys[-1] <= 23 and all(map(lt, keys, keys[1:]))
    if kinds == {bytes}:
        return all(len(key) == 32 for key in keys) and all(map(lt, keys, keys[1:]))
    if not kinds <= {int, str} or not all(_short(key) for key in keys):
        return False
    encoded = [cbor2.dumps(key) for key in keys]
    return all(map(lt, encoded, encoded[1:]))


def _short(key: int | str) -> bool:
    return -24 <= key <= 23 if isinstance(key, int) else len(key.encode()) < 24
