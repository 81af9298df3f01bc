"""The evening that the demo plays: facts with their sources, and messages invented for play (evening.toml)."""

from __future__ import annotations

from importlib import resources
from typing import Literal

import msgspec

from openline.errors import Misuse


class Party(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A post of the demo, the officer on watch in it, and what it is in the story."""

    name: str
    officer: str
    role: str


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that happened, in our own words: `sources` are keys of `Evening.sources`; `when` is UTC."""

    act: str
    when: str
    text: str
    sources: tuple[str, ...]


class Message(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that a post says in the demo. `rests_on` says what of it is known; `answers` is a key, if any."""

    key: str
    author: str
    when: str
    precedence: Literal["routine", "priority", "immediate", "flash"]
    text: str
    rests_on: str
    answers: str = ""


class Evening(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of it. `invented` is the sentence that says what is not fact; `line` is the name of the line."""

    title: str
    line: str
    invented: str
    sources: dict[str, str]
    parties: tuple[Party, ...]
    facts: tuple[Fact, ...]
    messages: tuple[Message, ...]

    def facts_of(self, act: str) -> tuple[Fact, ...]:
        """What is known of one part of the evening."""
        return tuple(fact for fact in self.facts if fact.act == act)

    def message(self, key: str) -> Message:
        """The message with this key."""
        return next(message for message in self.messages if message.key == key)


def load() -> Evening:
    """The evening that comes with the package."""
    return read((resources.files(__package__) / "evening.toml").read_bytes())


def read(data: bytes) -> Evening:
    """An evening in TOML. Raises Misuse, which says what is wrong with it."""
    try:
        evening = msgspec.toml.decode(data, type=Evening)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Misuse(f"This is not an evening: {error}.") from None
    names = {party.name for party in evening.parties}
    keys = {message.key for message in evening.messages}
    for fact in evening.facts:
        if not fact.sources or set(fact.sources) - evening.sources.keys():
            raise Misuse(f"A fact names no source, or one that is not listed: {fact.text}")
    for message in evening.messages:
        if message.author not in names or (message.answers and message.answers not in keys):
            raise Misuse(f"The message {message.key!r} has an author or an answer that is not here.")
    return evening
