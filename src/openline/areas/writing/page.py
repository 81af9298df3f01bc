"""A bulletin as one HTML page to print: no script, nothing loaded from elsewhere, everything escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Final

from openline.areas.bulletin import Bulletin, Change
from openline.areas.times import write_group, write_time
from openline.areas.windows import EndKind, Window
from openline.areas.writing.sketch import sketch
from openline.areas.writing.words import area_words, letter, plain
from openline.terms import TrafficClass

RIGHT_TO_LEFT: Final = {"ar", "fa", "he", "ur", "ps", "yi", "dv", "ckb", "sd", "ug"}

STYLE: Final = """\
body{font:11pt/1.4 sans-serif;color:#000;background:#fff;max-width:18cm;margin:1cm auto;padding:0 1em}
h1{font-size:16pt;margin:.2em 0}h2{font-size:12pt;margin:1em 0 .2em;border-bottom:1px solid #000}
.mark{border:2px solid #000;text-align:center;font-weight:bold;letter-spacing:.2em;padding:.2em}
table{border-collapse:collapse}th,td{text-align:start;vertical-align:top;padding:.1em 1em .1em 0}
pre{font:10pt/1.3 monospace;margin:.2em 0;white-space:pre-wrap;direction:ltr;text-align:left}
svg{display:block;width:12cm;max-width:100%;margin:.5em auto;direction:ltr}
.grid{fill:none;stroke:#999;stroke-width:.5}.names text{font:9px sans-serif;fill:#555}
.frame{fill:none;stroke:#000}.fill{fill:#888;fill-opacity:.25}.edge{fill:none;stroke:#000;stroke-width:1.5}
.area text{font:bold 13px sans-serif}.remark{border:1px solid #000;padding:.3em .6em}
li,tr,pre,svg{break-inside:avoid}@page{size:A4;margin:1.5cm}@media print{body{margin:0;max-width:none;padding:0}}
"""


def write_page(bulletin: Bulletin) -> str:
    """The whole page. It shows its times in UTC, as date-time groups and as RFC 3339."""
    language = bulletin.language if re.fullmatch(r"[A-Za-z0-9-]{1,35}", bulletin.language) else "en"
    direction = "rtl" if language.lower().split("-")[0] in RIGHT_TO_LEFT else "ltr"
    mark = "" if bulletin.traffic is TrafficClass.OPERATION else f'<p class="mark">{bulletin.traffic.name}</p>'
    title = _text(f"{bulletin.serial}: {bulletin.title}")
    return (
        f'<!DOCTYPE html>\n<html lang="{language}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
        f"{mark}<h1>{_text(bulletin.title)}</h1>\n{_head(bulletin)}{_times(bulletin)}{_areas(bulletin)}{_fields(bulletin)}"
        f"{mark}</body>\n</html>\n"
    )


def _head(bulletin: Bulletin) -> str:
    rows = [
        ("Number", bulletin.serial),
        ("From", bulletin.sender),
        ("Form", bulletin.form),
        ("Issued", f"{write_group(bulletin.issued)} ({write_time(bulletin.issued)})"),
    ]
    if bulletin.change is not Change.NEW:
        word = "Replaces" if bulletin.change is Change.REPLACES else "Cancels"
        rows.append((word, ", ".join(f"{each.serial} ({write_group(each.issued)})" for each in bulletin.names)))
    if bulletin.references:
        rows.append(("Refers to", ", ".join(bulletin.references)))
    if bulletin.self_cancel is not None:
        rows.append(("Cancels itself", write_group(bulletin.self_cancel)))
    remarks = "".join(f'<p class="remark">{_text(remark)}</p>\n' for remark in bulletin.remarks)
    return remarks + _table(rows)


def _times(bulletin: Bulletin) -> str:
    said = ""
    for name, windows in (("Times (UTC)", bulletin.windows), ("Alternate times (UTC)", bulletin.alternate_windows)):
        if windows:
            said += (
                f"<h2>{name}</h2>\n<ol>\n" + "".join(f"<li>{_window(window)}</li>\n" for window in windows) + "</ol>\n"
            )
    return said


def _window(window: Window) -> str:
    if window.end is None:
        return f"{write_group(window.start)} until further notice"
    estimated = " (estimated)" if window.end_kind is EndKind.EST else ""
    return f"{write_group(window.start)} to {write_group(window.end)}{estimated}"


def _areas(bulletin: Bulletin) -> str:
    if not bulletin.areas:
        return ""
    lines: list[str] = []
    for number, area in enumerate(bulletin.areas):
        label = f" ({plain(area.label)})" if area.label else ""
        first, *rest = area_words(area, listed=True)
        lines += [f"{letter(number)}{label}. {first}", *(f"   {line}" for line in rest)]
    note = "<p>Sketch, not for navigation.</p>\n"
    drawn = sketch(bulletin.areas)
    said = escape("\n".join(lines))
    return f"<h2>Areas (WGS 84)</h2>\n<pre>{said}</pre>\n{drawn + note if drawn else ''}"


def _fields(bulletin: Bulletin) -> str:
    if not bulletin.fields:
        return ""
    return "<h2>Particulars</h2>\n" + _table((said.label, said.text) for said in bulletin.fields)


def _table(rows: Iterable[tuple[str, str]]) -> str:
    cells = "".join(f'<tr><th>{_text(name)}</th><td dir="auto">{_text(words)}</td></tr>\n' for name, words in rows)
    return f"<table>\n{cells}</table>\n"


def _text(words: str) -> str:
    return escape(plain(words))
