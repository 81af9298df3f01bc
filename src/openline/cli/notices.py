"""Commands for notices: what warnings say, which forms there are, and which are agreed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter

from openline.cli.common import DEFAULTS, Common, app, out
from openline.cli.printing import say
from openline.cli.screen import on_one_line
from openline.limits import READING_FILE_MAX_BYTES
from openline.post.home import homes

FileName = Annotated[Path, Parameter(name="FILE", help="A file.")]
FormatName = Annotated[str, Parameter(help="navwarn, notam, cap or geojson; without it, by how the file looks.")]

notice = App(name="notice", help="Tell the others what will happen, when and where; read what others tell.")
app.command(notice)


def read_warnings(file: Path, format: str = "") -> list[Any]:
    """Every message of a file of warnings (`areas.files.Message`). Raises CannotRead, or TooLarge and BadField."""
    from openline.areas.files import read_file

    return list(read_file(homes.read_file(file.expanduser(), READING_FILE_MAX_BYTES), format))


@notice.command
def read(file: FileName, /, *, format: FormatName = "", common: Common = DEFAULTS) -> int:
    """Read warnings of others without sending anything: what is understood, and what is refused. It needs no home.

    Example: openline notice read warnings.txt --json
    """
    values = [{**each.value, "source": each.reading.source} for each in read_warnings(file, format)]
    return common.say(values, print_readings)


def print_readings(values: Any) -> None:
    """Each message beside its original text, then how many were understood."""
    for each in values:
        say("", f"{each['id'] or 'without a number'}: {_counted(each)}", "bold red" if each["refused"] else "bold")
        for line in each["source"].splitlines():
            say("  | ", line, hang="")
        for flag in each["flags"]:
            say("    ", f"DOUBT {flag['code']}: {flag['text']}", "bold yellow")
        for part in each["refused"]:
            say("    ", f"REFUSED {on_one_line(part['words'])!r}: {part['why']}", "bold red")
    say("", summary(values), "bold")


def _counted(each: Any) -> str:
    windows, areas = len(each["windows"]), len(each["areas"] or ())
    return f"{windows} window{'' if windows == 1 else 's'}, {areas} area{'' if areas == 1 else 's'}"


def summary(values: Any) -> str:
    """How many were understood, flagged and refused."""
    refused = sum(bool(each["refused"]) for each in values)
    flagged = sum(bool(each["flags"]) and not each["refused"] for each in values)
    good = len(values) - refused - flagged
    return f"{len(values)} messages: {good} understood, {flagged} with doubts, {refused} refused in whole or in part."


@notice.command
def forms(
    line: Annotated[str, Parameter(name="LINE", help="The line whose agreed forms are shown.")] = "",
    /,
    *,
    agree: Annotated[bool, Parameter(help="Propose all forms of this post to the members of the line.")] = False,
    common: Common = DEFAULTS,
) -> int:
    """Show the forms that this post knows, and on a line which of them the members have agreed on.

    Example: openline notice forms strait --agree
    """
    from openline.post.notice import requests as asks

    if agree and not line:
        from openline.errors import Misuse

        raise Misuse("Say on which line the forms are to be agreed.")
    value = common.ask(asks.NoticeAgree(line=line) if agree else asks.NoticeForms(line=line))
    return common.say(value, print_forms)


def print_forms(value: Any) -> None:
    """One line for each form."""
    for each in value["forms"]:
        agreed = "" if each["agreed"] is None else "  agreed" if each["agreed"] else "  NOT agreed on this line"
        lead = f"{each['lead_hours']:g} h ahead" if each["obliged"] else "not obliged"
        say("", f"{each['name']}@{each['version']}  {each['title']}: {lead}{agreed}")
    if value.get("proposed"):
        say("", f"Proposed with terms {value['proposed']['version']}: they wait for the other members.", "bold")


form = App(name="form", help="One form of notices.")
notice.command(form)


@form.command(name="show")
def form_show(
    name: Annotated[str, Parameter(name="NAME", help="NAME, or NAME@VERSION.")],
    /,
    *,
    language: Annotated[str, Parameter(help="en, ru or ar.")] = "en",
    common: Common = DEFAULTS,
) -> int:
    """Show a form: its fields, how early it is due, who must be told. It needs no home.

    Example: openline notice form show live-fire-exercise
    """
    from openline.post.notice.forms import Forms
    from openline.post.notice.values import form_value

    home = common.path if common.path.is_dir() else None
    value = form_value(Forms(home).named(name), language)
    return common.say(value, print_form)


def print_form(value: Any) -> None:
    """The form in words."""
    say("", f"{value['name']}@{value['version']}: {value['title']}", "bold")
    if value["unreviewed"]:
        say("    ", "the words in this language were checked by nobody who speaks it", "bold yellow")
    lead = f"due {value['lead_hours']:g} hours ahead" if value["obliged"] else "not obliged: never late"
    say("    ", lead)
    if value["acknowledge_minutes"]:
        say("    ", f"to be acknowledged within {value['acknowledge_minutes']} minutes")
    if value["pass_to"]:
        say("    ", f"to be passed on within {value['pass_minutes']} minutes to: {'; '.join(value['pass_to'])}")
    for each in value["fields"]:
        need = " (required)" if each["required"] else ""
        options = f": {', '.join(each['options'])}" if each["options"] else ""
        say("    ", f"{each['code']}{need}: {each['label']}, {each['type']}{options}")
    for each in value["remarks"]:
        say("    ", each, "bold")
    say("    ", f"SHA-256 {value['sha256']}", "dim")
    if value["basis"]:
        out.print(f"    Basis: {value['basis']}", markup=False)
