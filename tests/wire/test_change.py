"""Changes: each comes back as it went, and nothing else is taken for one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadField, PeerError, UnknownVersion
from openline.terms import EntryId, Instant, LineId
from openline.wire import cbor, change
from openline.wire.assertion import Assertion
from openline.wire.change import Change, Holding, change_value, decode_change

KEY, PROOF = b"\x01" * 32, b"\x02" * 64
LAST = tuple(change.Last(LineId(bytes([n]) * 32), n, EntryId(b"\xee" * 32)) for n in (1, 2, 200))

EVERY: list[Change] = [
    change.NewRoot(KEY, b"\x03" * 1952, b"\x04" * 32),
    change.NewName("Alpha"),
    change.NewFeedKey(KEY, PROOF),
    change.NewCheckpointKey(b"\x05" * 1312),
    change.NewCosigningKey(KEY, PROOF),
    change.NewLinkKey(KEY, PROOF),
    change.NewSealingKey(1, b"\x06" * 1216, Instant(5), Instant(6)),
    change.NewOfficer(1, "Ann Watch", KEY, Holding.DEVICE, ("duty officer", "releaser"), PROOF),
    change.OfficerEnded(1),
    change.RevokedFeedKey(KEY, LAST),
    change.RevokedKey(KEY),
    change.TrueBranch(LAST[0].line, 7, LAST[0].id),
    change.NewPasskey(1, b"\x02" + KEY, "desk.north.example", Assertion(b"\x07" * 37, b"{}", PROOF)),
]


@pytest.mark.parametrize("made", [*EVERY, change.RevokedKey(b"\x05" * 1312)], ids=lambda made: type(made).__name__)
def test_a_change_comes_back(made: Change) -> None:
    assert decode_change(cbor.decode(cbor.encode(change_value(made)), 10_000)) == made


def test_every_change_has_its_code_for_all_time() -> None:
    assert [change_value(made)[0] for made in EVERY] == list(range(1, 14))


@pytest.mark.parametrize("made", EVERY, ids=lambda made: type(made).__name__)
def test_each_field_is_needed_and_held_to_its_type(made: Change) -> None:
    value = change_value(made)
    wrong: list[list[Any]] = [value[:-1], [*value, 0]]
    wrong += [[*value[:at], None, *value[at + 1 :]] for at in range(1, len(value))]
    for each in wrong:
        with pytest.raises(BadField):
            decode_change(each)


@given(st.integers(14, 1 << 62))
def test_a_code_of_the_future_is_said_to_be_one(code: int) -> None:
    with pytest.raises(UnknownVersion):
        decode_change([code])


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 1 << 64) | st.binary(max_size=40) | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=6),
)


@given(st.integers(0, 15), st.lists(VALUES, max_size=6))
def test_any_value_is_a_change_or_a_documented_error(code: int, fields: list[Any]) -> None:
    try:
        made = decode_change([code, *fields])
    except PeerError:
        return
    assert change_value(made) == [code, *fields]
