"""Commands for link checks: sent, answered, shown; silence announced and called off."""

from __future__ import annotations

import pytest

from openline.cli import checks
from tests.pair import Pair, done, program, refused, until


def test_checks_by_hand(pair: Pair) -> None:
    sent = done(pair.north, "line", "check", "strait", "--human")["id"]
    until(lambda: any(each["id"] == sent for each in done(pair.south, "line", "checks", "strait")["checks"]))
    done(pair.south, "line", "answer", sent)
    until(lambda: not done(pair.north, "line", "checks", "strait")["checks"][0]["silent"])
    said = program("line", "checks", "strait", "--home", str(pair.north)).stdout
    assert "human check of North: answered by South" in said


def test_announced_silence(pair: Pair) -> None:
    announced = done(pair.north, "line", "outage", "strait", "--until", "3h", "--text", "new generator")["id"]
    done(pair.north, "line", "outage-over", announced)
    assert refused(pair.north, "line", "outage-over", announced) == (1, "not-allowed")
    said = program("line", "checks", "strait", "--home", str(pair.north)).stdout
    assert "new generator" in said
    assert refused(pair.north, "line", "outage", "strait", "--until", "3h", "--why", "holiday") == (2, "misuse")


def test_missed_checks_stand_out(capsys: object) -> None:
    missed = {"slot": "T", "author": "North", "member": "South", "last_number": 0}
    checks.print_checks({"checks": [], "missed": [missed], "silences": [], "next": []})
    said = capsys.readouterr().out  # type: ignore[attr-defined]
    assert "North MISSED the check of South; the last it had was nothing" in said
    checks.print_checks({"checks": [], "missed": [], "silences": [], "next": []})
    assert "none agreed" in capsys.readouterr().out  # type: ignore[attr-defined]


def test_a_check_that_waits_says_what_to_type(capsys: pytest.CaptureFixture[str]) -> None:
    waits = {"slot": "T1", "id": "ab" * 32, "author": "North", "human": True, "answers": [], "silent": ["South"]}
    checks.print_checks({"checks": [waits], "missed": [], "silences": [], "next": []})
    assert "openline line answer abababababab" in capsys.readouterr().out
