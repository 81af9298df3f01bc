"""Every string through every field of every act at the desk: kept as it is at both ends, or refused by its code."""

from __future__ import annotations

import os
import random
import re
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest

from openline.desk import routes
from openline.post.people.draft_requests import DraftRelease
from openline.wire.kinds import Kind
from tests.desk.strings.acts.every import CASES
from tests.desk.strings.cases import Case, Fields
from tests.desk.strings.said import ALL, strings_of
from tests.desk.strings.stage import LINE, Side, Stage, with_stage
from tests.post.inside import until
from tests.test_tidy import ROOT

SEED: Final = int(os.environ.get("OPENLINE_SEED", "1"))
"""Another one tries other strings by themselves; `make soak` tries all."""
KNOWN: Final = frozenset(re.findall(r"`([a-z-]+)`", (ROOT / "spec/errors.md").read_text())) - {"internal-error"}

SAID: Final = tuple(filter(None, ALL))
"""Those that say something, where nothing may be said."""

ELSEWHERE: Final = {
    "draft-release": "it signs what another act says",
    "claim-also": "it says what claim-put said to a third post",
    "account-remove": "it holds no words",
    "account-mark": "a mark is on words that stand in a text",
    "account-accept": "it accepts a mark",
    "account-reject": "it holds no words",
    "account-unmark": "it holds no words",
    "account-import": "it takes in a file; see tests/post/source",
}
"""Acts of officers that are not tried here, each with its reason."""

WITHOUT_WORDS: Final = {
    Kind.SEEN: "mark",
    Kind.ACKNOWLEDGED: "mark",
    Kind.TAKEN: "mark",
    Kind.COUNTERSIGNED: "mark",
    Kind.GIVEN_UP: "the post writes it",
    Kind.MINUTE: "its first point opens it",
    Kind.CALL_CERTIFICATE: "the post writes its words",
    Kind.CHECK_MISSED: "the post writes its words",
    Kind.TOGETHER_REVEALED: "the post writes it, with what was committed",
    Kind.NOTICE_REFUSED: "the post writes its words",
}
"""Kinds of entries that no act here writes."""


SEVERAL: Final = {"claim-put", "claim-replace", "together-commit", "notice-import"}
"""Acts whose words stand in other entries than the one that they answer."""


class Trial:
    """All that was written, and where it is to be read again."""

    def __init__(self, stage: Stage, seed: int, alone: int, wrong: int) -> None:
        self.stage = stage
        self.dice = random.Random(seed)
        self.alone, self.wrong = alone, wrong
        self.written: list[tuple[str, Case, Fields, Any, set[str]]] = []
        self.refused = 0
        self.kinds: set[Kind] = set()

    async def through(self, name: str, case: Case) -> None:
        """Each string through each field of an act."""
        queues = {
            field: [each for words in holds for each in words.fillings(self.alone, self.dice)]
            for field, holds in case.words.items()
        }
        for turn in range(max(map(len, queues.values()), default=1)):
            fields = await case.fill(self.stage)
            expected: list[str] = []
            for field, queue in queues.items():
                if turn < len(queue):
                    fields[field], kept = queue[turn]
                    expected += filter(None, kept)
            status, answer = await self.ask(name, case, fields)
            assert status == 200, (name, fields, answer)
            self.written.append((name, case, fields, answer, set(expected)))
        wrong = [
            (field, value)
            for field, holds in case.words.items()
            for words in holds
            for value in words.refused(self.wrong, self.dice)
        ]
        wrong += [(field, text) for field in case.refs.split() for text in self.dice.sample(SAID, self.wrong)]
        for field, value in wrong:
            status, answer = await self.ask(name, case, {**await case.fill(self.stage), field: value})
            assert 400 <= status < 500, (name, field, value, status, answer)
            assert answer["error"]["code"] in KNOWN, (name, field, value, answer)
            self.refused += 1
        for field in case.unread.split():
            for text in self.dice.sample(SAID, self.wrong):
                status, answer = await self.ask(name, case, {**await case.fill(self.stage), field: text})
                assert status == 200 or answer["error"]["code"] in KNOWN, (name, field, text, answer)

    async def ask(self, name: str, case: Case, fields: Fields) -> tuple[int, Any]:
        """One act."""
        side = self.stage.south if case.south else self.stage.north
        sent = {field: value for field, value in fields.items() if not field.startswith("_")}
        return await side.ask("POST", name.partition(" ")[0], sent)

    async def read_again(self) -> None:
        """All that was written is in both records, and is read at both ends, as it was written."""
        shown: dict[tuple[int, str, str], set[str]] = {}
        for name, case, fields, answer, expected in self.written:
            own, other = (self.stage.south, self.stage.north) if case.south else (self.stage.north, self.stage.south)
            for side in (own,) if case.alone else (own, other):
                if not case.alone and name != "notice-import":
                    kind, words = side.kept(answer["id"])
                    self.kinds.add(kind)
                    assert expected <= words or name in SEVERAL, (name, "is not in the record")
                if case.replaced:
                    shown_words = (await side.see("show", entry=answer["id"]))["words"]
                    assert all(" ".join(each.split()) in shown_words for each in expected), name
                    continue
                reads = case.read(fields, answer)
                found: set[str] = set()
                for route, params in reads:
                    key = (id(side), route, str(params))
                    if key not in shown:
                        shown[key] = set(strings_of(await side.see(route, **params)))
                    found |= shown[key]
                assert expected <= found, (name, reads, expected - found)


