"""The effects are closed: what may come out of the machine, and which of it must be durable first."""

from __future__ import annotations

from typing import get_args

import msgspec
import pytest

from openline.engine import effects
from openline.engine.effects import KEEPS, Effect
from openline.engine.events import CarryOut, CheckDigits, MakeCheckpoint, Send
from openline.feeds.record import Keep
from openline.terms import EntryId, Precedence
from tests.engine.pair import Wire


def test_every_effect_is_listed() -> None:
    named = {
        each
        for each in vars(effects).values()
        if isinstance(each, type) and issubclass(each, msgspec.Struct) and each.__module__ == effects.__name__
    }
    assert set(get_args(Effect)) == named | set(KEEPS)
    assert set(KEEPS) == set(get_args(Keep))


@pytest.mark.parametrize("effect", get_args(Effect))
def test_an_effect_cannot_be_changed_afterwards(effect: type[msgspec.Struct]) -> None:
    assert effect.__struct_config__.frozen


def test_every_effect_is_asked_for_somewhere() -> None:
    """A short life of three posts brings about all effects but those of a restored or forked feed."""
    wire = Wire("Alpha", "Bravo", "Charlie")
    alpha, bravo, _ = wire.posts
    line = wire.line()
    alpha.do(CheckDigits, bravo.id, EntryId(bytes(32)), alpha.id)
    wire.sever("Alpha", "Bravo")
    alpha.do(Send, line=line, text="Are these your aircraft?", precedence=Precedence.FLASH)
    alpha.do(MakeCheckpoint, line)
    alpha.do(CarryOut, line, bravo.id, tuple(alpha.entries(line, alpha)))
    wire.silent.add(frozenset(("Alpha", "Charlie")))
    wire.wait(120)
    seen = {type(effect) for post in wire.posts for effect in post.effects}
    assert seen >= set(get_args(Effect)) - {effects.Refuse, effects.Fetch, effects.Regrow, effects.Refold}
