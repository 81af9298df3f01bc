"""The three desks of the demo as a process on a terminal: they answer as printed, and Ctrl-C leaves records alone."""

from __future__ import annotations

import json
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from openline.cli.playing import desks
from openline.exercises import times
from tests.cli.terminal import Terminal, running
from tests.pair import done

PATIENCE_SECONDS = 120.0
SEAT = re.compile(r"(\w+) +http://(127\.0\.0\.1:\d+)  officer (\w+)  password ([a-z-]+)")


def test_the_evening_is_of_three_on_one_line_and_says_what_is_invented() -> None:
    evening = desks.load()
    assert [party.name for party in evening.party] == ["Washington", "Moscow", "Warsaw"]
    assert [line.members for line in evening.line] == [("Washington", "Moscow", "Warsaw")]
    assert evening.invented
    for step in evening.step:
        assert bool(step.fact) == bool(step.sources)
    everybody = {step.when for step in evening.step if step.when.endswith(" is played")}
    assert everybody == {f"{party.name} is played" for party in evening.party}
    assert times.span(evening.lasts) / desks.SPEED > times.span("30d"), "the desks stay open"


def signed_in(seat: tuple[str, str, str, str]) -> bool:
    """Whether a login as it was printed opens the desk that was printed with it."""
    _, host, officer, password = seat
    connection = HTTPConnection(host, timeout=20)
    try:
        headers = {"origin": f"http://{host}", "content-type": "application/json"}
        connection.request("POST", "/api/v1/sign-in", json.dumps({"officer": officer, "password": password}), headers)
        answer = connection.getresponse()
        return answer.status == 200 and json.loads(answer.read())["guide"] is True
    finally:
        connection.close()


@contextmanager
def opened(folder: Path, *words: str) -> Iterator[tuple[Terminal, list[tuple[str, str, str, str]]]]:
    """The desks on a terminal, and their logins as they stand there."""
    with Terminal(folder, "demo", "--desks", *words) as terminal:
        terminal.until(r"Warsaw: przewodow: IMMEDIATE incident", PATIENCE_SECONDS)
        yield terminal, SEAT.findall(terminal.text)


def test_desks_answer_as_printed_and_ctrl_c_leaves_their_records_proved(tmp_path: Path) -> None:
    with opened(tmp_path) as (terminal, seats):
        assert [seat[0] for seat in seats] == ["Washington", "Moscow", "Warsaw"]
        assert len(running(tmp_path)) == 3
        assert signed_in(seats[2])
        terminal.until("Warsaw: People play this side from now on", PATIENCE_SECONDS)
        assert not signed_in((*seats[2][:2], "Hale", seats[2][3]))
        assert all(signed_in(seat) for seat in seats[:2])
        terminal.ctrl_c()
        assert terminal.ended(PATIENCE_SECONDS) == 0, terminal.text
    assert running(tmp_path) == []
    assert terminal.text.count("proved: the line przewodow as ") == 3
    (folder,) = tmp_path.iterdir()
    assert [path.name for path in folder.iterdir()] == ["desks"]
    assert sorted(path.name for path in (folder / "desks").iterdir()) == ["cards", "proof"]
    look = [line.strip() for line in terminal.text.splitlines() if re.match(r" {4}(cd|/)", line)]
    assert len(look) == 7
    verified = subprocess.run(["sh", "-c", " && ".join(look[:3])], capture_output=True, text=True, check=False)
    assert verified.returncode == 0, verified.stderr + verified.stdout
    assert verified.stdout.count("PROVED") == 2


@pytest.mark.soak
def test_another_signal_ends_everything_at_once_and_leaves_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as (terminal, _):
        terminal.send(signal.SIGTERM)
        assert terminal.ended(PATIENCE_SECONDS) == 128 + signal.SIGTERM
    assert running(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.soak
def test_the_evening_plays_itself_to_its_end(tmp_path: Path) -> None:
    file = Path(desks.__file__).with_name(desks.FILE)
    value = done(tmp_path, "exercise", "run", str(file), "--speed", "600", "--skip", "--out", str(tmp_path / "run"))
    lost = [row["text"] for row in value["rows"] if row["sort"] == "not done"]
    skipped = "those who are not asked cannot accept, and reply-by stands at its true time when time is skipped"
    assert all("was not called" in each or "before reply-by is over" in each for each in lost), skipped
    assert (value["proved"], value["exercise_only"]) == (True, True)
    assert "incident investigated" in " ".join(row["text"] for row in value["rows"])
