"""`make bench`: the goals of the line, each measured beside the floor of this machine (docs/reference/bench.md).

One JSON document on stdout, progress on stderr. Everything it makes is in a temporary folder, on the disk to measure.
"""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from bench.rows import Incomplete, Row, table
from openline.errors import OpenlineError

PARTS: Final = ("latency", "throughput", "wire", "waits", "verification", "large", "idle")
"""Files beside this one with `measure(folder, quick, say) -> list[Row]`, in the order in which they run."""

FAILURES: Final = (OpenlineError, OSError, RuntimeError, LookupError, subprocess.SubprocessError)
"""What may come of a part on a machine that is too busy, or that does not allow what the part needs."""


def say(text: str) -> None:
    """Progress."""
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def load() -> float:
    """Work that waited for a core during the last minute, on average: others' when nothing is measured."""
    return round(os.getloadavg()[0], 2)


def measure(parts: Sequence[str], folder: Path, quick: bool) -> dict[str, Any]:
    """The whole document. A part that fails is named with its error, and the others go on."""
    rows: list[Row] = []
    failed: dict[str, str] = {}
    loads = {"before": load()}
    began, clock = time.gmtime(), time.monotonic()
    for part in parts:
        say(f"{part}: load {load()}")
        try:
            rows += importlib.import_module(f"bench.{part}").measure(folder, quick, say)
        except Incomplete as error:
            rows += error.rows
            failed |= error.failed
        except FAILURES as error:
            failed[part] = f"{type(error).__name__}: {error}"
    for name, why in failed.items():
        say(f"{name} failed: {why}")
    loads["after"] = load()
    return {
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", began),
        "seconds": round(time.monotonic() - clock, 1),
        "quick": quick,
        "machine": {
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "kernel": platform.release(),
            "load": loads,
        },
        "rows": rows,
        "failed": failed,
    }


def main() -> int:
    """Measure, print, and exit 1 if a part could not be measured; a goal that is missed is not a failure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer samples, shorter waits, a smaller record")
    parser.add_argument("--only", action="append", choices=PARTS, help="only this part; may be given again")
    parser.add_argument("--table", action="store_true", help="a table for people instead of JSON")
    parser.add_argument("--folder", type=Path, help="where to write, on the disk to be measured")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="openline-bench-", dir=asked.folder) as folder:
        document = measure(asked.only or PARTS, Path(folder), asked.quick)
    if asked.table:
        print(table(document["rows"]))
    else:
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n")
    return 1 if document["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
