"""The sheet for the wall: one page of HTML that prints alone, for the hour when the line is dead."""

from __future__ import annotations

import html
from typing import Any, Final

from openline.cli.screen import shown

_STYLE: Final = """
@page { size: A4; margin: 15mm }
body { font: 11pt/1.4 sans-serif; color: #000; background: #fff }
h1 { font-size: 18pt; margin: 0 } h2 { font-size: 14pt; margin: 1em 0 .2em; border-bottom: 2px solid #000 }
table { border-collapse: collapse; width: 100% } td, th { border: 1px solid #000; padding: .2em .4em; text-align: left }
.digits { font: bold 12pt monospace }
"""

_POLICY: Final = (
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
)


def escape(text: str) -> str:
    """`text` as it stands on the page: no markup, and nothing that hides or turns a number round."""
    return html.escape(shown(text))


def page(value: Any) -> str:
    """The page for the rosters that `office list` shows."""
    members = "".join(_member(each) for each in value["members"])
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(value["line"])}</title>'
        f"{_POLICY}<style>{_STYLE}</style><h1>Line {escape(value['line'])}: when it is dead</h1>"
        f"<p>As of {escape(value['at'])}. Numbers can be faked: call back to a number on this sheet, "
        f"and let check digits be read aloud.</p>{members}</html>\n"
    )


def _member(member: Any) -> str:
    published = f"Roster of {escape(member['published'])}." if member["published"] else "No roster published."
    return (
        f"<h2>{escape(member['post'])}</h2><p>{published} Digits: "
        f'<span class="digits">{escape(member["fingerprint"] or "not known here")}</span></p>'
        f"{_contacts(member)}{_offices(member['offices'])}"
    )


def _contacts(member: Any) -> str:
    if member["fallbacks"] is None:
        return "<p>No fallback contacts are known here.</p>" if member["published"] else ""
    rows = "".join(
        f"<tr><td>{escape(each['means'])}<td><b>{escape(each['address'])}</b><td>{escape(each['note'])}"
        for each in member["fallbacks"]
    )
    return f"<table><tr><th>By<th>Reach<th>Note{rows}</table>"


def _offices(offices: Any) -> str:
    rows = "".join(
        f"<tr><td>{escape(each['office'])}<td>{escape(each['holder'] or '')}<td>{escape(', '.join(each['deputies']))}"
        f"<td>{escape(', '.join(each['languages']))}<td>{escape(each['hours'])}"
        for each in offices
    )
    head = "<tr><th>Office<th>Holder<th>Deputies<th>Languages<th>Hours"
    return f"<table>{head}{rows}</table>" if offices else ""
