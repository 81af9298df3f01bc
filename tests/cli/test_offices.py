"""Commands for offices: published, succeeded, listed, printed for the wall, and their history of contacts."""

from __future__ import annotations

from pathlib import Path

from tests.pair import Pair, done, program, refused, until

ROSTER = """
[[office]]
name = "Duty <chief>"
holders = [{name = "Gen. New", from = 2023-10-01}]
deputies = ["First deputy"]
hours = "day and night"

[[fallback]]
means = "telephone"
address = "+00 <17>"
"""


def test_a_roster_is_published_seen_and_printed(pair: Pair, tmp_path: Path) -> None:
    file = tmp_path / "roster.toml"
    file.write_text(ROSTER)
    done(pair.south, "office", "publish", "strait", "--roster", str(file))
    until(lambda: done(pair.north, "office", "list", "strait")["members"][1]["published"])
    done(pair.south, "office", "hold", "strait", "Duty <chief>", "Gen. Next", "--since", "2026-01-01T00:00Z")
    said = program("office", "list", "strait", "--home", str(pair.south)).stdout
    assert "Duty <chief>: Gen. Next since 2026-01-01T00:00:00Z" in said
    sheet = tmp_path / "wall.html"
    done(pair.south, "office", "sheet", "strait", "--out", str(sheet))
    page = sheet.read_text()
    assert "+00 &lt;17&gt;" in page
    assert "<17>" not in page
    assert refused(pair.south, "office", "sheet", "strait", "--out", str(tmp_path)) == (1, "cannot-write")


def test_the_history_of_two_offices(pair: Pair) -> None:
    asked = done(pair.north, "call", "ask", "strait", "--from", "Desk", "--to", "South:Desk", "--reply-by", "20m")["id"]
    done(pair.north, "call", "held", asked)
    value = done(pair.north, "office", "history", "strait", "North:Desk", "South:Desk")
    assert value["last"]["contact"] == asked
    said = program("office", "history", "strait", "South:Desk", "North:Desk", "--home", str(pair.north)).stdout
    assert "last contact of these offices" in said
    none = program("office", "history", "strait", "South:Moon", "North:Desk", "--home", str(pair.north)).stdout
    assert "holds no contact" in none
