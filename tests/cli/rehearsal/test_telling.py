"""The warnings of the act of notices; that it can be played is shown by the demo as a process."""

from __future__ import annotations

from openline.cli.rehearsal.telling import LEAST, warnings


def test_the_real_warnings_with_exact_counts() -> None:
    messages = warnings()
    refused = sum(bool(each.reading.refused) for each in messages)
    flagged = sum(bool(each.reading.flags) and not each.reading.refused for each in messages)
    assert len(messages) >= LEAST
    assert (len(messages), refused, flagged) == (252, 8, 6)
    assert all(each.original for each in messages)
