"""Deterministic CBOR (RFC 8949 section 4.2.1), and nothing else.

Map keys are integers from -24 to 23 and text shorter than 24 bytes, or else byte strings of 32 bytes alone:
over these, the length-first order of the library and the bytewise order of RFC 8949 are the same.
Decoding is strict by decoding, encoding again and comparing: so there is one byte string for each value.
Tags are refused before the library acts on them: it would compile a pattern or parse a mail that a peer sent.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Never

import cbor2

from openline.errors import BadEncoding, TooLarge

MAX_DEPTH = 12

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


def decode(data: bytes, max_bytes: int) -> Value:
    """The value that `data` encodes, all of it.

    Raises TooLarge above `max_bytes`, and BadEncoding for anything but the one encoding of an allowed value.
    """
    if len(data) > max_bytes:
        raise TooLarge(f"{len(data)} bytes, at most {max_bytes} are allowed here.")
    try:
        value = cbor2.loads(
            data, semantic_decoders=_NO_TAGS, max_depth=MAX_DEPTH, allow_indefinite=False, allow_duplicate_keys=False
        )
        again = cbor2.dumps(value, canonical=True)
    except Exception as error:  # the library documents no closed list of what comes out of it
        raise BadEncoding("This is not CBOR of the strict kind.") from error
    if again != data or not _plain(value):
        raise BadEncoding("This is CBOR, but not in its one deterministic encoding.")
    return value


def _plain(value: Value) -> bool:
    kind = type(value)
    if kind is bytes or kind is int or kind is str or value is None or kind is bool:
        return True
    if kind is list:
        return all(_plain(item) for item in value)
    if kind is dict:
        return _plain_keys(value) and all(_plain(item) for item in value.values())
    return False


def _plain_keys(value: dict[Any, Value]) -> bool:
    if all(type(key) is bytes and len(key) == 32 for key in value):
        return True
    return all(_plain_key(key) for key in value)


def _plain_key(key: Value) -> bool:
    if type(key) is int:
        return -24 <= key <= 23
    return type(key) is str and len(key.encode()) < 24
