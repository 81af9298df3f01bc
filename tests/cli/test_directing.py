"""An exercise that people play and somebody directs: South is played from the command line, and the clock obeys."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.exercises.samples import SMALL
from tests.pair import WAIT_SECONDS, command, done, environment, program, refused, until

MOST_SECONDS = 300.0


@pytest.fixture
def begun(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """The small exercise as it begins, South played by people, and its directory."""
    file, folder = tmp_path / "boat.toml", tmp_path / "run"
    file.write_text(SMALL)
    words = ("exercise", "run", str(file), "--play", "South", "--direct", "--out", str(folder), "--json")
    process = subprocess.Popen(
        [sys.executable, "-m", "openline.cli", *words],
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process, folder
    finally:
        process.terminate()
        try:
            process.communicate(timeout=MOST_SECONDS)
        finally:
            process.kill()
            process.communicate()


def test_people_play_and_a_director_directs(begun: tuple[subprocess.Popen[str], Path]) -> None:
    process, folder = begun
    until(lambda: (folder / "director.sock").exists() or process.poll() is not None, MOST_SECONDS)

    def directed(*words: str) -> Any:
        return done(folder, "exercise", words[0], str(folder), *words[1:])

    south = check_all_sides(directed("status"))
    assert directed("pause")["runs"] is False
    assert directed("jump", "2m")["story"] == "2022-11-15T14:42:00Z"
    (boat,) = until(lambda: done(south, "inbox")["entries"])
    assert (boat["text"], boat["class"]) == ("A boat drifts.", "exercise")
    done(south, "take", boat["id"])
    assert refused(south, "send", "strait", "War.") == (1, "not-allowed")
    inject = ("exercise", "inject", str(folder))
    assert command(folder, *inject, "--tell", "The wind turns.")[1]["last"][-1]["text"] == "The wind turns."
    command(folder, *inject, "--party", "North", 'send strait "Who has it?"')
    assert refused(folder, *inject, "--party", "West", "send strait x") == (2, "misuse")
    until(lambda: len(done(south, "inbox")["entries"]) == 2)
    said = program("exercise", "status", str(folder)).stdout
    assert "the clock STANDS" in said
    assert "South (people, Cole on watch, desk http://127.0.0.1:" in said
    assert directed("go")["runs"] is True
    assert directed("end")["title"] == "A boat"
    check_report(*process.communicate(timeout=MOST_SECONDS), folder)
    assert process.returncode == 0


def check_all_sides(value: Any) -> Path:
    """What the director sees of them; South's home. Its desk answers."""
    assert (value["speed"], value["runs"]) == (1.0, True)
    north, south = value["parties"]
    assert (north["played"], north["desk"], south["played"]) == (False, None, True)
    with urllib.request.urlopen(south["desk"], timeout=WAIT_SECONDS) as page:
        assert page.status == 200
    return Path(south["home"])


def check_report(printed: str, told: str, folder: Path) -> None:
    """People were told where to sit down; what they did and what the director did is in the report."""
    assert "South is played by people. On watch: Cole." in told
    assert "/#link=" in told
    assert "Director's page: http://127.0.0.1:" in told
    value = json.loads(printed)
    assert (value["ok"], value["played"], value["ended"]) == (True, ["South"], "the director ended it")
    assert [each["state"] for each in value["results"]] == ["met"]
    sorts = [(row["sort"], row["party"]) for row in value["rows"]]
    assert {("director", ""), ("told", ""), ("wrote", "South"), ("director", "North")} <= set(sorts)
    assert all(each["ok"] and each["same"] for each in value["verdicts"])
    assert "DIRECTOR" in (folder / "report.html").read_text()


def test_a_signal_ends_it_and_every_post(begun: tuple[subprocess.Popen[str], Path]) -> None:
    process, folder = begun
    assert process.stderr is not None
    while "Each starts its post." not in process.stderr.readline():
        assert process.poll() is None
    process.terminate()
    printed, _ = process.communicate(timeout=MOST_SECONDS)
    assert process.returncode == 143
    assert json.loads(printed)["error"]["code"] == "stopped"
    assert refused(folder / "homes" / "south", "watch") == (3, "not-running")
