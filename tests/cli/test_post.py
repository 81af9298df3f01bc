"""init, card, serve, backup, restore, health, version: what they do, and what they say when they cannot."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import stat
from pathlib import Path

import pytest

from openline.cli import post
from tests.pair import (
    PASSPHRASE,
    WAIT_SECONDS,
    Pair,
    command,
    done,
    introduce,
    make,
    program,
    refused,
    running_pair,
    serving,
    start,
    stop,
    until,
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return make(tmp_path / "home", "North", "Berg")


def test_init_makes_a_home_for_its_owner_alone(tmp_path: Path) -> None:
    home = tmp_path / "deep" / "home"
    value = done(home, "init", "--name", "North", "--officer", "Berg")
    assert value["name"] == "North"
    assert value["officer"] == "Berg"
    assert [len(group) for group in value["fingerprint"].split()] == [5] * 12
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in home.iterdir()} == {0o600}
    assert done(home, "card")["fingerprint"] == value["fingerprint"]


def test_init_leaves_what_is_there_alone(home: Path, tmp_path: Path) -> None:
    assert refused(home, "init", "--name", "Other") == (1, "home-taken")
    file = tmp_path / "file"
    file.write_text("mine")
    assert refused(file, "init", "--name", "Other") == (1, "home-taken")
    assert done(home, "card")["name"] == "North"


@pytest.mark.parametrize("name", ["", " North", "N\x1b[2J", "x" * 65])
def test_a_name_that_cannot_be_one(tmp_path: Path, name: str) -> None:
    assert refused(tmp_path / "home", "init", "--name", name) == (2, "misuse")
    assert refused(tmp_path / "home", "init", "--name", "North", "--officer", name or " ") == (2, "misuse")
    assert not (tmp_path / "home").exists()


def test_no_home(tmp_path: Path) -> None:
    for words in (["card"], ["inbox"], ["serve"], ["watch"]):
        assert refused(tmp_path / "none", *words) == (1, "no-home")


def test_a_newer_and_a_damaged_home(home: Path) -> None:
    about = home / "home.json"
    whole = json.loads(about.read_text())
    about.write_text(json.dumps({**whole, "format": 2, "more": []}))
    assert refused(home, "inbox") == (1, "home-too-new")
    for text in ("", "[]", "{}", json.dumps({**whole, "post": "12"}), "\xff", "[" * 10_000):
        about.write_text(text)
        assert refused(home, "inbox") == (1, "home-damaged")


def test_a_wrong_passphrase(home: Path) -> None:
    assert refused(home, "inbox", passphrase="wrong") == (1, "wrong-passphrase")
    assert refused(home, "serve", passphrase="wrong") == (1, "wrong-passphrase")


def test_the_passphrase_comes_from_a_file_too(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "passphrase"
    file.write_text(PASSPHRASE + "\nmore\n")
    code, value = command(home, "inbox", "--passphrase-file", str(file), passphrase="wrong")
    assert (code, value) == (0, {"entries": []})
    file.write_text("x" * 2_000)
    assert refused(home, "inbox", "--passphrase-file", str(file)) == (1, "too-large")
    assert refused(home, "inbox", "--passphrase-file", str(tmp_path / "none")) == (1, "cannot-read")


def test_nobody_is_there_to_be_asked(home: Path) -> None:
    ran = program("inbox", "--home", str(home), "--json", OPENLINE_PASSPHRASE="")
    assert ran.returncode == 1
    assert json.loads(ran.stdout)["error"]["code"] == "no-passphrase"


def test_damaged_keys(home: Path) -> None:
    keys = home / "keys.locked"
    data = bytearray(keys.read_bytes())
    data[-1] ^= 1
    keys.write_bytes(data)
    assert refused(home, "inbox") == (1, "damaged-keystore")
    keys.unlink()
    assert refused(home, "inbox") == (1, "home-damaged")


def test_a_foreign_and_a_newer_store(home: Path) -> None:
    done(home, "inbox")
    record = home / "record.sqlite"
    record.write_bytes(b"not a database, but long enough to be looked at" * 100)
    assert refused(home, "inbox") == (1, "store-foreign")
    assert refused(home, "serve") == (1, "store-foreign")


def test_cards_of_two_posts_are_no_home(home: Path, tmp_path: Path) -> None:
    other = make(tmp_path / "other", "South", "Cole")
    shutil.copy(other / "card", home / "card")
    assert refused(home, "inbox") == (1, "home-damaged")


def test_the_second_serve_refuses_and_the_first_goes_on(home: Path) -> None:
    with serving(home):
        assert refused(home, "serve") == (1, "home-in-use")
        assert done(home, "inbox") == {"entries": []}


def test_the_port_is_in_use(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert refused(home, "serve", "--link", f"127.0.0.1:{port}") == (1, "port-in-use")


@pytest.mark.parametrize("link", ["7700", "host:", ":7700", "host:port", "127.0.0.1:70000"])
def test_a_link_that_is_no_place(home: Path, link: str) -> None:
    assert refused(home, "serve", "--link", link) == (2, "misuse")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_cleanly(home: Path, number: signal.Signals) -> None:
    served = start(home)
    served.process.send_signal(number)
    assert served.process.wait(WAIT_SECONDS) == 0
    assert stop(served) == 0
    assert not (home / "control.sock").exists()


def test_after_a_kill_it_serves_again(home: Path) -> None:
    served = start(home)
    served.process.kill()
    served.process.wait()
    stop(served)
    with serving(home):
        assert done(home, "inbox") == {"entries": []}


def test_a_home_may_lie_deep(tmp_path: Path) -> None:
    home = make(tmp_path / ("d" * 60) / ("e" * 60), "North", "Berg")
    with serving(home):
        assert refused(home, "serve") == (1, "home-in-use")
        assert done(home, "line", "list") == {"lines": []}


def test_a_command_without_a_running_post_does_it_itself(tmp_path: Path) -> None:
    """A message sent while nothing runs is kept, and goes out when the post is served."""
    with running_pair(tmp_path) as pair:
        done(pair.north, "send", "strait", "While it runs.")
    identifier = done(pair.north, "send", "strait", "While nothing runs.")["id"]
    with serving(pair.south) as served:
        done(pair.north, "peer", "address", "South", f"wss://{served.link}")
        with serving(pair.north):
            texts = until(lambda: [e["text"] for e in done(pair.south, "inbox")["entries"] if e["id"] == identifier])
    assert texts == ["While nothing runs."]


def test_backup_and_restore_while_it_runs(tmp_path: Path) -> None:
    """An old backup fetches its own missing entries before it writes, and then goes on in the same feed."""
    copy = tmp_path / "north.backup"
    with running_pair(tmp_path) as pair:
        done(pair.north, "send", "strait", "Before the backup.")
        assert done(pair.north, "backup", str(copy))["bytes"] == copy.stat().st_size
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        identifier = done(pair.north, "send", "strait", "After the backup.")["id"]
        until(lambda: any(e["id"] == identifier for e in done(pair.south, "inbox")["entries"]))
    shutil.rmtree(pair.north)
    done(pair.north, "restore", str(copy))
    assert refused(pair.north, "send", "strait", "Too early.") == (1, "not-ready")
    with serving(pair.south) as served:
        done(pair.north, "peer", "address", "South", f"wss://{served.link}")
        with serving(pair.north):
            until(lambda: command(pair.north, "send", "strait", "Restored.")[0] == 0)
            until(lambda: len(done(pair.south, "inbox")["entries"]) == 3)
            for home in (pair.north, pair.south):
                texts = [each["text"] for each in done(home, "inbox")["entries"]]
                assert texts == ["Before the backup.", "After the backup.", "Restored."]
            assert done(pair.south, "verify", str(pair.north))["proved"]


def test_what_is_no_backup(home: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    done(home, "backup", str(copy))
    data = copy.read_bytes()
    for at, bad in enumerate((b"", data[:-1], data + b"x", data[:200] + b"x" + data[201:], b"x" * 1_000)):
        copy.write_bytes(bad)
        assert refused(tmp_path / f"into{at}", "restore", str(copy)) == (1, "bad-backup")
        assert not (tmp_path / f"into{at}" / "home.json").exists()
    copy.write_bytes(data)
    assert refused(home, "restore", str(copy)) == (1, "home-taken")
    assert refused(tmp_path / "into", "restore", str(tmp_path / "none")) == (1, "cannot-read")
    assert refused(home, "backup", str(tmp_path / "none" / "copy")) == (1, "cannot-write")


def test_version(tmp_path: Path) -> None:
    assert done(tmp_path, "version")["version"].count(".") == 2


def test_words_for_people(home: Path) -> None:
    """Without --json there are sentences on stdout and errors on stderr."""
    ran = program("card", "--home", str(home))
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "North" in ran.stdout
    ran = program("card", "--home", str(home / "none"))
    assert ran.returncode == 1
    assert ran.stdout == ""
    assert ran.stderr.startswith("no-home: ")
    assert "Traceback" not in ran.stderr


def test_the_home_may_come_from_the_environment(home: Path) -> None:
    ran = program("card", "--json", OPENLINE_HOME=str(home))
    assert json.loads(ran.stdout)["name"] == "North"


def test_two_posts_can_meet_without_serving(tmp_path: Path) -> None:
    north, south = make(tmp_path / "north", "North", "Berg"), make(tmp_path / "south", "South", "Cole")
    introduce(north, south)
    assert [each["peer"] for each in done(north, "peer", "list")["peers"]] == ["South"]


def test_a_pair_is_what_it_says(pair: Pair) -> None:
    assert pair.line in [each["line"] for each in done(pair.north, "line", "list")["lines"]]
    assert os.path.exists(pair.south / "control.sock")


def test_health_of_a_post_that_does_not_run_or_does_not_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    where = make(tmp_path / "north", "North", "Berg")
    assert refused(where, "health") == (3, "not-running")
    monkeypatch.setattr(post, "ANSWER_SECONDS", 0.3)
    with serving(where) as served:
        served.process.send_signal(signal.SIGSTOP)
        try:
            assert refused(where, "health") == (3, "not-running")
        finally:
            served.process.send_signal(signal.SIGCONT)
