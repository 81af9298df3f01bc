"""How much is on its way, and when silence is death: the counts, then two posts on slow and silent paths."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.engine.effects import Hang, Transmit
from openline.engine.events import Send
from openline.engine.flow import LEAST_PATIENCE_MS, UNKNOWN_PATIENCE_MS, WINDOW_SECONDS, Flow
from openline.limits import LINK_WINDOW_MAX_BYTES, LINK_WINDOW_MIN_BYTES
from openline.terms import Instant
from openline.wire.link import Got, Summary, decode_frame
from tests.engine.pair import Path, Wire

PAIR = frozenset(("Alpha", "Bravo"))


def steady(rate: float, round_trip_ms: int, seconds: int = 60) -> Flow:
    """A flow that has filled its window for a while on a path of that rate."""
    flow, at = Flow(), float(round_trip_ms)
    flow.went(1, Instant(0), ())
    flow.got(1, Instant(round_trip_ms))
    for _ in range(seconds * 1000 // round_trip_ms):
        size = max(1, flow.room())
        flow.went(size, Instant(int(at)), ())
        at += round_trip_ms + size * 1000 / rate
        flow.got(flow.sent, Instant(int(at)))
    return flow


def test_a_new_link_may_send_a_little() -> None:
    assert Flow().window() == LINK_WINDOW_MIN_BYTES


@pytest.mark.parametrize("rate", [8_000, 100_000, 1_000_000])
def test_the_window_is_half_a_second_of_the_rate(rate: int) -> None:
    window = steady(rate, 10).window()
    assert rate * WINDOW_SECONDS * 0.6 < window < rate * WINDOW_SECONDS * 1.4


@pytest.mark.parametrize(("rate", "limit"), [(1_000, LINK_WINDOW_MIN_BYTES), (1e9, LINK_WINDOW_MAX_BYTES)])
def test_the_window_has_limits(rate: float, limit: int) -> None:
    assert steady(rate, 10).window() == limit


@pytest.mark.parametrize("round_trip", [600, 1_500])
def test_a_long_path_is_filled_too(round_trip: int) -> None:
    """Half a second of the rate is beyond what the path itself holds, else a satellite would carry next to nothing."""
    assert steady(100_000, round_trip).window() > 100_000 * WINDOW_SECONDS * 0.6


def test_a_path_that_gets_slower_is_noticed() -> None:
    flow = steady(100_000, 10)
    fast = flow.window()
    at = 1_000_000
    for _ in range(60):
        size = max(1, flow.room())
        flow.went(size, Instant(at), ())
        at += size * 1000 // 5_000
        flow.got(flow.sent, Instant(at))
    assert flow.window() < fast / 5


def test_entries_are_across_when_all_bytes_before_are() -> None:
    flow = Flow()
    one, other = (b"line", b"feed", 1), (b"line", b"feed", 2)
    flow.went(100, Instant(0), (one,))
    flow.went(100, Instant(0), (other,))
    assert flow.on_the_way() == {one, other}
    assert flow.got(99, Instant(1)) == []
    assert flow.got(100, Instant(1)) == [one]
    assert flow.got(100, Instant(2)) == []
    assert flow.got(200, Instant(3)) == [other]
    assert not flow.waiting()


@given(st.lists(st.tuples(st.integers(1, 5_000), st.integers(0, 1 << 62), st.integers(0, 5_000)), max_size=40))
def test_no_count_of_a_peer_breaks_the_flow(script: list[tuple[int, int, int]]) -> None:
    flow, at = Flow(), 0
    for size, taken, later in script:
        flow.went(size, Instant(at), ())
        at += later
        flow.got(taken, Instant(at))
        assert 0 <= flow.taken <= flow.sent
        assert LINK_WINDOW_MIN_BYTES <= flow.window() <= LINK_WINDOW_MAX_BYTES
        assert flow.patience_ms() >= LEAST_PATIENCE_MS


def test_nothing_sent_is_never_dead() -> None:
    flow = Flow()
    flow.went_unanswered(8)
    assert not flow.dead(Instant(1 << 40))


def test_silence_is_death_sooner_where_the_path_is_known() -> None:
    unknown, known = Flow(), steady(100_000, 50)
    unknown.went(100, Instant(0), ())
    assert not unknown.dead(Instant(UNKNOWN_PATIENCE_MS))
    assert unknown.dead(Instant(UNKNOWN_PATIENCE_MS + 1))
    known.went(100, Instant(100_000), ())
    assert not known.dead(Instant(101_000))
    assert known.dead(Instant(104_000))


@pytest.mark.parametrize("rate", [300, 1_000, 8_000])
def test_a_slow_link_is_not_taken_for_dead(rate: int) -> None:
    """2,400 bit/s with half a second each way: a backlog of 40 kB crosses on one link."""
    wire = Wire("Alpha", "Bravo", path=Path(rate=rate, delay_ms=500))
    alpha, bravo = wire.posts
    line = wire.line(after=40_000 / rate + 10)
    wire.wait(40_000 / rate + 10)
    for number in range(20):
        alpha.do(Send, line=line, text=f"{number} " + "x" * 2_000)
    wire.wait(150_000 / rate + 10)
    assert len(bravo.texts(line, alpha)) == 20
    assert not [effect for post in wire.posts for effect in post.effects if isinstance(effect, Hang)]


def test_a_silent_path_is_given_up_within_seconds_and_tried_again() -> None:
    wire = Wire("Alpha", "Bravo")
    alpha, bravo = wire.posts
    line = wire.line()
    wire.wait(10)
    wire.silent.add(PAIR)
    alpha.do(Send, line=line, text="Are these your aircraft?")
    wire.wait(4)
    assert [effect for effect in alpha.effects if isinstance(effect, Hang)]
    assert bravo.texts(line, alpha) == []
    wire.silent.clear()
    wire.wait(2)
    assert bravo.texts(line, alpha) == ["Are these your aircraft?"]


@pytest.mark.parametrize("names", [("Alpha", "Bravo"), ("Alpha", "Bravo", "Charlie")])
def test_an_idle_wire_is_quiet(names: tuple[str, ...]) -> None:
    """Nothing but one question and one count each 35 seconds: no count answers a count, no summary a summary."""
    wire = Wire(*names)
    alpha = wire.posts[0]
    line = wire.line()
    for number in range(10):
        alpha.do(Send, line=line, text=f"message {number}")
    wire.wait(60)
    frames, size = wire.frames, wire.bytes
    for post in wire.posts:
        post.effects.clear()
    wire.wait(300)
    ends = len(wire.ends)
    assert ends / 2 * 8 <= wire.frames - frames <= ends * 2 * (300 / 35 + 1)
    assert (wire.bytes - size) / ends < 500 / 2 * 5
    sent = [effect for post in wire.posts for effect in post.effects if isinstance(effect, Transmit)]
    assert not [piece for each in sent for piece in decode_frame(each.frame) if isinstance(piece, Summary)]


def test_a_busy_wire_counts_as_it_goes() -> None:
    """While both talk, counts go along with entries: hardly a frame holds nothing else."""
    wire = Wire("Alpha", "Bravo")
    alpha, bravo = wire.posts
    line = wire.line()
    wire.wait(10)
    for post in wire.posts:
        post.effects.clear()
    for number in range(100):
        alpha.do(Send, line=line, text=f"message {number}")
        bravo.do(Send, line=line, text=f"message {number}")
    sent = [effect for post in wire.posts for effect in post.effects if isinstance(effect, Transmit)]
    lone = [each for each in sent if [type(piece) for piece in decode_frame(each.frame)] == [Got]]
    assert len(lone) < len(sent) / 10
    assert len(sent) < 100 * 2 * 3


def test_bytes_of_a_message_and_its_receipt() -> None:
    """280 characters, sealed and signed, and the signed receipt: well under 700 bytes before TLS and TCP."""
    wire = Wire("Alpha", "Bravo")
    alpha, _ = wire.posts
    line = wire.line()
    alpha.do(Send, line=line, text="warm up")
    wire.wait(20)
    before = wire.bytes
    for number in range(20):
        alpha.do(Send, line=line, text=f"{number:03}" + "x" * 277)
        wire.wait(1)
    assert (wire.bytes - before) / 20 < 280 + 120 + 110 + 60


def test_a_peer_that_is_heard_from_is_busy_and_not_dead() -> None:
    flow = Flow()
    flow.went(1_000, Instant(0), ())
    flow.heard_at = Instant(120_000)
    patience = flow.patience_ms()
    assert not flow.dead(Instant(120_000 + patience))
    assert flow.dead(Instant(120_001 + patience))
