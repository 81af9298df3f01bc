"""Tables of assets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.areas.assets.asset import KNOT_M_PER_S
from openline.areas.assets.table import read_table
from openline.areas.times import write_time
from openline.errors import BadEncoding, BadField, OpenlineError, TooLarge
from openline.limits import ASSET_ROWS_MAX, READING_FILE_MAX_BYTES

TABLE = """\
\ufeffName,LAT,lon,time,course,speed,remark
"Relief 1, lorry",33.9,35.5,2024-11-27T12:00:00Z,90,20,"two
lines"
Relief 1, lorry?
Tug,34.1,-35.25,,,,
Tug 2,34.1,-35.25,2024-11-27T13:00:00+01:00,,
,1,2
Site,99,0
Site,1,2,yesterday
Site,1,x
Site,,
Site,1,2,2024-11-27T12:00:00Z,400,5

"""


def test_rows_are_read_and_bad_ones_named_by_their_lines() -> None:
    found = read_table(TABLE.encode())
    assert [each.name for each in found.assets] == ["Relief 1, lorry", "Tug", "Tug 2"]
    lorry = found.assets[0].fixes[0]
    assert (lorry.position, lorry.course) == ((35.5, 33.9), 90.0)
    assert lorry.speed_m_s == pytest.approx(20 * KNOT_M_PER_S)
    assert lorry.at is not None
    assert write_time(lorry.at) == "2024-11-27T12:00:00Z"
    assert found.assets[1].fixes[0].at is None
    assert found.assets[2].fixes[0].at == lorry.at
    assert [each.why.split(":")[0] for each in found.refused] == [f"Line {at}" for at in (4, 7, 8, 9, 10, 11, 12)]


def test_rows_of_one_name_are_a_track() -> None:
    rows = "name,lat,lon,time\nA,1,1,2024-11-27T13:00:00Z\nA,0,0,2024-11-27T12:00:00Z\n"
    (asset,) = read_table(rows.encode()).assets
    assert [fix.position for fix in asset.fixes] == [(0.0, 0.0), (1.0, 1.0)]


@pytest.mark.parametrize(
    ("source", "error"),
    [
        (b"", BadField),
        (b"name,lat\n", BadField),
        (b"\xff\xfe", BadEncoding),
        (b"name,lat,lon\n" + b"a,1,2\n" * (ASSET_ROWS_MAX + 1), TooLarge),
        (b" " * (READING_FILE_MAX_BYTES + 1), TooLarge),
    ],
)
def test_what_is_no_table(source: bytes, error: type[OpenlineError]) -> None:
    with pytest.raises(error):
        read_table(source)


def test_a_cell_without_an_end_costs_only_itself() -> None:
    found = read_table(b'name,lat,lon\nA,1,2\nB,"' + b"x" * 200_000 + b"\n")
    assert [each.name for each in found.assets] == ["A"]
    assert found.refused


@given(st.text(alphabet='a,"\n\r1-.\x00 :TZ', max_size=60))
def test_anything_at_all_is_read_or_refused(rows: str) -> None:
    read_table(b"name,lat,lon,time,course,speed\n" + rows.encode())
