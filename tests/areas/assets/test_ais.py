"""AIS messages, against published examples whose meaning is known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.areas.assets.ais import Bits, Report, decode, read_ais
from openline.areas.assets.asset import KNOT_M_PER_S
from openline.areas.assets.nmea import Payload, read_sentences
from openline.errors import TooLarge
from openline.limits import READING_FILE_MAX_BYTES
from openline.terms import Instant
from tests.areas.assets.sentences import (
    CALL_PART,
    CLASS_A,
    CLASS_A_MOVING,
    CLASS_B,
    CLASS_B_EXTENDED,
    NAME_PART,
    VOYAGE,
)


def report(*lines: str) -> Report:
    (payload,), _ = read_sentences("\n".join(lines))
    read = decode(payload)
    assert isinstance(read, Report)
    return read


@pytest.mark.parametrize(
    ("line", "mmsi", "position", "course", "knots"),
    [
        (CLASS_A, 477553000, (-122.345833, 47.582833), 51.0, 0.0),
        (CLASS_A_MOVING, 371798000, (-123.395383, 48.381633), 224.0, 12.3),
        (CLASS_B, 338087471, (-74.072132, 40.68454), 79.6, 0.1),
        (CLASS_B_EXTENDED, 367059850, (-88.810392, 29.543695), 335.9, 8.7),
    ],
)
def test_positions(line: str, mmsi: int, position: tuple[float, float], course: float, knots: float) -> None:
    read = report(line)
    assert read.mmsi == mmsi
    assert read.fix is not None
    assert read.fix.position == pytest.approx(position, abs=1e-6)
    assert read.fix.course == pytest.approx(course)
    assert read.fix.speed_m_s == pytest.approx(knots * KNOT_M_PER_S)


def test_names() -> None:
    assert report(*VOYAGE) == Report(369190000, None, "MT.MITCHELL")
    assert report(NAME_PART) == Report(271041815, None, "PROGUY")
    assert report(CALL_PART) == Report(271041815)
    assert report(CLASS_B_EXTENDED).name == "CAPT.J.RIMES"


def written(kind: int, **numbers: int) -> Payload:
    """A message of type 1 to 3 with these fields at their places."""
    places = {"speed": (50, 10), "lon": (61, 28), "lat": (89, 27), "course": (116, 12)}
    value = kind << 162 | 123456789 << 130
    for name, number in numbers.items():
        first, count = places[name]
        value |= (number & ((1 << count) - 1)) << (168 - first - count)
    codes = [value >> shift & 63 for shift in range(162, -1, -6)]
    return Payload("".join(chr(code + (48 if code < 40 else 56)) for code in codes), 0, Instant(5), 1)


def test_what_a_receiver_does_not_know_is_not_known() -> None:
    read = decode(written(3, lon=-600_000, lat=600_000, speed=1023, course=3600))
    assert isinstance(read, Report)
    assert read.fix is not None
    assert (read.fix.position, read.fix.course, read.fix.speed_m_s, read.fix.at) == ((-1.0, 1.0), None, None, 5)
    assert decode(written(2, lon=181 * 600_000, lat=0)) == Report(123456789)
    assert decode(written(1, lon=0, lat=91 * 600_000)) == Report(123456789)


def test_other_types_and_short_messages() -> None:
    assert decode(written(4)) == ""
    assert "too short" in str(decode(Payload("1", 0, None, 1)))
    assert "type 1 cut short" in str(decode(Payload("177KQJ5000G", 0, None, 1)))
    assert "cut short" in str(decode(Payload("H42O55i", 4, None, 1)))


def test_a_file_of_sentences() -> None:
    lines = [CLASS_A, *VOYAGE, CLASS_B_EXTENDED, "!AIVDM,broken", "noise \xff"]
    found = read_ais("\n".join(lines).encode("latin-1"), Instant(77))
    assert [each.name for each in found.assets] == ["477553000", "CAPT.J.RIMES (367059850)"]
    assert {fix.at for each in found.assets for fix in each.fixes} == {77}
    assert [each.why for each in found.refused] == ["Line 5: Not a sentence of AIS."]
    with pytest.raises(TooLarge):
        read_ais(b" " * (READING_FILE_MAX_BYTES + 1))


def test_a_position_out_of_range_is_refused() -> None:
    payload = written(1, lon=0, lat=95 * 600_000)
    assert isinstance(decode(payload), Report)
    body = f"AIVDM,1,1,,A,{payload.text},0"
    check = 0
    for char in body:
        check ^= ord(char)
    found = read_ais(f"!{body}*{check:02X}".encode())
    assert found.assets == ()
    assert "latitude" in found.refused[0].why


@given(st.text(alphabet=[chr(code) for code in (*range(48, 88), *range(96, 120))], max_size=90), st.integers(0, 5))
def test_any_payload_is_read_or_refused(text: str, fill: int) -> None:
    read = decode(Payload(text, fill, None, 1))
    assert isinstance(read, Report | str)
    assert Bits(Payload(text, fill, None, 1)).length >= 0
