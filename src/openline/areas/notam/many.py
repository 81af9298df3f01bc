"""Many NOTAM from one text: plain text, telegrams in AFTN envelopes, JSON lines, a JSON list.

One that cannot be read never stops the others: each gives one reading, which says what it refuses.
"""

from __future__ import annotations

import json
import re
from typing import Final

from openline.areas.notam.notam import NotamReading
from openline.areas.notam.parts import START
from openline.areas.notam.reader import FORMAT, read
from openline.areas.reading import Reading, Refused
from openline.errors import TooLarge
from openline.limits import READING_FILE_MAX_BYTES

RAW_FIELDS: Final = ("raw", "icaoMessage", "all", "text", "notam", "message")
LIST_FIELDS: Final = ("reports", "notams", "items", "notamList", "data")
_Q_LINE: Final = re.compile(r"(?m)^[ \t]{0,9}Q\)")
_ENVELOPE_HEAD: Final = re.compile(r"ZCZC\b|^(?:GG|FF|DD|SS|KK|QU)\s[A-Z]{8}", re.MULTILINE)


def read_many(text: str) -> list[NotamReading]:
    """Every NOTAM of a text, in its order. Raises `TooLarge` for a text beyond the maximum."""
    if len(text) > READING_FILE_MAX_BYTES:
        raise TooLarge(f"The text has {len(text)} characters; at most {READING_FILE_MAX_BYTES} are read. Split it.")
    start = text.lstrip()[:1]
    if start == "[":
        values = _list(text)
        if values is not None:
            return [_from_json(value) for value in values]
    if start == "{":
        reports = _reports(text)
        if reports is not None:
            return [_from_json(value) for value in reports]
        return [reading for line in text.splitlines() if line.strip() for reading in _from_line(line)]
    return [read(part) for part in split_text(text)]


def split_text(text: str) -> list[str]:
    """A plain text cut where NOTAM begin; the parts of one that came in several stay together."""
    starts = [match.start() for match in START.finditer(text)] or [match.start() for match in _Q_LINE.finditer(text)]
    if not starts:
        return [text] if text.strip() else []
    cuts: list[int] = []
    previous = ""
    for at, start in enumerate(starts):
        end = starts[at + 1] if at + 1 < len(starts) else len(text)
        head = START.match(text, start)
        name = head[0].split()[0].strip("(").upper() if head else ""
        part = re.search(r"\bPART\s{1,9}(\d{1,2})\s{1,9}OF", text[start : min(end, start + 400)], re.IGNORECASE)
        if not (part and int(part[1]) > 1 and name == previous):
            cuts.append(start)
        previous = name
    pieces = [text[a:b] for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True)]
    return [_without_next_head(piece) for piece in pieces]


def _without_next_head(piece: str) -> str:
    """A NOTAM without the envelope of the next one, which stands before that one begins."""
    head = _ENVELOPE_HEAD.search(piece, 1)
    return (piece[: head.start()] if head else piece).strip()


def _list(text: str) -> list[object] | None:
    """A JSON list; None where the text is none."""
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return values if isinstance(values, list) else None


def _reports(text: str) -> list[object] | None:
    """The list in one JSON object that is the whole text, as collections have it; None where there is none."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    lists = [value.get(name) for name in LIST_FIELDS] if isinstance(value, dict) else []
    return next((each for each in lists if isinstance(each, list)), None)


def _from_line(line: str) -> list[NotamReading]:
    """One line of JSON lines; an object with a list of them inside gives each."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return [_refused(line, "not JSON")]
    return [_from_json(value)]


def _from_json(value: object) -> NotamReading:
    """The NOTAM in one JSON value: a text, or an object that holds one in a field known for it."""
    if isinstance(value, str):
        return read(value)
    if isinstance(value, dict):
        inner = value.get("data")
        for holder in (value, inner if isinstance(inner, dict) else {}):
            for field in RAW_FIELDS:
                raw = holder.get(field)
                if isinstance(raw, str):
                    return read(raw)
    return _refused(
        json.dumps(value, ensure_ascii=False)[:2000], f"no text of a NOTAM in any of: {', '.join(RAW_FIELDS)}"
    )


def _refused(source: str, why: str) -> NotamReading:
    """A reading that refuses everything."""
    part = Refused(source[:200], 0, len(source), why)
    return NotamReading(reading=Reading(format=FORMAT, source=source, refused=(part,)))
