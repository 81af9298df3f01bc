"""Sentences of NMEA 0183 that carry AIS: check sums, tag blocks, messages in several parts.

A sentence is `!AIVDM,parts,part,sequence,channel,payload,fill*check` (IEC 61162-1; `!BSVDM`, `!AIVDO` and the like are
read, too). A tag block before it may say when it was received: `\\c:1732708800*5D\\` (NMEA 0183 4.0, 7).
"""

from __future__ import annotations

import re
from functools import reduce
from typing import Final

import msgspec

from openline.areas.reading import Refused
from openline.terms import Instant

PARTS_MAX: Final = 9
WAITING_MAX: Final = 1_024
"""Messages in parts that wait for their rest; the oldest gives way."""

_LINE = re.compile(
    r"(?:\\(?P<tags>[^\\]{0,200})\*(?P<tagcheck>[0-9A-Fa-f]{2})\\)?"
    r"!(?P<body>[A-Z]{2}VD[MO],(?P<parts>[1-9]),(?P<part>[1-9]),(?P<sequence>\d?),(?P<channel>[^,*]{0,2}),"
    r"(?P<payload>[0-W`-w]{0,400}),(?P<fill>[0-5]))\*(?P<check>[0-9A-Fa-f]{2})",
    re.ASCII,
)


class Payload(msgspec.Struct, frozen=True):
    """One whole AIS message: six-bit characters, bits to leave out at its end, when it was received if that is said."""

    text: str
    fill: int
    at: Instant | None
    line: int


def read_sentences(text: str) -> tuple[list[Payload], list[Refused]]:
    """Every whole message in order; lines with a `!` that are not understood, and parts without their rest, refused."""
    payloads: list[Payload] = []
    refused: list[Refused] = []
    waiting: dict[tuple[str, str, int], list[tuple[str, Instant | None, int]]] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if "!" not in line:
            continue
        found = _LINE.search(line)
        fault = "Not a sentence of AIS." if found is None else _fault(found)
        if found is None or fault:
            refused.append(Refused(line.strip()[:120], 0, 0, f"Line {number}: {fault}"))
            continue
        parts, part = int(found["parts"]), int(found["part"])
        at = _received(found["tags"] or "")
        if parts == 1:
            payloads.append(Payload(found["payload"], int(found["fill"]), at, number))
            continue
        key = (found["sequence"], found["channel"], parts)
        held = waiting.pop(key, [])
        if len(held) != part - 1:
            refused.append(Refused(line.strip()[:120], 0, 0, f"Line {number}: part {part} without those before it."))
            continue
        held.append((found["payload"], at, number))
        if part == parts:
            when = next((each for _, each, _ in held if each is not None), None)
            payloads.append(Payload("".join(each for each, _, _ in held), int(found["fill"]), when, held[0][2]))
        else:
            waiting[key] = held
            if len(waiting) > WAITING_MAX:
                _lost(waiting.pop(next(iter(waiting))), refused)
    for held in waiting.values():
        _lost(held, refused)
    return payloads, refused


def checksum(text: str) -> int:
    """All characters of a sentence between its start and its `*`, exclusive or."""
    return reduce(lambda total, char: total ^ ord(char), text, 0)


def _fault(found: re.Match[str]) -> str:
    if checksum(found["body"]) != int(found["check"], 16):
        return "The check sum does not fit."
    if found["tags"] is not None and checksum(found["tags"]) != int(found["tagcheck"], 16):
        return "The check sum of the tag block does not fit."
    return "It is a part beyond the last." if int(found["part"]) > int(found["parts"]) else ""


def _received(tags: str) -> Instant | None:
    """The time of a tag block: seconds since 1970, or milliseconds where there are 13 digits."""
    found = re.search(r"(?:^|,)c:(\d{9,13})(?:,|$)", tags, re.ASCII)
    if found is None:
        return None
    return Instant(int(found[1]) if len(found[1]) > 11 else int(found[1]) * 1000)


def _lost(held: list[tuple[str, Instant | None, int]], refused: list[Refused]) -> None:
    refused.append(Refused(held[0][0][:120], 0, 0, f"Line {held[0][2]}: the rest of the message is missing."))
