"""Bodies of readouts: what is written comes back, a text fits its digest, any bytes are read or refused."""

from __future__ import annotations

import hashlib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadField, PeerError
from openline.exchanges.readout import READERS
from openline.limits import READOUT_TEXT_MAX_BYTES
from openline.terms import EntryId
from openline.wire import readout as wire
from openline.wire.contact import Words
from openline.wire.entry import Entry
from openline.wire.kinds import Kind
from openline.wire.readout import Answer, Filing, Mark, Sort, Span, Text, Word
from tests.exchanges import published, talks
from tests.feeds.histories import ALPHA, BRAVO, CHARLIE, kept

FILED = published.readout()


def filed(filing: Filing, text: str) -> Entry:
    """A readout with these items."""
    return talks.opening(ALPHA, 1, Kind.READOUT, wire.FILING.item(filing), wire.TEXT.item(Text(text))).entry


def marked(mark: Mark) -> Entry:
    """A mark with this body."""
    return kept(ALPHA, 2, Kind.READOUT_MARK, wire.MARK.item(mark), talks.said("")).entry


def test_each_kind_comes_back() -> None:
    filing, text = wire.filing_of(FILED.entry)
    assert (filing, text) == (published.filing(), published.SPOKE)
    assert filing.held == filing.size == len(published.SPOKE.encode()) > len(published.SPOKE)
    assert wire.filing_of(published.readout(of=BRAVO).entry)[0].of == BRAVO
    on = published.mark(BRAVO, 1, FILED, Sort.DIFFERS, span=(3, 8), other=(1, 2))
    assert wire.mark_of(on.entry) == (Mark(Sort.DIFFERS, Span(3, 8), Span(1, 2)), Words())
    said = published.answer(ALPHA, 2, FILED, on, Answer.DISPUTED)
    assert wire.word_of(said.entry) == (Word(Answer.DISPUTED), Words())


def test_a_text_may_be_withheld_and_nothing_else() -> None:
    withheld = msgspec.structs.replace(FILED.entry, items=(FILED.entry.items[0], None))
    assert wire.filing_of(withheld) == (published.filing(), None)
    with pytest.raises(BadField):
        wire.filing_of(msgspec.structs.replace(FILED.entry, items=(None, FILED.entry.items[1])))


def test_of_a_long_text_the_beginning_is_held() -> None:
    long = "я" * (READOUT_TEXT_MAX_BYTES // 2) + "end"
    filing = published.filing(long)
    beginning = long.encode()[:READOUT_TEXT_MAX_BYTES].decode()
    assert wire.filing_of(filed(filing, beginning)) == (filing, beginning)
    assert filing.held == READOUT_TEXT_MAX_BYTES < filing.size
    for text in (beginning[:-3], "short"):
        with pytest.raises(BadField):
            wire.filing_of(filed(filing, text))


def test_a_text_is_the_one_of_its_digest() -> None:
    other = hashlib.sha256(b"other").digest()
    for filing in (
        published.filing(digest=other),
        published.filing(size=5),
        published.filing(where=" "),
        published.filing(language=""),
        published.filing(parties=(BRAVO, CHARLIE)),
        published.filing(of=ALPHA),
        published.filing(of=CHARLIE),
    ):
        with pytest.raises(BadField):
            wire.filing_of(filed(filing, published.SPOKE))


@pytest.mark.parametrize(
    "mark",
    [
        Mark(Sort.COVERS),
        Mark(Sort.MISSING, Span(0, 4)),
        Mark(Sort.ADDED, Span(0, 4), Span(0, 4)),
        Mark(Sort.DIFFERS, Span(5, 4)),
        Mark(Sort.DIFFERS, Span(5, 0)),
        Mark(Sort.DIFFERS, Span(0, 4), Span(4, 4)),
    ],
)
def test_a_mark_has_the_spans_of_its_sort(mark: Mark) -> None:
    with pytest.raises(BadField):
        wire.mark_of(marked(mark))


@given(st.sampled_from(sorted(READERS)), st.lists(st.binary(max_size=80), max_size=3))
def test_any_bytes_are_read_or_refused(kind: Kind, items: list[bytes]) -> None:
    try:
        READERS[kind](kept(ALPHA, 1, kind, *items, refers=(EntryId(b"c" * 32),)).entry)
    except PeerError:
        return
