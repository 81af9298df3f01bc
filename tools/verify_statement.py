#!/usr/bin/env python3
"""Verify the public page of an Openline joint statement with nothing of Openline: this file, verify_bundle.py beside
it, Python 3.11 or later, the library `cryptography`. No browser, and no line of the page's own script.

    python verify_statement.py FILE [--card FILE]... [--json]

Exit 0: proved, under the keys of the cards given. Exit 1: not proved, or keys not known. Exit 2: misuse.
Written from spec/joint-statement.md and the pages that it names, and from nothing else.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import html
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from verify_bundle import (  # cards, entries, signatures and acts are those of a bundle
    ID,
    Card,
    Wrong,
    blob,
    check,
    check_act,
    decode,
    encode,
    fields,
    forked,
    listed,
    one_of,
    read_entry,
    row,
    sha256,
    text,
    whole,
)

FORMAT, MOST = "openline/statement-page/1", 32 << 20
HEAD = "b17d9e7580078368e67879da4fee6c734ed183bb9daf3352c7523c5f1e9e3cac"
TAIL = "9b078e3d379b8b4b69949486267ea411eeccd69dd6b6f674239560b0531d612d"
OPENED, APPROVED, CLOSED = 120, 123, 124
CLASSES = ["", *(f"{each}: nobody says this in earnest. " for each in ("EXERCISE", "DRILL", "TEST"))]
UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u200b\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff\U000e0000-\U000e0fff]|  "
)
YES = {5: lambda value: one_of(value, value is True)}
OPENING = {1: listed(ID, 2, 17), 2: listed(text(64), 1, 16), 3: whole(2, 16), 4: whole(1), **YES}
BODIES: dict[int, tuple[dict[int, Callable[[Any], Any]], set[int]]] = {
    OPENED: (OPENING, {3, 4, 5}),
    APPROVED: ({1: ID}, set()),
    CLOSED: ({1: whole(1, 1), 2: ID}, set()),
}
PROOF = row(text(64), listed(blob(4 << 20), 0, 17), blob(1 << 20), listed(blob(1 << 20), 0, 34), blob(1 << 20))


def language(value: str) -> str:
    return str(one_of(value, re.fullmatch("[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}", value) is not None))


def said(value: str) -> str:
    seen = value and value == value.strip() and not UNSEEN.search(value) and len(value.encode()) <= 4096
    return str(one_of(value, bool(seen)))


class Shown:
    """The page: what is shown, and the proof (spec/joint-statement.md, The page)."""

    def __init__(self, data: bytes) -> None:
        check(len(data) <= MOST, "too-large", "more bytes than allowed")
        begin, end = data.find(b"<main>\n") + 7, data.rfind(b"</main>\n")
        check(6 < begin <= end, "bad-encoding", "not a page of a statement")
        named = re.search(rb'<meta name="generator" content="(openline/statement-page/[0-9]{1,9})">', data[:begin])
        known = named is None or named[1].decode() == FORMAT
        check(known, "unknown-version", "a page of an unknown version")
        whole_frame = (sha256(data[:begin]).hex(), sha256(data[end:]).hex()) == (HEAD, TAIL)
        check(whole_frame, "changed-page", "the page around the statement is changed")
        self.read(data[begin:end])

    def read(self, middle: bytes) -> None:
        try:
            first, table, *rows, last, proof, after = middle.decode().split("\n")
        except ValueError:
            raise Wrong("bad-encoding", "the statement cannot be read") from None
        number = re.fullmatch(f'<p>({"|".join(CLASSES)})Version <b id="revision">(0|[1-9][0-9]{{0,14}})</b></p>', first)
        held = re.fullmatch('<pre id="proof">([A-Za-z0-9+/=]+)</pre>', proof)
        fits = number and held and rows and (table, last, after) == ('<table id="text">', "</table>", "")
        check(fits, "bad-encoding", "the statement is not written as pages write it")
        check(len(rows) <= 201, "too-large", "too many lines")
        self.traffic, self.revision = (CLASSES.index(number[1]), int(number[2])) if number else (0, 0)
        heads, *cells = [re.findall(r'<t[hd] lang="([^"]*)"(?: dir="auto")?>([^<>]*)</t[hd]>', each) for each in rows]
        self.languages = [language(each) for each, _ in heads]
        self.lines = [[said(html.unescape(words)) for _, words in line] for line in cells]
        again = ["".join(f'<th lang="{each}">{each}</th>' for each in self.languages)]
        for line in self.lines:
            check(len(line) == len(self.languages), "bad-encoding", "a line lacks a language")
            pairs = zip(self.languages, line, strict=True)
            again.append("".join(f'<td lang="{at}" dir="auto">{html.escape(words, False)}</td>' for at, words in pairs))
        same = [f"<tr>{each}</tr>" for each in again] == rows
        check(same, "bad-encoding", "a line is not written as pages write it")
        try:
            data = base64.b64decode(held[1] if held else "", validate=True)
        except binascii.Error:
            raise Wrong("bad-encoding", "the proof is not base64") from None
        check(base64.b64encode(data).decode() == (held and held[1]), "bad-encoding", "the proof is not base64")
        value = decode(data, MOST)
        one_of(value, type(value) is list and len(value) > 0 and type(value[0]) is str)
        check(value[0] == FORMAT, "unknown-version", "a proof of an unknown version")
        _, self.cards, self.opening, self.approvals, self.release = PROOF(value)

    def digest(self, statement: bytes) -> bytes:
        version = [statement, self.revision, self.languages, self.lines]
        return sha256(b"openline/joint-statement/1\0", encode(version))


class Statement:
    """One page: everything that is wrong with it, and whose keys these are."""

    def __init__(self, data: bytes, given: dict[bytes, Card]) -> None:
        self.given, self.faults = given, list[dict[str, str]]()
        self.cards: dict[bytes, Card] = {}
        self.opening: dict[Any, Any] | None = None
        self.signed: list[tuple[bytes, int]] = []
        self.good(lambda: self.verify(Shown(data)))

    def good(self, rule: Callable[..., Any], *given: Any) -> Any:
        """What a rule gives, None where it is broken, which is a fault."""
        try:
            return rule(*given)
        except Wrong as error:
            self.faults.append({"code": error.code, "said": str(error)})
            return None

    def verify(self, shown: Shown) -> None:
        for data in shown.cards:
            self.good(self.take_card, data)
        self.shown = shown
        opened = self.good(self.entry, shown.opening, OPENED)
        if opened is None:
            return
        self.opening, said = opened
        self.digest = shown.digest(opened[0]["id"])
        parties = said[1]
        for post in sorted(set(parties) - self.cards.keys()):
            self.good(check, False, "no-card", f"party {post.hex()} has no card")
        for post in sorted(self.cards.keys() - set(parties)):
            self.good(check, False, "not-a-member", f"{post.hex()} is no party")
        same = said[2] == shown.languages
        self.good(check, same, "changed-text", "the languages shown are not the ones agreed")
        same = opened[0][11] == shown.traffic
        self.good(check, same, "changed-text", "the traffic class shown is not the one signed")
        self.good(one_of, shown.lines, bool(shown.lines))
        for data in shown.approvals:
            self.good(self.take_approval, data, parties)
        persons = 1 if said.get(5) else 2
        self.approved = [post for post in parties if sum(post == each for each, _ in self.signed) >= persons]
        enough = len(self.approved) >= said.get(3, len(parties))
        self.good(check, enough, "too-few-approvals", "fewer parties approved it than were agreed")
        self.good(self.take_release, said)

    def take_card(self, data: bytes) -> None:
        card = Card(data)
        check(not self.cards or card.post > max(self.cards), "bad-order", "a card out of order")
        known = self.given.get(card.post, card)
        self.cards[card.post] = known
        check(not forked(card, known), "card-forked", "the card contradicts the one given")
        self.cards[card.post] = max(card, known, key=lambda each: len(each.ids))

    def entry(self, data: bytes, kind: int) -> tuple[dict[Any, Any], dict[int, Any]]:
        """An entry in its place, signed by its author and an officer, with what its first item says."""
        entry = read_entry(data)
        opening = self.opening or entry
        one_of(entry, entry[9] == kind and [each is None for each in entry["items"]] == [False, True])
        one_of(entry, (entry[2], entry[11]) == (opening[2], opening[11]) and 16 in entry)
        inside = entry.get(10) == opening["id"] and entry.get(13, [None])[0] == opening["id"]
        one_of(entry, 10 not in entry if entry is opening else inside)
        said = fields(decode(entry["items"][0], 256 << 10), *BODIES[kind])
        if kind == OPENED:
            once = all(len({*each}) == len(each) for each in (said[1], said[2]))
            one_of(said, once and entry[3] in said[1] and said.get(3, 0) < len(said[1]))
            for each in said[2]:
                language(each)
        card = self.cards.get(entry[3])
        check(card, "no-card", "an entry by a post without a card")
        key = card.feed_key(entry["signature"], entry["signed"]) if card else None
        check(card and key, "bad-signature", "an entry that its author did not sign")
        check(card and key and card.feed[key] is None, "key-revoked", "an entry under a revoked key")
        if card:
            try:
                check_act(entry, card)
            except Wrong as error:
                raise Wrong("bad-act", str(error)) from None
        return entry, said

    def take_approval(self, data: bytes, parties: list[bytes]) -> None:
        entry, said = self.entry(data, APPROVED)
        check(said[1] == self.digest, "changed-text", "it approves another text than the one shown")
        check(entry[3] in parties, "not-a-member", "an approval by no party")
        place = (entry[3], entry[16][0])
        check(not self.signed or place > self.signed[-1], "bad-order", "an approval out of order, or there twice")
        self.signed.append(place)

    def take_release(self, opening: dict[int, Any]) -> None:
        entry, said = self.entry(self.shown.release, CLOSED)
        one_of(entry, self.opening is not None and entry[3] == self.opening[3])
        check(said[2] == self.digest, "changed-text", "it releases another text than the one shown")
        check(entry[6] >= opening.get(4, 0), "too-early", "it releases it before the time agreed")

    def report(self) -> dict[str, Any]:
        """What was found, as JSON has it."""
        owners = [
            {"post": post.hex(), "name": card.name, "digits": card.digits(), "known": post in self.given}
            for post, card in self.cards.items()
        ]
        known = bool(owners) and all(owner["known"] for owner in owners)
        verdict = {"ok": known and not self.faults, "proved": not self.faults, "known": known}
        approved = [] if self.faults else [post.hex() for post in self.approved]
        in_play = None if self.faults else CLASSES[self.shown.traffic].partition(":")[0].lower() or "operation"
        return verdict | {"owners": owners, "faults": self.faults, "approved": approved, "class": in_play}


def tell(report: dict[str, Any]) -> None:
    for owner in sorted(report["owners"], key=lambda each: bool(each["known"])):
        print(f"{'Known' if owner['known'] else 'NOT KNOWN'}: the keys of “{owner['name']}”, {owner['digits']}")
    for fault in report["faults"]:
        print(f"Wrong: {fault['code']} {fault['said']}")
    if report["class"] not in (None, "operation"):
        print(f"{report['class'].upper()}: nobody says this in earnest.")
    names = {owner["post"]: owner["name"] for owner in report["owners"]}
    for post in report["approved"]:
        print(f"Approved, every word in every language: “{names[post]}”")
    wrong = "NOT PROVED: wrong" if report["faults"] else "NOT PROVED: keys not known"
    print("PROVED" if report["ok"] else wrong)


def main() -> int:
    """Verify one page."""
    parser = argparse.ArgumentParser(description="Verify a page of a joint statement, with nothing of Openline.")
    parser.add_argument("file", type=argparse.FileType("rb"))
    parser.add_argument("--card", type=argparse.FileType("rb"), action="append", default=[])
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    try:
        cards = [Card(card.read((4 << 20) + 1)) for card in given.card]
    except Wrong as error:
        print(f"A card given is no card: {error.code}: {error}", file=sys.stderr)
        return 2
    report = Statement(given.file.read(MOST + 1), {card.post: card for card in cards}).report()
    if given.json:
        print(json.dumps(report, indent=2))
    else:
        tell(report)
    return 0 if report["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())
