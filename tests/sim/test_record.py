"""The record in memory keeps the contract of every record."""

from __future__ import annotations

import pytest

from openline.sim.record import MemoryRecord
from tests.store.contract import RecordContract


@pytest.fixture
def record() -> MemoryRecord:
    return MemoryRecord()


class TestMemoryRecord(RecordContract):
    """The contract."""
