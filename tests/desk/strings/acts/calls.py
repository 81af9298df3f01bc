"""Messages and calls."""

from __future__ import annotations

from typing import Final

from openline.limits import (
    CALL_TIMES_MAX,
    CALL_TOPICS_MAX,
    CALLED_MAX,
    NAME_MAX_BYTES,
    TEXT_MAX_BYTES,
)
from openline.post.loop import now
from tests.desk.strings.cases import Case, Fields, anew, at, by, just, listed, long, on, wrapped
from tests.desk.strings.said import Words, phrase, short
from tests.desk.strings.stage import DAY_MS, LINE, Stage

MESSAGES: Final = {
    "send": Case(
        False,
        just(line=LINE),
        {"text": (Words(TEXT_MAX_BYTES, trimmed=False),)},
        "line precedence class",
        at("show", "entry"),
    ),
    "reply": Case(
        True,
        on("message", "entry"),
        {"text": (Words(TEXT_MAX_BYTES, trimmed=False),)},
        "entry precedence",
        at("show", "entry"),
    ),
    "correct": Case(
        False,
        on("message", "entry"),
        {"text": (Words(TEXT_MAX_BYTES, trimmed=False),)},
        "entry",
        by("show", "entry", "entry"),
    ),
    "mark": Case(
        True,
        on("message", "entry", what="passed-on"),
        {"to": (Words(4 * NAME_MAX_BYTES, needed=True, trimmed=False),)},
        "entry what",
        by("show", "entry", "entry"),
    ),
}


# Calls


async def _asking(_: Stage) -> Fields:
    called = [["South", "Chief"]]
    return {"line": LINE, "office": "Chief", "called": called, "reply_by": now() + DAY_MS, "precedence": "routine"}


async def _certified(stage: Stage) -> Fields:
    async def make() -> str:
        contact = await stage.heard(await stage.contact())
        status, _ = await stage.north.ask("POST", "download/call-certificate", {"contact": contact})
        assert status == 200
        return contact

    return {"contact": await stage.some("certified", make)}


async def _outage(_: Stage) -> Fields:
    return {"line": LINE, "begins": now() + 60_000, "ends": now() + 120_000}


async def _question(stage: Stage) -> Fields:
    async def make() -> str:
        asked = {"line": LINE, "peer": "South", "at": 1, "channel": "telephone", "precedence": "routine"}
        return str((await stage.north.do("hoax-ask", **asked))["id"])

    return {"question": await stage.some("question", make), "verdict": "no"}


async def _check(stage: Stage) -> Fields:
    return {"check": await stage.heard((await stage.north.do("check-send", line=LINE, human=True))["id"])}


async def _silence(stage: Stage) -> Fields:
    return {"outage": await stage.heard((await stage.north.do("outage-announce", **await _outage(stage)))["id"])}


_HOAX: Final = {
    "channel": (short(needed=True, trimmed=False),),
    "name": (short(trimmed=False),),
    "office": (short(trimmed=False),),
    "shown": (short(trimmed=False),),
    "text": (phrase(trimmed=False),),
}

CALLS: Final = {
    "call-ask": Case(
        False,
        _asking,
        {
            "office": (short(needed=True),),
            "called": (short(needed=True, wrap=wrapped("South")),),
            "languages": (short(many=CALL_TIMES_MAX, trimmed=False),),
            "means": (phrase(trimmed=False),),
            "topics": (phrase(many=CALL_TOPICS_MAX, trimmed=False),),
            "consequence": (phrase(trimmed=False),),
            "content": (long(trimmed=False),),
            "matter": (phrase(trimmed=False),),
            "told": (phrase(many=CALLED_MAX, trimmed=False),),
        },
        "line precedence class",
        at("call-show", "contact"),
    ),
    "call-answer": Case(
        True,
        on("contact", "contact", reply="delegated", office="Deputy"),
        {"office": (short(needed=True, trimmed=False),), "text": (long(trimmed=False),)},
        "contact reply reason",
        by("call-show", "contact", "contact"),
    ),
    "call-close": Case(
        False,
        anew("accepted", "contact", outcome="held"),
        {
            "present": (Words(4 * NAME_MAX_BYTES, many=CALLED_MAX, trimmed=False),),
            "interpreters": (Words(4 * NAME_MAX_BYTES, many=CALLED_MAX, trimmed=False),),
            "text": (long(trimmed=False),),
        },
        "contact outcome peer answer",
        by("call-show", "contact", "contact"),
    ),
    "call-try": Case(
        False,
        on("contact", "contact", means="telephone"),
        {"means": (short(needed=True),), "who": (phrase(trimmed=False),), "text": (long(trimmed=False),)},
        "contact peer layer",
        by("call-show", "contact", "contact"),
    ),
    "call-respond": Case(
        True, _certified, {"text": (long(trimmed=False),)}, "contact", by("call-show", "contact", "contact")
    ),
    "check-send": Case(False, just(line=LINE), {}, "line", listed("check-list", line=LINE)),
    "check-answer": Case(True, _check, {}, "check", listed("check-list", line=LINE)),
    "outage-announce": Case(
        False, _outage, {"text": (phrase(trimmed=False),)}, "line why", listed("check-list", line=LINE)
    ),
    "outage-over": Case(False, _silence, {}, "outage", listed("check-list", line=LINE)),
    "hoax-ask": Case(
        False,
        just(line=LINE, peer="South", at=1, channel="telephone", precedence="routine"),
        _HOAX,
        "line peer precedence class",
        listed("hoax-list"),
    ),
    "hoax-report": Case(
        False,
        just(line=LINE, at=1, channel="telephone", precedence="routine"),
        _HOAX,
        "line peer precedence class",
        listed("hoax-list"),
    ),
    "hoax-answer": Case(True, _question, {"text": (phrase(trimmed=False),)}, "question verdict", listed("hoax-list")),
    "office-hold": Case(
        False,
        just(line=LINE, office="Chief"),
        {"holder": (short(trimmed=False),)},
        "line office",
        lambda fields, answer: [("office-list", {"line": LINE})],
    ),
}
