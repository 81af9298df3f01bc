"""A joint statement of three posts, released, and its public page; right, and wrong in one way each.

Everything is made from the names, but the ML-DSA signatures of the cards.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

from openline.exchanges.joint_statement import State, fold
from openline.feeds.folding import Folded
from openline.feeds.record import Kept
from openline.identity import signing
from openline.identity.card import Card
from openline.post.statement.pages import page_frame
from openline.proof import page as pages
from openline.proof.page import Page, Proof
from openline.terms import Instant, PostId, TrafficClass
from openline.wire import joint_statement as wire
from openline.wire.contact import WORDS, Words
from openline.wire.entry import Entry
from openline.wire.full import encode_full
from openline.wire.joint_statement import Approval, Change, Closing, LineChange, Opening, Outcome, Text
from openline.wire.kinds import Kind
from tests.proof.world import Poster, World, seeds

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("en", "fr", "ar")
LINES = (
    ("We reject the claim & all that rests on it.", "Nous rejetons cette allégation\u00a0!", "نرفض هذا الادعاء."),
    ("The lines between us stay <open>.", "Les lignes entre nous restent ouvertes.", "تبقى الخطوط بيننا مفتوحة."),
)
EMPTY = WORDS.item(Words())


class Talk:
    """A statement under way: every entry is kept as all hear it at once."""

    def __init__(self, *languages: str, traffic: TrafficClass = TrafficClass.OPERATION, **fields: Any) -> None:
        self.traffic = traffic
        self.world = World("Washington", "London", "Paris")
        self.posts = self.world.members
        for each in self.posts:
            add_officer(each)
        self.drafter = self.posts[0]
        parties = tuple(sorted(each.post for each in self.posts))
        opening = Opening(**{"parties": parties, "languages": languages or LANGUAGES, **fields})
        items = (wire.OPENING.item(opening), WORDS.item(Words("The calls of 23 October")))
        self.opened = self.drafter.write(Kind.JOINT_STATEMENT, *items, officer=1, traffic=traffic)
        self.entries = [self.opened]

    def write(self, poster: Poster, kind: Kind, item: bytes, officer: int = 1, **fields: Any) -> Entry:
        """The next entry of the statement."""
        given = {"exchange": self.opened.id, "refers": (self.opened.id,), "traffic": self.traffic, **fields}
        self.entries.append(poster.write(kind, item, EMPTY, officer=officer, **given))
        return self.entries[-1]

    def add(self, *texts: str) -> Entry:
        """The drafter adds a line in all languages."""
        languages = wire.opening_of(self.opened)[0].languages
        held = tuple(Text(language, text) for language, text in zip(languages, texts, strict=True))
        change = LineChange(Change.ADD, self.folded().state.revision, held)
        return self.write(self.drafter, Kind.JOINT_CHANGE, wire.CHANGE.item(change))

    def approve(self, poster: Poster, officer: int = 1, digest: bytes | None = None, **fields: Any) -> Entry:
        """An officer approves the text as it stands."""
        approval = Approval(digest or self.folded().state.digest())
        return self.write(poster, Kind.JOINT_APPROVAL, wire.APPROVAL.item(approval), officer, **fields)

    def release(self, poster: Poster | None = None, digest: bytes | None = None, **fields: Any) -> Entry:
        """The release of the text as it stands."""
        closing = Closing(Outcome.RELEASED, digest or self.folded().state.digest())
        return self.write(poster or self.drafter, Kind.JOINT_CLOSED, wire.CLOSING.item(closing), **fields)

    def folded(self) -> Folded[State]:
        """The statement as it stands; everybody had everything before."""
        reached: dict[Any, int] = {}
        kept = []
        for entry in self.entries:
            kept.append(Kept(entry, Instant(0), dict(reached)))
            reached[entry.header.author] = entry.header.number
        folded = fold(kept)
        assert folded is not None
        return folded

    def approvals(self) -> list[Entry]:
        """All approvals, in the order of a page."""
        found = [each for each in self.entries if each.header.kind == Kind.JOINT_APPROVAL]
        return sorted(found, key=lambda each: (each.header.author, each.header.act.officer if each.header.act else 0))

    def page(self, *, approvals: list[Entry] | None = None, release: Entry | None = None, **fields: Any) -> Page:
        """The page, made here from its parts; `fields` are those of `Page` and `Proof` in place of the right ones."""
        state = self.folded().state
        held = self.approvals() if approvals is None else approvals
        last = release or next(each for each in reversed(self.entries) if each.header.kind == Kind.JOINT_CLOSED)
        proof = Proof(
            cards=fields.pop("cards", tuple(each.encode() for each in self.world.cards())),
            opening=fields.pop("opening", shown(self.opened)),
            approvals=tuple(map(shown, held)),
            release=shown(last),
        )
        return Page(
            **{
                "revision": state.revision,
                "languages": state.opening.languages,
                "lines": state.text(),
                "proof": proof,
                "traffic": self.traffic,
                **fields,
            }
        )


def add_officer(poster: Poster) -> None:
    """A second officer of a post."""
    seed = seeds(f"{poster.card.name} second", 32)
    poster.own, statement = signing.add_officer(
        poster.own, poster.card, f"Second of {poster.card.name}", seed, (), poster.world.now
    )
    poster.card = poster.card.extended(statement)


def shown(entry: Entry, *places: int) -> bytes:
    """The full form with these items, the first alone unless told."""
    wanted = places or (0,)
    items = tuple(item if at in wanted else None for at, item in enumerate(entry.items))
    salts = tuple(salt if at in wanted else None for at, salt in enumerate(entry.salts))
    return encode_full(msgspec.structs.replace(entry, items=items, salts=salts))


def written(page: Page) -> bytes:
    """The file."""
    return pages.write(page, page_frame())


def started(**fields: Any) -> Talk:
    """A statement of two lines."""
    talk = Talk(**fields)
    for line in LINES:
        talk.add(*line)
    return talk


@cache
def released() -> Talk:
    """One that all approved by two officers each, and that is released."""
    talk = started()
    for poster in talk.posts:
        for officer in (1, 2):
            talk.approve(poster, officer)
    talk.release()
    return talk


def good() -> bytes:
    """Its page."""
    return written(released().page())


@cache
def in_exercise() -> Talk:
    """The same, released in an exercise."""
    talk = _approved(started(traffic=TrafficClass.EXERCISE))
    talk.release()
    return talk


def _passed_off() -> bytes:
    return written(in_exercise().page(traffic=TrafficClass.OPERATION))


def instead(old: str, new: str) -> Callable[[], bytes]:
    """The page with something else in one place of its bytes."""

    def make() -> bytes:
        data = good()
        assert data.count(old.encode()) == 1, (old, data.count(old.encode()))
        return data.replace(old.encode(), new.encode())

    return make


def with_page(change: Callable[[Talk], dict[str, Any]]) -> Callable[[], bytes]:
    """The page with other parts."""
    return lambda: written(released().page(**change(released())))


def _one_officer() -> bytes:
    talk = started()
    for poster in talk.posts:
        talk.approve(poster, 1)
        if poster is not talk.posts[2]:
            talk.approve(poster, 2)
    return written(talk.page(release=talk.release()))


def _other_approval() -> bytes:
    talk = started()
    for poster in talk.posts:
        for officer in (1, 2):
            talk.approve(poster, officer, bytes(32) if poster is talk.posts[1] and officer == 2 else None)
    return written(talk.page(release=talk.release()))


def _approved(talk: Talk) -> Talk:
    for poster in talk.posts:
        for officer in (1, 2):
            talk.approve(poster, officer)
    return talk


def _early() -> bytes:
    talk = _approved(started(not_before=Instant(4_000_000_000_000)))
    return written(talk.page(release=talk.release()))


def _by_another() -> bytes:
    talk = _approved(started())
    return written(talk.page(release=talk.release(talk.posts[1])))


def _other_release() -> bytes:
    talk = _approved(started())
    return written(talk.page(release=talk.release(digest=bytes(32))))


def _withdrawn() -> bytes:
    talk = _approved(started())
    body = wire.CLOSING.item(Closing(Outcome.WITHDRAWN))
    return written(talk.page(release=talk.write(talk.drafter, Kind.JOINT_CLOSED, body)))


def _revoked() -> bytes:
    talk = _approved(started())
    talk.release()
    talk.posts[1].rotate(len(talk.posts[1].entries))
    return written(talk.page())


def _forged() -> bytes:
    talk = _approved(started())
    talk.release()
    last = talk.approvals()[-1]
    bad = msgspec.structs.replace(last, signature=bytes([last.signature[0] ^ 1]) + last.signature[1:])
    return written(talk.page(approvals=[*talk.approvals()[:-1], bad]))


def _other_class() -> bytes:
    talk = _approved(started())
    talk.release()
    other = talk.approve(talk.posts[2], 2, traffic=1, number=40)
    rest = [each for each in talk.approvals() if each.header.author != other.header.author]
    kept = [*rest, *[each for each in talk.approvals() if each.header.author == other.header.author][:1], other]
    return written(talk.page(approvals=sorted(kept, key=lambda each: each.header.author)))


def _by_a_stranger() -> bytes:
    talk = released()
    stranger = World("Moscow").members[0]
    cards = sorted([*talk.world.cards(), stranger.card], key=lambda each: each.post)
    return written(talk.page(cards=tuple(each.encode() for each in cards)))


def _acted(entry: Entry, poster: Poster) -> Entry:
    """The same entry with the other officer's number on the act."""
    act = entry.header.act
    assert act is not None
    header = msgspec.structs.replace(entry.header, act=msgspec.structs.replace(act, officer=3 - act.officer))
    items, salts = (tuple(each for each in held if each is not None) for held in (entry.items, entry.salts))
    return poster.sign(header, items, salts)


