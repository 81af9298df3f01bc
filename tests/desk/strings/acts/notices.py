"""Notices and STOP."""

from __future__ import annotations

import base64
from typing import Final

from openline.limits import (
    NOTICE_CONTACTS_MAX,
)
from openline.post.loop import now
from tests.desk.strings.cases import Case, Fields, anew, at, by, just, long, on, wrapped
from tests.desk.strings.said import Words, phrase
from tests.desk.strings.stage import DAY_MS, LINE, Stage, notice


async def _noticing(_: Stage) -> Fields:
    return notice()


async def _imported(_: Stage) -> Fields:
    return {"line": LINE, "messages": [_warning("x")]}


def _warning(text: str) -> Fields:
    original = base64.b64encode(text.encode()).decode()
    return {"format": "text", "original": original, "source_id": text[:64], "flags": [text], "cancels": [text[:64]]}


async def _postponed(stage: Stage) -> Fields:
    later = {"start": now() + 2 * DAY_MS, "end": now() + 3 * DAY_MS}
    return {"notice": await stage.some("notice", stage.notice), "windows": [later]}


async def _read_back(stage: Stage) -> Fields:
    return {"stop": await stage.some("stop", stage.stop), "what": "Ferry", "where": "Narrows"}


_NOTICE: Final = by("notice-show", "notice", "notice")
_SAID: Final = phrase(words=50)
"""A STOP is a FLASH, and has 200 words in all."""

_STOP: Final = by("stop-show", "stop", "stop")
_FORM_FIELDS: Final = phrase(wrap=lambda value: {"subject": value})
_AREA: Final = Words(
    256,
    trimmed=False,
    wrap=lambda value: [{"kind": "named", "name": value}, {"kind": "point", "position": [1, 2], "label": value}],
)
_CONTACTS: Final = (
    phrase(many=NOTICE_CONTACTS_MAX, trimmed=False, wrap=wrapped(after=("VHF",))),
    phrase(many=NOTICE_CONTACTS_MAX, trimmed=False, wrap=wrapped("Boat")),
)

NOTICES: Final = {
    "notice-send": Case(
        False,
        _noticing,
        {"fields": (_FORM_FIELDS,), "contacts": _CONTACTS, "text": (long(trimmed=False),), "areas": (_AREA,)},
        "line form precedence class",
        at("notice-show", "notice"),
    ),
    "notice-import": Case(
        False,
        _imported,
        {},
        "line form class messages",
        lambda fields, answer: [("notice-show", {"notice": answer["results"][0]["id"]})],
    ),
    "notice-amend": Case(
        False,
        on("notice", "notice", 8),
        {"fields": (_FORM_FIELDS,), "contacts": _CONTACTS, "text": (long(trimmed=False),), "areas": (_AREA,)},
        "notice",
        _NOTICE,
    ),
    "notice-postpone": Case(False, _postponed, {"text": (long(trimmed=False),)}, "notice", _NOTICE, replaced=True),
    "notice-end": Case(
        False, anew("notice", "notice", how="cancelled"), {"text": (long(trimmed=False),)}, "notice how by", _NOTICE
    ),
    "notice-say": Case(
        True, on("notice", "notice", what="confirmed"), {"text": (long(trimmed=False),)}, "notice what", _NOTICE
    ),
    "notice-say acknowledged": Case(
        True,
        anew("notice", "notice", what="acknowledged"),
        {"text": (long(trimmed=False),)},
        "notice what",
        _NOTICE,
    ),
    "notice-say asked": Case(
        False,
        on("notice", "notice", what="asked"),
        {"text": (long(trimmed=False),)},
        "notice what",
        _NOTICE,
    ),
    "notice-pass": Case(True, on("notice", "notice"), {"to": (phrase(needed=True),)}, "notice", _NOTICE),
    "notice-try": Case(True, on("notice", "notice", contact=1), {"text": (long(trimmed=False),)}, "notice", _NOTICE),
    "stop-send": Case(
        False,
        just(line=LINE),
        {"what": (_SAID,), "where": (_SAID,), "by": (_SAID,)},
        "line notice class areas",
        at("stop-show", "stop"),
    ),
    "stop-add": Case(
        False,
        anew("stop", "stop", what="Boat"),
        {"what": (_SAID,), "where": (_SAID,), "by": (_SAID,)},
        "stop areas",
        _STOP,
    ),
    "stop-read-back": Case(True, _read_back, {"text": (phrase(trimmed=False, words=150),)}, "stop what where", _STOP),
    "stop-pass": Case(True, on("stop", "stop"), {"to": (phrase(needed=True, words=150),)}, "stop", _STOP),
    "stop-withdraw": Case(False, anew("stop", "stop"), {"text": (phrase(trimmed=False, words=150),)}, "stop", _STOP),
}
