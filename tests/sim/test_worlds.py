"""Thousands of seeded worlds: whatever strikes, every rule holds in every one of them."""

from __future__ import annotations

import os
import time

import pytest

from openline.sim.faults import DOOMS
from openline.sim.world import Setting, World
from tests.sim.runs import Tally, play_all

WORLDS = 2_000
SOAK_WORLDS = 50_000

FAULTS = {
    *DOOMS,
    "link break",
    "silent stall",
    "partition",
    "slow link",
    "restart",
    "clock skew",
    "week's jump",
    "duplicate frame",
    "garbage frame",
    "flipped bytes",
    "lost wrap",
    "late effects",
    "restored backup",
    "parcel twice",
    "liar forks",
    "liar forges",
    "liar shrinks",
    "liar claims too much",
    "liar claims another id",
    "liar omits",
    "liar backdates",
    "liar replays",
    "liar disowns",
    "liar false summary",
    "liar garbage",
}
"""Every one of these must have struck at least once in the run."""

TRANSITIONS = {
    *(f"kept {kind}" for kind in ("terms", "epoch", "keys", "ack", "checkpoint", "cosign", "evidence", "message")),
    *(f"kept {kind}" for kind in ("seen", "acknowledged", "taken", "passed_on", "correction", "given_up")),
    *(f"answered {command}" for command in ("OpenLine", "AcceptLine", "ChangeMembers", "Send", "Mark", "CarriedIn")),
    *(f"answered {command}" for command in ("MakeCheckpoint", "LineStatus", "ConfirmStart")),
    *(f"alarm {code}" for code in ("gap", "late", "forked-feed", "have-shrank", "have-differs", "restored", "resumed")),
    *(f"alarm {code}" for code in ("line-proposed", "terms-proposed", "branch-named", "bad-encoding", "bad-seal")),
    *(f"refused {code}" for code in ("not-ready", "not-allowed", "disk-failed")),
    *(f"kept call_{kind}" for kind in ("request", "answer", "outcome", "attempt", "certificate", "response")),
    "contact judged",
    *(f"{what} judged" for what in ("minute", "commitment", "disclosure")),
    "minute complete",
    "statement judged",
    "statement released",
    "terms agreed",
    "commitment over",
    *(f"kept claim{kind}" for kind in ("", "_answer", "_evidence", "_withdrawn")),
    *(f"kept inquiry{kind}" for kind in ("", "_answer", "_judged")),
    *(f"{what} judged" for what in ("claim", "inquiry")),
    *("claim answered", "claim answer crossed", "inquiry answered", "inquiry answered late"),
    *(f"inquiry {end}" for end in ("satisfied", "not answered", "withdrawn")),
    *(f"kept readout{kind}" for kind in ("", "_mark", "_word")),
    *(f"kept together{kind}" for kind in ("", "_committed", "_revealed", "_withdrawn")),
    *("readouts judged", "mark stands", "mark withdrawn", "mark disputed"),
    *(f"kept incident{kind}" for kind in ("", "_assessed", "_stance", "_source", "_investigated", "_quiet")),
    *("kept incident_correction", "kept incident_word", "incidents judged", "correction in effect"),
    *(f"origin {word}" for word in ("unknown", "disputed", "several", "likely")),
    *("knowledge proved", "knowledge not proved"),
    *("document shown", "together open", "together off", "withdrawal crossed"),
    "requests crossed",
    "answered late",
    "answered in time",
    "overtaken",
    "dead link found",
    "two links at once",
    "frame swallowed",
    "exchange folded",
    "branch named",
    "fork caught",
}
"""Every one of these must have happened at least once in the run."""


def run(first: int, count: int) -> Tally:
    """Play worlds, print what they showed, and hold it against what must be."""
    tally = Tally()
    began = time.monotonic()
    for outcome in play_all(range(first, first + count)):
        tally.add(outcome)
    seconds = time.monotonic() - began
    REPORTS.append("\n".join([*tally.report(), f"{count / seconds:.1f} worlds a second"]))
    assert tally.failures == [], "\n" + "\n".join(tally.failures[:20])
    assert tally.thin == [], "these worlds have less than 200 entries or 3 kinds of fault"
    assert sorted(name for name in FAULTS if not tally.faults[name]) == []
    assert sorted(name for name in TRANSITIONS if not tally.passed[name]) == []
    return tally


REPORTS: list[str] = []


def test_every_rule_holds_in_every_world() -> None:
    run(int(os.environ.get("OPENLINE_FIRST_SEED", "0")), WORLDS)


@pytest.mark.soak
def test_every_rule_holds_in_many_more_worlds() -> None:
    run(1_000_000, SOAK_WORLDS)


def test_a_world_without_faults_is_calm() -> None:
    world = World(7, Setting(posts=3, liar=False, faults=False))
    outcome = world.run()
    assert outcome.broken is None
    assert set(outcome.faults) <= {"parcel twice"}


@pytest.mark.soak
def test_sixty_members_make_a_line() -> None:
    outcome = World(3, Setting(posts=60, liar=False, entries=300)).run()
    assert outcome.broken is None
