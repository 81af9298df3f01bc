"""The command as a whole: every command documented, helped, and misused in one clear way."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from openline.cli.common import app
from openline.cli.main import CALL_HELP, GROUPS, HELP, LINE_HELP, status
from openline.post import requests
from tests.pair import Pair, command, program, refused

DOCS = Path(__file__).resolve().parents[2] / "docs" / "reference"


def commands(group: object = app, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words of every command."""
    names = [name for name in group if not name.startswith("-")]  # type: ignore[attr-defined]
    for name in names:
        below = group[name]  # type: ignore[index]
        if [each for each in below if not each.startswith("-")]:
            yield from commands(below, (*before, name))
        if below.default_command is not None:
            yield (*before, name)


COMMANDS = tuple(commands())


def test_the_groups_are_there() -> None:
    assert {words[0] for words in COMMANDS} >= {"init", "serve", "send", "verify", "carry", "keys", "line", "peer"}
    assert len(GROUPS) == len(set(GROUPS))


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_is_documented_and_nothing_else(words: tuple[str, ...]) -> None:
    documented = (DOCS / "commands.md").read_text()
    assert f"| `openline {' '.join(words)}" in documented
    assert documented.count("| `openline ") == len(COMMANDS) + 1


def test_every_request_is_documented() -> None:
    documented = (DOCS / "control.md").read_text()
    for kind in requests.AnyRequest.__args__:
        assert f"| `{kind.__struct_config__.tag}` |" in documented


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_has_help(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    app([*words, "--help"])
    said = capsys.readouterr().out
    assert "--home" in said
    assert "--json" in said
    assert "Usage: openline" in said


@pytest.mark.parametrize(
    "words", [["fly"], ["send", "--fast"], ["line"], ["line", "fly"], ["send", "a"], ["inbox", "a"], ["--json"]]
)
def test_misuse(tmp_path: Path, words: list[str]) -> None:
    code, value = command(tmp_path, *words)
    if words != ["line"]:
        assert (code, value["error"]["code"]) == (2, "misuse")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["send", "strait", "Your", "boat"], "Put a text or a name that has spaces between quotation marks."),
        (["send", "strait", "-5 degrees"], "write all options first, then --, then the texts"),
        (["send", "--", "strait", "Hello"], "What stands after -- is taken as text"),
        (["--home", "x", "inbox"], "The command comes first, its options after it"),
        (["send", "strait", "a\udcff"], "Set the terminal to UTF-8"),
        (["line", "status"], "openline line status --help"),
    ],
)
def test_misuse_says_what_to_do(
    words: list[str], expected: str, capsys: pytest.CaptureFixture[str], pair: Pair
) -> None:
    assert status(words if "--home" in words else [*words, "--home", str(pair.north)]) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert said.startswith("misuse: ")
    assert expected in said


@pytest.mark.parametrize(("words", "groups"), [([], HELP), (["call"], CALL_HELP), (["line"], LINE_HELP)])
def test_the_help_has_every_command_in_one_group(
    words: list[str], groups: dict[str, tuple[str, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    named = [name for names in groups.values() for name in names]
    depth = len(words)
    assert sorted(named) == sorted({each[depth] for each in COMMANDS if list(each[:depth]) == words})
    app(words)
    said = capsys.readouterr().out
    assert [said.index(f" {title} ") for title in groups] == sorted(said.index(f" {title} ") for title in groups)


def test_every_command_has_an_example() -> None:
    for words in COMMANDS:
        command_app = app
        for word in words:
            command_app = command_app[word]
        assert f"Example: openline {' '.join(words)}" in command_app.help, words


def test_the_version_by_the_usual_flag(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert status(["--version"]) == 0
    assert status(["--version", "--json"]) == 0
    said = capfdbinary.readouterr().out.splitlines()
    assert said[0].startswith(b"openline ")
    assert list(json.loads(said[1])) == ["version"]


def test_misuse_in_words() -> None:
    ran = program("fly")
    assert ran.returncode == 2
    assert ran.stdout == ""
    assert "fly" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_one_document_even_for_an_error(tmp_path: Path) -> None:
    ran = program("card", "--home", str(tmp_path), "--json")
    assert ran.returncode == 1
    assert list(json.loads(ran.stdout)) == ["error"]
    assert ran.stderr == ""


def test_an_error_inside_is_no_traceback(tmp_path: Path) -> None:
    assert refused(tmp_path / ("x" * 300), "card")[0] == 1
