"""Findings: each with its line, each once, in the order of the file."""

from __future__ import annotations

from openline.exercises import times
from openline.exercises.findings import Finding, Findings
from openline.exercises.places import Places

TEXT = 'lasts = "x"\n[[step]]\nparty = "A"\n'


def test_they_stand_in_the_order_of_the_file_and_each_once() -> None:
    findings = Findings(Places(TEXT))
    findings.unknown(["A", "B"], ["B", "C"], "party", "step", 0, "party")
    findings.unknown(["A"], [], "line", "step", 0, "at")
    for _ in range(2):
        assert findings.attempt(times.span, "x", key="lasts") is None
    assert findings.attempt(times.span, "1m", key="lasts") == 60_000
    assert findings.sorted == [
        Finding(1, "'x' is no span of time: write 90s, 25m, 1h 30m or 2d."),
        Finding(2, "There is no line 'A'; there are: none."),
        Finding(3, "There is no party 'A'; there are: B, C."),
    ]
