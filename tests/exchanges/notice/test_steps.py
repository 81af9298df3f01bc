"""A notice: which entries are taken in which state, in whatever order they came."""

from __future__ import annotations

import itertools

import msgspec
import pytest

from openline.errors import BadField
from openline.exchanges.notice import barred, fold, numbered, refusal, series
from openline.feeds.record import Kept
from openline.terms import EntryId, TrafficClass
from openline.wire import notice as wire
from openline.wire.kinds import Kind
from openline.wire.notice import How
from openline.wire.places import Span
from openline.wire.rules import FormRef, Rules
from tests.exchanges.warnings import (
    CLOSES,
    FORM,
    OPENS,
    about,
    acknowledged,
    amended,
    ended,
    folded,
    given,
    head,
    notice_items,
    passed,
    said,
    tried,
    words,
)
from tests.feeds.histories import ALPHA, BRAVO, CHARLIE, kept

GIVEN = given()


def why(*entries: Kept) -> list[str]:
    return [each.why for each in folded(*entries).ignored]


def postponed(number: int, before: Kept = GIVEN) -> Kept:
    body = wire.Postponed((Span(CLOSES, CLOSES),))
    items = (wire.POSTPONED.item(body), words())
    return about(ALPHA, number, Kind.NOTICE_POSTPONED, GIVEN, before, items=items)


def refused(number: int, author: bytes = BRAVO, **fields: object) -> Kept:
    items = (wire.REFUSAL.item(wire.Refusal(wire.Why.FORM_NOT_AGREED)), words("not agreed"))
    return about(author, number, Kind.NOTICE_REFUSED, GIVEN, items=items, **{"act": None, **fields})  # type: ignore[arg-type]


def test_without_a_notice_or_its_number_there_is_none() -> None:
    assert fold([]) is None
    assert fold([acknowledged(1, GIVEN, GIVEN)]) is None
    assert fold([given(first=head(number=0))]) is None
    assert fold([kept(ALPHA, 1, Kind.NOTICE, b"\x00")]) is None


def test_a_whole_life_is_the_same_in_any_order() -> None:
    first = acknowledged(1, GIVEN, GIVEN)
    change = amended(2, GIVEN, GIVEN, head(windows=(Span(CLOSES, CLOSES),)))
    second = acknowledged(2, GIVEN, change, knew={ALPHA: 2})
    end = ended(3, GIVEN, knew={BRAVO: 2})
    states = {
        msgspec.json.encode(folded(*order).state.acknowledged) + msgspec.json.encode(folded(*order).state.closed)
        for order in itertools.permutations((GIVEN, first, change, second, end))
    }
    assert len(states) == 1
    state = folded(GIVEN, first, change, second, end).state
    assert state.head.windows == (Span(CLOSES, CLOSES),)
    assert state.closed is not None
    assert state.newest == end.entry.id
    assert state.acknowledges(BRAVO) is None
    assert folded(GIVEN, first, change, second).state.acknowledges(BRAVO) is not None


def test_an_amendment_must_be_acknowledged_again() -> None:
    change = amended(2, GIVEN, GIVEN)
    assert folded(GIVEN, acknowledged(1, GIVEN, GIVEN)).state.acknowledges(BRAVO) is not None
    assert folded(GIVEN, acknowledged(1, GIVEN, GIVEN), change).state.acknowledges(BRAVO) is None


def test_a_postponement_changes_the_windows_alone() -> None:
    state = folded(GIVEN, postponed(2)).state
    assert state.head.windows == (Span(CLOSES, CLOSES),)
    assert state.standing.particulars == state.versions[0].particulars
    assert state.newest != GIVEN.entry.id


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (given(ALPHA, 2, exchange=GIVEN.entry.id), "its kind has no place"),
        (acknowledged(1, GIVEN, GIVEN, traffic=TrafficClass.TEST), "traffic class"),
        (acknowledged(1, GIVEN, GIVEN, refers=()), "does not refer"),
        (acknowledged(1, GIVEN, GIVEN, act=None), "no officer"),
        (acknowledged(2, GIVEN, GIVEN, ALPHA), "answers its own"),
        (acknowledged(1, GIVEN, given(number=9)), "names no version"),
        (about(BRAVO, 1, Kind.NOTICE_AMENDED, GIVEN, GIVEN, items=notice_items()), "only its author"),
        (amended(2, GIVEN, GIVEN, head(number=2)), "keeps its form"),
        (ended(2, GIVEN, How.SUPERSEDED), "superseded"),
        (ended(2, GIVEN, How.CANCELLED, given(number=9)), "superseded"),
        (tried(1, GIVEN, GIVEN, contact=1), "no such contact"),
        (refused(2, ALPHA), "answers its own"),
    ],
)
def test_what_has_no_place_counts_for_nothing(entry: Kept, reason: str) -> None:
    (ignored,) = why(GIVEN, entry)
    assert reason in ignored


