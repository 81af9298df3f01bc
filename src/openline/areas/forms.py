"""Forms of notices: which fields each has, how early it is due, and what the receiving side owes for it.

A form is a TOML file with a name and a version. Members of a line agree on it by SHA-256 of the file (spec/rules.md);
so a file is never changed: what differs is a new version.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

import msgspec

from openline.areas.times import read_time
from openline.errors import BadEncoding, BadField, TooLarge
from openline.limits import FORM_FIELDS_MAX, FORM_MAX_BYTES, NAME_MAX_BYTES, PHRASE_MAX_BYTES

NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,63}", re.ASCII)
LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[a-zA-Z0-9]{1,8})*", re.ASCII)
NUMBER: Final = re.compile(r"-?\d{1,15}(\.\d{1,9})?", re.ASCII)
UNKNOWN: Final = "unknown"
"""What a field says that is not known yet, where its form allows that."""

HOUR_MS: Final = 3_600_000
MINUTE_MS: Final = 60_000
YEAR_HOURS: Final = 8_784
YEAR_MINUTES: Final = YEAR_HOURS * 60


class FieldType(StrEnum):
    """What the text of a field must be: any text, a number, a time (RFC 3339), yes or no, or one of its options."""

    TEXT = "text"
    NUMBER = "number"
    TIME = "time"
    YES_NO = "yes-no"
    CHOICE = "choice"


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One field: its code, which every language shares, and what it is called in each language."""

    code: str
    label: dict[str, str]
    type: FieldType = FieldType.TEXT
    required: bool = False
    options: tuple[str, ...] = ()


class Form(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"):
    """A form. Without `lead_hours` it is a courtesy: nobody is obliged to send it, and it is never late.

    `unknown` lets a required field say that it is not known yet. `acknowledge_minutes` and `pass_minutes` are within
    how long the receiver acknowledges, and passes on to everyone in `pass_to`; 0 asks for nothing. Before the first
    window opens, both desks are reminded by `reconfirm_hours` to ask whether those on shift hold it. `unreviewed` names
    languages whose words nobody who speaks them has checked. `remarks` are printed on every copy.
    """

    name: str
    version: int
    title: dict[str, str]
    fields: tuple[Field, ...] = ()
    areas: bool = False
    windows: bool = False
    unknown: bool = False
    lead_hours: float | None = None
    acknowledge_minutes: int = 0
    pass_minutes: int = 0
    pass_to: tuple[str, ...] = ()
    reconfirm_hours: float = 0.0
    humanitarian: bool = False
    remarks: dict[str, tuple[str, ...]] = {}
    unreviewed: tuple[str, ...] = ()
    basis: str = ""

    def field(self, code: str) -> Field | None:
        """The field of this code."""
        return next((each for each in self.fields if each.code == code), None)

    def called(self, language: str) -> str:
        """Its title in a language, or in English where it has none."""
        return said(self.title, language)


def said(words: Mapping[str, str], language: str) -> str:
    """A text in a language; in English, or else in any, where it is not said in that one."""
    return words.get(language) or words.get("en") or next(iter(words.values()), "")


def spoken(words: Mapping[str, str], language: str) -> str:
    """In which language `said` gives a text: the wanted one, or English, or any; empty where there is none."""
    return next((each for each in (language, "en", *words) if words.get(each)), "")


def digest(source: bytes) -> bytes:
    """SHA-256 of the file, 32 bytes: what members sign."""
    return hashlib.sha256(source).digest()


def read_form(source: bytes) -> Form:
    """The form in a file. Raises TooLarge, BadEncoding where it is no TOML, BadField where it is no form."""
    if len(source) > FORM_MAX_BYTES:
        raise TooLarge(f"A form has at most {FORM_MAX_BYTES} bytes.")
    try:
        held = tomllib.loads(source.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadEncoding(f"The form is not TOML: {error}.") from None
    try:
        form = msgspec.convert(held, Form)
    except (msgspec.ValidationError, RecursionError) as error:
        raise BadField(f"This is no form: {error}.") from None
    fault = _fault(form)
    if fault:
        raise BadField(f"The form {form.name[:NAME_MAX_BYTES]!r} does not hold together: {fault}")
    return form


def _fault(form: Form) -> str:
    if not NAME.fullmatch(form.name) or not 1 <= form.version <= 65_535:
        return "its name is small letters, digits and dashes, its version a number from 1."
    codes = [each.code for each in form.fields]
    if len(codes) > FORM_FIELDS_MAX or len(set(codes)) != len(codes) or not all(map(NAME.fullmatch, codes)):
        return f"it has at most {FORM_FIELDS_MAX} fields, each of another code."
    if any((each.type is FieldType.CHOICE) != bool(each.options) for each in form.fields):
        return "a choice, and nothing else, has options."
    if form.lead_hours is not None and not 0 <= form.lead_hours <= YEAR_HOURS:
        return "its lead time is from 0 hours to a year."
    if not 0 <= form.reconfirm_hours <= YEAR_HOURS:
        return "it is confirmed again at most a year ahead."
    if not 0 <= form.acknowledge_minutes <= YEAR_MINUTES or not 0 <= form.pass_minutes <= YEAR_MINUTES:
        return "a time to answer is from 0 minutes to a year."
    if bool(form.pass_minutes) != bool(form.pass_to):
        return "who is to be told and within how long stand together."
    return _words_fault(form)


def _words_fault(form: Form) -> str:
    spoken = [form.title, *(each.label for each in form.fields)]
    languages = {*form.unreviewed, *form.remarks, *(language for words in spoken for language in words)}
    if not all(map(LANGUAGE.fullmatch, languages)):
        return "its languages are codes such as en, ru, ar."
    words = [*form.pass_to, form.basis, *(text for each in spoken for text in each.values())]
    words += [text for texts in form.remarks.values() for text in texts]
    if any(len(text.encode()) > PHRASE_MAX_BYTES for text in words):
        return "a text is too long."
    if not all(any(text.strip() for text in each.values()) for each in spoken):
        return "its title and every field are called something."
    return ""


def faults(form: Form, given: Mapping[str, str], *, areas: bool, windows: bool) -> list[str]:
    """What is wrong with a notice by this form: one sentence each, nothing where it may be sent."""
    found = [f"{code!r} is no field of {form.name}." for code in given if form.field(code) is None]
    for field in form.fields:
        text = given.get(field.code, "").strip()
        if not text:
            hint = f"; write {UNKNOWN!r} where it is not known" if form.unknown else ""
            found += [f"{field.code!r} is required{hint}."] if field.required else []
        elif not (form.unknown and text == UNKNOWN) and not _fits(field, text):
            found.append(f"{field.code!r} {_asks(field)}.")
    if form.areas and not areas:
        found.append("It needs an area.")
    if form.windows and not windows:
        found.append("It needs a window.")
    return found


def _fits(field: Field, text: str) -> bool:
    match field.type:
        case FieldType.NUMBER:
            return NUMBER.fullmatch(text) is not None
        case FieldType.TIME:
            return read_time(text) is not None
        case FieldType.YES_NO:
            return text in ("yes", "no")
        case FieldType.CHOICE:
            return text in field.options
        case FieldType.TEXT:
            return True


def _asks(field: Field) -> str:
    if field.type is FieldType.CHOICE:
        return f"is one of: {', '.join(field.options)}"
    wanted = {FieldType.NUMBER: "a number", FieldType.TIME: "a time such as 2024-12-01T06:00:00Z"}
    return f"is {wanted.get(field.type, 'yes or no')}"
