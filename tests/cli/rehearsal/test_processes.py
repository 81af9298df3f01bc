"""Processes that end with whoever started them, whatever happens."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from openline.cli.rehearsal import processes
from openline.cli.rehearsal.processes import Processes, Stopped, environment, openline
from openline.errors import DemoFailed

LIMIT_SECONDS = 60.0
SLEEPER = "import time; print('up', flush=True); time.sleep(600)"
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(600)"
)


def python(code: str) -> list[str | Path]:
    return [sys.executable, "-c", code]


def made(folder: Path, limit_seconds: float = LIMIT_SECONDS) -> Processes:
    return Processes(folder, environment("exercise"), limit_seconds)


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_command_is_waited_for_and_its_words_are_kept(tmp_path: Path) -> None:
    with made(tmp_path) as group:
        child = group.start("speak", python("import sys; print('said'); print('logged', file=sys.stderr); sys.exit(3)"))
        assert group.finish(child) == 3
        assert (child.output, child.last_words) == ("said\n", "logged")
        assert group.as_json() == [{"what": "speak", "pid": child.process.pid, "status": 3}]


def test_what_still_runs_at_the_end_is_ended(tmp_path: Path) -> None:
    with made(tmp_path) as group:
        child = group.start("sleep", python(SLEEPER))
        group.until(lambda: child.output == "up\n", "a process")
    assert child.process.returncode == -signal.SIGTERM
    assert gone(child.process.pid)


def test_who_does_not_listen_is_ended_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "END_SECONDS", 0.2)
    with made(tmp_path) as group:
        child = group.start("sleep", python(STUBBORN))
        group.until(lambda: child.output == "up\n", "a process")
    assert child.process.returncode == -signal.SIGKILL
    assert gone(child.process.pid)


def test_each_is_in_a_group_of_its_own(tmp_path: Path) -> None:
    with made(tmp_path) as group:
        child = group.start("sleep", python(SLEEPER))
        assert os.getpgid(child.process.pid) == child.process.pid != os.getpgrp()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything(tmp_path: Path, number: signal.Signals) -> None:
    before = signal.signal(number, signal.SIG_DFL)
    group = made(tmp_path)

    def interrupted() -> None:
        with group:
            group.start("sleep", python(SLEEPER))
            os.kill(os.getpid(), number)
            group.until(lambda: False, "a signal")

    with pytest.raises(Stopped, match=number.name) as caught:
        interrupted()
    assert caught.value.number == number
    assert [gone(child.process.pid) for child in group.children] == [True]
    assert signal.signal(number, before) is signal.SIG_DFL


def test_under_nohup_hanging_up_changes_nothing(tmp_path: Path) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with made(tmp_path) as group:
        os.kill(os.getpid(), signal.SIGHUP)
        assert group.finish(group.start("nothing", python("pass"))) == 0
    assert signal.signal(signal.SIGHUP, before) is signal.SIG_IGN


def test_a_signal_while_a_process_is_started_waits_until_it_is_written_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    popen = subprocess.Popen
    pids: list[int] = []

    def interrupted(*words: Any, **options: Any) -> subprocess.Popen[bytes]:
        process = popen(*words, **options)
        pids.append(process.pid)
        os.kill(os.getpid(), signal.SIGTERM)
        return process

    monkeypatch.setattr(subprocess, "Popen", interrupted)
    group = made(tmp_path)
    with pytest.raises(Stopped), group:
        group.start("sleep", python(SLEEPER))
    assert [child.process.pid for child in group.children] == pids
    assert all(gone(pid) for pid in pids)


def test_the_time_is_limited(tmp_path: Path) -> None:
    began = time.monotonic()
    group = made(tmp_path, 0.3)

    def endless() -> None:
        with group:
            group.finish(group.start("sleep", python(SLEEPER)))

    with pytest.raises(DemoFailed, match="not done after"):
        endless()
    assert [gone(child.process.pid) for child in group.children] == [True]
    assert time.monotonic() - began < processes.STEP_SECONDS


def test_a_process_that_must_run_and_ended_is_told_with_its_last_words(tmp_path: Path) -> None:
    with made(tmp_path) as group:
        child = group.start("serve A", python("import sys; print('out of room', file=sys.stderr); sys.exit(7)"))
        child.must_run = True
        with pytest.raises(DemoFailed) as caught:
            group.until(lambda: False, "something")
        said = str(caught.value)
        assert f"serve A (process {child.process.pid}) ended by itself with status 7" in said
        assert "out of room" in said


def test_a_kill_is_no_surprise(tmp_path: Path) -> None:
    with made(tmp_path) as group:
        child = group.start("serve A", python(SLEEPER))
        child.must_run = True
        group.kill(child)
        group.check()
        assert child.process.returncode == -signal.SIGKILL


def test_what_does_not_come_true_in_time(tmp_path: Path) -> None:
    with made(tmp_path) as group, pytest.raises(DemoFailed, match="in vain: a miracle"):
        group.until(lambda: False, "a miracle", 0.1)


def test_what_cannot_be_started(tmp_path: Path) -> None:
    with made(tmp_path) as group, pytest.raises(DemoFailed, match="could not be started"):
        group.start("nothing", [tmp_path / "none"])


def test_commands_get_nothing_of_a_post_that_this_person_has(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("OPENLINE_HOME", "mine")
    given = environment("exercise")
    assert {name: value for name, value in given.items() if name.startswith("OPENLINE_")} == {
        "OPENLINE_PASSPHRASE": "exercise"
    }
    with made(tmp_path) as group:
        child = group.start("version", openline("version", "--json"))
        assert group.finish(child) == 0
        assert "version" in child.output
