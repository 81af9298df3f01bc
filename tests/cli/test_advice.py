"""What to do when an alarm rings: for every code of the guide, or the sentence says it."""

from __future__ import annotations

import re
from pathlib import Path

from openline.cli.advice import _ADVICE, advice

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guides" / "alarms.md"
SAYS_IT_ITSELF = {"forked-feed", "card-forked", "bad-signature", "bad-field"}


def test_the_guide_and_the_advice_know_the_same_alarms() -> None:
    guide = GUIDE.read_text()
    codes = set(re.findall(r"^\| `([a-z-]+)`", guide, re.MULTILINE)) | set(
        re.findall(r"^## .*`([a-z-]+)`", guide, re.M)
    )
    assert codes - SAYS_IT_ITSELF == set(_ADVICE)


def test_names_are_put_in() -> None:
    alarm = {"code": "late", "line": "the strait", "about": "ab" * 32}
    assert "openline receipts abababababab'" in advice(alarm)
    assert "line status 'the strait'" in advice({**alarm, "code": "gap"})
    assert "line status LINE" in advice({**alarm, "code": "gap", "line": None})
    assert advice({**alarm, "code": "forked-feed"}) == ""
