"""The sixty digits by which two people compare a post's keys by voice (about 199 bits)."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import Final

from openline.errors import NotSixtyDigits

DIGITS: Final = 60
GROUP_DIGITS: Final = 5
CONTEXT: Final = b"openline/fingerprint/1\x00"


def fingerprint(post_id: bytes) -> str:
    """Twelve groups of five decimal digits, separated by one space: SHA-512 of context and id, modulo 10**60."""
    number = int.from_bytes(hashlib.sha512(CONTEXT + post_id).digest()) % 10**DIGITS
    digits = f"{number:0{DIGITS}d}"
    return " ".join(digits[at : at + GROUP_DIGITS] for at in range(0, DIGITS, GROUP_DIGITS))


def same(a: str, b: str) -> bool:
    """True when both are the same sixty digits, however they were typed.

    Spaces, line breaks, hyphens and invisible marks of direction do not matter, nor in which script the digits are.
    NotSixtyDigits when either is anything else.
    """
    return _plain(a) == _plain(b)


def _plain(typed: str) -> str:
    digits = []
    for character in typed:
        value = unicodedata.decimal(character, None)
        if value is not None:
            digits.append(str(value))
        elif not (character.isspace() or unicodedata.category(character) in ("Pd", "Cf")):
            raise NotSixtyDigits(f"A fingerprint is {DIGITS} digits; {character!r} is not a digit.")
    if len(digits) != DIGITS:
        raise NotSixtyDigits(f"A fingerprint is {DIGITS} digits; these are {len(digits)}.")
    return "".join(digits)
