"""Check digits by commands of two desks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from openline.cli.voice import print_digits
from tests.pair import Pair, command, done, program, until


def test_two_desks_compare_digits(pair: Pair) -> None:
    words = ("--from", "Chairman", "--to", "South:Chief", "--reply-by", "20m")
    contact = done(pair.north, "call", "ask", "strait", *words)["id"]
    until(lambda: command(pair.south, "call", "show", contact)[0] == 0)
    code, value = command(pair.north, "call", "digits", contact, "--wait", "0")
    assert (code, value["ready"]) == (1, False)
    with ThreadPoolExecutor(1) as other:
        far = other.submit(program, "call", "digits", contact, "--home", str(pair.south))
        near = done(pair.north, "call", "digits", contact, "--wait", "20")
        said = far.result()
    read, hear = (f"{each[:3]} {each[3:]}" for each in (near["read"], near["hear"]))
    assert said.returncode == 0, said.stderr
    first, second, last = said.stdout.splitlines()[:3]
    assert first == f"Must be heard: {read}"
    assert second == f"Read aloud:   {hear}"
    assert last.startswith("With North alone")


def test_one_side_alone(capfd: pytest.CaptureFixture[str]) -> None:
    print_digits({"ready": False, "peer": "South"})
    assert "South has not asked for the digits yet." in capfd.readouterr().out
    print_digits({"ready": True, "peer": "South", "first": True, "read": "012345", "hear": "678901"})
    assert capfd.readouterr().out.splitlines()[:2] == ["Read aloud:   012 345", "Must be heard: 678 901"]
