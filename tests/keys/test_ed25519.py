"""Ed25519 under the one strict rule: standard vectors, our own vectors, and the rule written out again."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Iterator
from hashlib import sha512
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from openline.errors import BadKey
from openline.keys import edwards
from openline.keys.ed25519 import SigningKey, check_possession, check_public, prove_possession, verify
from openline.keys.edwards import BASE, L, P, Point, add, decode, is_identity, multiply, negate
from vectors.generate_ed25519 import Case, cases, text

FOLDER = Path(__file__).resolve().parents[2] / "vectors/ed25519"
CASES: dict[str, Case] = {path.stem: json.loads(path.read_text()) for path in sorted(FOLDER.glob("*.json"))}

RFC_8032 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]
"""RFC 8032 section 7.1, tests 1 to 3: seed, public key, message, signature."""

KEY = SigningKey.from_seed(b"\x07" * 32)
POST = b"\x11" * 32


@pytest.mark.parametrize(("seed", "public", "message", "signature"), RFC_8032)
def test_rfc_8032(seed: str, public: str, message: str, signature: str) -> None:
    key = SigningKey.from_seed(bytes.fromhex(seed))
    assert key.public.hex() == public
    assert key.sign(bytes.fromhex(message)).hex() == signature
    assert verify(key.public, bytes.fromhex(signature), bytes.fromhex(message))
    check_public(key.public)


def test_the_vectors_are_what_the_generator_writes() -> None:
    written = {path.stem: path.read_text() for path in FOLDER.glob("*")}
    assert written == {name: text(case) for name, case in cases().items()}


@pytest.mark.parametrize("name", CASES)
def test_our_vectors(name: str) -> None:
    case = CASES[name]
    public, message, signature = (bytes.fromhex(case[part]) for part in ("public", "message", "signature"))
    assert enrols(public) == case["key_ok"]
    assert verify(public, signature, message) == case["signature_ok"]
    assert follows_the_rule(public, signature, message) == case["signature_ok"]
    assert (case["key_ok"] and case["signature_ok"]) == (case["expect"] == "accept")


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "equation hold" in case["about"]])
def test_the_vectors_are_bent_as_they_say(name: str) -> None:
    case = CASES[name]
    public, message, signature = (bytes.fromhex(case[part]) for part in ("public", "message", "signature"))
    only_cofactored = "only times 8" in case["about"]
    assert equation_holds(public, signature, message, cofactor=1) is not only_cofactored
    assert equation_holds(public, signature, message, cofactor=8)


def enrols(public: bytes) -> bool:
    try:
        check_public(public)
    except BadKey:
        return False
    return True


def follows_the_rule(public: bytes, signature: bytes, message: bytes) -> bool:
    """The rule of spec/entry.md in plain arithmetic, as slow as it likes."""
    if len(signature) != 64 or int.from_bytes(signature[32:], "little") >= L:
        return False
    key, r = decode(public), decode(signature[:32])
    if key is None or r is None or is_identity(multiply(8, key)) or is_identity(multiply(8, r)):
        return False
    return equation_holds(public, signature, message, cofactor=1)


def equation_holds(public: bytes, signature: bytes, message: bytes, cofactor: int) -> bool:
    """S*B = R + h*A on whatever points a lax decoder finds."""
    r, key = lax(signature[:32]), lax(public)
    h = int.from_bytes(sha512(signature[:32] + public + message).digest(), "little") % L
    right = add(r, multiply(h, key))
    return is_identity(multiply(cofactor, add(multiply(int.from_bytes(signature[32:], "little"), BASE), negate(right))))


def lax(encoded: bytes) -> Point:
    number = int.from_bytes(encoded, "little")
    y = (number & ((1 << 255) - 1)) % P
    point = decode((y | number >> 255 << 255).to_bytes(32, "little")) or decode(y.to_bytes(32, "little"))
    assert point is not None
    return point


def nearly_right() -> Iterator[st.SearchStrategy[tuple[bytes, bytes, bytes]]]:
    message = b"go round"
    signature = KEY.sign(message)
    whole = KEY.public + signature + message
    flips = st.tuples(st.integers(0, len(whole) - 1), st.integers(1, 255))
    yield flips.map(lambda flip: parts(whole[: flip[0]] + bytes([whole[flip[0]] ^ flip[1]]) + whole[flip[0] + 1 :]))
    yield st.tuples(st.just(KEY.public), st.binary(max_size=70), st.just(message))
    yield st.tuples(st.binary(max_size=40), st.just(signature), st.just(message))


def parts(whole: bytes) -> tuple[bytes, bytes, bytes]:
    return whole[:32], whole[32:96], whole[96:]


@given(st.one_of(*nearly_right()))
@example((KEY.public, KEY.sign(b"go round"), b"go round"))
def test_verify_is_the_rule(tried: tuple[bytes, bytes, bytes]) -> None:
    assert verify(*tried) == follows_the_rule(*tried)


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=300))
def test_what_is_signed_verifies(seed: bytes, message: bytes) -> None:
    key = SigningKey.from_seed(seed)
    signature = key.sign(message)
    assert verify(key.public, signature, message)
    assert not verify(key.public, signature, message + b"\x00")


@given(st.binary(max_size=40))
def test_any_bytes_are_a_good_key_or_raise_bad_key(public: bytes) -> None:
    point = decode(public)
    assert enrols(public) == (point is not None and edwards.in_prime_subgroup(point))


def test_a_bad_key_says_what_is_wrong() -> None:
    with pytest.raises(BadKey, match="32 bytes; this one is 3"):
        check_public(b"abc")
    with pytest.raises(BadKey, match="canonical"):
        check_public(b"\xff" * 32)
    with pytest.raises(BadKey, match="small order"):
        check_public(bytes(32))


def test_possession_is_of_one_key_by_one_post() -> None:
    proof = prove_possession(KEY, POST)
    check_possession(KEY.public, POST, proof)
    assert verify(KEY.public, proof, b"openline/possession/1\x00" + POST + KEY.public)
    other = SigningKey.from_seed(b"\x08" * 32)
    for public, post in ((KEY.public, b"\x12" * 32), (other.public, POST)):
        with pytest.raises(BadKey, match="Nothing shows"):
            check_possession(public, post, proof)
    with pytest.raises(BadKey, match="small order"):
        check_possession(bytes(32), POST, proof)


def test_secrets_stay_out_of_sight() -> None:
    assert KEY.seed.hex() not in repr(KEY)
    assert repr(KEY.seed) not in repr(KEY)
    assert repr(KEY.public) in repr(KEY)


def test_keys_are_compared_by_their_public_half_and_can_be_copied() -> None:
    assert SigningKey.from_seed(KEY.seed) == KEY
    assert SigningKey.from_seed(b"\x09" * 32) != KEY
    assert copy.deepcopy(KEY) == KEY
    assert copy.deepcopy(KEY).sign(b"m") == KEY.sign(b"m")
    with pytest.raises(TypeError):
        pickle.dumps(KEY)


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_seed_is_32_bytes(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        SigningKey.from_seed(bytes(length))
