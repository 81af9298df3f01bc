"""Homes of tests are locked cheaply: what a guess costs is tried in tests/keys."""

from __future__ import annotations

import pytest

from openline.keys.keystore import Cost
from openline.post.home import keyring


@pytest.fixture(autouse=True, scope="session")
def cheap_passphrases() -> None:
    """A guess takes microseconds instead of a third of a second; the file says so, and is opened so."""
    pytest.MonkeyPatch().setattr(keyring, "COST", Cost(memory_kib=64, passes=1, lanes=1))
