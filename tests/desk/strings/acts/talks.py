"""What is said of a call: its minute, commitments, disclosure, readouts; and simultaneous exchanges."""

from __future__ import annotations

import base64
from typing import Final

from openline.limits import (
    READOUT_TEXT_MAX_BYTES,
)
from openline.post.loop import now
from tests.desk.strings.cases import Case, Fields, anew, at, by, listed, long, on
from tests.desk.strings.said import Words, phrase, short
from tests.desk.strings.stage import DAY_MS, LINE, Stage


async def _point(stage: Stage) -> Fields:
    async def make() -> str:
        contact = await stage.some("held", stage.held)
        return str((await stage.north.do("minute-draft", contact=contact, text="The boat turned."))["id"])

    contact = await stage.some("held", stage.held)
    point = await stage.some("point", make)
    return {"point": point, "contact": contact}


async def _minute_word(stage: Stage) -> Fields:
    point = await _point(stage)
    return {"point": point["point"], "_contact": point["contact"], "text": "So we heard it."}


async def _drafted(stage: Stage) -> Fields:
    async def make() -> str:
        contact = await stage.heard(await stage.held())
        point = (await stage.north.do("minute-draft", contact=contact, text="The boat turned."))["id"]
        await stage.south.do("minute-word", point=await stage.heard(point))
        return contact

    contact = await stage.some("drafted", make)
    (minute,) = (await stage.south.see("minute-show", contact=contact))["minutes"]
    return {"contact": contact, "version": minute["digest"]}


async def _commitment(stage: Stage) -> Fields:
    async def make() -> str:
        contact = await stage.some("held", stage.held)
        return str((await stage.north.do("commit-make", contact=contact, text="We turn.", due=now()))["id"])

    return {"commitment": await stage.some("commitment", make), "word": "disputed"}


async def _proposal(stage: Stage) -> Fields:
    contact = await stage.heard(await stage.held())
    proposed = await stage.north.do("disclose-propose", contact=contact, level="closed")
    return {"proposal": await stage.heard(proposed["id"])}


async def _disclosed(stage: Stage) -> Fields:
    async def make() -> str:
        contact = await stage.some("held", stage.held)
        return str((await stage.north.do("disclose-record", contact=contact, text="Reported."))["id"])

    return {"disclosed": await stage.some("disclosed", make), "_contact": await stage.some("held", stage.held)}


async def _filed(stage: Stage, text: str = "The sides spoke.") -> str:
    contact = await stage.some("held", stage.held)
    fields = {"contact": contact, "published": now() - DAY_MS, "where": "Gazette", "language": "en"}
    return str((await stage.north.do("readout-file", text=text, **fields))["id"])


async def _filing(stage: Stage) -> Fields:
    contact = await stage.heard(await stage.held())
    said = {"text": "The sides spoke.", "where": "Gazette", "language": "en"}
    return {"contact": contact, "published": now() - DAY_MS, **said}


async def _readout(stage: Stage) -> Fields:
    readout = await stage.some("readout", lambda: _filed(stage))
    contact = await stage.some("held", stage.held)
    return {"readout": readout, "_contact": contact, "sort": "added", "quote": "sides spoke"}


async def _mark(stage: Stage) -> Fields:
    async def make() -> str:
        fields = await _readout(stage)
        del fields["_contact"]
        return str((await stage.north.do("readout-mark", **fields))["id"])

    contact = await stage.some("held", stage.held)
    return {"mark": await stage.some("mark", make), "_contact": contact, "word": "disputed"}


async def _opening_together(_: Stage) -> Fields:
    at = now()
    return {"line": LINE, "peers": ["South"], "commit_by": at + DAY_MS, "reveal_by": at + 2 * DAY_MS, "text": "Lists"}


async def _bound(stage: Stage) -> Fields:
    fields = {"exchange": await stage.heard(await stage.together()), "document": base64.b64encode(b"x").decode()}
    await stage.heard((await stage.south.do("together-commit", **fields))["id"])
    return fields


TALKS: Final = {
    "minute-draft": Case(
        False,
        on("held", "contact", text="Turned."),
        {"text": (long(needed=True),)},
        "contact point",
        by("minute-show", "contact", "contact"),
    ),
    "minute-word": Case(
        True, _minute_word, {"text": (long(),)}, "point", by("minute-show", "_contact", "contact"), replaced=True
    ),
    "minute-sign": Case(
        True, _drafted, {"text": (long(),)}, "contact version", by("minute-show", "contact", "contact")
    ),
    "commit-make": Case(
        False,
        on("held", "contact", text="Turn.", due=1),
        {"text": (long(needed=True),)},
        "contact owner",
        listed("commit-list"),
    ),
    "commit-word": Case(True, _commitment, {"text": (long(),)}, "commitment word", listed("commit-list")),
    "disclose-propose": Case(
        False,
        on("held", "contact", level="agreed-text", text="They spoke."),
        {"text": (long(needed=True),)},
        "contact level items",
        by("disclose-show", "contact", "contact"),
    ),
    "disclose-agree": Case(True, _proposal, {}, "proposal", at("show", "entry")),
    "disclose-record": Case(
        False,
        on("held", "contact"),
        {"text": (long(),), "who": (phrase(),)},
        "contact by about",
        by("disclose-show", "contact", "contact"),
    ),
    "disclose-breach": Case(
        True, _disclosed, {"text": (long(),)}, "disclosed", by("disclose-show", "_contact", "contact")
    ),
    "readout-file": Case(
        False,
        _filing,
        {
            "text": (Words(READOUT_TEXT_MAX_BYTES, needed=True, trimmed=False),),
            "where": (phrase(needed=True),),
            "language": (short(needed=True),),
        },
        "contact of",
        by("readout-show", "contact", "contact"),
        unread="digest",
    ),
    "readout-mark": Case(
        True,
        _readout,
        {"text": (long(),)},
        "readout sort quote target",
        by("readout-show", "_contact", "contact"),
        unread="other_quote",
    ),
    "readout-word": Case(
        True, _mark, {"text": (long(),)}, "mark word", by("readout-show", "_contact", "contact"), replaced=True
    ),
    "together-open": Case(
        False, _opening_together, {"text": (long(needed=True),)}, "line peers class", at("together-show", "exchange")
    ),
    "together-commit": Case(
        False,
        _bound,
        {"name": (short(trimmed=False),)},
        "exchange document",
        by("together-show", "exchange", "exchange"),
    ),
    "together-withdraw": Case(
        False,
        anew("together", "exchange"),
        {"text": (long(),)},
        "exchange",
        by("together-show", "exchange", "exchange"),
    ),
}
