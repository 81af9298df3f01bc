"""Areas as a person types them: understood whole and without a doubt, or refused with the words that were not."""

from __future__ import annotations

import pytest

from openline.areas.shapes import Circle, Point, Polygon
from openline.areas.typed import typed
from openline.errors import Misuse


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("34-15N 033-30E, 34-15N 034-30E, 35-00N 034-00E", Polygon),
        ("within 5 miles of 34-15N 033-30E", Circle),
        ("34-15N 033-30E", Point),
    ],
)
def test_words_of_warnings(text: str, kind: type) -> None:
    (found,) = typed(text)
    assert isinstance(found, kind)


@pytest.mark.parametrize(
    "text",
    ["", "somewhere", "99-00N 033-30E", "10-00N 020-00W, 12-00N 018-00W, 10-00N 018-00W, 12-00N 020-00W"],
)
def test_what_is_in_doubt_is_refused(text: str) -> None:
    with pytest.raises(Misuse):
        typed(text)
