"""The pages of the spec name what is there: tests, pages, contexts, codes, limits and alarms."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from openline import errors, limits
from openline.errors import OpenlineError

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted((ROOT / "spec").glob("*.md"))
SOURCES = sorted((ROOT / "src/openline").rglob("*.py"))
ENGINE = [path for path in SOURCES if path.parent.name == "engine"]


def page(name: str) -> str:
    """A page."""
    return (ROOT / "spec" / name).read_text()


def test_every_test_that_the_threats_name_is_there() -> None:
    named = set(re.findall(r"tests/[\w/.]+", page("threats.md")))
    assert len(named) > 20
    assert [path for path in sorted(named) if not (ROOT / path).is_file()] == []


def test_every_row_of_a_threat_names_a_test() -> None:
    rows = [row for row in page("threats.md").splitlines() if row.startswith("| ") and not row.startswith("| He ")]
    tables = [row for row in rows if "Shown by" not in row]
    assert len(tables) > 20
    assert [row for row in tables if "`tests/" not in row] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.name))
def test_every_link_between_pages_leads_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text())
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_the_index_lists_every_page() -> None:
    listed = set(re.findall(r"\]\(([\w-]+\.md)\)", page("README.md")))
    assert listed == {path.name for path in PAGES} - {"README.md"}


def test_every_context_that_another_post_meets_is_in_the_spec() -> None:
    said = "".join(path.read_text() for path in PAGES)
    shared = [path for path in SOURCES if "post" not in path.parts]
    contexts = {each for path in shared for each in re.findall(r"[\"'](openline/[a-z0-9-]+/\d+)", path.read_text())}
    assert {"openline/entry/1", "openline/wrap/1", "openline/line/1"} <= contexts
    assert [context for context in sorted(contexts) if context not in said] == []


def test_errors_are_listed_each_once_on_its_side() -> None:
    peers, here = page("errors.md").split("## Alarms")[0].split("## Here")
    every = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, OpenlineError)]
    for text, ours in ((peers, False), (here, True)):
        listed = re.findall(r"^\| `([a-z-]+)` \| [^|]+ \| [^|]+ \|$", text, re.MULTILINE)
        side = [each.code for each in every if issubclass(each, errors.PeerError) != ours]
        assert sorted(listed) == sorted(side)


def test_alarms_are_listed() -> None:
    listed = set(re.findall(r"^\| `([a-z-]+)` \|", page("errors.md"), re.MULTILINE))
    codes = set()
    for path in ENGINE:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "alarm":
                code = node.args[1]
                codes |= {str(code.value)} if isinstance(code, ast.Constant) else set()
    assert {"gap", "have-shrank", "restored"} <= codes
    assert codes <= listed


def test_limits_are_listed_with_their_values() -> None:
    rows = re.findall(r"^\| `(\w+)` \| ([\d,]+) \|", page("limits.md"), re.MULTILINE)
    listed = {name: int(value.replace(",", "")) for name, value in rows}
    assert listed == {name: value for name, value in vars(limits).items() if name.isupper()}
