"""The outbox: the higher precedence first, always; what finds no room is given back to be fetched again."""

from __future__ import annotations

from collections import deque

from hypothesis import given
from hypothesis import strategies as st

from openline.engine.outbox import Outbox, Outgoing
from openline.limits import OUTBOX_MAX_BYTES
from openline.terms import Precedence
from tests.feeds.histories import ALPHA, BRAVO, LINE, message

FLASH, IMMEDIATE, PRIORITY, ROUTINE = (
    Precedence.FLASH,
    Precedence.IMMEDIATE,
    Precedence.PRIORITY,
    Precedence.ROUTINE,
)


def waiting(number: int, precedence: Precedence = ROUTINE, size: int = 10) -> Outgoing:
    return Outgoing(LINE, message(ALPHA, number, "x" * size, precedence=precedence).entry)


def numbers(outgoing: list[Outgoing] | None) -> list[int]:
    assert outgoing is not None
    return [each.entry.header.number for each in outgoing]


@given(st.lists(st.one_of(st.sampled_from(Precedence), st.none())))
def test_what_leaves_is_the_first_of_the_highest(script: list[Precedence | None]) -> None:
    """A precedence lets one more wait, None takes one out; held against four plain queues."""
    outbox = Outbox()
    model = {precedence: deque[int]() for precedence in Precedence}
    for number, precedence in enumerate(script, 1):
        if precedence is not None:
            assert outbox.push(waiting(number, precedence)) == []
            model[precedence].append(number)
        elif outbox:
            highest = max(precedence for precedence in Precedence if model[precedence])
            peeked = outbox.peek()
            assert peeked is not None
            assert peeked is outbox.pop()
            assert peeked.entry.header.number == model[highest].popleft()
        assert len(outbox) == sum(map(len, model.values()))
        assert bool(outbox) == any(model.values())
    assert (outbox.peek() is None) == (len(outbox) == 0)


@given(st.lists(st.tuples(st.sampled_from(Precedence), st.integers(1, 60))))
def test_memory_is_bounded_but_for_what_is_urgent(script: list[tuple[Precedence, int]]) -> None:
    """Each way an entry goes is counted once: waiting, given back, or refused."""
    outbox = Outbox()
    inside: set[int] = set()
    for number, (precedence, size) in enumerate(script, 1):
        outgoing = waiting(number, precedence, size * OUTBOX_MAX_BYTES // 300)
        evicted = outbox.push(outgoing)
        if evicted is None:
            assert precedence < IMMEDIATE
            continue
        inside.add(number)
        assert all(each.entry.header.precedence < precedence for each in evicted)
        inside -= set(numbers(evicted))
        assert outbox.numbers(LINE, ALPHA) == inside
    held = []
    while outbox.peek() is not None:
        held.append(outbox.pop())
    assert {each.entry.header.number for each in held} == inside
    assert outbox.bytes == 0
    if all(precedence < IMMEDIATE for precedence, _ in script):
        assert sum(each.size() for each in held) <= max([OUTBOX_MAX_BYTES, *(each.size() for each in held)])


def test_the_lowest_and_latest_make_room() -> None:
    outbox = Outbox()
    third = OUTBOX_MAX_BYTES // 3
    for number, precedence in ((1, ROUTINE), (2, PRIORITY), (3, ROUTINE)):
        outbox.push(waiting(number, precedence, third - 2_000))
    assert numbers(outbox.push(waiting(4, FLASH, third - 2_000))) == [3]
    assert numbers(outbox.push(waiting(5, FLASH, third - 2_000))) == [1]
    assert numbers(outbox.push(waiting(6, FLASH, third - 2_000))) == [2]
    assert [outbox.pop().entry.header.number for _ in range(3)] == [4, 5, 6]


def test_routine_gives_way_to_nobody_of_its_own() -> None:
    outbox = Outbox()
    assert outbox.push(waiting(1, ROUTINE, OUTBOX_MAX_BYTES - 1_000)) == []
    assert outbox.push(waiting(2, ROUTINE, 2_000)) is None
    assert outbox.push(waiting(3, IMMEDIATE, 2_000)) is not None


def test_what_is_half_sent_stays() -> None:
    outbox = Outbox()
    half = waiting(1, ROUTINE, OUTBOX_MAX_BYTES - 1_000)
    outbox.push(half)
    half.sealed, half.sent = b"x" * 100, 50
    assert outbox.push(waiting(2, FLASH, 2_000)) == []
    assert outbox.numbers(LINE, ALPHA) == {1, 2}


def test_control_goes_without_entries() -> None:
    outbox = Outbox()
    assert not outbox
    outbox.control.append(b"summary")
    assert outbox
    assert len(outbox) == 0
    assert outbox.peek() is None


def test_numbers_are_of_one_feed() -> None:
    outbox = Outbox()
    outbox.push(waiting(1))
    outbox.push(Outgoing(LINE, message(BRAVO, 7).entry))
    assert outbox.numbers(LINE, ALPHA) == {1}
    assert outbox.numbers(LINE, BRAVO) == {7}
