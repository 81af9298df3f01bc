"""The short form rebuilds exactly what was signed, or says that it cannot; it takes nothing that no full form holds."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadField, NotRebuilt, PeerError, TooLarge
from openline.limits import BEYOND_MAX, ENTRY_MAX_BYTES, ITEMS_MAX
from openline.terms import EntryId, Instant, LineId, PostId, Precedence, TrafficClass
from openline.wire import cbor
from openline.wire.entry import Act, Entry, Have, Header, commitment, encode_header, entry_id, salts
from openline.wire.full import decode_full, encode_full
from openline.wire.short import FULL_ADDS_MAX_BYTES, decode_short, encode_short
from tests.wire.anything import AUTHOR, LINE, MEMBERS, SALT_KEY, changed, entries

Place = tuple[PostId, int]
BASE = Instant(1_000_000)
ID = EntryId(bytes(range(32)))


class Sender:
    """A sender who knows that the receiver holds these places."""

    def __init__(self, held: set[Place], base: Instant = BASE) -> None:
        self.base = base
        self.held = held

    def index(self, post: PostId) -> int:
        """The number of a member."""
        return MEMBERS.index(post)

    def holds(self, feed: PostId, number: int) -> bool:
        """Whether it is one of them."""
        return (feed, number) in self.held


class Receiver:
    """A receiver who holds these ids."""

    def __init__(self, ids: Mapping[Place, EntryId], **other: Any) -> None:
        self.line: LineId = other.get("line", LINE)
        self.author: PostId = other.get("author", AUTHOR)
        self.epoch: int = other.get("epoch", 1)
        self.base: Instant = other.get("base", BASE)
        self.salt_key: bytes = other.get("salt_key", SALT_KEY)
        self.members: int = other.get("members", len(MEMBERS))
        self.ids = ids

    def member(self, index: int) -> PostId | None:
        """The member with this number, if it is known yet."""
        return MEMBERS[index] if index < self.members else None

    def id_at(self, feed: PostId, number: int) -> EntryId | None:
        """What is held there."""
        return self.ids.get((feed, number))


def places(entry: Entry) -> dict[Place, EntryId]:
    """Everything that a short form may leave out because the receiver holds it."""
    header = entry.header
    named = {(have.feed, have.number): have.id for have in header.have if have.number}
    return named if header.previous is None else {**named, (header.author, header.number - 1): header.previous}


@given(entries(), st.data())
def test_what_is_left_out_is_rebuilt_to_the_byte(entry: Entry, data: st.DataObject) -> None:
    ids = places(entry)
    known = set(data.draw(st.lists(st.sampled_from(sorted(ids)), unique=True))) if ids else set()
    short = encode_short(entry, Sender(known))
    receiver = Receiver({place: ids[place] for place in known}, epoch=entry.header.epoch)
    assert decode_short(short, entry.header.number, receiver) == entry
    assert len(encode_full(entry)) <= len(short) + FULL_ADDS_MAX_BYTES


@given(entries(), st.data())
def test_what_was_left_out_and_is_not_held_is_not_rebuilt(entry: Entry, data: st.DataObject) -> None:
    ids = places(entry)
    if not ids:
        return
    short = encode_short(entry, Sender(set(ids)))
    lost = data.draw(st.sampled_from(sorted(ids)))
    held = {place: identifier for place, identifier in ids.items() if place != lost}
    with pytest.raises(NotRebuilt):
        decode_short(short, entry.header.number, Receiver(held, epoch=entry.header.epoch))


@given(entries(), st.data())
def test_a_receiver_who_knows_otherwise_rebuilds_another_entry(entry: Entry, data: st.DataObject) -> None:
    """Another id means that the signature does not hold: so a wrong guess never passes for the author's word."""
    ids = places(entry)
    ways: list[dict[str, Any]] = [{"line": LineId(bytes(32))}, {"author": PostId(bytes(32))}, {"epoch": 1 << 40}]
    ways += [{"base": Instant(BASE + 1)}] + ([{"salt_key": bytes(32)}] if entry.items else [])
    other: dict[Place, EntryId] = dict(ids)
    wrong_id = data.draw(st.booleans())
    if ids and wrong_id:
        place = data.draw(st.sampled_from(sorted(ids)))
        other[place] = EntryId(bytes(31) + bytes([ids[place][31] ^ 1]))
        ways = [{}]
    way = data.draw(st.sampled_from(ways))
    receiver = Receiver(other, **{"epoch": entry.header.epoch, **way})
    if receiver.author != AUTHOR:
        receiver.ids = {**ids, (receiver.author, entry.header.number - 1): ID}
    short = encode_short(entry, Sender(set(ids)))
    assert decode_short(short, entry.header.number, receiver).id != entry.id


