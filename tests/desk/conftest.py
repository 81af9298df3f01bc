"""What tests of the desk share: passwords that cost nothing to compute, and a page that has been built."""

from __future__ import annotations

import os

import pytest
from argon2 import PasswordHasher

from openline.desk import pages, passwords
from openline.errors import DeskNotBuilt
from openline.keys.keystore import Cost
from openline.post.home import keyring


@pytest.fixture(autouse=True, scope="session")
def cheap_passwords() -> None:
    """A guess takes microseconds; what one costs is tried in test_passwords.py."""
    patch = pytest.MonkeyPatch()
    patch.setattr(keyring, "COST", Cost(memory_kib=64, passes=1, lanes=1))
    patch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@pytest.fixture(autouse=True, scope="session")
def built() -> None:
    """Without a page there is no desk to test; where the whole is checked, that is a failure."""
    try:
        pages.load()
    except DeskNotBuilt as error:
        if os.environ.get("CI") == "true":
            pytest.fail(str(error))
        pytest.skip(str(error))
