"""The evening in the hands of the demo: its posts, the path between them, and what has been said so far."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

from openline.cli.rehearsal.cable import Cable
from openline.cli.rehearsal.evening import Evening
from openline.cli.rehearsal.posts import Post
from openline.cli.rehearsal.processes import Child, Processes, openline
from openline.cli.rehearsal.stage import Stage
from openline.errors import DemoFailed


class Play:
    """Everything that the acts need. `west`, `east` and `third` are the posts, in the order of the evening's parties.

    Only `west` calls `east`, by way of `cable`; both call `third`. `ids` holds the entry of each message by its key,
    `ladder` the rungs of the FLASH.
    """

    def __init__(self, evening: Evening, stage: Stage, processes: Processes, folder: Path) -> None:
        self.evening = evening
        self.stage = stage
        self.processes = processes
        self.proof = folder / "proof"
        self.posts = tuple(Post(party, folder, self.proof, processes) for party in evening.parties)
        self.west, self.east, self.third = self.posts
        self.ids: dict[str, str] = {}
        self.ladder: list[dict[str, Any]] = []
        self._cable: Cable | None = None
        self._watching: Child | None = None

    @property
    def cable(self) -> Cable:
        """The path between the two sides. Raises DemoFailed before it is there."""
        if self._cable is None:
            raise DemoFailed("There is no path between the two sides yet.")
        return self._cable

    def lay_cable(self) -> None:
        """Make that path."""
        try:
            self._cable = Cable(self.east.port)
        except OSError as error:
            raise DemoFailed(f"No path between the two sides can be made: {error.strerror}.") from error

    def close(self) -> None:
        """Take the path away."""
        if self._cable is not None:
            self._cable.close()

    def say(self, key: str) -> str:
        """Let the author of a message write it; its id."""
        message = self.evening.message(key)
        author = next(post for post in self.posts if post.name == message.author)
        self.ids[key] = author.say(message, self.ids.get(message.answers, ""))
        self.stage.said(message, self.ids[key])
        return self.ids[key]

    def tell_facts(self, act: str) -> None:
        """What is known of this part of the evening."""
        for fact in self.evening.facts_of(act):
            self.stage.fact(fact)

    def await_rung(self, author: Post, entry: str, rung: str, by: Post) -> None:
        """Wait until a post has brought a message to a rung, and its author has that in hand."""
        self.processes.until(partial(author.reached, entry, rung, by.name), f"“{rung}” by {by.name}")

    def await_message(self, post: Post, entry: str) -> None:
        """Wait until a message is at a post."""
        self.processes.until(partial(post.has, entry), f"a message at {post.name}")

    # What the desk of the first side is told

    def watch(self) -> None:
        """Let somebody sit at the desk of the first side: `openline watch`."""
        self._watching = self.processes.start(
            f"watch {self.west.name}", openline("watch", "--json", "--home", self.west.home)
        )
        self._watching.must_run = True
        self.processes.until(lambda: self._watching and self._watching.last_words, "a desk that watches")

    def told(self) -> list[dict[str, Any]]:
        """What that desk has been told so far, in its order."""
        if self._watching is None:
            return []
        whole = self._watching.output.rpartition("\n")[0]
        return [json.loads(line) for line in whole.splitlines()]
