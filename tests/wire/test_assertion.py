"""Assertions: what a browser wrote is compared byte for byte, and only one meaning is ever found in it."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadField
from openline.wire.assertion import Assertion, assertion_value, decode_assertion, rp_id, why_not
from tests.identity.devices import Device, unpadded

ABOUT = bytes(range(32))
DEVICE = Device("anything")
RP_HASH = sha256(b"localhost").digest()


def found(rp: str = "localhost", **odd: Any) -> str | None:
    """What is wrong with an assertion for this RP id, made with these oddities."""
    device = Device("anything", rp)
    authenticator, client, _ = device.raw(ABOUT, **odd)
    return why_not(authenticator, client, sha256(rp.encode()).digest(), rp, ABOUT)


GREASE = ',"crossOrigin":false,"other_keys_can_be_added_here":"do not compare against a template. See https://x.y/z"'


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"rest": ""},
        {"rest": GREASE},
        {"origin": "http://localhost"},
        {"origin": "https://localhost:1"},
        {"flags": 0x0D},
        {"flags": 0x1D},
        {"rp": "desk.north.example", "origin": "https://desk.north.example"},
        {"rp": "desk.north.example", "origin": "https://desk.north.example:8443"},
        {"counter": 0},
    ],
    ids=str,
)
def test_what_browsers_write_is_taken(odd: dict[str, Any]) -> None:
    assert found(**odd) is None


@pytest.mark.parametrize(
    ("odd", "why"),
    [
        ({"kind": "webauthn.create"}, "form"),
        ({"kind": "payment.get"}, "form"),
        ({"origin": "http://localhost:0"}, "form"),
        ({"origin": "http://localhost:8080/"}, "form"),
        ({"origin": "http://LOCALHOST"}, "form"),
        ({"origin": "http://evil.example"}, "origin"),
        ({"origin": "http://localhost.evil.example"}, "origin"),
        ({"origin": "https://evil.localhost"}, "origin"),
        ({"origin": "android:apk-key-hash:x"}, "form"),
        ({"rp": "desk.north.example", "origin": "http://desk.north.example"}, "origin"),
        ({"rp": "north.example", "origin": "https://desk.north.example"}, "origin"),
        ({"rest": ',"crossOrigin":true'}, "form"),
        ({"rest": ',"crossOrigin":true,"topOrigin":"https://x.y"'}, "form"),
        ({"rest": ',"crossOrigin":false,'}, "form"),
        ({"rest": ',"crossOrigin":false,"origin":"https://x.y"'}, "form"),
        ({"rest": ',"crossOrigin":false,"a":{"challenge":"x"}'}, "form"),
        ({"rest": ',"crossOrigin":false,"\\u006frigin":"https://x.y"'}, "form"),
        ({"rest": ',"crossOrigin":false,"a":"\n"'}, "form"),
        ({"rest": ',"a":1'}, "form"),
        ({"flags": 0x00}, "ask"),
        ({"flags": 0x01}, "ask"),
        ({"flags": 0x04}, "ask"),
        ({"flags": 0x07}, "flags"),
        ({"flags": 0x15}, "flags"),
        ({"flags": 0x45}, "flags"),
        ({"flags": 0x85}, "flags"),
    ],
    ids=str,
)
def test_anything_else_is_not(odd: dict[str, Any], why: str) -> None:
    assert why in (found(**odd) or "")


def test_another_rp_or_challenge_is_not() -> None:
    authenticator, client, _ = DEVICE.raw(ABOUT)
    assert "RP id" in (why_not(authenticator, client, sha256(b"other").digest(), "other", ABOUT) or "")
    assert "else" in (why_not(authenticator, client, RP_HASH, "localhost", bytes(32)) or "")
    spaced = client.replace(b",", b", ")
    assert "form" in (why_not(authenticator, spaced, RP_HASH, "localhost", ABOUT) or "")


@given(st.binary(max_size=60), st.text(max_size=40))
def test_what_is_taken_reads_the_same_to_a_json_parser(rest: bytes, more: str) -> None:
    for tail in (rest, json.dumps({"a": more})[1:-1].encode()):
        authenticator, client, _ = DEVICE.raw(ABOUT)
        client = client[:-1] + b"," + tail + b"}"
        if why_not(authenticator, client, RP_HASH, "localhost", ABOUT) is not None:
            continue
        try:
            said = json.loads(client)
        except ValueError:
            continue
        assert (said["type"], said["challenge"]) == ("webauthn.get", unpadded(ABOUT))
        assert (said["origin"], said["crossOrigin"]) == ("http://localhost:8080", False)


def test_an_assertion_comes_back_and_counts() -> None:
    made = DEVICE.assertion(ABOUT, counter=258)
    assert decode_assertion(assertion_value(made)) == made
    assert made.counter == 258


@pytest.mark.parametrize(
    "value",
    [
        [],
        [bytes(37), b"{}"],
        [bytes(36), b"{}", bytes(64)],
        [bytes(38), b"{}", bytes(64)],
        [bytes(37), bytes(1025), bytes(64)],
        [bytes(37), b"{}", bytes(63)],
        [bytes(37), "{}", bytes(64)],
        [bytes(37), b"{}", bytes(64), 0],
        {},
    ],
    ids=repr,
)
def test_other_shapes_are_refused(value: Any) -> None:
    with pytest.raises(BadField):
        decode_assertion(value)
    assert decode_assertion([bytes(37), bytes(1024), bytes(64)]) == Assertion(bytes(37), bytes(1024), bytes(64))


def test_an_rp_id_is_the_name_of_a_host() -> None:
    for name in ("localhost", "desk.north.example", "a-b.c2", "x" * 63):
        assert rp_id(name) == name
    for odd in ("", ".", "a.", "-a", "a-", "A", "a b", "127.0.0.1", "[::1]", "x" * 64, "a." * 127, 3, None, "\u0430"):
        with pytest.raises(BadField):
            rp_id(odd)
