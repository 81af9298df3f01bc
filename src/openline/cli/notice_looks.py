"""Commands that import warnings and look at notices: lists, one of them, what is in force, copies, own assets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Final

from cyclopts import Parameter

from openline.areas.lengths import nautical
from openline.cli import notice_words, times
from openline.cli.common import DEFAULTS, Common, Dialogue, err, out
from openline.cli.messages import ClassName, LineName, OfficerName
from openline.cli.notice_acts import NoticeName
from openline.cli.notices import FileName, FormatName, notice, read_warnings, summary
from openline.cli.printing import say
from openline.cli.screen import on_one_line
from openline.errors import CannotWrite, Misuse
from openline.limits import CONTROL_REQUEST_MAX_BYTES, NOTICES_IMPORTED_MAX, READING_FILE_MAX_BYTES
from openline.post.home import homes
from openline.post.notice import requests as asks
from openline.post.notice.warnings import imported

BATCH: Final = 128
"""Warnings in one request: so many that their entries share syncs, so few that the bar moves."""

_SHOWN: Final = 20


@notice.command(name="import")
def import_(
    line: LineName,
    file: FileName,
    /,
    *,
    format: FormatName = "",
    form: Annotated[str, Parameter(help="By which form.")] = "warning",
    traffic: Annotated[ClassName, Parameter(name="--class")] = ClassName.OPERATION,
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Give notice of the warnings in a file, each as it was issued and as it is read; what is refused, as text.

    Example: openline notice import strait warnings.txt
    """
    messages = read_warnings(file, format)
    if not messages:
        raise Misuse(f"There is no warning in {str(file)!r}.")
    parts = list(batches(imported(each) for each in messages))

    def dialogue() -> Dialogue[Any]:
        results: list[Any] = []
        with _bar() as bar:
            task = bar.add_task("imported", total=len(messages))
            for batch in parts:
                request = asks.NoticeImport(
                    line=line, messages=batch, form=form, traffic=traffic.value, officer=officer
                )
                done = yield request
                results += done["results"]
                bar.update(task, advance=len(batch))
        return results

    results = common.converse(dialogue())
    return common.say(_outcome(messages, results), print_import)


def _bar() -> Any:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=err, transient=True, disable=not err.is_terminal)


def batches(messages: Iterable[asks.Imported]) -> Iterator[tuple[asks.Imported, ...]]:
    """As many as one request takes."""
    import msgspec

    batch: list[asks.Imported] = []
    room = CONTROL_REQUEST_MAX_BYTES * 3 // 4
    for each in messages:
        size = len(msgspec.json.encode(each))
        if batch and (len(batch) >= min(BATCH, NOTICES_IMPORTED_MAX) or room < size):
            yield tuple(batch)
            batch, room = [], CONTROL_REQUEST_MAX_BYTES * 3 // 4
        batch.append(each)
        room -= size
    if batch:
        yield tuple(batch)


def _outcome(messages: list[Any], results: list[Any]) -> dict[str, Any]:
    rows = [
        {
            "source_id": message.reading.id,
            "notice": result["id"],
            "why": result["why"],
            "flags": [each.code for each in message.reading.flags],
            "refused": [{"words": each.words, "why": each.why} for each in message.reading.refused],
        }
        for message, result in zip(messages, results, strict=True)
    ]
    return {
        "messages": len(rows),
        "imported": sum(each["notice"] is not None for each in rows),
        "understood": sum(not each["refused"] and not each["flags"] for each in rows),
        "flagged": sum(bool(each["flags"]) and not each["refused"] for each in rows),
        "refused": sum(bool(each["refused"]) for each in rows),
        "results": rows,
    }


def print_import(value: Any) -> None:
    """What was not understood and why, then the counts."""
    wrong = [each for each in value["results"] if each["refused"] or each["why"]]
    for each in wrong[:_SHOWN]:
        name = each["source_id"] or "without a number"
        for part in each["refused"][:3]:
            say("", f"{name}: REFUSED {on_one_line(part['words'][:100])!r}: {part['why']}", "bold red")
        if each["why"]:
            say("", f"{name}: NOT IMPORTED: {each['why']}", "bold red")
    if len(wrong) > _SHOWN:
        out.print(f"and {len(wrong) - _SHOWN} more; --json lists all.")
    say("", f"{value['imported']} notices given. {summary(value['results'])}", "bold")


@notice.command
def show(name: NoticeName, /, *, common: Common = DEFAULTS) -> int:
    """Show a notice: every version, and what everybody signed about it.

    Example: openline notice show 4f0c56b1
    """
    return common.say(common.ask(asks.NoticeShow(notice=name)), notice_words.print_notice)


@notice.command(name="list")
def list_(
    line: Annotated[str, Parameter(name="LINE", help="One line only.")] = "",
    /,
    *,
    most: Annotated[int, Parameter(help="How many of the newest.")] = 100,
    common: Common = DEFAULTS,
) -> int:
    """Show the newest notices, those that stand first.

    Example: openline notice list strait
    """
    return common.say(common.ask(asks.NoticeList(line=line, most=most)), notice_words.print_notices)


