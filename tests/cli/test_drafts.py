"""Two persons, by commands of two posts that run: drafted, released, countersigned; and both verifiers see who did."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from openline.cli.drafts import print_draft
from openline.cli.main import status
from tests.pair import Pair, command, done, refused, running_pair, until
from tests.proof.bundles import one_file

RULES = """
two-persons = ["message", "hoax-report"]
"""


@pytest.fixture(scope="module")
def pair(cheap_passphrases: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """North and South of this file alone: the rules of their line change for good."""
    with running_pair(tmp_path_factory.mktemp("drafts")) as both:
        yield both


def ruled(pair: Pair, folder: Path) -> None:
    """The line asks for two persons; North has a second officer."""
    done(pair.north, "officer", "add", "Lt. Aas")
    rules = folder / "rules.toml"
    rules.write_text(RULES)
    done(pair.north, "line", "rules", "strait", "--propose", str(rules))
    until(lambda: command(pair.south, "line", "accept", "strait")[0] == 0)
    until(lambda: "message" in done(pair.north, "line", "rules", "strait")["rules"]["two_persons"])


def test_one_drafts_another_releases_and_a_flash_by_one_is_countersigned(
    pair: Pair, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    ruled(pair, tmp_path)
    north, south = pair.north, pair.south
    assert refused(north, "send", "strait", "Alone.") == (1, "two-persons")
    assert refused(north, "inbox", "--draft") == (2, "misuse")
    drafted = done(north, "send", "strait", "We both say this.", "--draft")
    shown = drafted["shown"]
    assert [each["text"] for each in shown["says"]] == ["We both say this."]
    first = shown["drafter"]
    assert status(["drafts", "--home", str(north)]) == 0
    assert "text: We both say this." in capfd.readouterr().out
    assert refused(north, "release", drafted["draft"], "--officer", first) == (1, "not-allowed")
    released = done(north, "release", drafted["draft"][:8], "--officer", "Lt. Aas")
    until(lambda: command(south, "show", released["id"], "--unseen")[0] == 0)
    assert refused(north, "release", drafted["draft"], "--officer", "Lt. Aas") == (1, "unknown-name")

    stale = done(north, "send", "strait", "Overtaken.", "--draft")["draft"]
    flash = done(north, "send", "strait", "Fire in sector 4.", "--precedence", "flash")["id"]
    assert refused(north, "release", stale, "--officer", "Lt. Aas") == (1, "draft-stale")
    done(north, "drop", stale)
    assert done(north, "drafts")["drafts"] == []
    assert refused(north, "countersign", flash, "--officer", first) == (1, "not-allowed")
    assert (done(north, "show", flash)["released_by_one"], done(north, "show", flash)["countersigned"]) == (True, None)
    done(north, "countersign", flash, "--officer", "Lt. Aas")
    until(lambda: done(south, "show", flash, "--unseen")["countersigned"] == "Lt. Aas")
    assert done(south, "show", flash)["ignored"] == []
    seen = done(south, "show", released["id"])
    assert (seen["officer"], seen["drafter"], seen["released_by_one"]) == ("Lt. Aas", first, False)
    capfd.readouterr()
    assert status(["show", flash, "--home", str(north)]) == 0
    assert "released by one, countersigned by Lt. Aas" in capfd.readouterr().out

    bundle = tmp_path / "strait.bundle"
    until(lambda: len({done(home, "line", "status", "strait")["entries"] for home in (north, south)}) == 1)
    done(south, "export", "strait", "--out", str(bundle))
    acts = {each["name"]: each["count"] for each in done(south, "verify", str(bundle))["acts"]}
    assert acts["Lt. Aas"] == 2
    with bundle.open("rb") as file:
        assert one_file().Bundle(file, {}).report()["faults"] == []


def test_a_draft_is_printed_in_full(capfd: pytest.CaptureFixture[str]) -> None:
    shown = {
        "draft": "4f0c56b1" * 4,
        "kind": "disclosure",
        "line": "strait",
        "precedence": "routine",
        "class": "exercise",
        "drafter": "Berg",
        "made": "2022-11-15T18:30:00Z",
        "until": "2022-11-22T18:30:00Z",
        "refers": ["ab" * 32],
        "says": [{"1": [{"2": "a"}, "b"]}, "c"],
    }
    print_draft(shown)
    said = capfd.readouterr().out
    assert "4f0c56b1  disclosure on strait, routine, exercise" in said
    for words in ("drafted by Berg", "about abababababab", "2: a", "- b", "c"):
        assert words in said
