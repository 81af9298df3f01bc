"""The public page of a joint statement as bytes: a head, the text that is read, the proof, a tail.

Head and tail are the same in every page of one version, so their digests say whether style or script was changed.
What stands between them is read and written again: only the one form of it is taken.
The law is in spec/joint-statement.md, The page.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable
from hashlib import sha256
from html import escape, unescape
from typing import Final

import msgspec

from openline.errors import BadEncoding, BadField, ChangedPage, TooLarge, UnknownVersion
from openline.limits import CALLED_MAX, CARD_MAX_BYTES, ENTRY_MAX_BYTES, JOINT_LINES_MAX, JOINT_PAGE_MAX_BYTES
from openline.terms import TrafficClass
from openline.wire import cbor
from openline.wire.fields import as_list, octets
from openline.wire.joint_statement import check_language, check_text

VERSION: Final = "openline/statement-page/1"
DOCTYPE: Final = b"<!doctype html>\n"
HEAD_DIGEST: Final = "b17d9e7580078368e67879da4fee6c734ed183bb9daf3352c7523c5f1e9e3cac"
TAIL_DIGEST: Final = "9b078e3d379b8b4b69949486267ea411eeccd69dd6b6f674239560b0531d612d"
"""SHA-256 of the two ends of every page of this version."""

APPROVALS_MAX: Final = 2 * (CALLED_MAX + 1)
"""Approvals in a page: two for each party at most."""

_REVISION_MAX_DIGITS: Final = 15
_MAIN, _END = b"<main>\n", b"</main>\n"

_HEAD: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-{script}'; \
style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'">
<meta name="generator" content="{version}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width">
<title>Joint statement</title>
<style>{css}</style>
</head>
<body>
<h1>Joint statement</h1>
<noscript><p>Not verified here: scripts are off. Use “openline verify FILE”.</p></noscript>
<p id="keys">Anybody can make a page like this one, with keys of their own and any name. \
Compare the digits below the text with those that each organisation has published elsewhere.</p>
<p id="verdict" role="status">Not verified yet.</p>
<main>
"""

_TAIL: Final = """</main>
<section id="found">
<p>All languages are equally authentic. This page holds the text once, its signatures and its proof; \
it sends nothing and asks nobody.
It shows neither how the text was negotiated, nor that no approval was ever taken back: the record of a party does.
Of each root signature a browser checks the Ed25519 half; “openline verify FILE” checks the ML-DSA-65 half, too.</p>
</section>
<script>{js}</script>
</body>
</html>
"""


class Frame(msgspec.Struct, frozen=True):
    """What every page of this version begins and ends with."""

    head: bytes
    tail: bytes


class Proof(msgspec.Struct, frozen=True):
    """Encoded cards of all parties, and the full forms of what they signed."""

    cards: tuple[bytes, ...]
    opening: bytes
    approvals: tuple[bytes, ...]
    release: bytes


class Page(msgspec.Struct, frozen=True):
    """What a page says: how often the text was changed, its languages, its lines in each, the proof, and its class.

    A page of an exercise says so before the text: nobody takes it for what the parties say in earnest.
    """

    revision: int
    languages: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    proof: Proof
    traffic: TrafficClass = TrafficClass.OPERATION


def frame(style: str, script: str) -> Frame:
    """The frame of pages with this style and script; nothing else may run in them."""
    head = _HEAD.format(version=VERSION, css=style, script=_hash(script), style=_hash(style))
    return Frame(head.encode(), _TAIL.format(js=script).encode())


def _hash(words: str) -> str:
    return b64encode(sha256(words.encode()).digest()).decode()


def write(page: Page, around: Frame) -> bytes:
    """The file. Raises TooLarge."""
    data = around.head + _middle(page) + around.tail
    if len(data) > JOINT_PAGE_MAX_BYTES:
        raise TooLarge(f"The page would have {len(data)} bytes; {JOINT_PAGE_MAX_BYTES} are the most.")
    return data


def _middle(page: Page) -> bytes:
    heads = "".join(f'<th lang="{each}">{each}</th>' for each in page.languages)
    rows = (
        "".join(
            f'<td lang="{language}" dir="auto">{escape(text, quote=False)}</td>'
            for language, text in zip(page.languages, line, strict=True)
        )
        for line in page.lines
    )
    proof = page.proof
    value = [VERSION, list(proof.cards), proof.opening, list(proof.approvals), proof.release]
    lines = [
        f'<p>{_in_play(page.traffic)}Version <b id="revision">{page.revision}</b></p>',
        '<table id="text">',
        *(f"<tr>{row}</tr>" for row in (heads, *rows)),
        "</table>",
        f'<pre id="proof">{b64encode(cbor.encode(value)).decode()}</pre>',
    ]
    return "".join(f"{line}\n" for line in lines).encode()


