"""Verdicts: three findings, each with its entry but the one that has none."""

from __future__ import annotations

from openline.accounts.assertion import What
from openline.accounts.facts import Fact
from openline.accounts.verdict import Finding, Verdict, absent, contradicts, matches

FACT = Fact(what=What.WHO, proof="aa")
OTHER = Fact(what=What.WHO, proof="bb")


def test_what_a_verdict_rests_on() -> None:
    assert matches(FACT, "So.", (OTHER, OTHER)) == Verdict(Finding.MATCHES, "So.", "aa", ("bb",))
    assert contradicts(FACT, "Not so.") == Verdict(Finding.CONTRADICTS, "Not so.", "aa")
    assert absent("Nothing.") == Verdict(Finding.NOT_IN_THE_RECORD, "Nothing.")
    assert [each.value for each in Finding] == ["matches", "contradicts", "not in the record"]
