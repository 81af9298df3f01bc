"""How good the proposals for a text are, against the marks that a person made in it by hand."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from openline.accounts.assertion import What
from openline.accounts.proposing import Proposal


class ByHand(msgspec.Struct, frozen=True):
    """A mark that a person made: from `start` to `end`, by characters, and what it asserts."""

    start: int
    end: int
    what: What


class Measured(msgspec.Struct, frozen=True):
    """Of so many marks made by hand so many were proposed; of so many proposals so many were idle."""

    marks: int
    proposed: int
    proposals: int
    idle: int

    def __add__(self, other: Measured) -> Measured:
        """Both together."""
        return Measured(
            self.marks + other.marks,
            self.proposed + other.proposed,
            self.proposals + other.proposals,
            self.idle + other.idle,
        )


def measure(marks: Sequence[ByHand], proposals: Sequence[Proposal]) -> Measured:
    """A mark is proposed where a proposal of the same sort has a character in common with it; else one is idle."""
    proposed = [mark for mark in marks if any(_meets(mark, each) for each in proposals)]
    idle = [each for each in proposals if not any(_meets(mark, each) for mark in marks)]
    return Measured(len(marks), len(proposed), len(proposals), len(idle))


def _meets(mark: ByHand, proposal: Proposal) -> bool:
    same = proposal.assertion.what is mark.what
    return same and mark.start < proposal.end and proposal.start < mark.end
