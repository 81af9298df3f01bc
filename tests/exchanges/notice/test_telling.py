"""What people are told of a notice, and what is due."""

from __future__ import annotations

from openline.exchanges.notice import due, fold, overdue, told
from openline.feeds.record import Kept
from openline.terms import Instant, PostId, Precedence
from openline.wire import notice as wire
from openline.wire.kinds import Kind
from openline.wire.notice import How, Source
from openline.wire.places import Span
from tests.exchanges.warnings import (
    HOUR,
    OPENS,
    SIGNED,
    about,
    acknowledged,
    amended,
    ended,
    folded,
    given,
    head,
    passed,
    said,
    tried,
    words,
)
from tests.feeds.histories import ALPHA, BRAVO, CHARLIE

GIVEN = given()
NAMES = {ALPHA: "Alpha", BRAVO: "Bravo", CHARLIE: "Charlie"}


def name_of(post: PostId) -> str:
    return NAMES[post]


def codes(me: PostId, *entries: Kept, news: tuple[Kept, ...]) -> list[str]:
    before = fold(each for each in entries if each not in news)
    return [each.code for each in told(before, folded(*entries), me, name_of)]


def later(me: PostId, at: int, *entries: Kept) -> list[str]:
    return [each.text for each in overdue(folded(*entries).state, me, Instant(at), name_of)]


def test_both_sides_are_told_of_what_is_new() -> None:
    change, end = amended(2, GIVEN, GIVEN), ended(2, GIVEN)
    yes, on = acknowledged(1, GIVEN, GIVEN), passed(1, GIVEN, GIVEN)
    assert codes(BRAVO, GIVEN, news=(GIVEN,)) == ["notice-given"]
    assert codes(ALPHA, GIVEN, news=(GIVEN,)) == []
    assert codes(BRAVO, GIVEN, change, news=(change,)) == ["notice-changed"]
    assert codes(BRAVO, GIVEN, end, news=(end,)) == ["notice-changed"]
    for each in (yes, on, said(Kind.NOTICE_CONFIRMED, 1, GIVEN, GIVEN)):
        assert codes(ALPHA, GIVEN, each, news=(each,)) == ["notice-answered"]
        assert codes(CHARLIE, GIVEN, each, news=(each,)) == []
    asked = said(Kind.NOTICE_ASKED, 2, GIVEN, GIVEN, ALPHA)
    assert codes(BRAVO, GIVEN, asked, news=(asked,)) == ["notice-asked"]
    stranger = acknowledged(1, GIVEN, GIVEN, act=None)
    assert codes(ALPHA, GIVEN, stranger, news=(stranger,)) == []


def test_a_failed_attempt_says_assume_nothing() -> None:
    failed = tried(1, GIVEN, GIVEN)
    (news,) = told(fold([GIVEN]), folded(GIVEN, failed), ALPHA, name_of)
    assert news.code == "notice-contact-failed"
    assert "Unverified, assume nothing." in news.text
    reached = tried(1, GIVEN, GIVEN, reached=True)
    assert codes(ALPHA, GIVEN, reached, news=(reached,)) == []


def test_a_refusal_says_why() -> None:
    items = (wire.REFUSAL.item(wire.Refusal(wire.Why.FORM_NOT_AGREED)), words("nobody signed it"))
    refused = about(BRAVO, 1, Kind.NOTICE_REFUSED, GIVEN, items=items, act=None)
    (news,) = told(fold([GIVEN]), folded(GIVEN, refused), ALPHA, name_of)
    assert "nobody signed it" in news.text
    assert due(folded(GIVEN, refused).state, BRAVO, Instant(0)) is None


def test_an_imported_routine_warning_rings_nowhere() -> None:
    source = Source(format="navwarn", original=b"GUNNERY.")
    assert codes(BRAVO, given(source=source), news=(given(source=source),)) == []
    urgent = given(source=source, precedence=Precedence.PRIORITY)
    assert codes(BRAVO, urgent, news=(urgent,)) == ["notice-given"]


def test_what_is_owed_alarms_both_desks_in_time() -> None:
    state = folded(GIVEN).state
    for me in (ALPHA, BRAVO):
        assert due(state, me, Instant(0)) == SIGNED + HOUR
        assert due(state, me, Instant(SIGNED + HOUR)) == SIGNED + 2 * HOUR
        assert due(state, me, Instant(SIGNED + 2 * HOUR)) == OPENS - 12 * HOUR
        assert due(state, me, Instant(OPENS)) is None
    assert due(state, CHARLIE, Instant(0)) is None
    (here,) = later(BRAVO, SIGNED + HOUR, GIVEN)
    (there,) = later(ALPHA, SIGNED + HOUR, GIVEN)
    assert "nobody here" in here
    assert "nobody at Bravo" in there
    assert len(later(BRAVO, SIGNED + 2 * HOUR, GIVEN)) == 2


def test_nothing_is_owed_any_more() -> None:
    done = (acknowledged(1, GIVEN, GIVEN), passed(2, GIVEN, GIVEN), said(Kind.NOTICE_CONFIRMED, 3, GIVEN, GIVEN))
    assert due(folded(GIVEN, *done).state, BRAVO, Instant(0)) is None
    assert due(folded(GIVEN, *done[:2]).state, BRAVO, Instant(0)) == OPENS - 12 * HOUR
    assert "opens soon" in later(BRAVO, OPENS - 12 * HOUR, GIVEN, *done[:2])[0]
    assert later(BRAVO, OPENS + 1, GIVEN, *done[:2]) == []
    assert due(folded(GIVEN, ended(2, GIVEN, How.COMPLETED)).state, BRAVO, Instant(0)) is None
    cancelled = folded(GIVEN, *done, ended(2, GIVEN, How.CANCELLED, at=SIGNED + 5, knew={BRAVO: 3})).state
    assert due(cancelled, BRAVO, Instant(0)) == SIGNED + 5 + HOUR


def test_a_window_that_opens_at_once_is_not_confirmed_again() -> None:
    soon = given(first=head(windows=(Span(Instant(SIGNED + HOUR), OPENS),)))
    assert due(folded(soon).state, BRAVO, Instant(SIGNED + 2 * HOUR)) is None


def test_each_window_is_confirmed_by_a_word_since_the_one_before() -> None:
    day = 24 * HOUR
    spans = tuple(Span(Instant(OPENS + at * day), Instant(OPENS + at * day + HOUR)) for at in range(3))
    daily = given(first=head(windows=spans))
    done = (acknowledged(1, daily, daily), passed(2, daily, daily))

    def reminders(*confirmed: int) -> list[int]:
        """When both desks are reminded, in hours before or after the first window opens."""
        words_of = [said(Kind.NOTICE_CONFIRMED, 3 + at, daily, daily, at=when) for at, when in enumerate(confirmed)]
        found, after = [], Instant(0)
        while (at := due(folded(daily, *done, *words_of).state, BRAVO, after)) is not None:
            found.append((at - OPENS) // HOUR)
            after = at
        return found

    assert reminders() == [-12, 12, 36]
    assert reminders(SIGNED + HOUR) == [12, 36]
    assert reminders(SIGNED + HOUR, OPENS + HOUR) == [36]
    assert reminders(SIGNED + HOUR, OPENS + HOUR, OPENS + day) == []
    assert reminders(OPENS + 2 * day) == [-12, 12, 36], "too late for any"
    assert len(later(BRAVO, OPENS + 12 * HOUR, daily, *done)) == 1
