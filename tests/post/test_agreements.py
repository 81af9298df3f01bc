"""Rules as people write them: a file proposed by one and accepted by the other, and every way of writing it wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest

from openline.errors import Misuse, UnknownName
from openline.post import agreements
from openline.post import requests as asks
from openline.post.notice.forms import Forms
from openline.post.service import Service
from openline.wire.rules import EVERY_DAY
from tests.post.inside import ask, together, until

RULES = """
grace-minutes = 5
texts = ["Four swans are on the lake."]
languages = ["en", "ru"]
disclosure = "confirm-if-asked"
others-told = true
two-persons = ["call-outcome"]
forms = [{name = "fire", version = 1, sha256 = "%s"}, "live-fire-exercise@1", "accident@1"]

[[checks]]
member = "North"
times = ["16:20", "00:20"]
human = ["08:00"]
days = "mon-wed,sat"
holidays = [2026-12-25]

[[checks]]
member = "South"
""" % ("ab" * 32)


async def test_rules_are_proposed_and_accepted(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        proposed = await ask(here, asks.LineRules(line="strait", text=RULES))
        assert proposed["waiting for"] == ["South"]
        line = here.names.line("strait")
        await until(lambda: bool(there.names.machine_line(line).offers))  # type: ignore[union-attr]
        await ask(there, asks.LineAccept(line="strait"))
        await until(lambda: here.names.machine_line(line).terms.version == 2)  # type: ignore[union-attr]
        one, other = [(await ask(each, asks.LineRules(line="strait")))["rules"] for each in (here, there)]
        assert one == other
        assert one["checks"][0] == {
            "member": "North",
            "times": ["00:20", "16:20"],
            "human": ["08:00"],
            "days": ["mon", "tue", "wed", "sat"],
            "holidays": ["2026-12-25"],
        }
        assert one["checks"][1]["days"] == list(agreements.DAYS)
        assert (one["grace_minutes"], one["disclosure"], one["others_told"]) == (5, "confirm-if-asked", True)
        assert one["two_persons"] == ["call-outcome"]
        shipped = [Forms().named(each).ref for each in ("accident", "live-fire-exercise")]
        assert one["forms"] == [
            {"name": "accident", "version": 1, "sha256": shipped[0].digest.hex()},
            {"name": "fire", "version": 1, "sha256": "ab" * 32},
            {"name": "live-fire-exercise", "version": 1, "sha256": shipped[1].digest.hex()},
        ]
        for text in WRONG:
            with pytest.raises((Misuse, UnknownName)):
                agreements.read_rules(text, here.names, lambda text: Forms().named(text).ref)

    await together(tmp_path, body)


WRONG = (
    "grace-minutes = ",
    "grace = 5",
    "grace-minutes = 0",
    "grace-minutes = 'ten'",
    "grace-minutes = 1e300",
    "grace-minutes = nan",
    "grace-minutes = true",
    "texts = 'one'",
    "texts = [1]",
    "disclosure = 'perhaps'",
    "two-persons = ['ack']",
    "two-persons = ['war']",
    "forms = [{name = 'a', version = 1, sha256 = 'xyz'}]",
    "forms = [{name = 'a', version = 'b', sha256 = 'ab'}]",
    "forms = [{name = 'a'}]",
    "forms = ['picnic@1']",
    "forms = ['accident@9']",
    "forms = ['accident@one']",
    "forms = ['accident@1', 'accident']",
    "forms = [1]",
    "[[checks]]\ntimes = ['00:00']",
    "texts = ['a']\n[[checks]]\nmember = 'North'\ntimes = ['24:00']",
    "texts = ['a']\n[[checks]]\nmember = 'North'\ndays = 'funday'",
    "texts = ['a']\n[[checks]]\nmember = 'North'\nholidays = ['tomorrow']",
    "[[checks]]\nmember = 'North'\nhours = ['00:00']",
    "x" * 70_000,
)


def test_days_are_spans_and_lists() -> None:
    assert agreements._days("") == EVERY_DAY
    assert agreements._days("fri-mon") == 0b1110001


async def test_a_line_is_opened_with_its_rules_and_asks_for_two_persons_unless_they_say_otherwise(
    tmp_path: Path,
) -> None:
    async def body(here: Service, there: Service) -> None:
        by_default = ["joint-approval", "disclosure", "disclosure-agreed"]
        for line, text, wanted in (
            ("sound", "", by_default),
            ("narrows", "languages = ['en']", by_default),
            ("bay", "two-persons = []", []),
        ):
            await ask(here, asks.LineOpen(line=line, peers=("South",), text=text))
            await until(lambda line=line: line in there.names.lines())  # type: ignore[misc]
            await ask(there, asks.LineAccept(line=line))
            held = [(await ask(each, asks.LineRules(line=line)))["rules"]["two_persons"] for each in (here, there)]
            assert held == [wanted, wanted]
        with pytest.raises(Misuse):
            await ask(here, asks.LineOpen(line="cove", peers=("South",), text="two-persons = 5"))

    await together(tmp_path, body)
