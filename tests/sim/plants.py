"""Bugs to be planted: each a piece of the real program made wrong in one way, and the checkers that must notice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
import pytest

from openline.engine import (
    epochs,
    evidence,
    housekeeping,
    loading,
    membership,
    numbering,
    receiving,
    sealing,
    sending,
    writing,
)
from openline.engine import together as showing
from openline.engine.effects import Effect
from openline.engine.engine import Engine
from openline.engine.outbox import Outbox, Outgoing
from openline.errors import NoPlace
from openline.exchanges import claim, inquiry, message, readout, translation
from openline.exchanges import joint_statement as joint
from openline.exchanges.contact import steps
from openline.exchanges.incident import Assessment, knowledge
from openline.exchanges.notice import steps as notice_steps
from openline.exchanges.stop import steps as stop_steps
from openline.feeds import folding
from openline.feeds.feed import Admission, Feed, Place
from openline.feeds.record import Keep, KeepEntry, Kept, Put
from openline.identity.card import Card
from openline.limits import BEYOND_MAX
from openline.sim.posts import Post
from openline.sim.record import MemoryRecord
from openline.sim.world import Setting
from openline.terms import ID_BYTES, Instant, PostId, Precedence
from openline.wire import lineterms
from openline.wire.entry import Entry, Have, encode_header, entry_id, entry_to_be_signed
from openline.wire.kinds import Kind

Planter = Callable[[pytest.MonkeyPatch], None]


class Plant(msgspec.Struct, frozen=True):
    """A bug by its name, how it is planted, and the checkers whose rules it can break; `setting` is of its worlds."""

    name: str
    put: Planter
    caught_by: frozenset[str]
    setting: Setting | None = None


def send_before_keeping(patch: pytest.MonkeyPatch) -> None:
    """Every effect is performed before anything is kept."""

    def commit(post: Post, keeps: Sequence[Keep]) -> None:
        post.late_keeps = [*getattr(post, "late_keeps", []), *keeps]  # type: ignore[attr-defined]

    def perform_all(post: Post, effects: list[Effect]) -> None:
        real_perform(post, effects)
        real_commit(post, getattr(post, "late_keeps", []))
        post.late_keeps = []  # type: ignore[attr-defined]

    real_commit, real_perform = Post.commit, Post.perform_all
    patch.setattr(Post, "commit", commit)
    patch.setattr(Post, "perform_all", perform_all)


def sign_one_number_twice(patch: pytest.MonkeyPatch) -> None:
    """Now and then an entry is signed and kept once more, with another time."""

    def keep_own(state: Any, turn: Any, line: Any, entry: Entry) -> None:
        real(state, turn, line, entry)
        if entry.header.number % 20 == 0:
            header = msgspec.structs.replace(entry.header, time=Instant(entry.header.time + 1))
            payload = encode_header(header)
            signature = state.key.sign(entry_to_be_signed(payload))
            changes: dict[str, Any] = {"id": entry_id(payload), "header": header, "payload": payload}
            turn.emit(KeepEntry(msgspec.structs.replace(entry, signature=signature, **changes), turn.at))

    real = writing.keep_own
    patch.setattr(writing, "keep_own", keep_own)


def acknowledge_what_waits(patch: pytest.MonkeyPatch) -> None:
    """A have-vector speaks of an entry beyond a gap as if the gap were closed."""

    def have(feed: Feed, most: int = BEYOND_MAX) -> Have:
        told = real(feed, most)
        if not feed.waiting:
            return told
        last = max(feed.waiting)
        return Have(feed.author, last, feed.waiting[last].id)

    real = Feed.have
    patch.setattr(Feed, "have", have)


def fold_as_it_came(patch: pytest.MonkeyPatch) -> None:
    """An exchange is folded in the order of arrival."""
    patch.setattr(message, "canonical", list)


def forget_before_the_receipt(patch: pytest.MonkeyPatch) -> None:
    """What was once put on a link counts as delivered on the next one."""

    def fetched(link: Any, line: Any, feed: Any, entries: tuple[Entry, ...]) -> None:
        sent = line.__dict__.setdefault("sent_once", set())
        real(link, line, feed, tuple(entry for entry in entries if (link.peer, entry.id) not in sent))

    def piece(state: Any, line: Any, link: Any, entry: Entry, *full: Any, **named: Any) -> Any:
        line.__dict__.setdefault("sent_once", set()).add((link.peer, entry.id))
        return real_piece(state, line, link, entry, *full, **named)

    real, real_piece = sending.fetched, sealing.entry_piece
    patch.setattr(sending, "fetched", fetched)
    patch.setattr(sending, "entry_piece", piece)


def drop_the_lazy(patch: pytest.MonkeyPatch) -> None:
    """Entries that are in no hurry are never sent, and no third member is told of them, who could ask for them."""

    def send_lazy(state: Any, link: Any) -> None:
        for identifier, entry in link.lazy:
            link.offered.get((identifier, entry.header.author), set()).add(entry.header.number)
        link.lazy.clear()

    patch.setattr(sending, "send_lazy", send_lazy)
    patch.setattr(housekeeping, "send_lazy", send_lazy)
    patch.setattr(housekeeping, "announce", lambda *_: None)


def let_the_newest_win(patch: pytest.MonkeyPatch) -> None:
    """An entry takes the place of the one that is held with its number."""

    def admit(feed: Feed, entry: Entry) -> Admission:
        number = entry.header.number
        if number > feed.number or feed.id_at(number) == entry.id:
            return real(feed, entry)
        feed.ids[(number - 1) * ID_BYTES : number * ID_BYTES] = entry.id
        return Admission(Place.WAITING)

    real = Feed.admit
    patch.setattr(Feed, "admit", admit)


def start_serials_again(patch: pytest.MonkeyPatch) -> None:
    """After a restart, messages are counted from the start."""

    def counters(line: Any, value: dict[int, Any]) -> None:
        real(line, value)
        line.serials = {}

    real = loading._counters
    patch.setattr(loading, "_counters", counters)


def ignore_precedence(patch: pytest.MonkeyPatch) -> None:
    """First come, first sent."""

    def peek(outbox: Outbox) -> Outgoing | None:
        return next((level[0] for level in outbox._levels if level), None)

    def pop(outbox: Outbox) -> Outgoing:
        level = next(level for level in outbox._levels if level)
        outbox.bytes -= level[0].size()
        return level.popleft()

    patch.setattr(Outbox, "peek", peek)
    patch.setattr(Outbox, "pop", pop)


def never_ask_again(patch: pytest.MonkeyPatch) -> None:
    """What is missing is not asked for."""

    def link(state: Any, turn: Any, link: Any) -> None:
        link.lost = link.lost_before = False
        real(state, turn, link)

    real = housekeeping._link
    patch.setattr(housekeeping, "lacks", lambda *_: False)
    patch.setattr(housekeeping, "_link", link)


def believe_signatures(patch: pytest.MonkeyPatch) -> None:
    """Any signature is good."""
    patch.setattr(Card, "verify_feed", lambda card, signature, data: card.feed_keys[-1])


def terms_by_one(patch: pytest.MonkeyPatch) -> None:
    """New terms are in force as soon as one member has signed them: whom they keep is counted, and not asked."""

    class Counted(tuple[PostId, ...]):
        """As long as it was, and nobody in it."""

        def __iter__(self) -> Iterator[PostId]:
            return iter(())

    real = lineterms.must_sign
    patch.setattr(membership, "must_sign", lambda new, old: Counted(real(new, old)))


def forget_secrets(patch: pytest.MonkeyPatch) -> None:
    """An epoch's secret is used and not kept."""

    def commit(record: MemoryRecord, keeps: Sequence[Keep]) -> None:
        real(record, [keep for keep in keeps if not (isinstance(keep, Put) and keep.table == "secret")])

    real = MemoryRecord.commit
    patch.setattr(MemoryRecord, "commit", commit)


