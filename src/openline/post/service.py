"""What a post answers to each request: commands go to the machine, questions to the record, the rest is done here."""

from __future__ import annotations

import base64
import binascii
import copy
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Final

import structlog

from openline.bearers.websocket import read_address
from openline.engine import events
from openline.engine.effects import Parcel, Refuse
from openline.errors import (
    BadPaging,
    BadRequest,
    InternalError,
    Misuse,
    NotAllowed,
    NotReady,
    OpenlineError,
    WrongFingerprint,
)
from openline.exchanges.message import MARKS as ladder_marks
from openline.feeds.record import Kept
from openline.identity.card import Card
from openline.keys import digits
from openline.limits import EXCHANGE_ENTRIES_MAX, INBOX_MAX_ENTRIES, PAGES_MAX
from openline.post import actions, agreements, answering, bundles, carrying, queries, standing, telling, translations
from openline.post import requests as asks
from openline.post.control import Reply
from openline.post.home import backups, keychanges
from openline.post.loop import Outcome
from openline.post.names import new_name, precedence, traffic_class
from openline.post.notice.forms import Forms
from openline.post.page import pages
from openline.post.page.paging import Pager
from openline.post.people import drafts
from openline.post.people.accounts import Accounts
from openline.post.people.draft_requests import DraftMake
from openline.post.people.means import Means
from openline.post.post import Post
from openline.post.speaker import Drafted, Speaker, told
from openline.terms import Instant, Precedence, TrafficClass
from openline.wire.kinds import Kind

MARKS: Final[Mapping[str, Kind]] = {
    "seen": Kind.SEEN,
    "acknowledged": Kind.ACKNOWLEDGED,
    "taken": Kind.TAKEN,
    "passed-on": Kind.PASSED_ON,
    "countersigned": Kind.COUNTERSIGNED,
}

log = structlog.get_logger()


