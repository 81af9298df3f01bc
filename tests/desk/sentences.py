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
_CAPITAL: Final = re.compile(r'(?<!\bt\()(?<!\bsay\()(?<!\benglish\()"([A-Z][a-z]+)"(?!\])')
_FILLED: Final = re.compile(r"(?:aria-label|placeholder|title)=\$\{\s*[`\"]([^`\"]*)")
_LABEL: Final = re.compile(
    r"\b(?:input|area|choice|textField|timeField)\(\s*[^(),]+,\s*(?:[^(),]|\([^()]*\))+,\s*[`\"]([^`\"]*)"
)
_NAMED: Final = re.compile(r"\b(?:label|button|said|words|hint|name): *[`\"]([^`\"]* [^`\"]*)")
_PAIR: Final = re.compile(r'(?<!coded\()\["[^"]*", "([^"]*)"\]')
_CHOSEN: Final = re.compile(r'(?:\?|:|\|\|)\s*"([^"]*)"')
_WITHIN: Final = re.compile(r"\([^()]*\)|`[^`]*`|\{[^{}]*\}")
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
    code = "\n".join(line for line in source.split("\n") if not line.strip().startswith("//"))
    for place in (_BARE, _CAPITAL, _FILLED, _LABEL, _NAMED, _PAIR):
        shown += place.findall(code)
    for put in filled(source):
        shown += alternatives(put)
    bare = [re.sub(r"\$\{[^}]*\}?", " ", each) for each in shown]
    return [" ".join(each.split()) for each in bare if LETTERS.search(each)]


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


def filled(source: str) -> Iterator[str]:
    """What is put into the templates of html between their tags: each expression."""
    for found in re.finditer(r"\bhtml`", source):
        at, inside = found.end(), False
        while source[at] != "`":
            if source.startswith("${", at):
                end = _after(source, at + 2)
                if not inside:
                    yield source[at + 2 : end - 1]
                at = end
            else:
                inside = source[at] == "<" or (inside and source[at] != ">")
                at += 1


def alternatives(expression: str) -> list[str]:
    """Words that an expression may come to as they stand in it, beside what it gives to functions or templates."""
    bare, before = expression, ""
    while bare != before:
        before, bare = bare, _WITHIN.sub(" ", bare)
    return _CHOSEN.findall(bare)


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
