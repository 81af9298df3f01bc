"""What a process of its own does to a store, for tests that kill it or take its disk space away.

child.py commit STORE             commits for ever; prints how many entries are kept after each commit
child.py fill STORE FILLER        commits until the store refuses, deletes FILLER, commits again; prints each outcome
"""

from __future__ import annotations

import sys
from pathlib import Path

from openline.errors import LocalError
from openline.feeds.record import Keep, KeepHead, Put
from openline.store.sqlite import SqliteRecord
from tests.make import Author, author, head_of, kept, line_id

LINE = line_id("channel")
AT_ONCE = 5


def next_commit(writer: Author) -> list[Keep]:
    """The next entries, their head, and an object that says how many there are."""
    entries = [writer.write(b"t" * 500) for _ in range(AT_ONCE)]
    count = len(writer.entries)
    return [*kept(*entries), KeepHead(head_of(writer.entries)), Put("count", b"", str(count).encode())]


def say(words: object) -> None:
    """One line, at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main() -> None:
    """See the top of this file."""
    job, path, *more = sys.argv[1:]
    record, writer = SqliteRecord.open(Path(path)), author(LINE, "alpha")
    held = len(record.ids(LINE, writer.post)) // 32
    writer.entries += record.span(LINE, writer.post, 1, held, 1 << 30)
    say("ready")
    if job == "commit":
        while True:
            record.commit(next_commit(writer))
            say(len(writer.entries))
    refused: list[Keep] = []
    while not refused:
        keeps = next_commit(writer)
        try:
            record.commit(keeps)
        except LocalError as error:
            say(error.code)
            refused = keeps
    say(record.count(LINE) == len(writer.entries) - AT_ONCE)
    Path(more[0]).unlink()
    record.commit(refused)
    say(record.count(LINE) == len(writer.entries))
    record.close()


if __name__ == "__main__":
    main()
