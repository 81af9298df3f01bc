"""Sessions: found by their secret alone, over when idle or old, ended all together, never more than there may be."""

from __future__ import annotations

from openline.desk.sessions import IDLE_SECONDS, WHOLE_SECONDS, Sessions
from openline.limits import DESK_SESSIONS_MAX


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.at = 1_000.0

    def __call__(self) -> float:
        return self.at


def test_a_session_is_found_by_its_secret() -> None:
    sessions = Sessions(Clock())
    one, other = sessions.open(1), sessions.open(2)
    assert one != other
    assert len(one) >= 43
    assert [found.number for secret in (one, other) if (found := sessions.find(secret))] == [1, 2]
    assert sessions.find("") is None
    assert sessions.find(one + "x") is None
    assert sessions.find("\udcff") is None
    sessions.close(one)
    assert sessions.find(one) is None
    assert sessions.find(other) is not None


def test_an_idle_one_ends_and_a_used_one_goes_on() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    idle, used = sessions.open(1), sessions.open(1)
    clock.at += IDLE_SECONDS
    assert sessions.find(used) is not None
    clock.at += 1
    assert sessions.find(idle) is None
    assert sessions.find(used) is not None


def test_every_one_ends_after_a_day() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    used = sessions.open(1)
    while clock.at < 1_000 + WHOLE_SECONDS:
        assert sessions.find(used) is not None
        clock.at += IDLE_SECONDS / 2
    clock.at += 1
    assert sessions.find(used) is None


def test_all_of_one_officer_end_together() -> None:
    sessions = Sessions(Clock())
    mine, also_mine, theirs = sessions.open(1), sessions.open(1), sessions.open(2)
    sessions.close_all(1)
    assert sessions.find(mine) is None
    assert sessions.find(also_mine) is None
    assert sessions.find(theirs) is not None


def test_the_one_idle_longest_gives_way() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    first = last = sessions.open(1)
    for _ in range(DESK_SESSIONS_MAX):
        clock.at += 1
        last = sessions.open(2)
    assert len(sessions) == DESK_SESSIONS_MAX
    assert sessions.find(first) is None
    assert sessions.find(last) is not None
