"""One pair of running posts for all tests of commands that only add to the record."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from openline.keys.keystore import Cost
from openline.post.home import keyring
from tests.pair import Pair, done, running_pair, until


@pytest.fixture(autouse=True, scope="session")
def cheap_passphrases() -> None:
    """A guess takes microseconds instead of a third of a second; the file says so, and is opened so."""
    pytest.MonkeyPatch().setattr(keyring, "COST", Cost(memory_kib=64, passes=1, lanes=1))


@pytest.fixture(scope="session")
def pair(cheap_passphrases: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """North and South, with the line `strait`."""
    with running_pair(tmp_path_factory.mktemp("pair")) as both:
        yield both


@pytest.fixture(scope="session")
def told(cheap_passphrases: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """North and South, who have agreed on all forms of notices."""
    with running_pair(tmp_path_factory.mktemp("told")) as both:
        done(both.north, "notice", "forms", "strait", "--agree")
        until(lambda: done(both.south, "line", "status", "strait")["proposed terms"])
        done(both.south, "line", "accept", "strait")
        until(lambda: all(each["agreed"] for each in done(both.north, "notice", "forms", "strait")["forms"]))
        yield both
