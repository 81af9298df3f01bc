"""What the tests of both verifiers share: the vectors, and both verdicts on the same bytes in one form."""

from __future__ import annotations

import importlib.util
import io
import json
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from openline.identity.card import Card
from openline.proof.finding import Finding, plain
from openline.proof.verify import verify_bundle
from openline.terms import PostId

ROOT = Path(__file__).resolve().parents[2]
VECTORS = ROOT / "vectors/bundle"
NAMES = sorted(path.stem for path in VECTORS.glob("*.json"))

Said = tuple[str, str | None, int | None, str | None]
"""A fault as both verifiers tell it: code, feed, number, entry."""


def vector(name: str) -> dict[str, Any]:
    """A case of vectors/bundle/, its bundle put together."""
    case: dict[str, Any] = json.loads((VECTORS / f"{name}.json").read_text())
    parts = case["bundle"]
    case["bundle"] = b"".join(
        (VECTORS / part).read_bytes() if part.endswith(".card") else bytes.fromhex(part) for part in parts
    )
    return case


@cache
def cards() -> Mapping[PostId, Card]:
    """The cards that a reader of the vectors trusts."""
    return {card.post: card for card in (Card.admit(path.read_bytes()) for path in VECTORS.glob("*.card"))}


@cache
def one_file() -> ModuleType:
    """tools/verify_bundle.py, which imports nothing of Openline."""
    spec = importlib.util.spec_from_file_location("verify_bundle", ROOT / "tools/verify_bundle.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def first(data: bytes, known: Mapping[PostId, Card]) -> Finding:
    """What openline finds."""
    return verify_bundle(io.BytesIO(data), known)


@cache
def _theirs(encoded: bytes) -> Any:
    return one_file().Card(encoded)


def second(data: bytes, known: Mapping[PostId, Card]) -> dict[str, Any]:
    """What the one-file verifier finds."""
    given = {post: _theirs(card.encode()) for post, card in known.items()}
    report: dict[str, Any] = one_file().Bundle(io.BytesIO(data), given).report()
    return report


def faults(finding: Finding) -> list[Said]:
    """The faults of the first."""
    return [(each.code, _hex(each.feed), each.number, _hex(each.entry)) for each in finding.faults]


def _hex(value: bytes | None) -> str | None:
    return None if value is None else value.hex()


def faults_of(report: dict[str, Any]) -> list[Said]:
    """The faults of the second."""
    return [(each["code"], each["feed"], each["number"], each["entry"]) for each in report["faults"]]


def agreed(data: bytes, known: Mapping[PostId, Card]) -> Finding:
    """What both find; they have to agree, to the entry."""
    finding, report = first(data, known), second(data, known)
    assert sorted(faults(finding), key=str) == sorted(faults_of(report), key=str)
    assert faults(finding)[:1] == faults_of(report)[:1]
    assert (finding.ok, finding.proved, finding.known) == (report["ok"], report["proved"], report["known"])
    assert [each.post.hex() for each in finding.owners] == [each["post"] for each in report["owners"]]
    ours = [(each.post.hex(), each.entries, each.last, each.shown, each.withheld) for each in finding.feeds]
    fields = ("post", "entries", "last", "shown", "withheld")
    assert ours == [tuple(each[name] for name in fields) for each in report["feeds"]]
    covered = [(each.covered.size, each.covered.cosigned) if each.covered else (0, 0) for each in finding.feeds]
    assert covered == [(each["covered"], each["cosigned"]) for each in report["feeds"]]
    assert [each.number for each in finding.disowned] == [each["number"] for each in report["disowned"]]
    assert [plain(each) for each in finding.translations] == report["translations"]
    return finding
