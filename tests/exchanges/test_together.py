"""Simultaneous exchanges: nobody opens first, who withdraws stops those who know of it, nothing later undoes it."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadField
from openline.exchanges.together import State, begin, due, fold, overdue, told
from openline.feeds.folding import Folded
from openline.feeds.order import precedes
from openline.feeds.record import Kept
from openline.terms import Instant, TrafficClass
from openline.wire.kinds import Kind
from openline.wire.together import committed_of, items_of
from tests.exchanges.published import committed, revealed, secret, together, withdrawn
from tests.exchanges.talks import name_of, within
from tests.feeds.histories import ALPHA, AUTHORS, BRAVO, CHARLIE, message

OPENED = together()
OURS, THEIRS = committed(ALPHA, 2, OPENED), committed(BRAVO, 1, OPENED)
SHOWN = revealed(ALPHA, 3, OPENED, knew={BRAVO: 1})
THEIR_SHOWN = revealed(BRAVO, 2, OPENED, knew={ALPHA: 2})
GONE = withdrawn(ALPHA, 3, OPENED)


def folded(*entries: Kept) -> Folded[State]:
    state = fold(entries)
    assert state is not None
    return state


def test_all_are_bound_and_then_all_is_shown() -> None:
    states = [folded(*(OPENED, OURS, THEIRS, SHOWN, THEIR_SHOWN)[:count]).state for count in range(1, 6)]
    assert [each.complete for each in states] == [False, False, True, True, True]
    assert [each.open for each in states] == [False, False, False, False, True]
    last = states[-1]
    assert [each.secret for each in last.bound] == [secret(each.author) for each in last.bound]
    assert not last.late(ALPHA)
    assert not last.late(CHARLIE)


def test_nobody_opens_first() -> None:
    for early in (revealed(ALPHA, 3, OPENED), revealed(ALPHA, 3, OPENED, knew={BRAVO: 0})):
        for entries in ((OPENED, OURS, early), (OPENED, OURS, THEIRS, early)):
            after = folded(*entries)
            assert after.why_not(early.entry.id) == "its author did not have the commitments of all"
            assert all(each.shown is None for each in after.state.bound)
    again = revealed(ALPHA, 4, OPENED, knew={BRAVO: 1})
    assert folded(OPENED, OURS, THEIRS, revealed(ALPHA, 3, OPENED), again).state.bound[0].author in AUTHORS
    assert folded(OPENED, OURS, THEIRS, revealed(ALPHA, 3, OPENED), again).why_not(again.entry.id) is None


def test_only_the_document_to_which_it_is_bound_is_shown_and_once() -> None:
    other = revealed(ALPHA, 3, OPENED, b"Two.", knew={BRAVO: 1})
    again = revealed(ALPHA, 4, OPENED, knew={BRAVO: 1})
    after = folded(OPENED, OURS, THEIRS, other, again, revealed(ALPHA, 5, OPENED, knew={BRAVO: 1}))
    assert [each.why for each in after.ignored] == [
        "it is not the document to which its author is bound",
        "its author showed its document already",
    ]


def test_nobody_shows_what_another_hid() -> None:
    """A copy of another's digest binds to nothing that its author could ever show, though it has salt and document."""
    copied = within(BRAVO, 1, Kind.TOGETHER_COMMITTED, OPENED, *(item or b"" for item in OURS.entry.items))
    shown = within(BRAVO, 2, Kind.TOGETHER_REVEALED, OPENED, *items_of(secret(ALPHA)), act=None, knew={ALPHA: 3})
    after = folded(OPENED, OURS, copied, SHOWN, shown)
    assert [each.digest for each in after.state.bound] == [committed_of(OURS.entry)] * 2
    assert after.why_not(SHOWN.entry.id) is None
    assert after.why_not(shown.entry.id) == "it is not the document to which its author is bound"


def test_who_knows_of_a_withdrawal_is_not_bound_any_more() -> None:
    after = folded(OPENED, OURS, GONE)
    assert (after.state.off, after.state.complete) == (True, False)
    knowing = committed(BRAVO, 1, OPENED, knew={ALPHA: 3})
    assert folded(OPENED, OURS, GONE, knowing).why_not(knowing.entry.id) == "its author knew that a party had withdrawn"
    assert folded(OPENED, OURS, GONE, knowing).state.off


def test_a_commitment_that_crossed_a_withdrawal_stands() -> None:
    after = folded(OPENED, OURS, GONE, THEIRS)
    assert (after.state.off, after.state.complete, after.ignored) == (False, True, ())
    shown = folded(OPENED, OURS, GONE, THEIRS, revealed(ALPHA, 4, OPENED, knew={BRAVO: 1}), THEIR_SHOWN)
    assert shown.state.open


def test_nobody_withdraws_once_all_are_bound() -> None:
    late = withdrawn(ALPHA, 3, OPENED, knew={BRAVO: 1})
    assert folded(OPENED, OURS, THEIRS, late).why_not(late.entry.id) == (
        "all were bound already, and each document is shown"
    )
    again = withdrawn(ALPHA, 4, OPENED)
    assert folded(OPENED, OURS, GONE, again).why_not(again.entry.id) == "its author withdrew already"
    back = committed(ALPHA, 3, OPENED)
    assert folded(OPENED, withdrawn(ALPHA, 2, OPENED), back).why_not(back.entry.id)


