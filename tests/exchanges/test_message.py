"""A message's ladder: who may say what, and that every order of arrival folds into one state."""

from __future__ import annotations

import itertools
import random
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.exchanges.message import (
    HANDLING_GOALS_MS,
    LADDER,
    Rung,
    State,
    fold,
    has_reached,
    highest,
    ladder,
    marked,
)
from openline.feeds.record import Delivery, Kept
from openline.limits import EXCHANGE_ENTRIES_MAX
from openline.terms import Instant, Precedence, TrafficClass
from openline.wire.bodies import whom_item
from openline.wire.kinds import Kind
from tests.exchanges.asking import claim, stance
from tests.feeds.histories import ALPHA, BRAVO, CHARLIE, kept, mark, message

ASKED = message(ALPHA, 1, "Are these your aircraft?")
MARKED = {
    Kind.SEEN: Rung.SEEN,
    Kind.ACKNOWLEDGED: Rung.ACKNOWLEDGED,
    Kind.TAKEN: Rung.TAKEN,
    Kind.PASSED_ON: Rung.PASSED_ON,
}


def folded(*entries: Kept) -> State:
    state = fold(entries)
    assert state is not None
    return state


def reply(author: bytes, number: int, text: str, target: Kept, **fields: Any) -> Kept:
    opening = target.entry.header.exchange or target.entry.id
    given = {"exchange": opening, "refers": (target.entry.id,), **fields}
    return message(author, number, text, **given)  # type: ignore[arg-type]


def why(state: State) -> list[str]:
    return [ignored.why for ignored in state.ignored]


def test_without_its_opening_there_is_no_exchange() -> None:
    assert fold([]) is None
    assert fold([mark(BRAVO, 1, Kind.SEEN, ASKED)]) is None


def test_an_opening_that_cannot_be_read_opens_nothing() -> None:
    assert fold([kept(ALPHA, 1, Kind.MESSAGE, b"\x00")]) is None


@pytest.mark.parametrize("kind", MARKED)
def test_an_officers_word_is_a_rung(kind: Kind) -> None:
    items = (whom_item("the minister"),) if kind == Kind.PASSED_ON else ()
    said = mark(BRAVO, 1, kind, ASKED, *items, at=7)
    (reached,) = folded(ASKED, said).steps
    assert (reached.rung, reached.by, reached.officer, reached.at) == (MARKED[kind], BRAVO, 1, 7)
    assert (reached.proof, reached.target) == (said.entry.id, ASKED.entry.id)
    assert reached.whom == ("the minister" if items else "")


@pytest.mark.parametrize("kind", MARKED)
def test_no_machine_says_it(kind: Kind) -> None:
    items = (whom_item("the minister"),) if kind == Kind.PASSED_ON else ()
    state = folded(ASKED, mark(BRAVO, 1, kind, ASKED, *items, act=None))
    assert (state.steps, why(state)) == ((), ["no officer signed it"])


@pytest.mark.parametrize("kind", MARKED)
def test_nobody_marks_its_own_message(kind: Kind) -> None:
    items = (whom_item("the minister"),) if kind == Kind.PASSED_ON else ()
    state = folded(ASKED, mark(ALPHA, 2, kind, ASKED, *items))
    assert (state.steps, why(state)) == ((), ["an author does not mark its own message"])


def test_passed_on_without_whom_counts_for_nothing() -> None:
    state = folded(ASKED, mark(BRAVO, 1, Kind.PASSED_ON, ASKED))
    assert state.steps == ()
    assert len(state.ignored) == 1


def test_an_answer_is_a_rung_and_can_be_answered() -> None:
    answer = reply(BRAVO, 1, "They are not ours.", ASKED)
    again = reply(ALPHA, 2, "Whose are they?", answer)
    state = folded(ASKED, answer, again)
    assert [said.text for said in state.said] == ["Are these your aircraft?", "They are not ours.", "Whose are they?"]
    assert [(each.rung, each.by, each.target) for each in state.steps] == [
        (Rung.ANSWERED, BRAVO, ASKED.entry.id),
        (Rung.ANSWERED, ALPHA, answer.entry.id),
    ]


def test_a_post_that_goes_on_talking_has_not_answered_itself() -> None:
    more = reply(ALPHA, 2, "Three aircraft, not two.", ASKED)
    state = folded(ASKED, more)
    assert state.steps == ()
    assert state.find(more.entry.id) is not None


