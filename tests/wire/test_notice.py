"""Bodies of notices: what fits is read, anything else is refused."""

from __future__ import annotations

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from openline.errors import BadField, PeerError
from openline.exchanges.notice import READERS
from openline.terms import Instant
from openline.wire import notice as wire
from openline.wire.kinds import Kind
from openline.wire.notice import Filled, Particulars, Places, Source
from openline.wire.places import Place, Shape, Span
from tests.exchanges.warnings import CIRCLE, given, head, notice_items, words
from tests.feeds.histories import ALPHA, kept


def test_a_notice_comes_back() -> None:
    source = Source(format="navwarn", original=b"\xff\x00", flags=("a",), refused=("b",))
    entry = given(source=source).entry
    assert wire.head_of(entry) == head()
    assert wire.places_of(entry) == Places((CIRCLE,))
    particulars = wire.particulars_of(entry)
    assert particulars is not None
    assert particulars.text == "Keep clear."
    assert wire.source_of(entry) == source


def test_the_others_come_back() -> None:
    ended = wire.Ended(wire.How.LAPSED, Instant(5))
    entry = kept(ALPHA, 1, Kind.NOTICE_ENDED, wire.ENDED.item(ended), words("over")).entry
    assert (wire.ended_of(entry), wire.words_of(entry)) == (ended, "over")
    postponed = wire.Postponed((Span(Instant(1), Instant(2)),))
    entry = kept(ALPHA, 1, Kind.NOTICE_POSTPONED, wire.POSTPONED.item(postponed), words()).entry
    assert wire.postponed_of(entry) == postponed
    tried = wire.Tried(1, Instant(2), reached=True)
    assert wire.tried_of(kept(ALPHA, 1, Kind.NOTICE_TRIED, wire.TRIED.item(tried), words()).entry) == tried
    passed = kept(
        ALPHA, 1, Kind.NOTICE_PASSED, wire.PASSED_ON.item(wire.PassedOn(Instant(3))), wire.TO.item(wire.To("x"))
    )
    assert (wire.passed_of(passed.entry).at, wire.unit_of(passed.entry)) == (3, "x")
    refusal = wire.Refusal(wire.Why.FORM_NOT_AGREED)
    assert wire.refusal_of(kept(ALPHA, 1, Kind.NOTICE_REFUSED, wire.REFUSAL.item(refusal), words()).entry) == refusal
    assert wire.said_of(kept(ALPHA, 1, Kind.NOTICE_ASKED, words("now?")).entry) == "now?"


def test_what_contradicts_itself_is_refused() -> None:
    twice = Particulars(fields=(Filled("a", "1"), Filled("a", "2")))
    with pytest.raises(BadField):
        wire.particulars_of(given(particulars=twice).entry)
    with pytest.raises(BadField):
        wire.places_of(given(places=Places((Place(shape=Shape.CIRCLE),))).entry)
    with pytest.raises(BadField):
        wire.postponed_of(kept(ALPHA, 1, Kind.NOTICE_POSTPONED, wire.POSTPONED.item(wire.Postponed(())), words()).entry)
    with pytest.raises(BadField):
        wire.head_of(kept(ALPHA, 1, Kind.NOTICE, *notice_items()[:3]).entry)


@examples(st.lists(st.binary(max_size=40), max_size=5), st.sampled_from(sorted(READERS)))
def test_any_items_are_read_or_refused(items: list[bytes], kind: Kind) -> None:
    try:
        READERS[kind](kept(ALPHA, 1, kind, *items).entry)
    except PeerError:
        return
