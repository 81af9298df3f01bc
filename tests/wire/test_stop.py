"""Bodies of a STOP: what fits is read, anything else is refused."""

from __future__ import annotations

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from openline.errors import BadField, PeerError
from openline.exchanges.stop import READERS
from openline.terms import Instant
from openline.wire import stop as wire
from openline.wire.kinds import Kind
from openline.wire.notice import TO, To
from openline.wire.stop import Head, Hit, ReadBack, Spot
from tests.exchanges.warnings import CIRCLE
from tests.feeds.histories import ALPHA, BRAVO, kept


def test_each_comes_back() -> None:
    head, hit, spot = (
        Head(to=(BRAVO,), since=Instant(5), notice=bytes(32)),
        Hit(what="a", where="b", by="c"),
        Spot((CIRCLE,)),
    )
    entry = kept(ALPHA, 1, Kind.STOP, *wire.items(head, hit, spot)).entry
    assert (wire.head_of(entry), wire.hit_of(entry), wire.spot_of(entry)) == (head, hit, spot)
    read = ReadBack(what="a", where="b", text="we stop")
    assert wire.read_back_of(kept(BRAVO, 1, Kind.STOP_READ_BACK, wire.READ_BACK.item(read)).entry) == read
    passed = kept(BRAVO, 1, Kind.STOP_PASSED, wire.PASSED.item(wire.Passed(Instant(3))), TO.item(To("battery"))).entry
    assert (wire.passed_of(passed).at, wire.unit_of(passed)) == (3, "battery")
    said = kept(ALPHA, 1, Kind.STOP_WITHDRAWN, wire.SAID.item(wire.Said("over"))).entry
    assert wire.said_of(said) == "over"


def test_passed_on_to_nobody() -> None:
    entry = kept(BRAVO, 1, Kind.STOP_PASSED, wire.PASSED.item(wire.Passed(Instant(3))), TO.item(To(" "))).entry
    with pytest.raises(BadField):
        wire.unit_of(entry)


@examples(st.lists(st.binary(max_size=40), max_size=4), st.sampled_from(sorted(READERS)))
def test_any_items_are_read_or_refused(items: list[bytes], kind: Kind) -> None:
    try:
        READERS[kind](kept(ALPHA, 1, kind, *items).entry)
    except PeerError:
        return
