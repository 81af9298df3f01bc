"""All notices of a post, folded and ready to be asked what is in force at any time.

Everything is read from the record once, when the post starts or when it is first asked for; afterwards only what has
news is read again, and what is not asked for in a hurry is read when news pause.
"""

from __future__ import annotations

import asyncio
from collections import deque
from threading import Lock
from typing import Any, Final

import structlog

from openline.areas.in_force import Index, InForce, Row, row
from openline.engine.conversing import gather
from openline.engine.effects import Arrived
from openline.errors import OpenlineError
from openline.exchanges import notice as machine
from openline.exchanges.notice import State
from openline.feeds.folding import Folded
from openline.limits import NOTICES_MAX
from openline.post.post import Post
from openline.terms import EntryId, Instant, LineId

Key = tuple[LineId, EntryId]
_KINDS: Final = frozenset(machine.READERS)

PAUSE_SECONDS: Final = 0.5
"""News are read when none has followed for so long: hundreds that come together are read once."""

log = structlog.get_logger()


class Board:
    """See the top of this file. Answers from any thread."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self._turn = Lock()
        self._held: dict[Key, Folded[State]] = {}
        self._news: deque[Key] = deque()
        self._rows: dict[Key, tuple[Folded[State], Instant | None, list[Row]]] = {}
        self._indices: dict[LineId | None, tuple[Index, dict[str, Folded[State]]]] = {}
        self._read = False
        self._stirred: asyncio.Event | None = None

    def told(self, effect: Any) -> None:
        """A listener of the post: an entry was kept."""
        if isinstance(effect, Arrived) and effect.entry.header.kind in _KINDS:
            header = effect.entry.header
            self._news.append((header.line, header.exchange or effect.entry.id))
            if self._stirred is not None:
                self._stirred.set()

    async def keep(self) -> None:
        """Stay ready: read everything at once, and news when they pause. It ends when it is cancelled."""
        stirred = self._stirred = asyncio.Event()
        while True:
            try:
                await self._post.reading(self.ready)
            except OpenlineError as error:
                log.error("notices are not read yet", code=error.code, why=str(error))
            await stirred.wait()
            while stirred.is_set():
                stirred.clear()
                await asyncio.sleep(PAUSE_SECONDS)

    def ready(self) -> None:
        """Read what has news, so that the next question finds all of it."""
        with self._turn:
            self._refresh()
            self._index(None)

    def all(self, line: LineId | None = None) -> list[tuple[LineId, Folded[State]]]:
        """Every notice of one line, or of all, as it stands."""
        with self._turn:
            self._refresh()
            return [(key[0], folded) for key, folded in self._held.items() if line in (None, key[0])]

    def at(self, at: Instant, line: LineId | None = None) -> list[tuple[InForce, Folded[State]]]:
        """What is in force at a time, in the order of `areas.in_force`."""
        with self._turn:
            self._refresh()
            index, by_version = self._index(line)
        return [(each, by_version[each.held.id]) for each in index.at(at)]

    def _index(self, line: LineId | None) -> tuple[Index, dict[str, Folded[State]]]:
        if line not in self._indices:
            by_number = machine.cancelled(folded.state for folded in self._held.values())
            rows: list[Row] = []
            by_version: dict[str, Folded[State]] = {}
            for key, folded in self._held.items():
                if line in (None, key[0]):
                    found = self._rows_of(key, folded, machine.cancelled_at(folded.state, by_number))
                    rows += found
                    by_version.update((version, folded) for _, version, _, _ in found)
            self._indices[line] = Index(rows=rows), by_version
        return self._indices[line]

    def _rows_of(self, key: Key, folded: Folded[State], by: Instant | None) -> list[Row]:
        """The versions of one notice, made again only where it has changed."""
        known = self._rows.get(key)
        if known is None or known[0] is not folded or known[1] != by:
            known = self._rows[key] = (folded, by, [row(each) for each in machine.versions_held(folded.state, by)])
        return known[2]

    def _refresh(self) -> None:
        if not self._read:
            if self.told not in self._post.listeners:
                self._post.listeners.append(self.told)
            for _, kept in self._post.record.openings(None, sorted(machine.OPENINGS), None, NOTICES_MAX):
                self._news.append((kept.entry.header.line, kept.entry.id))
            self._read = True
        if not self._news:
            return
        keys = dict.fromkeys(self._news.popleft() for _ in range(len(self._news)))
        for key in keys:
            folded = machine.fold(gather(self._post.record, *key))
            if folded is not None:
                self._held[key] = folded
        self._indices.clear()
