"""What the entries of a disclosure hold: terms proposed item by item, and what was disclosed (spec/disclosure.md)."""

from __future__ import annotations

from typing import Final

import msgspec

from openline.errors import BadField
from openline.limits import CALLED_MAX, DISCLOSED_ITEMS_MAX
from openline.terms import EntryId, Instant, PostId
from openline.wire import codec
from openline.wire.codec import Codec
from openline.wire.contact import WORDS, Words
from openline.wire.entry import Entry
from openline.wire.minute import each_once
from openline.wire.rules import Disclosure

NO_ENTRY: Final = EntryId(bytes(32))


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """Terms of one item: the contact itself, or the entry `about` (a point, an answer); from `since` on."""

    level: Disclosure = Disclosure.CLOSED
    about: EntryId = NO_ENTRY
    since: Instant = Instant(0)


class Proposal(msgspec.Struct, frozen=True):
    """Terms proposed to the parties of a contact, all items at once; the first item is the contact itself."""

    parties: tuple[PostId, ...]
    items: tuple[Item, ...]


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Something became public: when, by which party if that is known, of which item, on being asked or not,
    and whether it only confirmed or was the agreed text."""

    parties: tuple[PostId, ...]
    at: Instant
    by: PostId | None = None
    about: EntryId = NO_ENTRY
    asked: bool = False
    confirmed_only: bool = False
    agreed_text: bool = False


ITEM: Final = Codec(
    Item,
    "The item",
    codec.choice(1, "level", Disclosure),
    codec.identifier(2, "about"),
    codec.instant(3, "since"),
)
PROPOSAL: Final = Codec(
    Proposal,
    "The terms of disclosure",
    codec.identifiers(1, "parties", count=CALLED_MAX + 1),
    codec.inners(2, "items", ITEM, count=DISCLOSED_ITEMS_MAX),
)
EVENT: Final = Codec(
    Event,
    "The disclosure",
    codec.identifiers(1, "parties", count=CALLED_MAX + 1),
    codec.instant(2, "at"),
    codec.identifier(3, "by"),
    codec.identifier(4, "about"),
    codec.flag(5, "asked"),
    codec.flag(6, "confirmed_only"),
    codec.flag(7, "agreed_text"),
)


def proposal_of(entry: Entry) -> tuple[Proposal, Words | None]:
    """Terms proposed, and the agreed text. Raises PeerError subclasses only."""
    proposal, words = codec.first(entry, PROPOSAL), codec.second(entry, WORDS)
    each_once(entry, proposal.parties)
    abouts = [each.about for each in proposal.items]
    if not abouts or abouts[0] != NO_ENTRY or len(set(abouts)) != len(abouts):
        raise BadField("The first item is the contact itself, and each item is named once.")
    by_text = any(each.level == Disclosure.AGREED_TEXT for each in proposal.items)
    if words is not None and by_text != bool(words.text.strip()):
        raise BadField("There is an agreed text where an item is disclosed by it, and nowhere else.")
    return proposal, words


def event_of(entry: Entry) -> tuple[Event, Words | None]:
    """Something that became public, with what was said and who said it."""
    event = codec.first(entry, EVENT)
    if event.by not in (None, *each_once(entry, event.parties)):
        raise BadField("Who disclosed it is a party, or is not known.")
    return event, codec.second(entry, WORDS)


def breach_of(entry: Entry) -> Words | None:
    """The words on a breach; None where they are withheld."""
    if len(entry.items) != 1:
        raise BadField(f"This entry has {len(entry.items)} body items; its kind has 1.")
    return None if entry.items[0] is None else WORDS.decode(entry.items[0])
