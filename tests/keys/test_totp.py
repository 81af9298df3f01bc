"""One-time codes: the examples of the RFCs, and each code once."""

from __future__ import annotations

import pytest

from openline.keys import totp

SECRET = b"12345678901234567890"
"""That of RFC 4226 appendix D and RFC 6238 appendix B."""


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_the_examples_of_rfc_6238(seconds: int, said: str) -> None:
    assert totp.code(SECRET, seconds // 30, 8) == said
    assert totp.code(SECRET, seconds // 30) == said[2:]


def test_the_examples_of_rfc_4226() -> None:
    said = ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"]
    assert [totp.code(SECRET, step) for step in range(10)] == said


def test_a_code_counts_once_and_around_now_only() -> None:
    at = 100 * totp.STEP_MS
    for step in (99, 100, 101):
        assert totp.match(SECRET, totp.code(SECRET, step), at, 0) == step
    for step in (98, 102):
        assert totp.match(SECRET, totp.code(SECRET, step), at, 0) is None
    assert totp.match(SECRET, totp.code(SECRET, 100), at, 100) is None
    assert totp.match(SECRET, totp.code(SECRET, 99), at, 100) is None
    assert totp.match(SECRET, totp.code(SECRET, 101), at, 100) == 101
    for odd in ("", "1", "abcdef", "\ud800", "0" * 7):
        assert totp.match(SECRET, odd, at, 0) is None


def test_the_secret_is_told_to_an_app() -> None:
    assert totp.text_of(SECRET) == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