def _moved_act() -> bytes:
    talk = _approved(started())
    talk.release()
    first, *rest = talk.approvals()
    poster = next(each for each in talk.posts if each.post == first.header.author)
    return written(talk.page(approvals=[_acted(first, poster), *rest]))


WRONG: dict[str, tuple[Callable[[], bytes], str]] = {
    "a letter changed in English": (instead("We reject", "We regect"), "changed-text"),
    "a letter changed in French": (instead("allégation", "allegation"), "changed-text"),
    "a letter changed in Arabic": (instead("نرفض", "نفرض"), "changed-text"),
    "a sign that looks the same": (instead("We reject", "We rejeсt"), "changed-text"),
    "another revision": (instead('id="revision">2', 'id="revision">3'), "changed-text"),
    "lines in another order": (with_page(lambda talk: {"lines": LINES[::-1]}), "changed-text"),
    "a line left out": (with_page(lambda talk: {"lines": LINES[:1]}), "changed-text"),
    "languages in another order": (
        with_page(lambda talk: {"languages": ("fr", "en", "ar"), "lines": tuple((b, a, c) for a, b, c in LINES)}),
        "changed-text",
    ),
    "a language left out": (
        with_page(lambda talk: {"languages": ("en", "fr"), "lines": tuple(line[:2] for line in LINES)}),
        "changed-text",
    ),
    "a character that nobody sees": (instead("We reject", "We\u200b reject"), "bad-field"),
    "an order that is turned": (instead("We reject", "\u202eWe reject"), "bad-field"),
    "two spaces": (instead("We reject", "We  reject"), "bad-field"),
    "a text in two pieces": (instead("We reject", "We <b>reject</b>"), "bad-encoding"),
    "a paragraph more": (instead("</table>\n", "</table>\n<p>And more.</p>\n"), "bad-encoding"),
    "a caption over the text": (
        instead('<table id="text">\n', '<table id="text"><caption>London regrets it.</caption>\n'),
        "bad-encoding",
    ),
    "a foot under the text": (
        instead("</table>\n<pre", "<tfoot><tr><td>London regrets it.</td></tr></tfoot></table>\n<pre"),
        "bad-encoding",
    ),
    "words beside the version": (
        instead("<main>\n<p>Version ", "<main>\n<p>London regrets it. Version "),
        "bad-encoding",
    ),
    "words between the parts": (instead("</table>\n<pre", "</table>London regrets it.\n<pre"), "bad-encoding"),
    "a line that is hidden": (
        instead('<tr><td lang="en" dir="auto">We', '<tr hidden><td lang="en" dir="auto">We'),
        "bad-encoding",
    ),
    "words before the statement": (instead("<main>\n", "London regrets it.<main>\n"), "changed-page"),
    "words after the statement": (instead("\n</body>", "\nLondon regrets it.</body>"), "changed-page"),
    "another title": (instead("<h1>Joint statement</h1>", "<h1>Joint apology</h1>"), "changed-page"),
    "another style": (instead("</style>", "td { display: none; }</style>"), "changed-page"),
    "another script": (instead("async function main() {", "async function main() { return;"), "changed-page"),
    "a version to come": (
        instead('content="openline/statement-page/1"', 'content="openline/statement-page/2"'),
        "unknown-version",
    ),
    "an approval too few": (with_page(lambda talk: {"approvals": talk.approvals()[1:]}), "too-few-approvals"),
    "an approval twice": (
        with_page(lambda talk: {"approvals": [*talk.approvals()[:1], *talk.approvals()]}),
        "bad-order",
    ),
    "approvals out of order": (with_page(lambda talk: {"approvals": talk.approvals()[::-1]}), "bad-order"),
    "one officer alone": (_one_officer, "too-few-approvals"),
    "an approval of another text": (_other_approval, "changed-text"),
    "an approval that is forged": (_forged, "bad-signature"),
    "an approval in another class": (_other_class, "bad-field"),
    "an act of another officer": (_moved_act, "bad-act"),
    "a card left out": (
        with_page(lambda talk: {"cards": tuple(each.encode() for each in talk.world.cards()[1:])}),
        "no-card",
    ),
    "a card of a stranger": (_by_a_stranger, "not-a-member"),
    "cards out of order": (
        with_page(lambda talk: {"cards": tuple(each.encode() for each in talk.world.cards()[::-1])}),
        "bad-order",
    ),
    "no card": (with_page(lambda talk: {"cards": ()}), "no-card"),
    "a card that is none": (
        with_page(lambda talk: {"cards": (b"\x80", *(each.encode() for each in talk.world.cards()[1:]))}),
        "no-card",
    ),
    "an opening that shows its words": (with_page(lambda talk: {"opening": shown(talk.opened, 0, 1)}), "bad-field"),
    "an opening that shows nothing": (with_page(lambda talk: {"opening": shown(talk.opened, 9)}), "bad-field"),
    "released before its time": (_early, "too-early"),
    "released by another": (_by_another, "bad-field"),
    "another text released": (_other_release, "changed-text"),
    "withdrawn": (_withdrawn, "bad-field"),
    "an exercise passed off as earnest": (_passed_off, "changed-text"),
    "earnest passed off as a drill": (with_page(lambda _: {"traffic": TrafficClass.DRILL}), "changed-text"),
    "a class that there is not": (
        instead("<main>\n<p>Version ", "<main>\n<p>EXERCISE: Version "),
        "bad-encoding",
    ),
    "a key that was revoked since": (_revoked, "key-revoked"),
}
"""Each way of being wrong, with a code that both verifiers give."""


@cache
def wrong(name: str) -> bytes:
    """One of them."""
    return WRONG[name][0]()


@cache
def one_file() -> ModuleType:
    """tools/verify_statement.py, which imports nothing of Openline."""
    spec = importlib.util.spec_from_file_location("verify_statement", ROOT / "tools/verify_statement.py")
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
    report: dict[str, Any] = one_file().Statement(data, given).report()
    return report
