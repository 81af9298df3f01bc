"""The room table as a test: the contracts in pyproject.toml hold, and they say what the table below says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CONFIG = ROOT / "pyproject.toml"

LEAVES = ("errors", "limits", "terms")
MAY_IMPORT = {
    "errors": (),
    "limits": (),
    "terms": (),
    "keys": LEAVES,
    "wire": ("keys", *LEAVES),
    "feeds": ("wire", "keys", *LEAVES),
    "identity": ("feeds", "wire", "keys", *LEAVES),
    "areas": LEAVES,
    "accounts": LEAVES,
    "exchanges": ("areas", "identity", "feeds", "wire", "keys", *LEAVES),
    "proof": ("exchanges", "areas", "identity", "feeds", "wire", "keys", *LEAVES),
    "engine": ("proof", "exchanges", "areas", "identity", "feeds", "wire", "keys", *LEAVES),
    "bearers": LEAVES,
    "store": ("feeds", "wire", *LEAVES),
    "sim": ("engine", "proof", "exchanges", "areas", "identity", "feeds", "wire", "keys", *LEAVES),
    "exercises": ("wire", *LEAVES),
}
_BELOW_POST = ("bearers", "accounts", "engine", "proof", "exchanges", "areas", "identity", "feeds", "wire", "keys")
MAY_IMPORT["post"] = ("store", *_BELOW_POST, *LEAVES)
MAY_IMPORT["desk"] = ("post", *_BELOW_POST, *LEAVES)
MAY_IMPORT["cli"] = tuple(MAY_IMPORT)
PURE = ("engine", "accounts", "proof", "exchanges", "areas", "identity", "feeds", "wire", "keys", "exercises", *LEAVES)
IMPURE_MODULES = ("asyncio", "logging", "os", "random", "secrets", "socket", "sqlite3", "structlog", "time")
ONLY_FROM = {"cryptography": "keys", "cbor2": "wire"}


def lint(config: Path, source: Path) -> tuple[int, str]:
    """Exit code and words of import-linter for the package under `source`."""
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo", "--config", config],
        env={**os.environ, "PYTHONPATH": str(source), "COLUMNS": "200"},
        cwd=source,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def plant(source: Path, imports: dict[str, list[str]]) -> Path:
    """A package `openline` of empty rooms, in which one small file makes each import: {room: [imported, ...]}."""
    package = source / "openline"
    package.mkdir()
    (package / "__init__.py").touch()
    for room in imports:
        (package / room).mkdir()
        (package / room / "__init__.py").touch()
        for imported in imports[room]:
            (package / room / f"to_{imported.rpartition('.')[2]}.py").write_text(f"import {imported}\n")
    return source


def test_the_contracts_hold() -> None:
    code, words = lint(CONFIG, ROOT / "src")
    assert code == 0, words


def test_every_room_is_placed() -> None:
    contracts = tomllib.loads(CONFIG.read_text())["tool"]["importlinter"]["contracts"]
    (layers,) = (contract["layers"] for contract in contracts if contract["id"] == "layers")
    placed = set(re.findall(r"\w+", " ".join(layers)))
    here = {path.stem for path in (ROOT / "src/openline").iterdir() if path.suffix == ".py" or any(path.rglob("*.py"))}
    assert here - {"__init__"} <= placed
    assert placed == set(MAY_IMPORT)


def test_every_contract_names_rooms_that_are_placed() -> None:
    named = set(re.findall(r'"\*\.(\w+)"', CONFIG.read_text()))
    assert named <= set(MAY_IMPORT)


def test_all_that_the_table_allows_passes(tmp_path: Path) -> None:
    imports = {room: [f"openline.{other}" for other in allowed] for room, allowed in MAY_IMPORT.items()}
    for library, room in ONLY_FROM.items():
        imports[room].append(library)
    for room in MAY_IMPORT.keys() - set(PURE):
        imports[room].extend(IMPURE_MODULES)
    code, words = lint(CONFIG, plant(tmp_path, imports))
    assert code == 0, words


def test_all_that_the_table_forbids_is_refused(tmp_path: Path) -> None:
    imports = {
        room: [f"openline.{other}" for other in MAY_IMPORT if other != room and other not in allowed]
        + [library for library, home in ONLY_FROM.items() if home != room]
        + [module for module in IMPURE_MODULES if room in PURE]
        for room, allowed in MAY_IMPORT.items()
    }
    code, words = lint(CONFIG, plant(tmp_path, imports))
    assert code == 1
    refused = set(re.findall(r"openline\.(\w+)\.to_(\w+) -> ", words))
    assert refused == {(room, name.rpartition(".")[2]) for room, names in imports.items() for name in names}


def test_an_exchange_that_imports_another_is_refused(tmp_path: Path) -> None:
    source = plant(tmp_path, {"exchanges": ["openline.exchanges.contact"]})
    (source / "openline/exchanges/contact.py").touch()
    code, words = lint(CONFIG, source)
    assert code == 1
    assert "openline.exchanges.to_contact -> openline.exchanges.contact" in words


@pytest.mark.parametrize("room", ["annex", "helpers"])
def test_a_room_that_is_not_placed_is_refused(tmp_path: Path, room: str) -> None:
    code, words = lint(CONFIG, plant(tmp_path, {room: []}))
    assert code == 1
    assert room in words
