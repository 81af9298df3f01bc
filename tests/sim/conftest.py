"""What the worlds showed, in the last lines of a run."""

from __future__ import annotations

import pytest

from tests.sim import test_worlds


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How often each fault struck and each transition happened."""
    for report in test_worlds.REPORTS:
        terminalreporter.section("simulation")
        terminalreporter.write_line(report)
