"""What every test shares: hypothesis profiles, and skipped tests named in the last lines of a run."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

WITH_PROCESSES = ("desk", "incidents", "cli", "docs", "exercises", "e2e")
"""Where tests start posts and browsers, and mostly wait for them; the slowest first."""

settings.register_profile("default", deadline=None, print_blob=True)
settings.register_profile("soak", deadline=None, print_blob=True, max_examples=10_000)
settings.load_profile("default")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files begin first, so that no process is left alone with one at the end; else the order stays as drawn."""
    here = Path(__file__).parent
    last = len(WITH_PROCESSES)
    rank = {room: at for at, room in enumerate(WITH_PROCESSES)}
    items.sort(key=lambda item: rank.get(item.path.relative_to(here).parts[0], last))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was not run and why, so that no skip is silent."""
    for report in terminalreporter.getreports("skipped"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        terminalreporter.write_line(f"not run: {report.nodeid}: {reason.removeprefix('Skipped: ')}")