class Service(Speaker):
    """The answers of one running post."""

    def __init__(self, post: Post) -> None:
        super().__init__(post)
        self.accounts = Accounts(post)
        self.means = Means(post, self.counters, time.monotonic)

    def answer(self, request: asks.AnyRequest, reply: Reply) -> None:
        """Do what is asked; `reply` gets the value, or the OpenlineError that came instead."""
        if type(request) is asks.Send:
            self._send(request, reply)
        else:
            self.post.group.create_task(self._answer(request, reply))

    def watch(self, request: asks.Watch, listener: Callable[[dict[str, Any]], None]) -> Callable[[], None]:
        """Tell what comes on one line or on all. Raises UnknownName."""
        line = self.names.line(request.line) if request.line else None
        tell = telling.teller(self.names, line, listener)
        self.post.listeners.append(tell)
        self.post.watchers += 1

        def stop() -> None:
            self.post.listeners.remove(tell)
            self.post.watchers -= 1

        return stop

    def _send(self, request: asks.Send, reply: Reply) -> None:
        """The one that has to be fast: no task, no waiting."""
        try:
            make = self._sending(request)
        except OpenlineError as error:
            reply(error)
            return
        self.post.loop.ask(lambda number: make(request=number), lambda outcome: reply(_written(outcome)))

    def _sending(self, request: asks.Send) -> Callable[..., events.Send]:
        return partial(
            events.Send,
            line=self.names.line(request.line),
            text=request.text,
            officer=self.names.officer(request.officer),
            precedence=precedence(request.precedence),
            traffic=traffic_class(request.traffic),
            deliver_by=None if request.deliver_by is None else Instant(request.deliver_by),
            give_up=request.give_up,
        )

    async def send(self, request: asks.Send) -> Any:
        """As any other request, where it need not be fast."""
        make = self._sending(request)
        return await self.writing(lambda number: make(request=number))

    async def draft(self, request: DraftMake) -> Any:
        """Make ready what another request would sign, by doing that one with a speaker who only drafts."""
        inner = asks.signing(request.request)
        speaker = copy.copy(self)
        speaker.drafting = drafts.drafter(release=request.release, device=request.device)
        try:
            await _ANSWERS[type(inner)](speaker, inner)
        except Drafted as made:
            return drafts.with_words(self, made.value)
        raise Misuse("That request writes nothing that could be drafted.")

    async def _answer(self, request: asks.AnyRequest, reply: Reply) -> None:
        try:
            value = await _ANSWERS[type(request)](self, request)
        except OpenlineError as error:
            reply(error)
        except Exception:
            log.exception("a request failed", request=type(request).__name__)
            reply(InternalError("The post met an error of its own while it did this."))
        else:
            reply(value)

    # This post and its peers

    async def about(self, request: asks.About) -> Any:
        card = self.post.keyring.card
        return {"name": card.name, "post": card.post.hex(), "fingerprint": card.fingerprint}

    async def peer_add(self, request: asks.PeerAdd) -> Any:
        try:
            data = base64.b64decode(request.card, validate=True)
        except binascii.Error as error:
            raise BadRequest("The card is not in Base64.") from error
        card = Card.admit(data)
        if card.post == self.post.keyring.card.post:
            raise NotAllowed("This is this post's own card.")
        if not digits.same(request.fingerprint, card.fingerprint):
            raise WrongFingerprint(f"The card of {card.name!r} has another fingerprint than the one that was given.")
        name = self.post.trust_card(card, request.called and new_name(request.called, "a peer"))
        return {"peer": name, "fingerprint": card.fingerprint}

    async def peer_list(self, request: asks.PeerList) -> Any:
        linked = self.post.links.peers() if self.post.links else {}
        trusted = [(peer.card, peer.name, True) for peer in self.post.trust.peers.values()]
        brought = [(card, card.name, False) for card in self.post.introduced.values()]
        return {
            "peers": [
                {
                    "peer": name,
                    "card_name": card.name,
                    "fingerprint": card.fingerprint,
                    "compared": compared,
                    "addresses": list(self.post.addresses.get(card.post, ())),
                    "linked": linked.get(card.post, []),
                }
                for card, name, compared in [*trusted, *brought]
            ]
        }

    async def peer_address(self, request: asks.PeerAddress) -> Any:
        peer = self.names.trusted(request.peer)
        for address in request.addresses:
            read_address(address)
        self.post.set_addresses(peer.card.post, request.addresses)
        return {"peer": peer.name, "addresses": list(request.addresses)}

    # Lines

    async def line_open(self, request: asks.LineOpen) -> Any:
        name, peers = new_name(request.line, "a line"), self.names.peers(request.peers)
        classes = tuple(sorted(map(traffic_class, set(request.classes)))) or tuple(TrafficClass)
        rules = self._rules(request.text)
        return await self.command(lambda number: events.OpenLine(number, name, peers, classes, rules))

    def _rules(self, text: str) -> bytes:
        home = self.post.keyring.home.path
        return agreements.read_rules(text, self.names, lambda name: Forms(home).named(name).ref)

    async def line_accept(self, request: asks.LineAccept) -> Any:
        line = self.names.line(request.line)
        return await self.command(lambda number: events.AcceptLine(number, line, request.terms))

    async def line_change(self, request: asks.LineChange) -> Any:
        line, add, remove = (
            self.names.line(request.line),
            self.names.peers(request.add),
            self.names.peers(request.remove),
        )
        return await self.command(lambda number: events.ChangeMembers(number, line, add, remove))

    async def line_rules(self, request: asks.LineRules) -> Any:
        line = self.names.line(request.line)
        value = agreements.rules_value(agreements.in_force(self.names, line), self.names)
        if not request.text:
            return {"line": request.line, "rules": value}
        rules = self._rules(request.text)
        return await self.command(lambda number: events.ChangeMembers(number, line, rules=rules))

    async def line_list(self, request: asks.LineList) -> Any:
        lines = []
        for name, line in sorted(self.names.lines().items()):
            count = await self.post.reading(self.post.record.count, line)
            value = {"line": name, "id": line.hex(), "entries": count, "proposed": count == 0}
            lines.append({**value, "classes": self.names.classes(line)})
        return {"lines": lines}

    async def line_status(self, request: asks.LineStatus) -> Any:
        line = self.names.line(request.line)
        value = await self.command(lambda number: events.LineStatus(number, line))
        lacks = standing.lacking(self.post.engine, line)
        return await self.post.reading(
            standing.with_proofs, value, self.post.record, self.names, line, self.post.links, lacks
        )

    async def line_checkpoint(self, request: asks.LineCheckpoint) -> Any:
        line = self.names.line(request.line)
        return await self.command(lambda number: events.MakeCheckpoint(number, line))

    async def line_resume(self, request: asks.LineResume) -> Any:
        line = self.names.line(request.line)
        held = None if self.post.engine is None else self.post.engine.state.lines.get(line)
        head = keychanges.last_entries(self.post).get(line)
        if held is None or head is None:
            raise NotReady("This post has written nothing on that line; it can accept it anew.")
        if held.unheard is None:
            raise NotAllowed("This line is not waiting for anything; it writes.")
        if self.post.keyring.card.branches.get(line, ())[-1:] != (head,):
            await self.post.change_keys(keychanges.name_branch(line, *head))
        await self.post.loop.idle()
        return await self.command(lambda number: events.ConfirmStart(number, line))

    # What people say

    async def _room(self, kept: Kept) -> None:
        """Raise NotAllowed where nothing more of this post would count in the exchange of an entry."""
        header, me = kept.entry.header, self.post.keyring.card.post
        exchange = await self.post.reading(self.post.record.exchange, header.line, header.exchange or kept.entry.id)
        own = sum(each.entry.header.author == me and each.entry.header.exchange is not None for each in exchange)
        if own >= EXCHANGE_ENTRIES_MAX:
            raise NotAllowed(f"This post has written {own} entries in this exchange, and no more count: begin another.")

    async def reply(self, request: asks.Reply) -> Any:
        kept = self.names.entry(request.entry)
        await self._room(kept)
        header = kept.entry.header
        make = partial(
            events.Send,
            line=header.line,
            text=request.text,
            officer=self.names.officer(request.officer),
            precedence=precedence(request.precedence) if request.precedence else Precedence(header.precedence),
            traffic=header.traffic,
            replies_to=kept,
        )
        return await self.writing(lambda number: make(request=number))

    async def correct(self, request: asks.Correct) -> Any:
        kept = self.names.entry(request.entry)
        await self._room(kept)
        header = kept.entry.header
        make = partial(
            events.Send,
            line=header.line,
            text=request.text,
            officer=self.names.officer(request.officer),
            precedence=Precedence(header.precedence),
            traffic=header.traffic,
            corrects=kept,
        )
        return await self.writing(lambda number: make(request=number))

    async def mark(self, request: asks.Mark) -> Any:
        if request.what not in MARKS:
            raise Misuse(f"{request.what!r} is no mark: say {', '.join(MARKS)}.")
        if (request.what == "passed-on") != bool(request.to):
            raise Misuse("Passed on is said with to whom, and nothing else is.")
        kept = self.names.entry(request.entry)
        kind, officer = MARKS[request.what], self.names.officer(request.officer)
        earlier = None
        if kind in ladder_marks:
            earlier = await self.post.reading(queries.own_mark, self.post, self.names, kept, kind, officer, request.to)
        if earlier is not None:
            return {"id": earlier.hex(), "already": True}
        await self._room(kept)
        make = partial(events.Mark, line=kept.entry.header.line, target=kept, kind=kind, officer=officer, to=request.to)
        return await self.writing(lambda number: make(request=number))

    # Questions to the record

    async def inbox(self, request: asks.Inbox) -> Any:
        if not 1 <= request.most <= INBOX_MAX_ENTRIES:
            raise Misuse(f"Ask for 1 to {INBOX_MAX_ENTRIES} entries at a time.")
        line = self.names.line(request.line) if request.line else None
        return await self.post.reading(queries.inbox, self.post, self.names, line, request.before, request.most)

    async def show(self, request: asks.Show) -> Any:
        kept = self.names.entry(request.entry)
        value = await self.post.reading(queries.show, self.post, self.names, kept)
        beside = await self.post.reading(translations.translations, self.post.record, self.names, kept.entry)
        return {**value, "translations": beside}

    async def receipts(self, request: asks.Receipts) -> Any:
        kept = self.names.entry(request.entry)
        return await self.post.reading(queries.receipts, self.post, self.names, kept)

    # Action cards and paging

    async def action(self, request: asks.Action) -> Any:
        return await self.post.reading(actions.action, self.post.keyring.home.path, request.code)

    def _pager(self) -> Pager:
        """That of the running post, or one that has only read its file."""
        pager = self.post.pager
        if pager is None:
            pager = Pager(self.post)
            with suppress(BadPaging):
                pager.read()
        return pager

    async def paging_show(self, request: asks.PagingShow) -> Any:
        return await self._pager().shown()

    async def paging_test(self, request: asks.PagingTest) -> Any:
        return {"attempts": [pages.value_of(each) for each in await self._pager().test(request.person)]}

    async def paging_log(self, request: asks.PagingLog) -> Any:
        if not 1 <= request.most <= PAGES_MAX:
            raise Misuse(f"Ask for 1 to {PAGES_MAX} attempts at a time.")
        held = pages.held(self.post)[-request.most :]
        return {"attempts": [pages.value_of(attempt) for _, attempt in held]}

    # Files

    async def carry_out(self, request: asks.CarryOut) -> Any:
        line, peer = self.names.line(request.line), self.names.peer(request.peer)
        card = self.names.card(peer)
        engine = self.post.engine
        if card is None or engine is None:
            raise NotReady("The post is still loading its record.")
        entries = await self.post.reading(carrying.lacking, self.post.record, line, engine.lacking(line, peer))
        outcome = await self.post.asked(lambda number: events.CarryOut(number, line, peer, entries))
        if isinstance(outcome, Refuse):
            raise outcome.error
        if not isinstance(outcome, Parcel):
            raise InternalError("The machine gave no parcel.")
        size = await self.post.reading(carrying.write, self.post.keyring.own, card, outcome.frames, Path(request.file))
        return {"line": request.line, "to": request.peer, "entries": len(entries), "bytes": size}

    async def carry_in(self, request: asks.CarryIn) -> Any:
        sender, frames = await self.post.reading(carrying.read, self.post.keyring.own, self.names, Path(request.file))
        value = await self.command(lambda number: events.CarriedIn(number, sender, frames))
        return {"from": self.names.post(sender), **(value or {})}

    async def backup(self, request: asks.Backup) -> Any:
        file = Path(request.file)
        size = await self.post.reading(backups.backup, self.post.keyring.home, file)
        return {"file": str(file), "bytes": size}

    async def export(self, request: asks.Export) -> Any:
        line = self.names.line(request.line)
        try:
            await self.command(lambda number: events.MakeCheckpoint(number, line))
        except (NotReady, NotAllowed) as error:
            log.info("exporting without a new checkpoint", why=str(error))
        return await self.post.reading(
            bundles.export,
            self.post,
            self.names,
            line,
            Path(request.file),
            request.withhold,
            request.withhold_all,
        )

    # Our own keys

    async def officer_add(self, request: asks.OfficerAdd) -> Any:
        name, roles = new_name(request.officer, "an officer"), tuple(new_name(each, "a role") for each in request.roles)
        await self.post.change_keys(keychanges.add_officer(name, roles))
        return {"officer": request.officer, "number": self.names.officer(request.officer)}

    async def officer_list(self, request: asks.OfficerList) -> Any:
        return {"officers": [queries.officer_value(each) for each in self.post.keyring.card.officers]}

    async def officer_end(self, request: asks.OfficerEnd) -> Any:
        number = self.names.officer(request.officer)
        if not request.officer:
            raise Misuse("Name the officer.")
        await self.post.change_keys(keychanges.end_officer(number))
        return {"officer": request.officer, "number": number}

    async def keys_rotate(self, request: asks.KeysRotate) -> Any:
        if request.which == "feed":
            for line in self.names.lines().values():
                await self.command(lambda number, line=line: events.MakeCheckpoint(number, line))  # type: ignore[misc]
        await self.post.change_keys(keychanges.rotate(request.which, partial(keychanges.last_entries, self.post)))
        return keychanges.in_force(self.post.keyring.card)

    async def keys_revoke(self, request: asks.KeysRevoke) -> Any:
        await self.post.change_keys(keychanges.revoke(request.public))
        return keychanges.in_force(self.post.keyring.card)

    async def keys_branch(self, request: asks.KeysBranch) -> Any:
        header = self.names.entry(request.entry).entry.header
        if header.author != self.post.keyring.card.post:
            raise NotAllowed("A post names the true branch of its own feed only.")
        entry = self.names.entry(request.entry).entry.id
        await self.post.change_keys(keychanges.name_branch(header.line, header.number, entry))
        return {"line": self.names.line_name(header.line), "number": header.number, "id": entry.hex()}

    # Who signs in at the desk

    async def desk_link(self, request: asks.DeskLink) -> Any:
        return self.accounts.link(request)

    async def desk_list(self, request: asks.DeskList) -> Any:
        return self.accounts.told()

    async def desk_end(self, request: asks.DeskEnd) -> Any:
        ended = self.accounts.end(request.officer)
        self.means.forget(ended["number"])
        return ended


