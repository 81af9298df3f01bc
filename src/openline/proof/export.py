"""Writing a bundle: what to show, what to withhold, and a list of what it reveals (spec/bundle.md).

Headers are always shown, for without them nothing is proved: who wrote when, to what, of what kind, and how urgently.
What the line says of itself (terms, checkpoints and the like) is always shown too. Only what people say is withheld.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Final, Protocol

import msgspec

from openline.errors import PeerError
from openline.proof.sentences import utc
from openline.terms import EntryId, Instant, LineId, PostId
from openline.wire import certificate
from openline.wire.bundle import (
    Heading,
    Part,
    Seal,
    encode_heading,
    encode_piece,
    encode_seal,
    seal_to_be_signed,
)
from openline.wire.certificate import CertificateHeading
from openline.wire.entry import Entry
from openline.wire.full import encode_full
from openline.wire.kinds import Kind
from openline.wire.translation import WORDS_PLACE, translation_of


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """What is withheld: with `bodies`, all that people said; else every item of `entries`, and single `items`.

    `words` stands in the bundle for its readers, at most 512 bytes; leave it empty and a sentence is made.
    """

    bodies: bool = False
    entries: frozenset[EntryId] = frozenset()
    items: frozenset[tuple[EntryId, int]] = frozenset()
    words: str = ""

    def withholds(self, entry: Entry, place: int) -> bool:
        """Whether this item of an entry is withheld."""
        if entry.header.kind < Kind.MESSAGE:
            return False
        named = entry.id in self.entries or (entry.id, place) in self.items
        return self.bodies or named or (place == WORDS_PLACE and self._of_withheld(entry))

    def _of_withheld(self, entry: Entry) -> bool:
        """Whether it translates what is withheld: its words would say what is closed (spec/translation.md)."""
        header = entry.header
        if header.kind != Kind.TRANSLATION or not header.refers:
            return False
        of = header.refers[0]
        if of in self.entries:
            return True
        closed = {place for held, place in self.items if held == of}
        try:
            return bool(closed) and translation_of(entry)[0].path[0] in closed
        except PeerError:
            return bool(closed)

    def said(self) -> str:
        """The rule in words, empty when nothing is withheld."""
        if self.words or not (self.bodies or self.entries or self.items):
            return self.words
        if self.bodies:
            return "all that people said"
        return f"{len(self.entries)} entries whole and {len(self.items)} single items"


SHOW_ALL: Final = Rule()


class Shows(Protocol):
    """What decides which items are shown, and says so."""

    def withholds(self, entry: Entry, place: int) -> bool:
        """Whether this item of an entry is withheld."""

    def said(self) -> str:
        """What is withheld, in words."""


class Shown(msgspec.Struct, kw_only=True):
    """What a bundle shows of one feed."""

    post: PostId
    entries: int = 0
    last: int = 0
    time: Instant = Instant(0)
    shown: int = 0
    withheld: int = 0
    acts: int = 0


class Revealed(msgspec.Struct, frozen=True, kw_only=True):
    """What a written bundle shows, to be listed to the person who exports before it is handed on."""

    rule: str
    feeds: tuple[Shown, ...]
    officers: tuple[tuple[PostId, int], ...]
    """(post, officer number) of everyone whose act is in it; their names are on the cards in it."""

    size: int

    def as_json(self) -> dict[str, Any]:
        """As a JSON document (docs/reference/verify.md)."""
        feeds = [{**msgspec.structs.asdict(each), "post": each.post.hex()} for each in self.feeds]
        officers = [[post.hex(), number] for post, number in self.officers]
        return {"rule": self.rule, "feeds": feeds, "officers": officers, "bytes": self.size}

    def sentences(self, names: dict[PostId, str]) -> list[str]:
        """Plain sentences; `names` are what people call the posts."""
        said = ["This bundle shows to whoever gets it the cards of all members, with their officers' names, and:"]
        for each in self.feeds:
            name = names.get(each.post, each.post.hex()[:12])
            said.append(
                f"{name}: {each.entries} entries up to {each.last} ({utc(each.time)}), always with author, time, kind, "
                f"precedence, what each answers and who acted; {each.shown} body items shown, {each.withheld} withheld."
            )
        said.append(f"Withheld: {self.rule}." if self.rule else "Nothing is withheld.")
        return said


class _File:
    """Writes pieces, and hashes them."""

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self._write = write
        self._hash = hashlib.sha256()
        self.size = 0

    def add(self, part: Part, content: bytes) -> None:
        """One more piece."""
        piece = encode_piece(part, content)
        self._write(piece)
        self._hash.update(piece)
        self.size += len(piece)

    def digest(self) -> bytes:
        """SHA-256 of all pieces so far."""
        return self._hash.digest()


def write_bundle(
    write: Callable[[bytes], object],
    *,
    line: LineId,
    exporter: PostId,
    at: Instant,
    cards: Iterable[bytes],
    entries: Iterable[Entry],
    sign: Callable[[bytes], bytes],
    rule: Rule = SHOW_ALL,
) -> Revealed:
    """Write a bundle by calls of `write`, one for each piece; nothing is held in memory.

    `cards` are those of all members, removed ones too, in order of post id. `entries` come feed by feed in order of
    post id, by number, two with one number in order of id, both branches of a fork. Make a checkpoint before.
    `sign` signs with the exporter's feed key. ValueError when the order is broken.
    """
    heading = encode_heading(Heading(line, exporter, at, rule.said()))
    return _write(_File(write), heading, cards, entries, lambda digest: sign(seal_to_be_signed(digest)), rule)


def write_certificate(
    write: Callable[[bytes], object],
    *,
    heading: CertificateHeading,
    cards: Iterable[bytes],
    entries: Iterable[Entry],
    sign: Callable[[bytes], bytes],
    rule: Shows,
) -> Revealed:
    """Write a certificate of no contact in the same way (spec/certificate.md)."""
    seal = partial(seal_to_be_signed, context=certificate.SEAL_CONTEXT)
    held = certificate.encode_heading(heading)
    return _write(_File(write), held, cards, entries, lambda digest: sign(seal(digest)), rule)


def _write(
    file: _File,
    heading: bytes,
    cards: Iterable[bytes],
    entries: Iterable[Entry],
    seal: Callable[[bytes], bytes],
    rule: Shows,
) -> Revealed:
    file.add(Part.HEADING, heading)
    for card in cards:
        file.add(Part.CARD, card)
    feeds: dict[PostId, Shown] = {}
    officers: set[tuple[PostId, int]] = set()
    before: tuple[bytes, int, bytes] = (b"", 0, b"")
    for entry in entries:
        header = entry.header
        place = (header.author, header.number, entry.id)
        if place <= before:
            raise ValueError("entries of a bundle go by author, number and id")
        before = place
        closed = _closed(entry, rule)
        file.add(Part.ENTRY, encode_full(closed))
        _list(feeds.setdefault(header.author, Shown(post=header.author)), closed)
        if header.act is not None:
            officers.add((header.author, header.act.officer))
    digest = file.digest()
    file.add(Part.SEAL, encode_seal(Seal(digest, seal(digest))))
    return Revealed(rule=rule.said(), feeds=tuple(feeds.values()), officers=tuple(sorted(officers)), size=file.size)


def _closed(entry: Entry, rule: Shows) -> Entry:
    """The entry without what is withheld: item and salt both, or the commitment would tell of a short item."""
    hidden = [rule.withholds(entry, place) for place in range(len(entry.items))]
    if not any(hidden):
        return entry
    items = tuple(None if hide else item for hide, item in zip(hidden, entry.items, strict=True))
    salts = tuple(None if hide else salt for hide, salt in zip(hidden, entry.salts, strict=True))
    return msgspec.structs.replace(entry, items=items, salts=salts)


def _list(shown: Shown, entry: Entry) -> None:
    shown.entries += 1
    shown.last, shown.time = entry.header.number, entry.header.time
    withheld = entry.items.count(None)
    shown.withheld += withheld
    shown.shown += len(entry.items) - withheld
    shown.acts += entry.header.act is not None
