"""Options, passphrases, and the exit status of each error."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from openline.cli import common
from openline.cli.common import Dialogue, Options, say_error, status_of
from openline.errors import (
    BadAddress,
    HomeInUse,
    Misuse,
    NoPassphrase,
    NotReachable,
    NotRunning,
    OpenlineError,
    UnknownName,
    WrongPassphrase,
)
from openline.post import requests
from tests.pair import PASSPHRASE, make, serving


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Misuse("x"), 2),
        (NotRunning("x"), 3),
        (NotReachable("x"), 3),
        (WrongPassphrase("x"), 1),
        (BadAddress("x"), 1),
        (OpenlineError("x"), 1),
    ],
)
def test_the_exit_status(error: OpenlineError, status: int) -> None:
    assert status_of(error) == status


def test_an_error_in_words_is_not_markup(capsys: pytest.CaptureFixture[str]) -> None:
    assert say_error(BadAddress("[red]wss://[/]"), json=False) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == f"bad-address: [red]wss://[/] {BadAddress.advice}\n"


def test_the_passphrase_from_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked twice for a new post, and both have to be the same."""
    said = ["one", "one", "one", "two", ""]
    monkeypatch.delenv("OPENLINE_PASSPHRASE", raising=False)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda *_: said.pop(0))
    assert Options().passphrase(new=True) == b"one"
    with pytest.raises(Misuse):
        Options().passphrase(new=True)
    with pytest.raises(NoPassphrase):
        Options().passphrase()


def test_a_passphrase_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENLINE_PASSPHRASE", "x" * 2_000)
    with pytest.raises(Misuse):
        Options().passphrase()


def test_the_home_is_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert Options().path == tmp_path / ".openline"
    monkeypatch.chdir(tmp_path)
    assert Options(home=Path("here")).path == tmp_path / "here"


def test_several_questions_ask_for_the_passphrase_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = make(tmp_path / "home", "North", "Berg")
    asked: list[str] = []

    def person(*_: object) -> str:
        asked.append("?")
        return PASSPHRASE

    def dialogue() -> Dialogue[list[str]]:
        names = [(yield requests.About())["name"], (yield requests.OfficerList())["officers"][0]["officer"]]
        try:
            yield requests.LineStatus(line="nowhere")
        except UnknownName:
            names.append("none")
        return names

    monkeypatch.delenv("OPENLINE_PASSPHRASE", raising=False)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", person)
    assert Options(home=home).converse(dialogue()) == ["North", "Berg", "none"]
    assert asked == ["?"]
    with pytest.raises(UnknownName):
        Options(home=home).ask(requests.LineStatus(line="nowhere"))
    with serving(home):
        assert Options(home=home).converse(dialogue()) == ["North", "Berg", "none"]
        with pytest.raises(UnknownName):
            Options(home=home).ask(requests.LineStatus(line="nowhere"))
    assert asked == ["?", "?"]


def test_a_post_that_is_starting_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command comes while the home is held and nobody answers yet."""
    home = make(tmp_path / "home", "North", "Berg")
    monkeypatch.setenv("OPENLINE_PASSPHRASE", PASSPHRASE)
    with serving(home):
        (home / "control.sock").rename(home / "aside")
        thread = threading.Timer(0.5, lambda: (home / "aside").rename(home / "control.sock"))
        thread.start()
        assert Options(home=home).ask(requests.About())["name"] == "North"
        thread.join()
        (home / "control.sock").rename(home / "aside")
        monkeypatch.setattr(common, "STARTING_SECONDS", 0.2)
        with pytest.raises(HomeInUse):
            Options(home=home).ask(requests.About())
        (home / "aside").rename(home / "control.sock")
