"""Every vector of contacts is judged as it expects, in any order of arrival, and its generator writes it again."""

from __future__ import annotations

import importlib
import json
from typing import Any

import pytest

from openline.errors import PeerError
from openline.exchanges.contact import READERS
from openline.terms import PostId
from openline.wire.kinds import Kind
from tests.exchanges.contact.reading import state_of
from tests.feeds.histories import kept
from tests.proof.bundles import ROOT

VECTORS = ROOT / "vectors/contact"
BODIES = json.loads((VECTORS / "bodies.json").read_text())
FOLDS = json.loads((VECTORS / "folds.json").read_text())


@pytest.mark.parametrize("case", BODIES, ids=lambda case: str(case["name"]))
def test_bodies(case: dict[str, Any]) -> None:
    items = [bytes.fromhex(item) for item in case["items"]]
    entry = kept(PostId(bytes.fromhex(case["author"])), 2, case["kind"], *items).entry
    try:
        READERS[Kind(case["kind"])](entry)
        found = "ok"
    except PeerError as error:
        found = error.code
    assert found == case["expect"]


@pytest.mark.parametrize("case", FOLDS, ids=lambda case: str(case["name"]))
def test_folds(case: dict[str, Any]) -> None:
    forms = [bytes.fromhex(form) for form in case["entries"]]
    assert state_of(forms) == case["expect"]
    assert state_of(forms[::-1]) == case["expect"]


def test_each_rule_is_met() -> None:
    parties = [party for case in FOLDS for party in case["expect"]["parties"]]
    assert {party["outcome"] for party in parties} >= {None, 3, 4}
    assert any(answer["late"] for party in parties for answer in party["answers"])
    assert any(party["contradicted"] for party in parties)
    assert any(len(case["expect"]["requests"]) == 2 for case in FOLDS)
    assert any(each["refuted"] for party in parties for each in party["certificates"])
    assert any(each["responses"] for party in parties for each in party["certificates"])
    assert sum(len(case["expect"]["ignored"]) for case in FOLDS) >= 6


def test_the_generator_writes_them_again() -> None:
    made = importlib.import_module("vectors.generate_contact")
    assert made.text_of(made.bodies()) == (VECTORS / "bodies.json").read_text()
    assert made.text_of(made.folds()) == (VECTORS / "folds.json").read_text()
