"""One pair of running posts for all tests of commands that only add to the record."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.pair import Pair, running_pair


@pytest.fixture(scope="session")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """North and South, with the line `strait`."""
    with running_pair(tmp_path_factory.mktemp("pair")) as both:
        yield both
