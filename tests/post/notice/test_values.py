"""Forms and states as JSON holds them."""

from __future__ import annotations

from openline.areas.shapes import Circle
from openline.post.notice.forms import Forms
from openline.post.notice.values import area_value, form_value, standing_word, time_value, window_value
from openline.terms import Instant
from openline.wire.notice import How
from openline.wire.places import End, Span
from tests.exchanges.warnings import amended, ended, folded, given


def test_a_form_in_a_language_that_nobody_checked_says_so() -> None:
    known = Forms().named("accident")
    assert form_value(known)["title"] == "Accident"
    assert not form_value(known)["unreviewed"]
    russian = form_value(known, "ru")
    assert russian["unreviewed"]
    assert russian["title"] == "Происшествие"
    assert form_value(Forms().named("humanitarian-site"), "fr")["remarks"]


def test_how_a_notice_stands() -> None:
    first = given()
    assert standing_word(folded(first).state) == "given"
    assert standing_word(folded(first, amended(2, first, first)).state) == "amended"
    assert standing_word(folded(first, ended(2, first, How.LAPSED)).state) == "lapsed"


def test_areas_windows_and_times() -> None:
    assert area_value(Circle((1.0, 2.0), 1852.0, 1.0))["kind"] == "circle"
    assert window_value(Span(Instant(0), Instant(0), End.PERM))["end"] is None
    assert time_value(Instant(0)) is None
