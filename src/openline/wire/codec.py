"""Bodies by their fields: which key of the map holds which field of a struct, and what is allowed there.

A codec writes a struct as a deterministic map and reads it back; what it would not have written it does not read.
A field that has its default is absent, and never present with its default (spec/entry.md, Encoding).
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Any, Generic, TypeVar

import msgspec

from openline.errors import BadField
from openline.limits import NAME_MAX_BYTES, TEXT_MAX_BYTES
from openline.terms import ID_BYTES, Instant
from openline.wire import cbor, fields
from openline.wire.entry import Entry

Body = TypeVar("Body", bound=msgspec.Struct)
Read = Callable[[Any, str], Any]
"""Takes a decoded value and what to call it, and gives the field's value; raises BadField."""


class Field(msgspec.Struct, frozen=True):
    """One field of a body: its key in the map, its name in the struct, how it is read and written."""

    key: int
    name: str
    read: Read
    write: Callable[[Any], Any] = lambda value: value


def text(key: int, name: str, *, most: int = NAME_MAX_BYTES) -> Field:
    """Text of at most `most` bytes."""
    return Field(key, name, _text(most))


def _text(most: int) -> Read:
    return lambda value, what: fields.text(value, what, most=most)


def texts(key: int, name: str, *, count: int, most: int = NAME_MAX_BYTES) -> Field:
    """A tuple of at most `count` texts."""
    return many(key, name, _text(most), count=count)


def number(key: int, name: str, *, least: int = 0, most: int = fields.UINT_MAX) -> Field:
    """A whole number in a range."""
    return Field(key, name, lambda value, what: fields.uint(value, what, least=least, most=most))


def signed(key: int, name: str, *, least: int, most: int) -> Field:
    """A whole number that may be below zero."""

    def read(value: Any, what: str) -> int:
        if type(value) is not int or not least <= value <= most:
            raise BadField(f"{what} is not a whole number from {least} to {most}.")
        return value

    return Field(key, name, read)


def instant(key: int, name: str) -> Field:
    """A time."""
    return Field(key, name, lambda value, what: Instant(fields.uint(value, what)))


def instants(key: int, name: str, *, count: int) -> Field:
    """A tuple of at most `count` times."""
    return many(key, name, lambda value, what: Instant(fields.uint(value, what)), count=count)


def flag(key: int, name: str) -> Field:
    """Yes or no; the default is no, and then it is absent."""

    def read(value: Any, what: str) -> bool:
        if type(value) is not bool:
            raise BadField(f"{what} is not yes or no.")
        return value

    return Field(key, name, read)


def identifier(key: int, name: str) -> Field:
    """An id of 32 bytes: a post, a line, an entry, a hash."""
    return Field(key, name, _identifier)


def _identifier(value: Any, what: str) -> bytes:
    return fields.octets(value, what, exactly=ID_BYTES)


def identifiers(key: int, name: str, *, count: int) -> Field:
    """A tuple of at most `count` ids."""
    return many(key, name, _identifier, count=count)


def octets(key: int, name: str, *, most: int, exactly: int | None = None) -> Field:
    """A byte string."""
    return Field(key, name, lambda value, what: fields.octets(value, what, most=most, exactly=exactly))


def choice(key: int, name: str, options: type[IntEnum]) -> Field:
    """One of the numbers of an enumeration."""

    def read(value: Any, what: str) -> IntEnum:
        try:
            return options(fields.uint(value, what))
        except ValueError as error:
            raise BadField(f"{what} is none of those that there are.") from error

    return Field(key, name, read, int)


def many(key: int, name: str, read: Read, write: Callable[[Any], Any] = lambda value: value, *, count: int) -> Field:
    """A tuple of at most `count` values, each read by `read`."""

    def read_all(value: Any, what: str) -> tuple[Any, ...]:
        return tuple(read(each, what) for each in fields.as_list(value, what, most=count))

    return Field(key, name, read_all, lambda values: [write(each) for each in values])


def inner(key: int, name: str, codec: Codec[Any]) -> Field:
    """One struct of its own codec."""
    return Field(key, name, codec.read, codec.value)


