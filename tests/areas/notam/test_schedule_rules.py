"""The rules of a schedule, and the first words that are none."""

from __future__ import annotations

import pytest

from openline.areas.notam.schedule_rules import NoRuleError, Schedule, read_rules
from openline.areas.notam.schedule_words import cut


def rules(text: str) -> Schedule:
    return read_rules(cut(text))


def test_days_times_and_exceptions() -> None:
    (rule,) = rules("MON-TUE 0700-1900 EXC FEB 15").rules
    assert (rule.weekdays, len(rule.spans), len(rule.but_days)) == (frozenset({0, 1}), 1, 1)
    assert len(rules("08 0800-12 2000").through) == 1
    assert rules("MON-FRI 0700-1900 EXC HOL").holidays


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("HX", 0),
        ("MON-FRI", 7),
        ("0800", 4),
        ("DAILY 0800-1000 HUH", 16),
        ("32 0800-1000", 0),
        ("EXC", 3),
        ("0800-1000 EXC HUH", 14),
    ],
)
def test_what_is_no_rule(text: str, at: int) -> None:
    with pytest.raises(NoRuleError) as none:
        rules(text)
    assert abs(none.value.first - at) <= 7


def test_times_behind_exc_are_others_or_within() -> None:
    for text, narrower in (
        ("DAILY 0600-1200 EXC APR 10 0600-1300", False),
        ("DAILY 0600-1200 EXC APR 10 0800-0900", True),
        ("DAILY 2200-0600 EXC APR 10 2300-0500", True),
        ("DAILY SR-SS EXC APR 10 0800-0900", False),
        ("DAILY 0600-1200 EXC APR 10", False),
    ):
        assert [rule.narrower for rule in rules(text).rules] == [narrower], text