def full_entry(header: Header, items: tuple[bytes, ...]) -> Entry:
    """An entry with this header and these items."""
    salt = salts(SALT_KEY, header.number, None if header.act is None else header.act.draft, len(items))
    pairs = zip(salt, items, strict=True)
    header = msgspec.structs.replace(header, commitments=tuple(commitment(one, item) for one, item in pairs))
    payload = encode_header(header)
    return Entry(id=entry_id(payload), header=header, payload=payload, signature=bytes(64), items=items, salts=salt)


HAVES = (
    (),
    (Have(MEMBERS[0], 0, EntryId(bytes(32)), ((2, ID),)),),
    tuple(sorted((Have(MEMBERS[1], 7, ID), Have(MEMBERS[3], 9, ID, ((11, ID), (12, ID)))), key=lambda held: held.feed)),
)
ACT = Act(3, bytes(16), "duty officer", Instant(999_000), bytes(64))


def test_every_combination_of_optional_fields_is_rebuilt() -> None:
    rebuilt = 0
    for number, exchange, traffic, precedence, refers, have, items, act, held in product(
        (1, 2),
        (None, ID),
        (TrafficClass.OPERATION, TrafficClass.TEST),
        (Precedence.ROUTINE, Precedence.FLASH),
        ((), (ID, ID)),
        HAVES,
        ((), (b"", b"two")),
        (None, ACT),
        (False, True),
    ):
        header = Header(
            line=LINE,
            author=AUTHOR,
            number=number,
            previous=ID if number > 1 else None,
            time=Instant(999_999),
            terms=1,
            epoch=1,
            kind=16,
            exchange=exchange,
            traffic=traffic,
            precedence=precedence,
            refers=refers,
            have=have,
            act=act,
        )
        entry = full_entry(header, items)
        ids = places(entry) if held else {}
        short = encode_short(entry, Sender(set(ids)))
        assert decode_short(short, number, Receiver(ids)) == entry
        rebuilt += 1
    assert rebuilt == 2**8 * 3


@given(entries(), st.data())
def test_changed_bytes_are_one_entry_in_every_form_or_an_error(entry: Entry, data: st.DataObject) -> None:
    ids = places(entry)
    other = changed(encode_short(entry, Sender(set(ids))), data)
    try:
        taken = decode_short(other, entry.header.number, Receiver(ids, epoch=entry.header.epoch))
    except PeerError:
        return
    assert decode_full(encode_full(taken)) == taken
    assert encode_short(taken, LeftOut(other)) == other


class LeftOut(Sender):
    """A sender who knows of the receiver what a short form takes for granted."""

    def __init__(self, short: bytes) -> None:
        fields = cbor.decode(short, ENTRY_MAX_BYTES)
        haves = [part for part in fields.get(14, []) if len(part) == 2 or part[2] is None]
        super().__init__({(MEMBERS[part[0]], part[1]) for part in haves})
        self.previous = 5 not in fields

    def holds(self, feed: PostId, number: int) -> bool:
        """Whether it was left out."""
        return self.previous if feed == AUTHOR else super().holds(feed, number)


@given(st.binary(max_size=100))
def test_any_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(PeerError):
        decode_short(data, 2, Receiver({(AUTHOR, 1): ID}))


PLAIN: dict[int, Any] = {6: 0, 7: 1, 9: 16, 17: bytes(64)}
OFFICER: list[Any] = [1, bytes(16), "", 0, bytes(64)]

FALLING = sorted((1, 3), key=lambda at: MEMBERS[at], reverse=True)

