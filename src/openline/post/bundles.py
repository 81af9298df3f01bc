"""Exporting a line as a bundle that anyone can verify (spec/bundle.md)."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final

from openline.errors import Misuse, NotAllowed
from openline.feeds.record import Record
from openline.post.home.homes import cannot_write, sync_directory
from openline.post.loop import now
from openline.post.names import Names
from openline.post.post import Post
from openline.proof.export import Rule, write_bundle
from openline.terms import EntryId, LineId, PostId
from openline.wire.entry import Entry

_SLICE_BYTES: Final = 4 << 20
_LAST_NUMBER: Final = (1 << 62) - 1


def export(post: Post, names: Names, line: LineId, file: Path, withhold: tuple[str, ...], bodies: bool) -> Any:
    """Write a bundle, whole or not at all; what it reveals. Raises UnknownName, Misuse, CannotWrite or DiskFull."""
    whole, items = withheld(names, withhold)
    rule = Rule(bodies=bodies, entries=whole, items=items)
    if post.engine is None or line not in post.engine.state.lines:
        raise NotAllowed("This line is only proposed; accept it before its record is exported.")
    held = post.engine.state.lines[line]
    members = sorted(member.post for member in held.terms.members)
    forks = {feed.author: feed.fork.theirs for feed in held.feeds.values() if feed.fork is not None}
    cards = [card.encode() for member in members if (card := names.card(member)) is not None]
    with writing(str(file)) as out:
        revealed = write_bundle(
            out.write,
            line=line,
            exporter=post.keyring.card.post,
            at=now(),
            cards=cards,
            entries=entries(post.record, line, members, forks),
            sign=post.keyring.own.feed.sign,
            rule=rule,
        )
    said = revealed.sentences({member: names.post(member) for member in members})
    return {"file": str(file), "reveals": said, **revealed.as_json()}


def withheld(names: Names, texts: Iterable[str]) -> tuple[frozenset[EntryId], frozenset[tuple[EntryId, int]]]:
    """What is to be withheld: whole entries, and single items, written ID#N, the first of an entry being 0.

    Raises UnknownName or Misuse.
    """
    whole: set[EntryId] = set()
    items: set[tuple[EntryId, int]] = set()
    for text in texts:
        name, mark, place = text.partition("#")
        entry = names.entry(name).entry
        if not mark:
            whole.add(entry.id)
            continue
        count = len(entry.items)
        if not place.isdecimal() or int(place) >= count:
            raise Misuse(f"{text!r} is no item: this entry has the items {name}#0 to {name}#{count - 1}.")
        items.add((entry.id, int(place)))
    return frozenset(whole), frozenset(items)


@contextmanager
def writing(name: str) -> Iterator[BinaryIO]:
    """A file that is there whole when the block ends, and not at all if it fails. Raises CannotWrite or DiskFull."""
    file = Path(name)
    part = file.with_name(f".{file.name}.part")
    try:
        part.unlink(missing_ok=True)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        with open(descriptor, "wb") as out:
            yield out
            out.flush()
            os.fsync(descriptor)
        os.replace(part, file)
        sync_directory(file.parent)
    except OSError as error:
        raise cannot_write(file, error) from error
    finally:
        part.unlink(missing_ok=True)


def entries(record: Record, line: LineId, members: list[PostId], forks: Mapping[PostId, EntryId]) -> Iterator[Entry]:
    """All entries of a line in the order of a bundle: feed by feed, by number, the two of a fork by id."""
    for member in members:
        other = record.entry(line, forks[member]) if member in forks else None
        first = 1
        while found := record.span(line, member, first, _LAST_NUMBER, _SLICE_BYTES):
            for entry in found:
                if other is not None and other.entry.header.number == entry.header.number:
                    yield from sorted((entry, other.entry), key=lambda each: each.id)
                else:
                    yield entry
            first = found[-1].header.number + 1
