"""Rules of a line: what is written comes back; what does not hold together is refused."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadField, PeerError, TooLarge
from openline.limits import RULES_MAX_BYTES
from openline.wire.kinds import Kind
from openline.wire.rules import Disclosure, FormRef, Rules, Slots, decode_rules, encode_rules
from tests.feeds.histories import ALPHA, BRAVO

FULL = Rules(
    slots=(Slots(member=ALPHA, machine=(0, 720), human=(480,), days=31, holidays=(20_812,)), Slots(member=BRAVO)),
    texts=("The ferry leaves at nine.",),
    grace_ms=60_000,
    forms=(FormRef("fire", 1, bytes(32)), FormRef("fire", 2, bytes(32))),
    languages=("en", "ru"),
    disclosure=Disclosure.AGREED_TEXT,
    told=True,
    two_persons=(Kind.CALL_OUTCOME,),
)


@pytest.mark.parametrize("rules", [Rules(), FULL])
def test_what_is_written_comes_back(rules: Rules) -> None:
    assert decode_rules(encode_rules(rules)) == rules
    assert bool(encode_rules(rules)) == (rules != Rules())


@pytest.mark.parametrize(
    "changes",
    [
        {"slots": (Slots(member=ALPHA), Slots(member=ALPHA))},
        {"slots": (Slots(member=ALPHA, machine=(720, 0)),)},
        {"slots": (Slots(member=ALPHA, human=(5, 5)),)},
        {"texts": ()},
        {"forms": (FormRef("b", 1, bytes(32)), FormRef("a", 1, bytes(32)))},
        {"slots": (Slots(member=ALPHA, machine=(1440,)),)},
        {"grace_ms": 1},
        {"two_persons": (Kind.ACK,)},
    ],
)
def test_what_does_not_hold_together_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(BadField):
        decode_rules(encode_rules(msgspec.structs.replace(FULL, **changes)))


def test_rules_are_bounded() -> None:
    with pytest.raises(TooLarge):
        decode_rules(bytes(RULES_MAX_BYTES + 1))


def test_rules_that_say_nothing_have_one_form() -> None:
    assert decode_rules(b"") == Rules()
    with pytest.raises(BadField):
        decode_rules(b"\xa0")


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        assert encode_rules(decode_rules(data)) == data
    except PeerError:
        return
