"""Every vector of entries, terms, links and sealing is judged as it expects, and its generator writes it again."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import pytest

from openline.areas import in_force
from openline.areas.in_force import Held
from openline.areas.windows import EndKind, Window
from openline.engine.line import epoch_keys
from openline.engine.machines import OF_KIND
from openline.errors import BadSignature, BadTerms, OpenlineError
from openline.exchanges import claim, inquiry, readout, together, translation
from openline.exchanges.incident.knowledge import Moment, Signed, knowledge
from openline.exchanges.minute import Point, Said, State
from openline.exchanges.stop import same_words
from openline.feeds.merkle import leaf_hash
from openline.feeds.record import Delivery, Kept
from openline.keys import aead, ed25519
from openline.keys.sealing import SealingKey
from openline.terms import EntryId, Instant, LineId, PostId, TrafficClass
from openline.wire.bodies import epoch_commitment
from openline.wire.claim import ClaimWords, digest_of
from openline.wire.entry import Entry, Have, entry_to_be_signed
from openline.wire.full import decode_full, encode_full
from openline.wire.joint_statement import version_digest
from openline.wire.kinds import Kind
from openline.wire.lineterms import decode_terms, encode_terms, follows, line_id, must_sign, terms_hash
from openline.wire.link import FULL, decode_frame, encode_piece, join, nonce, piece_context, value_of, wrap_info
from openline.wire.minute import Stance
from openline.wire.short import decode_short
from openline.wire.together import Secret, digest
from tests.feeds.histories import ACT, ALPHA, BRAVO, CHARLIE, kept

VECTORS = Path(__file__).resolve().parents[1] / "vectors"

BODIES = (
    "minute",
    "disclosure",
    "incident",
    "joint_statement",
    "claim",
    "inquiry",
    "readout",
    "together",
    "notice",
    "stop",
    "translation",
)
"""Exchanges that have vectors of their bodies."""


def read(name: str) -> Any:
    """A file of vectors."""
    return json.loads((VECTORS / name).read_text())


def data(text: str) -> bytes:
    """Bytes from hex, with the zeros that `+00*n` stands for."""
    written, _, zeros = text.partition("+00*")
    return bytes.fromhex(written) + bytes(int(zeros or 0))


def judged(check: Callable[[], object]) -> str:
    """ "ok", or the code of the error that comes out."""
    try:
        check()
    except OpenlineError as error:
        return error.code
    return "ok"


def named(cases: list[dict[str, Any]]) -> pytest.MarkDecorator:
    """One test for each case."""
    return pytest.mark.parametrize("case", cases, ids=lambda case: str(case["name"]))


def verified(entry: Entry, public: bytes) -> Entry:
    """The entry, its signature good."""
    if not ed25519.verify(public, entry.signature, entry_to_be_signed(entry.payload)):
        raise BadSignature("not by this key")
    return entry


@named(read("entry/entries.json"))
def test_entries(case: dict[str, Any]) -> None:
    form = data(case["full"])
    assert judged(lambda: verified(decode_full(form), data(case["public"]))) == case["expect"]
    if case["expect"] == "ok":
        entry = decode_full(form)
        assert encode_full(entry) == form
        assert entry.id.hex() == case["id"]
        assert leaf_hash(entry_to_be_signed(entry.payload)).hex() == case["leaf"]


def chained(payloads: list[bytes]) -> None:
    """Raise unless these are a good chain of terms."""
    versions = [decode_terms(payload) for payload in payloads]
    if versions[0].version != 1:
        raise BadTerms("not the first")
    for at in range(1, len(versions)):
        if not follows(versions[at], versions[at - 1], payloads[at - 1]):
            raise BadTerms("does not follow")


@named(read("terms/chains.json"))
def test_chains_of_terms(case: dict[str, Any]) -> None:
    payloads = [data(payload) for payload in case["chain"]]
    assert judged(lambda: chained(payloads)) == case["expect"]
    if case["expect"] == "ok":
        versions = [decode_terms(payload) for payload in payloads]
        assert [encode_terms(version) for version in versions] == payloads
        assert line_id(payloads[0]).hex() == case["line"]
        assert [terms_hash(payload).hex() for payload in payloads] == case["hashes"]
        signers = [must_sign(new, old) for new, old in zip(versions, [None, *versions], strict=False)]
        assert [[post.hex() for post in posts] for posts in signers] == case["must_sign"]


def plain(value: Any) -> Any:
    """A piece as the vectors write it."""
    if isinstance(value, list):
        return [plain(each) for each in value]
    return {"hex": value.hex()} if isinstance(value, bytes) else value


@named(read("link/frames.json"))
def test_frames(case: dict[str, Any]) -> None:
    frame = data(case["frame"])
    assert judged(lambda: decode_frame(frame)) == case["expect"]
    if case["expect"] == "ok":
        pieces = decode_frame(frame)
        assert [plain(value_of(piece)) for piece in pieces] == case["pieces"]
        assert join([encode_piece(piece) for piece in pieces]) == frame


EPOCH = read("sealing/epoch.json")
MEMBERS = [PostId(data(post)) for post in EPOCH["members"]]
LINE, AUTHOR = LineId(data(EPOCH["line"])), MEMBERS[EPOCH["member"]]
KEYS = epoch_keys(LINE, AUTHOR, EPOCH["epoch"], data(EPOCH["secret"]), Instant(EPOCH["base"]))


HELD = {(AUTHOR, EPOCH["number"] - 1): EPOCH["before"], (MEMBERS[0], 40): EPOCH["held"]}


class Receiver:
    """Who holds the entry before, and entry 40 of member 0."""

    line, author, epoch, base, salt_key = LINE, AUTHOR, KEYS.number, KEYS.base, KEYS.salt

    def member(self, index: int) -> PostId | None:
        """A member, by its number."""
        return MEMBERS[index] if index < len(MEMBERS) else None

    def id_at(self, feed: PostId, number: int) -> EntryId | None:
        """What is held there."""
        held = HELD.get((feed, number))
        return None if held is None else EntryId(data(held))


def opened(form: int, sealed: bytes) -> bytes:
    """What is in a sealed piece."""
    number, member = EPOCH["number"], EPOCH["member"]
    context = piece_context(LINE, AUTHOR, member, number, KEYS.number, form)
    return aead.open(KEYS.seal, nonce(member, number, form), sealed, context)


def taken(form: int, sealed: bytes) -> Entry:
    """The entry that a sealed piece holds, its signature good."""
    body = opened(form, sealed)
    entry = decode_full(body) if form == FULL else decode_short(body, EPOCH["number"], Receiver())
    return verified(entry, data(EPOCH["public"]))


def test_keys_of_an_epoch() -> None:
    assert (KEYS.seal.hex(), KEYS.salt.hex()) == (EPOCH["seal_key"], EPOCH["salt_key"])
    assert epoch_commitment(KEYS.secret).hex() == EPOCH["commitment"]


@named(EPOCH["forms"])
def test_sealed_forms(case: dict[str, Any]) -> None:
    form, number, member = case["form"], EPOCH["number"], EPOCH["member"]
    assert nonce(member, number, form).hex() == case["nonce"]
    assert piece_context(LINE, AUTHOR, member, number, KEYS.number, form).hex() == case["aad"]
    assert opened(form, data(case["sealed"])).hex() == case["plain"]
    sealed = aead.seal(KEYS.seal, data(case["nonce"]), data(case["plain"]), data(case["aad"]))
    assert sealed.hex() == case["sealed"]
    assert encode_full(taken(form, sealed)).hex() == EPOCH["full"]


@named(EPOCH["bad"])
def test_sealed_forms_that_are_wrong(case: dict[str, Any]) -> None:
    assert judged(lambda: taken(case["form"], data(case["sealed"]))) == case["expect"]


WRAPS = read("sealing/wraps.json")


@named(WRAPS["wraps"])
def test_wraps(case: dict[str, Any]) -> None:
    key = SealingKey.from_seed(data(WRAPS["seed"]))
    assert key.public.hex() == WRAPS["public"]
    info = wrap_info(
        LineId(data(WRAPS["line"])), PostId(data(WRAPS["author"])), WRAPS["epoch"], PostId(data(WRAPS["member"]))
    )
    assert info.hex() == WRAPS["info"]
    assert judged(lambda: key.open(data(case["wrap"]), info)) == case["expect"]
    if case["expect"] == "ok":
        assert key.open(data(case["wrap"]), info).hex() == WRAPS["secret"]


@named([case for name in BODIES for case in read(f"{name}/bodies.json")])
def test_bodies(case: dict[str, Any]) -> None:
    items = tuple(None if item is None else data(item) for item in case["items"])
    blank = kept(PostId(data(case["author"])), 1, case["kind"], *(item or b"" for item in items)).entry
    entry = msgspec.structs.replace(blank, items=items)
    assert judged(lambda: OF_KIND[case["kind"]].readers[Kind(case["kind"])](entry)) == case["expect"]


@named(read("minute/digests.json"))
def test_what_a_signature_on_a_minute_binds(case: dict[str, Any]) -> None:
    points = []
    for draft, *words in case["points"]:
        first = with_id(kept(ALPHA, 1), draft)
        others = (BRAVO, CHARLIE)[: len(words)]
        on, entries = first.entry.id, [with_id(kept(post, 1), each) for post, each in zip(others, words, strict=True)]
        points.append(Point(first, None, (on,), tuple(Said(each, on, Stance.AGREED, None) for each in entries)))
    state = State(EntryId(data(case["contact"])), (ALPHA, BRAVO, CHARLIE), TrafficClass.OPERATION, (), tuple(points))
    assert state.digest().hex() == case["digest"]


@named(read("claim/digests.json"))
def test_what_a_claim_is_recognised_by(case: dict[str, Any]) -> None:
    assert digest_of(ClaimWords(case["text"], data(case["tag"]))).hex() == case["digest"]


@named(read("joint_statement/digests.json"))
def test_what_an_approval_of_a_statement_binds(case: dict[str, Any]) -> None:
    statement = EntryId(data(case["statement"]))
    assert version_digest(statement, case["revision"], case["languages"], case["lines"]).hex() == case["digest"]


@named(read("notice/in_force.json"))
def test_when_a_notice_is_in_force(case: dict[str, Any]) -> None:
    windows, alternates = (
        tuple(Window(Instant(start), None if end is None else Instant(end), EndKind(kind)) for start, end, kind in each)
        for each in (case["windows"], case["alternates"])
    )
    more = {name: case[name] for name in ("since", "shown_until", "ended")}
    held = Held(id="1", windows=windows, alternate_windows=alternates, **more)
    assert (in_force.start(held), in_force.until(held)) == (case["from"], case["until"])
    index = in_force.Index([held])
    asked = [case["from"] - 1, case["from"], *([case["until"], case["until"] + 1] if case["until"] else [])]
    assert [len(index.at(Instant(at))) for at in asked] == [0, 1, 1, 0][: len(asked)]


@named(read("stop/words.json"))
def test_which_words_a_read_back_repeats(case: dict[str, Any]) -> None:
    assert same_words(case["said"], case["read"]) == case["same"]


@named(read("incident/knowledge.json"))
def test_what_a_party_had_of_an_incident(case: dict[str, Any]) -> None:
    at, line = case["proof"] or 0, {}
    entry = kept(ALPHA, 1, at=case["entry"])
    proof = kept(BRAVO, 1, at=at, have=(Have(ALPHA, 1, entry.entry.id),))
    held = [Delivery(BRAVO, proof.entry.id, 1, Instant(at), Instant(case["kept"]))] if case["proof"] else []
    seen = []
    for post, when in zip([CHARLIE, ALPHA], case["witnesses"], strict=False):
        witness = kept(post, 9, at=when, have=(Have(BRAVO, 1, proof.entry.id),))
        seen.append(Delivery(post, witness.entry.id, 9, Instant(when), Instant(when)))
        line[witness.entry.id] = witness.entry
    line |= {each.entry.id: each.entry for each in (entry, proof)}
    places = {(each.header.author, each.header.number): each.id for each in line.values()}
    signed = Signed(
        lambda feed, number: held if feed == ALPHA else seen,
        line.get,
        lambda feed, number: places.get((feed, number)),
    )
    told = knowledge(entry, BRAVO, Moment(Instant(case["at"])), signed)
    assert told.had.value == case["had"]


def arrived(case: dict[str, Any]) -> list[Kept]:
    """The entries of a fold, in the order in which the case has them."""
    found = []
    for each in case["entries"]:
        items = tuple(None if item is None else data(item) for item in each["items"])
        blank = kept(
            PostId(data(each["author"])),
            each["number"],
            each["kind"],
            *(item or b"" for item in items),
            knew={PostId(data(post)): had for post, had in each["knew"].items()},
            at=each["time"],
            act=ACT if each["officer"] else None,
            traffic=TrafficClass(each["class"]),
            exchange=None if each["exchange"] is None else EntryId(data(each["exchange"])),
            refers=tuple(EntryId(data(entry)) for entry in each["refers"]),
        )
        shown = msgspec.structs.replace(blank, entry=msgspec.structs.replace(blank.entry, items=items))
        found.append(with_id(shown, each["id"]))
    return found


@named(read("claim/folds.json"))
def test_what_claims_come_to(case: dict[str, Any]) -> None:
    folded = claim.fold(arrived(case))
    assert folded is not None
    state, end = folded.state, folded.state.withdrawn
    parties = [
        {
            "post": each.post.hex(),
            "status": state.status(each),
            "answers": [[said.kept.entry.id.hex(), said.late, said.crossed] for said in each.answers],
        }
        for each in state.parties
    ]
    assert case["state"] == {
        "parties": parties,
        "withdrawn": None if end is None else end.kept.entry.id.hex(),
        "instead": None if end is None or end.replaced is None else end.replaced.hex(),
        "nothing": sorted(each.entry.hex() for each in folded.ignored),
    }


@named(read("inquiry/folds.json"))
def test_what_inquiries_come_to(case: dict[str, Any]) -> None:
    folded = inquiry.fold(arrived(case))
    assert folded is not None
    state = folded.state
    assert case["state"] == {
        "status": state.status,
        "clock": state.clock,
        "answers": [[each.id.hex(), each.overdue, each.late] for each in state.answers],
        "ended": None if state.ended is None else state.ended.kept.entry.id.hex(),
        "nothing": sorted(each.entry.hex() for each in folded.ignored),
    }


def with_id(entry: Kept, identifier: str) -> Kept:
    """A made-up entry under that id."""
    return msgspec.structs.replace(entry, entry=msgspec.structs.replace(entry.entry, id=EntryId(data(identifier))))


@named(read("readout/folds.json"))
def test_what_readouts_come_to(case: dict[str, Any]) -> None:
    folded = readout.fold(arrived(case))
    assert folded is not None
    assert case["state"] == {
        "readouts": {each.kept.entry.id.hex(): each.of.hex() for each in folded.state.readouts},
        "marks": {each.kept.entry.id.hex(): [each.stands, each.disputed] for each in folded.state.marks},
        "nothing": sorted(each.entry.hex() for each in folded.ignored),
    }


@named(read("together/folds.json"))
def test_what_simultaneous_exchanges_come_to(case: dict[str, Any]) -> None:
    folded = together.fold(arrived(case))
    assert folded is not None
    state = folded.state
    bound = {
        each.kept.entry.id.hex(): [None if each.shown is None else each.shown.entry.id.hex(), state.late(each.author)]
        for each in state.bound
    }
    assert case["state"] == {
        "bound": bound,
        "withdrawn": sorted(kept.entry.id.hex() for kept, _ in state.withdrawn),
        "complete": state.complete,
        "off": state.off,
        "nothing": sorted(each.entry.hex() for each in folded.ignored),
    }


@named(read("translation/beside.json"))
def test_which_translations_stand_beside_an_entry(case: dict[str, Any]) -> None:
    (of,), entries = arrived({"entries": [case["of"]]}), arrived(case)
    openings = [each.entry.id for each in entries if each.entry.header.exchange is None]
    folds = [
        translation.fold(each for each in entries if opening in (each.entry.id, each.entry.header.exchange))
        for opening in openings
    ]
    found = translation.beside(of.entry, [each.state for each in folds if each is not None])
    assert case["beside"] == [
        [
            each.state.id.hex(),
            each.state.translation.language,
            each.state.translation.maker,
            None if each.state.words is None else each.state.words.who,
            each.state.withdrawn is not None,
            sorted(other.hex() for other in each.replaced),
            sorted(other.hex() for other in each.disputed),
        ]
        for each in found
    ]


@named(read("together/digests.json"))
def test_what_binds_a_party_of_a_simultaneous_exchange(case: dict[str, Any]) -> None:
    secret = Secret(data(case["salt"]), case["file"], data(case["document"]))
    bound = digest(EntryId(data(case["exchange"])), PostId(data(case["author"])), secret)
    assert bound.hex() == case["digest"]


@pytest.mark.parametrize("name", ["entry", "act", "terms", "link", "sealing", "hoax", "voice", *BODIES])
def test_the_generator_writes_what_is_kept(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(VECTORS))
    spec = importlib.util.spec_from_file_location(f"vectors_{name}", VECTORS / f"generate_{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    files = module.files()
    text_of = sys.modules["plain_cbor"].text_of
    assert files
    for path, cases in files.items():
        assert text_of(cases) == (VECTORS / path).read_text(), f"run vectors/generate_{name}.py"


def test_no_case_is_there_twice() -> None:
    for name in ("entry/entries.json", "terms/chains.json", "link/frames.json"):
        cases = read(name)
        assert len({case["name"] for case in cases}) == len(cases)
        bad = [case for case in cases if case["expect"] != "ok"]
        digests = {
            sha256(json.dumps([case.get(key) for key in ("full", "chain", "frame")]).encode()).digest() for case in bad
        }
        assert len(digests) == len(bad)
