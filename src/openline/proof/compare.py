"""Signatures first."""

from __future__ import annotations

import msgspec

from openline.proof.finding import Index


class Comparison(msgspec.Struct, frozen=True):
    """What each of two records left out. `same` when both show the same entries and items."""

    same: bool

    def sentences(self, first: str, second: str) -> list[str]:
        """Plain sentences; `first` and `second` are what people call the two records."""
        return []


def compare(first: Index, second: Index) -> Comparison:
    """What each of two records of one line left out, named to the entry."""
