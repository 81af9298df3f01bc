"""Bundles: exported, verified here and elsewhere, compared, and refused when anything was changed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pair import Pair, command, done, make, program, refused, until


@pytest.fixture
def bundle(pair: Pair, tmp_path: Path) -> Path:
    """A bundle of the line as North has it."""
    identifier = done(pair.north, "send", "strait", "To be proved.")["id"]
    until(lambda: any(each["id"] == identifier for each in done(pair.south, "inbox")["entries"]))
    file = tmp_path / "strait.bundle"
    value = done(pair.north, "export", "strait", "--out", str(file))
    assert value["bytes"] == file.stat().st_size
    assert value["reveals"]
    return file


def test_it_is_proved_to_whoever_knows_the_cards(pair: Pair, bundle: Path, tmp_path: Path) -> None:
    assert done(pair.south, "verify", str(bundle))["ok"]
    stranger = tmp_path / "stranger"
    code, value = command(stranger, "verify", str(bundle))
    assert code == 1
    assert (value["proved"], value["known"], value["ok"]) == (True, False, False)
    assert [sentence.startswith("Not known here") for sentence in value["sentences"][:3]] == [True, True, False]
    assert "compare its sixty digits by voice" in value["sentences"][-1]
    cards = []
    for home in (pair.north, pair.south):
        file = tmp_path / f"{home.name}.card"
        done(home, "card", "--out", str(file))
        cards += ["--card", str(file)]
    assert done(stranger, "verify", str(bundle), *cards)["ok"]
    code, value = command(stranger, "verify", str(bundle), *cards[:2])
    assert code == 1
    assert (value["proved"], value["known"], value["ok"]) == (True, False, False)
    assert "South" in value["sentences"][0]


def test_a_changed_byte_is_refused(pair: Pair, bundle: Path) -> None:
    data = bundle.read_bytes()
    for at in range(0, len(data), max(1, len(data) // 40)):
        bundle.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        code, value = command(pair.south, "verify", str(bundle))
        assert code == 1
        assert value["faults"]
    for bad in (b"", data[:-1], data + b"x", b"x" * 100):
        bundle.write_bytes(bad)
        assert command(pair.south, "verify", str(bundle))[0] == 1


def test_what_is_withheld_stays_closed(pair: Pair, tmp_path: Path) -> None:
    identifier = done(pair.north, "send", "strait", "Between us.")["id"]
    for options in (["--withhold", identifier], ["--withhold-all"]):
        file = tmp_path / "closed.bundle"
        done(pair.north, "export", "strait", "--out", str(file), *options)
        assert b"Between us." not in file.read_bytes()
        value = done(pair.south, "verify", str(file))
        assert value["ok"]
        assert sum(feed["withheld"] for feed in value["feeds"]) >= 1


def test_a_home_is_verified_and_compared(pair: Pair, bundle: Path) -> None:
    assert done(pair.south, "verify", str(pair.north))["ok"]
    assert done(pair.north, "verify", str(pair.north), "--line", "strait")["ok"]
    done(pair.north, "send", "strait", "After the export.")
    code, value = command(pair.north, "verify", str(pair.north), "--against", str(bundle))
    assert code == 1
    assert value["first"]["ok"]
    assert value["second"]["ok"]
    assert not value["ok"]
    assert done(pair.north, "verify", str(bundle), "--against", str(bundle))["ok"]


def test_what_cannot_be_verified(pair: Pair, tmp_path: Path) -> None:
    assert refused(pair.north, "verify", str(tmp_path / "none")) == (1, "cannot-read")
    assert refused(pair.north, "verify", str(tmp_path)) == (1, "no-home")
    assert refused(pair.north, "verify", str(pair.north), "--line", "nowhere") == (1, "unknown-name")
    assert refused(pair.north, "verify", str(pair.north), "--card", str(tmp_path / "none")) == (1, "cannot-read")
    empty = make(tmp_path / "empty", "Empty", "Dorn")
    assert refused(pair.north, "verify", str(empty)) == (1, "unknown-name")


def test_what_cannot_be_exported(pair: Pair, tmp_path: Path) -> None:
    assert refused(pair.north, "export", "nowhere", "--out", str(tmp_path / "b")) == (1, "unknown-name")
    assert refused(pair.north, "export", "strait", "--out", str(tmp_path / "none" / "b")) == (1, "cannot-write")
    assert refused(pair.north, "export", "strait", "--out", str(tmp_path / "b"), "--withhold", "12") == (2, "misuse")


def test_words_for_people(pair: Pair, bundle: Path) -> None:
    ran = program("verify", str(bundle), "--home", str(pair.south))
    assert ran.returncode == 0
    assert "PROVED" in ran.stdout
    ran = program("verify", str(bundle), "--against", str(bundle), "--home", str(pair.south))
    assert ran.returncode == 0
    entry = done(pair.north, "inbox")["entries"][-1]["id"]
    ran = program("verify", str(bundle), "--entry", entry[:12], "--home", str(pair.south))
    assert ran.returncode == 0
    assert "it was signed not before" in ran.stdout


def test_the_two_verifiers_agree_about_strangers(pair: Pair, bundle: Path, tmp_path: Path) -> None:
    tool = Path(__file__).resolve().parents[2] / "tools" / "verify_bundle.py"
    ran = subprocess.run([sys.executable, str(tool), str(bundle), "--json"], capture_output=True, check=False)
    _, value = command(tmp_path / "none", "verify", str(bundle))
    other = json.loads(ran.stdout)
    assert ran.returncode == 1
    assert [other[name] for name in ("ok", "proved", "known")] == [value[name] for name in ("ok", "proved", "known")]


def test_when_an_entry_was_signed(pair: Pair, bundle: Path) -> None:
    entry = done(pair.north, "inbox")["entries"][-1]["id"]
    for digits in (64, 8):
        (bounds,) = done(pair.south, "verify", str(bundle), "--entry", entry[:digits])["bounds"]
        assert bounds["of"]["entry"] == entry
    assert refused(pair.south, "verify", str(bundle), "--entry", "00000000") == (1, "unknown-name")
    for bad in ("1234567", "x" * 8, "0" * 65):
        assert refused(pair.south, "verify", str(bundle), "--entry", bad) == (2, "misuse")
