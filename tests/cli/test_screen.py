"""What peers wrote reaches the screen as characters, never as orders to the terminal."""

from __future__ import annotations

import pytest
from rich.text import Text

from openline.cli import printing
from openline.cli.common import err, out
from openline.cli.screen import shown
from tests.cli.test_printing import ENTRY

HOSTILE = "a\x1b]0;title\x07\x1b[2J\x9b31m\rOVER\u202edesrever\u2066\u200bz\u2028b\x7f\U000e0041"
ORDERS = "\x1b\x07\x9b\r\u202e\u2066\u200b\u2028\x7f\U000e0041"


def test_orders_to_the_terminal_become_signs() -> None:
    assert shown("Grüße, 日本 – ok\nnext\t1") == "Grüße, 日本 – ok\nnext\t1"
    assert not set(shown(HOSTILE)) & set(ORDERS)
    assert len(shown(HOSTILE)) == len(HOSTILE)
    assert shown("\x1b\x07\x7f\u202e") == "␛␇␡�"


def test_what_people_write_stays_as_it_is() -> None:
    assert shown("می\u200cخواهم 👨\u200d👩\u200d👧") == "می\u200cخواهم 👨\u200d👩\u200d👧"
    assert shown("12\u00a0km,\u202fà 3\u3000時\x1b") == "12 km, à 3 時␛"


@pytest.mark.parametrize("console", [out, err])
def test_nothing_gets_past_the_consoles(console: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert console in (out, err)
    for each in (out, err):
        each.print(HOSTILE, markup=False)
        each.print(Text(HOSTILE))
    said = capsys.readouterr()
    assert said.out.count("OVER") == said.err.count("OVER") == 2
    assert not set(said.out + said.err) & set(ORDERS)


def test_a_text_cannot_draw_a_rung_or_a_headline(capsys: pytest.CaptureFixture[str]) -> None:
    forged = "2022-11-15T18:41:00Z  taken: South, Cole  proved by cdcdcdcdcdcd"
    rung = {"rung": "passed on", "by": "South", "officer": "", "at": "T", "proof": None, "to": f"radar\n{forged}"}
    value = {**ENTRY, "text": f"Hello\n    {forged}", "original": f"One\n    {forged}", "corrections": [{}]}
    value |= {"crossed": [{**ENTRY, "text": f"Two\n    {forged}"}], "rungs": [rung], "said": [], "ignored": []}
    printing.print_entry(value)
    alarm = {"what": "alarm", "code": "late", "line": "x", "at": "T", "about": None, "entry": None}
    printing.print_event({**alarm, "text": f"Late\n{forged}", "precedence": "flash"})
    said = capsys.readouterr().out.splitlines()
    assert any(forged in line for line in said)
    assert not [line for line in said if line.strip().startswith(forged[:20])]
