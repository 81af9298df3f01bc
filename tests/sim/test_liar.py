"""Every lie is caught, named and alarmed, and the line with the others goes on."""

from __future__ import annotations

import pytest

from openline.engine.housekeeping import GAP_ALARM_MS
from openline.sim.liar import Liar
from openline.sim.world import Setting, World

CAUGHT = {
    "forks": {"forked-feed"},
    "shrinks": {"have-shrank"},
    "claims too much": {"empty-claim", "restored"},
    "claims another id": {"have-differs"},
    "omits": {"gap"},
    "garbage": {"bad-encoding", "bad-field", "bad-link", "bad-seal"},
    "forges": set(),
    "backdates": set(),
    "replays": set(),
    "disowns": set(),
    "false summary": set(),
}
"""The alarms of which one must ring at an honest member; where none must, the lie achieves nothing."""


def test_every_lie_is_here() -> None:
    assert set(Liar("Ford", World(1)).lies) == set(CAUGHT)


@pytest.mark.parametrize("lie", CAUGHT)
def test_a_lie_is_caught_and_the_line_goes_on(lie: str) -> None:
    rung: set[str] = set()
    for seed in range(30):
        world = World(seed, Setting(posts=3, liar=True, faults=False, entries=200))
        liar = next(post for post in world.posts.values() if isinstance(post, Liar))
        liar.lies = {lie: liar.lies[lie]}
        outcome = world.run()
        assert outcome.broken is None
        world.run_until(world.now + GAP_ALARM_MS + 10_000, lambda: False)
        if outcome.faults[f"liar {lie}"]:
            rung |= {alarm.code for post in world.honest() for alarm in post.alarms if liar.name in alarm.text}
            rung |= {alarm.code for post in world.honest() for alarm in post.alarms if "keeps sending" in alarm.text}
            if rung & CAUGHT[lie] or not CAUGHT[lie]:
                return
    pytest.fail(f"it {lie}, and {rung or 'nothing'} was alarmed")
