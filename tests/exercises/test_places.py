"""The lines on which tables and keys stand."""

from __future__ import annotations

from openline.exercises.places import Places
from tests.exercises.samples import SMALL

TEXT = '''a = 1
[sources]
x = "y"
[[step]]
do = """
[[step]]
at = 1
"""
at = 2
[[step]] # the second
  at = 3
'''


def test_keys_headers_and_texts_of_several_lines() -> None:
    places = Places(TEXT)
    assert places.of("", 0, "a") == 1
    assert places.of("sources", 0, "x") == 3
    assert (places.of("step"), places.of("step", 0, "do"), places.of("step", 0, "at")) == (4, 5, 9)
    assert (places.of("step", 1), places.of("step", 1, "at")) == (10, 11)


def test_only_line_feeds_end_lines() -> None:
    """So TOML and editors count."""
    assert Places('a = "x\u2028y\x85z"\r\nb = 1\r\n').of("", 0, "b") == 2


def test_what_is_not_there_is_on_the_line_of_what_should_have_it() -> None:
    places = Places(TEXT)
    assert places.of("step", 1, "party") == 10
    assert places.of("goal", 3, "name") == places.of("", 0, "title") == 1
    lines = SMALL.splitlines()
    assert lines[Places(SMALL).of("party.office", 0, "holders") - 1].startswith("holders")
