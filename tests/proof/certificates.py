"""Made-up certificates of no contact: a small world in which Alpha asks for Bravo's chief, and Charlie looks on."""

from __future__ import annotations

import importlib.util
import io
import json
import sys
from collections.abc import Collection, Mapping
from functools import cache
from types import ModuleType
from typing import Any

from openline.feeds.merkle import Frontier, leaf_hash
from openline.identity.card import Card
from openline.post.call.certificates import Needed
from openline.proof.certificate import Certified
from openline.proof.export import write_certificate
from openline.proof.finding import Finding
from openline.terms import EntryId, Instant, PostId
from openline.wire import certificate as wire_certificate
from openline.wire import contact as wire
from openline.wire.certificate import (
    NONE,
    Beyond,
    Certificate,
    CertificateHeading,
    LinkFacts,
    LinkState,
    Response,
    Span,
)
from openline.wire.contact import (
    Answer,
    Attempt,
    Called,
    Closing,
    Layer,
    Outcome,
    Reply,
    Request,
    RequestWords,
    Words,
)
from openline.wire.entry import Entry, entry_to_be_signed
from openline.wire.kinds import Kind
from tests.proof.bundles import ROOT, cards, faults, faults_of, first
from tests.proof.world import Poster, World

VECTORS = ROOT / "vectors/certificate"
NAMES = sorted(path.stem for path in VECTORS.glob("*.json"))
HOUR_MS = 3_600_000


class Contact:
    """The world, with Bravo's checkpoint cosigned by Alpha before it asks, and what is written after."""

    def __init__(self, *, cosigned: bool = True, reply_within: int = HOUR_MS, checkpoint: bool = True) -> None:
        self.world = World("Alpha", "Bravo", "Charlie")
        self.alpha, self.bravo, self.charlie = self.world.members
        self.bravo.say("A word before.")
        anchor = self.bravo.checkpoint() if checkpoint else None
        self.everybody_hears()
        if cosigned and anchor is not None:
            self.alpha.cosign(self.bravo, anchor)
        self.anchor = anchor if cosigned else None
        self.statements: list[Entry] = []
        self.asked = self.ask(reply_within)

    def everybody_hears(self) -> None:
        """All that is written has arrived."""
        for each in self.world.members:
            each.hear()

    def ask(self, within: int) -> Entry:
        """Alpha's request."""
        reply_by = Instant(self.world.now + within)
        body = Request(office="Chairman", called=(Called(self.bravo.post, "Chief"),), reply_by=reply_by)
        words = RequestWords(topics=("a topic that is withheld",))
        items = (wire.REQUEST.item(body), wire.REQUEST_WORDS.item(words))
        return self.alpha.write(Kind.CALL_REQUEST, *items, officer=1)

    def _within(self, by: Poster, kind: Kind, *items: bytes, named: EntryId | None = None, **fields: Any) -> Entry:
        refers = (self.asked.id,) if named is None else (self.asked.id, named)
        return by.write(kind, *items, exchange=self.asked.id, refers=refers, **{"officer": 1, **fields})

    def tried(self, text: str = "a dial failed", **fields: Any) -> Entry:
        """An attempt that Alpha's post states by itself."""
        body = Attempt(post=self.bravo.post, means="link", began=self.world.now, layer=Layer.NONE)
        items = (wire.ATTEMPT.item(body), wire.WORDS.item(Words(text)))
        return self._within(self.alpha, Kind.CALL_ATTEMPT, *items, **{"officer": 0, **fields})

    def answered(self, reply: Reply = Reply.DECLINED) -> Entry:
        """Bravo's answer."""
        items = (wire.ANSWER.item(Answer(reply=reply)), wire.WORDS.item(Words("not now")))
        return self._within(self.bravo, Kind.CALL_ANSWER, *items)

    def closed(self, outcome: Outcome = Outcome.NO_ANSWER) -> Entry:
        """Alpha's closing word."""
        body = Closing(post=self.bravo.post, outcome=outcome)
        return self._within(self.alpha, Kind.CALL_OUTCOME, wire.CLOSING.item(body), wire.WORDS.item(Words()))

    def responded(self, statement: Entry, *answers: EntryId, text: str = "") -> Entry:
        """Bravo's response."""
        held = self.bravo.held.get(self.alpha.post)
        body = Response(
            number=0 if held is None else held.header.number, id=NONE if held is None else held.id, answers=answers
        )
        items = (wire_certificate.RESPONSE.item(body), wire.WORDS.item(Words(text)))
        return self._within(self.bravo, Kind.CALL_RESPONSE, *items, named=statement.id, officer=1 if text else 0)

    def certify(
        self,
        number: int | None = None,
        state: LinkState = LinkState.REFUSED,
        beyond: tuple[Beyond, ...] = (),
        **fields: Any,
    ) -> Entry:
        """Alpha's certificate; it holds what it has heard, unless `number` says otherwise."""
        held = self.alpha.held.get(self.bravo.post)
        most = (0 if held is None else held.header.number) if number is None else number
        link = LinkFacts(state=state, since=Instant(self.world.now - 500), via=(self.charlie.post,))
        last = self.bravo.entries[most - 1].id if most else NONE
        body = Certificate(post=self.bravo.post, link=link, number=most, id=last, beyond=beyond)
        items = (wire_certificate.CERTIFICATE.item(body), wire.WORDS.item(Words("a dial failed")))
        statement = self._within(self.alpha, Kind.CALL_CERTIFICATE, *items, **fields)
        self.statements.append(statement)
        return statement

    def spans(self, upto: int) -> tuple[Span, Span]:
        """The ranges of both feeds."""
        first = 1 if self.anchor is None else self.anchor.header.number
        start = self.asked.header.number
        return (
            Span(self.alpha.post, start, len(self.alpha.entries), nodes(self.alpha, start - 1)),
            Span(self.bravo.post, first, upto, nodes(self.bravo, first - 1)),
        )

    def file(
        self,
        *,
        upto: int | None = None,
        without: Collection[Entry] = (),
        more: Collection[Entry] = (),
        spans: tuple[Span, Span] | None = None,
        **heading: Any,
    ) -> bytes:
        """The certificate as its requester writes it, with the newest statement."""
        body = wire_certificate.certificate_of(self.statements[-1])
        ranges = spans or self.spans(body.number if upto is None else upto)
        shown: dict[EntryId, Entry] = {}
        for span, poster in zip(ranges, (self.alpha, self.bravo), strict=True):
            shown |= {each.id: each for each in poster.entries[span.first - 1 : span.last]}
        for poster in self.world.members:
            loose = (Kind.TERMS, Kind.COSIGN) if poster is self.alpha else (Kind.TERMS,)
            shown |= {each.id: each for each in poster.entries if each.header.kind in loose}
        shown |= {each.id: each for each in self.charlie.entries if each.header.have}
        entries = sorted(
            (*(each for each in shown.values() if each not in (*without, *more)), *more),
            key=lambda each: (each.header.author, each.header.number, each.id),
        )
        rule = Needed(frozenset({self.asked.id}))
        given: dict[str, Any] = {
            "line": self.world.line,
            "exporter": self.alpha.post,
            "at": self.world.now,
            "rule": rule.said(),
        }
        given |= {"contact": self.asked.id, "statement": self.statements[-1].id, "spans": ranges, **heading}
        written = io.BytesIO()
        write_certificate(
            written.write,
            heading=CertificateHeading(**given),
            cards=[card.encode() for card in self.world.cards()],
            entries=entries,
            sign=self.alpha.own.feed.sign,
            rule=rule,
        )
        return written.getvalue()


