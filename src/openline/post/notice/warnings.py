"""Warnings and areas that are read here for a desk, without sending anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from openline.areas.files import Message, read_file
from openline.areas.shapes import Area, Named
from openline.areas.typed import typed
from openline.areas.validity import judge
from openline.errors import Misuse, PeerError
from openline.limits import NOTICES_IMPORTED_MAX
from openline.post.notice import requests as asks
from openline.post.speaker import Answerer, Speaker


def imported(message: Message) -> asks.Imported:
    """A message as it was read, ready to be given notice of."""
    reading = message.reading
    return asks.Imported(
        format=reading.format,
        original=message.original,
        source_id=reading.id,
        issued=max(0, reading.issued or 0),
        windows=reading.windows,
        alternates=reading.alternate_windows,
        areas=reading.areas,
        shown_until=max(0, reading.shown_until or 0),
        cancels=reading.cancels,
        flags=tuple(dict.fromkeys(each.code for each in reading.flags)),
        refused=tuple(f"{each.words.strip()[:120]}: {each.why}" for each in reading.refused),
    )


def outline_value(area: Area) -> Any:
    """An area as it is drawn on a globe; nothing where it is known only by its name, or is none."""
    from openline.areas.where import outline

    if isinstance(area, Named) or judge(area).refused:
        return {"polygons": [], "lines": [], "points": []}
    return msgspec.to_builtins(outline(area, clockwise=True))


async def read(service: Speaker, request: asks.NoticeRead) -> Any:
    """Every message of a file, as it would be imported, with what is refused and doubted in its words."""
    return await service.post.reading(_read, request)


def _read(request: asks.NoticeRead) -> Any:
    try:
        messages = read_file(request.source, request.format)
    except PeerError as error:
        raise Misuse(str(error)) from None
    if len(messages) > NOTICES_IMPORTED_MAX:
        raise Misuse(
            f"{len(messages)} messages; {NOTICES_IMPORTED_MAX} are read at once: use `openline notice import`."
        )
    return {
        "messages": [
            {
                "imported": msgspec.to_builtins(imported(each)),
                "text": each.reading.source,
                "flags": [{"code": flag.code, "text": flag.text} for flag in each.reading.flags],
                "refused": [{"words": part.words, "why": part.why} for part in each.reading.refused],
                "outlines": [outline_value(area) for area in each.reading.areas],
            }
            for each in messages
        ]
    }


async def area(service: Speaker, request: asks.AreaRead) -> Any:
    """The areas in what a person typed, as they are meant and as they are drawn."""
    found = await service.post.reading(typed, request.text)
    return {"areas": msgspec.to_builtins(found), "outlines": [outline_value(each) for each in found]}


ANSWERS: Final[Mapping[type, Answerer]] = {asks.NoticeRead: read, asks.AreaRead: area}
