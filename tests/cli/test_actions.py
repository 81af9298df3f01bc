"""The action card of an alarm, without a post and without a passphrase."""

from __future__ import annotations

from pathlib import Path

import pytest

from openline.cli.main import status
from tests.pair import done, refused


def test_a_card_opens_where_there_is_no_post(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    value = done(tmp_path / "nowhere", "action", "untaken")
    assert value["own"] is False
    assert "openline take ID" in value["text"]
    assert "untaken" in done(tmp_path, "action")["cards"]
    assert refused(tmp_path, "action", "nothing") == (1, "unknown-name")
    assert status(["action", "untaken", "--home", str(tmp_path)]) == 0
    said = capfd.readouterr()
    assert said.out.startswith("An urgent message waits here, and nobody has taken it\n")
    assert said.err == ""


def test_what_is_wrong_with_our_own_is_said(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "cards").mkdir()
    (tmp_path / "cards" / "gap.md").write_bytes(b"\xff")
    assert status(["action", "gap", "--home", str(tmp_path)]) == 0
    said = capfd.readouterr()
    assert "gap.md cannot be read" in " ".join(said.err.split())
    assert "1. Read what is there" in said.out
