"""Peers: trusted after comparison only, named, addressed, listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pair import done, make, program, refused


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    """A home, the card of another post, and its digits."""
    folder = tmp_path_factory.mktemp("peers")
    north, south = make(folder / "north", "North", "Berg"), make(folder / "south", "South", "Cole")
    card = folder / "south.card"
    return north, card, done(south, "card", "--out", str(card))["fingerprint"]


def test_a_peer_is_added_called_addressed_and_listed(homes: tuple[Path, Path, str]) -> None:
    north, card, fingerprint = homes
    typed = fingerprint.replace(" ", "-")
    assert done(north, "peer", "add", str(card), "--fingerprint", typed, "--as", "The south")["peer"] == "The south"
    assert done(north, "peer", "add", str(card), "--fingerprint", fingerprint)["peer"] == "The south"
    places = "wss://192.0.2.7:7700, wss://[2001:db8::7]:7700"
    assert done(north, "peer", "address", "the south", places)["addresses"] == [
        "wss://192.0.2.7:7700",
        "wss://[2001:db8::7]:7700",
    ]
    (peer,) = done(north, "peer", "list")["peers"]
    assert (peer["peer"], peer["card_name"], peer["compared"], peer["fingerprint"]) == (
        "The south",
        "South",
        True,
        fingerprint,
    )
    assert len(peer["addresses"]) == 2
    assert done(north, "peer", "address", "The south")["addresses"] == []


def test_what_is_refused(homes: tuple[Path, Path, str], tmp_path: Path) -> None:
    north, card, fingerprint = homes
    wrong = ("1" if fingerprint[0] != "1" else "2") + fingerprint[1:]
    assert refused(north, "peer", "add", str(card), "--fingerprint", wrong) == (1, "wrong-fingerprint")
    assert refused(north, "peer", "add", str(card), "--fingerprint", "12345") == (1, "not-sixty-digits")
    assert refused(north, "peer", "add", str(tmp_path / "none"), "--fingerprint", wrong) == (1, "cannot-read")
    assert refused(north, "peer", "address", "Nobody", "wss://192.0.2.7:7700") == (1, "unknown-name")
    own = tmp_path / "own.card"
    digits = done(north, "card", "--out", str(own))["fingerprint"]
    assert refused(north, "peer", "add", str(own), "--fingerprint", digits) == (1, "not-allowed")
    done(north, "peer", "add", str(card), "--fingerprint", fingerprint, "--as", "South")
    for address in ("192.0.2.7:7700", "ws://192.0.2.7:7700", "wss://", "wss://192.0.2.7:7700/x"):
        assert refused(north, "peer", "address", "South", address) == (1, "bad-address")


def test_peers_in_words(homes: tuple[Path, Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No name is markup, and the digits of a peer stand on one line."""
    north, card, fingerprint = homes
    done(north, "peer", "add", str(card), "--fingerprint", fingerprint, "--as", "[red]The south[/]")
    ran = program("peer", "list", "--home", str(north))
    assert "[red]The south[/]  link down  no address here" in ran.stdout
    assert "    calls itself South\n" in ran.stdout
    assert f"    {fingerprint}\n" in ran.stdout


def test_two_peers_of_one_name(homes: tuple[Path, Path, str], tmp_path: Path) -> None:
    north, card, fingerprint = homes
    done(north, "peer", "add", str(card), "--fingerprint", fingerprint, "--as", "South")
    other = make(tmp_path / "other", "South", "Cole")
    file = tmp_path / "other.card"
    digits = done(other, "card", "--out", str(file))["fingerprint"]
    assert refused(north, "peer", "add", str(file), "--fingerprint", digits) == (1, "name-taken")


@pytest.mark.parametrize("change", [b"", b"x", None])
def test_any_bytes_as_a_card_end_in_one_error(
    homes: tuple[Path, Path, str], tmp_path: Path, change: bytes | None
) -> None:
    north, card, fingerprint = homes
    bad = tmp_path / "bad.card"
    data = card.read_bytes()
    bad.write_bytes(data[:-100] + bytes([data[-100] ^ 1]) + data[-99:] if change is None else change)
    ran = program("peer", "add", str(bad), "--fingerprint", fingerprint, "--home", str(north))
    assert "is not a card, or was damaged on its way. Ask for the file again." in ran.stderr
    code, name = refused(north, "peer", "add", str(bad), "--fingerprint", fingerprint)
    assert (code, name) in {(1, "bad-encoding"), (1, "bad-field"), (1, "bad-signature")}


def test_without_a_terminal_the_digits_have_to_be_given(homes: tuple[Path, Path, str]) -> None:
    north, card, _ = homes
    ran = program("peer", "add", str(card), "--home", str(north))
    assert ran.returncode == 2
    assert "--fingerprint" in ran.stderr
