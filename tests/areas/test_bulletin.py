"""A bulletin is plain data."""

from __future__ import annotations

import msgspec

from openline.areas.bulletin import Bulletin, Change
from openline.terms import TrafficClass
from tests.areas.bulletins import FIRING


def test_a_bulletin_comes_back_from_json() -> None:
    assert msgspec.json.decode(msgspec.json.encode(FIRING), type=Bulletin) == FIRING


def test_it_is_new_and_real_unless_it_says_otherwise() -> None:
    assert (FIRING.change, FIRING.traffic) == (Change.NEW, TrafficClass.OPERATION)
