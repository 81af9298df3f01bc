"""240 NOTAM field by field beside another reader, AVWX; whatever differs is explained here."""

from __future__ import annotations

import sys
from typing import Any

from openline.areas.notam.notam import NotamReading
from openline.areas.notam.reader import read
from openline.areas.notam.times import moment
from openline.areas.shapes import Position
from openline.areas.windows import EndKind
from openline.terms import Instant
from tests.areas.notam.samples import lines

GUESSED = {"KZNY/UNDEFINED/NBO/A/", "PHZH/UNDEFINED/NBO/A/"}
"""Q-lines of 7 fields, "undefined" for code and traffic: AVWX guesses which is missing, here they are refused."""


def as_avwx(notam: NotamReading) -> dict[str, Any]:
    """A reading in the fields and formats of AVWX."""
    return {
        "number": notam.id,
        "type": f"NOTAM{notam.type}" if notam.type else None,
        "replaces": notam.refers_to,
        "station": notam.locations[0] if notam.locations else None,
        "start": ten(notam.starts),
        "end": "PERM" if notam.end_kind is EndKind.PERM else ending(notam),
        "schedule": notam.schedule,
        "lower": notam.lower,
        "upper": notam.upper,
        "fir": notam.fir,
        "subject": notam.qcode[1:3] if notam.qcode else None,
        "condition": notam.qcode[3:] if notam.qcode else None,
        "traffic": notam.traffic or None,
        "purpose": list(notam.purpose or ""),
        "scope": list(notam.scope or ""),
        "q_lower": three(notam.lower_fl),
        "q_upper": three(notam.upper_fl),
        "coord": minutes(notam.q_center) if notam.q_center else None,
        "radius": three(notam.q_radius_nm),
    }


def ten(at: Instant | None) -> str | None:
    return f"{moment(at):%y%m%d%H%M}" if at is not None else None


def ending(notam: NotamReading) -> str | None:
    return None if notam.ends is None else f"{ten(notam.ends)}{'EST' if notam.end_kind is EndKind.EST else ''}"


def three(value: int | None) -> str | None:
    return f"{value:03d}" if value is not None else None


def minutes(position: Position) -> str:
    lon, lat = (divmod(round(abs(degrees) * 60), 60) for degrees in position)
    return f"{lat[0]:02d}{lat[1]:02d}{'SN'[position[1] >= 0]}{lon[0]:03d}{lon[1]:02d}{'WE'[position[0] >= 0]}"


def explained(name: str, ours: Any, theirs: dict[str, Any]) -> bool:
    """A schedule over two lines, whose break AVWX keeps; a Q-line that AVWX guesses at."""
    if name == "schedule":
        return bool(ours == " ".join(theirs["schedule"].split()))
    guessed = any(str(theirs["q"]).upper().startswith(start) for start in GUESSED)
    return guessed and name in {"purpose", "scope"} and ours == []


def test_every_field_is_equal_or_explained() -> None:
    counts = {"fields": 0, "equal": 0, "explained": 0}
    for sample in lines("avwx.jsonl"):
        notam, theirs = read(sample["raw"]), sample["avwx"]
        for name, ours in as_avwx(notam).items():
            equal = ours == theirs[name]
            counts["fields"] += 1
            counts["equal" if equal else "explained"] += 1
            assert equal or explained(name, ours, theirs), (name, ours, theirs)
            assert equal or name == "schedule" or notam.reading.refused
    sys.stdout.write(f"AVWX: {counts}\n")
    assert counts == {"fields": 4560, "equal": 4550, "explained": 10}


def test_few_of_them_are_doubted_and_what_is_refused_is_garbled() -> None:
    """Four Q-lines with "undefined", three positions whose figures have lost their letters; one circle too small."""
    found = [read(sample["raw"]).reading for sample in lines("avwx.jsonl")]
    assert sorted(part.words[:4] for reading in found for part in reading.refused) == [
        "1579",
        "1579",
        "1579",
        "KZNY",
        "PHZH",
        "PHZH",
        "PHZH",
    ]
    assert [flag.code for reading in found for flag in reading.flags] == ["q-circle"]
