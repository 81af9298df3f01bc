"""Action cards: one for every alarm that can be raised, ours before the one shipped, and none outside the folder."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from openline import errors
from openline.errors import UnknownName
from openline.limits import CARD_TEXT_MAX_BYTES
from openline.post import requests as asks
from openline.post.actions import FOLDER, GENERAL, SHIPPED, action, card_of, codes
from openline.post.post import Post
from openline.post.service import Service
from tests.post.inside import alone, ask, home

SOURCE = SHIPPED.parents[1]
WHERE_THE_CODE_STANDS = {"alarm": 1, "Alarm": 1, "Told": 0}
"""The argument of each call that makes an alarm."""


def raised() -> Iterator[tuple[str, str | None]]:
    """Where in the source an alarm is raised, and its code; None where it is that of whatever error came."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            at = WHERE_THE_CODE_STANDS.get(name)
            if at is not None and len(node.args) > at + 1:
                yield f"{path.relative_to(SOURCE)}:{node.lineno}", code_of(node.args[at])


def code_of(said: ast.expr) -> str | None:
    if isinstance(said, ast.Constant):
        return str(said.value)
    if isinstance(said, ast.Attribute) and isinstance(said.value, ast.Name) and said.attr == "code":
        error = getattr(errors, said.value.id, None)
        return None if error is None else str(error.code)
    return None


def test_every_alarm_has_a_card() -> None:
    found = list(raised())
    assert len(found) > 25
    without = {where: code for where, code in found if code is not None and card_of(code) is None}
    assert without == {}, "write a short card for each into src/openline/post/cards/"
    peers = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, errors.PeerError)]
    assert [each.code for each in peers if card_of(each.code) is None] == []


def test_no_card_is_without_its_alarm() -> None:
    said = {code for _, code in raised()}
    assert {code for code in codes() if code not in said} == {GENERAL, "card-forked"}


@pytest.mark.parametrize("code", codes())
def test_a_card_is_short_and_counts_its_steps(code: str) -> None:
    title, empty, *steps = (SHIPPED / f"{code}.md").read_text().splitlines()
    assert title.startswith("# ")
    assert empty == ""
    assert [step.split(". ")[0] for step in steps] == [str(at + 1) for at in range(len(steps))]
    assert 1 <= len(steps) <= 6


def test_the_one_of_the_organisation_counts(tmp_path: Path) -> None:
    shipped = action(tmp_path, "untaken")
    assert (shipped["own"], shipped["card"], shipped["fault"]) == (False, "untaken", None)
    (tmp_path / FOLDER).mkdir()
    ours = tmp_path / FOLDER / "untaken.md"
    ours.write_text("# Wake the major\n")
    assert action(tmp_path, "untaken")["text"] == "# Wake the major\n"
    for harm in (b"\xff\xfe", b"x" * (CARD_TEXT_MAX_BYTES + 1)):
        ours.write_bytes(harm)
        value = action(tmp_path, "untaken")
        assert (value["own"], value["text"]) == (False, shipped["text"])
        assert "untaken.md cannot be read" in value["fault"]
    (tmp_path / FOLDER / "our-own.md").write_text("# Ours alone\n")
    assert action(tmp_path, "our-own")["own"] is True
    (tmp_path / FOLDER / "our-own.md").write_bytes(b"\xff")
    with pytest.raises(UnknownName, match="cannot be read"):
        action(tmp_path, "our-own")


def test_errors_of_peers_share_a_card_that_may_be_ours(tmp_path: Path) -> None:
    assert action(tmp_path, "bad-encoding")["card"] == GENERAL
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / f"{GENERAL}.md").write_text("# Call the duty cryptographer\n")
    assert "cryptographer" in action(tmp_path, "bad-encoding")["text"]
    (tmp_path / FOLDER / "bad-encoding.md").write_text("# This one first\n")
    assert "first" in action(tmp_path, "bad-encoding")["text"]


@pytest.mark.parametrize("code", ["", "nothing", "../cards/untaken", "untaken.md", "/etc/passwd", "disk-full"])
def test_what_is_no_code_has_no_card(code: str, tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="there are: answered-late"):
        action(tmp_path, code)


async def test_a_post_answers_it(tmp_path: Path) -> None:
    async def body(post: Post, service: Service) -> None:
        value = await ask(service, asks.Action(code="gap"))
        assert value["text"].startswith("# Entries are missing")

    await alone(home(tmp_path, "North"), body)
