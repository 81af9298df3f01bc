"""Reading warnings without a home, and forms."""

from __future__ import annotations

from pathlib import Path

from tests.pair import Pair, command, done, program, refused

SAMPLES = Path(__file__).parent.parent / "areas"
TEXT = "261200Z JUL 24\nHYDROLANT 12/24(51).\n1. GUNNERY EXERCISES 010900Z TO 011400Z AUG\n   IN 12-44N 017-99W.\n"


def test_warnings_are_read_without_a_home(tmp_path: Path) -> None:
    code, values = command(tmp_path / "none", "notice", "read", str(SAMPLES / "navwarn/data/hydro_golden.jsonl"))
    assert code == 0
    assert len(values) == 246
    assert values[0]["windows"] == [["2019-08-01T09:00:00Z", "2019-08-01T14:00:00Z"]]
    assert values[0]["source"].startswith("EASTERN NORTH ATLANTIC.")
    file = tmp_path / "one.txt"
    file.write_text(TEXT)
    said = program("notice", "read", str(file)).stdout
    assert "REFUSED" in said
    assert "  | HYDROLANT 12/24(51)." in said
    assert "1 messages: 0 understood" in said
    assert refused(tmp_path, "notice", "read", str(file), "--format", "pdf")[1] == "bad-field"
    assert refused(tmp_path, "notice", "read", str(tmp_path / "none"))[1] == "cannot-read"


def test_forms_are_shown(told: Pair) -> None:
    value = done(told.north, "notice", "form", "show", "accident", "--language", "ru")
    assert value["title"] == "Происшествие"
    said = program("notice", "form", "show", "humanitarian-site").stdout
    assert "not permission" in said
    assert "checked by nobody" in program("notice", "form", "show", "accident", "--language", "ar").stdout
    listed = program("notice", "forms", "strait", "--home", str(told.north)).stdout
    assert "accident@1  Accident: 0 h ahead  agreed" in listed
    assert "goodwill@1  Goodwill message: not obliged  agreed" in listed
    assert done(told.north, "notice", "forms", "strait", "--agree")["proposed"] is None
    assert refused(told.north, "notice", "forms", "--agree")[1] == "misuse"
    assert refused(told.north, "notice", "form", "show", "party")[1] == "unknown-name"
