"""Posts of the incidents, as real processes, for all scripts of a session."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from openline.keys.keystore import Cost
from openline.post.home import keyring
from tests.incidents.stage import Stage


@pytest.fixture(autouse=True, scope="session")
def cheap_passphrases() -> None:
    """A guess takes microseconds instead of a third of a second; the file says so, and is opened so."""
    pytest.MonkeyPatch().setattr(keyring, "COST", Cost(memory_kib=64, passes=1, lanes=1))


@pytest.fixture(scope="session")
def stage(cheap_passphrases: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Four posts: the United States and Russia share one line, the United States, Poland and Ukraine another."""
    with Stage(tmp_path_factory.mktemp("incidents")) as made:
        made.found(
            {
                "United States": "Watch officer Hale",
                "Russia": "Watch officer Orlov",
                "Poland": "Watch officer Nowak",
                "Ukraine": "Watch officer Bondar",
            }
        )
        made.line("washington-moscow", "United States", "Russia")
        made.line("allies", "United States", "Poland", "Ukraine")
        yield made


@pytest.fixture(scope="session")
def capitals(stage: Stage) -> Stage:
    """London and Paris, too: each shares a line with Moscow, and the three allies have one without it.

    On the lines of Washington and London with Moscow members may say who else was told; on that of Paris not.
    """
    officers = {"United Kingdom": "Watch officer Reed", "France": "Watch officer Moreau"}
    stage.found(officers, "United States", "Russia")
    stage.line("dirty-bomb washington", "Russia", "United States")
    stage.line("dirty-bomb london", "Russia", "United Kingdom")
    stage.line("dirty-bomb paris", "Russia", "France")
    stage.line("dirty-bomb allies", "United States", "United Kingdom", "France")
    for line, other in (("dirty-bomb washington", "United States"), ("dirty-bomb london", "United Kingdom")):
        stage.rules(line, "Russia", "others-told = true\ntwo-persons = []\n", other)
    return stage
