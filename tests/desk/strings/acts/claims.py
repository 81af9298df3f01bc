"""Claims, inquiries, translations, and what stays in a home."""

from __future__ import annotations

from typing import Final

from openline.limits import (
    ACCOUNT_TEXT_MAX_BYTES,
    CLAIM_FILES_MAX,
    CLAIM_TOLD_MAX,
    NAME_MAX_BYTES,
    WATCH_TEXT_MAX_BYTES,
)
from tests.desk.strings.cases import Case, Fields, anew, at, by, is_language, just, listed, long, on, wrapped
from tests.desk.strings.said import Words, phrase, short
from tests.desk.strings.stage import LINE, Stage


async def _judged(stage: Stage) -> Fields:
    async def make() -> str:
        inquiry = await stage.heard(await stage.inquiry())
        await stage.heard((await stage.south.do("inquiry-answer", inquiry=inquiry, text="It was ours."))["id"])
        return inquiry

    return {"inquiry": await stage.some("answered inquiry", make), "verdict": "unsatisfactory", "text": "Which?"}


_CLAIM: Final = by("claim-show", "claim", "claim")
_INQUIRY: Final = by("inquiry-show", "inquiry", "inquiry")
_TOLD: Final = phrase(many=CLAIM_TOLD_MAX, needed=True)

CLAIMS: Final = {
    "claim-put": Case(
        False,
        just(to=[[LINE, []]], text="You fired."),
        {"text": (long(needed=True),), "told": (_TOLD,)},
        "to precedence class",
        at("claim-show", "claim"),
    ),
    "claim-answer": Case(True, on("claim", "claim", stance="rejects"), {"text": (long(),)}, "claim stance", _CLAIM),
    "claim-evidence": Case(
        False,
        on("claim", "claim", text="Photograph"),
        {
            "text": (long(needed=True),),
            "files": (phrase(many=CLAIM_FILES_MAX, needed=True, trimmed=False, wrap=wrapped(after=("ab" * 32,))),),
        },
        "claim entries",
        _CLAIM,
    ),
    "claim-tell": Case(
        False, on("claim", "claim", names=["Third"]), {"names": (_TOLD,), "text": (phrase(),)}, "claim", _CLAIM
    ),
    "claim-withdraw": Case(False, anew("claim", "claim"), {"text": (long(),)}, "claim", _CLAIM),
    "claim-replace": Case(
        False,
        anew("claim", "claim", text="You fired twice."),
        {"text": (long(needed=True),), "reason": (long(),)},
        "claim",
        lambda fields, answer: [("claim-show", {"claim": each}) for each in (fields["claim"], answer["id"])],
    ),
    "inquiry-ask": Case(
        False,
        just(line=LINE, peer="South", what="Exercise"),
        {"what": (phrase(needed=True),), "where": (phrase(),), "question": (long(),), "next_step": (phrase(),)},
        "line peer about precedence class",
        at("inquiry-show", "inquiry"),
    ),
    "inquiry-answer": Case(
        True,
        on("inquiry", "inquiry", text="Ours."),
        {"text": (long(needed=True),), "channel": (phrase(),)},
        "inquiry entry",
        _INQUIRY,
    ),
    "inquiry-judge": Case(False, _judged, {"text": (long(needed=True),)}, "inquiry verdict answer", _INQUIRY),
}


# What stays at home


async def _translated(stage: Stage) -> Fields:
    attach = {"entry": await stage.some("message", stage.message), "text": "Катер 17.", "to": "ru", "by": "Cole"}
    return {"translation": await stage.heard((await stage.south.do("translation-attach", **attach))["id"])}


_TRANSLATIONS: Final = by("translation-list", "entry", "entry")
_LANGUAGE: Final = short(needed=True, fits=is_language)

TRANSLATIONS: Final = {
    "translation-attach": Case(
        True,
        on("message", "entry", text="Катер 17.", to="ru", by="Cole"),
        {"text": (long(needed=True),), "to": (_LANGUAGE,), "by": (phrase(needed=True),)},
        "entry field instead",
        _TRANSLATIONS,
        unread="machine",
    ),
    "translation-attach machine": Case(
        True,
        on("message", "entry", text="Катер 17.", to="ru", machine="Motor"),
        {"machine": (phrase(needed=True),), "text": (long(needed=True),), "to": (_LANGUAGE,)},
        "entry field instead",
        _TRANSLATIONS,
        unread="by",
    ),
    "translation-withdraw": Case(
        True, _translated, {"text": (long(),)}, "translation", by("translation-list", "translation", "entry")
    ),
}


async def _account(stage: Stage) -> Fields:
    fields = {"text": "He called on Tuesday.", "publisher": "Gazette", "published": "2024-12-05"}
    return {"account": (await stage.north.do("account-add", **fields))["id"]}


_NAME: Final = Words(2 * NAME_MAX_BYTES, needed=True, fits=str.isprintable)

OWN: Final = {
    "log-note": Case(
        False,
        just(text="x"),
        {"text": (Words(WATCH_TEXT_MAX_BYTES, needed=True, trimmed=False),)},
        "",
        listed("log-show"),
        True,
    ),
    "log-hand-over": Case(
        False, just(to="Aas"), {"text": (Words(WATCH_TEXT_MAX_BYTES, trimmed=False),)}, "to", listed("log-show"), True
    ),
    "log-take-over": Case(
        True, just(), {"text": (Words(WATCH_TEXT_MAX_BYTES, trimmed=False),)}, "", listed("log-show"), True
    ),
    "account-add": Case(
        False,
        just(text="He called.", publisher="Gazette", published="2024-12-05"),
        {
            "text": (Words(ACCOUNT_TEXT_MAX_BYTES, needed=True, trimmed=False),),
            "publisher": (_NAME,),
            "language": (_NAME,),
        },
        "published about",
        at("account-show", "account"),
        True,
    ),
    "account-about": Case(False, _account, {}, "account about", by("account-show", "account", "account"), True),
}
"""More acts on accounts are in tests/post/source: their words are marks on a text, and go to nobody."""
