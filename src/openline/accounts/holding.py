"""An assertion held against the picture that the record gives: one rule for each sort, or the reading of a person.

A rule says *contradicts* only where an entry excludes the assertion. That the record lacks something excludes nothing:
what was said elsewhere, or before the line was opened, is in no record.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from openline.accounts import holding_contacts as contacts
from openline.accounts import holding_words as said
from openline.accounts.assertion import Assertion, What
from openline.accounts.facts import Picture
from openline.accounts.verdict import Finding, Verdict, absent

Rule = Callable[[Assertion, Picture, date], Verdict]

RULES: Final[Mapping[What, Rule]] = {
    What.WHO: contacts.took_part,
    What.WHOM: contacts.by_party,
    What.INITIATED_BY: contacts.by_party,
    What.REQUESTED_BY: contacts.by_party,
    What.WHEN: contacts.on_days,
    What.HAPPENED: contacts.on_days,
    What.LAST_BEFORE: contacts.last_before,
    What.FIRST_SINCE: contacts.first_since,
    What.TIMES: contacts.times,
    What.OUTCOME: contacts.outcome,
    What.CONFIRMED: contacts.confirmed,
    What.INVESTIGATES: contacts.by_party,
    What.ABOUT: said.about,
    What.AGREED: said.agreed,
    What.REASON: said.reason,
    What.NUMBER: said.number,
    What.REJECTED: said.in_words,
    What.SAID: said.in_words,
    What.TOLD: said.told,
    What.ORIGIN: said.in_words,
}


def hold(assertion: Assertion, picture: Picture, published: date, officer: str = "") -> Verdict:
    """What an assertion of an account published on a day comes to; `officer` read it, where no rule decides."""
    if assertion.entry:
        finding = Finding.CONTRADICTS if assertion.otherwise else Finding.MATCHES
        how = "exclude each other" if assertion.otherwise else "say the same"
        return Verdict(
            finding, f"{officer or 'An officer'} reads it so: this entry and the account {how}.", assertion.entry
        )
    if not picture.about:
        return absent("It is not said which contact, notice or message it is about.")
    return RULES[assertion.what](assertion, picture, published)
