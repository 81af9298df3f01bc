"""Rosters: what is published comes back; holders stand one after the other."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadField, PeerError
from openline.exchanges.roster import READERS
from openline.terms import Instant
from openline.wire.kinds import Kind
from openline.wire.roster import (
    FALLBACKS,
    OFFICES,
    Fallback,
    Fallbacks,
    Holder,
    Office,
    Offices,
    fallbacks_of,
    offices_of,
)
from tests.feeds.histories import ALPHA, kept

CHIEF = Office(
    name="Chief",
    holders=(Holder("Old", Instant(0), Instant(10)), Holder("New", Instant(10))),
    deputies=("First deputy", "Second deputy"),
    languages=("ru", "en"),
    hours="day and night",
)
WAYS = Fallbacks((Fallback("telephone", "+00 000", "duty officer"),))


def items(*offices: Office) -> tuple[bytes, bytes]:
    return OFFICES.item(Offices(offices)), FALLBACKS.item(WAYS)


def test_a_roster_comes_back_and_contacts_may_be_withheld() -> None:
    entry = kept(ALPHA, 1, Kind.ROSTER, *items(CHIEF)).entry
    assert (offices_of(entry).offices, fallbacks_of(entry)) == ((CHIEF,), WAYS)
    assert fallbacks_of(msgspec.structs.replace(entry, items=(entry.items[0], None))) is None


@pytest.mark.parametrize(("at", "name"), [(0, "Old"), (9, "Old"), (10, "New"), (1 << 50, "New")])
def test_who_holds_an_office_at_a_time(at: int, name: str) -> None:
    holder = CHIEF.holder_at(Instant(at))
    assert holder is not None
    assert holder.name == name
    assert Office(name="Vacant", holders=(Holder("Old", Instant(1), Instant(2)),)).holder_at(Instant(at)) is None


@pytest.mark.parametrize(
    "offices",
    [
        (CHIEF, CHIEF),
        (Office(name=""),),
        (Office(name="a", holders=(Holder("x"), Holder("y", Instant(1)))),),
        (Office(name="a", holders=(Holder("x", Instant(5), Instant(9)), Holder("y", Instant(8)))),),
        (Office(name="a", holders=(Holder("x", Instant(5), Instant(4)),)),),
    ],
)
def test_what_does_not_hold_together_is_refused(offices: tuple[Office, ...]) -> None:
    with pytest.raises(BadField):
        offices_of(kept(ALPHA, 1, Kind.ROSTER, *items(*offices)).entry)


@given(st.lists(st.binary(max_size=40), max_size=3))
def test_any_bytes_are_read_or_refused(held: list[bytes]) -> None:
    try:
        READERS[Kind.ROSTER](kept(ALPHA, 1, Kind.ROSTER, *held).entry)
    except PeerError:
        return
    assert len(held) == 2
