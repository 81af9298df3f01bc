"""What the documents point at is there: files, headings, commands and their options, codes of alarms."""

from __future__ import annotations

import ast
import importlib
import re
import shlex
from pathlib import Path

import pytest
from cyclopts import App, CycloptsError

import openline.errors
from openline.cli.common import app
from tests.docs.documents import ROOT, Block, blocks, markdown_files, without_blocks

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
SUBSTITUTED = re.compile(r"\$\(([^()]*)\)")
HEADING = re.compile(r"^#+ +(.*)$", re.MULTILINE)
QUOTED = re.compile(r'"[^"\n]*"')
SECOND_COLUMN = re.compile(r"(?<=\S) {3,}(?=\S)")
END_OF_COMMAND = re.compile(r"\s(?:#|\||\|\||&&|&|;|>|2>>?)(?:\s|$)|;")
PICTURED = ("tests/incidents/test_pages.py", "tests/desk/test_page.py")
FILES = markdown_files()
importlib.import_module("openline.cli.main")  # adds all commands to the app


def anchor(heading: str) -> str:
    """The anchor that readers of Markdown make of a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def broken(path: Path, root: Path = ROOT) -> list[str]:
    """The relative links of a file that lead nowhere, or out of the project."""
    links = [link for link in LINK.findall(without_blocks(path)) if "://" not in link]
    return [link for link in links if not leads_somewhere(path, link, root)]


def leads_somewhere(path: Path, link: str, root: Path) -> bool:
    """Whether a relative link in a file names something under the root, and a heading there if it names one."""
    name, _, part = link.partition("#")
    target = (path.parent / name).resolve() if name else path
    if not target.exists() or not target.is_relative_to(root):
        return False
    return not part or part in {anchor(each) for each in HEADING.findall(target.read_text(encoding="utf-8"))}


def command_lines(block: Block) -> list[str]:
    """The `openline` commands in a fenced block, each on one line, without what the shell does with them."""
    text = block.text.replace("\\\n", " ")
    inner = SUBSTITUTED.findall(text)
    text = "\n".join([SUBSTITUTED.sub("X", text), *inner])
    starts = re.findall(r"(?m)(?:^|[;&(|] *|sudo -u \w+ )(?:\S*/)?openline ([^\n]*)", text)
    return [to_its_end(f" {start}").strip() for start in starts]


def to_its_end(text: str) -> str:
    """A command without what the shell does with it, and without what is told of it in a second column."""
    plain = QUOTED.sub(lambda found: "x" * len(found[0]), text)
    end = END_OF_COMMAND.search(plain) or SECOND_COLUMN.search(plain)
    return text[: end.start()] if end else text


def unknown_words(said: str, within: App = app) -> str | None:
    """The first word of `openline SAID` that should be a command and is none."""
    for word in said.split():
        if not any(not name.startswith("-") for name in within):
            return None
        if not re.fullmatch(r"[a-z]+", word):
            return None
        if word not in within:
            return None if within is not app and within.default_command is not None else word
        within = within[word]
    return None


def test_the_documents_are_found() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in FILES}
    assert {"README.md", "docs/README.md", "docs/tutorial.md", "docs/decisions/README.md", "spec/entry.md"} <= names


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    assert broken(path) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_commands_exist(path: Path) -> None:
    said = [found[len("openline ") :] for found in CODE.findall(without_blocks(path)) if found.startswith("openline ")]
    said += [line for block in blocks(path) for line in command_lines(block)]
    assert [f"openline {each}" for each in said if unknown_words(each)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_commands_take_what_they_are_given(path: Path) -> None:
    """Those to copy, and those named with an option: N stands for a number, brackets for what may be left out."""
    said = [line for block in blocks(path) for line in command_lines(block)]
    named = [found[len("openline ") :] for found in CODE.findall(without_blocks(path)) if found.startswith("openline ")]
    said += [re.sub(r"\bN\b", "1", each) for each in named if " --" in each and not re.search(r"[\[\]|]|\.\.\.$", each)]
    assert [f"{each}: {why}" for each in said if each and (why := refused(each))] == []


def refused(said: str) -> str:
    """Why `openline SAID` is not understood; nothing where it is."""
    try:
        app.parse_args(shlex.split(said), exit_on_error=False, print_error=False)
    except (CycloptsError, ValueError) as error:
        return str(error)
    return ""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_source_files_that_are_named_exist(path: Path) -> None:
    named = [each for each in CODE.findall(without_blocks(path)) if re.fullmatch(r"[\w./]+/\w+\.(py|sh)", each)]
    assert [each for each in named if not (ROOT / each).exists() and not (ROOT / "src/openline" / each).exists()] == []


def test_every_picture_is_shown_and_taken_by_a_test() -> None:
    shown = {Path(link).name for path in FILES for link in LINK.findall(without_blocks(path)) if link.endswith(".png")}
    taking = "".join((ROOT / path).read_text() for path in PICTURED)
    assert sorted(shown) == sorted(path.name for path in (ROOT / "docs/images").iterdir())
    assert [name for name in sorted(shown) if f'"{Path(name).stem}"' not in taking] == []


def test_every_decision_is_in_the_index_under_a_number_of_its_own() -> None:
    folder = ROOT / "docs/decisions"
    index = re.findall(r"^\| \[(\d{4})\]\(([^)]*)\)", (folder / "README.md").read_text(), re.MULTILINE)
    paths = sorted(folder.glob("[0-9]*.md"))
    assert index == [(path.name[:4], path.name) for path in paths]
    assert len({number for number, _ in index}) == len(index)
    assert [path.name for path in paths if not path.read_text().startswith(f"# {path.name[:4]}: ")] == []


def test_every_alarm_has_its_advice() -> None:
    advice = (ROOT / "docs/guides/alarms.md").read_text()
    codes = [
        code_of(node.args[1])
        for path in sorted((ROOT / "src/openline/engine").glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "alarm"
    ]
    assert len(codes) > 10
    assert sorted({code for code in codes if code and f"`{code}`" not in advice}) == []


def code_of(said: ast.expr) -> str | None:
    """The code that an alarm is called with; None where it is that of whatever error came."""
    if isinstance(said, ast.Constant):
        return str(said.value)
    if isinstance(said, ast.Attribute) and isinstance(said.value, ast.Name):
        error = getattr(openline.errors, said.value.id, None)
        return None if error is None else str(error.code)
    return None


def test_what_is_wrong_is_noticed(tmp_path: Path) -> None:
    assert unknown_words("line open strait --with South") is None
    assert unknown_words("line shut strait") == "shut"
    assert unknown_words("sendd strait") == "sendd"
    assert unknown_words("COMMAND --help") is None
    block = Block("sh", 'ID=$(openline show "a b" | cut -c 1)\nopenline send x \\\n  "t" --home n 2> log &\n', 1)
    assert command_lines(block) == ['send x    "t" --home n', 'show "a b"']
    block = Block("text", 'openline log note "Until noon; then | again"\nopenline desk list   who may sign in\n', 1)
    assert command_lines(block) == ['log note "Until noon; then | again"', "desk list"]
    assert refused("send strait hello --precedence flash") == ""
    assert "Unknown option" in refused("send strait hello --level agreed")
    page = tmp_path / "page.md"
    page.write_text("[a](missing.md) [b](#here) [c](#there) [d](page.md)\n\n## Here\n")
    assert broken(page, tmp_path) == ["missing.md", "#there"]
