"""Healed, a joint statement has one text at every member, and what is out was approved to the letter by enough.

The text is made once more from the drafter's own entries, and what a release rests on is counted once more from the
approvals that its author had: without the state of the fold, and without its digest.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, ClassVar

import msgspec

from openline.engine.machines import JOINT_STATEMENT
from openline.exchanges.joint_statement import State
from openline.feeds.folding import Folded
from openline.feeds.record import Kept
from openline.sim import contacts
from openline.sim.checkers.base import Checker
from openline.terms import EntryId, Instant, PostId
from openline.wire import cbor
from openline.wire.joint_statement import Change, Outcome, approval_of, change_of, closing_of, opening_of, verdict_of
from openline.wire.kinds import Kind

if TYPE_CHECKING:
    from openline.sim.world import World

Lines = list[tuple[EntryId, dict[str, str]]]


class JointTexts(Checker):
    """Folds each at every member, and once more backwards; and reads what is out without the fold."""

    name: ClassVar[str] = "joint-texts"

    def ended(self, world: World) -> None:
        """One text everywhere, and it is approved."""
        for held in contacts.entries(world, JOINT_STATEMENT.openings):
            expected: Folded[State] | None = None
            for post, entries in held.items():
                folded = self._folded(entries, post.name)
                if expected is not None and folded != expected:
                    raise self.broken(f"a joint statement is not the same at {post.name}")
                expected = folded
            if expected is not None:
                world.count("statement judged")
                self._check_out(world, expected)

    def _folded(self, entries: list[Kept], name: str) -> Folded[State] | None:
        alike = [msgspec.structs.replace(kept, at=Instant(0)) for kept in entries]
        folded = JOINT_STATEMENT.fold(alike)
        if JOINT_STATEMENT.fold(alike[::-1]) != folded:
            raise self.broken(f"a joint statement depends on the order of arrival at {name}")
        return folded

    def _check_out(self, world: World, folded: Folded[State]) -> None:
        taken = [kept for kept in folded.entries if folded.why_not(kept.entry.id) is None]
        opening, _ = opening_of(taken[0].entry)
        closings = [kept for kept in taken if kept.entry.header.kind == Kind.JOINT_CLOSED]
        if len(closings) > 1:
            raise self.broken("a joint statement has two ends")
        if not closings or closing_of(closings[0].entry)[0].outcome == Outcome.WITHDRAWN:
            return
        world.count("statement released")
        out, drafter = closings[0], taken[0].entry.header.author
        digest = _digest(taken, drafter, opening.languages)
        if closing_of(out.entry)[0].digest != digest:
            raise self.broken("what is out is not the text that the drafter's own entries make")
        if out.entry.header.author != drafter or out.entry.header.time < opening.not_before:
            raise self.broken("a joint statement was released by another, or before its time")
        needed = opening.needed or len(opening.parties)
        if len(_approved(taken, out, digest)) < needed:
            raise self.broken("what is out was not approved by as many as were agreed")


def _digest(taken: list[Kept], drafter: PostId, languages: tuple[str, ...]) -> bytes:
    """What the text hashes to that the drafter wrote and accepted, in the order of its own feed."""
    entries = {kept.entry.id: kept.entry for kept in taken}
    own = sorted(
        (kept.entry for kept in taken if kept.entry.header.author == drafter), key=lambda each: each.header.number
    )
    lines: Lines = []
    revision, struck = 0, set[EntryId]()
    for entry in sorted(own, key=lambda each: each.header.number):
        header, made = entry.header, entry
        if header.kind == Kind.JOINT_WORD and verdict_of(entry)[0].stance.name == "ACCEPTS":
            made = entries[header.refers[1]]
        elif header.kind != Kind.JOINT_CHANGE:
            continue
        change, revision = change_of(made)[0], revision + 1
        texts = {each.language: each.text for each in change.texts}
        named = made.header.refers[1] if len(made.header.refers) > 1 else None
        places = [at for at, (line, _) in enumerate(lines) if line == named]
        if change.change == Change.ADD:
            at = len(lines) if named is None else places[0] + 1 if places else 0
            lines.insert(at, (made.id, texts))
        elif change.change == Change.AMEND:
            lines[places[0]] = (lines[places[0]][0], {**lines[places[0]][1], **texts})
        else:
            struck.add(lines[places[0]][0])
    text = [[held.get(each, "") for each in languages] for line, held in lines if line not in struck]
    version = [taken[0].entry.id, revision, list(languages), text]
    return sha256(b"openline/joint-statement/1\x00" + cbor.encode(version)).digest()


def _approved(taken: list[Kept], out: Kept, digest: bytes) -> set[PostId]:
    """Who approved exactly this, and had not taken it back, as far as the author of the release had heard."""
    standing: dict[PostId, bool] = {}
    heard = {**out.knew, out.entry.header.author: out.entry.header.number}
    for kept in sorted(taken, key=lambda each: each.entry.header.number):
        header = kept.entry.header
        if header.kind == Kind.JOINT_APPROVAL and header.number <= heard.get(header.author, 0):
            approval, _ = approval_of(kept.entry)
            if approval.digest == digest:
                standing[header.author] = not approval.taken_back
    return {author for author, stands in standing.items() if stands}
