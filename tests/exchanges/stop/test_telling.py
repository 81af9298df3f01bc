"""A STOP rings at once, and every two minutes until it is read back and passed on."""

from __future__ import annotations

from openline.exchanges.stop import ALARMS_MAX, EVERY_MS, due, fold, overdue, told
from openline.feeds.record import Kept
from openline.terms import Instant, PostId, Precedence
from tests.exchanges.warnings import SIGNED, added, read_back, stop_folded, stop_passed, stopped, withdrawn
from tests.feeds.histories import ALPHA, BRAVO, CHARLIE

STOP = stopped(what="aid convoy", where="km 12")
NAMES = {ALPHA: "Alpha", BRAVO: "Bravo", CHARLIE: "Charlie"}


def name_of(post: PostId) -> str:
    return NAMES[post]


def codes(me: PostId, *entries: Kept, news: Kept) -> list[str]:
    before = fold(each for each in entries if each is not news)
    return [each.code for each in told(before, stop_folded(*entries), me, name_of)]


def test_it_is_told_as_flash_with_what_is_known() -> None:
    (news,) = told(None, stop_folded(STOP), BRAVO, name_of)
    assert (news.code, news.precedence) == ("stop", Precedence.FLASH)
    assert "Who: aid convoy. Where: km 12." in news.text
    assert "Nothing else is known yet" in told(None, stop_folded(stopped()), BRAVO, name_of)[0].text
    assert told(None, stop_folded(STOP), ALPHA, name_of) == ()


def test_the_rest_is_told_too() -> None:
    for each in (added(2, STOP, by="x"), withdrawn(2, STOP)):
        assert codes(BRAVO, STOP, each, news=each) == ["stop-changed"]
    for each in (read_back(1, STOP, STOP, "aid convoy", "km 12"), stop_passed(1, STOP)):
        assert codes(ALPHA, STOP, each, news=each) == ["stop-answered"]
        (news,) = told(fold([STOP]), stop_folded(STOP, each), ALPHA, name_of)
        assert news.precedence == Precedence.PRIORITY, "good news never stands above what still waits"
        assert codes(CHARLIE, STOP, each, news=each) == []


def test_it_rings_every_two_minutes_at_both_desks_and_not_for_ever() -> None:
    state = stop_folded(STOP).state
    for me in (ALPHA, BRAVO):
        times, after = [], Instant(0)
        while (at := due(state, me, after)) is not None:
            times.append(at - SIGNED)
            after = at
        assert times == [EVERY_MS * count for count in range(1, ALARMS_MAX + 1)]
    assert due(state, CHARLIE, Instant(0)) is None
    (there,) = overdue(state, ALPHA, Instant(SIGNED + EVERY_MS), name_of)
    assert there.text == "2 minutes after the STOP nobody at Bravo has taken it. It is neither read back nor passed on."
    assert there.precedence == Precedence.FLASH


def test_it_stops_when_both_are_done_or_it_is_withdrawn() -> None:
    read = read_back(1, STOP, STOP, "aid convoy", "km 12")
    (owed,) = overdue(stop_folded(STOP, read).state, BRAVO, Instant(SIGNED), name_of)
    assert "read back" not in owed.text
    assert due(stop_folded(STOP, read, stop_passed(2, STOP)).state, ALPHA, Instant(0)) is None
    assert due(stop_folded(STOP, withdrawn(2, STOP)).state, BRAVO, Instant(0)) is None
