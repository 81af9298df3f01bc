"""What is in force when, and how late a notice was."""

from __future__ import annotations

import msgspec

from openline.areas.in_force import Index
from openline.exchanges.notice import early, held, late_by
from openline.feeds.record import Kept
from openline.terms import Instant, LineId
from openline.wire.notice import Duties
from openline.wire.places import Span
from tests.exchanges.warnings import CLOSES, HOUR, OPENS, SIGNED, amended, ended, folded, given, head
from tests.feeds.histories import ALPHA, BRAVO


def at(when: int, *notices: tuple[Kept, ...]) -> list[str]:
    index = Index(held(folded(*each).state for each in notices))
    return [each.held.id for each in index.at(Instant(when))]


def test_a_version_stands_until_the_next_and_the_end() -> None:
    first = given()
    change = amended(2, first, first, head(windows=(Span(OPENS, Instant(CLOSES + HOUR)),)), at=SIGNED + HOUR)
    end = ended(3, first, at=SIGNED + 2 * HOUR)
    one, two = first.entry.id.hex(), change.entry.id.hex()
    whole = (first, change, end)
    assert at(SIGNED - 1, whole) == []
    assert at(SIGNED, whole) == [one]
    assert at(SIGNED + HOUR - 1, whole) == [one]
    assert at(SIGNED + HOUR, whole) == [two]
    assert at(SIGNED + 2 * HOUR, whole) == []
    assert at(CLOSES, (first, change)) == [two]
    assert at(CLOSES + HOUR + 1, (first, change)) == []


def test_a_clock_set_back_makes_no_hole() -> None:
    first = given()
    change = amended(2, first, first, at=SIGNED - HOUR)
    assert at(SIGNED, (first, change)) == [change.entry.id.hex()]
    assert at(SIGNED - 1, (first, change)) == []


def test_a_warning_counts_from_its_issue_and_others_cancel_it_by_its_number() -> None:
    old = given(number=1, first=head(source_id="HYDROLANT 12/22", issued=Instant(SIGNED - 9 * HOUR)))
    by = given(
        number=2, first=head(number=2, source_id="HYDROLANT 13/22", cancels=("HYDROLANT 12/22",)), at=SIGNED + HOUR
    )
    names = [old.entry.id.hex(), by.entry.id.hex()]
    assert at(SIGNED - 8 * HOUR, (old,), (by,)) == names[:1]
    assert at(SIGNED, (old,), (by,)) == names[:1]
    assert at(SIGNED + HOUR, (old,), (by,)) == names[1:]
    assert at(SIGNED + HOUR, (by,), (old,)) == names[1:]
    stranger = given(BRAVO, 1, head(number=2, cancels=("HYDROLANT 12/22",)), at=SIGNED + HOUR)
    assert old.entry.id.hex() in at(SIGNED + HOUR, (old,), (stranger,))
    header = msgspec.structs.replace(by.entry.header, line=LineId(b"M" * 32))
    elsewhere = msgspec.structs.replace(by, entry=msgspec.structs.replace(by.entry, header=header))
    assert old.entry.id.hex() in at(SIGNED + HOUR, (old,), (elsewhere,))


def test_late_by_minutes_against_the_rule() -> None:
    version = folded(given()).state.standing
    assert early(version, Instant(OPENS - HOUR)) == HOUR
    assert late_by(version, Instant(OPENS - 24 * HOUR)) == 0
    assert late_by(version, Instant(OPENS - 24 * HOUR + 1)) == 1
    assert late_by(version, Instant(OPENS - 24 * HOUR + 60_000)) == 1
    assert late_by(version, Instant(OPENS - HOUR // 2)) == 23 * 60 + 30
    voluntary = folded(given(first=head(duties=Duties()))).state.standing
    assert late_by(voluntary, Instant(OPENS)) is None
    without = folded(given(first=head(windows=()))).state.standing
    assert late_by(without, OPENS) is None
    assert early(without, OPENS) is None
    assert ALPHA != BRAVO
