"""A file of warnings: the issuer's JSON, JSON lines, or plain text with one or many, each read by itself.

    {"broadcast-warn": [{"text": ..., "issueDate": ..., "navArea": "A", "msgNumber": 814, "msgYear": 2023}, ...]}
    {"id": "HYDROLANT 2295/19", "text": ..., "issueDate": "262153Z JUL 2019"}
    NAVAREA IV 700/26.  ...

One bad message never stops the others: it becomes a reading that refuses it whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from openline.areas.navwarn.heading import issue_date
from openline.areas.navwarn.reader import read
from openline.areas.navwarn.tokens import Words, capitals, tokenise
from openline.areas.reading import Reading, Refused
from openline.errors import OpenlineError, TooLarge
from openline.limits import READING_FILE_MAX_BYTES, WARNINGS_MAX
from openline.terms import Instant

SERIES_OF_AREA: Final = {"4": "NAVAREA IV", "12": "NAVAREA XII", "A": "HYDROLANT", "C": "HYDROARC", "P": "HYDROPAC"}
"""The issuer's `navArea`."""

NUMBERED: Final = re.compile(
    r"(?:[0-9]{6}Z?(?: UTC)? [A-Z]{3} [0-9]{2,4}\.? )?"
    r"(?:HYDRO(?:LANT|PAC|ARC)|NAVAREA [IVX]{1,5}|WZ) [0-9]{1,4}/[0-9]{2,4}"
    r"(?P<rest>[ ]?\([^)]{0,40}\))?(?P<end>\.|$)",
    re.ASCII,
)
DATED: Final = re.compile(r"[0-9]{6}Z?(?: UTC)? [A-Z]{3} [0-9]{2,4}\.?$", re.ASCII)


def read_many(text: str) -> list[Reading]:
    """Read a file: one reading for each message. TooLarge if the file or their count is beyond the limits."""
    if len(text) > READING_FILE_MAX_BYTES:
        raise TooLarge(f"A file of warnings has at most {READING_FILE_MAX_BYTES} bytes. Cut it into several.")
    found: list[Reading] = []
    records = _json(text) if text.lstrip()[:1] in {"{", "["} else _plain(text)
    for record in records:
        if len(found) == WARNINGS_MAX:
            raise TooLarge(f"A file of warnings has at most {WARNINGS_MAX}. Cut it into several.")
        found.append(_read_one(record))
    return found


def _read_one(record: Any) -> Reading:
    if isinstance(record, str):
        return _or_refused(record)
    if not isinstance(record, dict):
        return _refused_whole(str(record), "Not a warning: a record has a text.")
    text = record.get("text", record.get("raw"))
    if not isinstance(text, str):
        return _refused_whole(str(record), "Not a warning: a record has a text.")
    series = str(record.get("series") or SERIES_OF_AREA.get(str(record.get("navArea")), ""))
    number = record.get("number", record.get("msgNumber"))
    year = record.get("year", record.get("msgYear"))
    issued = _issued(record.get("issueDate"))
    if not isinstance(number, int) or not isinstance(year, int):
        number, year = 0, 0
    return _or_refused(text, issued, series, number, year)


def _or_refused(text: str, issued: Instant | None = None, series: str = "", number: int = 0, year: int = 0) -> Reading:
    try:
        return read(text, issued=issued, series=series, number=number, year=year)
    except OpenlineError as error:
        return _refused_whole(text, str(error))


def _refused_whole(text: str, why: str) -> Reading:
    return Reading(format="navwarn", source=text, refused=(Refused(text, 0, len(text), why),))


def _issued(said: Any) -> Instant | None:
    return issue_date(Words(tokenise(capitals(said[:64])))) if isinstance(said, str) else None


def _json(text: str) -> Iterator[Any]:
    try:
        whole = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        yield from _json_lines(text)
        return
    if isinstance(whole, dict) and not {"text", "raw"} & whole.keys():
        lists = [value for value in whole.values() if isinstance(value, list)]
        yield from lists[0] if lists else [whole]
    else:
        yield from whole if isinstance(whole, list) else [whole]


def _json_lines(text: str) -> Iterator[Any]:
    for line in text.splitlines():
        if not line.strip():
            continue
        try:
            yield msgspec.json.decode(line)
        except (msgspec.DecodeError, RecursionError, UnicodeError):
            yield line


def _plain(text: str) -> Iterator[str]:
    """Cut at envelopes, at lines with nothing but a slash, and at headings that follow a body."""
    lines: list[str] = []
    body, apart = False, True
    for line in text.splitlines(keepends=True):
        plain = " ".join(capitals(line).split())
        heads = NUMBERED.match(plain) if apart else None
        head = heads is not None or (apart and DATED.match(plain) is not None)
        if plain in {"/", "NNNN"} or (plain.startswith("ZCZC") or head) and body:
            yield from _whole(lines)
            lines, body = [], False
            if plain in {"/", "NNNN"}:
                apart = True
                continue
        lines.append(line)
        body = body or bool(plain and not head and not plain.startswith(("ZCZC", "MSGID", "RMKS")))
        body = body or (heads is not None and heads.end() < len(plain))
        apart = not plain or plain.endswith((".", "/")) or head
    yield from _whole(lines)


def _whole(lines: list[str]) -> Iterator[str]:
    if any(line.strip() for line in lines):
        yield "".join(lines)
