"""Warnings imported, notices looked at, in force the same at both ends, written out, held against own ships."""

from __future__ import annotations

import json
from pathlib import Path

from tests.pair import Pair, command, done, program, refused, until

SAMPLES = Path(__file__).parent.parent / "areas/navwarn/data/hydro_golden.jsonl"


def test_warnings_are_imported_and_stand_at_both_ends(told: Pair, tmp_path: Path) -> None:
    file = tmp_path / "warnings.jsonl"
    file.write_text("\n".join([*SAMPLES.read_text().splitlines()[:40], '{"text": "IN 12-44N 017-99W."}']))
    value = done(told.north, "notice", "import", "strait", str(file), "--class", "test")
    assert (value["messages"], value["imported"], value["refused"]) == (41, 41, 1)
    last = value["results"][-1]["notice"]
    until(lambda: command(told.south, "notice", "show", last)[0] == 0)
    at = ("strait", "--at", "2019-08-01T10:00Z")
    until(lambda: ids(told.south, *at) == ids(told.north, *at))
    assert ids(told.north, *at)
    said = program("notice", "in-force", *at, "--home", str(told.south)).stdout
    assert "HYDROLANT" in said
    assert "in force at 2019-08-01T10:00:00Z" in said
    words = program("notice", "import", "strait", str(file), "--class", "test", "--home", str(told.north)).stdout
    assert "41 notices given. 41 messages:" in words
    assert "REFUSED" in words
    listed = done(told.south, "notice", "list", "strait", "--most", "5")
    assert len(listed["notices"]) == 5
    assert listed["total"] >= 41
    assert "in all; ask for more" in program("notice", "list", "--most", "2", "--home", str(told.north)).stdout
    empty = tmp_path / "empty"
    empty.write_text("\n")
    assert refused(told.north, "notice", "import", "strait", str(empty))[1] == "misuse"


def ids(home: Path, *at: str) -> list[str]:
    """What is in force, by version."""
    return [each["version"] for each in done(home, "notice", "in-force", *at)["notices"]]


def test_own_ships_are_held_against_it_and_nothing_of_them_is_kept(told: Pair, tmp_path: Path) -> None:
    sent = done(
        told.north,
        *("notice", "send", "strait", "hazardous-operation", "--class", "drill", "--window", "0m/9d"),
        *("--area", "within 5 miles of 10-00S 100-00W", "--field", "operation=towing", "--field", "hazard=cable"),
    )["id"]
    ships = tmp_path / "ships.csv"
    ships.write_text("name,lat,lon,course,speed\nUSS Quiet Secret,-10.0,-100.0,0,0\nFar,50,0,0,0\n")
    value = done(told.north, "notice", "assets", str(ships), "--hours", "1")
    hit = [each for each in value["warnings"] if each["notice"] == sent]
    assert [(each["asset"], each["kind"]) for each in hit] == [("USS Quiet Secret", "inside")]
    assert "USS Quiet Secret: INSIDE" in program("notice", "assets", str(ships), "--home", str(told.north)).stdout
    for kept in told.north.rglob("*"):
        assert not kept.is_file() or b"Quiet Secret" not in kept.read_bytes()
    ships.write_text("nonsense")
    assert refused(told.north, "notice", "assets", str(ships))[1] == "misuse"
    out = tmp_path / "notice.geojson"
    done(told.north, "notice", "write", sent, "--format", "geojson", "--out", str(out))
    assert json.loads(out.read_text())["features"]
    assert refused(told.north, "notice", "write", sent, "--format", "text", "--out", str(tmp_path))[1] == "cannot-write"
    assert refused(told.north, "notice", "write", sent, "--format", "pdf", "--out", str(out))[1] == "misuse"
