"""What an assertion comes to against the record, with the entry that decides it and one sentence why."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from openline.accounts.facts import Fact


class Finding(StrEnum):
    """How an assertion stands to the record. What the record does not hold is no contradiction."""

    MATCHES = "matches"
    CONTRADICTS = "contradicts"
    NOT_IN_THE_RECORD = "not in the record"


class Verdict(msgspec.Struct, frozen=True):
    """The finding; `entry` decides it, in hex, and `against` are entries that say otherwise where the sides differ."""

    finding: Finding
    why: str
    entry: str = ""
    against: tuple[str, ...] = ()


def matches(fact: Fact, why: str, against: tuple[Fact, ...] = ()) -> Verdict:
    """The record bears it out."""
    return Verdict(Finding.MATCHES, why, fact.proof, tuple(dict.fromkeys(each.proof for each in against)))


def contradicts(fact: Fact, why: str) -> Verdict:
    """The record says what excludes it."""
    return Verdict(Finding.CONTRADICTS, why, fact.proof)


def absent(why: str) -> Verdict:
    """The record neither bears it out nor excludes it."""
    return Verdict(Finding.NOT_IN_THE_RECORD, why)
