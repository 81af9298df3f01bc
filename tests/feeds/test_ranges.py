"""Numbers against a plain set, under every operation in any order."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from openline.feeds.ranges import Numbers

small = st.integers(0, 40)


class NumbersAgainstASet(RuleBasedStateMachine):
    """Two sets of each sort, so that one can be taken from the other."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers, self.plain = Numbers(), set[int]()
        self.other, self.other_plain = Numbers(), set[int]()

    @rule(first=small, length=st.integers(-1, 6))
    def add(self, first: int, length: int) -> None:
        """Add a run, or nothing where it ends before it begins."""
        self.numbers.add(first, first + length - 1)
        self.plain.update(range(first, first + length))

    @rule(number=small)
    def add_one(self, number: int) -> None:
        """Add one number."""
        self.numbers.add(number)
        self.plain.add(number)

    @rule(number=small)
    def discard(self, number: int) -> None:
        """Take one out."""
        self.numbers.discard(number)
        self.plain.discard(number)

    @rule()
    def exchange(self) -> None:
        """Go on with the other set."""
        self.numbers, self.other = self.other, self.numbers
        self.plain, self.other_plain = self.other_plain, self.plain

    @rule()
    def rebuild(self) -> None:
        """What its ranges say is the same set, in whatever order they come."""
        self.numbers = Numbers(reversed(self.numbers.ranges()))

    @invariant()
    def says_the_same(self) -> None:
        """Membership, truth, ranges and difference agree with the set."""
        assert {number for number in range(-2, 60) if number in self.numbers} == self.plain
        assert bool(self.numbers) is bool(self.plain)
        ranges = self.numbers.ranges()
        assert all(first <= last for first, last in ranges)
        assert all(last + 1 < first for (_, last), (first, _) in zip(ranges, ranges[1:], strict=False))
        left = self.numbers.without(self.other)
        assert {number for number in range(-2, 60) if number in left} == self.plain - self.other_plain


TestNumbers = NumbersAgainstASet.TestCase


def test_runs_may_be_as_long_as_numbers_go() -> None:
    largest = (1 << 63) - 1
    numbers = Numbers([(1, largest)])
    numbers.discard(1 << 40)
    assert numbers.ranges() == ((1, (1 << 40) - 1), ((1 << 40) + 1, largest))
    assert (largest in numbers, 1 << 40 in numbers) == (True, False)
    assert Numbers([(1, largest)]).without(numbers).ranges() == ((1 << 40, 1 << 40),)
