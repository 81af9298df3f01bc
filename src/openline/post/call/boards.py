"""The reach board: one matter, several offices on all lines; whom we have asked, reached and briefed (B5).

A row is what our own contacts in the matter came to with one office, and whether one of our messages about it was taken
there. It is worked out from the record each time; nothing of it is kept.
"""

from __future__ import annotations

from typing import Any, Final

from openline.errors import PeerError
from openline.exchanges import message
from openline.exchanges.contact import Party, State
from openline.feeds.folding import Folded
from openline.limits import OPENINGS_MAX
from openline.post.call import contacts
from openline.post.names import Names
from openline.post.post import Post
from openline.proof.sentences import utc
from openline.terms import EntryId, LineId, PostId
from openline.wire.bodies import message_of
from openline.wire.contact import Layer, Outcome, Reply
from openline.wire.kinds import Kind

STANDS: Final = ("held", "briefed", "refused", "answered", "no-answer", "withdrawn", "asked")
"""How an office stands, the furthest first: what a row says in one word."""


def board(post: Post, names: Names, matter: str) -> dict[str, Any]:
    """All rows of a matter, or of every matter; `told` is who else is told, by our own requests."""
    me = post.keyring.card.post
    found = contacts.newest(post.record, None, OPENINGS_MAX)
    ours = [(line, folded) for line, folded in found if _is_about(folded.state, me, matter)]
    taken = _messages_taken(post, names, matter) if matter else {}
    rows: dict[tuple[LineId, PostId, str], dict[str, Any]] = {}
    for line, folded in sorted(ours, key=lambda each: each[1].state.requests[0].entry.header.time):
        for party in folded.state.parties:
            where = _sought(folded.state, party, me)
            row = rows.setdefault((line, *where), {**_empty(names, line, where[0]), "office": where[1]})
            _add(post, names, row, folded, party)
    for (line, member), held in taken.items():
        key = next((key for key in rows if key[:2] == (line, member)), (line, member, ""))
        row = rows.setdefault(key, {**_empty(names, line, member), "office": ""})
        row["briefed"] = row["briefed"] or held
    for row in rows.values():
        row["stands"] = _stands(row)
    told = dict.fromkeys(name for _, folded in ours for each in folded.state.requests for name in _told(each.words))
    matters = dict.fromkeys(name for _, folded in found if (name := _matter(folded.state)) and _is_ours(folded, me))
    return {"matter": matter, "matters": list(matters), "rows": list(rows.values()), "told": list(told)}


def _told(words: Any) -> tuple[str, ...]:
    return () if words is None else words.told


def _matter(state: State) -> str:
    return next((each.words.matter for each in state.requests if each.words is not None and each.words.matter), "")


def _is_ours(folded: Folded[State], me: PostId) -> bool:
    return any(each.entry.header.author == me for each in folded.state.requests)


def _is_about(state: State, me: PostId, matter: str) -> bool:
    mine = any(each.entry.header.author == me for each in state.requests)
    return mine and (not matter or _matter(state).casefold() == matter.casefold())


def _empty(names: Names, line: LineId, member: PostId) -> dict[str, Any]:
    row: dict[str, Any] = {
        "line": names.line_name(line),
        "post": names.post(member),
        "contacts": [],
        "asked": None,
        "layer": "none",
    }
    return {**row, "briefed": None, "refused": None, "answered": None, "outcome": None, "attempts": 0}


def _sought(state: State, party: Party, me: PostId) -> tuple[PostId, str]:
    """Whom we wanted to reach; of requests that crossed, the closer may be the other side."""
    return (party.post, party.office) if party.post != me else (state.closer, state.request.office)


def _add(post: Post, names: Names, row: dict[str, Any], folded: Folded[State], party: Party) -> None:
    """One more contact with the same office: what stands is the newest, but that it was briefed once stays."""
    opening = folded.state.requests[0].entry
    row["contacts"].append(folded.head.hex())
    row["asked"] = utc(opening.header.time)
    row["attempts"] += len(party.attempts)
    row["layer"] = contacts.named(_layer(post, folded, party).name)
    row["outcome"] = None if party.outcome is None else contacts.named(party.outcome.name)
    said = {each.answer.reply: each for each in party.answers}
    row["answered"] = None if party.standing is None else contacts.named(party.standing.answer.reply.name)
    refused = said.get(Reply.DECLINED)
    row["refused"] = None if refused is None or party.standing is not refused else _proof(names, refused.kept.entry)
    if party.content_taken is not None:
        row["briefed"] = row["briefed"] or _proof(names, party.content_taken.kept.entry)


def _proof(names: Names, entry: Any) -> dict[str, Any]:
    return {"officer": names.acted(entry), "at": utc(entry.header.time), "proof": entry.id.hex()}


def _layer(post: Post, folded: Folded[State], party: Party) -> Layer:
    """The highest layer that is proved: the call, an officer who accepted, a desk that answered, a post that signed."""
    if party.outcome == Outcome.HELD:
        return Layer.PRINCIPAL
    if party.answers:
        accepted = any(each.answer.reply == Reply.ACCEPTED for each in party.answers)
        return Layer.OFFICER if accepted else Layer.DESK
    header = folded.state.requests[0].entry.header
    held = {each.by for each in post.record.deliveries(header.line, header.author, header.number)}
    if _sought(folded.state, party, post.keyring.card.post)[0] in held:
        return Layer.POST
    return max((each.attempt.layer for each in party.attempts), default=Layer.NONE)


def _stands(row: dict[str, Any]) -> str:
    """The one word."""
    true = {
        "held": row["outcome"] == "held",
        "briefed": row["briefed"] is not None,
        "refused": row["refused"] is not None or row["outcome"] == "declined",
        "answered": row["answered"] is not None and row["outcome"] is None,
        "no-answer": row["outcome"] in ("no-answer", "not-held"),
        "withdrawn": row["outcome"] == "withdrawn",
    }
    return next((word for word in STANDS if true.get(word)), "asked")


def _messages_taken(post: Post, names: Names, matter: str) -> dict[tuple[LineId, PostId], dict[str, Any]]:
    """Our messages that speak of the matter, and which members' officers took them or passed them on."""
    taken: dict[tuple[LineId, PostId], dict[str, Any]] = {}
    me = post.keyring.card.post
    for _, kept in post.record.openings(None, [Kind.MESSAGE], None, OPENINGS_MAX):
        entry = kept.entry
        if entry.header.author != me or not _speaks_of(entry, matter):
            continue
        state = message.fold(post.record.exchange(entry.header.line, entry.id))
        for step in () if state is None else state.steps:
            if step.proof is not None and message.has_reached([step], message.Rung.TAKEN) and step.by != me:
                proof = post.record.entry(entry.header.line, EntryId(step.proof))
                signed = None if proof is None else names.acted(proof.entry)
                if signed is not None and proof is not None:
                    taken.setdefault((entry.header.line, step.by), _proof(names, proof.entry))
    return taken


def _speaks_of(entry: Any, matter: str) -> bool:
    try:
        return matter.casefold() in message_of(entry).text.casefold()
    except PeerError:
        return False
