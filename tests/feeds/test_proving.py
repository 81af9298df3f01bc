"""A have-vector proves what it names where that stands, and nothing by its number alone."""

from __future__ import annotations

import pytest

from openline.feeds.proving import Place, proves
from openline.terms import EntryId
from openline.wire.entry import Have
from tests.make import author, feed_of, have, line_id

LINE = line_id("channel")
ALPHA = feed_of(LINE, "alpha", 5)
ONE, TWO, THREE, FOUR, FIVE = ALPHA.entries
ELSE = EntryId(b"\x99" * 32)


def place(number: int, head: int = 5) -> Place:
    """Where an entry of Alpha stands."""
    return Place(ALPHA.post, number, head, lambda at: ALPHA.entries[at - 1].id if at <= 5 else None)


@pytest.mark.parametrize(
    ("said", "number", "head", "proved"),
    [
        (have(THREE), 3, 5, True),
        (have(THREE), 1, 5, True),
        (have(THREE), 4, 5, False),
        (have(THREE), 3, 1, True),
        (have(THREE), 2, 1, False),
        (have(ONE, FOUR), 4, 5, True),
        (have(ONE, FOUR), 3, 5, False),
        (Have(ALPHA.post, 3, ELSE), 3, 5, False),
        (Have(ALPHA.post, 3, ELSE), 1, 5, False),
        (Have(ALPHA.post, 9, FIVE.id), 5, 5, False),
        (Have(ALPHA.post, 1, ONE.id, ((4, ELSE),)), 4, 5, False),
        (Have(ALPHA.post, 1, ONE.id, ((9, ELSE),)), 9, 5, False),
        (Have(author(LINE, "carol").post, 3, THREE.id), 3, 5, False),
    ],
)
def test_only_the_id_that_stands_there_proves(said: Have, number: int, head: int, proved: bool) -> None:
    entry = author(LINE, "bravo").write(have=[said])
    assert proves(entry.header, place(number, head)) is proved
