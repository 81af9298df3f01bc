"""Bodies of disclosures: what is written comes back, any bytes are read or refused."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadField, PeerError
from openline.exchanges.disclosure import READERS
from openline.terms import EntryId
from openline.wire import disclosure as wire
from openline.wire.contact import Words
from openline.wire.disclosure import Item
from openline.wire.kinds import Kind
from openline.wire.rules import Disclosure
from tests.exchanges import talks
from tests.feeds.histories import ALPHA, BRAVO, CHARLIE, kept

POINT = EntryId(b"p" * 32)
OPEN_POINT = Item(level=Disclosure.OPEN, about=POINT)


def test_each_kind_comes_back() -> None:
    proposal, words = wire.proposal_of(talks.proposal(ALPHA, 1, Disclosure.AGREED_TEXT, OPEN_POINT, text="Yes.").entry)
    assert proposal.items == (Item(level=Disclosure.AGREED_TEXT), OPEN_POINT)
    assert words == Words("Yes.")
    event, words = wire.event_of(talks.disclosed(ALPHA, 1, 5, about=POINT, asked=True).entry)
    assert (event.at, event.by, event.about, event.asked, event.confirmed_only) == (5, BRAVO, POINT, True, False)
    assert words == Words("It was said.")
    told = talks.breach(BRAVO, 1, talks.disclosed(ALPHA, 1, 5)).entry
    assert wire.breach_of(told) == Words("Too early.")
    assert wire.breach_of(msgspec.structs.replace(told, items=(None,))) is None


def test_what_does_not_hold_together_is_refused() -> None:
    for entry in (
        talks.proposal(ALPHA, 1, Disclosure.OPEN, OPEN_POINT, OPEN_POINT).entry,
        talks.proposal(ALPHA, 1, Disclosure.AGREED_TEXT).entry,
        talks.proposal(ALPHA, 1, text="For nothing.").entry,
        talks.proposal(CHARLIE, 1).entry,
    ):
        with pytest.raises(BadField):
            wire.proposal_of(entry)
    for entry in (talks.disclosed(ALPHA, 1, 5, by=CHARLIE).entry, talks.disclosed(CHARLIE, 1, 5).entry):
        with pytest.raises(BadField):
            wire.event_of(entry)
    with pytest.raises(BadField):
        wire.breach_of(talks.disclosed(ALPHA, 1, 5).entry)


@given(st.sampled_from(sorted(READERS)), st.lists(st.binary(max_size=80), max_size=3))
def test_any_bytes_are_read_or_refused(kind: Kind, items: list[bytes]) -> None:
    try:
        READERS[kind](kept(ALPHA, 1, kind, *items).entry)
    except PeerError:
        return