STATES: dict[str, tuple[Kept, ...]] = {
    "open": (OPENED,),
    "one bound": (OPENED, OURS),
    "all bound": (OPENED, OURS, THEIRS),
    "one shown": (OPENED, OURS, THEIRS, SHOWN),
    "shown": (OPENED, OURS, THEIRS, SHOWN, THEIR_SHOWN),
    "off": (OPENED, OURS, GONE),
}
ALL = {ALPHA: 8}
EVENTS: dict[str, tuple[Kept, set[str]]] = {
    "commits": (committed(BRAVO, 9, OPENED, knew=ALL), {"open", "one bound"}),
    "shows": (revealed(BRAVO, 9, OPENED, knew=ALL), {"all bound", "one shown"}),
    "withdraws": (withdrawn(BRAVO, 9, OPENED, knew=ALL), {"open", "one bound", "off"}),
}


@pytest.mark.parametrize(("state", "event"), list(itertools.product(STATES, EVENTS)))
def test_every_state_meets_every_event(state: str, event: str) -> None:
    entry, takes = EVENTS[event]
    after = folded(*STATES[state], entry)
    assert (after.why_not(entry.entry.id) is None) == (state in takes)
    if state not in takes:
        assert after.state == folded(*STATES[state]).state


@pytest.mark.parametrize("state", STATES)
def test_what_counts_for_nothing(state: str) -> None:
    for entry in (
        committed(CHARLIE, 1, OPENED),
        committed(BRAVO, 9, OPENED, act=None),
        committed(BRAVO, 9, OPENED, refers=()),
        committed(BRAVO, 9, OPENED, traffic=TrafficClass.TEST),
        committed(BRAVO, 9, OPENED, at=1_001),
        withdrawn(BRAVO, 9, OPENED, act=None),
        revealed(CHARLIE, 9, OPENED),
        message(BRAVO, 9, exchange=OPENED.entry.id, refers=(OPENED.entry.id,)),
    ):
        after = folded(*STATES[state], entry)
        assert after.why_not(entry.entry.id)
        assert after.state == folded(*STATES[state]).state


def test_a_machine_opens_none() -> None:
    with pytest.raises(BadField):
        begin(together(act=None))


def test_what_is_told() -> None:
    states = [folded(*(OPENED, OURS, THEIRS, SHOWN, THEIR_SHOWN)[:count]) for count in range(1, 6)]
    (asked,) = told(None, states[0], BRAVO, name_of)
    assert (asked.code, "Commit to yours" in asked.text) == ("together", True)
    assert told(None, states[0], ALPHA, name_of) == told(None, states[0], CHARLIE, name_of) == ()
    (bound,) = told(states[1], states[2], ALPHA, name_of)
    assert bound.text == "Bravo is bound to its document in a simultaneous exchange."
    assert [each.code for each in told(states[2], states[4], ALPHA, name_of)] == ["together-open"]
    assert told(states[4], states[4], ALPHA, name_of) == ()
    (gone,) = told(states[1], folded(OPENED, OURS, GONE), BRAVO, name_of)
    assert gone.code == "together-off"


def test_who_is_missing_at_the_hours() -> None:
    waits, bound = folded(OPENED, OURS).state, folded(OPENED, OURS, THEIRS, SHOWN).state
    assert [due(waits, ALPHA, Instant(at)) for at in (0, 1_000)] == [1_000, None]
    assert [due(bound, ALPHA, Instant(at)) for at in (0, 2_000)] == [2_000, None]
    for state in ("off", "shown"):
        assert due(folded(*STATES[state]).state, ALPHA, Instant(0)) is None
    assert due(waits, CHARLIE, Instant(0)) is None
    (late,) = overdue(waits, ALPHA, Instant(1_000), name_of)
    assert (late.code, "without Bravo" in late.text) == ("together-late", True)
    (back,) = overdue(bound, ALPHA, Instant(2_000), name_of)
    assert (back.code, back.text.endswith("not shown here: Bravo.")) == ("together-kept-back", True)
    after = folded(OPENED, OURS, THEIRS, revealed(ALPHA, 3, OPENED, knew={BRAVO: 1}, at=2_001)).state
    assert after.late(ALPHA)


@st.composite
def written(draw: st.DrawFn) -> list[Kept]:
    """An exchange of three as any posts might write it, each knowing some of what the others wrote."""
    opening = together(parties=AUTHORS)
    entries, numbers = [opening], {ALPHA: 1, BRAVO: 0, CHARLIE: 0}
    knew: dict[bytes, dict[bytes, int]] = {author: dict.fromkeys(AUTHORS, 0) for author in AUTHORS}
    for _ in range(draw(st.integers(0, 9))):
        author = draw(st.sampled_from(AUTHORS))
        for other in AUTHORS:
            knew[author][other] = draw(st.integers(knew[author][other], numbers[other]))
        knew[author][ALPHA] = max(1, knew[author][ALPHA])
        numbers[author] += 1
        make = draw(st.sampled_from((committed, committed, revealed, withdrawn)))
        known = {other: number for other, number in knew[author].items() if other != author}
        entries.append(make(author, numbers[author], opening, knew=known))
    return entries


@given(written(), st.randoms())
def test_the_order_of_arrival_makes_no_difference(entries: list[Kept], chance: st.DataObject) -> None:
    shuffled = list(entries)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert folded(*entries) == folded(*shuffled)


@given(written())
def test_what_an_entry_comes_to_follows_from_what_its_author_had(entries: list[Kept]) -> None:
    """So a post that shows its document is never told later that it should not have."""
    whole = folded(*entries)
    for entry in entries[1:]:
        past = [entries[0], *(each for each in entries[1:] if each is entry or _had(entries, entry, each))]
        assert folded(*past).why_not(entry.entry.id) == whole.why_not(entry.entry.id)


def _had(entries: list[Kept], entry: Kept, other: Kept) -> bool:
    """Whether an author had another entry, itself or through one that it had."""
    return precedes(other, entry) or any(precedes(other, between) and precedes(between, entry) for between in entries)