def _written(outcome: Outcome) -> Any:
    value = told(outcome)
    return value if isinstance(value, OpenlineError) else {"id": value}


_ANSWERS: Final[Mapping[type, Callable[[Service, Any], Awaitable[Any]]]] = {
    asks.About: Service.about,
    asks.PeerAdd: Service.peer_add,
    asks.PeerList: Service.peer_list,
    asks.PeerAddress: Service.peer_address,
    asks.LineOpen: Service.line_open,
    asks.LineAccept: Service.line_accept,
    asks.LineChange: Service.line_change,
    asks.LineRules: Service.line_rules,
    asks.LineList: Service.line_list,
    asks.LineStatus: Service.line_status,
    asks.LineCheckpoint: Service.line_checkpoint,
    asks.LineResume: Service.line_resume,
    asks.OfficerAdd: Service.officer_add,
    asks.OfficerList: Service.officer_list,
    asks.OfficerEnd: Service.officer_end,
    asks.Send: Service.send,
    DraftMake: Service.draft,
    asks.Reply: Service.reply,
    asks.Correct: Service.correct,
    asks.Mark: Service.mark,
    asks.Inbox: Service.inbox,
    asks.Show: Service.show,
    asks.Receipts: Service.receipts,
    asks.Action: Service.action,
    asks.PagingShow: Service.paging_show,
    asks.PagingTest: Service.paging_test,
    asks.PagingLog: Service.paging_log,
    asks.CarryOut: Service.carry_out,
    asks.CarryIn: Service.carry_in,
    asks.Backup: Service.backup,
    asks.Export: Service.export,
    asks.KeysRotate: Service.keys_rotate,
    asks.KeysRevoke: Service.keys_revoke,
    asks.KeysBranch: Service.keys_branch,
    **answering.ANSWERS,
    asks.DeskLink: Service.desk_link,
    asks.DeskList: Service.desk_list,
    asks.DeskEnd: Service.desk_end,
}
