"""Claims as JSON holds them: one claim, on every line on which it is here, with the answer or the silence of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openline.exchanges.claim import Answered, Given, Party, State, Stated, Withdrawn, forbidden
from openline.feeds.folding import Folded
from openline.post.call.contacts import named
from openline.post.claim.reached import reached
from openline.post.names import Names
from openline.post.post import Post
from openline.post.queries import entry_value
from openline.proof.sentences import utc
from openline.terms import Precedence, TrafficClass
from openline.wire.contact import Words


def claim_value(post: Post, names: Names, held: Sequence[Folded[State]]) -> dict[str, Any]:
    """One claim; `put` has it once for each time that it was put, oldest first."""
    state = held[0].state
    words = next((each.state.words for each in held if each.state.words is not None), None)
    return {
        "claim": state.claim.digest.hex(),
        "claimant": names.post(state.claimant),
        "own": names.is_own(state.claimant),
        "class": TrafficClass(state.traffic).name.lower(),
        "text": None if words is None else words.text,
        "put": [_put_value(post, names, each, held) for each in held],
    }


def _put_value(post: Post, names: Names, folded: Folded[State], held: Sequence[Folded[State]]) -> dict[str, Any]:
    state = folded.state
    header = state.opening.entry.header
    told = [_stated_value(names, each) for each in state.told]
    return {
        "id": folded.head.hex(),
        "line": names.line_name(header.line),
        "at": utc(header.time),
        "officer": names.acted(state.opening.entry),
        "precedence": Precedence(header.precedence).name.lower(),
        "reply_by": utc(state.claim.reply_by) if state.claim.reply_by else None,
        "replaces": None if state.replaces is None else state.replaces.hex(),
        "withdrawn": None if state.withdrawn is None else _withdrawn_value(names, state.withdrawn),
        "parties": [_party_value(post, names, state, each) for each in state.parties],
        "evidence": [_given_value(names, each) for each in state.evidence],
        "told": told,
        "not_told_of": _untold(names, folded, held) if names.is_own(state.claimant) else None,
        "ignored": [{"id": each.entry.hex(), "why": each.why} for each in folded.ignored],
    }


def _untold(names: Names, folded: Folded[State], held: Sequence[Folded[State]]) -> list[str]:
    """Those to whom we put it elsewhere, and whom what we stated on this line does not name."""
    stated = folded.state.told[-1].names if folded.state.told else ()
    known = {each.casefold() for each in stated or ()}
    return [name for name in elsewhere(names, folded, held) if name.casefold() not in known]


def elsewhere(names: Names, folded: Folded[State], held: Sequence[Folded[State]]) -> list[str]:
    """The names of those to whom a claim of ours is put, but not where `folded` stands."""
    here = {party.post for party in folded.state.parties}
    others = {party.post: None for each in held for party in each.state.parties if party.post not in here}
    return list(map(names.post, others))


def _party_value(post: Post, names: Names, state: State, party: Party) -> dict[str, Any]:
    return {
        "post": names.post(party.post),
        "own": names.is_own(party.post),
        "status": state.status(party).replace(" ", "-"),
        "answers": [_answer_value(names, each) for each in party.answers],
        "reached": reached(post, names, state.opening, state.marks, party.post),
    }


def _answer_value(names: Names, answered: Answered) -> dict[str, Any]:
    return {
        **entry_value(names, answered.kept),
        "stance": named(answered.stance.name),
        "text": _text(answered.words),
        "late": answered.late,
        "crossed": answered.crossed,
    }


def _given_value(names: Names, given: Given) -> dict[str, Any]:
    files = [{"name": each.name, "sha256": each.digest.hex()} for each in given.files]
    return {**entry_value(names, given.kept), "text": _text(given.words), "files": files}


def _stated_value(names: Names, stated: Stated) -> dict[str, Any]:
    """A statement of who else was told; `allowed` by the rules under which it was written, None where not known."""
    entry = stated.kept.entry
    line = names.machine_line(entry.header.line)
    terms = None if line is None else line.version(entry.header.terms)
    allowed = None if line is None or terms is None else forbidden(entry, line.rules_of(terms)) is None
    told = None if stated.names is None else list(stated.names)
    return {**entry_value(names, stated.kept), "names": told, "text": stated.text, "allowed": allowed}


def _withdrawn_value(names: Names, withdrawn: Withdrawn) -> dict[str, Any]:
    replaced = None if withdrawn.replaced is None else withdrawn.replaced.hex()
    return {**entry_value(names, withdrawn.kept), "text": _text(withdrawn.words), "replaced_by": replaced}


def _text(words: Words | None) -> str | None:
    return None if words is None else words.text
