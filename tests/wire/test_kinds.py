"""The numbers of kinds, for all time, as spec/kinds.md lists them."""

from __future__ import annotations

import re
from pathlib import Path

from openline.wire.kinds import CLEAR, QUIET, Kind

SPEC = Path(__file__).resolve().parents[2] / "spec/kinds.md"


def test_code_and_spec_list_the_same_kinds() -> None:
    rows = re.findall(r"^\| (\d+) \| ([a-z ]+) \|", SPEC.read_text(), re.MULTILINE)
    listed = {int(number): said.strip() for number, said in rows}
    assert listed == {kind.value: kind.name.lower().replace("_", " ") for kind in Kind}


def test_kinds_that_are_on_the_wire_never_move() -> None:
    line = ["TERMS", "EPOCH", "KEYS", "ACK", "CHECKPOINT", "COSIGN", "EVIDENCE"]
    people = ["MESSAGE", "SEEN", "ACKNOWLEDGED", "TAKEN", "PASSED_ON", "CORRECTION", "GIVEN_UP"]
    first = {name: number for start, names in ((1, line), (16, people)) for number, name in enumerate(names, start)}
    assert first.items() <= {kind.name: kind.value for kind in Kind}.items()


def test_what_people_say_is_neither_quiet_nor_in_clear() -> None:
    people = {kind for kind in Kind if kind >= 16}
    assert people.isdisjoint(QUIET | CLEAR)
    assert QUIET.isdisjoint(CLEAR)
    assert {kind for kind in Kind if kind < 16} - QUIET - CLEAR == {Kind.EVIDENCE}
