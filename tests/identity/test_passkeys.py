"""Passkeys: enrolled by a proof of their device, and an assertion holds for what it was made about alone."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from openline.errors import BadField, BadKey, BadSignature
from openline.identity.passkeys import (
    Passkey,
    check_assertion,
    check_possession,
    check_public,
    plain_assertion,
    possession_challenge,
)
from tests.identity.devices import Device
from tests.identity.posts import drawn, founded

POST, OTHER = founded("Alpha")[1].post, founded("Bravo")[1].post
ABOUT = drawn("about")
BOTH = [Device("es256"), Device("ed25519", ed25519=True), Device("away", "desk.north.example")]


@pytest.mark.parametrize("device", BOTH, ids=lambda device: device.label)
def test_a_device_shows_that_it_holds_its_key_for_one_post(device: Device) -> None:
    check_public(device.public)
    proof = device.possession(POST)
    check_possession(device.public, device.rp, POST, proof)
    for public, rp, post in (
        (device.public, device.rp, OTHER),
        (device.public, "other.example", POST),
        (Device("stranger").public, device.rp, POST),
    ):
        with pytest.raises(BadKey):
            check_possession(public, rp, post, proof)


@pytest.mark.parametrize("device", BOTH, ids=lambda device: device.label)
def test_an_assertion_holds_for_what_it_is_about(device: Device) -> None:
    passkey = Passkey(device.public, device.rp)
    made = device.assertion(ABOUT)
    check_assertion(passkey, made, ABOUT)
    bad: list[tuple[Passkey, Any, bytes]] = [
        (passkey, made, drawn("else")),
        (Passkey(Device("stranger").public, device.rp), made, ABOUT),
        (passkey, device.assertion(ABOUT, flags=1), ABOUT),
        (passkey, device.assertion(ABOUT, origin="https://evil.example"), ABOUT),
        (passkey, msgspec.structs.replace(made, signature=bytes(64)), ABOUT),
        (passkey, msgspec.structs.replace(made, authenticator=made.authenticator[:-1] + b"\xff"), ABOUT),
        (passkey, msgspec.structs.replace(made, client=made.client[:-1] + b',"a":1}'), ABOUT),
    ]
    for key, assertion, about in bad:
        with pytest.raises(BadSignature):
            check_assertion(key, assertion, about)


def test_a_key_that_is_none_is_refused() -> None:
    for public in (b"", bytes(33), bytes(32), b"\x02" + bytes(31)):
        with pytest.raises(BadKey):
            check_public(public)


def test_a_signature_gets_its_one_form_once() -> None:
    device = Device("es256")
    authenticator, client, der = device.raw(ABOUT)
    assert len(plain_assertion(device.public, authenticator, client, der).signature) == 64
    with pytest.raises(BadSignature):
        plain_assertion(device.public, authenticator, client, der[:-1])
    with pytest.raises(BadField):
        plain_assertion(Device("e", ed25519=True).public, authenticator, client, der)


def test_the_challenge_of_a_possession_binds_post_and_key() -> None:
    one, two = Device("one").public, Device("two").public
    assert len({possession_challenge(post, key) for post in (POST, OTHER) for key in (one, two)}) == 4
