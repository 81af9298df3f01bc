#!/usr/bin/env python3
"""Verify an Openline certificate of no contact with nothing of Openline: this file, verify_bundle.py beside it, Python
3.11 or later, the library `cryptography`.

    python verify_certificate.py FILE [--card FILE]... [--json]

Exit 0: proved, under the keys of the cards given. Exit 1: not proved, or keys not known. Exit 2: misuse.
Written from spec/certificate.md and the pages that it names, and from nothing else.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

sys.path.insert(0, str(Path(__file__).resolve().parent))

from verify_bundle import (  # the bundle's rules are the certificate's, too
    CHECKPOINT,
    COSIGN,
    ID,
    NUMBER,
    TIME,
    Bundle,
    Card,
    Wrong,
    check,
    decode,
    fields,
    listed,
    octets,
    one_of,
    read_certificate,
    row,
    say,
    text,
    whole,
)

FORMAT = "openline/certificate/1"
REQUEST, ANSWER, OUTCOME, ATTEMPT, STATEMENT, RESPONSE = 32, 33, 34, 35, 36, 37
QUIET, ENTRIES_MAX = (4, CHECKPOINT, COSIGN), 262_144
THEM, THIRD, REQUESTER, UNKNOWN = (
    "signed by them",
    "signed by a third member",
    "stated by the requester",
    "not known",
)
PHRASE = text(4096)
CALLED = listed(lambda value: fields(value, {1: ID, 2: text(64)}, set()), 1, 16)
ASKED = {1: text(64), 2: CALLED, 3: TIME, 4: listed(TIME, 1, 16), 5: listed(text(64), 1, 16), 6: PHRASE}
TRIED = {1: ID, 2: text(64), 3: TIME, 4: whole(1), 5: whole(1, 5)}
CLOSED = {1: ID, 2: whole(1, 5), 3: whole(1), 4: whole(1), 5: listed(text(256), 1, 16), 6: listed(text(256), 1, 16)}

Sentence = dict[str, Any]


def span(value: Any) -> tuple[bytes, int, int, list[bytes]]:
    post, first, last, nodes = row(ID, NUMBER, whole(), listed(octets(32), 0, 63))(value)
    one_of(nodes, len(nodes) == (first - 1).bit_count())
    return post, first, last, nodes


class Certificate(Bundle):
    """A certificate is read as a bundle is; see certificate.md for what it has besides."""

    SEAL = FORMAT

    def __init__(self, file: BinaryIO, given: dict[bytes, Card]) -> None:
        self.contact, self.statement, self.taken = b"", b"", 0
        self.spans: dict[bytes, tuple[int, int, list[bytes]]] = {}
        self.shown: dict[bytes, dict[Any, Any]] = {}
        self.sentences: list[Sentence] = []
        super().__init__(file, given)

    def take_heading(self, content: bytes) -> None:
        value = decode(content, 8192)
        one_of(value, type(value) is list and len(value) > 0 and type(value[0]) is str)
        check(value[0] == FORMAT, "unknown-version", "not a certificate of a known version")
        parsed = row(text(64), ID, ID, TIME, text(512), ID, ID, listed(span, 2, 2))(value)
        one_of(parsed, parsed[7][0][0] != parsed[7][1][0])
        _, self.line, self.exporter, self.at, self.rule, self.contact, self.statement, spans = parsed
        self.spans = {post: rest for post, *rest in spans}

    def span(self, post: bytes) -> Any:
        return self.spans.get(post, (1, 0, []))

    def take_entry(self, content: bytes) -> None:
        before, self.taken = self.place, self.taken + 1
        if self.taken > ENTRIES_MAX:
            if self.taken == ENTRIES_MAX + 1:
                self.in_file(lambda: check(False, "too-large", "too many entries"))
            return
        super().take_entry(content)
        if self.place != before:
            self.shown[self.place[2]] = self.waiting[-1]

    def finish(self, seal: tuple[bytes, bytes] | None) -> None:
        """certificate.md, What a verifier checks: after all else, and before the seal."""
        self.close_feed()
        statement, request = self.shown.get(self.statement), self.shown.get(self.contact)
        said = read_certificate(statement) if statement and statement[9] == STATEMENT else None
        asked = shown(request, ASKED, {4, 5, 6}) if request and request[9] == REQUEST else None
        super().finish(None)
        if request and asked and asked[3] <= request[6]:  # contact.md, Bodies
            asked = None
        if statement and request and said and asked and fits(statement, request, said, self.spans):
            self.judge(statement, request, said)
            self.sentences = list(Finding(self, statement, request, said, asked).all())
        else:
            self.in_file(lambda: check(False, "bad-certificate", "the statement and the call request are not shown"))
        if seal is not None:
            members = {post for terms in self.chain for post in terms["posts"]}
            self.in_file(lambda: self.check_seal(*seal, members))

    def judge(self, statement: Any, request: Any, said: Any) -> None:
        """Both ranges are whole, begin early enough, reach far enough, and checkpoints bear them out."""
        (first, last, _), (start, upto, _) = self.spans[request[3]], self.spans[said[0]]
        ours, theirs = self.feeds.get(request[3]), self.feeds.get(said[0])
        if first > request[4] or last < statement[4]:
            self.found("short-range", request[3])
        for post, feed in ((request[3], ours), (said[0], theirs)):
            if feed is None and self.spans[post][0] <= self.spans[post][1]:
                self.found("hole", post, self.spans[post][0])
        if not any(tree[2] and tree[1] >= statement[4] for tree in (ours.trees.values() if ours else ())):
            self.found("no-checkpoint", request[3])
        if upto < said[1]:
            self.found("short-range", said[0])
        if theirs and said[1] in theirs.ids and said[2].get(4) not in theirs.ids[said[1]]:
            self.found("bad-have", statement[3], statement[4], statement["id"])
        begin = theirs.ids.get(start, [b""])[0] if theirs else b""
        held = theirs is not None and begin in theirs.trees and theirs.trees[begin][2]
        signed = any(
            each[9] == COSIGN and each.get(13, [None])[0] == begin and each[4] < request[4]
            for each in (ours.bodies if ours else ())
        )
        if start > 1 and not (held and signed):
            self.found("short-range", said[0], start)

    def report(self) -> dict[str, Any]:
        found = {"contact": self.contact.hex(), "sentences": self.sentences}
        report: dict[str, Any] = super().report()
        return report | {"certificate": found if self.sentences else None}


def fits(statement: Any, request: Any, said: Any, spans: Any) -> bool:
    """Whether statement, call request and ranges belong together."""
    same = statement[3] == request[3] and statement.get(10) == request["id"]
    return bool(same and spans.keys() == {request[3], said[0]})


def shown(entry: Any, parsers: dict[int, Callable[[Any], Any]], optional: set[int]) -> Any:
    """The first item of a body, None where it is withheld or not what its kind has."""
    try:
        one_of(entry, len(entry["items"]) == 2 and entry["items"][0] is not None)
        return fields(decode(entry["items"][0], 256 << 10), parsers, optional)
    except Wrong:
        return None


def holds(entry: Any, feed: bytes, number: int) -> bool:
    held = entry.get(14, {}).get(feed)
    return held is not None and (held[0] >= number or number in [each[0] for each in sum(held[2:], [])])


class Finding:
    """certificate.md, The finding: each sentence by its code, with who proves it and by which entries."""

    def __init__(self, whole: Certificate, statement: Any, request: Any, said: Any, asked: Any) -> None:
        self.whole, self.statement, self.request, self.said, self.asked = whole, statement, request, said, asked
        self.us, self.them = request[3], said[0]
        self.by: dict[bytes, list[Any]] = {}
        for entry in sorted(whole.shown.values(), key=lambda each: (each[3], each[4], each["id"])):
            self.by.setdefault(entry[3], []).append(entry)
        self.theirs, self.ours = self.by.get(self.them, []), self.by.get(self.us, [])
        link = said[2][2]
        self.lost = None if link[1] == 1 else max(link.get(2, 0), request[6])
        self.received = next((each for each in self.theirs if holds(each, self.us, request[4])), None)
        self.answers = [each for each in self.theirs if self.of(each, ANSWER) and 16 in each]
        certified = {each["id"]: each for each in self.ours if self.of(each, STATEMENT)}
        responses = [each for each in self.theirs if self.of(each, RESPONSE) and len(each[13]) > 1]
        self.responses = [(each, certified[each[13][1]]) for each in responses if each[13][1] in certified]
        self.alive = next((each for each in self.theirs if self.lost is not None and each[6] > self.lost), None)

    def of(self, entry: Any, kind: int) -> bool:
        """Whether an entry is of this kind and of the contact."""
        return bool(entry[9] == kind and entry.get(13, [None])[0] == self.request["id"])

    def all(self) -> Iterator[Sentence]:
        for code, label, *proofs in self.found():
            yield {"code": code, "label": label, "proofs": [each["id"].hex() for each in proofs]}

    def found(self) -> Iterator[tuple[Any, ...]]:
        request, statement, received = self.request, self.statement, self.received
        if received:
            yield "delivered", THEM, received, request
        manned = [each for each in self.theirs if received and 16 in each and each[4] >= received[4]]
        if manned:
            yield "manned", THEM, manned[-1], received
        yield from (("answered", THEM, each) for each in self.answers)
        covering = self.no_answer()
        if covering:
            yield "no-answer-in-their-record", THEM, covering
        yield from (("responded", THEM, each, named) for each, named in self.responses)
        if self.alive:
            yield "at-work", THEM, self.alive, statement
        yield from (("last-shown", THEM, each) for each in self.theirs[-1:])
        third = self.third()
        yield from (("third-reach", THIRD, each) for each in third)
        yield from self.stated()
        if not received:
            yield "delivery", UNKNOWN, request, statement
        elif not manned:
            yield "desk", UNKNOWN, received, statement
        if self.lost is not None and not self.alive and not any(each[6] > self.lost for each in third):
            yield "cut-or-down", UNKNOWN, statement
        yield "after", UNKNOWN, statement
        if not self.responses:
            yield "one-side", UNKNOWN, statement

    def no_answer(self) -> Any:
        """Their checkpoint later than reply-by that covers all headers shown but quiet ones."""
        loud = max((each[4] for each in self.theirs if each[9] not in QUIET), default=0)
        trees = self.whole.feeds[self.them].trees if self.them in self.whole.feeds else {}
        late = [
            (tree[1], entry) for entry, tree in trees.items() if tree[2] and tree[1] >= loud and tree[3] > self.asked[3]
        ]
        return self.whole.shown[max(late)[1]] if late and not self.answers else None

    def third(self) -> list[Any]:
        found = []
        for post in sorted(self.by.keys() - {self.us, self.them}):
            since = [each for each in self.by[post] if each[6] >= self.request[6] and holds(each, self.them, 1)]
            found += since[-1:]
        return found

    def stated(self) -> Iterator[tuple[Any, ...]]:
        """What the requester states, and where its own signature refutes it."""
        yield "asked", REQUESTER, self.request
        for each in self.ours:
            if self.of(each, ATTEMPT):
                tried = shown(each, TRIED, {4, 5})
                if tried is None or tried[1] == self.them:
                    yield "attempt", REQUESTER, each
            elif self.of(each, OUTCOME):
                closed = shown(each, CLOSED, {3, 4, 5, 6})
                if closed is None or closed[1] == self.them:
                    yield "closed", REQUESTER, each
        yield "holds", REQUESTER, self.statement
        yield "link", REQUESTER, self.statement
        stated = {number for number, _ in self.said[2].get(5, [])}
        card = self.whole.cards.get(self.them)
        most = min(card.branches.get(self.whole.line, {}), default=1 << 63) if card else 1 << 63
        for each in self.ours:
            held = each.get(14, {}).get(self.them) if each[4] <= self.statement[4] else None
            beyond = {number for number, _ in sum(held[2:], []) if self.said[1] < number <= most} if held else set()
            if held and (self.said[1] < held[0] <= most or beyond - stated):
                yield "refuted", REQUESTER, each, self.statement
                break


def main() -> int:
    """Verify one certificate."""
    parser = argparse.ArgumentParser(description="Verify an Openline certificate, with nothing of Openline.")
    parser.add_argument("file", type=argparse.FileType("rb"))
    parser.add_argument("--card", type=argparse.FileType("rb"), action="append", default=[])
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    try:
        cards = [Card(card.read((4 << 20) + 1)) for card in given.card]
    except Wrong as error:
        print(f"A card given is no card: {error.code}: {error}", file=sys.stderr)
        return 2
    report = Certificate(given.file, {card.post: card for card in cards}).report()
    if given.json:
        print(json.dumps(report, indent=2))
    else:
        for each in (report["certificate"] or {"sentences": []})["sentences"]:
            print(f"[{each['label']}] {each['code']}: entries {', '.join(one[:12] for one in each['proofs'])}")
        say(report)
    return 0 if report["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())
