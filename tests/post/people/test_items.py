"""Body items in words: every kind by the codecs of its items, times, posts and choices as people read them."""

from __future__ import annotations

from enum import IntEnum
from pathlib import Path
from typing import Any, get_args

import msgspec

from openline.post.people.items import ITEMS, in_words
from openline.post.post import Post
from openline.post.service import Service
from openline.terms import Instant
from openline.wire import cbor, disclosure, minute
from openline.wire.bodies import Message, message_item
from openline.wire.contact import WORDS, Words
from openline.wire.disclosure import Item, Proposal
from openline.wire.kinds import BARE, CLEAR, Kind
from openline.wire.minute import Commitment
from openline.wire.rules import Disclosure
from tests.post.inside import alone, home

WITHOUT_FIELDS = BARE | CLEAR | {Kind.CHECKPOINT, Kind.COSIGN, Kind.PASSED_ON, Kind.CHECK_ANSWER, Kind.OUTAGE_OVER}
AT = Instant(1_668_537_600_000)


def fields_of(struct: type[msgspec.Struct]) -> dict[str, Any]:
    """Every field of a body and of the structs in it, with its type."""
    found: dict[str, Any] = {}
    for each in msgspec.structs.fields(struct):
        found[each.name] = each.type
        for part in (each.type, *get_args(each.type)):
            if isinstance(part, type) and issubclass(part, msgspec.Struct):
                found |= fields_of(part)
    return found


def every_field() -> dict[str, list[Any]]:
    """The types of every field of every kind, by its name."""
    found: dict[str, list[Any]] = {}
    for codecs in ITEMS.values():
        for codec in codecs:
            for name, sort in fields_of(codec.struct).items():
                found.setdefault(name.replace("_", " "), []).append(sort)
    return found


def is_choice(sort: Any) -> bool:
    """Whether a field of this type is one of several codes."""
    return isinstance(sort, type) and issubclass(sort, IntEnum)


def test_every_kind_with_fields_is_read() -> None:
    others = WITHOUT_FIELDS | {Kind.MESSAGE, Kind.CORRECTION, Kind.DISCLOSURE_AGREED}
    assert set(Kind) - set(ITEMS) == others


def test_a_name_of_a_choice_is_a_choice_everywhere() -> None:
    for name, sorts in every_field().items():
        chosen = [is_choice(each) for each in sorts]
        texts = [each is str or str in get_args(each) for each in sorts]
        assert not (any(chosen) and any(texts)), f"{name}: the page could not tell a code from what somebody wrote"


async def test_items_are_said_by_the_names_of_their_fields(tmp_path: Path) -> None:
    async def body(post: Post, service: Service) -> None:
        me, names = post.keyring.card.post, service.names
        proposal = Proposal((me,), (Item(level=Disclosure.CONFIRM_IF_ASKED, since=AT),))
        items = (disclosure.PROPOSAL.item(proposal), WORDS.item(Words("As we said.")))
        assert in_words(names, Kind.DISCLOSURE, items) == [
            {"parties": ["North"], "items": [{"level": "confirm-if-asked", "since": "2022-11-15T18:40:00Z"}]},
            {"text": "As we said."},
        ]
        made = Commitment(parties=(me,), owner=me, due=AT)
        said = in_words(names, Kind.COMMITMENT, (minute.COMMITMENT.item(made), WORDS.item(Words())))
        assert said[0]["due"] == "2022-11-15T18:40:00Z"
        assert said[0]["owner"] == "North"
        assert said[1] == {}
        text = message_item(Message("Boat 17.", 3))
        assert in_words(names, Kind.MESSAGE, (text,)) == [{"text": "Boat 17.", "serial": 3}]
        strange = cbor.encode({1: b"\x01", 9: ["x"]})
        assert in_words(names, Kind.BREACH, (strange,)) == [{"1": "01", "9": ["x"]}]
        assert in_words(names, Kind.BREACH, (strange, strange)) == [{"1": "01", "9": ["x"]}] * 2

    await alone(home(tmp_path, "North"), body)
