"""Acts: an officer's signature holds for what it was made for, and for nothing else."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from openline.errors import BadField, BadSignature
from openline.identity import signing
from openline.identity.acts import check_act, sign_act
from openline.keys.ed25519 import SigningKey
from openline.terms import Instant, Precedence, TrafficClass
from openline.wire.entry import Act, Header
from openline.wire.kinds import Kind
from tests.identity.posts import AT, ENTRY, LINE, OTHER_ENTRY, OTHER_LINE, drawn, founded, grown

OWN, CARD = grown(
    founded("Alpha"),
    lambda own, card: signing.add_officer(own, card, "Ann Watch", drawn("ann"), ["duty officer"], AT),
)
KEY = SigningKey.from_seed(drawn("ann"))
BARE = Header(
    line=LINE,
    author=CARD.post,
    number=7,
    previous=OTHER_ENTRY,
    time=AT,
    terms=1,
    epoch=1,
    kind=Kind.MESSAGE,
    exchange=ENTRY,
    precedence=Precedence.FLASH,
    refers=(ENTRY,),
    commitments=(drawn("item"),),
)


def acted(role: str = "duty officer", officer: int = 2, key: SigningKey = KEY) -> Header:
    return msgspec.structs.replace(BARE, act=sign_act(BARE, officer, role, drawn("draft", 16), AT, key))


def test_an_act_names_its_officer() -> None:
    assert check_act(acted(), CARD) == CARD.officer(2)
    assert check_act(acted(role=""), CARD).name == "Ann Watch"


def test_what_is_known_only_later_may_still_change() -> None:
    later: dict[str, Any] = {"number": 9, "previous": ENTRY, "time": Instant(AT + 9), "epoch": 2}
    assert check_act(msgspec.structs.replace(acted(), **later), CARD).number == 2


@pytest.mark.parametrize(
    "change",
    [
        {"line": OTHER_LINE},
        {"terms": 2},
        {"traffic": TrafficClass.EXERCISE},
        {"precedence": Precedence.ROUTINE},
        {"kind": Kind.SEEN},
        {"exchange": None},
        {"exchange": OTHER_ENTRY},
        {"refers": ()},
        {"refers": (OTHER_ENTRY,)},
        {"commitments": ()},
        {"commitments": (drawn("other item"),)},
    ],
    ids=str,
)
def test_an_act_does_not_move_to_another_entry(change: dict[str, Any]) -> None:
    with pytest.raises(BadSignature):
        check_act(msgspec.structs.replace(acted(), **change), CARD)


@pytest.mark.parametrize(
    "change",
    [{"draft": bytes(16)}, {"role": ""}, {"time": Instant(AT + 1)}, {"signature": bytes(64)}],
    ids=str,
)
def test_every_part_of_an_act_counts(change: dict[str, Any]) -> None:
    header = acted()
    assert header.act is not None
    act: Act = msgspec.structs.replace(header.act, **change)
    with pytest.raises(BadSignature):
        check_act(msgspec.structs.replace(header, act=act), CARD)


def test_one_officer_does_not_sign_for_another() -> None:
    with pytest.raises(BadSignature):
        check_act(acted(role="", officer=1), CARD)


def test_what_is_not_on_the_card_is_refused() -> None:
    for header, card in (
        (BARE, CARD),
        (acted(role="minister"), CARD),
        (acted(officer=3), CARD),
        (acted(officer=0), CARD),
        (acted(), founded("Bravo")[1]),
        (msgspec.structs.replace(acted(), author=founded("Bravo")[1].post), CARD),
    ):
        with pytest.raises(BadField):
            check_act(header, card)


def test_the_act_of_an_officer_who_has_ended_still_verifies_and_says_so() -> None:
    _, card = grown((OWN, CARD), lambda own, card: signing.end_officer(own, card, 2, Instant(AT + 5)))
    assert check_act(acted(), card).ended == AT + 5
