"""The report of a run as one page that needs nothing else: to read on a screen, and to print.

Goals first, then what each party did and saw in the order of time, then the proof of each record, then the sources.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

import msgspec

from openline.exercises import scoring, times
from openline.exercises.scoring import Result
from openline.exercises.story import Report, Row, Verdict

STYLE: Final = """
:root { color-scheme: light; font: 14px/1.4 system-ui, sans-serif; color: #111; background: #fff }
body { max-width: 80rem; margin: 0 auto; padding: 1rem }
h1 { font-size: 1.5rem; margin: .5rem 0 } h2 { font-size: 1.15rem; margin: 1.5rem 0 .5rem }
.banner { background: #0b3d6b; color: #fff; padding: .4rem .8rem; font-weight: 700; letter-spacing: .05em }
p { margin: .3rem 0 } dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: .5rem 0 }
dt { color: #444 } dd { margin: 0 }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 }
th, td { border: 1px solid #999; padding: .25rem .4rem; text-align: start; vertical-align: top }
td { overflow-wrap: anywhere }
th { background: #eef1f4 } thead { display: table-header-group } tr { break-inside: avoid }
td.time { white-space: nowrap; font-variant-numeric: tabular-nums; width: 1% }
.mark { font-weight: 700; white-space: nowrap }
.missed, .late, .bad { background: #fbe3e0 } .met, .good { background: #e2f3e4 }
.timeline { table-layout: fixed } .timeline th:first-child { width: 9.5em } .timeline th:nth-child(2) { width: 5em }
.wrote { font-weight: 600 } .received { color: #333 } .alarm { color: #8a1c00 } .all { background: #f6f6f0 }
small, code { color: #444; font-weight: 400; font-size: .85em }
@media print { @page { size: A4 landscape; margin: 12mm } body { max-width: none; padding: 0; font-size: 10px }
  .banner, .missed, .late, .met, .good, .bad, th { print-color-adjust: exact } }
"""

MOMENT_MS: Final = 2_000
"""What comes so soon after an entry was written stands in one line with it (wall)."""

_MARKS: Final = {"met": "✓ met", "late": "✗ late", "missed": "✗ missed", "no occasion": "– no occasion"}
_SORTS: Final = {
    "fact": "FACT",
    "told": "TOLD",
    "wrote": "WROTE",
    "received": "received",
    "alarm": "ALARM",
    "fault": "FAULT",
    "director": "DIRECTOR",
    "people": "PEOPLE",
    "not done": "NOT DONE",
}


def page(report: Report) -> str:
    """The whole page."""
    title = escape(report.exercise.title)
    parts = (
        f"<div class=banner>EXERCISE EXERCISE EXERCISE</div><h1>{title}</h1>",
        _head(report),
        _goals(report.results),
        _missed(report),
        _timeline(report),
        _proof(report),
        _sources(report),
    )
    policy = "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    head = f"<meta charset=utf-8>{policy}<title>{title}: report</title><style>{STYLE}</style>"
    return f"<!doctype html><html lang=en><head>{head}</head><body>{''.join(parts)}</body></html>\n"


def _head(report: Report) -> str:
    counts = scoring.counts(report.results)
    people = ", ".join(report.played) or "nobody: all parties were scripts"
    whole = f"{times.lasted(int(report.seconds * 1_000))}, from {times.utc(report.began)}"
    verdict = "every record is proved, and the same at all members" if report.proved else "NOT EVERY RECORD IS PROVED"
    rows = (
        ("Goals", f"{counts['met']} met, {counts['late']} late, {counts['missed']} missed, of {counts['goals']}"),
        ("Records", verdict),
        ("Played by people", people),
        ("Story", f"{report.exercise.begins} to {times.utc(report.story_ended)}; it ended because {report.ended}"),
        ("On the clock", f"{whole}, at {report.speed:g} times the speed of the story"),
    )
    listed = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in rows)
    about = f"<p>{escape(report.exercise.about)}</p><p><b>Invented for play:</b> {escape(report.exercise.invented)}</p>"
    return f"{about}<dl>{listed}</dl>"


def _goals(results: Iterable[Result]) -> str:
    rows = []
    for each in results:
        took = "" if each.took_ms is None else times.lasted(each.took_ms)
        within = "" if each.within_ms is None else times.lasted(each.within_ms)
        kind = each.state.replace(" ", "-")
        cells = f"<td>{escape(each.goal)}<td>{escape(each.party)}<td class=time>{within}<td class=time>{took}"
        rows.append(f"<tr class={kind}><td class=mark>{_MARKS[each.state]}{cells}<td>{escape(each.text)}")
    return f"<h2>Times against goals</h2>{_table('Result|Goal|Whose|Within|Took|What came of it', rows)}"


def _missed(report: Report) -> str:
    """What was missed, in sentences: goals, steps that could not be done, alarms by party."""
    said = [f"{each.party}: {each.goal}. {each.text}" for each in report.results if each.state in ("late", "missed")]
    said += [f"{row.party}: not done: {row.text}" for row in report.rows if row.sort == "not done"]
    items = "".join(f"<li>{escape(each)}" for each in said)
    return f"<h2>What was missed</h2>{f'<ul>{items}</ul>' if items else '<p>Nothing.</p>'}"


def _timeline(report: Report) -> str:
    parties = [party.name for party in report.exercise.party]
    rows = []
    for moment in _moments(report.rows):
        row = moment[0]
        clock = f"<td class=time>{times.utc(row.at)[:16].replace('T', ' ')}<td class=time>{times.utc(row.wall)[11:19]}"
        if row.party in parties:
            cells = "".join("<td>" + _cell([each for each in moment if each.party == party]) for party in parties)
            rows.append(f"<tr>{clock}{cells}")
        else:
            rows.append(f"<tr class=all>{clock}<td colspan={len(parties)}>{_cell(moment)}")
    columns = "|".join(["Story, UTC", "Clock, UTC", *parties])
    note = (
        "<p>The story's time is that of the incident; the clock's is what posts signed. FACT happened, with its "
        "source; all else is play, and what is known of it stands behind it.</p>"
    )
    return f"<h2>Timeline</h2>{note}{_table(columns, rows, 'timeline')}"


def _moments(rows: Iterable[Row]) -> list[list[Row]]:
    """Rows in the order of the clock; an entry is one with what came of it at others within moments."""
    moments: list[list[Row]] = []
    wrote: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: row.wall):
        at = wrote.get(row.entry)
        if at is not None and row.sort in ("received", "alarm") and row.wall - at[0].wall <= MOMENT_MS:
            at.append(_after(row, at[0]) if row.sort == "received" else row)
            continue
        moments.append([row])
        if row.sort == "wrote":
            wrote[row.entry] = moments[-1]
    return moments


def _after(row: Row, wrote: Row) -> Row:
    """The reception of what stands in the same line: how much later."""
    return msgspec.structs.replace(row, text=f"{times.lasted(row.at - wrote.at)} later")


def _cell(rows: Iterable[Row]) -> str:
    return "<br>".join(map(_said, rows))


def _said(row: Row) -> str:
    kind = row.sort.replace(" ", "-")
    said = f"<span class={kind}><small>{_SORTS[row.sort]}</small> <bdi>{escape(row.text)}</bdi></span>"
    more = [f"known: {row.known}"] if row.known else []
    more += [f"[{', '.join(row.sources)}]"] if row.sources else []
    command = f"<br><code>{escape(row.command)}</code>" if row.command else ""
    return said + command + (f"<br><small>{escape(' '.join(more))}</small>" if more else "")


def _proof(report: Report) -> str:
    rows = [_verdict(each) for each in report.verdicts]
    signed = "Everything was signed as exercise." if report.exercise_only else "SOMETHING WAS NOT SIGNED AS EXERCISE."
    return f"<h2>Proof</h2><p>{signed}</p>{_table('Verdict|Line|Record of|Entries|File|Faults', rows)}"


def _verdict(each: Verdict) -> str:
    good = each.ok and each.same
    mark = "✓ proved" if good else "✗ differs from the others" if each.ok else "✗ not proved"
    cells = (each.line, each.party, str(each.entries), each.file, " ".join(each.faults))
    marked = f"<td class=mark>{mark}" + "".join(f"<td>{escape(cell)}" for cell in cells)
    return f"<tr class={'good' if good else 'bad'}>{marked}"


def _sources(report: Report) -> str:
    items = "".join(f"<dt>{escape(key)}</dt><dd>{escape(text)}</dd>" for key, text in report.exercise.sources.items())
    return f"<h2>Sources</h2><dl>{items}</dl>" if items else ""


def _table(columns: str, rows: Iterable[str], kind: str = "plain") -> str:
    head = "".join(f"<th scope=col>{escape(column)}" for column in columns.split("|"))
    return f"<table class={kind}><thead><tr>{head}<tbody>{''.join(rows)}</table>"
