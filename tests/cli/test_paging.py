"""Paging by commands, with posts that run: a FLASH of the other side pages until somebody takes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from openline.cli.main import status
from openline.cli.paging import print_ladder
from tests.pair import PASSPHRASE, Pair, command, done, make, refused, until
from tests.post import sinks


def write(home: Path, text: str) -> None:
    (home / "paging.toml").write_text(text)


def said(home: Path, capfd: pytest.CaptureFixture[str], *words: str) -> str:
    capfd.readouterr()
    status([*words, "--home", str(home)])
    return " ".join(capfd.readouterr().out.split())


def test_a_flash_pages_until_it_is_taken(pair: Pair, capfd: pytest.CaptureFixture[str]) -> None:
    for each in done(pair.south, "inbox")["entries"]:
        if each["waits_for"] == "take":
            done(pair.south, "take", each["id"])
    with sinks.http() as good:
        write(pair.south, f'[[person]]\nname = "Cole"\nservices = ["json://127.0.0.1:{good.port}/hidden"]\n')
        until(lambda: done(pair.south, "paging", "show")["people"])
        identifier = done(pair.north, "send", "strait", "Secret words.", "--precedence", "flash")["id"]
        until(lambda: [each for each in done(pair.south, "paging", "log")["attempts"] if identifier in each["for"]])
        assert "wait" in good.got[0]["message"]
        assert "Secret" not in str(good.got)
        (waits,) = [each for each in done(pair.south, "paging", "show")["waiting"] if each["id"] == identifier]
        assert (waits["precedence"], waits["paged"]) == ("flash", ["Cole"])
        told = said(pair.south, capfd, "paging", "show")
        assert f"FLASH {identifier[:12]} waits since" in told
        assert "1. Cole: ON CALL (always) service 1: json" in told
        assert "hidden" not in told
        assert "Cole, service 1 (json)" in said(pair.south, capfd, "paging", "log")
        done(pair.south, "take", identifier)
        assert identifier not in {each["id"] for each in done(pair.south, "paging", "show")["waiting"]}
        (pair.south / "paging.toml").unlink()


def test_a_test_page(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENLINE_PASSPHRASE", PASSPHRASE)
    home = make(tmp_path / "home", "North", "Berg")
    assert refused(home, "paging", "test", "Aas") == (1, "unknown-name")
    assert "Nobody is paged" in said(home, capfd, "paging", "show")
    assert "No page was tried yet." in said(home, capfd, "paging", "log")
    write(home, "colour = 1")
    assert "unknown field `colour`" in said(home, capfd, "paging", "show")
    with sinks.http(500) as bad:
        write(home, f'[[person]]\nname = "Aas"\nservices = ["json://127.0.0.1:{bad.port}/"]\n')
        code, value = command(home, "paging", "test", "Aas")
        assert (code, value["attempts"][0]["taken"]) == (1, False)
    assert "for a test: FAILED:" in said(home, capfd, "paging", "log", "--most", "1")


WAITS: dict[str, object] = {"precedence": "flash", "class": "operation", "since": "T", "paged": [], "next": None}


def test_the_ladder_in_words(capfd: pytest.CaptureFixture[str]) -> None:
    ladder = {"first": 0, "watched": 120, "next": 60, "all": 300, "again": 300, "rounds": 6}
    services = [{"kind": "json", "understood": True}, {"kind": "sms", "understood": False}]
    shifts = [{"days": ["mon", "tue"], "hours": "18:00-06:00"}]
    print_ladder(
        {
            "fault": None,
            "file": "paging.toml",
            "nobody_on_call": True,
            "people": [{"person": "Aas", "on_call": False, "services": services, "shifts": shifts}],
            "ladders": {"flash": ladder},
            "waiting": [
                {**WAITS, "id": "ab" * 32, "stop": False},
                {**WAITS, "id": "cd" * 32, "stop": True},
            ],
        }
    )
    told = " ".join(capfd.readouterr().out.split())
    assert "NOBODY IS ON CALL NOW: everybody is paged." in told
    assert "1. Aas: off (mon, tue 18:00-06:00Z) service 1: json service 2: sms: THE ADDRESS IS NOT UNDERSTOOD" in told
    assert "FLASH: the first after 0 s, 120 s while somebody watches; the next after 60 s, all after 300 s" in told
    assert "FLASH abababababab waits since T: paged nobody yet; nobody is paged any more" in told
    assert "STOP cdcdcdcdcdcd waits since T" in told
