"""What each passkey counted last, at the desk and in acts: one that counts back may be a copy (spec/acts.md)."""

from __future__ import annotations

from typing import Final

from openline.errors import CounterBack
from openline.feeds.record import Put
from openline.post.post import Post

TABLE: Final = "passkey-count"


class Counters:
    """The counts of the passkeys of one post's officers, kept in its record."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self._counts: dict[bytes, int] | None = None

    def counted(self, public: bytes, counter: int) -> None:
        """A passkey signed and counted so far, 0 where it does not count. Raises CounterBack."""
        if self._counts is None:
            held = self._post.record.objects(TABLE)
            self._counts = {key: int.from_bytes(value, "big") for key, value in held.items()}
        before = self._counts.get(public, 0)
        if counter <= before and (counter, before) != (0, 0):
            raise CounterBack("This passkey counted no higher than the last time: somebody may have copied it.")
        if counter:
            self._post.keep([Put(TABLE, public, counter.to_bytes(4, "big"))])
            self._counts[public] = counter