def take_parcels_twice(patch: pytest.MonkeyPatch) -> None:
    """What is held already comes to the desks once more."""

    def admit(feed: Feed, entry: Entry) -> Admission:
        place = real(feed, entry)
        return Admission(Place.WAITING) if place.place is Place.HELD else place

    real = Feed.admit
    patch.setattr(Feed, "admit", admit)


def write_after_a_restore(patch: pytest.MonkeyPatch) -> None:
    """A post that was restored from a backup writes at once."""

    def start(engine: Engine, at: Instant, entropy: bytes, *, restored: bool = False) -> list[Effect]:
        return real(engine, at, entropy)

    real = Engine.start
    patch.setattr(Engine, "start", start)


def keep_quiet_about_forks(patch: pytest.MonkeyPatch) -> None:
    """Two histories are seen, and nobody is told."""
    patch.setattr(evidence, "forked", lambda *_: None)


def wrap_once(patch: pytest.MonkeyPatch) -> None:
    """A secret is sealed for a member and given to it once; if a crash or the way swallows it, nobody asks again."""
    patch.setattr(epochs, "wrap_missing", lambda *_: None)
    patch.setattr(receiving, "_want_wrap", lambda *_: None)


def answer_before_keeping(patch: pytest.MonkeyPatch) -> None:
    """The disk forgets what was committed last, when it was not urgent."""

    def commit(post: Post, keeps: Sequence[Keep]) -> None:
        urgent = [keep for keep in keeps if not _is_routine(keep)]
        real(post, list(keeps) if len(urgent) == len(keeps) or post.world.rng.random() < 0.9 else urgent)

    def _is_routine(keep: Keep) -> bool:
        return isinstance(keep, KeepEntry) and keep.entry.header.precedence == Precedence.ROUTINE

    real = Post.commit
    patch.setattr(Post, "commit", commit)