def test_after_the_end_and_twice() -> None:
    end = ended(2, GIVEN)
    assert why(GIVEN, end, amended(3, GIVEN, GIVEN)) == ["the notice has ended"]
    assert why(GIVEN, acknowledged(1, GIVEN, GIVEN), acknowledged(2, GIVEN, GIVEN))[0].endswith("already")
    assert why(GIVEN, refused(1), refused(2))[0].endswith("already")
    assert why(GIVEN, postponed(2), postponed(3)) == ["it replaces a version that does not stand"]
    assert why(GIVEN, amended(2, GIVEN, GIVEN), amended(3, GIVEN, GIVEN)) == [
        "it replaces a version that does not stand"
    ]
    assert why(GIVEN, end, acknowledged(1, GIVEN, end, knew={ALPHA: 2})) == []


def test_everybody_else_may_answer() -> None:
    state = folded(
        GIVEN,
        passed(1, GIVEN, GIVEN),
        said(Kind.NOTICE_CONFIRMED, 2, GIVEN, GIVEN),
        tried(3, GIVEN, GIVEN),
        tried(2, GIVEN, GIVEN, author=ALPHA, reached=True),
        said(Kind.NOTICE_ASKED, 3, GIVEN, GIVEN, ALPHA),
        acknowledged(1, GIVEN, GIVEN, CHARLIE),
    ).state
    assert state.passes(BRAVO) is not None
    assert state.confirms(BRAVO) is not None
    assert [each.tried.reached for each in state.tries] in ([False, True], [True, False])
    assert len(state.asked) == 1
    assert state.acknowledges(CHARLIE) is not None
    assert state.acknowledges(BRAVO) is None


def test_a_unit_may_be_withheld_and_the_fact_may_not() -> None:
    whole = passed(1, GIVEN, GIVEN)
    entry = msgspec.structs.replace(whole.entry, items=(whole.entry.items[0], None))
    state = folded(GIVEN, msgspec.structs.replace(whole, entry=entry)).state
    assert [each.unit for each in state.passed] == [None]
    without = msgspec.structs.replace(GIVEN.entry, items=(GIVEN.entry.items[0], None, None, None))
    assert folded(msgspec.structs.replace(GIVEN, entry=without)).state.standing.places is None


def test_numbers_and_forms() -> None:
    key, number, name = series(GIVEN.entry)
    assert (number, name) == (1, "live-fire-exercise 2024")
    assert series(given(traffic=TrafficClass.TEST).entry)[0] != key
    assert wire.HEAD.decode(numbered(GIVEN.entry.items, 7)[0]).number == 7  # type: ignore[arg-type]
    state = folded(GIVEN).state
    assert barred(state, Rules(forms=(FORM,))) is None
    assert "no version of it" in (barred(state, Rules()) or "")
    assert "another file" in (barred(state, Rules(forms=(FormRef(FORM.name, 1, bytes([1]) * 32),))) or "")
    assert "agreed is version 2" in (barred(state, Rules(forms=(FormRef(FORM.name, 2, bytes(32)),))) or "")
    draft = refusal(state, BRAVO, "no")
    assert draft is not None
    assert draft.kind == Kind.NOTICE_REFUSED
    assert refusal(state, ALPHA, "no") is None
    assert refusal(folded(GIVEN, refused(1)).state, BRAVO, "no") is None


def test_a_bad_body_counts_for_nothing() -> None:
    bad = about(BRAVO, 1, Kind.NOTICE_PASSED, GIVEN, GIVEN, items=(b"\x00",))
    assert len(why(GIVEN, bad)) == 1
    with pytest.raises(BadField):
        wire.head_of(given(first=head(windows=(Span(CLOSES, OPENS),))).entry)
    assert EntryId(bytes(32)) != GIVEN.entry.id