def test_the_class_is_never_converted() -> None:
    drill = reply(BRAVO, 1, "no", ASKED, traffic=TrafficClass.DRILL)
    state = folded(ASKED, drill)
    assert len(state.said) == 1
    assert why(state) == ["its traffic class is not that of the message"]


def test_only_its_author_corrects_a_message() -> None:
    fields: dict[str, Any] = {"kind": Kind.CORRECTION, "exchange": ASKED.entry.id, "refers": (ASKED.entry.id,)}
    own = message(ALPHA, 2, "Are these three your aircraft?", **fields)
    foreign = message(BRAVO, 1, "We shall leave.", **fields)
    state = folded(ASKED, own, foreign)
    assert state.opening.text == "Are these three your aircraft?"
    assert state.opening.message.text == "Are these your aircraft?"
    assert [entry for entry, _ in state.opening.corrections] == [own.entry.id]
    assert why(state) == ["only its author corrects a message"]


def test_only_its_author_gives_a_message_up_and_once() -> None:
    answer = reply(BRAVO, 1, "no", ASKED)
    given_up = kept(ALPHA, 2, Kind.GIVEN_UP, exchange=ASKED.entry.id, refers=(ASKED.entry.id,))
    again = kept(ALPHA, 3, Kind.GIVEN_UP, exchange=ASKED.entry.id, refers=(ASKED.entry.id,))
    foreign = kept(BRAVO, 2, Kind.GIVEN_UP, exchange=ASKED.entry.id, refers=(ASKED.entry.id,))
    of_answer = kept(BRAVO, 3, Kind.GIVEN_UP, exchange=ASKED.entry.id, refers=(answer.entry.id,))
    state = folded(ASKED, answer, given_up, again, foreign, of_answer)
    assert state.given_up == given_up.entry.id
    assert {each.entry for each in state.ignored} == {foreign.entry.id, of_answer.entry.id}


def test_a_kind_of_another_exchange_has_no_place() -> None:
    strange = kept(BRAVO, 1, 99, exchange=ASKED.entry.id, refers=(ASKED.entry.id,))
    assert why(folded(ASKED, strange)) == ["its kind has no place in a message"]


def test_what_refers_to_nothing_known_is_listed() -> None:
    lost = message(CHARLIE, 1, "elsewhere")
    one = mark(BRAVO, 1, Kind.SEEN, ASKED, refers=())
    two = mark(BRAVO, 2, Kind.SEEN, ASKED, refers=(lost.entry.id,))
    assert why(folded(ASKED, one, two)) == ["it refers to no message of this exchange"] * 2


def chained(count: int) -> list[Kept]:
    """Two posts that answer each other's last word, time after time."""
    entries, numbers = [ASKED], {ALPHA: 1, BRAVO: 0}
    for at in range(1, count):
        author, other = (ALPHA, BRAVO) if at % 2 == 0 else (BRAVO, ALPHA)
        numbers[author] += 1
        entries.append(reply(author, numbers[author], f"answer {at}", entries[-1], knew={other: numbers[other]}))
    return entries


def test_thousands_of_answers_fold_at_once() -> None:
    """About 0.03 s on one core; when each answer copied those before it, it took 0.4 s."""
    entries = chained(4_000)
    state, spent = folded(*entries), []
    for _ in range(2):
        began = time.process_time()
        folded(*entries)
        spent.append(time.process_time() - began)
    assert len(state.said) == len(state.steps) + 1 == 4_000
    assert min(spent) < 0.3


def story() -> list[Kept]:
    """Everything that can happen to a message, some of it by liars."""
    answer = reply(BRAVO, 4, "no", ASKED, knew={ALPHA: 1})
    fields: dict[str, Any] = {"kind": Kind.CORRECTION, "exchange": ASKED.entry.id, "refers": (ASKED.entry.id,)}
    return [
        ASKED,
        mark(BRAVO, 1, Kind.SEEN, ASKED, knew={ALPHA: 1}),
        mark(BRAVO, 2, Kind.TAKEN, ASKED, knew={ALPHA: 1}),
        mark(BRAVO, 3, Kind.PASSED_ON, ASKED, whom_item("air defence"), knew={ALPHA: 1}),
        answer,
        message(ALPHA, 2, "Are these three yours?", **fields),
        message(ALPHA, 3, "Are these four yours?", **fields),
        mark(CHARLIE, 1, Kind.SEEN, ASKED, knew={ALPHA: 3, BRAVO: 9}),
        mark(CHARLIE, 2, Kind.ACKNOWLEDGED, answer, knew={ALPHA: 3, BRAVO: 9}, exchange=ASKED.entry.id),
        message(CHARLIE, 3, "We heard nothing.", **fields),
    ]


