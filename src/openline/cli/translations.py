"""Commands for translations: attach one to what somebody wrote, look, take one back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter

from openline.cli.common import DEFAULTS, Common, app, out
from openline.cli.messages import EntryName, OfficerName, write
from openline.cli.printing import SHORT_ID, print_translations, quote, say
from openline.errors import Misuse
from openline.limits import TEXT_MAX_BYTES
from openline.post import translation_requests as asks

translation = App(name="translation", help="Attach translations to what is written, labelled with who made them.")
app.command(translation)


@translation.command
def attach(
    entry: EntryName,
    text: Annotated[str, Parameter(name="TEXT", help="The translation, between quotation marks.")] = "",
    /,
    *,
    to: Annotated[str, Parameter(help="Into which language: en, ru, zh-Hant.")],
    by: Annotated[str, Parameter(help="Who made it, by name.")] = "",
    machine: Annotated[str, Parameter(help="Which machine made it, by name.")] = "",
    file: Annotated[Path | None, Parameter(help="Read the translation from a file.")] = None,
    field: Annotated[str, Parameter(help="Which text of the entry, where it has several: 0.1.")] = "",
    instead: Annotated[str, Parameter(help="A translation that this one contradicts.")] = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Attach a translation to an entry. It stands beside the author's text, and is never the author's word.

    Example: openline translation attach 4f0c56b1 "Это ваши самолёты?" --to ru --by "Lt. Orlova"
    """
    if bool(text) == (file is not None):
        raise Misuse("Give the translation, or --file with it.")
    said = text if file is None else _read(file)
    request = asks.TranslationAttach(
        entry=entry, text=said, to=to, by=by, machine=machine, field=field, instead=instead, officer=officer
    )
    return write(common, request)


def _read(file: Path) -> str:
    try:
        with file.open("rb") as held:
            return held.read(TEXT_MAX_BYTES + 1).decode()
    except (OSError, UnicodeDecodeError) as error:
        raise Misuse(f"{file} cannot be read as text (UTF-8).") from error


@translation.command(name="list")
def list_(entry: EntryName, /, *, common: Common = DEFAULTS) -> int:
    """Show the texts of an entry with the translations beside each.

    Example: openline translation list 4f0c56b1
    """
    return common.say(common.ask(asks.TranslationList(entry=entry)), print_beside)


@translation.command
def withdraw(
    which: Annotated[str, Parameter(name="ID", help="The translation: the digits that 'translation list' shows.")],
    /,
    *,
    text: Annotated[str, Parameter(help="Why.")] = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Take back a translation of this post. It stays in the record, as withdrawn.

    Example: openline translation withdraw 9c41d07a --text "Wrong tense."
    """
    return write(common, asks.TranslationWithdraw(translation=which, text=text, officer=officer))


def print_beside(value: Any) -> None:
    """Each text in its author's words, and below it what was translated."""
    for each in value["texts"]:
        say("", f"{value['id'][:SHORT_ID]}#{each['field']}  in the words of {value['author']}", "bold")
        quote(value, each["text"])
        print_translations([one for one in value["translations"] if one["field"] == each["field"]])
    shown = {each["field"] for each in value["texts"]}
    print_translations([one for one in value["translations"] if one["field"] not in shown])
    if not value["texts"]:
        out.print("This entry shows no text.")
    elif not value["translations"]:
        out.print("Nobody has attached a translation.")
