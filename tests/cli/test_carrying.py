"""Carrying by hand between two posts that have no link."""

from __future__ import annotations

from pathlib import Path

from tests.pair import Pair, done, introduce, make, refused


def test_a_line_lives_on_a_stick_alone(tmp_path: Path) -> None:
    """Proposal, acceptance, message, receipt: all by files, in turns, without any network."""
    north, south = make(tmp_path / "north", "North", "Berg"), make(tmp_path / "south", "South", "Cole")
    introduce(north, south)
    done(north, "line", "open", "strait", "--with", "South")
    stick = tmp_path / "stick"

    def carry(one: Path, name: str, other: Path) -> None:
        done(one, "carry", "out", "strait", "--to", name, "--out", str(stick))
        taken = done(other, "carry", "in", str(stick))
        assert taken["faults"] == 0

    carry(north, "South", south)
    done(south, "line", "accept", "strait")
    carry(south, "North", north)
    identifier = done(north, "send", "strait", "By courier.")["id"]
    carry(north, "South", south)
    carry(north, "South", south)
    assert [each["text"] for each in done(south, "inbox")["entries"]] == ["By courier."]
    done(south, "ack", identifier)
    carry(south, "North", north)
    rungs = done(north, "receipts", identifier)["rungs"]
    assert {"delivered", "acknowledged"} <= {each["rung"] for each in rungs}


def test_a_file_is_for_one_post_and_any_changed_byte_is_refused(pair: Pair, tmp_path: Path) -> None:
    file, other = tmp_path / "parcel", make(tmp_path / "other", "Other", "Dorn")
    done(pair.north, "send", "strait", "For South alone.")
    value = done(pair.north, "carry", "out", "strait", "--to", "South", "--out", str(file))
    assert value["bytes"] == file.stat().st_size
    assert refused(other, "carry", "in", str(file)) == (1, "bad-seal")
    assert refused(pair.north, "carry", "in", str(file)) == (1, "bad-seal")
    data = file.read_bytes()
    assert b"For South alone." not in data
    for at in (5, 30, 700, len(data) // 2, len(data) - 1):
        file.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        code, name = refused(pair.south, "carry", "in", str(file))
        assert (code, name) in {(1, "bad-parcel"), (1, "cut-parcel"), (1, "too-large")}
    file.write_bytes(data[:-10])
    assert refused(pair.south, "carry", "in", str(file)) == (1, "cut-parcel")
    assert refused(pair.south, "carry", "in", str(tmp_path / "none")) == (1, "cannot-read")
    file.write_bytes(data)
    done(pair.south, "carry", "in", str(file))


def test_what_cannot_be_carried(pair: Pair, tmp_path: Path) -> None:
    file = str(tmp_path / "parcel")
    assert refused(pair.north, "carry", "out", "nowhere", "--to", "South", "--out", file) == (1, "unknown-name")
    assert refused(pair.north, "carry", "out", "strait", "--to", "Nobody", "--out", file) == (1, "unknown-name")
    missing = str(tmp_path / "none" / "parcel")
    assert refused(pair.north, "carry", "out", "strait", "--to", "South", "--out", missing) == (1, "cannot-write")


def test_a_stranger_carries_nothing_in(pair: Pair, tmp_path: Path) -> None:
    """Other knows South, but South does not know Other."""
    other, file = make(tmp_path / "other", "Other", "Dorn"), tmp_path / "parcel"
    card = tmp_path / "south.card"
    fingerprint = done(pair.south, "card", "--out", str(card))["fingerprint"]
    done(other, "peer", "add", str(card), "--fingerprint", fingerprint)
    done(other, "line", "open", "other", "--with", "South")
    done(other, "carry", "out", "other", "--to", "South", "--out", str(file))
    assert refused(pair.south, "carry", "in", str(file)) == (1, "peer-unknown")
