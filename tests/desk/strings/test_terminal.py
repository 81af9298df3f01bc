"""What the other side wrote reaches an officer's terminal as characters in every command, and never as orders."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from typing import Final

import pytest

from openline.cli.main import status
from tests.desk.strings.acts.every import CASES
from tests.desk.strings.said import OURS
from tests.desk.strings.stage import LINE, Stage, with_stage
from tests.desk.strings.test_pages import write_all
from tests.post.inside import PASSPHRASE

ORDERS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")

SHOWN: Final = {
    "call-ask": ("call", "show"),
    "claim-put": ("claim", "show"),
    "incident-open": ("incident", "show"),
    "inquiry-ask": ("inquiry", "show"),
    "notice-send": ("notice", "show"),
    "send": ("show", "--unseen"),
    "statement-draft": ("statement", "show"),
    "stop-send": ("stop", "show"),
    "together-open": ("together", "show"),
}
"""Commands that show what an act opened."""

LISTED: Final = (
    ("inbox",),
    ("call", "board"),
    ("call", "commit", "list"),
    ("call", "hoaxes"),
    ("call", "list"),
    ("claim", "list"),
    ("incident", "list"),
    ("inquiry", "list"),
    ("line", "checks", LINE),
    ("line", "status", LINE),
    ("log", "show"),
    ("notice", "list"),
    ("office", "list", LINE),
    ("statement", "list"),
    ("stop", "list"),
)
"""Commands that list."""


def test_nothing_is_an_order_to_the_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[tuple[str, ...]] = list(LISTED)

    async def body(stage: Stage) -> None:
        made = await write_all(stage, 1)
        contact = made["minute-draft"][0]["contact"]
        commands.extend((*words, made[name][1]["id"]) for name, words in SHOWN.items())
        commands.extend((*words, contact) for words in (("call", "minute", "show"), ("call", "readout", "show")))
        commands.append(("call", "disclose", "show", contact))

    asyncio.run(with_stage(tmp_path, body))
    assert set(SHOWN) <= set(CASES)
    monkeypatch.setenv("OPENLINE_PASSPHRASE", PASSPHRASE.decode())
    capfd.readouterr()
    seen = ""
    for words in commands:
        for form in ((), ("--json",)):
            exit_status = status([*words, "--home", str(tmp_path / "south"), *form])
            said = capfd.readouterr()
            assert exit_status == 0, (words, said.err)
            assert ORDERS.search(said.out + said.err) is None, (words, form, said.out)
            seen += said.out if not form else json.dumps(json.loads(said.out), ensure_ascii=False)
    assert seen.count("right to left and no way back") > len(SHOWN)
    assert OURS[1] in seen, "JSON holds what was written as it was written"
