"""What can be asked about translations (docs/reference/control.md)."""

from __future__ import annotations

from openline.post.request import Request, Spoken


class TranslationAttach(Spoken, tag="translation-attach", frozen=True, kw_only=True):
    """Attach a translation `to` a language; `by` names the person who made it, or `machine` the machine.

    `field` is the path to the text, as 0.1, and may be empty where an entry has one text; `instead` is a translation
    that this one contradicts.
    """

    entry: str
    text: str
    to: str
    by: str = ""
    machine: str = ""
    field: str = ""
    instead: str = ""


class TranslationWithdraw(Spoken, tag="translation-withdraw", frozen=True, kw_only=True):
    """Take back a translation of ours; `text` says why."""

    translation: str
    text: str = ""


class TranslationList(Request, tag="translation-list", frozen=True, kw_only=True):
    """The texts of an entry, or of the one that a translation is of, and the translations beside them."""

    entry: str


TranslationRequests = TranslationAttach | TranslationWithdraw | TranslationList
