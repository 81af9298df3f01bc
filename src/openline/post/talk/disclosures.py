"""Disclosure of contacts, as people ask for it and as JSON holds it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from openline.engine.machines import DISCLOSURE
from openline.errors import Misuse, NotAllowed, PeerError
from openline.exchanges import disclosure as machine
from openline.exchanges.contact import State as Contact
from openline.exchanges.disclosure import Disclosed, Judgement, State, Terms
from openline.feeds.folding import Folded
from openline.post.call.calls import option
from openline.post.call.contacts import named
from openline.post.loop import now
from openline.post.names import Names
from openline.post.queries import entry_value
from openline.post.speaker import Answerer, Speaker
from openline.post.talk import minute_requests as asks
from openline.post.talk import talks
from openline.proof.sentences import utc
from openline.terms import Instant, LineId, PostId
from openline.wire import disclosure as wire
from openline.wire.contact import WORDS, Words
from openline.wire.disclosure import NO_ENTRY, Event, Item, Proposal
from openline.wire.kinds import Kind
from openline.wire.rules import Disclosure, decode_rules


async def propose(service: Speaker, request: asks.DisclosePropose) -> Any:
    """Propose what may be said, first or in place of what was proposed or agreed before."""
    line, contact = await talks.contact_of(service, request.contact)
    items = [Item(level=option(Disclosure, request.level), since=Instant(request.since))]
    for about, level in request.items:
        entry = service.names.entry(about).entry.id
        items.append(Item(level=option(Disclosure, level), about=entry, since=Instant(request.since)))
    body = Proposal(_parties(service, contact.state), tuple(items))
    held = (wire.PROPOSAL.item(body), WORDS.item(Words(request.text.strip())))
    return await talks.begin(service, line, contact, Kind.DISCLOSURE, held, request.officer)


def _parties(service: Speaker, state: Contact) -> tuple[PostId, ...]:
    """Everybody whom the contact concerns; this post among them. Raises NotAllowed."""
    parties = talks.parties(state)
    if service.post.keyring.card.post not in parties:
        raise NotAllowed("This post took no part in that contact.")
    return parties


async def agree(service: Speaker, request: asks.DiscloseAgree) -> Any:
    """Agree to a proposal."""
    proposal, folded = await talks.opened_by(service, request.proposal, DISCLOSURE, "disclosure")
    if proposal.entry.header.kind != Kind.DISCLOSURE:
        raise Misuse(f"{request.proposal} is no proposal.")
    return await talks.add(service, folded, Kind.DISCLOSURE_AGREED, (), request.officer, proposal.entry.id)


async def record(service: Speaker, request: asks.DiscloseRecord) -> Any:
    """Record that something became public."""
    line, contact = await talks.contact_of(service, request.contact)
    body = Event(
        parties=_parties(service, contact.state),
        at=Instant(request.at or now()),
        by=service.names.member(request.by) if request.by else None,
        about=service.names.entry(request.about).entry.id if request.about else NO_ENTRY,
        asked=request.asked,
        confirmed_only=request.confirmed_only,
        agreed_text=request.agreed_text,
    )
    if request.at > now():
        raise Misuse("That time has not come yet: say when it became public.")
    items = (wire.EVENT.item(body), WORDS.item(Words(request.text.strip(), request.who.strip())))
    return await talks.begin(service, line, contact, Kind.DISCLOSED, items, request.officer)


async def breach(service: Speaker, request: asks.DiscloseBreach) -> Any:
    """Record a breach."""
    disclosed, folded = await talks.opened_by(service, request.disclosed, DISCLOSURE, "disclosure")
    if disclosed.entry.header.kind != Kind.DISCLOSED:
        raise Misuse("A breach names what was recorded as disclosed.")
    items = (WORDS.item(Words(request.text.strip())),)
    return await talks.add(service, folded, Kind.BREACH, items, request.officer, disclosed.entry.id)


async def show(service: Speaker, request: asks.DiscloseShow) -> Any:
    """What may be said of a contact, and what was."""
    line, contact = await talks.contact_of(service, request.contact)
    found = await talks.find(service, line, DISCLOSURE, contact.state)
    rule = rule_of(service.names, line, contact.state)
    return {
        "contact": contact.head.hex(),
        "rule": named(rule.name),
        "disclosures": [disclosure_value(service.names, each, rule) for each in found.own],
        "ignored": found.ignored(),
    }


def rule_of(names: Names, line: LineId, state: Contact) -> Disclosure:
    """What holds for a contact of which nothing else was agreed: the rules of the terms that its request names."""
    held = names.machine_line(line)
    terms = None if held is None else held.version(state.requests[0].entry.header.terms)
    try:
        return Disclosure.CLOSED if terms is None else decode_rules(terms.rules).disclosure
    except PeerError:
        return Disclosure.CLOSED


def disclosure_value(names: Names, folded: Folded[State], rule: Disclosure) -> dict[str, Any]:
    """The terms proposed and agreed, and each disclosure with what they say of it; `rule` is where nothing is agreed.

    `in_force` are the terms for the contact itself now.
    """
    state = folded.state
    at_now = state.applies(NO_ENTRY, now())
    return {
        "id": folded.head.hex(),
        "parties": [names.post(each) for each in state.parties],
        "in_force": None if at_now is None else at_now.kept.entry.id.hex(),
        "terms": [_terms_value(names, each) for each in state.terms],
        "disclosed": [_disclosed_value(names, each, rule) for each in state.disclosed],
        "ignored": [{"id": each.entry.hex(), "why": each.why} for each in folded.ignored],
    }


def _terms_value(names: Names, terms: Terms) -> dict[str, Any]:
    return {
        **entry_value(names, terms.kept),
        "items": [
            {
                "about": None if each.about == NO_ENTRY else each.about.hex(),
                "level": named(each.level.name),
                "since": utc(each.since) if each.since else None,
            }
            for each in terms.proposal.items
        ],
        "text": None if terms.words is None else terms.words.text,
        "by": [names.post(each) for each in terms.by],
        "agreements": [entry_value(names, each) for each in terms.agreed],
        "agreed_since": None if terms.since is None else utc(terms.since),
    }


def _disclosed_value(names: Names, each: Disclosed, rule: Disclosure) -> dict[str, Any]:
    event, words = each.event, each.words
    by_rule = machine.judge(rule, event) if each.judgement == Judgement.NO_TERMS else None
    return {
        **entry_value(names, each.kept),
        "happened": utc(event.at),
        "by": None if event.by is None else names.post(event.by),
        "about": None if event.about == NO_ENTRY else event.about.hex(),
        "asked": event.asked,
        "confirmed_only": event.confirmed_only,
        "agreed_text": event.agreed_text,
        "text": None if words is None else words.text,
        "who": None if words is None else words.who,
        "judgement": each.judgement.value,
        "by_the_rule": None if by_rule is None else by_rule.value,
        "breaches": [
            {**entry_value(names, kept), "text": None if said is None else said.text} for kept, said in each.breaches
        ],
    }


ANSWERS: Final[Mapping[type, Answerer]] = {
    asks.DisclosePropose: propose,
    asks.DiscloseAgree: agree,
    asks.DiscloseRecord: record,
    asks.DiscloseBreach: breach,
    asks.DiscloseShow: show,
}
