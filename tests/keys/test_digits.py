"""Sixty digits as people read, type and paste them."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import LocalError, NotSixtyDigits
from openline.keys.digits import fingerprint, same

DIGITS = fingerprint(b"\x41" * 32)
PLAIN = DIGITS.replace(" ", "")
SCRIPTS = {"Arabic-Indic": 0x660, "Persian": 0x6F0, "Devanagari": 0x966, "full-width": 0xFF10, "bold": 0x1D7CE}


def written(zero: int) -> str:
    return "".join(chr(zero + int(digit)) for digit in PLAIN)


def test_twelve_groups_of_five() -> None:
    assert [len(group) for group in DIGITS.split(" ")] == [5] * 12
    assert PLAIN.isascii()
    assert PLAIN.isdecimal()


def test_it_is_the_hash_of_context_and_id() -> None:
    hashed = hashlib.sha512(b"openline/fingerprint/1\x00" + b"\x41" * 32).hexdigest()
    assert int(PLAIN) == int(hashed, 16) % 10**60


def test_known_digits() -> None:
    assert fingerprint(b"x" * 32) == "56075 32117 89202 14431 80015 36478 11683 25425 40514 83938 03963 08620"


def test_leading_zeros_are_kept() -> None:
    found = next(digits for n in range(10_000) if (digits := fingerprint(n.to_bytes(32))).startswith("00"))
    assert len(found) == 71


@pytest.mark.parametrize("script", SCRIPTS)
def test_any_script(script: str) -> None:
    typed = written(SCRIPTS[script])
    assert same(typed, DIGITS)
    assert not same(typed[::-1], DIGITS)


@pytest.mark.parametrize(
    "between", ["", " ", "\n", "\r\n", "\t", "-", " - ", "\u2013", "\u00a0", "\u202f", "\u200f", "\ufeff"]
)
def test_what_stands_between_does_not_matter(between: str) -> None:
    assert same(f" {between}".join(DIGITS.split(" ")) + "\n", PLAIN)
    assert same(DIGITS, between.join(PLAIN))


@given(st.integers(0, 59), st.integers(1, 9))
def test_any_other_digit_matters(at: int, change: int) -> None:
    other = PLAIN[:at] + str((int(PLAIN[at]) + change) % 10) + PLAIN[at + 1 :]
    assert not same(DIGITS, other)
    assert not same(other, DIGITS)


@pytest.mark.parametrize(
    ("typed", "said"), [("", "are 0"), (PLAIN[1:], "are 59"), (PLAIN + "1", "are 61"), ("12 34", "are 4")]
)
def test_it_says_how_many_were_given(typed: str, said: str) -> None:
    with pytest.raises(NotSixtyDigits, match=said):
        same(typed, DIGITS)
    with pytest.raises(LocalError, match=said):
        same(DIGITS, typed)


@pytest.mark.parametrize("wrong", ["O", "l", ".", "_", "\u00b2", "\u2460", "\u4e00", "\x00", "\u0301"])
def test_it_names_what_is_no_digit(wrong: str) -> None:
    with pytest.raises(NotSixtyDigits) as caught:
        same(PLAIN[:59] + wrong, DIGITS)
    assert repr(wrong) in str(caught.value)


@given(st.text(max_size=100))
def test_any_text_is_compared_or_refused(typed: str) -> None:
    with pytest.raises(NotSixtyDigits):
        same(typed[:59], DIGITS)
