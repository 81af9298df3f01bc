"""Bodies of claims: what is written comes back, any bytes are read or refused, the digest is that of the words."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadField, PeerError
from openline.exchanges import claim as machine
from openline.feeds.record import Kept
from openline.limits import CLAIM_FILES_MAX, CLAIM_TOLD_MAX
from openline.terms import Instant
from openline.wire import claim as wire
from openline.wire.claim import Answer, Claim, ClaimWords, Evidence, File, Stance, Told
from openline.wire.contact import Words
from openline.wire.entry import Entry
from openline.wire.kinds import Kind
from tests.exchanges import asking
from tests.feeds.histories import ALPHA, BRAVO, CHARLIE, kept

PUT = asking.claim()


def test_each_kind_comes_back() -> None:
    words = ClaimWords(asking.TEXT, asking.TAG)
    claim = Claim(wire.digest_of(words), (BRAVO, CHARLIE), Instant(asking.REPLY_BY))
    assert wire.claim_of(PUT.entry) == (claim, words)
    assert wire.claim_of(asking.claim(reply_by=0).entry)[0].reply_by == 0
    asks = asking.stance(BRAVO, 1, PUT, Stance.ASKS_EVIDENCE)
    assert wire.answer_of(asks.entry) == (Answer(Stance.ASKS_EVIDENCE), Words("So we say."))
    file = File("map.pdf", bytes(32))
    assert wire.evidence_of(asking.evidence(2, PUT, file, text="").entry) == (Evidence((file,)), Words())
    assert wire.told_of(asking.told_others(2, PUT, "Paris", "London").entry) == Told(("Paris", "London"))
    assert wire.withdrawn_of(asking.withdrawn(2, PUT).entry) == Words("It was an error.")


def test_the_digest_hangs_on_the_text_and_on_the_tag() -> None:
    digests = {
        wire.digest_of(ClaimWords(text, tag)) for text in ("One.", "Two.") for tag in (asking.TAG, bytes([8]) * 32)
    }
    assert len(digests) == 4


def withheld(entry: Entry, place: int) -> Entry:
    items = tuple(None if at == place else item for at, item in enumerate(entry.items))
    return msgspec.structs.replace(entry, items=items)


def test_words_may_be_withheld_and_nothing_else() -> None:
    assert wire.claim_of(withheld(PUT.entry, 1))[1] is None
    assert wire.told_of(withheld(asking.told_others(2, PUT, "Paris").entry, 0)) is None
    with pytest.raises(BadField):
        wire.claim_of(withheld(PUT.entry, 0))


@pytest.mark.parametrize(
    "entry",
    [
        asking.claim(parties=()),
        asking.claim(parties=(ALPHA, BRAVO)),
        asking.claim(parties=(BRAVO, BRAVO)),
        asking.claim(text=" \n"),
        asking.claim(digest=bytes(32)),
    ],
    ids=["nobody", "its author", "twice", "no text", "another digest"],
)
def test_bad_claims(entry: Kept) -> None:
    with pytest.raises(BadField):
        wire.claim_of(entry.entry)


def test_bad_evidence_and_names() -> None:
    for bad in (asking.evidence(2, PUT, text=" "), asking.evidence(2, PUT, File(" ", bytes(32)))):
        with pytest.raises(BadField):
            wire.evidence_of(bad.entry)
    with pytest.raises(BadField):
        wire.evidence_of(asking.evidence(2, PUT, *[File("x", bytes(32))] * (CLAIM_FILES_MAX + 1)).entry)
    for names in ((), (" ",), ("x",) * (CLAIM_TOLD_MAX + 1)):
        with pytest.raises(BadField):
            wire.told_of(asking.told_others(2, PUT, *names).entry)


@given(st.sampled_from(sorted(machine.READERS)), st.lists(st.binary(max_size=80), max_size=3))
def test_any_bytes_are_read_or_refused(kind: Kind, items: list[bytes]) -> None:
    try:
        machine.READERS[kind](kept(ALPHA, 1, kind, *items).entry)
    except PeerError:
        return
