"""The one-file verifier as somebody runs it who has nothing of Openline."""

from __future__ import annotations

import ast
import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.proof.bundles import ROOT, VECTORS, one_file, vector

TOOL = ROOT / "tools/verify_bundle.py"
CARDS = [argument for path in sorted(VECTORS.glob("*.card")) for argument in ("--card", str(path))]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-I", TOOL, *arguments], capture_output=True, text=True, check=False)


def test_it_imports_nothing_but_the_standard_library_and_cryptography() -> None:
    imported = set()
    for node in ast.walk(ast.parse(TOOL.read_text())):
        if isinstance(node, ast.Import):
            imported |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").split(".")[0])
    assert imported - set(sys.stdlib_module_names) == {"cryptography"}


def test_a_good_bundle_under_known_cards() -> None:
    done = run(str(VECTORS / "good.bundle"), *CARDS)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("PROVED\n")


def test_without_cards_it_is_not_proved() -> None:
    done = run(str(VECTORS / "good.bundle"), "--json")
    assert done.returncode == 1
    report = json.loads(done.stdout)
    assert (report["ok"], report["proved"], report["known"]) == (False, True, False)


def test_a_changed_bundle(tmp_path: Path) -> None:
    path = tmp_path / "changed.bundle"
    path.write_bytes(vector("changed_text")["bundle"])
    done = run(str(path), *CARDS)
    assert done.returncode == 1
    assert "changed-bundle" in done.stdout
    assert "Traceback" not in done.stderr


def test_misuse(tmp_path: Path) -> None:
    assert run().returncode == 2
    assert run(str(tmp_path / "absent")).returncode == 2
    done = run(str(VECTORS / "good.bundle"), "--card", str(TOOL))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


VECTORS_ED25519 = sorted((ROOT / "vectors/ed25519").glob("*.json"))


@pytest.mark.parametrize("path", VECTORS_ED25519, ids=lambda path: path.stem)
def test_its_rule_of_ed25519_is_the_same(path: Path) -> None:
    case = json.loads(path.read_text())
    public, message, signature = (bytes.fromhex(case[name]) for name in ("public", "message", "signature"))
    tool = one_file()
    good = len(public) == 32 and len(signature) == 64
    try:
        assert good
        tool.check_point(public)
        accepted = tool.holds(public, signature, message)
    except (tool.Wrong, AssertionError):
        accepted = False
    assert accepted is (case["expect"] == "accept")


CARD_VECTORS = sorted((ROOT / "vectors/card").glob("*.json"))


@pytest.mark.parametrize("path", CARD_VECTORS, ids=lambda path: path.stem)
def test_its_law_of_cards_is_the_same(path: Path) -> None:
    case = json.loads(path.read_text())
    tool = one_file()
    try:
        card = tool.Card(base64.b64decode(case["card"]))
        found = "ok"
        assert card.digits()
    except tool.Wrong as error:
        found = error.code
    assert found == case["expect"]


ACTS = json.loads((ROOT / "vectors/act/acts.json").read_text())


@pytest.mark.parametrize("case", ACTS["cases"], ids=lambda case: str(case["name"]))
def test_its_law_of_acts_is_the_same(case: dict[str, Any]) -> None:
    tool = one_file()
    card = tool.Card.__new__(tool.Card)
    card.officers = [
        {
            "public": bytes.fromhex(each["public"]),
            "roles": each["roles"],
            "passkeys": [(bytes.fromhex(public), rp) for public, rp in each["passkeys"]],
        }
        for each in ACTS["officers"]
    ]
    try:
        header = tool.decode(bytes.fromhex(case["header"]), 16 << 10)
        tool.check_act({**header, 16: tool.act(header[16])}, card)
        found = "ok"
    except tool.Wrong as error:
        found = error.code
    told = {"ok": {"ok"}, "bad-field": {"bad-field", "bad-act"}, "bad-signature": {"bad-act"}}
    assert found in told[case["expect"]]


def test_the_vectors_are_there() -> None:
    assert len(VECTORS_ED25519) > 40
    assert len(CARD_VECTORS) > 40
