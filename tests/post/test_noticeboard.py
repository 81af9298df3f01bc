"""The board of all notices: what is in force at any time, asked of thousands, in a moment."""

from __future__ import annotations

import time
from pathlib import Path

from openline.areas.in_force import Index
from openline.exchanges.notice import held
from openline.post.noticeboard import Board
from openline.terms import Instant
from openline.wire.places import Span
from tests.exchanges.warnings import HOUR, SIGNED, folded, given, head
from tests.post.inside import alone, home


def test_5000_notices_in_force_at_any_time_within_50_ms() -> None:
    spans = [Span(Instant(SIGNED + at * HOUR), Instant(SIGNED + (at + 50) * HOUR)) for at in range(5_000)]
    states = [
        folded(given(number=at + 1, first=head(number=at + 1, windows=(span,)))).state for at, span in enumerate(spans)
    ]
    index = Index(held(states))
    index.at(Instant(SIGNED))
    began = time.perf_counter()
    found = index.at(Instant(SIGNED + 2_500 * HOUR))
    assert time.perf_counter() - began < 0.05
    assert len(found) == 5_000 - 2_450


async def test_an_empty_board_answers(tmp_path: Path) -> None:
    async def body(post: object, service: object) -> None:
        board = Board(post)  # type: ignore[arg-type]
        assert board.all() == []
        assert board.at(Instant(5)) == []

    await alone(home(tmp_path, "North"), body)
