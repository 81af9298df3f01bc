"""Commands for simultaneous exchanges between two real posts, as people and as programs see them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from openline.cli.main import status
from openline.cli.together import print_exchange, print_exchanges
from tests.pair import Pair, done, introduce, make, refused, serving, start, stop, until

OURS, THEIRS = "One.\n\x1b[31mTwo.\n", b"\x00\xffThree."


def opened(pair: Pair, *more: str, peer: str = "South") -> str:
    """An exchange that both know of."""
    words = ("together", "open", "strait", "The list of those held", "--with", peer, "--commit-by", "1h")
    exchange: str = done(pair.north, *words, "--reveal-by", "2h", *more)["id"]
    until(lambda: any(each["id"] == exchange for each in done(pair.south, "together", "list")["exchanges"]))
    return exchange


@pytest.fixture
def printed(pair: Pair, capfd: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What people read at South."""

    def run(*words: str) -> str:
        capfd.readouterr()
        assert status([*words, "--home", str(pair.south)]) == 0
        return " ".join(capfd.readouterr().out.split())

    return run


def test_neither_side_opens_first(pair: Pair, tmp_path: Path, printed: Callable[..., str]) -> None:
    (tmp_path / "ours.txt").write_text(OURS)
    (tmp_path / "theirs.bin").write_bytes(THEIRS)
    exchange = opened(pair)
    bound = done(pair.north, "together", "commit", exchange, str(tmp_path / "ours.txt"))
    assert bound["kept_here"]
    until(lambda: done(pair.south, "together", "show", exchange)["parties"][0]["stands"] == "bound")
    text = printed("together", "show", exchange)
    assert "open: The list of those held" in text
    assert "North: bound at" in text
    assert "South: not bound" in text
    assert "Two" not in str(done(pair.south, "together", "show", exchange))
    assert refused(pair.south, "together", "save", exchange, "North", str(tmp_path / "none")) == (2, "misuse")
    done(pair.south, "together", "commit", exchange, str(tmp_path / "theirs.bin"))
    for home in (pair.north, pair.south):
        until(lambda home=home: done(home, "together", "show", exchange)["open"])  # type: ignore[misc]
    text = printed("together", "show", exchange)
    for line in ("ALL SHOWN", "North: shown at", "ours.txt, 15 bytes", "| ␛[31mTwo.", "not text: write it into a file"):
        assert line in text
    got = done(pair.north, "together", "save", exchange, "South", str(tmp_path / "got"))
    assert (tmp_path / "got").read_bytes() == THEIRS
    assert got["bytes"] == len(THEIRS)
    assert refused(pair.north, "together", "save", exchange, "South", str(tmp_path / "got")) == (2, "misuse")
    assert refused(pair.north, "together", "withdraw", exchange) == (1, "not-allowed")
    assert "ALL SHOWN" in printed("together", "list")
    assert "No simultaneous exchanges." in printed("together", "list", "--open")


def test_a_withdrawal_ends_it(pair: Pair, tmp_path: Path, printed: Callable[..., str]) -> None:
    (tmp_path / "ours.txt").write_text(OURS)
    exchange = opened(pair, "--class", "exercise")
    done(pair.north, "together", "withdraw", exchange, "--text", "Not now.")
    until(lambda: done(pair.south, "together", "show", exchange)["off"])
    text = printed("together", "show", exchange)
    assert "OFF, nothing is shown" in text
    assert "withdrew: Not now." in text
    assert refused(pair.south, "together", "commit", exchange, str(tmp_path / "ours.txt")) == (1, "not-allowed")
    assert refused(pair.south, "together", "commit", exchange, str(tmp_path / "none")) == (1, "cannot-read")


def shown_by(home: Path, exchange: str, post: str) -> Any:
    """The entry by which a post showed its document, as one home has it."""
    parties = done(home, "together", "show", exchange)["parties"]
    return next(each["shown"] and each["shown"]["id"] for each in parties if each["post"] == post)


def test_a_killed_post_and_a_restored_one_show_once_and_nobody_reads_the_disk(tmp_path: Path) -> None:
    """South is killed while it is bound, shows its document when it is back, and shows no other from its backup."""
    north, south = (make(tmp_path / name.lower(), name, "Berg") for name in ("North", "South"))
    introduce(north, south)
    file, backup, again = tmp_path / "list.txt", tmp_path / "backup", tmp_path / "again"
    file.write_text("Nobody reads this.")
    with serving(north) as first:
        done(south, "peer", "address", "North", f"wss://{first.link}")
        second = start(south)
        done(north, "peer", "address", "South", f"wss://{second.link}")
        try:
            done(south, "line", "open", "strait", "--with", "North")
            until(lambda: done(north, "line", "list")["lines"])
            done(north, "line", "accept", "strait")
            until(lambda: done(south, "line", "status", "strait")["members"][1]["accepted"])
            exchange = opened(Pair(south, north, "strait"), peer="North")
            done(south, "together", "commit", exchange, str(file))
            until(lambda: done(north, "together", "show", exchange)["parties"][0]["stands"] == "bound")
            done(south, "backup", str(backup))
            files = [backup, *(each for each in south.iterdir() if each.is_file())]
            assert any(b"list of those held" in each.read_bytes() for each in files)
            assert not any(b"Nobody reads" in each.read_bytes() for each in files)
        finally:
            second.process.kill()
            stop(second)
        done(north, "together", "commit", exchange, str(file))
        assert shown_by(north, exchange, "South") is None
        with serving(south, second.link):
            until(lambda: shown_by(north, exchange, "South"))
        done(again, "restore", str(backup))
        done(north, "send", "strait", "Are you there?")
        with serving(again, second.link):
            until(lambda: shown_by(again, exchange, "South"))
            until(lambda: not done(again, "together", "show", exchange)["kept_here"])
            for home in (north, again):
                value = done(home, "together", "show", exchange)
                assert (value["open"], value["ignored"], value["lost_here"]) == (True, [], False)
            assert shown_by(again, exchange, "South") == shown_by(north, exchange, "South")


def party(**more: Any) -> dict[str, Any]:
    """A party in an answer."""
    return {
        "post": "North",
        "stands": "bound",
        "committed": None,
        "shown": None,
        "document": None,
        "silent": None,
    } | more


def test_who_kept_back_and_who_lost_stands_out(capfd: pytest.CaptureFixture[str]) -> None:
    entry = {"id": "ab" * 32, "at": "2026-01-01T12:00Z", "author": "North", "officer": "Berg", "text": None}
    value = {
        **entry,
        "class": "drill",
        "complete": True,
        "open": False,
        "off": False,
        "commit_by": "2026-01-01T11:00Z",
        "reveal_by": "2026-01-01T11:30Z",
        "kept_here": True,
        "lost_here": True,
        "parties": [
            party(post="East", stands="did not reveal"),
            party(post="West", stands="did not reveal", silent=entry),
        ],
        "withdrawn": [{**entry, "not_held_by": ["South"]}],
        "ignored": [],
    }
    print_exchange(value)
    print_exchanges({"exchanges": []})
    text = " ".join(capfd.readouterr().out.split())
    for line in (
        "DRILL ALL BOUND, not all shown: (withheld)",
        "East: COMMITTED, DID NOT REVEAL by 2026-01-01T11:30Z; not proved yet",
        "West: COMMITTED, DID NOT REVEAL by 2026-01-01T11:30Z; proved by its entry abababababab of 2026-01-01T12:00Z",
        "Our document waits here",
        "OUR DOCUMENT IS LOST",
        "not signed for yet by South",
    ):
        assert line in text
