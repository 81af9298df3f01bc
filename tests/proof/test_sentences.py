"""What a tired person reads: whole sentences, the doubt first, the verdict last."""

from __future__ import annotations

import pytest

from openline.proof.sentences import utc
from openline.terms import Instant
from tests.proof.bundles import NAMES, cards, first, vector


@pytest.mark.parametrize("name", NAMES)
def test_every_finding_is_said_in_sentences_and_ends_in_a_verdict(name: str) -> None:
    finding = first(vector(name)["bundle"], cards())
    said = finding.sentences()
    assert all(sentence.endswith(".") for sentence in said), said
    assert said[-1].startswith("PROVED" if finding.ok else "NOT PROVED")
    for fault in finding.faults:
        assert any(fault.code in sentence and fault.sentence in sentence for sentence in said)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "good",
            "Checkpoints, with a post-quantum signature, cover “Alpha” up to entry 3; cosigned up to 3 by “Bravo”.",
        ),
        ("withheld", "Of “Alpha”, 2 items are withheld and 1 shown."),
        ("withheld", "Withheld by the exporter: all that people said."),
        ("disowned", "Entry 3 of “Alpha”: disowned by its author, held by “Bravo”: still proved."),
        ("settled_fork", "Entry 3 of “Alpha”: it signed several histories here and has named the true one."),
        ("good", "1 act by Officer of Alpha, officer 1 of “Alpha” (vouched for by the post)."),
        ("hole", "Wrong (hole): The feed of “Alpha” lacks entry 2."),
    ],
)
def test_what_is_said(name: str, words: str) -> None:
    assert words in first(vector(name)["bundle"], cards()).sentences()


def test_any_instant_can_be_said() -> None:
    assert utc(Instant(1_668_537_607_999)) == "2022-11-15T18:40:07Z"
    assert utc(Instant((1 << 63) - 1)) == "9223372036854775807 ms after 1970"
