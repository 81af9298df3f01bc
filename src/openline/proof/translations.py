"""Translations in a record: who attached which, made by whom or what, and what became of it (spec/verify.md).

A translation is never the word of whoever wrote the text: a finding names its maker, and the entry that it is of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from openline.errors import PeerError
from openline.terms import EntryId, PostId
from openline.wire.entry import Entry
from openline.wire.kinds import Kind
from openline.wire.translation import Maker, translation_of, withdrawal_of

if TYPE_CHECKING:
    from openline.proof.batch import Seen
    from openline.proof.feed import FeedWalk

TOLD_MAX: Final = 100
"""Translations that are told in sentences; how many more there are is said, and the JSON document has all."""


class Attached(msgspec.Struct, frozen=True):
    """What an entry attaches: to which entry, instead of which other; `who` made it, None where that is withheld."""

    of: EntryId
    instead: EntryId | None
    language: str
    machine: bool
    who: str | None


class Translation(msgspec.Struct, frozen=True, kw_only=True):
    """One that was attached: by which entry, and of which, by feed and number as far as that one is shown.

    `replaced` by another of its own author, `disputed` by those of these posts.
    """

    feed: PostId
    number: int
    entry: EntryId
    of: EntryId
    of_feed: PostId | None
    of_number: int | None
    language: str
    machine: bool
    made_by: str | None
    withdrawn: bool
    replaced: bool
    disputed: tuple[PostId, ...]


def attached(entry: Entry) -> Attached | None:
    """What an entry attaches, None where it attaches nothing that can be read."""
    header = entry.header
    if header.kind != Kind.TRANSLATION or header.act is None or not 1 <= len(header.refers) <= 2:
        return None
    try:
        body, words = translation_of(entry)
    except PeerError:
        return None
    instead = header.refers[1] if len(header.refers) > 1 else None
    machine = body.maker is Maker.MACHINE
    return Attached(header.refers[0], instead, body.language, machine, None if words is None else words.who)


def taken_back(entry: Entry) -> EntryId | None:
    """The translation that an entry withdraws, None where it withdraws none."""
    header = entry.header
    if header.kind != Kind.TRANSLATION_WITHDRAWN or header.act is None or len(header.refers) != 1:
        return None
    try:
        withdrawal_of(entry)
    except PeerError:
        return None
    return header.refers[0]


def found(feeds: Iterable[FeedWalk]) -> tuple[Translation, ...]:
    """Every translation in these feeds, in the order of the record."""
    walked = list(feeds)
    given = {seen.id: (feed, seen) for feed in walked for seen in feed.translated if seen.attached is not None}
    gone = {
        seen.takes_back
        for feed in walked
        for seen in feed.translated
        if seen.takes_back in given and given[seen.takes_back][0] is feed and _fits(seen, given[seen.takes_back][1])
    }
    against: dict[EntryId, list[PostId]] = {}
    for feed, seen in given.values():
        attached = seen.attached
        other = given.get(attached.instead) if attached is not None and attached.instead is not None else None
        if other is not None and seen.id not in gone and _same(seen, other[1]):
            against.setdefault(other[1].id, []).append(feed.post)
    return tuple(_told(walked, feed, seen, seen.id in gone, against.get(seen.id, [])) for feed, seen in given.values())


def _fits(back: Seen, seen: Seen) -> bool:
    return back.traffic == seen.traffic


def _same(one: Seen, other: Seen) -> bool:
    """Whether both are of one entry, in one class."""
    assert one.attached is not None
    assert other.attached is not None
    return one.attached.of == other.attached.of and one.traffic == other.traffic


def _told(feeds: list[FeedWalk], feed: FeedWalk, seen: Seen, withdrawn: bool, against: list[PostId]) -> Translation:
    attached = seen.attached
    assert attached is not None
    places = ((each.post, each.column.find(attached.of)) for each in feeds)
    of_feed, of_number = next(((post, number) for post, number in places if number is not None), (None, None))
    return Translation(
        feed=feed.post,
        number=seen.number,
        entry=seen.id,
        of=attached.of,
        of_feed=of_feed,
        of_number=of_number,
        language=attached.language,
        machine=attached.machine,
        made_by=attached.who,
        withdrawn=withdrawn,
        replaced=feed.post in against,
        disputed=tuple(sorted({post for post in against if post != feed.post})),
    )


def lines(translations: tuple[Translation, ...], names: dict[PostId, str]) -> Iterator[str]:
    """Each in a sentence."""
    for each in translations[:TOLD_MAX]:
        yield _line(each, names)
    if len(translations) > TOLD_MAX:
        yield f"And {len(translations) - TOLD_MAX} more translations."


def _line(each: Translation, names: dict[PostId, str]) -> str:
    who, whose = names.get(each.feed, ""), names.get(each.of_feed or PostId(b""), "")
    of = f"entry {each.of_number} of {whose}" if each.of_number is not None else "an entry that is not shown"
    made = f"the machine “{each.made_by}”" if each.machine else f"“{each.made_by}”"
    if each.made_by is None:
        made = "a machine" if each.machine else "a person"
    said = f"Entry {each.number} of {who} is a translation ({each.language}) of {of}, made by {made}; "
    said += f"the words of {whose} are in entry {each.of_number} alone." if whose else "it is its maker's word alone."
    if each.withdrawn:
        said += f" {who} withdrew it."
    elif each.replaced:
        said += f" {who} has put another in its place."
    for post in each.disputed:
        said += f" {names.get(post, '')} disputes it."
    return said
