"""All notices of a post, folded and ready to be asked what is in force at any time.

Everything is read from the record once, when it is first asked for; afterwards only what has news is read again.
"""

from __future__ import annotations

from threading import Lock
from typing import Any, Final

from openline.areas.in_force import Index, InForce
from openline.engine.conversing import gather
from openline.engine.effects import Arrived
from openline.exchanges import notice as machine
from openline.exchanges.notice import State
from openline.feeds.folding import Folded
from openline.limits import NOTICES_MAX
from openline.post.post import Post
from openline.terms import EntryId, Instant, LineId

Key = tuple[LineId, EntryId]
_KINDS: Final = frozenset(machine.READERS)


class Board:
    """See the top of this file. Answers from any thread."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self._turn = Lock()
        self._held: dict[Key, Folded[State]] = {}
        self._news: dict[Key, None] = {}
        self._indices: dict[LineId | None, tuple[Index, dict[str, Folded[State]]]] = {}
        self._read = False

    def told(self, effect: Any) -> None:
        """A listener of the post: an entry was kept."""
        if isinstance(effect, Arrived) and effect.entry.header.kind in _KINDS:
            header = effect.entry.header
            self._news[header.line, header.exchange or effect.entry.id] = None

    def all(self, line: LineId | None = None) -> list[tuple[LineId, Folded[State]]]:
        """Every notice of one line, or of all, as it stands."""
        with self._turn:
            self._refresh()
            return [(key[0], folded) for key, folded in self._held.items() if line in (None, key[0])]

    def at(self, at: Instant, line: LineId | None = None) -> list[tuple[InForce, Folded[State]]]:
        """What is in force at a time, in the order of `areas.in_force`."""
        with self._turn:
            self._refresh()
            if line not in self._indices:
                self._indices[line] = self._index(line)
            index, by_version = self._indices[line]
        return [(each, by_version[each.held.id]) for each in index.at(at)]

    def _index(self, line: LineId | None) -> tuple[Index, dict[str, Folded[State]]]:
        held = [folded for key, folded in self._held.items() if line in (None, key[0])]
        by_version = {version.id.hex(): folded for folded in held for version in folded.state.versions}
        return Index(machine.held(folded.state for folded in held)), by_version

    def _refresh(self) -> None:
        if not self._read:
            if self.told not in self._post.listeners:
                self._post.listeners.append(self.told)
            for _, kept in self._post.record.openings(None, sorted(machine.OPENINGS), None, NOTICES_MAX):
                self._news[kept.entry.header.line, kept.entry.id] = None
            self._read = True
        news, self._news = self._news, {}
        for line, opening in news:
            folded = machine.fold(gather(self._post.record, line, opening))
            if folded is not None:
                self._held[line, opening] = folded
        if news:
            self._indices.clear()
