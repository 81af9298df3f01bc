"""How good the proposals for a text are, against the marks that a person made in it by hand."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from openline.accounts.assertion import What
from openline.accounts.days import Days
from openline.accounts.numbers import Count
from openline.accounts.proposing import Proposal


class ByHand(msgspec.Struct, frozen=True):
    """A mark that a person made: from `start` to `end`, by characters, and what it asserts; parts where it has them."""

    start: int
    end: int
    what: What
    days: Days | None = None
    number: Count | None = None
    value: str = ""


class Measured(msgspec.Struct, frozen=True):
    """Of so many marks made by hand so many were proposed; of so many proposals so many were idle.

    Of `exact` marks that name a day, a number or a value `right` were proposed with the same.
    """

    marks: int = 0
    proposed: int = 0
    proposals: int = 0
    idle: int = 0
    exact: int = 0
    right: int = 0

    def __add__(self, other: Measured) -> Measured:
        """Both together."""
        return Measured(*(one + two for one, two in zip(self.value().values(), other.value().values(), strict=True)))

    def value(self) -> dict[str, int]:
        """The figures by name."""
        held: dict[str, int] = msgspec.structs.asdict(self)
        return held


def measure(marks: Sequence[ByHand], proposals: Sequence[Proposal]) -> Measured:
    """A mark is proposed where a proposal of the same sort has a character in common with it; else one is idle."""
    pairs = [(mark, [each for each in proposals if _meets(mark, each)]) for mark in marks]
    exact = [(mark, found) for mark, found in pairs if mark.days or mark.number or mark.value]
    return Measured(
        marks=len(marks),
        proposed=sum(bool(found) for _, found in pairs),
        proposals=len(proposals),
        idle=sum(not any(_meets(mark, each) for mark in marks) for each in proposals),
        exact=len(exact),
        right=sum(any(_agrees(mark, each) for each in found) for mark, found in exact),
    )


def _meets(mark: ByHand, proposal: Proposal) -> bool:
    same = proposal.assertion.what is mark.what
    return same and mark.start < proposal.end and proposal.start < mark.end


def _agrees(mark: ByHand, proposal: Proposal) -> bool:
    made, number = proposal.assertion, mark.number
    return (
        (mark.days is None or made.days == mark.days)
        and (
            number is None
            or (made.number is not None and (made.number.least, made.number.most) == (number.least, number.most))
        )
        and (not mark.value or made.value == mark.value)
    )
