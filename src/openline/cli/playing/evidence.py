"""The proof of a run: each member's record of each line, exported, verified with the cards, held against the others.

Records are the same when none contradicts another and each holds all that people and scripts said on the line.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from openline.cli.playing import orders
from openline.cli.playing.cast import Cast
from openline.cli.rehearsal.posts import file_name
from openline.exercises.incident import Line
from openline.exercises.sightings import Log
from openline.exercises.story import Verdict
from openline.post import requests

FAULTS_SHOWN: Final = 3


def verdicts(cast: Cast, log: Log, folder: Path) -> tuple[Verdict, ...]:
    """Export every record into `folder`, and let `verify` judge each."""
    proof = folder / "proof"
    proof.mkdir(exist_ok=True)
    return tuple(each for line in cast.exercise.line for each in _of_line(cast, line, log, proof))


def _of_line(cast: Cast, line: Line, log: Log, proof: Path) -> Iterator[Verdict]:
    cards = [word for post in cast.posts.values() for word in ("--card", str(post.card))]
    first: Path | None = None
    for name in line.members:
        file = proof / f"{file_name(line.name)}.{file_name(name)}.bundle"
        cast.posts[name].ask(requests.Export(line=line.name, file=str(file)))
        _, found = orders.said_by(proof / "nobody", ["verify", str(file), *cards])
        same = not log.lacking(line.name, name)
        if first is not None:
            same = same and not _contradicts(first, file, proof / "nobody", cards)
        first = first or file
        yield _verdict(line, name, file, found, same=same)


def _contradicts(first: Path, other: Path, nobody: Path, cards: list[str]) -> bool:
    """Whether two records say different things; acknowledgements that are under way do not count."""
    _, found = orders.said_by(nobody, ["verify", str(first), "--against", str(other), *cards])
    comparison = found.get("comparison")
    return not comparison or bool(comparison["contradictions"])


def _verdict(line: Line, name: str, file: Path, found: Any, *, same: bool) -> Verdict:
    if "error" in found:
        return Verdict(line.name, name, ok=False, entries=0, file=file.name, faults=(found["error"]["message"],))
    said = tuple(str(each.get("sentence", each)) for each in found["faults"])
    entries = sum(feed["entries"] for feed in found["feeds"])
    return Verdict(line.name, name, bool(found["ok"]), entries, file.name, said[:FAULTS_SHOWN], same)
