"""Bodies of minutes and commitments: what is written comes back, any bytes are read or refused."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadField, PeerError
from openline.exchanges import commitment, minute
from openline.wire import minute as wire
from openline.wire.contact import Words
from openline.wire.kinds import Kind
from openline.wire.minute import Commitment, Progress, Report, Signing, Stance, Word
from tests.exchanges import talks
from tests.feeds.histories import ALPHA, BRAVO, CHARLIE, kept

READERS = {**minute.READERS, **commitment.READERS}
OPENED = talks.minute()
DRAFT = talks.point(ALPHA, 2, OPENED)


def test_each_kind_comes_back() -> None:
    assert wire.parties_of(OPENED.entry) == (ALPHA, BRAVO)
    assert wire.point_of(DRAFT.entry) == Words("The line stays open.")
    assert wire.word_of(talks.word(BRAVO, 1, OPENED, DRAFT).entry) == (Word(Stance.AGREED), Words())
    assert wire.word_of(talks.word(BRAVO, 1, OPENED, DRAFT, "No.").entry) == (Word(Stance.SAYS), Words("No."))
    refused = wire.signing_of(talks.signed(BRAVO, 1, OPENED, bytes(32), "Never.").entry)
    assert refused == (Signing(bytes(32), True), Words("Never."))
    made = talks.commitment()
    assert wire.commitment_of(made.entry)[0] == Commitment(ALPHA, made.entry.header.time + 10_000_000, (ALPHA, BRAVO))  # type: ignore[arg-type]
    assert wire.report_of(talks.report(ALPHA, 2, made, Progress.DONE).entry)[0] == Report(Progress.DONE)


def test_words_may_be_withheld_and_nothing_else() -> None:
    withheld = msgspec.structs.replace(DRAFT.entry, items=(DRAFT.entry.items[0], None))
    assert wire.point_of(withheld) is None
    with pytest.raises(BadField):
        wire.point_of(msgspec.structs.replace(DRAFT.entry, items=(None, DRAFT.entry.items[1])))


@pytest.mark.parametrize("parties", [(), (ALPHA,), (BRAVO, CHARLIE), (ALPHA, BRAVO, ALPHA)])
def test_parties_are_two_or_more_each_once_with_the_author(parties: tuple[bytes, ...]) -> None:
    with pytest.raises(BadField):
        wire.parties_of(talks.minute(parties=parties).entry)  # type: ignore[arg-type]
    with pytest.raises(BadField):
        wire.commitment_of(talks.commitment(parties=parties).entry)  # type: ignore[arg-type]


@given(st.sampled_from(sorted(READERS)), st.lists(st.binary(max_size=80), max_size=3))
def test_any_bytes_are_read_or_refused(kind: Kind, items: list[bytes]) -> None:
    try:
        READERS[kind](kept(ALPHA, 1, kind, *items).entry)
    except PeerError:
        return
