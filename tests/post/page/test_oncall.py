"""Who is on call, who is due, and files that are refused with a sentence."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadPaging
from openline.limits import PAGING_FILE_MAX_BYTES
from openline.post.page.oncall import Config, Due, Ladder, Person, Shift, due, kind, read, weekday
from openline.terms import Instant, Precedence
from openline.wire.kinds import Kind

LADDER = Ladder(first=0, watched=120, next=60, all=300, again=600, rounds=2)
ONE = """
[[person]]
name = "Aas"
services = ["json://127.0.0.1:1/"]
"""


def at(text: str) -> Instant:
    return Instant(int(datetime.fromisoformat(text).astimezone(UTC).timestamp() * 1_000))


def test_a_small_file_has_sensible_rest() -> None:
    config = read(ONE.encode())
    assert config == Config(person=(Person("Aas", ("json://127.0.0.1:1/",)),))
    assert (config.text, config.ladder(Precedence.ROUTINE), config.ladder(Precedence.PRIORITY)) == ("quiet", None, None)
    assert config.ladder(Precedence.FLASH) == config.flash
    assert config.ladder(Precedence.IMMEDIATE) == config.immediate
    assert config.ladder(Precedence.FLASH, Kind.STOP) == config.stop
    assert due(config.stop, Instant(0), Instant(120_000), ["Aas"], {}).names == ("Aas",)
    assert due(config.stop, Instant(0), Instant(240_000), ["Aas"], {(0, "Aas"): True}) == Due(
        1, ("Aas",), Instant(360_000)
    )


def test_a_whole_file() -> None:
    config = read(
        b"""
        text = "full"
        timeout = 5
        classes = ["operation"]
        flash = { first = 10, watched = 60, next = 30, all = 90, again = 120, rounds = 3 }
        [[person]]
        name = "Aas"
        services = ["smtp://mail.example/?from=a@b.example&to=c@d.example", "tgram://1:x/2"]
        shift = [{ days = ["mon"], hours = "18:00-06:00" }, { hours = "12:00-13:00" }]
        """
    )
    assert config.flash == Ladder(first=10, watched=60, next=30, all=90, again=120, rounds=3)
    assert config.person[0].shift == (Shift(("mon",), "18:00-06:00"), Shift(hours="12:00-13:00"))
    assert [kind(service) for service in config.person[0].services] == ["smtp", "tgram"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "person"),
        ("person = []", "1 to 64 persons"),
        (ONE + 'phone = "1"', "unknown field `phone`"),
        ("colour = 1" + ONE, "unknown field `colour`"),
        ("routine = {}" + ONE, "[routine] pages nobody"),
        (ONE + ONE.replace("Aas", "AAS"), "twice"),
        ('[[person]]\nname = "Aas"\nservices = []', "1 to 16 services"),
        ('[[person]]\nname = "Aas"\nservices = ["call me"]', "service 1 of 'Aas'"),
        (ONE + 'shift = [{ hours = "25:00-26:00" }]', "are no hours"),
        (ONE + 'shift = [{ hours = "06:00-06:00" }]', "are no hours"),
        (ONE + 'shift = [{ hours = "06:00-24:30" }]', "are no hours"),
        (ONE + 'shift = [{ days = ["monday"] }]', "monday"),
        ("flash = { first = 0, watched = 121, next = 60, all = 300, again = 300 }" + ONE, "after 120 seconds at the"),
        (
            "stop = { first = 0, watched = 121, next = 60, all = 300, again = 300 }" + ONE,
            "STOP pages after 120 seconds",
        ),
        ("immediate = { first = 601, watched = 0, next = 60, all = 300, again = 300 }" + ONE, "after 600 seconds at"),
        ("flash = { first = 0, watched = 0, next = 0, all = 300, again = 300 }" + ONE, ">= 30"),
        ("timeout = 61" + ONE, "<= 60"),
        ("[[", "is not TOML"),
        ("x" * (PAGING_FILE_MAX_BYTES + 1), "bytes"),
    ],
)
def test_what_is_wrong_is_said(text: str, said: str) -> None:
    with pytest.raises(BadPaging) as error:
        read(text.encode())
    assert said in str(error.value)


@given(st.binary(max_size=200))
def test_any_bytes_end_in_a_sentence(data: bytes) -> None:
    with pytest.raises(BadPaging):
        read(data)


def test_days_and_hours_are_utc_and_a_night_belongs_to_its_evening() -> None:
    assert [weekday(at(f"2022-11-{14 + day}T12:00Z")) for day in range(7)] == list(range(7))
    night = Shift(("mon",), "18:00-06:00")
    held = ["2022-11-14T18:00Z", "2022-11-14T23:59Z", "2022-11-15T05:59Z"]
    free = ["2022-11-14T05:59Z", "2022-11-14T17:59Z", "2022-11-15T06:00Z", "2022-11-15T18:00Z"]
    assert [night.holds(at(each)) for each in held + free] == [True] * 3 + [False] * 4
    sunday = Shift(("sun",), "22:00-02:00")
    assert sunday.holds(at("2022-11-14T01:00Z"))
    assert Shift(("mon",), "00:00-24:00").holds(at("2022-11-14T23:59Z"))
    assert Person("Aas", ("a://b",)).on_call(at("2022-11-14T03:00Z"))


def test_where_nobody_is_on_call_everybody_is() -> None:
    day = Person("Aas", ("a://b",), (Shift(hours="08:00-20:00"),))
    night = Person("Lie", ("a://b",), (Shift(hours="21:00-07:00"),))
    config = Config(person=(day, night))
    assert config.on_call(at("2022-11-14T09:00Z")) == (day,)
    assert config.on_call(at("2022-11-14T22:00Z")) == (night,)
    assert config.on_call(at("2022-11-14T20:30Z")) == (day, night)


def walk(ladder: Ladder, fails: frozenset[str] = frozenset(), seconds: int = 2_000) -> list[tuple[int, str, int]]:
    """Whom a ladder of three pages, in which round, at which second, looked at each second."""
    tried: dict[tuple[int, str], bool] = {}
    pages = []
    for second in range(seconds):
        now = due(ladder, Instant(0), Instant(second * 1_000), ("a", "b", "c"), tried)
        for name in now.names:
            tried[(now.round, name)] = name not in fails
            pages.append((second, name, now.round))
    return pages


def test_the_ladder_step_by_step() -> None:
    assert walk(LADDER) == [
        (0, "a", 0),
        (60, "b", 0),
        (120, "c", 0),
        *[(900, name, 1) for name in "abc"],
        *[(1_500, name, 2) for name in "abc"],
    ]


def test_all_are_paged_when_their_time_has_come_before_their_turn() -> None:
    slow = Ladder(first=0, watched=0, next=200, all=300, again=600, rounds=0)
    assert walk(slow) == [(0, "a", 0), (200, "b", 0), (300, "c", 0)]


def test_who_cannot_be_paged_makes_the_next_due_at_once() -> None:
    assert walk(LADDER, frozenset("a"))[:3] == [(0, "a", 0), (1, "b", 0), (60, "c", 0)]
    assert walk(LADDER, frozenset("abc"))[:3] == [(0, "a", 0), (1, "b", 0), (2, "c", 0)]


def test_it_says_when_to_look_again_and_ends() -> None:
    def look(second: int, **tried: bool) -> Due:
        return due(
            LADDER, Instant(0), Instant(second * 1_000), ("a", "b"), {(0, name): ok for name, ok in tried.items()}
        )

    assert due(LADDER, Instant(5_000), Instant(0), ("a",), {}) == Due(0, (), Instant(5_000))
    assert look(0) == Due(0, ("a",), Instant(60_000))
    assert look(59, a=True) == Due(0, (), Instant(60_000))
    assert look(61, a=True) == Due(0, ("b",), Instant(120_000))
    assert look(300, a=True, b=True) == Due(0, (), Instant(900_000))
    assert look(1_500) == Due(2, ("a", "b"), None)
    assert look(99_999).look_at is None
