"""The watch by commands."""

from __future__ import annotations

from tests.pair import Pair, done, program, refused


def test_a_relief(pair: Pair) -> None:
    done(pair.north, "officer", "add", "Lt. Holm")
    first = done(pair.north, "officer", "list")["officers"][0]["officer"]
    said = program("log", "show", "--home", str(pair.north))
    assert "Nobody has taken the watch" in said.stdout
    done(pair.north, "log", "take-over", "--officer", first)
    done(pair.north, "log", "note", "Radar 3 is down.")
    done(pair.north, "log", "hand-over", "Lt. Holm", "--text", "Quiet night.")
    assert refused(pair.north, "log", "take-over", "--officer", first)[1] == "not-allowed"
    assert "has handed it over to Lt. Holm" in program("log", "show", "--home", str(pair.north)).stdout
    done(pair.north, "log", "take-over", "--officer", "Lt. Holm")
    said = program("log", "show", "--home", str(pair.north))
    assert said.returncode == 0
    assert "Lt. Holm has the watch since" in said.stdout
    assert "Radar 3 is down." in said.stdout
