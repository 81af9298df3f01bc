"""Bad files of every kind: refused or flagged with the reason, in a second of one processor and 100 MB, one and all."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from openline.areas.files import Message, read_file

SECONDS = 1.0
MEMORY_BYTES = 100 << 20
GOOD = "HYDROLANT 12/24(51).\n1. GUNNERY 010900Z TO 011400Z AUG WITHIN NINE MILES OF 12-44N 017-44W.\n"
SQUARE = [[10, 50], [11, 50], [11, 51], [10, 51], [10, 50]]


def feature(ring: Any, kind: str = "Polygon") -> dict[str, Any]:
    return {"type": "Feature", "properties": {}, "geometry": {"type": kind, "coordinates": [ring]}}


def collection(*rings: Any) -> bytes:
    """These areas and a good one behind them."""
    features = [feature(ring) for ring in (*rings, SQUARE)]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def circle(count: int) -> list[list[float]]:
    turns = [2 * math.pi * at / count for at in range(count)]
    ring = [[10 + math.cos(turn), 50 + math.sin(turn)] for turn in turns]
    return [*ring, ring[0]]


def warning(places: str) -> bytes:
    """A warning, and a good one behind it."""
    return f"HYDROLANT 11/24(51).\n1. GUNNERY 010900Z TO 011400Z AUG IN AREA BOUND BY {places}.\n\n{GOOD}".encode()


ENTITIES = b"""<?xml version="1.0"?>
<!DOCTYPE alert [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<alert>&b;</alert>"""
BOMB = b"<alert>" + b"<info>" * 200_000

CASES: dict[str, bytes] = {
    "garbled radio text": b"HYDR\x00L\xffNT 1Z/2\xe9(51).\n1. GUNN\x07RY 0109"
    + bytes(range(256)) * 200
    + GOOD.encode(),
    "garbled beside a good one": b"HYDROLANT 11/24(51).\n1. GUNNRY O1O9OOZ TQ 0114OZ WTHIN OF 12-4N.\n\n"
    + GOOD.encode(),
    "a polygon of 200,000 vertices": collection(circle(200_000)),
    "a warning of 200,000 positions": warning("12-44N 017-44W, " * 200_000),
    "half an ocean": collection([[-80, -60], [10, -60], [10, 60], [-80, 60], [-80, -60]]),
    "half an ocean, as a warning": warning("60-00N 080-00W, 60-00N 010-00E, 60-00S 010-00E, 60-00S 080-00W"),
    "a bow-tie": collection([[10, 50], [11, 51], [11, 50], [10, 51], [10, 50]]),
    "a bow-tie, as a warning": warning("50-00N 010-00E, 51-00N 011-00E, 50-00N 011-00E, 51-00N 010-00E"),
    "a ring that is not closed": collection(SQUARE[:-1]),
    "NaN": collection([[10, math.nan], *SQUARE[1:]]),
    "a number beyond all": collection([[10, 1e400], *SQUARE[1:]]),
    "around the pole": collection([[0, 80], [90, 80], [180, 80], [-90, 80], [0, 80]]),
    "XML with entities": ENTITIES,
    "XML without an end": BOMB,
    "nested without an end": b'{"type":"FeatureCollection","features":' + b"[" * 200_000,
}

SINGLE = frozenset({"garbled radio text", "XML with entities", "XML without an end", "nested without an end"})
"""What is refused whole: nothing in it can be told apart."""


def doubted(message: Message) -> bool:
    return bool(message.reading.flags or message.reading.refused)


@pytest.mark.parametrize("name", CASES)
def test_it_is_refused_or_flagged_within_a_second(name: str) -> None:
    began = time.process_time()
    messages = read_file(CASES[name])
    assert time.process_time() - began < SECONDS
    assert doubted(messages[0]), "not a word of what is wrong"
    if name not in SINGLE:
        assert len(messages) == 2, "the rest of the file is read"
        assert messages[1].reading.areas


MEASURE = """
import resource
from tests.areas.test_bad_input import CASES
from openline.areas import cap, geojson, navwarn
from openline.areas.files import read_file
from openline.areas.validity import judge
import shapely
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for source in CASES.values():
    read_file(source)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024)
"""


def test_none_of_it_takes_100_mb() -> None:
    root = Path(__file__).resolve().parents[2]
    ran = subprocess.run([sys.executable, "-c", MEASURE], cwd=root, capture_output=True, text=True, check=True)
    assert int(ran.stdout) < MEMORY_BYTES, f"{int(ran.stdout) >> 20} MB"
