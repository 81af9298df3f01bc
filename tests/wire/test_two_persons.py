"""Two persons: which entries want them, by kind, and which never wait."""

from __future__ import annotations

from typing import Any

import pytest

from openline.terms import EntryId, Instant, LineId, PostId, Precedence
from openline.wire.entry import Act, Drafted, Header
from openline.wire.kinds import Kind
from openline.wire.notice import HEAD, Head
from openline.wire.rules import FormRef, Rules
from openline.wire.two_persons import BY_THEMSELVES, NEVER_WAIT, lacking, wanted

SIGNED = Act(1, bytes(16), "", Instant(1), bytes(64))
BOTH = Act(1, bytes(16), "", Instant(1), bytes(64), Drafted(2, "", Instant(1), bytes(64)))


def header(kind: int, **more: Any) -> Header:
    """A header of this kind."""
    fields = {"line": LineId(bytes(32)), "author": PostId(bytes(32)), "number": 1, "previous": None}
    return Header(**{**fields, "time": Instant(1), "terms": 1, "epoch": 1, "kind": kind, **more})


def notice(form: str) -> bytes:
    """The first item of a notice by this form."""
    return HEAD.item(Head(form=FormRef(form, 1, bytes(32)), year=2026))


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: str(kind.name))
def test_a_kind_wants_two_persons_where_the_rules_name_it_and_it_may_wait(kind: Kind) -> None:
    items = (notice("missile-launch"),)
    assert not wanted(Rules(), header(kind), items)
    never = kind in NEVER_WAIT or kind in BY_THEMSELVES or kind < Kind.MESSAGE
    assert wanted(Rules(two_persons=(int(kind),)), header(kind), items) is not never


def test_an_answer_never_waits() -> None:
    rules = Rules(two_persons=(Kind.MESSAGE,))
    assert wanted(rules, header(Kind.MESSAGE), ())
    assert not wanted(rules, header(Kind.MESSAGE, exchange=EntryId(bytes(32))), ())


def test_the_accident_form_never_waits_and_of_what_is_withheld_nobody_can_say() -> None:
    rules = Rules(two_persons=(Kind.NOTICE, Kind.NOTICE_AMENDED))
    for kind in (Kind.NOTICE, Kind.NOTICE_AMENDED):
        assert wanted(rules, header(kind), (notice("movement-of-forces"),))
        assert not wanted(rules, header(kind), (notice("accident"),))
        assert not wanted(rules, header(kind), (None,))
        assert not wanted(rules, header(kind), (b"\xff",))


def test_one_or_none_is_lacking_and_a_flash_by_one_is_not() -> None:
    rules = Rules(two_persons=(Kind.MESSAGE,))
    flash = Precedence.FLASH
    assert lacking(rules, header(Kind.MESSAGE), ())
    assert lacking(rules, header(Kind.MESSAGE, act=SIGNED), ())
    assert lacking(rules, header(Kind.MESSAGE, precedence=flash), ())
    assert lacking(rules, header(Kind.MESSAGE, act=SIGNED, precedence=Precedence.IMMEDIATE), ())
    assert not lacking(rules, header(Kind.MESSAGE, act=SIGNED, precedence=flash), ())
    assert not lacking(rules, header(Kind.MESSAGE, act=BOTH), ())
    assert not lacking(Rules(), header(Kind.MESSAGE), ())