async def same_record(stage: Stage) -> None:
    """Wait until both hold the same entries."""

    def held(side: Side) -> list[tuple[bytes, int]]:
        line = side.service.names.machine_line(side.service.names.line(LINE))
        assert line is not None
        return sorted((post, feed.number) for post, feed in line.feeds.items())

    await until(lambda: held(stage.north) == held(stage.south))


async def _tried(folder: Path, seed: int, alone: int, wrong: int) -> None:
    async def body(stage: Stage) -> None:
        trial = Trial(stage, seed, alone, wrong)
        for name, case in CASES.items():
            await trial.through(name, case)
        await same_record(stage)
        await trial.read_again()
        assert {each for each in Kind if each >= Kind.MESSAGE} == trial.kinds | set(WITHOUT_WORDS), (
            "a kind is not tried"
        )
        assert trial.refused > len(CASES)

    await with_stage(folder, body)


async def test_every_string_through_every_act(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each in every field, several at once where they find room; a few in each field by themselves, by the seed."""
    await _tried(tmp_path, SEED, alone=2, wrong=2)
    _no_trace(capsys)


@pytest.mark.soak
async def test_every_string_by_itself_through_every_field(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    await _tried(tmp_path, SEED, alone=len(ALL), wrong=len(SAID))
    _no_trace(capsys)


def _no_trace(capsys: pytest.CaptureFixture[str]) -> None:
    said = capsys.readouterr()
    assert "Traceback" not in said.out + said.err
    assert "a request at the desk failed" not in said.out + said.err


def test_every_act_is_tried() -> None:
    acts = {name for name, route in routes.ROUTES.items() if route.signs}
    assert acts == {name.partition(" ")[0] for name in CASES} | set(ELSEWHERE)
    assert not set(CASES) & set(ELSEWHERE)
    assert routes.name_of(DraftRelease) in ELSEWHERE


@pytest.mark.parametrize("name", CASES)
def test_every_field_of_an_act_is_tried(name: str) -> None:
    """A field that holds text, at whatever depth, is one of words, or one that refuses what is none of its own."""
    request = routes.ROUTES[name.partition(" ")[0]].request
    _, parts = msgspec.json.schema_components([request])
    filled = {*routes.OWN, "officer"}
    holding = {
        field
        for field, schema in parts[request.__name__]["properties"].items()
        if field not in filled and _holds_text(schema, parts)
    }
    assert holding == {*CASES[name].words, *CASES[name].refs.split(), *CASES[name].unread.split()}


def _holds_text(schema: Any, parts: dict[str, Any]) -> bool:
    if isinstance(schema, list):
        return any(_holds_text(each, parts) for each in schema)
    if not isinstance(schema, dict):
        return False
    if schema.get("type") == "string":
        return True
    if "$ref" in schema:
        return _holds_text(parts[schema["$ref"].rpartition("/")[2]], parts)
    return any(
        _holds_text(each, parts) for key, each in schema.items() if key not in ("description", "required", "title")
    )
