"""Positions in every writing that states use, and what only looks like one."""

from __future__ import annotations

import pytest

from openline.areas.notam.positions import find_positions, looks_like_positions

HERE = (-(20 + 30 / 60 + 15 / 3600), 15 + 40 / 60 + 5 / 3600)


@pytest.mark.parametrize(
    "text",
    [
        "154005N 0203015W",
        "154005N0203015W",
        "N154005W0203015",
        "N154005 W0203015",
        "N15 40 05 W020 30 15",
        "15 40 05 N 020 30 15 W",
        "15 40 05N 020 30 15W",
        "154005N/0203015W",
        "154005N - 0203015W",
        "154005N,\n0203015W",
        "15°40'05\"N 020°30'15\"W",
        "N15°40'05\" W020°30'15\"",
        "15-40-05N 020-30-15W",
        "154005.00N 0203015.0W",
        "1540\n05N0203015W",
        "15400  5N0203015W",
        "N154005W020\n3015",
        "RADIUS 5 154005N0203015W",
    ],
)
def test_to_the_second(text: str) -> None:
    (placed,) = find_positions(text)
    assert placed.position == pytest.approx(HERE, abs=1e-9)
    assert placed.digits == 6


@pytest.mark.parametrize(
    "text", ["1540N02030W", "N1540W02030", "N15 40 W020 30", "S 05 48  E 089 23", "1540.5N 02030.5W"]
)
def test_to_the_minute(text: str) -> None:
    (placed,) = find_positions(text)
    assert placed.digits == 4


def test_minutes_with_a_fraction() -> None:
    (placed,) = find_positions("N3530.5E01411.0")
    assert placed.position == pytest.approx((14 + 11 / 60, 35 + 30.5 / 60))


@pytest.mark.parametrize(
    "text",
    [
        "154065N 0203015W",
        "15405N 0203015W",
        "154005N 203015W",
        "914005N 0203015W",
        "1540N 0203015W",
        "0203015W 154005N",
        "157952753W21319881N",
    ],
)
def test_what_cannot_be_read_is_seen(text: str) -> None:
    assert find_positions(text) == ()
    assert looks_like_positions(text)


@pytest.mark.parametrize(
    "text", ["ROUTE N640 V27", "4238 FT NW OF RWY 31L", "RWY 09L/27R", "3.2NM WNW MCO", "TEL +36 30 506 7098"]
)
def test_what_is_none(text: str) -> None:
    assert find_positions(text) == ()
    assert looks_like_positions(text) == ()


def test_chains_of_positions() -> None:
    assert len(find_positions("N3604E11200N3605E11214N3544E11218")) == 3
    assert len(find_positions("361352N1263145E-361204N1263340E-36135  2N1263145E")) == 3