def nodes(poster: Poster, size: int) -> tuple[bytes, ...]:
    """The perfect subtrees over the first entries of a feed."""
    leaves = [leaf_hash(entry_to_be_signed(entry.payload)) for entry in poster.entries[:size]]
    return Frontier.empty().append_many(leaves).nodes


@cache
def one_file() -> ModuleType:
    """tools/verify_certificate.py, which imports nothing of Openline."""
    spec = importlib.util.spec_from_file_location("verify_certificate", ROOT / "tools/verify_certificate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@cache
def _theirs(encoded: bytes) -> Any:
    return one_file().Card(encoded)


def second(data: bytes, known: Mapping[PostId, Card]) -> dict[str, Any]:
    """What the second verifier finds."""
    given = {post: _theirs(card.encode()) for post, card in known.items()}
    report: dict[str, Any] = one_file().Certificate(io.BytesIO(data), given).report()
    return report


def said(certified: Certified | None) -> list[tuple[str, str, tuple[str, ...]]]:
    """The sentences of the first by code, label and proofs."""
    sentences = () if certified is None else certified.sentences
    return [(each.code, each.label.value, tuple(proof.hex() for proof in each.proofs)) for each in sentences]


def said_of(report: dict[str, Any]) -> list[tuple[str, str, tuple[str, ...]]]:
    """The sentences of the second."""
    sentences = report["certificate"]["sentences"] if report["certificate"] else []
    return [(each["code"], each["label"], tuple(each["proofs"])) for each in sentences]


def agreed(data: bytes, known: Mapping[PostId, Card] | None = None) -> Finding:
    """What both find; they have to agree, to the sentence and its proofs."""
    trusted = cards() if known is None else known
    finding, report = first(data, trusted), second(data, trusted)
    ours, theirs = faults(finding), faults_of(report)
    assert sorted(ours, key=str) == sorted(theirs, key=str)
    assert (finding.ok, finding.proved, finding.known) == (report["ok"], report["proved"], report["known"])
    assert said(finding.certificate) == said_of(report)
    return finding


def vector(name: str) -> dict[str, Any]:
    """A case of vectors/certificate/, its file put together."""
    case: dict[str, Any] = json.loads((VECTORS / f"{name}.json").read_text())
    case["certificate"] = b"".join(_part(part) for part in case["certificate"])
    return case


def _part(part: str) -> bytes:
    return (VECTORS / part).read_bytes() if part.endswith(".card") else bytes.fromhex(part)
