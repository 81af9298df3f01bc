"""Acts: an officer's signature holds for what it was made for, and for nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from openline.errors import BadField, BadSignature, PeerError
from openline.identity import signing
from openline.identity.acts import challenge, check_act, check_signatures, holding, sign_act, sign_drafted, signing_key
from openline.identity.chain import Officer
from openline.identity.passkeys import Passkey
from openline.keys.ed25519 import SigningKey
from openline.terms import Instant, Precedence, TrafficClass
from openline.wire.change import Holding
from openline.wire.entry import Act, Header, act_to_be_signed, decode_header
from openline.wire.kinds import Kind
from tests.identity.devices import Device
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


# Passkeys, and two persons

DEVICE = Device("ann's phone")
OWN_OF_TWO, CARD_OF_TWO = grown(
    (OWN, CARD),
    lambda own, card: signing.add_passkey(own, card, 2, DEVICE.public, "localhost", DEVICE.possession(card.post), AT),
    lambda own, card: signing.add_officer(own, card, "Bo Release", drawn("bo"), ["releaser"], AT),
)
BO = SigningKey.from_seed(drawn("bo"))


def by_device(header: Header = BARE) -> Header:
    """The same act, by the passkey."""
    message = act_to_be_signed(header, draft=drawn("draft", 16), role="", time=AT)
    act = Act(2, drawn("draft", 16), "", AT, DEVICE.assertion(challenge(message)))
    return msgspec.structs.replace(header, act=act)


def released(drafter: int = 2, releaser: int = 3) -> Header:
    """Drafted by one and released by another."""
    keys = {2: KEY, 3: BO}
    act = sign_act(BARE, releaser, "", drawn("draft", 16), Instant(AT + 9), keys[releaser])
    drafted = sign_drafted(BARE, drafter, "", drawn("draft", 16), AT, keys[drafter])
    return msgspec.structs.replace(BARE, act=msgspec.structs.replace(act, drafted=drafted))


def test_an_act_by_a_passkey_says_that_a_device_signed() -> None:
    header = by_device()
    officer = check_act(header, CARD_OF_TWO)
    assert header.act is not None
    assert holding(officer, header.act.signature) is Holding.DEVICE
    assert holding(officer, bytes(64)) is Holding.POST
    with pytest.raises(BadSignature):
        check_act(msgspec.structs.replace(header, refers=()), CARD_OF_TWO)
    with pytest.raises(BadSignature):
        check_act(header, CARD)


def test_the_key_is_named_under_which_it_holds() -> None:
    message = act_to_be_signed(BARE, draft=drawn("draft", 16), role="", time=AT)
    officer = CARD_OF_TWO.officer(2)
    assert officer is not None
    assert signing_key(officer, KEY.sign(message), message) == KEY.public
    assert signing_key(officer, DEVICE.assertion(challenge(message)), message) == DEVICE.public
    assert signing_key(officer, BO.sign(message), message) is None


def test_two_persons_sign_one_draft() -> None:
    assert check_act(released(), CARD_OF_TWO).name == "Bo Release"
    header = released()
    assert header.act is not None
    assert header.act.drafted is not None
    moved = msgspec.structs.replace(header.act.drafted, time=Instant(AT + 1))
    for act in (
        msgspec.structs.replace(header.act, drafted=moved),
        msgspec.structs.replace(header.act, draft=drawn("other", 16)),
    ):
        with pytest.raises(BadSignature):
            check_act(msgspec.structs.replace(header, act=act), CARD_OF_TWO)


def test_one_is_not_two() -> None:
    with pytest.raises(BadField):
        check_act(released(releaser=2), CARD_OF_TWO)


def test_who_drafted_has_not_released() -> None:
    drafted = sign_drafted(BARE, 2, "", drawn("draft", 16), AT, KEY)
    alone = Act(2, drawn("draft", 16), "", AT, drafted.signature)
    with pytest.raises(BadSignature):
        check_act(msgspec.structs.replace(BARE, act=alone), CARD_OF_TWO)


VECTORS = json.loads((Path(__file__).resolve().parents[2] / "vectors/act/acts.json").read_text())
OFFICERS = {
    number: Officer(
        number=number,
        name=f"Officer {number}",
        public=bytes.fromhex(each["public"]),
        holding=Holding.POST,
        roles=tuple(each["roles"]),
        passkeys=tuple(Passkey(bytes.fromhex(public), rp) for public, rp in each["passkeys"]),
    )
    for number, each in enumerate(VECTORS["officers"], 1)
}


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: str(case["name"]))
def test_vector(case: dict[str, Any]) -> None:
    assert found(case) == (case["expect"], case.get("signed"))


def found(case: dict[str, Any]) -> tuple[str, Any]:
    """What comes of a case: "ok" with who signed and where the key is, or the code of the error."""
    try:
        header = decode_header(bytes.fromhex(case["header"]))
        check_signatures(header, OFFICERS)
    except PeerError as error:
        return error.code, None
    assert header.act is not None
    both = [each for each in (header.act, header.act.drafted) if each is not None]
    return "ok", [[each.officer, holding(OFFICERS[each.officer], each.signature).name.lower()] for each in both]
