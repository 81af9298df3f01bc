"""Bodies of inquiries: what is written comes back, any bytes are read or refused."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadField, PeerError
from openline.exchanges import inquiry as machine
from openline.feeds.record import Kept
from openline.terms import EntryId, Instant
from openline.wire import inquiry as wire
from openline.wire.contact import Words
from openline.wire.inquiry import Answer, Inquiry, Judgement, Reply, Verdict
from openline.wire.kinds import Kind
from tests.exchanges import asking
from tests.exchanges.talks import said, within
from tests.feeds.histories import ALPHA, BRAVO, kept

ASKED = asking.inquiry(begins=5, ends=9)
SAID = asking.reply(BRAVO, 1, ASKED)


def test_each_kind_comes_back() -> None:
    inquiry, words = wire.inquiry_of(ASKED.entry)
    assert inquiry == Inquiry(BRAVO, Instant(asking.CLOCK), Instant(5), Instant(9))
    assert words is not None
    assert (words.what, words.next_step) == ("Movement of forces", "We ask for a meeting.")
    assert wire.answer_of(SAID.entry) == (Answer(Reply.ANSWERED), Words("A drill."))
    other = asking.reply(BRAVO, 1, ASKED, "", entry=bytes([9]) * 32, channel="the ambassador")
    assert wire.answer_of(other.entry)[0] == Answer(Reply.ELSEWHERE, EntryId(bytes([9]) * 32), "the ambassador")
    bad = asking.judged(ALPHA, 2, ASKED, Verdict.UNSATISFACTORY, SAID, reply_by=7)
    assert wire.judgement_of(bad.entry) == (
        Judgement(Verdict.UNSATISFACTORY, Instant(7)),
        Words("It says too little."),
    )


def test_words_may_be_withheld_and_nothing_else() -> None:
    first, second = ASKED.entry.items
    assert wire.inquiry_of(msgspec.structs.replace(ASKED.entry, items=(first, None)))[1] is None
    with pytest.raises(BadField):
        wire.inquiry_of(msgspec.structs.replace(ASKED.entry, items=(None, second)))


@pytest.mark.parametrize(
    "entry",
    [
        asking.inquiry(post=ALPHA),
        asking.inquiry(reply_by=0),
        asking.inquiry(begins=9, ends=5),
        asking.inquiry(what=" "),
    ],
    ids=["of itself", "no clock", "ends first", "about nothing"],
)
def test_bad_inquiries(entry: Kept) -> None:
    with pytest.raises(BadField):
        wire.inquiry_of(entry.entry)


def test_bad_answers_and_judgements() -> None:
    for answer in (Answer(Reply.ELSEWHERE), Answer(Reply.ANSWERED, channel="telephone")):
        bad = within(BRAVO, 1, Kind.INQUIRY_ANSWER, ASKED, wire.ANSWER.item(answer), said("x"))
        with pytest.raises(BadField):
            wire.answer_of(bad.entry)
    with pytest.raises(BadField):
        wire.answer_of(asking.reply(BRAVO, 1, ASKED, " ").entry)
    for judgement, why in (
        (Judgement(Verdict.SATISFIED, Instant(7)), ""),
        (Judgement(Verdict.UNSATISFACTORY), " "),
    ):
        bad = within(ALPHA, 2, Kind.INQUIRY_JUDGED, ASKED, wire.JUDGEMENT.item(judgement), said(why))
        with pytest.raises(BadField):
            wire.judgement_of(bad.entry)


@given(st.sampled_from(sorted(machine.READERS)), st.lists(st.binary(max_size=80), max_size=3))
def test_any_bytes_are_read_or_refused(kind: Kind, items: list[bytes]) -> None:
    try:
        machine.READERS[kind](kept(ALPHA, 1, kind, *items).entry)
    except PeerError:
        return
