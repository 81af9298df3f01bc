"""Assertions as people type them, and as JSON holds them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from openline.accounts.assertion import Assertion, Attribution, By, What
from openline.accounts.days import read
from openline.accounts.numbers import Count
from openline.errors import Misuse, UnknownName
from openline.post.post import Post
from openline.post.service import Service
from openline.post.source.requests import AccountMark
from openline.post.source.values import assertion_of, assertion_value, attribution_of
from tests.post.inside import alone, home


def asked(**parts: Any) -> AccountMark:
    return AccountMark(account="", words="", **parts)


async def test_what_a_person_picks(tmp_path: Path) -> None:
    async def body(_: Post, service: Service) -> None:
        number = asked(what="number", number="60..100", of="missiles", according_to="via:The Times")
        expected = Assertion(
            what=What.NUMBER, number=Count(60, 100, "missiles"), according_to=Attribution(By.VIA, "The Times")
        )
        assert assertion_of(service.names, number) == expected
        before = Assertion(what=What.WHEN, days=read("2022-10"), who=("Russia",))
        over = assertion_of(service.names, asked(what="last-before", days="2022-11"), before)
        assert over == Assertion(what=What.LAST_BEFORE, days=read("2022-11"), who=("Russia",))
        for wrong in ({}, {"what": "guess"}, {"what": "when"}, {"what": "when", "days": "soon"}):
            with pytest.raises(Misuse):
                assertion_of(service.names, asked(**wrong))
        with pytest.raises(UnknownName):
            assertion_of(service.names, asked(what="said", text="so", entry="f" * 64))

    await alone(home(tmp_path, "North"), body)


@pytest.mark.parametrize(
    ("said", "attribution"),
    [
        ("publisher", Attribution()),
        ("unnamed", Attribution(By.UNNAMED)),
        ("unnamed:two officials", Attribution(By.UNNAMED, "two officials")),
        ("person: General Brown", Attribution(By.PERSON, "General Brown")),
        ("office:Kremlin", Attribution(By.OFFICE, "Kremlin")),
    ],
)
def test_a_voice(said: str, attribution: Attribution) -> None:
    assert attribution_of(said) == attribution


def test_what_is_no_voice() -> None:
    with pytest.raises(Misuse):
        attribution_of("somebody")


def test_an_assertion_as_json_holds_it() -> None:
    value = assertion_value(Assertion(what=What.WHEN, days=read("2022-10"), number=Count(2, None)))
    assert value["days"] == {"first": "2022-10-01", "last": "2022-10-31"}
    assert value["number"] == {"least": 2, "most": None, "of": ""}
    assert value["according_to"] == {"by": "publisher", "name": "", "says": "the publisher"}
    assert value["says"] == "when 2 and more on 2022-10"
