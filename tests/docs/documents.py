"""What the tests of the documents share: the Markdown files, and the fenced blocks in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
HIDDEN = re.compile(r"(^|/)(\.(?!ci/)|vectors/standard/|node_modules/)")

_FENCE = re.compile(r"^```(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

_LIST = re.compile(r"(?:^\d+\. .*\n)+", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its text, and the line on which it starts."""

    language: str
    text: str
    line: int


def markdown_files() -> list[Path]:
    """Every Markdown file of the project, without what others published."""
    found = sorted(ROOT.rglob("*.md"))
    return [path for path in found if not HIDDEN.search(path.relative_to(ROOT).as_posix())]


def blocks(path: Path) -> list[Block]:
    """The fenced blocks of a file, in order."""
    text = path.read_text(encoding="utf-8")
    return [Block(found[1], found[2], text.count("\n", 0, found.start()) + 1) for found in _FENCE.finditer(text)]


def steps(path: Path) -> list[Block]:
    """The numbered lists of a file between its fenced blocks, in order, each as a block of the language "steps"."""
    text = _FENCE.sub(lambda found: "\n" * found[0].count("\n"), path.read_text(encoding="utf-8"))
    return [Block("steps", found[0], text.count("\n", 0, found.start()) + 1) for found in _LIST.finditer(text)]


def without_blocks(path: Path) -> str:
    """The text of a file between its fenced blocks."""
    return _FENCE.sub("", path.read_text(encoding="utf-8"))
