"""A doubt is written once; a refusal has the words as they stand in the source."""

from __future__ import annotations

from openline.areas.navwarn.notes import Notes
from openline.areas.navwarn.tokens import capitals, tokenise


def test_words_are_those_of_the_source() -> None:
    source = "within  ten miles"
    notes = Notes(source)
    one, *_, last = tokenise(capitals(source))
    notes.refuse("Why.", one, last)
    assert (notes.refused[0].words, notes.refused[0].first, notes.refused[0].last) == (source, 0, len(source))


def test_a_doubt_is_written_once() -> None:
    notes = Notes("")
    notes.flag("code", "A sentence.")
    notes.flag("code", "A sentence.")
    assert len(notes.flags) == 1
