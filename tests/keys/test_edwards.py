"""The group of Ed25519 in plain Python, against the library and against the laws of a group."""

from __future__ import annotations

from hashlib import sha512

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from openline.keys import edwards
from openline.keys.edwards import BASE, IDENTITY, L, P, add, decode, double, encode, is_identity, multiply, negate

SCALARS = st.integers(0, L - 1)


def test_the_base_point_is_that_of_rfc_8032() -> None:
    assert encode(BASE).hex() == "58" + "66" * 31
    assert is_identity(multiply(L, BASE))


@given(st.binary(min_size=32, max_size=32))
def test_the_library_makes_the_same_public_key(seed: bytes) -> None:
    half = int.from_bytes(sha512(seed).digest()[:32], "little")
    secret = (half & ((1 << 254) - 8)) | (1 << 254)
    assert encode(multiply(secret, BASE)) == Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


@given(SCALARS, SCALARS)
def test_sums_of_points_follow_sums_of_numbers(a: int, b: int) -> None:
    p, q = multiply(a, BASE), multiply(b, BASE)
    assert encode(add(p, q)) == encode(multiply(a + b, BASE))
    assert encode(double(p)) == encode(add(p, p))
    assert is_identity(add(p, negate(p)))


@given(st.binary(min_size=32, max_size=32))
def test_what_decodes_encodes_to_the_same_bytes(encoded: bytes) -> None:
    point = decode(encoded)
    assert point is None or encode(point) == encoded


def test_other_lengths_and_other_encodings_do_not_decode() -> None:
    assert decode(b"") is None
    assert decode(encode(BASE)[:-1]) is None
    assert decode(encode(BASE) + b"\x00") is None
    assert decode((P + 1).to_bytes(32, "little")) is None
    assert decode((1 | 1 << 255).to_bytes(32, "little")) is None
    assert decode((2).to_bytes(32, "little")) is None


def test_there_are_eight_points_of_small_order_in_fourteen_encodings() -> None:
    assert len({encode(point) for point in edwards.SMALL_ORDER}) == 8
    assert all(is_identity(multiply(8, point)) for point in edwards.SMALL_ORDER)
    assert {encode(point) for point in edwards.SMALL_ORDER} <= edwards.SMALL_ORDER_ENCODINGS
    assert len(edwards.SMALL_ORDER_ENCODINGS) == 14


def test_only_the_prime_subgroup_is_in_the_prime_subgroup() -> None:
    assert edwards.in_prime_subgroup(BASE)
    assert not edwards.in_prime_subgroup(IDENTITY)
    for torsion in edwards.SMALL_ORDER[1:]:
        assert not edwards.in_prime_subgroup(torsion)
        assert not edwards.in_prime_subgroup(add(BASE, torsion))
