"""Keys of a running post: rotated and revoked while the line goes on, and what the record says afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.pair import done, make, refused, running_pair, until


@pytest.mark.parametrize("which", ["root", "feed", "checkpoint", "cosigning", "link", "sealing"])
def test_a_key_is_rotated_and_peers_follow(tmp_path: Path, which: str) -> None:
    with running_pair(tmp_path) as pair:
        done(pair.north, "send", "strait", "Under the old key.")
        before = done(pair.north, "card")["keys"]
        after = done(pair.north, "keys", "rotate", which)
        assert after["statements"] == before["statements"] + 1
        if which != "root":
            assert after[which] != before[which]
        identifier = done(pair.north, "send", "strait", "Under the new key.")["id"]
        until(lambda: any(each["id"] == identifier for each in done(pair.south, "inbox")["entries"]))
        back = done(pair.south, "send", "strait", "And back.")["id"]
        until(lambda: any(each["id"] == back for each in done(pair.north, "inbox")["entries"]))
        done(pair.north, "line", "checkpoint", "strait")
        bundle = tmp_path / "strait.bundle"
        done(pair.north, "export", "strait", "--out", str(bundle))
        assert done(pair.south, "verify", str(bundle))["ok"]


def test_an_officers_key_is_revoked(tmp_path: Path) -> None:
    home = make(tmp_path / "home", "North", "Berg")
    done(home, "officer", "add", "Aas")
    public = done(home, "card")["keys"]["officers"]["Aas"]
    assert "Aas" not in done(home, "keys", "revoke", public)["officers"]
    assert refused(home, "keys", "revoke", public) == (1, "bad-field")


def test_what_is_refused(tmp_path: Path) -> None:
    home = make(tmp_path / "home", "North", "Berg")
    assert refused(home, "keys", "rotate", "every") == (2, "misuse")
    assert refused(home, "keys", "revoke", "not hex") == (2, "misuse")
    assert refused(home, "keys", "revoke", "00" * 32) == (1, "bad-field")
    assert refused(home, "keys", "branch", "00" * 32) == (1, "unknown-name")


def test_a_root_rotates_twice(tmp_path: Path) -> None:
    home = make(tmp_path / "home", "North", "Berg")
    fingerprints: list[Any] = [done(home, "card")["fingerprint"]]
    for _ in range(2):
        done(home, "keys", "rotate", "root")
        fingerprints.append(done(home, "card")["fingerprint"])
    assert len(set(fingerprints)) == 1


def test_the_root_is_kept_offline_while_the_post_works(tmp_path: Path) -> None:
    file = tmp_path / "north.root"
    with running_pair(tmp_path) as pair:
        gone = done(pair.north, "keys", "root", "out", str(file))
        assert (gone["root"], file.stat().st_mode & 0o777) == (False, 0o600)
        assert refused(pair.north, "keys", "root", "out", str(file))[1] == "cannot-write"
        for words in (("keys", "rotate", "feed"), ("officer", "add", "Aas"), ("keys", "root", "out", f"{file}2")):
            assert refused(pair.north, *words)[1] == "root-offline"
        assert not Path(f"{file}2").exists()
        identifier = done(pair.north, "send", "strait", "Without the root.")["id"]
        until(lambda: any(each["id"] == identifier for each in done(pair.south, "inbox")["entries"]))
        assert refused(pair.north, "keys", "root", "in", str(pair.north / "card"))[1] == "damaged-keystore"
        assert done(pair.north, "keys", "root", "in", str(file))["root"]
        done(pair.north, "officer", "add", "Aas")