BROKEN: dict[str, dict[int, Any]] = {
    "field of the full header": PLAIN | {2: LINE},
    "unknown field": PLAIN | {18: 0},
    "no time": {7: 1, 9: 16, 17: bytes(64)},
    "no signature": {6: 0, 7: 1, 9: 16},
    "signature short": PLAIN | {17: bytes(63)},
    "time before 1970": PLAIN | {6: -BASE - 1},
    "time true": PLAIN | {6: True},
    "time beyond 63 bits": PLAIN | {6: (1 << 63) - 1},
    "previous null": PLAIN | {5: None},
    "previous short": PLAIN | {5: bytes(31)},
    "exchange null": PLAIN | {10: None},
    "kind 0": PLAIN | {9: 0},
    "terms 0": PLAIN | {7: 0},
    "class 0 said": PLAIN | {11: 0},
    "class 4": PLAIN | {11: 4},
    "class true": PLAIN | {11: True},
    "precedence 0 said": PLAIN | {12: 0},
    "precedence 4": PLAIN | {12: 4},
    "refers empty": PLAIN | {13: []},
    "refers text": PLAIN | {13: "a"},
    "have empty": PLAIN | {14: []},
    "have out of order": PLAIN | {14: [[at, 5, ID] for at in FALLING]},
    "have twice": PLAIN | {14: [[1, 5, ID], [1, 6, ID]]},
    "have of its own feed": PLAIN | {14: [[2, 5, ID]]},
    "have of member true": PLAIN | {14: [[True, 5, ID]]},
    "have of member 64": PLAIN | {14: [[64, 5, ID]]},
    "have without number": PLAIN | {14: [[1]]},
    "have with five": PLAIN | {14: [[1, 5, ID, [[7, ID]], 0]]},
    "have with null for nothing": PLAIN | {14: [[1, 5, None]]},
    "have of nothing with its id": PLAIN | {14: [[1, 0, bytes(32)]]},
    "have of nothing with an id": PLAIN | {14: [[1, 0, ID]]},
    "have id short": PLAIN | {14: [[1, 5, bytes(31)]]},
    "beyond empty": PLAIN | {14: [[1, 5, ID, []]]},
    "beyond without a hole": PLAIN | {14: [[1, 5, ID, [[6, ID]]]]},
    "beyond falling": PLAIN | {14: [[1, 5, ID, [[9, ID], [8, ID]]]]},
    "beyond too many": PLAIN | {14: [[1, 5, ID, [[at, ID] for at in range(7, BEYOND_MAX + 8)]]]},
    "items empty": PLAIN | {15: []},
    "items too many": PLAIN | {15: [b""] * (ITEMS_MAX + 1)},
    "item as text": PLAIN | {15: ["a"]},
    "act null": PLAIN | {16: None},
    "act with six": PLAIN | {16: [*OFFICER, 0]},
    "act draft short": PLAIN | {16: [1, bytes(15), *OFFICER[2:]]},
    "act before 1970": PLAIN | {16: [*OFFICER[:3], -BASE - 1, OFFICER[4]]},
    "act role too long": PLAIN | {16: [1, bytes(16), "a" * 65, *OFFICER[3:]]},
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_short_form_that_breaks_one_rule_is_refused(name: str) -> None:
    with pytest.raises(PeerError) as raised:
        decode_short(cbor.encode(BROKEN[name]), 2, Receiver({(AUTHOR, 1): ID}))
    assert type(raised.value) is BadField


def test_the_first_entry_has_none_before_it() -> None:
    assert decode_short(cbor.encode(PLAIN), 1, Receiver({})).header.previous is None
    with pytest.raises(BadField):
        decode_short(cbor.encode(PLAIN | {5: ID}), 1, Receiver({}))


def test_a_member_not_known_yet_is_not_rebuilt() -> None:
    short = cbor.encode(PLAIN | {14: [[4, 5, ID]]})
    with pytest.raises(NotRebuilt):
        decode_short(short, 1, Receiver({}, members=4))


def test_what_would_be_too_long_in_full_form_is_refused() -> None:
    beyond = [[at, ID] for at in range(7, 7 + BEYOND_MAX)]
    order = sorted((0, 1, 3, 4), key=lambda at: MEMBERS[at])
    long = PLAIN | {14: [[at, 5, ID, beyond] for at in order], 13: [ID] * 16, 15: [b""] * ITEMS_MAX}
    receiver = Receiver({(AUTHOR, 1): ID})
    assert len(decode_short(cbor.encode(long), 2, receiver).payload) < 1 << 14
    room = ENTRY_MAX_BYTES - len(cbor.encode(PLAIN | {15: [bytes(1 << 16)]})) + (1 << 16)
    assert len(cbor.encode(PLAIN | {15: [bytes(room)]})) == ENTRY_MAX_BYTES
    for size in (room, room - 20):
        with pytest.raises(TooLarge):
            decode_short(cbor.encode(PLAIN | {15: [bytes(size)]}), 2, receiver)
    largest = decode_short(cbor.encode(PLAIN | {15: [bytes(room - 400)]}), 2, receiver)
    assert decode_full(encode_full(largest)) == largest


def test_a_header_that_would_be_too_long_is_refused() -> None:
    class Crowd(Receiver):
        def member(self, index: int) -> PostId | None:
            return PostId(bytes([index]) * 32)

    beyond = [[at, ID] for at in range(7, 7 + BEYOND_MAX)]
    crowded = PLAIN | {14: [[at, 5, ID, beyond] for at in range(8)]}
    with pytest.raises(TooLarge):
        decode_short(cbor.encode(crowded), 2, Crowd({(AUTHOR, 1): ID}))
