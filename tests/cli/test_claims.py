"""Commands for claims, as people and as programs see them."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from openline.cli.main import status
from tests.pair import Pair, done, refused, until


def seen(home: Path, words: tuple[str, ...], enough: Callable[[Any], Any]) -> Any:
    """What a post shows, as soon as it is enough."""
    return until(lambda: (value := done(home, *words)) and enough(value) and value)


def party(value: Any) -> Any:
    return value["shown"]["put"][0]["parties"][0]


@pytest.fixture
def printed(capfd: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What people read at a post."""

    def run(home: Path, *words: str) -> str:
        capfd.readouterr()
        assert status([*words, "--home", str(home)]) == 0
        return " ".join(capfd.readouterr().out.split())

    return run


def test_a_claim_is_put_answered_replaced_and_withdrawn(
    pair: Pair, printed: Callable[..., str], tmp_path: Path
) -> None:
    put = done(pair.north, "claim", "put", "They prepare it.", "--to", "strait:South", "--reply-by", "2h")
    claim = put["id"]
    show = ("claim", "show", claim)
    until(lambda: any(each["put"][0]["id"] == claim for each in done(pair.south, "claim", "list")["claims"]))
    seen(pair.north, show, lambda value: party(value)["reached"]["rung"] == "delivered")
    assert "South: SILENT; delivered" in printed(pair.north, *show)
    done(pair.south, "take", claim)
    seen(pair.north, show, lambda value: party(value)["reached"]["rung"] == "taken")
    assert "South: SILENT; taken by Cole" in printed(pair.north, *show)
    done(pair.south, "claim", "answer", claim, "asks-evidence", "--text", "Show it.")
    seen(pair.north, show, lambda value: party(value)["status"] == "asks-evidence")
    file = tmp_path / "map.txt"
    file.write_text("here")
    done(pair.north, "claim", "evidence", claim, "A map.", "--file", str(file))
    seen(pair.south, show, lambda value: party(value)["status"] == "evidence-given")
    assert f"map.txt, SHA-256 {sha256(b'here').hexdigest()}" in printed(pair.south, *show)
    done(pair.south, "claim", "answer", claim, "rejects", "--text", "It shows nothing.")
    seen(pair.north, show, lambda value: party(value)["status"] == "rejects")
    text = printed(pair.north, "claim", "list", "--line", "strait")
    for words in ("CLAIM of North (this post): They prepare it.", "asks evidence: Show it.", "rejects: It shows"):
        assert words in text
    assert refused(pair.north, "claim", "tell", claim, "Paris") == (1, "not-allowed")
    again = done(pair.north, "claim", "replace", claim, "They may prepare it.", "--reason", "Too strong.")["id"]
    seen(pair.south, show, lambda value: value["shown"]["put"][0]["withdrawn"])
    text = printed(pair.south, *show)
    assert f"WITHDRAWN by North, {again[:12]} in its place: Too strong." in text
    assert "South (this post): REJECTS" in text
    done(pair.north, "claim", "withdraw", again, "--text", "An error.", "--only-here")
    until(lambda: done(pair.south, "claim", "show", again)["shown"]["put"][0]["withdrawn"])
    assert f"in the place of {claim[:12]}" in printed(pair.south, "claim", "show", again)


def test_what_is_said_wrongly_is_refused(pair: Pair, tmp_path: Path) -> None:
    for words in (
        ("claim", "put", "It is so.", "--to", ":South"),
        ("claim", "put", "It is so.", "--to", "strait:"),
        ("claim", "evidence", "ab" * 8, "A map.", "--file", str(tmp_path / "none")),
        ("claim", "tell", "ab" * 8),
    ):
        assert refused(pair.north, *words) == (2, "misuse")
    assert refused(pair.north, "claim", "put", "It is so.", "--to", "nowhere")[1] == "unknown-name"
    put = done(pair.north, "claim", "put", "It is so.", "--to", "strait")["id"]
    assert refused(pair.north, "claim", "also", put, "--to", "strait") == (1, "not-allowed")
