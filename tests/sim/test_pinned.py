"""Worlds that once broke a rule, played again for ever."""

from __future__ import annotations

import pytest

from openline.sim.world import Setting
from tests.sim.runs import play

PINNED = {
    325: "an entry written after a branch was named had the number of a disowned one, so it was not sent at once",
    557: "an acknowledged entry was lost where a backup was restored, a branch named, and a week passed",
    842: "a person named two branches before the first was followed",
    1321: "a post stopped after it had kept the proof of a fork and before it had told anybody",
    1388: "a copy older than a named branch wrote before it held what stood on it",
    1395: "the time to play ran out before all entries were written",
    2087: "everybody was heard while the post was on its way back to its branch, and it wrote at once",
    2131: "a removed member's receipt was held by one member that never signed for it",
    2258: "the newer of two links swallowed the last entries, and they were not offered on the other",
    2475: "serials that came back after a restore were forgotten in a crash",
    2515: "evidence under a key that a restored post had not heard of was called false",
    2660: "serials that came back after a restore were forgotten in a crash, beside a liar",
    3101: "a copy older than a named branch wrote before it held what stood on it, beside a liar that omits",
}
"""Seed and what went wrong there."""


@pytest.mark.parametrize("seed", PINNED)
def test_a_mended_world_stays_whole(seed: int) -> None:
    setting = Setting(calls=False, asks=False, publishes=False, assesses=False, notices=False, translates=False)
    outcome = play(seed, setting)
    assert outcome.broken is None, f"{PINNED[seed]}: {outcome.broken}"
