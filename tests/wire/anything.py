"""Strategies for tests: any header, body and entry that the spec allows, and any change to their bytes."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import strategies as st

from openline.errors import PeerError
from openline.terms import EntryId, Instant, LineId, PostId, Precedence, TrafficClass
from openline.wire import cbor
from openline.wire.assertion import Assertion
from openline.wire.entry import Act, Drafted, Entry, Have, Header, commitment, encode_header, entry_id, salts

LINE = LineId(sha256(b"line").digest())
MEMBERS = tuple(PostId(sha256(b"post %d" % at).digest()) for at in range(5))
"""Posts of a line, by their number on the wire; not in the order of their ids."""
AUTHOR = MEMBERS[2]
SALT_KEY = sha256(b"salt key").digest()
LARGEST = (1 << 63) - 1

ids = st.binary(min_size=32, max_size=32).map(EntryId)
uints = st.integers(0, LARGEST) | st.integers(0, 30)
instants = st.integers(0, 1 << 61).map(Instant)


def changed(whole: bytes, data: st.DataObject) -> bytes:
    """Some bytes put in place of some others."""
    at = data.draw(st.integers(0, len(whole)))
    gone = data.draw(st.integers(0, 2))
    return whole[:at] + data.draw(st.binary(max_size=3)) + whole[at + gone :]


def refused(decode: Callable[[bytes], Any], value: Any, error: type[PeerError]) -> None:
    """This value, well encoded, is refused with exactly this error."""
    with pytest.raises(PeerError) as raised:
        decode(cbor.encode(value))
    assert type(raised.value) is error


@st.composite
def haves(draw: st.DrawFn) -> tuple[Have, ...]:
    """A have-vector over the other members."""
    feeds = draw(st.lists(st.sampled_from([post for post in MEMBERS if post != AUTHOR]), unique=True, max_size=3))
    vector = []
    for feed in sorted(feeds):
        number = draw(st.integers(0, 1 << 40))
        beyond = draw(st.dictionaries(st.integers(number + 2, number + 90), ids, max_size=3))
        last = draw(ids) if number else EntryId(bytes(32))
        vector.append(Have(feed, number, last, tuple(sorted(beyond.items()))))
    return tuple(vector)


sixty_four = st.binary(min_size=64, max_size=64)
assertions = st.builds(
    Assertion,
    authenticator=st.binary(min_size=37, max_size=37),
    client=st.binary(max_size=80),
    signature=sixty_four,
)
drafted = st.builds(Drafted, officer=uints, role=st.text(max_size=16), time=instants, signature=sixty_four | assertions)
acts = st.builds(
    Act,
    officer=uints,
    draft=st.binary(min_size=16, max_size=16),
    role=st.text(max_size=16),
    time=instants,
    signature=sixty_four | assertions,
    drafted=st.none() | drafted,
)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """An entry of AUTHOR with any fields and items, all shown; its signature is any 64 bytes."""
    number = draw(st.integers(1, LARGEST) | st.integers(1, 3))
    act = draw(st.none() | acts)
    items = tuple(draw(st.lists(st.binary(max_size=40), max_size=4)))
    salt = salts(SALT_KEY, number, None if act is None else act.draft, len(items))
    header = Header(
        line=LINE,
        author=AUTHOR,
        number=number,
        previous=None if number == 1 else draw(ids),
        time=draw(instants),
        terms=draw(st.integers(1, LARGEST)),
        epoch=draw(uints),
        kind=draw(st.integers(1, 65_535)),
        exchange=draw(st.none() | ids),
        traffic=draw(st.sampled_from(TrafficClass)),
        precedence=draw(st.sampled_from(Precedence)),
        refers=tuple(draw(st.lists(ids, max_size=3))),
        have=draw(haves()),
        commitments=tuple(commitment(one, item) for one, item in zip(salt, items, strict=True)),
        act=act,
    )
    payload = encode_header(header)
    signature = draw(st.binary(min_size=64, max_size=64))
    return Entry(id=entry_id(payload), header=header, payload=payload, signature=signature, items=items, salts=salt)
