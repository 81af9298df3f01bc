"""The words of incidents as JSON holds them, without a post: what is withheld is null."""

from __future__ import annotations

import msgspec

from openline.post.incident.values import described_value
from openline.terms import Instant
from openline.wire.incident import Description, When
from openline.wire.places import Place, Shape


def test_what_is_withheld_is_null() -> None:
    value = described_value(When(Instant(0)), None)
    assert (value["title"], value["place"], value["area"], value["until"]) == (None, None, None, None)


def test_a_place_is_drawn() -> None:
    described = Description("Explosion", "Przewodow", Place(shape=Shape.POINT, at=(239_300_000, 504_700_000)))
    value = described_value(When(Instant(0), Instant(60_000)), described)
    assert list(value["area"]["position"]) == [23.93, 50.47]
    assert (value["happened"], value["until"]) == ("1970-01-01T00:00:00Z", "1970-01-01T00:01:00Z")
    without = msgspec.structs.replace(described, area=None)
    assert described_value(When(Instant(0)), without)["area"] is None
