"""Body items of each kind: they come back, and each wrong one is refused."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadEncoding, BadField, PeerError, TooLarge
from openline.limits import LINE_MEMBERS_MAX, NAME_MAX_BYTES, NOTE_MAX_BYTES, TERMS_MAX_BYTES, TEXT_MAX_BYTES
from openline.wire import cbor
from openline.wire.bodies import (
    Epoch,
    Message,
    bytes_item,
    epoch_commitment,
    epoch_item,
    epoch_of,
    item,
    message_item,
    message_of,
    note_of,
    terms_of,
    whom_item,
    whom_of,
)
from openline.wire.entry import Entry
from tests.make import author, line_id
from tests.wire.anything import LARGEST, changed, instants

Read = Callable[[Entry], Any]


def of(*items: bytes) -> Entry:
    """An entry with these items."""
    return author(line_id("channel"), "alpha").write(*items)


messages = st.builds(Message, st.text(max_size=50), st.integers(1, LARGEST)) | st.builds(
    Message, st.text(max_size=50), st.integers(1, LARGEST), instants, st.booleans()
)
epochs = st.builds(
    Epoch,
    st.binary(min_size=32, max_size=32),
    st.dictionaries(st.integers(0, LINE_MEMBERS_MAX - 1), st.integers(1, LARGEST), max_size=5).map(
        lambda wraps: tuple(sorted(wraps.items()))
    ),
)


@given(messages, epochs, st.text(max_size=50), st.binary(max_size=50))
def test_every_body_comes_back(message: Message, epoch: Epoch, whom: str, blob: bytes) -> None:
    assert message_of(of(message_item(message))) == message
    assert epoch_of(of(epoch_item(epoch))) == epoch
    assert whom_of(of(whom_item(whom))) == whom
    assert terms_of(of(bytes_item(blob))) == note_of(of(bytes_item(blob))) == blob


@given(messages, epochs, st.data())
def test_changed_bytes_are_what_they_say_or_an_error(message: Message, epoch: Epoch, data: st.DataObject) -> None:
    bodies: list[tuple[bytes, Read, Callable[[Any], bytes]]] = [
        (message_item(message), message_of, message_item),
        (epoch_item(epoch), epoch_of, epoch_item),
        (whom_item(message.text), whom_of, whom_item),
        (bytes_item(epoch.commitment), terms_of, bytes_item),
    ]
    for whole, read, write in bodies:
        other = changed(whole, data)
        try:
            taken = read(of(other))
        except PeerError:
            continue
        assert write(taken) == other


COMMITMENT = bytes(32)
BROKEN: dict[str, tuple[Read, Any]] = {
    "message is text": (message_of, "text"),
    "message without text": (message_of, {2: 1}),
    "message without serial": (message_of, {1: ""}),
    "message serial 0": (message_of, {1: "", 2: 0}),
    "message serial true": (message_of, {1: "", 2: True}),
    "message text as bytes": (message_of, {1: b"", 2: 1}),
    "message text null": (message_of, {1: None, 2: 1}),
    "message deliver by alone": (message_of, {1: "", 2: 1, 3: 5}),
    "message give up alone": (message_of, {1: "", 2: 1, 4: True}),
    "message give up 1": (message_of, {1: "", 2: 1, 3: 5, 4: 1}),
    "message give up null": (message_of, {1: "", 2: 1, 3: 5, 4: None}),
    "message deliver by null": (message_of, {1: "", 2: 1, 3: None, 4: False}),
    "message deliver by negative": (message_of, {1: "", 2: 1, 3: -1, 4: False}),
    "message with more": (message_of, {1: "", 2: 1, 5: 0}),
    "message text too long": (message_of, {1: "\u00e9" * (TEXT_MAX_BYTES // 2) + "a", 2: 1}),
    "epoch without wraps": (epoch_of, {1: COMMITMENT}),
    "epoch without commitment": (epoch_of, {2: []}),
    "epoch commitment short": (epoch_of, {1: bytes(31), 2: []}),
    "epoch wraps null": (epoch_of, {1: COMMITMENT, 2: None}),
    "epoch wrap of member 64": (epoch_of, {1: COMMITMENT, 2: [[LINE_MEMBERS_MAX, 1]]}),
    "epoch wrap of key 0": (epoch_of, {1: COMMITMENT, 2: [[0, 0]]}),
    "epoch wrap of three": (epoch_of, {1: COMMITMENT, 2: [[0, 1, 1]]}),
    "epoch wraps out of order": (epoch_of, {1: COMMITMENT, 2: [[1, 1], [0, 1]]}),
    "epoch wraps twice": (epoch_of, {1: COMMITMENT, 2: [[1, 1], [1, 2]]}),
    "epoch with more": (epoch_of, {1: COMMITMENT, 2: [], 3: 0}),
    "whom as bytes": (whom_of, b"them"),
    "whom too long": (whom_of, "a" * (4 * NAME_MAX_BYTES + 1)),
    "terms as text": (terms_of, "terms"),
    "terms too long": (terms_of, bytes(TERMS_MAX_BYTES + 1)),
    "note null": (note_of, None),
    "note too long": (note_of, bytes(NOTE_MAX_BYTES + 1)),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_body_that_breaks_one_rule_is_refused(name: str) -> None:
    read, value = BROKEN[name]
    with pytest.raises(PeerError) as raised:
        read(of(cbor.encode(value)))
    assert type(raised.value) is BadField


@pytest.mark.parametrize("read", [message_of, epoch_of, whom_of, terms_of, note_of])
def test_a_kind_has_one_item_and_shows_it(read: Read) -> None:
    body = cbor.encode({1: "", 2: 1})
    withheld = msgspec.structs.replace(of(body), items=(None,), salts=(None,))
    for other in (of(), of(body, b"\xf6"), withheld):
        with pytest.raises(BadField):
            read(other)
    with pytest.raises(BadEncoding):
        read(of(b"\x18\x00"))
    with pytest.raises(TooLarge):
        read(of(bytes_item(bytes(NOTE_MAX_BYTES + 100))))


def test_a_kind_may_have_several_items() -> None:
    entry = of(cbor.encode(5), cbor.encode(6))
    assert [item(entry, at, 10, count=2) for at in (0, 1)] == [5, 6]


def test_the_longest_text_is_taken() -> None:
    message = Message("a" * TEXT_MAX_BYTES, LARGEST, None)
    assert message_of(of(message_item(message))) == message


def test_a_secret_is_committed_to_under_its_context() -> None:
    assert epoch_commitment(b"s" * 32) == hashlib.sha256(b"openline/epoch/1\x00" + b"s" * 32).digest()
