"""What a reader made of a warning: refusals point into the source."""

from __future__ import annotations

from openline.areas.reading import Reading, Refused


def test_a_refusal_points_at_its_words() -> None:
    source = "GUNNERY IN AREA BOUND BY GARBLED."
    refused = Refused("GARBLED", 25, 32, "No position.")
    reading = Reading(format="navwarn", source=source, refused=(refused,))
    assert reading.source[refused.first : refused.last] == refused.words
    assert (reading.windows, reading.areas, reading.shown_until) == ((), (), None)
