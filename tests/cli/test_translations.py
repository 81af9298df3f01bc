"""Translations by commands of two posts that run, and as a verifier tells them."""

from __future__ import annotations

from pathlib import Path

import pytest

from openline.cli.main import status
from openline.cli.translations import print_beside
from tests.pair import Pair, command, done, refused, until

TEXT = "Are these your aircraft?"


def test_a_translation_is_attached_shown_disputed_and_withdrawn(
    pair: Pair, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    entry = done(pair.north, "send", "strait", TEXT)["id"]
    until(lambda: command(pair.south, "show", entry, "--unseen")[0] == 0)
    words = tmp_path / "words.txt"
    words.write_text("Это ваши самолёты?\nGAP| no line of ours")
    made = ("--to", "ru", "--machine", "a program", "--file", str(words))
    first = done(pair.south, "translation", "attach", entry, *made)["id"]
    until(lambda: len(done(pair.north, "show", entry)["translations"]) == 1)
    assert status(["show", entry, "--home", str(pair.north)]) == 0
    said = capfd.readouterr().out
    label = f"{first[:12]}  TRANSLATION of #0.1 into ru, made by the machine “a program”, attached by South, Cole"
    assert label in said
    assert "  | GAP| no line of ours" in said
    assert said.index(TEXT) < said.index(label) < said.index("самолёты")
    done(pair.north, "translation", "attach", entry, "Ваши?", "--to", "ru", "--by", "Lt. Orlova", "--instead", first)
    until(lambda: len(done(pair.south, "show", entry)["translations"]) == 2)
    done(pair.south, "translation", "withdraw", first, "--text", "Too free.")
    assert status(["translation", "list", first, "--home", str(pair.south)]) == 0
    said = capfd.readouterr().out
    assert f"{entry[:12]}#0.1  in the words of North" in said
    assert "attached by South, Cole; WITHDRAWN: Too free.; DISPUTED by " in said
    assert "made by Lt. Orlova, attached by North, Berg" in said
    bundle = str(tmp_path / "strait.bundle")
    done(pair.south, "export", "strait", "--out", bundle)
    code, found = command(pair.south, "verify", bundle)
    assert code == 0
    assert [(each["made_by"], each["withdrawn"]) for each in sorted(found["translations"], key=_name)] == [
        ("Lt. Orlova", False),
        ("a program", True),
    ]
    closed = done(pair.south, "export", "strait", "--out", bundle, "--withhold", entry)
    assert closed["file"] == bundle
    assert "самолёты".encode() not in Path(bundle).read_bytes()


def _name(each: dict[str, str]) -> str:
    return each["made_by"]


def test_what_is_missing_is_said(pair: Pair, tmp_path: Path) -> None:
    entry = done(pair.north, "send", "strait", TEXT)["id"]
    attach = ("translation", "attach", entry)
    for words in (
        ("--to", "ru", "--by", "Lt. Orlova"),
        ("Да.", "--to", "ru"),
        ("Да.", "--to", "ru", "--by", "A", "--machine", "B"),
        ("Да.", "--to", "ru", "--by", "A", "--file", str(tmp_path)),
        ("--to", "ru", "--by", "A", "--file", str(tmp_path)),
        ("Да.", "--to", "?", "--by", "A"),
    ):
        assert refused(pair.north, *attach, *words)[1] == "misuse"


def test_nothing_yet(capfd: pytest.CaptureFixture[str]) -> None:
    print_beside({"texts": [], "translations": []})
    assert capfd.readouterr().out == "This entry shows no text.\n"
