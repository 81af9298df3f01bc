"""Every error says what happened and what to do, under a code of its own, and is on one of two sides."""

from __future__ import annotations

import re

import pytest

from openline import errors

EVERY = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, errors.OpenlineError)]


def test_no_code_is_used_twice() -> None:
    assert len({error.code for error in EVERY}) == len(EVERY) > 3


@pytest.mark.parametrize("error", EVERY, ids=lambda error: str(error.code))
def test_a_code_is_plain_and_its_own(error: type[errors.OpenlineError]) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", error.code)
    assert "code" in vars(error)


@pytest.mark.parametrize(
    "error", [each for each in EVERY if each is not errors.OpenlineError], ids=lambda e: str(e.code)
)
def test_an_error_is_ours_or_theirs(error: type[errors.OpenlineError]) -> None:
    assert issubclass(error, errors.LocalError) != issubclass(error, errors.PeerError)


@pytest.mark.parametrize("error", EVERY, ids=lambda error: str(error.code))
def test_the_sentence_comes_first_then_the_advice(error: type[errors.OpenlineError]) -> None:
    words = str(error("It rained."))
    assert words == ("It rained. " + error.advice).strip()
    assert not error.advice or error.advice.endswith(".")
