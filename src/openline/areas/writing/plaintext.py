"""A bulletin as plain text, in the manner of navigational warnings.

271200Z NOV 24
CHANNEL 12/24.
CHANNEL POST.
LIVE-FIRE EXERCISE.
1. GUNNERY EXERCISES 300600Z TO 301600Z NOV
   IN AREA BOUND BY
   34-15N 033-30E, 34-15N 034-30E,
   35-00N 034-30E, 35-00N 033-30E.
2. CANCEL THIS MSG 301700Z NOV 24.
"""

from __future__ import annotations

import textwrap
from typing import Final

from openline.areas.bulletin import Bulletin, Change
from openline.areas.times import write_group
from openline.areas.writing.words import area_words, letter, plain, window_words
from openline.terms import TrafficClass

WIDTH: Final = 68
INDENT: Final = "   "


def write_text(bulletin: Bulletin) -> str:
    """The whole text, lines ended by a newline, without trailing blanks."""
    paragraphs = [_happening(bulletin)]
    paragraphs += [_wrapped(f"{plain(said.label).upper()}: {_sentence(said.text)}") for said in bulletin.fields]
    paragraphs += [_wrapped(_sentence(remark)) for remark in bulletin.remarks]
    if bulletin.references:
        paragraphs.append(_wrapped(f"REFER {', '.join(map(plain, bulletin.references))}."))
    if bulletin.change is not Change.NEW:
        paragraphs += [[f"CANCEL {plain(earlier.serial)}."] for earlier in bulletin.names]
    if bulletin.self_cancel is not None:
        paragraphs.append([f"CANCEL THIS MSG {write_group(bulletin.self_cancel)}."])
    marks = [] if bulletin.traffic is TrafficClass.OPERATION else [f"{bulletin.traffic.name} " * 3]
    head = [
        write_group(bulletin.issued),
        _title(bulletin.serial),
        *marks,
        _title(bulletin.sender),
        _title(bulletin.form),
    ]
    body = [line for number, lines in enumerate(filter(None, paragraphs), 1) for line in _numbered(number, lines)]
    return "".join(f"{line.rstrip()}\n" for line in [*head, *body, *marks])


def _happening(bulletin: Bulletin) -> list[str]:
    """What, when and where."""
    windows = window_words(bulletin.windows, bulletin.issued)
    alternate = window_words(bulletin.alternate_windows, bulletin.issued)
    said = f"{plain(bulletin.title).upper()} {_joined(windows)}".rstrip()
    if alternate:
        said += f", ALTERNATE {_joined(alternate)}"
    lines = _wrapped(said)
    if len(bulletin.areas) == 1:
        lines += area_words(bulletin.areas[0])
    elif bulletin.areas:
        lines.append("IN AREAS:")
        for number, area in enumerate(bulletin.areas):
            first, *rest = area_words(area, listed=True)
            lines += [f"{letter(number)}. {first}", *(f"{INDENT}{line}" for line in rest)]
            lines[-1] += "."
    return [*lines[:-1], f"{lines[-1].rstrip('.')}."] if lines else []


def _joined(words: list[str]) -> str:
    return ", ".join(words[:-1]) + (" AND " if len(words) > 1 else "") + "".join(words[-1:])


def _numbered(number: int, lines: list[str]) -> list[str]:
    return [f"{number}. {lines[0]}", *(f"{INDENT}{line}" for line in lines[1:])]


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)


def _title(text: str) -> str:
    return f"{plain(text).upper().rstrip('.')}."


def _sentence(text: str) -> str:
    said = plain(text)
    return said if said.endswith((".", "!", "?", "؟", "。")) else f"{said}."
