"""The machines of the exchanges: which kinds of entries each owns, and how the engine asks it (spec/kinds.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import msgspec

from openline.exchanges import (
    claim,
    commitment,
    contact,
    disclosure,
    hoax,
    incident,
    inquiry,
    joint_statement,
    linkcheck,
    minute,
    notice,
    outage,
    readout,
    roster,
    stop,
    together,
    translation,
)
from openline.exchanges.contact import Facts
from openline.feeds.folding import Draft, Folded, Told
from openline.feeds.record import Kept
from openline.terms import EntryId, Instant, PostId
from openline.wire.entry import Entry
from openline.wire.kinds import Kind
from openline.wire.rules import Rules

NameOf = Callable[[PostId], str]
FactsOf = Callable[[PostId], Facts]


class Machine(msgspec.Struct, frozen=True, kw_only=True):
    """One exchange as the engine sees it. Every function is pure; states are the machine's own.

    `openings` open an exchange, `readers` read the body of each of its kinds and raise PeerError for a bad one.
    `told` says what is new between two folds, `due` when time makes something due, `overdue` what is said then,
    `owed` what this post has to state by itself, and `watches` whether it has to look again when a link changes,
    `objection` why this post should not write an entry that the fold would take, `group` which openings are one
    exchange with a given one (smallest id first). Where `met` is there, they are tied by having crossed, and it names
    the post whose openings can have crossed one.
    `barred` says why the rules of the line do not allow what was opened, and `refusal` is what this post states then;
    `forbidden` says why they do not allow an entry of this post, whatever it is.
    Openings that are numbered have a `series`: its key, the number in it, and its name; `numbered` fills a number in.
    """

    openings: frozenset[Kind]
    readers: Mapping[Kind, Callable[[Entry], object]]
    fold: Callable[[Iterable[Kept]], Folded[Any] | None]
    told: Callable[[Folded[Any] | None, Folded[Any], PostId, NameOf], tuple[Told, ...]]
    due: Callable[[Any, PostId, Instant], Instant | None] = lambda state, me, after: None
    overdue: Callable[[Any, PostId, Instant, NameOf], tuple[Told, ...]] = lambda state, me, at, name_of: ()
    objection: Callable[[Folded[Any], EntryId, PostId], str | None] = lambda folded, entry, me: None
    watches: Callable[[Any, PostId], bool] = lambda state, me: False
    owed: Callable[[Any, PostId, FactsOf, NameOf], tuple[Draft, ...]] = lambda state, me, facts_of, name_of: ()
    group: Callable[[Iterable[Kept], EntryId], tuple[EntryId, ...]] | None = None
    met: Callable[[Kept], PostId | None] | None = None
    barred: Callable[[Any, Rules], str | None] = lambda state, rules: None
    refusal: Callable[[Any, PostId, str], Draft | None] = lambda state, me, why: None
    forbidden: Callable[[Entry, Rules], str | None] = lambda entry, rules: None
    series: Callable[[Entry], tuple[bytes, int, str]] | None = None
    numbered: Callable[[tuple[bytes, ...], int], tuple[bytes, ...]] = lambda items, number: items


CONTACT: Final = Machine(
    openings=contact.OPENINGS,
    readers=contact.READERS,
    fold=contact.fold,
    told=contact.told,
    due=contact.due,
    overdue=contact.overdue,
    objection=contact.objection,
    watches=contact.watches,
    owed=contact.owed,
    group=contact.group,
    met=contact.met,
)

LINKCHECK: Final = Machine(
    openings=linkcheck.OPENINGS,
    readers=linkcheck.READERS,
    fold=linkcheck.fold,
    told=linkcheck.told,
    due=linkcheck.due,
    overdue=linkcheck.overdue,
)

HOAX: Final = Machine(
    openings=hoax.OPENINGS,
    readers=hoax.READERS,
    fold=hoax.fold,
    told=hoax.told,
    due=hoax.due,
    overdue=hoax.overdue,
)

OUTAGE: Final = Machine(openings=outage.OPENINGS, readers=outage.READERS, fold=outage.fold, told=outage.told)

ROSTER: Final = Machine(openings=roster.OPENINGS, readers=roster.READERS, fold=roster.fold, told=roster.told)

MINUTE: Final = Machine(
    openings=minute.OPENINGS,
    readers=minute.READERS,
    fold=minute.fold,
    told=minute.told,
    due=minute.due,
    overdue=minute.overdue,
    objection=minute.objection,
    group=minute.group,
)

COMMITMENT: Final = Machine(
    openings=commitment.OPENINGS,
    readers=commitment.READERS,
    fold=commitment.fold,
    told=commitment.told,
    due=commitment.due,
    overdue=commitment.overdue,
)

DISCLOSURE: Final = Machine(
    openings=disclosure.OPENINGS,
    readers=disclosure.READERS,
    fold=disclosure.fold,
    told=disclosure.told,
    group=disclosure.group,
)

READOUT: Final = Machine(
    openings=readout.OPENINGS,
    readers=readout.READERS,
    fold=readout.fold,
    told=readout.told,
    group=readout.group,
)

TRANSLATION: Final = Machine(
    openings=translation.OPENINGS, readers=translation.READERS, fold=translation.fold, told=translation.told
)

TOGETHER: Final = Machine(
    openings=together.OPENINGS,
    readers=together.READERS,
    fold=together.fold,
    told=together.told,
    due=together.due,
    overdue=together.overdue,
)

JOINT_STATEMENT: Final = Machine(
    openings=joint_statement.OPENINGS,
    readers=joint_statement.READERS,
    fold=joint_statement.fold,
    told=joint_statement.told,
    due=joint_statement.due,
    overdue=joint_statement.overdue,
    objection=joint_statement.objection,
    barred=joint_statement.barred,
)

NOTICE: Final = Machine(
    openings=notice.OPENINGS,
    readers=notice.READERS,
    fold=notice.fold,
    told=notice.told,
    due=notice.due,
    overdue=notice.overdue,
    barred=notice.barred,
    refusal=notice.refusal,
    series=notice.series,
    numbered=notice.numbered,
)

STOP: Final = Machine(
    openings=stop.OPENINGS,
    readers=stop.READERS,
    fold=stop.fold,
    told=stop.told,
    due=stop.due,
    overdue=stop.overdue,
)

CLAIM: Final = Machine(
    openings=claim.OPENINGS,
    readers=claim.READERS,
    fold=claim.fold,
    told=claim.told,
    due=claim.due,
    overdue=claim.overdue,
    forbidden=claim.forbidden,
)

INQUIRY: Final = Machine(
    openings=inquiry.OPENINGS,
    readers=inquiry.READERS,
    fold=inquiry.fold,
    told=inquiry.told,
    due=inquiry.due,
    overdue=inquiry.overdue,
)

INCIDENT: Final = Machine(
    openings=incident.OPENINGS,
    readers=incident.READERS,
    fold=incident.fold,
    told=incident.told,
    due=incident.due,
    overdue=incident.overdue,
    objection=incident.objection,
)

MACHINES: Final = (
    CONTACT,
    HOAX,
    LINKCHECK,
    OUTAGE,
    ROSTER,
    MINUTE,
    COMMITMENT,
    DISCLOSURE,
    JOINT_STATEMENT,
    READOUT,
    TOGETHER,
    TRANSLATION,
    NOTICE,
    STOP,
    INCIDENT,
    CLAIM,
    INQUIRY,
)

OF_KIND: Final[Mapping[int, Machine]] = {kind: machine for machine in MACHINES for kind in machine.readers}
"""The machine that owns a kind."""
