"""Files of warnings: the format guessed, every message answered, bad ones refused without stopping the others."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from openline.areas.files import FORMATS, guess, read_file
from openline.errors import BadField, TooLarge
from openline.limits import READING_FILE_MAX_BYTES
from tests.areas.alerts import alert

DATA = Path(__file__).parent
GOOD = (
    "261200Z JUL 24\nHYDROLANT 12/24(51).\n"
    "1. GUNNERY EXERCISES 010900Z TO 011400Z AUG\n   WITHIN TEN MILES OF 12-44N 017-44W.\n"
)
NOTAM = (
    "A1234/24 NOTAMN\nQ) LTBB/QWMLW/IV/BO/W/000/400/3430N03330E020\nA) LTBB B) 2412010600 C) 2412011800\n"
    "E) LIVE FIRING WI 20NM OF 343000N0333000E"
)
POINT = '{"type": "Feature", "geometry": {"type": "Point", "coordinates": [33.5, 34.25]}, "properties": {}}'


@pytest.mark.parametrize(
    ("text", "format"),
    [
        (GOOD, "navwarn"),
        (NOTAM, "notam"),
        (POINT, "geojson"),
        ("\ufeff  <alert/>", "cap"),
        (json.dumps({"text": GOOD}), "navwarn"),
        (json.dumps({"raw": NOTAM}), "notam"),
        ("", "navwarn"),
    ],
)
def test_the_format_is_guessed(text: str, format: str) -> None:
    assert guess(text.encode()) == format


def test_the_samples_are_read_with_their_field_names() -> None:
    sea = read_file((DATA / "navwarn/data/hydro_golden.jsonl").read_bytes())
    assert len(sea) == 246
    assert {"issued", "windows", "alternate_windows", "areas", "self_cancel", "cancels", "flags", "refused"} <= set(
        sea[0].value
    )
    air = read_file((DATA / "notam/data/golden.jsonl").read_bytes())
    assert {each.value["format"] for each in air} == {"notam"}
    assert {"from", "to", "fir", "areas", "windows", "flags", "refused"} <= set(air[0].value)
    assert read_file(POINT.encode())[0].value["areas"] == [{"kind": "point", "label": None, "position": [33.5, 34.25]}]
    assert read_file(alert().encode())[0].value["format"] == "cap"


def test_the_text_is_kept_byte_for_byte() -> None:
    latin = GOOD.replace("GUNNERY", "GUNN\xc9RY").encode("latin-1")
    (message,) = read_file(latin)
    assert message.original == latin
    (message,) = read_file(GOOD.encode())
    assert message.original == GOOD.encode()


@pytest.mark.parametrize(
    "source",
    [
        b"<alert",
        b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
        b'{"type": "Feature"}',
        b'{"type": "Point", "coordinates": [NaN, 0]}',
        bytes(range(256)) * 8,
    ],
    ids=range(5),
)
def test_bad_files_are_refused_message_by_message_and_soon(source: bytes) -> None:
    began = time.process_time()
    messages = read_file(source)
    assert time.process_time() - began < 1
    assert all(each.reading.refused for each in messages)
    assert not any(each.reading.areas for each in messages)


def test_a_bad_one_does_not_stop_the_others() -> None:
    lines = [json.dumps({"text": GOOD}), "{nonsense", json.dumps({"text": 5}), json.dumps({"text": GOOD})]
    messages = read_file("\n".join(lines).encode())
    assert [bool(each.reading.windows) for each in messages] == [True, False, False, True]


def test_200000_vertices_and_a_bow_tie() -> None:
    many = [[at / 10_000, 10.0] for at in range(200_000)]
    tie = [[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]
    features = [
        {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for ring in (many, tie)
    ]
    began = time.process_time()
    first, second = read_file(json.dumps({"type": "FeatureCollection", "features": features}).encode())
    assert time.process_time() - began < 2
    assert first.reading.refused
    assert "ring-crosses-itself" in [flag.code for flag in second.reading.flags]


def test_what_is_too_large_or_no_format() -> None:
    with pytest.raises(TooLarge):
        read_file(bytes(READING_FILE_MAX_BYTES + 1))
    with pytest.raises(BadField):
        read_file(b"", "pdf")
    assert set(FORMATS) == {"navwarn", "notam", "cap", "geojson"}