@given(st.randoms(use_true_random=False), st.integers(0, 10))
def test_every_order_of_arrival_folds_alike(chance: random.Random, missing: int) -> None:
    entries = story()[: 10 - missing] or [ASKED]
    arrived = list(entries)
    chance.shuffle(arrived)
    assert fold(arrived) == fold(entries)


def test_two_answers_that_crossed_fold_alike_at_both_ends() -> None:
    answers = [reply(BRAVO, 1, "no", ASKED), reply(CHARLIE, 1, "yes", ASKED)]
    for entries in itertools.permutations([ASKED, *answers]):
        assert fold(entries) == fold([ASKED, *answers])


def test_the_ladder_in_its_order() -> None:
    state = folded(*story())
    delivered = Delivery(BRAVO, story()[1].entry.id, 1, Instant(4), Instant(5))
    steps = ladder(state, ASKED.entry.id, Instant(1), [(BRAVO, Instant(2))], [delivered])
    assert [each.rung for each in steps] == sorted((each.rung for each in steps), key=LADDER.index)
    assert [(each.rung, each.proof) for each in steps[:2]] == [(Rung.KEPT, None), (Rung.CARRIED, None)]
    assert {each.rung for each in steps} == set(LADDER) - {Rung.ACKNOWLEDGED}
    assert highest(steps) == Rung.ANSWERED


def test_the_ladder_of_an_answer_is_its_own() -> None:
    answer = story()[4]
    steps = ladder(folded(*story()), answer.entry.id, Instant(1))
    assert [(each.rung, each.by) for each in steps] == [(Rung.KEPT, BRAVO), (Rung.ACKNOWLEDGED, CHARLIE)]


def test_nothing_is_known_of_a_strange_message() -> None:
    assert ladder(folded(ASKED), message(CHARLIE, 1, "other").entry.id, Instant(1)) == ()
    assert highest(()) == Rung.KEPT


def test_the_goals_of_handling() -> None:
    minutes = {precedence: goal // 60_000 for precedence, goal in HANDLING_GOALS_MS.items()}
    assert minutes == {
        Precedence.FLASH: 10,
        Precedence.IMMEDIATE: 30,
        Precedence.PRIORITY: 180,
        Precedence.ROUTINE: 360,
    }


def test_a_rung_or_a_higher_one_is_reached() -> None:
    steps = folded(ASKED, mark(BRAVO, 1, Kind.TAKEN, ASKED)).steps
    assert has_reached(steps, Rung.SEEN)
    assert has_reached(steps, Rung.TAKEN)
    assert not has_reached(steps, Rung.PASSED_ON)
    assert not has_reached((), Rung.KEPT)


def test_of_what_is_no_message_only_the_marks_count() -> None:
    put = claim()
    taken, seen = mark(BRAVO, 2, Kind.TAKEN, put), mark(BRAVO, 1, Kind.SEEN, put)
    passed = mark(CHARLIE, 1, Kind.PASSED_ON, put, whom_item("the minister"))
    bad = (mark(ALPHA, 2, Kind.SEEN, put), mark(CHARLIE, 2, Kind.PASSED_ON, put), stance(BRAVO, 3, put))
    state = marked(put.entry, [passed, taken, *bad, put, seen])
    assert [(each.rung, each.by) for each in ladder(state, put.entry.id, Instant(5))] == [
        (Rung.KEPT, ALPHA),
        (Rung.SEEN, BRAVO),
        (Rung.TAKEN, BRAVO),
        (Rung.PASSED_ON, CHARLIE),
    ]
    assert {each.whom for each in state.steps} == {"", "the minister"}


def test_a_flood_in_one_exchange_counts_for_nothing_beyond_its_author_s_share() -> None:
    flood = [message(BRAVO, at, exchange=ASKED.entry.id, refers=(ASKED.entry.id,)) for at in range(1, 2_060)]
    answer = message(CHARLIE, 1, exchange=ASKED.entry.id, refers=(ASKED.entry.id,))
    state = fold([*flood, answer, ASKED])
    assert state is not None
    assert len(state.said) == 1 + EXCHANGE_ENTRIES_MAX + 1
    assert [each.entry for each in state.ignored] == [each.entry.id for each in flood[EXCHANGE_ENTRIES_MAX:]]
    assert state.find(answer.entry.id) is not None
