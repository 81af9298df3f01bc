"""Incidents and joint statements."""

from __future__ import annotations

from typing import Any, Final

from openline.limits import (
    INCIDENT_SOURCES_MAX,
    INCIDENT_TITLE_MAX_BYTES,
)
from openline.post.loop import now
from tests.desk.strings.cases import Case, Fields, anew, at, by, is_line, just, long, on, wrapped
from tests.desk.strings.said import Words, phrase
from tests.desk.strings.stage import DAY_MS, LINE, Stage


async def _version(stage: Stage) -> Fields:
    async def make() -> str:
        incident = await stage.some("incident", stage.incident)
        return str((await stage.north.do("incident-assess", incident=incident, what="A shell fell."))["id"])

    incident = await stage.some("incident", stage.incident)
    return {"version": await stage.some("version", make), "_incident": incident, "stance": "disputes"}


async def _titled(_: Stage) -> Fields:
    return {"line": LINE, "title": "Blast", "place": "Narrows", "precedence": "routine"}


async def _two(stage: Stage) -> Fields:
    other = await stage.some("another incident", stage.incident)
    return {"incident": await stage.some("incident", stage.incident), "other": other}


async def _closed(stage: Stage) -> Fields:
    return {"entry": await stage.heard(await stage.incident()), "word": "closed"}


_SOURCES: Final = (
    phrase(many=INCIDENT_SOURCES_MAX, needed=True, wrap=wrapped(after=("Gazette", 0))),
    phrase(many=INCIDENT_SOURCES_MAX, wrap=wrapped("Radar", after=(0,))),
)
_INCIDENT: Final = by("incident-show", "incident", "incident")
_TITLE: Final = Words(INCIDENT_TITLE_MAX_BYTES, needed=True)

INCIDENTS: Final = {
    "incident-open": Case(
        False,
        _titled,
        {"title": (_TITLE,), "place": (_TITLE,), "sources": _SOURCES},
        "line precedence class areas",
        at("incident-show", "incident"),
    ),
    "incident-assess": Case(
        False,
        on("incident", "incident", 8, what="A shell fell."),
        {"what": (phrase(needed=True),), "origin": (phrase(),), "sources": _SOURCES},
        "incident confidence version",
        _INCIDENT,
    ),
    "incident-stance": Case(
        True, _version, {"text": (long(),)}, "version stance", by("incident-show", "_incident", "incident")
    ),
    "incident-source": Case(
        True,
        on("incident", "incident", 8, sources=[["Radar", "", 0]]),
        {"sources": _SOURCES},
        "incident",
        _INCIDENT,
    ),
    "incident-investigate": Case(
        False, on("incident", "incident"), {"text": (long(),)}, "incident partners", _INCIDENT
    ),
    "incident-quiet": Case(
        False, on("incident", "incident", until=now() + 30 * DAY_MS), {"text": (long(),)}, "incident to", _INCIDENT
    ),
    "incident-correct": Case(
        True,
        on("incident", "incident", title="Fall"),
        {"title": (Words(INCIDENT_TITLE_MAX_BYTES),), "place": (Words(INCIDENT_TITLE_MAX_BYTES),)},
        "incident areas",
        _INCIDENT,
    ),
    "incident-word": Case(False, _closed, {"text": (long(),)}, "entry word", by("incident-show", "entry", "incident")),
    "incident-same": Case(True, _two, {"text": (long(),)}, "incident other", _INCIDENT),
}


# Joint statements

_LINE: Final = phrase(needed=True, fits=is_line, wrap=wrapped("en", after=()))


def _both(value: Any) -> Any:
    return [["en", value], ["ru", value]]


async def _amended(stage: Stage) -> Fields:
    async def make() -> str:
        statement = await stage.some("statement", stage.statement)
        return str((await stage.north.do("statement-line", statement=statement, texts=_both("Calm.")))["id"])

    statement = await stage.some("statement", stage.statement)
    return {"line": await stage.some("line of a statement", make), "_statement": statement, "texts": _both("Quiet.")}


async def _proposed(stage: Stage) -> Fields:
    statement = await stage.some("statement", stage.statement)
    proposed = await stage.south.do("statement-line", statement=statement, texts=_both("Peace."))
    return {"change": await stage.heard(proposed["id"]), "_statement": statement, "accept": False}


async def _approved(stage: Stage) -> Fields:
    async def make() -> str:
        statement = await stage.heard(await stage.statement())
        await stage.heard((await stage.north.do("statement-line", statement=statement, texts=_both("Calm.")))["id"])
        version = (await stage.south.see("statement-show", statement=statement))["version"]
        await stage.heard((await stage.south.do("statement-approve", statement=statement, version=version))["id"])
        return statement

    return {"statement": await make()}


async def _to_approve(stage: Stage) -> Fields:
    statement = await stage.heard(await stage.statement())
    await stage.heard((await stage.north.do("statement-line", statement=statement, texts=_both("Calm.")))["id"])
    return {
        "statement": statement,
        "version": (await stage.south.see("statement-show", statement=statement))["version"],
    }


async def _to_release(stage: Stage) -> Fields:
    fields = await _to_approve(stage)
    for side in (stage.north, stage.south):
        await stage.heard((await side.do("statement-approve", **fields))["id"])
    return fields


_STATEMENT: Final = by("statement-show", "statement", "statement")
_JOINT: Final = phrase(needed=True, fits=is_line, wrap=_both)

STATEMENTS: Final = {
    "statement-draft": Case(
        False,
        just(line=LINE, about="Calm", languages=["en", "ru"]),
        {"about": (long(needed=True),)},
        "line languages parties refers class",
        at("statement-show", "statement"),
    ),
    "statement-line": Case(
        False,
        on("statement", "statement", texts=_both("Calm.")),
        {"texts": (_JOINT,), "text": (long(),)},
        "statement after",
        _STATEMENT,
    ),
    "statement-amend": Case(
        False,
        _amended,
        {"texts": (_JOINT,), "text": (long(),)},
        "line",
        by("statement-show", "_statement", "statement"),
    ),
    "statement-word": Case(
        False, _proposed, {"text": (long(),)}, "change", by("statement-show", "_statement", "statement")
    ),
    "statement-approve": Case(True, _to_approve, {}, "statement version", _STATEMENT),
    "statement-revoke": Case(True, _approved, {"text": (long(),)}, "statement", _STATEMENT, replaced=True),
    "statement-release": Case(False, _to_release, {}, "statement version", _STATEMENT),
    "statement-withdraw": Case(
        False, anew("statement", "statement", text="No."), {"text": (long(needed=True),)}, "statement", _STATEMENT
    ),
}
