"""What the entries of a translation hold: of which text, into which language, by whom or what it was made, its words.

Its law is spec/translation.md. A text of an entry is named by its *path*: the number of its body item, then the keys
and places that lead to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import Any, Final

import msgspec

from openline.errors import BadField, NoPlace, PeerError
from openline.limits import NAME_MAX_BYTES
from openline.wire import cbor, codec, fields
from openline.wire.codec import Codec
from openline.wire.contact import WORDS, Words
from openline.wire.entry import Entry
from openline.wire.joint_statement import check_language

WORDS_PLACE: Final = 1
"""The body item of a translation that holds its words."""

PATH_STEPS: Final = cbor.MAX_DEPTH + 1
"""Steps of a path at most: its item, and a step for each map or list that an encoding may nest."""

Step = int | str
Path = tuple[Step, ...]


class Maker(IntEnum):
    """Whether a person translated, or a machine."""

    PERSON = 1
    MACHINE = 2


class Translation(msgspec.Struct, frozen=True):
    """Of which text of the entry, into which language (RFC 5646), and whether a person made it or a machine."""

    path: Path
    language: str
    maker: Maker


def _step(value: Any, what: str) -> Step:
    return fields.text(value, what, most=NAME_MAX_BYTES) if type(value) is str else fields.uint(value, what)


TRANSLATION: Final = Codec(
    Translation,
    "The translation",
    codec.many(1, "path", _step, count=PATH_STEPS),
    codec.text(2, "language"),
    codec.choice(3, "maker", Maker),
)


def translation_of(entry: Entry) -> tuple[Translation, Words | None]:
    """A translation and its words, None where they are withheld: `who` made it. Raises PeerError subclasses only."""
    body, words = codec.first(entry, TRANSLATION), codec.second(entry, WORDS)
    check_language(body.language)
    if not body.path or type(body.path[0]) is not int:
        raise BadField("A translation names a body item, and the text in it.")
    if words is not None and not (words.text.strip() and words.who.strip()):
        raise BadField("A translation has a text, and says who or what made it.")
    return body, words


def withdrawal_of(entry: Entry) -> Words | None:
    """Why a translation is withdrawn; None where that is withheld."""
    return codec.at(entry, 0, 1, WORDS)


def texts_of(entry: Entry) -> Iterator[tuple[Path, str]]:
    """Every text in the shown items of an entry with its path, in the order of its encoding; no encoding, no text."""
    for place, item in enumerate(entry.items):
        if item:
            try:
                yield from _texts((place,), cbor.decode(item, len(item)))
            except PeerError:
                continue


def _texts(path: Path, value: Any) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, each in value.items():
            if isinstance(key, int | str):
                yield from _texts((*path, key), each)
    elif isinstance(value, list):
        for at, each in enumerate(value):
            yield from _texts((*path, at), each)


def text_at(entry: Entry, path: Path) -> str | None:
    """The text of an entry that a path names; None where its item is withheld. Raises NoPlace where there is none."""
    first = path[0] if path else None
    if not isinstance(first, int) or first >= len(entry.items):
        raise NoPlace("the entry has no such text")
    if entry.items[first] is None:
        return None
    text = next((text for at, text in texts_of(entry) if at == path), None)
    if text is None:
        raise NoPlace("the entry has no such text")
    return text
