"""Rules of style and keeping that no linter knows."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import openline.errors
import openline.limits

ROOT = Path(__file__).resolve().parent.parent
FILE_MAX_LINES = 500
FUNCTION_MAX_LINES = 60

LONGER = {
    "src/openline/errors.py": "one tree of all codes, so that no two are alike",
    "src/openline/limits.py": "one list of all maxima, so that they are seen side by side",
    "tools/verify_bundle.py": "one file that shares nothing, to be copied and read alone (docs/decisions/0032)",
}
"""Files above FILE_MAX_LINES, each with its reason."""

PURE_ROOMS = ("engine", "accounts", "proof", "exchanges", "areas", "identity", "feeds", "wire", "keys", "exercises")


@cache
def kept_files() -> tuple[Path, ...]:
    """Every file that is or may be committed; without git, every file outside hidden folders."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    names = listed.stdout.split("\0") if listed.returncode == 0 else walked()
    return tuple(ROOT / name for name in sorted(names) if name and (ROOT / name).is_file())


def walked() -> list[str]:
    """Names under the root, without `.venv`, caches and other hidden folders but with `.ci`."""
    paths = (path.relative_to(ROOT) for path in ROOT.rglob("*"))
    return [
        str(path)
        for path in paths
        if not {"__pycache__", "node_modules", "static"}.intersection(path.parts)
        and not any(part.startswith(".") and part != ".ci" for part in path.parts[:-1])
    ]


def named(path: Path) -> str:
    """The path as people write it, from the root."""
    return path.relative_to(ROOT).as_posix()


def python_files(*folders: str) -> list[Path]:
    return [path for path in kept_files() if path.suffix == ".py" and named(path).startswith(folders)]


def lines_matching(pattern: str) -> list[str]:
    """`file:line: text` for each line of each text file that matches."""
    wanted = re.compile(pattern)
    found = []
    for path in kept_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{named(path)}:{at}: {line}" for at, line in enumerate(text.splitlines(), 1) if wanted.search(line)]
    return found


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_the_files_are_found() -> None:
    names = {named(path) for path in kept_files()}
    assert {"pyproject.toml", "src/openline/__init__.py", "tests/test_tidy.py", ".ci/run"} <= names


def test_files_are_short() -> None:
    sources = [path for path in kept_files() if path.suffix in {".py", ".sh", ".ts", ".css"}]
    lengths = {named(path): len(path.read_text().splitlines()) for path in sources}
    assert {name: length for name, length in lengths.items() if length > FILE_MAX_LINES and name not in LONGER} == {}
    assert [name for name in LONGER if lengths.get(name, 0) <= FILE_MAX_LINES] == []


def test_functions_are_short() -> None:
    long = [
        f"{named(path)}:{node.lineno}: {node.name}"
        for path in python_files("src/", "tests/", "tools/", "bench/")
        for node in functions(path)
        if (node.end_lineno or 0) - node.lineno + 1 > FUNCTION_MAX_LINES
    ]
    assert long == []


def test_every_module_says_what_it_is() -> None:
    files = python_files("src/", "tests/", "tools/", "bench/")
    assert [named(path) for path in files if not ast.get_docstring(ast.parse(path.read_text()))] == []


def test_everything_public_has_a_docstring() -> None:
    silent = [
        f"{named(path)}:{node.lineno}: {node.name}"
        for path in python_files("src/")
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


def test_every_module_has_a_twin() -> None:
    """Without exception but `__init__` and `__main__`."""
    alone = []
    for path in python_files("src/openline/"):
        twin = ROOT / "tests" / path.relative_to(ROOT / "src/openline").with_name(f"test_{path.name}")
        if path.name not in {"__init__.py", "__main__.py"} and not twin.exists():
            alone.append(f"{named(path)} has no {named(twin)}")
    assert alone == []


def test_pure_rooms_open_nothing() -> None:
    opened = [
        f"{named(path)}:{node.lineno}"
        for path in python_files(*(f"src/openline/{room}/" for room in PURE_ROOMS))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"open", "input", "print"}
    ]
    assert opened == []


def test_no_index_is_named() -> None:
    hosts = r"pypi\.o[r]g|pythonhosted\.o[r]g|registry\.npmj[s]|registry\.yarnpk[g]"
    options = r"index-ur[l]|find-link[s]|^registr[y]\s*="
    assert lines_matching(f"{hosts}|{options}") == []


def test_locks_name_no_address_and_every_hash() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    assert "://" not in lock
    pinned = re.split(r"\n(?=\S)", lock.strip())
    assert [block.split()[0] for block in pinned if "==" not in block or "--hash=sha256:" not in block] == []
    for path in kept_files():
        if path.name == "package-lock.json":
            assert '"resolved"' not in path.read_text(), f"{named(path)} names addresses"


def test_no_path_of_one_machine() -> None:
    assert lines_matching(r"(?<![\w.~/-])/(wor[k]|roo[t]|hom[e])/") == []


def test_nothing_is_left_for_later() -> None:
    assert lines_matching(r"\b(TOD[O]|FIXM[E])\b") == []


def test_every_error_code_is_in_the_spec() -> None:
    spec = ROOT / "spec/errors.md"
    listed = spec.read_text() if spec.is_file() else ""
    errors = [each for each in vars(openline.errors).values() if isinstance(each, type) and hasattr(each, "code")]
    assert errors
    assert [error.code for error in errors if f"`{error.code}`" not in listed] == []


def test_every_limit_is_explained() -> None:
    """A limit is explained by the docstring below it in limits.py, or by its name in spec/limits.md."""
    spec = ROOT / "spec/limits.md"
    explained = spec.read_text() if spec.is_file() else ""
    body = ast.parse((ROOT / "src/openline/limits.py").read_text()).body
    for node, after in zip(body, [*body[1:], None], strict=True):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            said = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
            assert said or f"`{node.target.id}`" in explained, f"{node.target.id} says nothing about itself"


def test_every_limit_ends_in_its_unit() -> None:
    names = [name for name in vars(openline.limits) if name.isupper()]
    assert names
    assert [name for name in names if not re.search(r"_(MAX|MIN)(_[A-Z]+)?$", name)] == []
