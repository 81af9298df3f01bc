"""Bodies of link checks: what fits is read, anything else is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.engine.machines import OF_KIND
from openline.errors import BadField, PeerError
from openline.terms import EntryId, Instant
from openline.wire.kinds import Kind
from openline.wire.linkcheck import (
    CHECK,
    MISSED,
    OUTAGE,
    Check,
    Missed,
    Outage,
    Silence,
    check_of,
    missed_of,
    outage_of,
)
from tests.feeds.histories import ALPHA, BRAVO, kept

CHECKED = Check(slot=Instant(1), answer_by=Instant(2), asked=(BRAVO,), text="Swans.", human=True)


def test_each_comes_back() -> None:
    missed = Missed(member=BRAVO, slot=Instant(1), number=3, last=EntryId(bytes(32)))
    outage = Outage(begins=Instant(1), ends=Instant(2), why=Silence.MOVE, text="to the annex")
    assert check_of(kept(ALPHA, 1, Kind.CHECK, CHECK.item(CHECKED)).entry) == CHECKED
    assert missed_of(kept(ALPHA, 1, Kind.CHECK_MISSED, MISSED.item(missed)).entry) == missed
    assert outage_of(kept(ALPHA, 1, Kind.OUTAGE, OUTAGE.item(outage)).entry) == outage


@pytest.mark.parametrize("asked", [(), (ALPHA,), (BRAVO, BRAVO)])
def test_a_check_asks_others_each_once(asked: tuple[bytes, ...]) -> None:
    body = Check(slot=Instant(1), answer_by=Instant(2), asked=asked, text="Swans.")  # type: ignore[arg-type]
    with pytest.raises(BadField):
        check_of(kept(ALPHA, 1, Kind.CHECK, CHECK.item(body)).entry)


def test_an_outage_does_not_end_before_it_begins() -> None:
    body = Outage(begins=Instant(2), ends=Instant(2), why=Silence.OUTAGE)
    with pytest.raises(BadField):
        outage_of(kept(ALPHA, 1, Kind.OUTAGE, OUTAGE.item(body)).entry)


KINDS = (Kind.CHECK, Kind.CHECK_ANSWER, Kind.CHECK_MISSED, Kind.OUTAGE, Kind.OUTAGE_OVER)


@given(st.sampled_from(KINDS), st.lists(st.binary(max_size=40), max_size=2))
def test_any_bytes_are_read_or_refused(kind: Kind, items: list[bytes]) -> None:
    try:
        OF_KIND[kind].readers[kind](kept(ALPHA, 1, kind, *items).entry)
    except PeerError:
        return
    assert items == [] or len(items) == 1
