"""A NOTAM cut into its heading and its items Q, A to G, each with the offset where its words stand.

Item marks also occur inside the free text of item E ("A) B) C)" in a list), so before E any mark counts, and after E
only one whose words can be nothing else (ICAO Doc 8126, 6.3: the order is Q A B C D E F G).
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

DOMESTIC_ID: Final = re.compile(r"\d{1,2}/\d{3,4}")
"""Numbers of the United States' domestic system, whose NOTAMR never say what they replace."""

ID: Final = r"(?:[A-Z]{1,2}\d{1,5}/\d{2}|\d{1,2}/\d{3,4})"

_HEADING: Final = re.compile(
    rf"(?:(?P<id>{ID})\s{{0,9}})?NOTAM\s?(?P<type>[NRC])\b(?:\s{{1,9}}(?P<refers>{ID})(?!\d))?", re.IGNORECASE
)
_LONE_ID: Final = re.compile(rf"^\s{{0,99}}\(?(?P<id>{ID})\s")
_MARK: Final = re.compile(r"(?<![A-Z0-9(.])(?P<item>[QA-G])\s?\)", re.IGNORECASE)
_GLUED: Final = re.compile(r"(?P<item>[BC])\)(?=\s{0,9}(?:\d{10}|PERM|UFN|WIE))")
_LIMIT: Final = re.compile(
    r"\s{0,40}(?:SFC|GND|MSL|SURFACE|GROUND|UNL|UNLIMITED|UNLTD|FL\s?\d{1,3}\b"
    r"|\d[\d ,.]{0,9}\s?(?:FT|M|FEET|METRES)\b|0\b)",
    re.IGNORECASE,
)
_BY_ITS_WORDS: Final = {
    "A": re.compile(r"\s{0,9}[A-Z]{4}\s{1,9}(?:B\)|$)"),
    "B": re.compile(r"\s{0,9}\d{10}\b"),
    "C": re.compile(r"\s{0,9}(?:\d{10}\s{0,3}(?:EST)?|PERM|UFN)\b"),
    "F": _LIMIT,
    "G": _LIMIT,
}
_FOOTER: Final = re.compile(
    r"\s(?:CREATED:\s{0,9}\d{1,2} [A-Z]{3}|SOURCE:\s{0,9}[A-Z]{4,8}\b|NNNN\b|RECEIVED:\s|ORIGIN:\s)",
    re.IGNORECASE,
)
_PART: Final = re.compile(r"\bPART\s{1,9}(?P<part>\d{1,2})\s{1,9}OF\s{1,9}(?P<parts>\d{1,2})\b", re.IGNORECASE)


class Item(msgspec.Struct, frozen=True):
    """The words of one item as they stand in the source, from offset `first`."""

    words: str
    first: int

    @property
    def plain(self) -> str:
        """The words with every run of blanks as one."""
        return " ".join(self.words.split())


class Items(msgspec.Struct, frozen=True, kw_only=True):
    """One NOTAM, or one part of it, cut up. `twice` names items that came more than once; the first counts."""

    id: str | None = None
    type: str | None = None
    refers_to: str | None = None
    items: dict[str, Item] = {}
    twice: tuple[str, ...] = ()
    part: int = 1
    parts: int = 1
    head: Item | None = None

    def plain(self, name: str) -> str | None:
        """The words of an item, blanks folded; None where the item is missing or empty."""
        item = self.items.get(name)
        return (item.plain or None) if item else None


def split(text: str, first: int = 0) -> Items:
    """Cut one NOTAM (or one part) into items; offsets count from `first`. What is missing is simply not there."""
    marks = _marks(text)
    start = marks[0].start() if marks else len(text)
    heading = _HEADING.search(text, 0, max(start, 0)) or _HEADING.search(text, 0, 400)
    lone = None if heading else _LONE_ID.match(text)
    found: dict[str, Item] = {}
    twice = []
    for mark, after in zip(marks, [*marks[1:], None], strict=False):
        name = mark["item"].upper()
        end = after.start() if after else len(text)
        if name in found:
            twice.append(name)
            continue
        found[name] = _trimmed(text, mark.end(), end, first)
    part = _PART.search(found["A"].words) if "A" in found else None
    return Items(
        id=_upper(heading["id"] if heading else lone["id"] if lone else None),
        type=_upper(heading["type"]) if heading else None,
        refers_to=_upper(heading["refers"]) if heading else None,
        items=found,
        twice=tuple(twice),
        head=Item(text[:start].strip(), first + len(text[:start]) - len(text[:start].lstrip())),
        part=int(part["part"]) if part else 1,
        parts=int(part["parts"]) if part else 1,
    )


def strange(words: str) -> str:
    """What item A holds beside locations and the number of the part; "" where nothing is."""
    rest = re.sub(r"\b[A-Z]{4}\b", " ", _PART.sub(" ", words.upper()))
    return " ".join(re.findall(r"[A-Z0-9]+", rest))


def locations(words: str) -> tuple[str, ...]:
    """The places of item A: four letters each, without "PART 1 OF 3"."""
    return tuple(re.findall(r"\b[A-Z]{4}\b", _PART.sub(" ", words.upper()).replace("PART", " ")))


def _upper(words: str | None) -> str | None:
    return words.upper() if words else None


def _marks(text: str) -> list[re.Match[str]]:
    """The marks that count, in the order of the text."""
    candidates = {m.start(): m for m in _GLUED.finditer(text)}
    candidates.update({m.start(): m for m in _MARK.finditer(text)})
    ordered = [candidates[at] for at in sorted(candidates)]
    e_at = next((i for i, mark in enumerate(ordered) if mark["item"].upper() == "E"), len(ordered))
    before, after = ordered[: e_at + 1], ordered[e_at + 1 :]
    named = {mark["item"].upper() for mark in before}
    kept = []
    for mark in after:
        name = mark["item"].upper()
        rule = _BY_ITS_WORDS.get(name)
        if name in named - {"F", "G"} or rule is None or not rule.match(text, mark.end()):
            continue
        kept.append(mark)
    return before + _last_limits(kept)


def _last_limits(kept: list[re.Match[str]]) -> list[re.Match[str]]:
    """Of several F or G after item E the last of each is the item; those before are words of E."""
    last = {mark["item"].upper(): mark for mark in kept}
    return sorted(last.values(), key=lambda mark: mark.start())


def _trimmed(text: str, start: int, end: int, first: int) -> Item:
    """The words between two marks, without what stands at the foot of the whole and the bracket that closes it."""
    footer = _FOOTER.search(text, start, end)
    words = text[start : footer.start() if footer else end]
    kept = words.rstrip()
    while kept.endswith(")") and kept.count(")") > kept.count("("):
        kept = kept[:-1].rstrip()
    lead = len(kept) - len(kept.lstrip())
    return Item(words=kept[lead:], first=first + start + lead)
