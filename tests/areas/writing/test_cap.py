"""Bulletins as CAP 1.2: valid against the schema of the standard, and read back."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec
import pytest
import xmlschema
from hypothesis import given, settings
from hypothesis import strategies as st

from openline.areas.bulletin import Bulletin, Change, Earlier, Said
from openline.areas.cap import Alert, read_cap
from openline.areas.shapes import Circle, Named, Point, Polygon
from openline.areas.writing.cap import cap_name, write_cap
from openline.terms import TrafficClass
from tests.areas.bulletins import EVERYTHING, FIRING, ISSUED


@cache
def schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(str(Path(__file__).with_name("CAP-v1.2.xsd")), allow="local")


def written(bulletin: Bulletin, *, public: bool = False) -> Alert:
    """The one alert, valid against the schema, as our own reader sees it."""
    source = write_cap(bulletin, public=public)
    schema().validate(source.decode())
    (alert,) = read_cap(source)
    return alert


def test_a_firing_exercise_comes_back() -> None:
    alert = written(FIRING)
    assert alert.reading.windows == FIRING.windows
    assert alert.reading.issued == ISSUED
    assert (alert.reading.id, alert.sender, alert.status, alert.scope) == (
        "CHANNEL_12/24",
        "Channel_Post",
        "Actual",
        "Restricted",
    )
    polygon = alert.reading.areas[0]
    assert isinstance(polygon, Polygon)
    assert isinstance(FIRING.areas[0], Polygon)
    assert polygon.ring == FIRING.areas[0].ring
    assert alert.infos[0].event == "GUNNERY EXERCISES"
    assert written(FIRING, public=True).scope == "Public"


def test_everything_comes_back_as_near_as_cap_allows() -> None:
    alert = written(EVERYTHING)
    assert alert.reading.refused == ()
    assert alert.reading.windows == EVERYTHING.windows
    assert alert.reading.alternate_windows == EVERYTHING.alternate_windows
    assert (alert.status, alert.message_type) == ("Exercise", "Update")
    assert alert.reading.cancels == ("RANGE_6/24", "RANGE_5/24")
    places = alert.infos[0].places
    assert [type(place.areas[0]) for place in places] == [
        Circle,
        Polygon,
        Polygon,
        Named,
        Point,
        Named,
        Polygon,
        Polygon,
    ]
    assert len(places[1].areas) == 2
    assert isinstance(places[0].areas[0], Circle)
    assert places[0].areas[0].radius_m == pytest.approx(120 * 1852)
    assert alert.infos[0].description == "Réponse: <script>alert('x')</script> ]]> / العربية: إطلاق"


@pytest.mark.parametrize("change", list(Change))
@pytest.mark.parametrize("traffic", list(TrafficClass))
def test_every_change_and_class_is_valid(change: Change, traffic: TrafficClass) -> None:
    names = () if change is Change.NEW else (Earlier("CHANNEL 1/24", ISSUED),)
    alert = written(msgspec.structs.replace(FIRING, change=change, traffic=traffic, names=names))
    assert alert.message_type == {"new": "Alert", "replaces": "Update", "cancels": "Cancel"}[change]
    assert (alert.status == "Actual") is (traffic is TrafficClass.OPERATION)


def test_without_windows_or_areas_it_is_still_an_alert() -> None:
    alert = written(msgspec.structs.replace(FIRING, windows=(), areas=(), fields=()))
    assert len(alert.infos) == 1
    assert alert.reading.areas == ()


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=12))
def test_any_words_at_all_make_a_valid_alert(title: str, words: str, language: str) -> None:
    fields = (Said(words, title),)
    written(
        msgspec.structs.replace(
            FIRING,
            title=title,
            form=words,
            serial=words,
            sender=title,
            fields=fields,
            remarks=(words,),
            language=language,
        )
    )


def test_an_identifier_has_no_blanks_and_no_commas() -> None:
    assert cap_name("A B,C<D&E") == "A_B_C_D_E"
    assert cap_name(" ") == "_"
