"""Announced silence: from when to when, called off by who announced it, once."""

from __future__ import annotations

from openline.exchanges.outage import fold, told
from openline.feeds.record import Kept
from openline.terms import Instant, PostId, TrafficClass
from openline.wire.kinds import Kind
from openline.wire.linkcheck import OUTAGE, Outage, Silence
from tests.feeds.histories import ALPHA, BRAVO, kept

BODY = Outage(begins=Instant(10), ends=Instant(30), why=Silence.RADIO_SILENCE)
ANNOUNCED = kept(ALPHA, 1, Kind.OUTAGE, OUTAGE.item(BODY))


def over(by: PostId = ALPHA, number: int = 2, **fields: object) -> Kept:
    given = {"exchange": ANNOUNCED.entry.id, "refers": (ANNOUNCED.entry.id,), "at": 20, **fields}
    return kept(by, number, Kind.OUTAGE_OVER, **given)  # type: ignore[arg-type]


def test_silence_is_explained_until_it_is_over() -> None:
    folded, ended = fold([ANNOUNCED]), fold([ANNOUNCED, over()])
    assert folded is not None
    assert ended is not None
    assert [folded.state.covers(Instant(at)) for at in (9, 10, 30, 31)] == [False, True, True, False]
    assert [ended.state.covers(Instant(at)) for at in (20, 21)] == [True, False]


def test_what_counts_for_nothing() -> None:
    for entry in (over(BRAVO, 1, knew={ALPHA: 1}), over(traffic=TrafficClass.DRILL)):
        folded = fold([ANNOUNCED, entry])
        assert folded is not None
        assert folded.state.over is None
        assert len(folded.ignored) == 1
    twice = fold([ANNOUNCED, over(), over(number=3)])
    assert twice is not None
    assert [each.why for each in twice.ignored] == ["it is over already"]


def test_the_others_are_told() -> None:
    before, after = fold([ANNOUNCED]), fold([ANNOUNCED, over()])
    assert before is not None
    assert after is not None
    name = {ALPHA: "Alpha"}.__getitem__
    assert "radio silence" in told(None, before, BRAVO, name)[0].text
    assert "over" in told(before, after, BRAVO, name)[0].text
    assert told(None, before, ALPHA, name) == told(after, after, BRAVO, name) == ()
