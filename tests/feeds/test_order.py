"""The canonical order: the same whatever the order of arrival, and never against what somebody signed."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from openline.feeds.order import canonical, crossed, precedes
from openline.feeds.record import Kept
from tests.feeds.histories import ALPHA, BRAVO, CHARLIE, histories, kept, message


def ids(entries: list[Kept]) -> list[bytes]:
    return [each.entry.id for each in entries]


@given(histories(), st.randoms(use_true_random=False))
def test_arrival_does_not_matter(written: list[Kept], chance: random.Random) -> None:
    ordered = canonical(written)
    arrived = list(written)
    chance.shuffle(arrived)
    assert ids(canonical(arrived)) == ids(ordered)
    assert sorted(ids(ordered)) == sorted(ids(written))


@given(histories())
def test_whatever_was_known_comes_first(written: list[Kept]) -> None:
    place = {entry: at for at, entry in enumerate(ids(canonical(written)))}
    for one in written:
        for other in written:
            if precedes(one, other):
                assert place[one.entry.id] < place[other.entry.id]


@given(histories(lies=True), st.randoms(use_true_random=False))
def test_liars_change_nothing_of_that(written: list[Kept], chance: random.Random) -> None:
    arrived = list(written)
    chance.shuffle(arrived)
    assert ids(canonical(arrived)) == ids(canonical(written))
    assert sorted(ids(canonical(written))) == sorted(ids(written))


@given(histories(lies=True))
def test_crossing_is_mutual(written: list[Kept]) -> None:
    for one in written:
        assert not crossed(one, one)
        for other in written:
            assert crossed(one, other) == crossed(other, one)


def test_of_two_that_crossed_the_smaller_id_comes_first() -> None:
    one, other = message(ALPHA, 1, "one"), message(BRAVO, 1, "other")
    assert crossed(one, other)
    assert ids(canonical([one, other])) == sorted(ids([one, other]))


def test_a_feed_is_folded_by_its_numbers() -> None:
    feed = [message(ALPHA, number, f"message {number}") for number in (1, 2, 5, 11)]
    assert ids(canonical(feed[::-1])) == ids(feed)


def test_clocks_take_no_part() -> None:
    asked = message(ALPHA, 1, at=2_000)
    answered = message(BRAVO, 1, "no", knew={ALPHA: 1}, at=1_000)
    assert ids(canonical([answered, asked])) == ids([asked, answered])


def test_what_one_refers_to_comes_first_though_its_number_was_not_claimed() -> None:
    for text in ("yes", "no", "neither"):
        overtaking = message(ALPHA, 7, "FLASH")
        answered = message(BRAVO, 1, text, refers=(overtaking.entry.id,))
        assert ids(canonical([answered, overtaking])) == ids([overtaking, answered])


def test_a_third_hears_of_one_through_the_other() -> None:
    first = kept(ALPHA, 1)
    second = kept(BRAVO, 1, knew={ALPHA: 1})
    third = kept(CHARLIE, 1, knew={BRAVO: 1})
    assert not precedes(first, third)
    assert ids(canonical([third, second, first])) == ids([first, second, third])


def test_a_knot_holds_up_nobody_else() -> None:
    """Alpha claims what Bravo has yet to write, and so ties the two: what follows both still comes after both."""
    for text in map(str, range(16)):
        one = message(ALPHA, 1, text, knew={BRAVO: 1})
        other = message(BRAVO, 1, text, knew={ALPHA: 1})
        after = message(CHARLIE, 1, text, knew={ALPHA: 1, BRAVO: 1})
        ordered = ids(canonical([after, other, one]))
        assert ordered == [*sorted(ids([one, other])), after.entry.id]