def close_twice(patch: pytest.MonkeyPatch) -> None:
    """A contact that is closed may be closed once more, and the last word counts."""

    def close(state: Any, kept: Any) -> Any:
        parties = tuple(msgspec.structs.replace(party, ended=None) for party in state.parties)
        return real(msgspec.structs.replace(state, parties=parties), kept)

    real = steps._close
    patch.setattr(steps, "_close", close)


def fold_contacts_as_they_came(patch: pytest.MonkeyPatch) -> None:
    """A contact is folded in the order of arrival."""
    patch.setattr(folding, "canonical", list)


def drop_late_answers(patch: pytest.MonkeyPatch) -> None:
    """An answer that crossed the closing word counts for nothing."""

    def answer(state: Any, kept: Any) -> Any:
        party = state.party(kept.entry.header.author)
        if party is not None and party.ended is not None:
            raise NoPlace("the contact is closed")
        return real(state, kept)

    real = steps._answer
    patch.setattr(steps, "_answer", answer)


def let_the_first_answer_stand(patch: pytest.MonkeyPatch) -> None:
    """Of a party's answers to a claim the first counts."""
    first = property(lambda party: party.answers[0] if party.answers else None)
    patch.setattr(claim.Party, "newest", first)


def call_it_silence(patch: pytest.MonkeyPatch) -> None:
    """An inquiry is closed as not answered whatever was answered, and by whatever clock."""

    def check(state: Any, kept: Any, judgement: Any, named: Any) -> None:
        if named is not None:
            real(state, kept, judgement, named)

    real = inquiry._check
    patch.setattr(inquiry, "_check", check)


def keep_the_newest_readout(patch: pytest.MonkeyPatch) -> None:
    """Who files a text again takes the place of what it filed before."""

    def filed(state: Any, kept: Any) -> Any:
        after = real(state, kept)
        readouts = tuple(
            each for each in after.readouts if each.author != kept.entry.header.author or each.kept is kept
        )
        return msgspec.structs.replace(after, readouts=readouts)

    real = readout._filed
    patch.setattr(readout, "_filed", filed)


def show_at_once(patch: pytest.MonkeyPatch) -> None:
    """A post that is bound shows its document without waiting for the others."""
    patch.setattr(showing, "_certain", lambda line, exchange: True)


def lose_the_document(patch: pytest.MonkeyPatch) -> None:
    """A document is held in memory alone until it may be shown."""

    def keep(state: Any, turn: Any, command: Any, secret: Any) -> None:
        state.sealed[(command.line, command.opening)] = secret

    patch.setattr(showing, "keep", keep)


def let_one_approve_for_all(patch: pytest.MonkeyPatch) -> None:
    """A joint statement that one party approved counts as approved by all."""

    def approved(state: joint.State, by: Any = None) -> tuple[PostId, ...]:
        return state.parties if real(state, by) else ()

    real = joint.State.approved
    patch.setattr(joint.State, "approved", approved)


def carry_stances_over(patch: pytest.MonkeyPatch) -> None:
    """A stance on a version of an assessment holds for every later version."""
    patch.setattr(Assessment, "is_fresh", lambda assessment, stood: True)


def prove_what_came_later(patch: pytest.MonkeyPatch) -> None:
    """Whoever signed for an entry at any time is said to have had it at every moment."""
    patch.setattr(knowledge, "_held_by", lambda *_: True)


CALLS = Setting(calls=True)
ASKS = Setting(asks=True)
PUBLISHES = Setting(publishes=True, calls=False, asks=False, statements=False)
STATEMENTS = Setting(statements=True)
ASSESSES = Setting(assesses=True, calls=False, asks=False, publishes=False)


