"""What the record says, as facts that assertions can be held against: what each fold gives, in one small form.

A fact has the same `what` as an assertion. A shell makes them from the folds (post/source/facts.py); a new exchange
adds facts, and nothing else has to know it.
"""

from __future__ import annotations

import msgspec

from openline.accounts.assertion import What
from openline.accounts.names import Party
from openline.accounts.numbers import Count
from openline.terms import Instant


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that the record says, and the entry, in hex, that says it.

    `parties` said, asked or did it, `to` are those to whom. `at` to `until` is when, 0 where it has no time.
    `text` are the record's own words. `sides` is True where it is the word of one side that another side has not
    agreed to.
    """

    what: What
    proof: str
    parties: tuple[Party, ...] = ()
    to: tuple[Party, ...] = ()
    at: Instant = Instant(0)
    until: Instant = Instant(0)
    number: Count | None = None
    value: str = ""
    text: str = ""
    sides: bool = False


class Holder(msgspec.Struct, frozen=True, kw_only=True):
    """Who holds an office from `begins` on, 0 for before the record, until `ends`, 0 for until now; by which roster."""

    party: Party
    begins: Instant = Instant(0)
    ends: Instant = Instant(0)
    proof: str = ""


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """All facts about one thing, and the holders of offices on its line."""

    about: str = ""
    facts: tuple[Fact, ...] = ()
    holders: tuple[Holder, ...] = ()

    def of(self, what: What) -> list[Fact]:
        """The facts of one sort, in order."""
        return [each for each in self.facts if each.what is what]

    def parties(self) -> list[Party]:
        """Everybody whom the picture knows."""
        held = [each.party for each in self.holders]
        return held + [party for fact in self.facts for party in (*fact.parties, *fact.to)]
