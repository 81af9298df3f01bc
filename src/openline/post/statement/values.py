"""Joint statements as JSON holds them."""

from __future__ import annotations

from typing import Any

from openline.exchanges.joint_statement import Approved, Edit, Proposal, State
from openline.feeds.folding import Folded
from openline.feeds.order import precedes
from openline.post.names import Names
from openline.post.queries import entry_value
from openline.proof.sentences import utc
from openline.terms import PostId
from openline.wire.contact import Words


def head_value(names: Names, folded: Folded[State]) -> dict[str, Any]:
    """A statement in short: what it is about, how it stands, and who approved."""
    state = folded.state
    approved = state.approved()
    return {
        **entry_value(names, folded.entries[0]),
        "about": _text(state.words),
        "status": status(state),
        "parties": [names.post(each) for each in state.parties],
        "languages": list(state.opening.languages),
        "needed": state.needed,
        "persons": state.persons,
        "not_before": utc(state.opening.not_before) if state.opening.not_before else None,
        "version": state.digest().hex(),
        "revision": state.revision,
        "complete": state.complete,
        "approved": [names.post(each) for each in approved],
        "missing": [names.post(each) for each in state.parties if each not in approved],
        "proposed": sum(1 for each in state.proposals if each.status == "open"),
    }


def status(state: State) -> str:
    """`released`, `withdrawn`, `ready`, or `open`."""
    if state.closed is not None:
        return "released" if state.closed.released else "withdrawn"
    return "ready" if state.ready else "open"


def statement_value(names: Names, me: PostId, folded: Folded[State]) -> dict[str, Any]:
    """A statement with its text, its changes, what is proposed, and its approvals."""
    state = folded.state
    standing = [each for each in state.lines if not each.struck]
    return {
        **head_value(names, folded),
        "drafter": names.post(state.drafter),
        "pen": state.drafter == me,
        "refers": [each.hex() for each in state.refers],
        "lines": [
            {"id": each.id.hex(), "texts": dict(each.texts), "changed": max(each.changed.values())} for each in standing
        ],
        "changes": [_edit_value(names, each) for each in state.edits],
        "proposals": [_proposal_value(names, each) for each in state.proposals],
        "approvals": [_approval_value(names, state, each) for each in state.approvals],
        "closed": None
        if state.closed is None
        else {
            **entry_value(names, state.closed.kept),
            "outcome": "released" if state.closed.released else "withdrawn",
            "text": _text(state.closed.words),
        },
        "ignored": [{"id": each.entry.hex(), "why": each.why} for each in folded.ignored],
    }


def _edit_value(names: Names, edit: Edit) -> dict[str, Any]:
    return {
        **entry_value(names, edit.kept),
        "revision": edit.revision,
        "change": edit.change.name.lower(),
        "line_id": edit.line.hex(),
        "before": dict(edit.before),
        "after": dict(edit.after),
        "text": _text(edit.words),
        "accepted": None
        if edit.accepted is None
        else {"by": names.post(edit.accepted.entry.header.author), "officer": names.acted(edit.accepted.entry)},
    }


def _proposal_value(names: Names, proposal: Proposal) -> dict[str, Any]:
    return {
        **entry_value(names, proposal.kept),
        "status": proposal.status.value,
        "change": proposal.change.change.name.lower(),
        "line_id": None if proposal.line is None else proposal.line.hex(),
        "before": dict(proposal.before),
        "after": {each.language: each.text for each in proposal.change.texts},
        "text": _text(proposal.words),
        "words": [
            {
                **entry_value(names, each.kept),
                "stance": each.stance.name.lower(),
                "text": _text(each.words),
            }
            for each in proposal.said
        ],
    }


def _approval_value(names: Names, state: State, approved: Approved) -> dict[str, Any]:
    back = approved.back
    crossed = back is not None and state.closed is not None and not precedes(back, state.closed.kept)
    return {
        **entry_value(names, approved.kept),
        "version": approved.digest.hex(),
        "of_this_version": approved.digest == state.digest(),
        "taken_back": None
        if back is None
        else {"id": back.entry.id.hex(), "officer": names.acted(back.entry), "crossed_the_release": crossed},
    }


def _text(words: Words | None) -> str | None:
    return None if words is None else words.text