def number_every_notice_alike(patch: pytest.MonkeyPatch) -> None:
    """A notice never gets the next number of its series."""

    def filled(line: Any, machine: Any, command: Any, draft: Any) -> Any:
        items = command.items if machine.series is None else machine.numbered(command.items, 1)
        return msgspec.structs.replace(command, items=items)

    patch.setattr(numbering, "filled", filled)


def let_others_end_a_notice(patch: pytest.MonkeyPatch) -> None:
    """Whoever asks ends a notice, but for its author."""
    patch.setattr(notice_steps, "_AUTHORS", notice_steps._AUTHORS - {Kind.NOTICE_ENDED})


def take_any_words_as_read_back(patch: pytest.MonkeyPatch) -> None:
    """A STOP counts as read back whatever was said."""
    patch.setattr(stop_steps, "same_words", lambda one, other: True)


def fold_notices_as_they_came(patch: pytest.MonkeyPatch) -> None:
    """A notice is folded in the order of arrival."""
    patch.setattr(folding, "canonical", list)


TRANSLATES = Setting(posts=2, liar=False, faults=False, calls=False, asks=False, translates=True, entries=100)
NOTICES = Setting(posts=2, liar=False, faults=False, calls=False, notices=True, entries=100)


def let_others_withdraw_a_translation(patch: pytest.MonkeyPatch) -> None:
    """Whoever says that a translation is withdrawn is believed."""
    right = translation.step

    def step(state: translation.State, kept: Kept) -> translation.State:
        if kept.entry.header.kind == Kind.TRANSLATION_WITHDRAWN and state.withdrawn is None:
            return msgspec.structs.replace(state, withdrawn=kept)
        return right(state, kept)

    patch.setattr(translation, "step", step)


def _plant(put: Planter, *caught_by: str) -> Plant:
    return Plant(put.__name__.replace("_", " "), put, frozenset(caught_by))


PLANTS = (
    _plant(send_before_keeping, "keep-first", "acknowledged"),
    _plant(sign_one_number_twice, "once"),
    _plant(acknowledge_what_waits, "haves"),
    _plant(fold_as_it_came, "folds"),
    _plant(forget_before_the_receipt, "acknowledged", "converge"),
    _plant(drop_the_lazy, "acknowledged", "converge"),
    _plant(let_the_newest_win, "forks"),
    _plant(start_serials_again, "gapless", "unjust"),
    _plant(ignore_precedence, "precedence"),
    _plant(never_ask_again, "acknowledged", "converge"),
    _plant(believe_signatures, "genuine"),
    _plant(terms_by_one, "signed-terms"),
    _plant(forget_secrets, "sealed"),
    _plant(take_parcels_twice, "once"),
    _plant(write_after_a_restore, "once", "unjust", "haves"),
    _plant(keep_quiet_about_forks, "forks"),
    _plant(wrap_once, "acknowledged", "converge"),
    _plant(answer_before_keeping, "acknowledged", "keep-first", "haves"),
    Plant("close twice", close_twice, frozenset({"outcomes"}), CALLS),
    Plant("fold contacts as they came", fold_contacts_as_they_came, frozenset({"same-contact"}), CALLS),
    Plant("drop late answers", drop_late_answers, frozenset({"late-answers"}), CALLS),
    Plant("let the first answer stand", let_the_first_answer_stand, frozenset({"claims"}), ASKS),
    Plant("call it silence", call_it_silence, frozenset({"inquiries"}), ASKS),
    Plant("keep the newest readout", keep_the_newest_readout, frozenset({"readouts"}), PUBLISHES),
    Plant("show at once", show_at_once, frozenset({"together"}), PUBLISHES),
    Plant("lose the document", lose_the_document, frozenset({"together"}), PUBLISHES),
    Plant("let one approve for all", let_one_approve_for_all, frozenset({"joint-texts"}), STATEMENTS),
    Plant("carry stances over", carry_stances_over, frozenset({"incidents"}), ASSESSES),
    Plant("prove what came later", prove_what_came_later, frozenset({"knowledge"}), ASSESSES),
    Plant("number every notice alike", number_every_notice_alike, frozenset({"gapless"}), NOTICES),
    Plant("let others end a notice", let_others_end_a_notice, frozenset({"same-notices"}), NOTICES),
    Plant("take any words as read back", take_any_words_as_read_back, frozenset({"same-notices"}), NOTICES),
    Plant(
        "let others withdraw a translation", let_others_withdraw_a_translation, frozenset({"translations"}), TRANSLATES
    ),
    Plant("fold notices as they came", fold_notices_as_they_came, frozenset({"same-notices"}), NOTICES),
)
