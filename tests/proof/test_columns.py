"""Compact tables: numbers with holes, twins, claims that only rise."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from openline.proof.columns import Claims, Column
from openline.terms import EntryId, Instant


def entry(number: int) -> EntryId:
    return EntryId(number.to_bytes(32))


def column(*numbers: int) -> Column:
    made = Column()
    for number in numbers:
        made.add(number, entry(number), Instant(1000 + number), 1)
    return made


@given(st.sets(st.integers(1, 40), min_size=1))
def test_a_column_is_the_map_that_was_put_in(numbers: set[int]) -> None:
    made = column(*sorted(numbers))
    assert len(made) == len(numbers)
    assert made.last == max(numbers)
    for number in range(45):
        assert made.id(number) == (entry(number) if number in numbers else None)
        assert made.find(entry(number)) == (number if number in numbers else None)
    assert [number for number, _, _ in made.rows()] == sorted(numbers)
    missing = [number for first, last in made.holes() for number in range(first, last + 1)]
    assert missing == [number for number in range(1, max(numbers)) if number not in numbers]


def test_a_hole_of_any_size_costs_nothing() -> None:
    made = column(1, 1 << 62)
    assert made.holes() == [(2, (1 << 62) - 1)]
    assert made.time(1 << 62) == 1000 + (1 << 62)


def test_an_id_is_found_only_where_it_stands_whole() -> None:
    made = Column()
    made.add(1, EntryId(bytes(31) + b"\1"), Instant(0), 0)
    made.add(2, EntryId(b"\2" * 32), Instant(0), 0)
    assert made.find(EntryId(b"\1" + b"\2" * 31)) is None
    assert made.find(EntryId(b"\2" * 32)) == 2


def test_twins_count_as_this_number() -> None:
    made = column(1, 2)
    made.twins[2] = [entry(9)]
    assert made.holds(2, entry(2))
    assert made.holds(2, entry(9))
    assert made.holds(2, entry(8)) is False
    assert made.holds(3, entry(3)) is None
    assert made.find(entry(9)) == 2
    assert list(made.rows())[-1] == (2, entry(9), 0)


def test_claims_tell_what_was_held_when() -> None:
    claims = Claims()
    claims.add(2, 5, entry(5))
    claims.add(7, 9, entry(9))
    claims.beyond.append((4, 8, entry(8)))
    assert [claims.newest_at(number) for number in (1, 2, 6, 7, 9)] == [0, 5, 5, 9, 9]
    assert claims.first_with(3, entry(3)) == 2
    assert claims.first_with(6, entry(6)) == 7
    assert claims.first_with(8, entry(8)) == 4
    assert claims.first_with(10, entry(10)) is None
    assert list(claims.all()) == [(2, 5, entry(5)), (7, 9, entry(9)), (4, 8, entry(8))]
