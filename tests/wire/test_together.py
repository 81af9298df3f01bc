"""Bodies of simultaneous exchanges: what is written comes back, what binds is one party's alone."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadField, PeerError
from openline.exchanges.together import READERS
from openline.limits import TOGETHER_DOCUMENT_MAX_BYTES
from openline.terms import EntryId, Instant
from openline.wire import together as wire
from openline.wire.contact import Words
from openline.wire.kinds import Kind
from openline.wire.together import Document, Salt, Secret, Together
from tests.exchanges import published, talks
from tests.feeds.histories import ALPHA, BRAVO, CHARLIE, kept

OPENED = published.together()
HERE, THERE = EntryId(b"h" * 32), EntryId(b"t" * 32)


def test_each_kind_comes_back() -> None:
    body = Together(talks.BOTH, Instant(1_000), Instant(2_000))
    assert wire.together_of(OPENED.entry) == (body, Words("The list."))
    secret = published.secret(BRAVO)
    digest = wire.digest(OPENED.entry.id, BRAVO, secret)
    assert wire.committed_of(published.committed(BRAVO, 1, OPENED).entry) == digest
    assert wire.revealed_of(published.revealed(BRAVO, 2, OPENED).entry) == secret
    gone = published.withdrawn(BRAVO, 1, OPENED).entry
    assert wire.withdrawn_of(gone) == Words("No.")
    assert wire.withdrawn_of(msgspec.structs.replace(gone, items=(None,))) is None


def test_what_does_not_hold_together_is_refused() -> None:
    for body in (
        Together((ALPHA,), Instant(1), Instant(2)),
        Together((BRAVO, CHARLIE), Instant(1), Instant(2)),
        Together(talks.BOTH, Instant(2), Instant(2)),
    ):
        with pytest.raises(BadField):
            wire.together_of(kept(ALPHA, 1, Kind.TOGETHER, wire.TOGETHER.item(body), talks.said("x")).entry)
    with pytest.raises(BadField):
        wire.together_of(kept(ALPHA, 1, Kind.TOGETHER, *OPENED.entry.items[:1], talks.said(" ")).entry)  # type: ignore[arg-type]


def test_a_document_that_is_withheld_or_empty_or_too_large_is_not_shown() -> None:
    shown = published.revealed(ALPHA, 2, OPENED).entry
    with pytest.raises(BadField):
        wire.revealed_of(msgspec.structs.replace(shown, items=(shown.items[0], None)))
    for document in (b"", bytes(TOGETHER_DOCUMENT_MAX_BYTES + 1)):
        items = (wire.SALT.item(Salt(bytes(32))), wire.DOCUMENT.item(Document(document)))
        with pytest.raises(BadField):
            wire.revealed_of(kept(ALPHA, 2, Kind.TOGETHER_REVEALED, *items).entry)
    most = Secret(bytes(32), "n" * 64, bytes(TOGETHER_DOCUMENT_MAX_BYTES))
    assert wire.revealed_of(kept(ALPHA, 2, Kind.TOGETHER_REVEALED, *wire.items_of(most)).entry) == most


def test_a_digest_is_of_one_party_in_one_exchange() -> None:
    first = Secret(bytes(32), "a", b"One.")
    others = [
        wire.digest(HERE, ALPHA, first),
        wire.digest(THERE, ALPHA, first),
        wire.digest(HERE, BRAVO, first),
        wire.digest(HERE, ALPHA, Secret(bytes(31) + b"1", "a", b"One.")),
        wire.digest(HERE, ALPHA, Secret(bytes(32), "", b"aOne.")),
        wire.digest(HERE, ALPHA, Secret(bytes(32), "a", b"Two.")),
    ]
    assert len(set(others)) == len(others)


@given(st.sampled_from(sorted(READERS)), st.lists(st.binary(max_size=80), max_size=3))
def test_any_bytes_are_read_or_refused(kind: Kind, items: list[bytes]) -> None:
    try:
        READERS[kind](kept(ALPHA, 1, kind, *items).entry)
    except PeerError:
        return
