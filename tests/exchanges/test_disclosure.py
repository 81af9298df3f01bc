"""Disclosure: terms need all, disclosures are judged by the terms for their time, no order of arrival counts."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadField
from openline.exchanges.disclosure import Judgement, State, begin, fold, group, told
from openline.feeds.folding import Folded
from openline.feeds.record import Kept
from openline.terms import EntryId, Instant, PostId, TrafficClass
from openline.wire.disclosure import NO_ENTRY, Item
from openline.wire.kinds import Kind
from openline.wire.rules import Disclosure
from tests.exchanges.talks import BOTH, agreement, breach, disclosed, name_of, proposal
from tests.feeds.histories import ALPHA, BRAVO, CHARLIE, mark, message

FIRST = proposal(ALPHA, 1, at=10)
YES = agreement(BRAVO, 1, FIRST, at=20)
COUNTER = proposal(BRAVO, 2, Disclosure.CLOSED, at=30, knew={ALPHA: 1})
YES_COUNTER = agreement(ALPHA, 3, COUNTER, at=40)
TOLD = disclosed(ALPHA, 2, 50, at=60)
POINT = EntryId(b"p" * 32)


def folded(*entries: Kept) -> Folded[State]:
    state = fold(entries)
    assert state is not None
    return state


STATES: dict[str, tuple[Kept, ...]] = {
    "proposed": (FIRST,),
    "agreed": (FIRST, YES),
    "countered": (FIRST, COUNTER),
    "counter agreed": (FIRST, COUNTER, YES_COUNTER),
    "both agreed": (FIRST, YES, COUNTER, YES_COUNTER),
    "disclosed": (TOLD,),
    "disclosed under terms": (FIRST, YES, TOLD),
    "breach": (TOLD, breach(BRAVO, 5, TOLD)),
}

Rule = Callable[[tuple[Kept, ...]], bool]


def always(state: tuple[Kept, ...]) -> bool:
    return True


def never(state: tuple[Kept, ...]) -> bool:
    return False


EVENTS: dict[str, tuple[Kept, Rule]] = {
    "proposal": (proposal(ALPHA, 9), always),
    "proposal within": (proposal(ALPHA, 9, exchange=FIRST.entry.id), never),
    "agreed": (agreement(BRAVO, 9, FIRST), lambda state: FIRST in state and YES not in state),
    "agreed with itself": (agreement(ALPHA, 9, FIRST), never),
    "agreed to the counter": (
        agreement(ALPHA, 9, COUNTER),
        lambda state: COUNTER in state and YES_COUNTER not in state,
    ),
    "agreed by a stranger": (agreement(CHARLIE, 1, FIRST), never),
    "agreed by a machine": (agreement(BRAVO, 9, FIRST, act=None), never),
    "agreed to nothing": (agreement(BRAVO, 9, FIRST, refers=()), never),
    "agreed in another class": (agreement(BRAVO, 9, FIRST, traffic=TrafficClass.DRILL), never),
    "disclosed": (disclosed(BRAVO, 9, 70), always),
    "breach": (breach(BRAVO, 9, TOLD), lambda state: TOLD in state),
    "breach by a stranger": (breach(CHARLIE, 1, TOLD), never),
    "message": (message(BRAVO, 9, exchange=FIRST.entry.id, refers=(FIRST.entry.id,)), never),
    "mark": (mark(BRAVO, 9, Kind.SEEN, FIRST), never),
}


@pytest.mark.parametrize(("state", "event"), list(itertools.product(STATES, EVENTS)))
def test_every_state_meets_every_event(state: str, event: str) -> None:
    entries, (entry, rule) = STATES[state], EVENTS[event]
    after = folded(*entries, entry)
    assert (after.why_not(entry.entry.id) is None) == rule(entries)
    if not rule(entries):
        assert after.state == folded(*entries).state


def level(*entries: Kept, at: int, about: EntryId = NO_ENTRY) -> Disclosure | None:
    terms = folded(*entries).state.applies(about, Instant(at))
    return None if terms is None else terms.item(about).level


def test_terms_need_all_and_hold_from_the_last_agreement() -> None:
    assert level(FIRST, at=100) is None
    assert [level(FIRST, YES, at=at) for at in (19, 20)] == [None, Disclosure.CONFIRM_IF_ASKED]
    assert level(FIRST, YES, COUNTER, at=100) == Disclosure.CONFIRM_IF_ASKED
    changed = (FIRST, YES, COUNTER, YES_COUNTER)
    assert [level(*changed, at=at) for at in (39, 40)] == [Disclosure.CONFIRM_IF_ASKED, Disclosure.CLOSED]
    three = proposal(ALPHA, 1, parties=(*BOTH, CHARLIE), at=10)
    yes, also = agreement(BRAVO, 1, three, at=90), agreement(CHARLIE, 1, three, at=30)
    assert level(three, yes, at=99) is None
    assert [level(three, yes, also, at=at) for at in (89, 90)] == [None, Disclosure.CONFIRM_IF_ASKED]


def test_an_item_has_its_own_level_and_begins_when_it_says() -> None:
    later = Item(level=Disclosure.CLOSED, about=POINT)
    first = proposal(ALPHA, 1, Disclosure.OPEN, later, since=500, at=10)
    entries = (first, agreement(BRAVO, 1, first, at=20))
    assert [level(*entries, at=at) for at in (499, 500)] == [None, Disclosure.OPEN]
    assert level(*entries, at=30, about=POINT) == Disclosure.CLOSED
    before = (FIRST, YES)
    opened = proposal(BRAVO, 2, Disclosure.OPEN, since=500, at=30)
    changed = (*before, opened, agreement(ALPHA, 2, opened, at=40))
    assert [level(*changed, at=at) for at in (499, 500)] == [Disclosure.CONFIRM_IF_ASKED, Disclosure.OPEN]


def test_a_later_proposal_of_the_same_post_takes_the_place_of_the_earlier() -> None:
    second = proposal(ALPHA, 2, Disclosure.CLOSED)
    knowing = agreement(BRAVO, 1, FIRST, knew={ALPHA: 2})
    assert folded(FIRST, second, knowing).why_not(knowing.entry.id)
    assert folded(FIRST, second, YES).why_not(YES.entry.id) is None


@pytest.mark.parametrize(
    ("agreed", "fields", "judgement"),
    [
        (Disclosure.CLOSED, {"asked": True, "confirmed_only": True}, Judgement.BROKE),
        (Disclosure.CONFIRM_IF_ASKED, {"asked": True, "confirmed_only": True}, Judgement.KEPT),
        (Disclosure.CONFIRM_IF_ASKED, {"asked": True}, Judgement.BROKE),
        (Disclosure.CONFIRM_IF_ASKED, {"confirmed_only": True}, Judgement.BROKE),
        (Disclosure.CONFIRM_IF_ASKED, {"agreed_text": True}, Judgement.BROKE),
        (Disclosure.AGREED_TEXT, {"agreed_text": True}, Judgement.KEPT),
        (Disclosure.AGREED_TEXT, {"asked": True, "confirmed_only": True}, Judgement.KEPT),
        (Disclosure.AGREED_TEXT, {"asked": True}, Judgement.BROKE),
        (Disclosure.OPEN, {}, Judgement.KEPT),
        (Disclosure.CLOSED, {"by": None}, Judgement.UNKNOWN),
        (Disclosure.CLOSED, {"happened": 19}, Judgement.NO_TERMS),
    ],
)
def test_a_disclosure_is_judged_by_the_terms_for_its_time(
    agreed: Disclosure, fields: dict[str, Any], judgement: Judgement
) -> None:
    first = proposal(ALPHA, 1, agreed, at=10, text="We spoke." if agreed == Disclosure.AGREED_TEXT else "")
    given = {"happened": 50, **fields}
    entry = disclosed(ALPHA, 2, given.pop("happened"), at=60, **given)
    (each,) = folded(first, agreement(BRAVO, 1, first, at=20), entry).state.disclosed
    assert each.judgement == judgement


def test_openings_about_one_contact_are_one_disclosure() -> None:
    crossed, machine = proposal(BRAVO, 1), proposal(BRAVO, 8, act=None)
    elsewhere = (proposal(BRAVO, 7, parties=(BRAVO, CHARLIE)), proposal(ALPHA, 9, contact=POINT))
    every = [FIRST, crossed, TOLD, machine, *elsewhere]
    one = tuple(sorted(each.entry.id for each in (FIRST, crossed, TOLD)))
    assert {group(every, each) for each in one} == {one}
    assert group(every, machine.entry.id) == (machine.entry.id,)
    assert fold([machine]) is None
    with pytest.raises(BadField):
        begin(proposal(ALPHA, 1, refers=()))


def codes(before: tuple[Kept, ...], after: tuple[Kept, ...], me: PostId) -> list[str]:
    held = folded(*before) if before else None
    return [each.code for each in told(held, folded(*after), me, name_of)]


def test_what_is_told() -> None:
    assert codes((), (FIRST,), BRAVO) == ["disclosure-proposed"]
    assert codes((), (FIRST,), ALPHA) == codes((), (FIRST,), CHARLIE) == []
    assert codes((FIRST,), (FIRST, YES), ALPHA) == codes((FIRST,), (FIRST, YES), BRAVO) == ["disclosure-agreed"]
    assert codes((FIRST, YES), STATES["both agreed"], ALPHA) == ["disclosure-proposed", "disclosure-agreed"]
    assert codes((), (TOLD,), BRAVO) == ["disclosed"]
    assert codes((TOLD,), STATES["breach"], ALPHA) == ["breach"]
    assert codes((TOLD,), STATES["breach"], BRAVO) == []
    (news,) = told(None, folded(disclosed(ALPHA, 2, 5, by=None)), BRAVO, name_of)
    assert "somebody unknown" in news.text


@st.composite
def disclosures(draw: st.DrawFn) -> list[Kept]:
    """Two posts propose, agree, record and complain, each knowing some of what the other did."""
    entries, reached, known = [FIRST], {ALPHA: 1, BRAVO: 0}, {ALPHA: 0, BRAVO: 0}
    for _ in range(draw(st.integers(0, 8))):
        author, other = draw(st.sampled_from(((ALPHA, BRAVO), (BRAVO, ALPHA))))
        known[author] = draw(st.integers(known[author], max(known[author], reached[other])))
        reached[author] += 1
        fields: dict[str, Any] = {"knew": {other: known[author]}, "at": draw(st.integers(0, 50))}
        entries.append(_next(draw, author, reached[author], entries, fields))
    return entries


def _next(draw: st.DrawFn, author: PostId, number: int, entries: list[Kept], fields: dict[str, Any]) -> Kept:
    proposals = [each for each in entries if each.entry.header.kind == Kind.DISCLOSURE]
    records = [each for each in entries if each.entry.header.kind == Kind.DISCLOSED]
    match draw(st.sampled_from(("propose", "agree", "record", "breach"))):
        case "agree":
            return agreement(author, number, draw(st.sampled_from(proposals)), **fields)
        case "breach" if records:
            return breach(author, number, draw(st.sampled_from(records)), **fields)
        case "record":
            return disclosed(author, number, draw(st.integers(0, 50)), **fields)
        case _:
            level = draw(st.sampled_from((Disclosure.CLOSED, Disclosure.OPEN)))
            return proposal(author, number, level, **fields)


@given(disclosures(), st.randoms())
def test_the_order_of_arrival_makes_no_difference(entries: list[Kept], chance: st.DataObject) -> None:
    shuffled = list(entries)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one = folded(*entries)
    assert one == folded(*shuffled)
    for terms in one.state.terms:
        assert (terms.since is not None) == (set(terms.by) == set(BOTH)) == (terms.kept.entry.id in one.state.agreed)
