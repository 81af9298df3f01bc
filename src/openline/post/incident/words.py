"""What an entry of an incident says, in one sentence without its subject, for the timeline."""

from __future__ import annotations

from collections.abc import Callable

from openline.exchanges.incident import State
from openline.exchanges.incident.telling import STANCES
from openline.feeds.record import Kept
from openline.proof.sentences import utc
from openline.terms import EntryId, PostId
from openline.wire import incident as wire
from openline.wire.contact import Words
from openline.wire.incident import Confidence, Word
from openline.wire.kinds import Kind

NameOf = Callable[[PostId], str]

VERBS = {
    Word.ACCEPTED: "accepts",
    Word.DECLINED: "declines",
    Word.WITHDRAWN: "withdraws",
    Word.FINISHED: "has finished",
    Word.CLOSED: "closes the incident",
    Word.REOPENED: "opens the incident again",
}


def what_of(state: State, kept: Kept, name_of: NameOf) -> str:
    """The sentence, of an entry that the fold took."""
    entry, header = kept.entry, kept.entry.header
    match header.kind:
        case Kind.INCIDENT:
            return "opens the incident"
        case Kind.INCIDENT_ASSESSED:
            return ("revises its assessment" if len(header.refers) > 1 else "assesses") + _assessed(kept)
        case Kind.INCIDENT_STANCE:
            stance, words = wire.stance_of(entry)
            return f"{STANCES[stance]} {_target(state, header.refers[1], name_of)}{_said(words)}"
        case Kind.INCIDENT_SOURCE:
            return "names a source: " + "; ".join(each.text for each in wire.sources_of(entry).sources)
        case Kind.INCIDENT_INVESTIGATED:
            partners, words = wire.joint_of(entry)
            asked = f" and asks {_and(partners, name_of)} to do so with it" if partners else ""
            return f"investigates{asked}{_said(words)}"
        case Kind.INCIDENT_QUIET:
            quiet, words = wire.quiet_of(entry)
            return f"asks {_and(quiet.asked, name_of)} not to comment before {utc(quiet.until)}{_said(words)}"
        case Kind.INCIDENT_CORRECTION:
            when, described = wire.correction_of(entry)
            text = "withheld" if described is None else f'"{described.title}", {described.place}'
            return f"proposes that it should read: {text}, {utc(when.at)}"
        case _:
            return _word(state, kept, name_of)


def _assessed(kept: Kept) -> str:
    judgement, finding, _ = wire.assessed_of(kept.entry)
    mark = "confirmed" if judgement.confirmed else "preliminary"
    sure = "" if judgement.confidence == Confidence.NOT_STATED else judgement.confidence.name.lower().replace("_", " ")
    words = "withheld" if finding is None else f"{finding.what} Origin: {finding.origin or 'not known'}"
    return f" ({mark}{', ' if sure else ''}{sure}): {words}"


def _word(state: State, kept: Kept, name_of: NameOf) -> str:
    word, words = wire.word_of(kept.entry)
    refers = kept.entry.header.refers
    if word == Word.SAME:
        return f"says that it is the same incident as {refers[1].hex()[:12]}{_said(words)}"
    about = f" {_target(state, refers[1], name_of)}" if len(refers) > 1 else ""
    return f"{VERBS[word]}{about}{_said(words)}"


def _target(state: State, target: EntryId, name_of: NameOf) -> str:
    held = state.assessment(target)
    if held is not None:
        earlier = "" if target == held.standing.id else ", a version that was revised since"
        return f"the assessment {target.hex()[:12]} of {name_of(held.author)}{earlier}"
    sorts = {
        "the investigation": state.investigations,
        "the request not to comment": state.quiets,
        "the correction": state.corrections,
        "the tie": state.ties,
    }
    return next(
        (f"{what} of {name_of(each.author)}" for what, parts in sorts.items() for each in parts if each.id == target),
        target.hex()[:12],
    )


def _and(posts: tuple[PostId, ...], name_of: NameOf) -> str:
    *first, last = map(name_of, posts)
    return f"{', '.join(first)} and {last}" if first else last


def _said(words: Words | None) -> str:
    return f": {words.text}" if words is not None and words.text else ""
