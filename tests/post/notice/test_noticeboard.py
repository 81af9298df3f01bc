"""The board of all notices: what is in force at any time, asked of thousands, in a moment."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from openline.areas.in_force import Index
from openline.exchanges.notice import held
from openline.post.loop import now
from openline.post.notice import noticeboard
from openline.post.notice import requests as asks
from openline.post.notice.noticeboard import Board
from openline.post.service import Service
from openline.terms import Instant
from openline.wire.places import Span
from tests.exchanges.warnings import HOUR, SIGNED, folded, given, head
from tests.post.inside import alone, ask, home, until
from tests.post.told import agreed


def test_5000_notices_in_force_at_any_time_within_50_ms() -> None:
    spans = [Span(Instant(SIGNED + at * HOUR), Instant(SIGNED + (at + 50) * HOUR)) for at in range(5_000)]
    states = [
        folded(given(number=at + 1, first=head(number=at + 1, windows=(span,)))).state for at, span in enumerate(spans)
    ]
    index = Index(held(states))
    index.at(Instant(SIGNED))
    began = time.process_time()
    found = index.at(Instant(SIGNED + 2_500 * HOUR))
    assert time.process_time() - began < 0.05
    assert len(found) == 5_000 - 2_450


async def test_a_board_that_is_kept_is_ready_before_it_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(noticeboard, "PAUSE_SECONDS", 0.01)

    def held_by(service: Service) -> int:
        """How many notices the next question finds without reading the record."""
        return 0 if service.board._news else len(service.board._indices.get(None, (None, {}))[1])

    async def body(here: Service, there: Service) -> None:
        keeping = [service.post.group.create_task(service.board.keep()) for service in (here, there)]
        for count in (1, 2):
            asked = asks.NoticeSend(line="strait", form="goodwill", fields={"text": "Good morning."})
            sent = (await ask(here, asked))["id"]
            await until(lambda count=count: held_by(here) == held_by(there) == count)  # type: ignore[misc]
            assert sent in {folded.head.hex() for _, folded in there.board.at(now())}
        for task in keeping:
            task.cancel()

    await agreed(tmp_path, body)


async def test_an_empty_board_answers(tmp_path: Path) -> None:
    async def body(post: object, service: object) -> None:
        board = Board(post)  # type: ignore[arg-type]
        assert board.all() == []
        assert board.at(Instant(5)) == []

    await alone(home(tmp_path, "North"), body)
