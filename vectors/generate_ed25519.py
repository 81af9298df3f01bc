"""Writes vectors/ed25519/*.json: what the one strict rule of Ed25519 accepts, and each way of being wrong.

The rule stands at the top of src/openline/keys/ed25519.py. Every signature is made here from the equation itself
(RFC 8032 section 5.1.6), with a chosen nonce, so that the points can be bent on purpose; nothing is random.

    key_ok        the key may be enrolled: canonical, in the prime-order subgroup
    signature_ok  the signature holds under the bytes of this key: canonical S and R, R and the key canonical and not
                  of small order, cofactorless equation
    expect        "accept" when both hold, else "refuse"

A non-canonical R or key that is not of small order, with a signature that holds, cannot be made: nobody knows its
logarithm. Run: .venv/bin/python vectors/generate_ed25519.py
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha512
from itertools import count
from pathlib import Path
from typing import TypedDict

from openline.keys.edwards import BASE, L, P, SMALL_ORDER, add, decode, encode, multiply

FOLDER = Path(__file__).resolve().parent / "ed25519"
MESSAGE = b"Aircraft 2 crossing your line at 1450Z, unarmed."

NEUTRAL, TORSION = SMALL_ORDER[0], SMALL_ORDER[1]
SIGN_BIT = 1 << 255


class Case(TypedDict):
    """One vector: bytes in hex."""

    about: str
    public: str
    message: str
    signature: str
    key_ok: bool
    signature_ok: bool
    expect: str


def little(number: int) -> bytes:
    return number.to_bytes(32, "little")


def hashed(*parts: bytes) -> int:
    return int.from_bytes(sha512(b"".join(parts)).digest(), "little")


SECRET = hashed(b"openline vector: secret") % L
NONCE = hashed(b"openline vector: nonce") % L
PUBLIC = encode(multiply(SECRET, BASE))
R = encode(multiply(NONCE, BASE))


def answer(secret: int, nonce: int, r: bytes, public: bytes, message: bytes) -> int:
    """S = r + h * a, as the signer computes it."""
    return (nonce + hashed(r, public, message) * secret) % L


def signature(message: bytes = MESSAGE, nonce: int = NONCE, r: bytes = R, secret: int = SECRET, public: bytes = PUBLIC) -> bytes:
    return r + little(answer(secret, nonce, r, public, message))


def message_where(r: bytes, public: bytes, remainder: int) -> bytes:
    """The first numbered message whose hash, as the equation uses it, leaves this remainder modulo 8."""
    for number in count():
        message = MESSAGE + b" %d" % number
        if hashed(r, public, message) % L % 8 == remainder:
            return message
    raise AssertionError


def case(about: str, public: bytes, message: bytes, sig: bytes, key_ok: bool, signature_ok: bool) -> Case:
    expect = "accept" if key_ok and signature_ok else "refuse"
    return Case(
        about=about,
        public=public.hex(),
        message=message.hex(),
        signature=sig.hex(),
        key_ok=key_ok,
        signature_ok=signature_ok,
        expect=expect,
    )


def sound(about: str, message: bytes, sig: bytes, signature_ok: bool) -> Case:
    """A case under the good key."""
    return case(about, PUBLIC, message, sig, True, signature_ok)


def plain_cases() -> Iterator[tuple[str, Case]]:
    good = signature()
    yield "good", sound("nothing wrong", MESSAGE, good, True)
    yield "empty_message", sound("nothing wrong, no message", b"", signature(b""), True)
    yield "long_message", sound("nothing wrong, 1023 bytes", b"\xc3" * 1023, signature(b"\xc3" * 1023), True)
    yield "flipped_bit_in_r", sound("one bit of R", MESSAGE, bytes([good[0] ^ 1]) + good[1:], False)
    yield "flipped_bit_in_s", sound("one bit of S", MESSAGE, good[:40] + bytes([good[40] ^ 8]) + good[41:], False)
    yield "flipped_bit_in_message", sound("one bit of the message", bytes([MESSAGE[0] ^ 32]) + MESSAGE[1:], good, False)
    yield "truncated", sound("63 bytes", MESSAGE, good[:-1], False)
    yield "lengthened", sound("65 bytes", MESSAGE, good + b"\x00", False)
    yield "half", sound("R only", MESSAGE, good[:32], False)
    yield "no_signature", sound("no bytes", MESSAGE, b"", False)
    other = encode(multiply(SECRET + 1, BASE))
    yield "other_key", case("signed by another good key", other, MESSAGE, good, True, False)


def s_cases() -> Iterator[tuple[str, Case]]:
    s = int.from_bytes(signature()[32:], "little")
    yield "s_plus_l", sound("S + L: the equation holds, S is too large", MESSAGE, R + little(s + L), False)
    yield "s_plus_8l", sound("S + 8 L: the equation holds, S is too large", MESSAGE, R + little(s + 8 * L), False)
    yield "s_top_bit", sound("S with its top bit set", MESSAGE, R + little(s | SIGN_BIT), False)
    yield "s_is_l", sound("S is L", MESSAGE, R + little(L), False)


def r_cases() -> Iterator[tuple[str, Case]]:
    ways = {
        "r_neutral": ("R is the neutral point: the equation holds, R is of small order", encode(NEUTRAL)),
        "r_neutral_y_not_canonical": ("R is the neutral point with y = p + 1", little(P + 1)),
        "r_neutral_sign_not_canonical": ("R is the neutral point with the sign of -0", little(1 | SIGN_BIT)),
        "r_neutral_neither_canonical": ("R is the neutral point with y = p + 1 and the sign of -0", little(P + 1 | SIGN_BIT)),
    }
    for name, (about, r) in ways.items():
        yield name, sound(about, MESSAGE, signature(nonce=0, r=r), False)
    for n in range(1, 8):
        r = encode(SMALL_ORDER[n])
        yield f"r_small_order_{n}", sound("R of small order: only times 8 does the equation hold", MESSAGE, signature(nonce=0, r=r), False)
    yield "r_order_4_not_canonical", sound("R of order 4 with y = p", MESSAGE, signature(nonce=0, r=little(P)), False)
    mixed = encode(add(multiply(NONCE, BASE), TORSION))
    yield "r_mixed_order", sound("R has a part of small order: only times 8 does the equation hold", MESSAGE, signature(r=mixed), False)
    far = next(little(P + y) for y in range(2, 19) if decode(little(y)))
    yield "r_y_not_canonical", sound("R with y above p, not of small order", MESSAGE, signature(r=far), False)


def small_key_cases() -> Iterator[tuple[str, Case]]:
    ways = {
        "key_neutral": ("the neutral point: any S with R = S*B holds for any message", encode(NEUTRAL)),
        "key_neutral_y_not_canonical": ("the neutral point with y = p + 1: the equation holds", little(P + 1)),
        "key_neutral_sign_not_canonical": ("the neutral point with the sign of -0: the equation holds", little(1 | SIGN_BIT)),
        "key_neutral_neither_canonical": ("the neutral point with y = p + 1 and the sign of -0", little(P + 1 | SIGN_BIT)),
    }
    for name, (about, public) in ways.items():
        yield name, case(f"key is {about}", public, MESSAGE, R + little(NONCE), False, False)
    for n in range(1, 8):
        public = encode(SMALL_ORDER[n])
        message = message_where(R, public, 0)
        yield f"key_small_order_{n}", case("key of small order: the equation holds", public, message, R + little(NONCE), False, False)
    public = little(P)
    message = message_where(R, public, 0)
    yield "key_order_4_not_canonical", case("key of order 4 with y = p: the equation holds", public, message, R + little(NONCE), False, False)
    all_neutral = encode(NEUTRAL) + bytes(32)
    yield "all_neutral", case("key and R neutral, S zero: holds for every message", encode(NEUTRAL), MESSAGE, all_neutral, False, False)


def mixed_key_cases() -> Iterator[tuple[str, Case]]:
    mixed = encode(add(multiply(SECRET, BASE), TORSION))
    yes, no = message_where(R, mixed, 0), message_where(R, mixed, 1)
    yield "key_mixed_order_holds", case(
        "key has a part of small order, which h cancels: the equation holds", mixed, yes, signature(yes, public=mixed), False, True
    )
    yield "key_mixed_order_cofactored_only", case(
        "key has a part of small order: only times 8 does the equation hold", mixed, no, signature(no, public=mixed), False, False
    )
    r = encode(add(multiply(NONCE, BASE), SMALL_ORDER[3]))
    message = message_where(r, mixed, 5)
    yield "key_and_r_mixed_order_hold", case(
        "key and R have parts of small order that cancel: the equation holds", mixed, message, signature(message, r=r, public=mixed), False, True
    )


def unusable_key_cases() -> Iterator[tuple[str, Case]]:
    good = signature()
    off = next(little(y) for y in range(2, 100) if decode(little(y)) is None)
    far = next(little(P + y) for y in range(2, 19) if decode(little(y)))
    yield "key_not_on_curve", case("no point has this y", off, MESSAGE, good, False, False)
    yield "key_y_not_canonical", case("key with y above p, not of small order", far, MESSAGE, good, False, False)
    yield "key_31_bytes", case("key cut by a byte", PUBLIC[:-1], MESSAGE, good, False, False)
    yield "key_33_bytes", case("key with a byte too many", PUBLIC + b"\x00", MESSAGE, good, False, False)
    yield "no_key", case("no key", b"", MESSAGE, good, False, False)


def cases() -> dict[str, Case]:
    """Every case by name."""
    found: dict[str, Case] = {}
    for group in (plain_cases, s_cases, r_cases, small_key_cases, mixed_key_cases, unusable_key_cases):
        found.update(group())
    return found


def text(one: Case) -> str:
    """A case as its file holds it."""
    return json.dumps(one, indent=2) + "\n"


def main() -> None:
    """Write every case into its own file."""
    FOLDER.mkdir(exist_ok=True)
    for name, one in cases().items():
        (FOLDER / f"{name}.json").write_text(text(one))


if __name__ == "__main__":
    main()
