"""The words of a record; what every store must do with them is in tests/store/contract.py."""

from __future__ import annotations

from itertools import permutations

from openline.feeds.record import highest_first
from openline.sim.record import MemoryRecord
from openline.terms import Precedence
from tests.make import author, heads, kept, line_id


def test_entries_go_out_by_precedence_and_then_by_number() -> None:
    writer = author(line_id("channel"), "alpha")
    order = (Precedence.ROUTINE, Precedence.FLASH, Precedence.IMMEDIATE, Precedence.FLASH, Precedence.PRIORITY)
    entries = [writer.write(b"text", precedence=precedence) for precedence in order]
    for shuffled in permutations(entries):
        assert [entry.header.number for entry in sorted(shuffled, key=highest_first)] == [2, 4, 3, 5, 1]


def test_a_record_says_which_keeps_it_was_given() -> None:
    writer = author(line_id("channel"), "alpha")
    entries = [writer.write(b"one"), writer.write(b"two")]
    record = MemoryRecord()
    record.commit([*kept(*entries), *heads(writer)])
    (head,) = record.heads(writer.line)
    assert (head.number, head.id) == (2, entries[1].id)
    assert record.ids(writer.line, writer.post) == entries[0].id + entries[1].id
