"""Measure the marks that the program proposes against marks made by hand, in texts from a folder.

    tools/measure_proposals.py MARKS FOLDER [--json]

MARKS is as tests/accounts/marks.json; a text is found in FOLDER by the SHA-256 of its bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from openline.accounts import days, numbers
from openline.accounts.assertion import What
from openline.accounts.measuring import ByHand, Measured, measure
from openline.accounts.names import Party
from openline.accounts.proposing import propose


def by_hand(mark: dict[str, Any]) -> ByHand:
    """A mark of the file."""
    return ByHand(
        mark["start"],
        mark["end"],
        What(mark["what"]),
        days.read(mark["days"]) if "days" in mark else None,
        numbers.read(mark["number"]) if "number" in mark else None,
        mark.get("value", ""),
    )


def measured(marks: Path, folder: Path) -> tuple[list[tuple[str, Measured]], list[str]]:
    """What each text that was found comes to, and the digests of those that were not."""
    held = json.loads(marks.read_text())
    parties = [Party(post, office, (person,)) for post, office, person in held["names"]]
    texts = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in sorted(folder.glob("*.txt"))}
    found, missing = [], []
    for each in held["texts"]:
        path = texts.get(each["digest"])
        if path is None:
            missing.append(each["digest"])
            continue
        made = propose(path.read_bytes().decode(), date.fromisoformat(each["published"]), parties)
        found.append((each["digest"], measure([by_hand(mark) for mark in each["marks"]], made)))
    return found, missing


def told(of: Measured) -> str:
    """A line of figures."""
    proposed = (
        f"{of.proposed} of {of.marks} marks proposed, {of.right} of {of.exact} with the same day, number or value"
    )
    return f"{proposed}; {of.idle} of {of.proposals} proposals idle"


def main(arguments: list[str]) -> int:
    """Print the figures; 1 where a text is missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("marks", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    found, missing = measured(options.marks, options.folder)
    total = sum((each for _, each in found), Measured())
    if options.json:
        texts = {digest: each.value() for digest, each in found}
        print(json.dumps({"texts": texts, "all": total.value(), "missing": missing}, indent=1))
    else:
        for digest, each in found:
            print(f"{digest[:12]}: {told(each)}")
        print(f"all: {told(total)}")
        for digest in missing:
            print(f"{digest[:12]}: not in the folder")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
