"""Commitments: every state meets every event, no order of arrival counts, who is told and reminded."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadField
from openline.exchanges.commitment import WARN_MS, State, begin, due, fold, overdue, told
from openline.feeds.folding import Folded
from openline.feeds.record import Kept
from openline.terms import Instant, TrafficClass
from openline.wire.minute import Progress
from tests.exchanges.talks import BOTH, commitment, name_of, report
from tests.feeds.histories import ALPHA, BRAVO, CHARLIE, message

MADE, CLAIMED = commitment(), commitment(BRAVO, 1)
DUE = Instant(10_000_000)
CLOSES = {Progress.CLOSED: "closed", Progress.RELEASED: "released"}


def folded(*entries: Kept) -> Folded[State]:
    state = fold(entries)
    assert state is not None
    return state


STATES: dict[str, tuple[Kept, ...]] = {
    "open": (MADE,),
    "claimed": (CLAIMED,),
    "accepted": (CLAIMED, report(ALPHA, 2, CLAIMED, Progress.ACCEPTED)),
    "done": (MADE, report(ALPHA, 2, MADE, Progress.DONE)),
    "disputed": (MADE, report(BRAVO, 2, MADE, Progress.DISPUTED)),
    "denied": (CLAIMED, report(ALPHA, 2, CLAIMED, Progress.DISPUTED)),
    "closed": (MADE, report(BRAVO, 2, MADE, Progress.CLOSED)),
    "released": (MADE, report(BRAVO, 2, MADE, Progress.RELEASED)),
}
BY_OWNER = (Progress.ACCEPTED, Progress.DONE, Progress.DISPUTED)
BY_OTHERS = (Progress.DISPUTED, Progress.CLOSED, Progress.RELEASED)


@pytest.mark.parametrize(("state", "by", "said"), list(itertools.product(STATES, BOTH, Progress)))
def test_every_state_meets_every_word(state: str, by: bytes, said: Progress) -> None:
    entries = STATES[state]
    entry = report(ALPHA if by == ALPHA else BRAVO, 9, entries[0], said, knew={BRAVO: 8} if by == ALPHA else {ALPHA: 8})
    after = folded(*entries, entry)
    taken = state not in ("closed", "released") and said in (BY_OWNER if by == ALPHA else BY_OTHERS)
    assert (after.why_not(entry.entry.id) is None) == taken
    named = "open" if said == Progress.ACCEPTED else said.name.lower()
    assert after.state.status == (named if taken else folded(*entries).state.status)
    assert after.state.open == (after.state.status not in ("closed", "released"))


@pytest.mark.parametrize("state", STATES)
def test_what_counts_for_nothing(state: str) -> None:
    entries = STATES[state]
    first = entries[0]
    for entry in (
        report(CHARLIE, 1, first, Progress.CLOSED),
        report(BRAVO, 9, first, Progress.CLOSED, act=None),
        report(BRAVO, 9, first, Progress.CLOSED, refers=()),
        report(BRAVO, 9, first, Progress.CLOSED, traffic=TrafficClass.TEST),
        message(BRAVO, 9, exchange=first.entry.id, refers=(first.entry.id,)),
    ):
        after = folded(*entries, entry)
        assert after.why_not(entry.entry.id)
        assert after.state == folded(*entries).state


def test_a_machine_promises_nothing() -> None:
    for fields in ({"act": None}, {"refers": ()}):
        with pytest.raises(BadField):
            begin(commitment(**fields))


def test_what_is_told() -> None:
    one = folded(MADE)
    (news,) = told(None, one, BRAVO, name_of)
    assert (news.code, news.text) == ("commitment", "Alpha recorded a commitment of Alpha.")
    assert told(None, one, ALPHA, name_of) == told(None, one, CHARLIE, name_of) == ()
    (claim,) = told(None, folded(CLAIMED), ALPHA, name_of)
    assert "Accept it, or dispute it." in claim.text
    (closed,) = told(one, folded(*STATES["closed"]), ALPHA, name_of)
    assert closed.text == "Bravo: a commitment of Alpha is closed."
    assert told(one, one, BRAVO, name_of) == ()


def test_the_owner_is_reminded_before_and_all_when_it_is_due() -> None:
    state = folded(MADE).state
    assert [due(state, ALPHA, Instant(at)) for at in (0, DUE - WARN_MS, DUE)] == [DUE - WARN_MS, DUE, None]
    assert [due(state, BRAVO, Instant(at)) for at in (0, DUE)] == [DUE, None]
    assert due(state, CHARLIE, Instant(0)) is None
    for name in ("claimed", "done", "closed", "released"):
        assert due(folded(*STATES[name]).state, ALPHA, Instant(0)) is None
    (soon,) = overdue(state, ALPHA, Instant(DUE - WARN_MS), name_of)
    (now,) = overdue(state, ALPHA, DUE, name_of)
    assert (soon.code, "soon" in soon.text, "is due" in now.text) == ("commitment-due", True, True)


@given(
    st.lists(st.tuples(st.sampled_from(BOTH), st.sampled_from(Progress), st.integers(0, 9)), max_size=6), st.randoms()
)
def test_the_order_of_arrival_makes_no_difference(
    words: list[tuple[object, Progress, int]], chance: st.DataObject
) -> None:
    entries, numbers = [MADE], {ALPHA: 1, BRAVO: 0}
    for by, said, knew in words:
        author, other = (ALPHA, BRAVO) if by == ALPHA else (BRAVO, ALPHA)
        numbers[author] += 1
        entries.append(report(author, numbers[author], MADE, said, knew={other: min(knew, numbers[other])}))
    shuffled = list(entries)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert folded(*entries) == folded(*shuffled)