@notice.command(name="in-force")
def in_force(
    line: Annotated[str, Parameter(name="LINE", help="One line only.")] = "",
    /,
    *,
    at: Annotated[str, Parameter(help="UTC time, or a span from now; without it, now.")] = "0m",
    common: Common = DEFAULTS,
) -> int:
    """Show what is in force at a time: the same at both ends, from the record alone.

    Example: openline notice in-force strait --at 2024-12-01T12:00Z
    """
    value = common.ask(asks.NoticeInForce(at=times.instant_or_span(at), line=line))
    return common.say(value, notice_words.print_in_force)


@notice.command
def write(
    name: NoticeName,
    /,
    *,
    format: Annotated[str, Parameter(help="geojson, cap, text or page.")],
    file: Annotated[Path, Parameter(name="--out", help="Where to write it.")],
    language: Annotated[str, Parameter(help="en, ru or ar.")] = "en",
    public: Annotated[bool, Parameter(help="For everybody: CAP then says so.")] = False,
    common: Common = DEFAULTS,
) -> int:
    """Write a notice for those who have no post.

    Example: openline notice write 4f0c56b1 --format page --out notice.html
    """
    value = common.ask(asks.NoticeWrite(notice=name, format=format, language=language, public=public))
    path = file.expanduser()
    try:
        path.write_text(value["text"], encoding="utf-8")
    except OSError as error:
        raise CannotWrite(f"{str(file)!r} cannot be written: {error.strerror or error}.") from None
    return common.say({"file": str(file), "format": format}, lambda _: out.print(f"Written: {file}", markup=False))


@notice.command
def assets(
    file: FileName,
    /,
    *,
    line: Annotated[str, Parameter(help="Notices of one line only.")] = "",
    at: Annotated[str, Parameter(help="UTC time, or a span from now; without it, now.")] = "0m",
    hours: Annotated[float, Parameter(help="How far ahead.")] = 24.0,
    near: Annotated[float, Parameter(help="Nautical miles that count as near.")] = 5.0,
    common: Common = DEFAULTS,
) -> int:
    """Hold own ships, aircraft and people against the notices in force. The file is read by this command alone.

    Example: openline notice assets ships.csv --hours 48 --near 10
    """
    when = times.instant_or_span(at)
    value = common.ask(asks.NoticeInForce(at=when, line=line, areas=True))
    return common.say(_held_against(file, value["notices"], when, hours, near), print_assets)


def _held_against(file: Path, notices: list[Any], at: int, hours: float, near: float) -> dict[str, Any]:
    import msgspec

    from openline.areas.assets.watching import Hazard, Watch
    from openline.areas.shapes import METRES_PER_NM, Area
    from openline.areas.times import read_time
    from openline.areas.validity import judge
    from openline.areas.windows import EndKind, Window
    from openline.post.notice.assets import read as read_assets
    from openline.proof.sentences import utc
    from openline.terms import Instant

    own = read_assets(homes.read_file(file.expanduser(), READING_FILE_MAX_BYTES))
    hazards, named = [], {}
    for each in notices:
        areas = msgspec.convert(each["areas"], tuple[Area, ...])
        good = tuple(area for area in areas if not judge(area).refused)
        windows = tuple(
            Window(
                read_time(one["start"]) or Instant(0), one["end"] and read_time(one["end"]), EndKind(one["end_kind"])
            )
            for one in each["windows"]
        )
        named[each["version"]] = each
        hazards.append(Hazard(each["version"], good, windows))
    found = Watch(hazards).warnings(own.assets, Instant(at), hours=hours, near_m=near * METRES_PER_NM)
    warnings = [
        {
            "asset": each.asset,
            "kind": each.kind.value,
            "at": utc(each.at),
            "distance_m": each.distance_m,
            "edges": [one.value for one in each.edges],
            "notice": named[each.hazard]["id"],
            "called": notice_words.called(named[each.hazard]),
        }
        for each in found
    ]
    refused = [each.why for each in own.refused]
    return {"assets": len(own.assets), "notices": len(notices), "warnings": warnings, "refused": refused}


def print_assets(value: Any) -> None:
    """The most urgent first."""
    for each in value["warnings"]:
        style = {"inside": "bold white on red", "entering": "bold red"}.get(each["kind"], "bold yellow")
        far = f", {nautical(each['distance_m'])} away" if each["distance_m"] else ""
        edges = "" if each["edges"] == ["unstated"] else f" ({' and '.join(each['edges'])} edges)"
        say("", f"{each['asset']}: {each['kind'].upper()} {each['called']} at {each['at']}{far}{edges}", style)
    for each in value["refused"][:_SHOWN]:
        say("", f"not understood: {each}", "bold red")
    out.print(f"{value['assets']} assets against {value['notices']} notices: {len(value['warnings'])} warnings.")
