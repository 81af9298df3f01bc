"""A home: made once, found again, held by one, its files whole or not at all."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from openline.bearers.filedrop import write_parcel_file
from openline.errors import (
    CannotRead,
    CannotWrite,
    HomeDamaged,
    HomeInUse,
    HomeTaken,
    HomeTooNew,
    NoHome,
    TooLarge,
)
from openline.post.home import homes
from openline.store.backup import backup
from openline.store.sqlite import SqliteRecord
from openline.terms import PostId

POST = PostId(bytes(range(32)))


@pytest.fixture
def home(tmp_path: Path) -> homes.Home:
    path = tmp_path / "home"
    homes.prepare(path)
    return homes.make(path, "North", POST, b"locked", b"card")


def test_it_is_found_as_it_was_made(home: homes.Home) -> None:
    found = homes.find(home.path)
    assert (found.name, found.post, found.locked(), found.card()) == ("North", POST, b"locked", b"card")
    assert {stat.S_IMODE(file.stat().st_mode) for file in home.path.iterdir()} == {0o600}


def test_one_process_holds_it(home: homes.Home) -> None:
    with home.held(), pytest.raises(HomeInUse), homes.find(home.path).held():
        pytest.fail("A second one held it.")
    with home.held():
        pass


def test_a_lock_that_cannot_be(home: homes.Home) -> None:
    (home.path / "lock").mkdir()
    with pytest.raises(CannotWrite), home.held():
        pytest.fail("It was held.")


def test_the_card_is_published_when_it_changed(home: homes.Home) -> None:
    before = (home.path / "card").stat().st_ino
    home.publish(b"card")
    assert (home.path / "card").stat().st_ino == before
    home.publish(b"longer card")
    assert homes.find(home.path).card() == b"longer card"


def test_nothing_is_made_over_something(home: homes.Home, tmp_path: Path) -> None:
    with pytest.raises(HomeTaken):
        homes.prepare(home.path)
    (tmp_path / "file").touch()
    with pytest.raises(HomeTaken):
        homes.prepare(tmp_path / "file")
    with pytest.raises(CannotWrite):
        homes.prepare(tmp_path / "file" / "below")


def test_half_a_home_is_none(home: homes.Home) -> None:
    (home.path / homes.ABOUT).unlink()
    with pytest.raises(NoHome):
        homes.find(home.path)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ('{"format": 2}', HomeTooNew),
        ('{"format": 0, "name": "N", "post": "' + "00" * 32 + '"}', HomeDamaged),
        ('{"format": true, "name": "N", "post": "' + "00" * 32 + '"}', HomeDamaged),
        ('{"format": 1, "name": "N", "post": "00"}', HomeDamaged),
        ('{"format": 1, "name": "N", "post": "zz"}', HomeDamaged),
        ("not JSON", HomeDamaged),
        ("x" * 100_000, HomeDamaged),
    ],
)
def test_what_is_no_home(home: homes.Home, text: str, error: type[Exception]) -> None:
    (home.path / homes.ABOUT).write_text(text)
    with pytest.raises(error):
        homes.find(home.path)


def test_a_missing_file_is_damage(home: homes.Home) -> None:
    (home.path / "keys.locked").unlink()
    with pytest.raises(HomeDamaged):
        home.locked()


def test_a_file_is_whole_or_as_before(tmp_path: Path) -> None:
    file = tmp_path / "file"
    homes.write_file(file, b"one")
    homes.write_file(file, b"two")
    assert file.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [file]
    with pytest.raises(CannotWrite):
        homes.write_file(tmp_path / "none" / "file", b"three")


def test_reading_is_bounded(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"12345")
    assert homes.read_file(file, 5) == b"12345"
    with pytest.raises(TooLarge):
        homes.read_file(file, 4)
    with pytest.raises(CannotRead):
        homes.read_file(tmp_path, 5)
    with pytest.raises(CannotRead):
        homes.read_file(tmp_path / "none", 5)


@pytest.mark.parametrize("trap", ["link", "file"])
def test_what_lies_where_a_file_is_made_is_not_written_through(tmp_path: Path, trap: str) -> None:
    mine = tmp_path / "mine"
    mine.write_bytes(b"the record")
    for part in (".given.part", ".given.record.partial", ".copy.partial", "copy.partial"):
        if trap == "link":
            (tmp_path / part).symlink_to(mine)
        else:
            (tmp_path / part).touch(0o666)
            (tmp_path / part).chmod(0o666)
    given = tmp_path / "given"
    homes.write_file(given, b"secret")
    assert given.stat().st_mode & 0o777 == 0o600
    given.unlink()
    write_parcel_file(given, [b"frame"])
    record = SqliteRecord.open(tmp_path / "record.sqlite")
    backup(record.path, tmp_path / "copy")
    record.close()
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o600
    assert mine.read_bytes() == b"the record"
