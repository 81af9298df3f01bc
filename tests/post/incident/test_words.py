"""The timeline in sentences: one for each entry that counts."""

from __future__ import annotations

import pytest
from hypothesis import given

from openline.feeds.record import Kept
from openline.post.incident.words import what_of
from openline.wire.incident import Confidence, Stance, Word
from tests.exchanges.incidents import (
    assessed,
    correction,
    folded,
    incidents,
    investigation,
    opened,
    quiet,
    source,
    stood,
    word,
)
from tests.exchanges.talks import name_of
from tests.feeds.histories import ALPHA, BRAVO, CHARLIE, message

OPENED = opened()
FIRST = assessed(ALPHA, 2, OPENED)
REVISED = assessed(ALPHA, 3, OPENED, FIRST, origin="the east", confidence=Confidence.LIKELY, confirmed=True)
ASKED = quiet(ALPHA, 4, OPENED, BRAVO, CHARLIE)
OTHER = message(BRAVO, 40)
SHORT, OTHER_SHORT = FIRST.entry.id.hex()[:12], OTHER.entry.id.hex()[:12]
CASES = (
    (OPENED, "opens the incident"),
    (FIRST, "assesses (preliminary): An explosion, two dead. Origin: not known"),
    (REVISED, "revises its assessment (confirmed, likely): An explosion, two dead. Origin: the east"),
    (
        stood(BRAVO, 1, OPENED, FIRST, Stance.DISPUTES),
        f"disputes the assessment {SHORT} of Alpha, a version that was revised since",
    ),
    (source(BRAVO, 2, OPENED), "names a source: a radar"),
    (investigation(BRAVO, 3, OPENED), "investigates"),
    (investigation(BRAVO, 4, OPENED, ALPHA), "investigates and asks Alpha to do so with it"),
    (ASKED, "asks Bravo and Charlie not to comment before 2022-11-16T02:40:00Z"),
    (word(BRAVO, 5, OPENED, Word.DECLINED, ASKED), "declines the request not to comment of Alpha"),
    (
        correction(BRAVO, 6, OPENED),
        'proposes that it should read: "Explosion at a farm", Przewodow, 2022-11-15T14:40:00Z',
    ),
    (word(BRAVO, 7, OPENED, Word.SAME, OTHER), f"says that it is the same incident as {OTHER_SHORT}"),
    (word(ALPHA, 8, OPENED, Word.CLOSED), "closes the incident"),
)


@pytest.mark.parametrize(("kept", "said"), CASES, ids=[said[:30] for _, said in CASES])
def test_each_entry_has_its_sentence(kept: Kept, said: str) -> None:
    state = folded(*(each for each, _ in CASES)).state
    assert what_of(state, kept, name_of) == said


@given(incidents())
def test_whatever_was_taken_can_be_said(entries: list[Kept]) -> None:
    after = folded(*entries)
    for kept in after.entries:
        if after.why_not(kept.entry.id) is None:
            assert what_of(after.state, kept, name_of)
