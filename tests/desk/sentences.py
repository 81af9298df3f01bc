"""The sentences of the interface as they stand in its sources, and words in its templates that no catalogue holds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

WEB: Final = Path(__file__).resolve().parents[2] / "src/openline/desk/web"
LETTERS: Final = re.compile(r"[^\W\d_]{2}")

_SENTENCE: Final = re.compile(r'\b(?:t|say|english)\(\s*("(?:[^"\\]|\\.)*")\s*[,)]')
_CALL: Final = re.compile(r"\b(?:t|say|english)\(\s*(?![\"\s])(\S+)")
_SPOKEN: Final = re.compile(r"(?:aria-label|placeholder|title)=\"([^\"$]*)\"")
_BARE: Final = re.compile(r'(?<!\bt\()(?<!\bsay\()(?<!\benglish\()"([A-Z][a-z]+[ ,:.][^"]*|[A-Z][a-z]+ [^"]*\.)"')
_UNSPOKEN: Final = ("code", "kbd", "time")


def sources() -> dict[str, str]:
    """Each source by its name."""
    return {path.name: path.read_text() for path in sorted(WEB.glob("*.ts"))}


def sentences(source: str) -> set[str]:
    """Every text that is looked up in the catalogues."""
    return {json.loads(found) for found in _SENTENCE.findall(source)}


def unnamed(source: str) -> list[str]:
    """Look-ups whose text does not stand in the source."""
    return _CALL.findall(source) if '"./tongue.js"' in source else []


def naked(source: str) -> list[str]:
    """Words that are shown as they stand in a template or a string, in English whatever was chosen."""
    shown = [text for template in templates(source) for text in spoken(template)]
    shown += _BARE.findall("\n".join(line for line in source.split("\n") if not line.strip().startswith("//")))
    return [" ".join(each.split()) for each in shown if LETTERS.search(each)]


def templates(source: str) -> Iterator[str]:
    """Each template of html, those within others too, with a mark where something is put in."""
    for found in re.finditer(r"\bhtml`", source):
        text, at = "", found.end()
        while source[at] != "`":
            if source.startswith("${", at):
                at = _after(source, at + 2)
                text += "\0"
            else:
                text += source[at]
                at += 1
        yield text


def spoken(template: str) -> list[str]:
    """What a template says by itself: between its tags, and in attributes that are read out."""
    bare = template
    for tag in _UNSPOKEN:
        bare = re.sub(rf"<{tag}\b.*?</{tag}>", " ", bare, flags=re.DOTALL)
    between = re.sub(r'<(?:"[^"]*"|[^>"])*>', "\1", bare)
    return [*re.split("[\0\1]", between), *_SPOKEN.findall(template)]


def _after(source: str, at: int) -> int:
    """Where what is put in ends: behind the brace that closes it, with strings and templates within it left out."""
    depth = 1
    while depth:
        letter = source[at]
        if letter in "\"'":
            at = re.compile(rf"(?:[^{letter}\\]|\\.)*{letter}").match(source, at + 1).end()  # type: ignore[union-attr]
            continue
        if letter == "`":
            at += 1
            while source[at] != "`":
                at = _after(source, at + 2) if source.startswith("${", at) else at + 1
        depth += {"{": 1, "}": -1}.get(letter, 0)
        at += 1
    return at