def inners(key: int, name: str, codec: Codec[Any], *, count: int) -> Field:
    """A tuple of at most `count` structs of one codec."""
    return many(key, name, codec.read, codec.value, count=count)


class Codec(Generic[Body]):
    """See the top of this file. `what` is what errors call the body."""

    def __init__(self, struct: type[Body], what: str, *parts: Field) -> None:
        self._struct = struct
        self._what = what
        self._parts = tuple(sorted(parts, key=lambda part: part.key))
        self._keys = frozenset(part.key for part in parts)
        self._names = {part.name for part in parts}
        self._defaults = {
            each.name: each.default
            for each in msgspec.structs.fields(struct)
            if each.default is not msgspec.NODEFAULT and each.name in self._names
        }
        if {each.name for each in msgspec.structs.fields(struct)} != self._names or len(self._keys) != len(parts):
            raise TypeError(f"The codec of {struct.__name__} and its fields are not the same.")

    @property
    def struct(self) -> type[Body]:
        """What it reads."""
        return self._struct

    def value(self, body: Body) -> dict[int, Any]:
        """The map that stands for a body."""
        held = ((part, getattr(body, part.name)) for part in self._parts)
        return {part.key: part.write(value) for part, value in held if not self._is_default(part.name, value)}

    def item(self, body: Body) -> bytes:
        """The body as a body item of an entry."""
        return cbor.encode(self.value(body))

    def read(self, value: Any, what: str = "") -> Body:
        """The body that a decoded map stands for. Raises BadField."""
        held = fields.as_map(value, self._keys, what or self._what)
        given: dict[str, Any] = {}
        for part in self._parts:
            if part.key in held:
                read = part.read(held[part.key], part.name.replace("_", " "))
                if self._is_default(part.name, read):
                    raise BadField(f"{part.name.replace('_', ' ')} is present and says nothing.")
                given[part.name] = read
            elif part.name not in self._defaults:
                raise BadField(f"{self._what} lacks {part.name.replace('_', ' ')}.")
        return self._struct(**given)

    def decode(self, data: bytes, most: int = TEXT_MAX_BYTES) -> Body:
        """The body in an item of at most `most` bytes. Raises TooLarge, BadEncoding or BadField."""
        return self.read(cbor.decode(data, most))

    def _is_default(self, name: str, value: Any) -> bool:
        return name in self._defaults and bool(value == self._defaults[name])


def first(entry: Entry, codec: Codec[Body]) -> Body:
    """The first of an entry's two items. Raises BadField where there are others, or it is withheld."""
    held = _two(entry)[0]
    if held is None:
        raise BadField("A body item is withheld.")
    return codec.decode(held)


def second(entry: Entry, codec: Codec[Body]) -> Body | None:
    """The second of an entry's two items; None where it is withheld."""
    held = _two(entry)[1]
    return None if held is None else codec.decode(held)


def _two(entry: Entry) -> tuple[bytes | None, ...]:
    if len(entry.items) != 2:
        raise BadField(f"This entry has {len(entry.items)} body items; its kind has 2.")
    return entry.items


def at(entry: Entry, place: int, count: int, codec: Codec[Body]) -> Body | None:
    """One of an entry's `count` items; None where it is withheld. Raises BadField where there are not so many."""
    if len(entry.items) != count:
        raise BadField(f"This entry has {len(entry.items)} body items; its kind has {count}.")
    held = entry.items[place]
    return None if held is None else codec.decode(held)


def shown(entry: Entry, place: int, count: int, codec: Codec[Body]) -> Body:
    """The same of an item that must not be withheld. Raises BadField."""
    held = at(entry, place, count, codec)
    if held is None:
        raise BadField("A body item is withheld.")
    return held


def only(entry: Entry, codec: Codec[Body]) -> Body:
    """The one item of an entry. Raises BadField where there are others, or it is withheld."""
    if len(entry.items) != 1 or entry.items[0] is None:
        raise BadField("This entry does not show the one body item that its kind has.")
    return codec.decode(entry.items[0])


def bare(entry: Entry) -> None:
    """Raise BadField where an entry of a kind without a body has one."""
    if entry.items:
        raise BadField("An entry of this kind has no body.")