def _in_play(traffic: TrafficClass) -> str:
    return "" if traffic == TrafficClass.OPERATION else f"{traffic.name}: nobody says this in earnest. "


_CLASSES: Final = {_in_play(each): each for each in TrafficClass}
_REVISION: Final = re.compile(
    rf'<p>({"|".join(_CLASSES)})Version <b id="revision">([0-9]{{1,{_REVISION_MAX_DIGITS}}})</b></p>'
)
_ROW: Final = re.compile(r"<tr>((?:<t[hd] [^<>]*>[^<>]*</t[hd]>)+)</tr>")
_CELL: Final = re.compile(r'<t[hd] lang="([^"]*)"(?: dir="auto")?>([^<>]*)</t[hd]>')
_PROOF: Final = re.compile(r'<pre id="proof">([A-Za-z0-9+/=]+)</pre>')


def read(data: bytes) -> Page:
    """What a page says; nothing of it is verified. TooLarge, BadEncoding, BadField, ChangedPage or UnknownVersion."""
    if len(data) > JOINT_PAGE_MAX_BYTES:
        raise TooLarge(f"The page has more than {JOINT_PAGE_MAX_BYTES} bytes.")
    begin, end = data.find(_MAIN), data.rfind(_END)
    if begin < 0 or end < begin:
        raise BadEncoding("This is no public page of a joint statement.")
    head, middle, tail = data[: begin + len(_MAIN)], data[begin + len(_MAIN) : end], data[end:]
    _check_frame(head, tail)
    page = _read_middle(middle)
    if _middle(page) != middle:
        raise BadEncoding("The statement in the page is not written in its one form.")
    return page


def _check_frame(head: bytes, tail: bytes) -> None:
    said = re.search(rb'<meta name="generator" content="(openline/statement-page/[0-9]{1,9})">', head)
    if said is not None and said[1].decode() != VERSION:
        raise UnknownVersion(f"This is a page of the form {said[1].decode()}; this program knows {VERSION}.")
    if (sha256(head).hexdigest(), sha256(tail).hexdigest()) != (HEAD_DIGEST, TAIL_DIGEST):
        raise ChangedPage("The page around the statement, its style or its script is not the one that pages have.")


def _read_middle(middle: bytes) -> Page:
    try:
        first, table, *rows, last, proof, after = middle.decode().split("\n")
    except ValueError as error:
        raise BadEncoding("The statement in the page cannot be read.") from error
    revision, held = _REVISION.fullmatch(first), _PROOF.fullmatch(proof)
    if revision is None or held is None or (table, last, after) != ('<table id="text">', "</table>", "") or not rows:
        raise BadEncoding("The statement in the page is not written as pages write it.")
    if len(rows) > JOINT_LINES_MAX + 1:
        raise TooLarge(f"A statement has at most {JOINT_LINES_MAX} lines.")
    heads, *lines = [_row(each) for each in rows]
    languages = tuple(each for each, _ in heads)
    if any(tuple(each for each, _ in line) != languages for line in lines):
        raise BadEncoding("A line of the page is not in the languages that stand above it.")
    for each in languages:
        check_language(each)
    texts = tuple(tuple(text for _, text in line) for line in lines)
    for each in (text for line in texts for text in line):
        check_text(each)
    return Page(int(revision[2]), languages, texts, _read_proof(held[1]), _CLASSES[revision[1]])


def _row(line: str) -> list[tuple[str, str]]:
    found = _ROW.fullmatch(line)
    cells = [] if found is None else list(_CELL.finditer(found[1]))
    if found is None or "".join(each[0] for each in cells) != found[1]:
        raise BadEncoding("A line of the page is not written as pages write it.")
    return [(each[1], unescape(each[2])) for each in cells]


def _read_proof(words: str) -> Proof:
    try:
        data = b64decode(words, validate=True)
    except binascii.Error as error:
        raise BadEncoding("The proof in the page is not base64.") from error
    value = cbor.decode(data, JOINT_PAGE_MAX_BYTES)
    if type(value) is not list or not value or type(value[0]) is not str:
        raise BadField("The proof in the page is none.")
    if value[0] != VERSION:
        raise UnknownVersion(f"This proof has the form {value[0][:40]!r}; this program knows {VERSION!r}.")
    _, cards, opening, approvals, release = as_list(value, "proof", most=5, exactly=5)
    return Proof(
        _many(as_list(cards, "cards", most=CALLED_MAX + 1), "card", CARD_MAX_BYTES),
        octets(opening, "opening", most=ENTRY_MAX_BYTES),
        _many(as_list(approvals, "approvals", most=APPROVALS_MAX), "approval", ENTRY_MAX_BYTES),
        octets(release, "release", most=ENTRY_MAX_BYTES),
    )


def _many(values: Iterable[object], what: str, most: int) -> tuple[bytes, ...]:
    return tuple(octets(each, what, most=most) for each in values)
