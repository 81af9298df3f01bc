"""Writing the public page of a joint statement: what is shown, and what stands around it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from openline.errors import NotAllowed, UnknownName
from openline.exchanges.joint_statement import Approved, State
from openline.feeds.folding import Folded
from openline.post.bundles import writing
from openline.post.names import Names
from openline.proof.joint import verify_page
from openline.proof.page import Frame, Page, Proof, frame, write
from openline.terms import PostId
from openline.wire.entry import Entry
from openline.wire.full import encode_full


@cache
def page_frame() -> Frame:
    """What every page begins and ends with: the style and the script that are shipped."""
    folder = files("openline") / "pages"
    style, script = ((folder / name).read_text(encoding="utf-8") for name in ("statement.css", "statement.js"))
    return frame(style, script)


def page_of(names: Names, folded: Folded[State]) -> Page:
    """The page of a released statement. Raises NotAllowed where it is not out, UnknownName where a card is lacking."""
    state = folded.state
    if state.closed is None or not state.closed.released:
        raise NotAllowed("The statement is not released; there is nothing to publish.")
    cards = []
    for post in sorted(state.parties):
        card = names.card(post)
        if card is None:
            raise UnknownName(f"The card of {names.post(post)} is not here; ask for it, and write the page again.")
        cards.append(card.encode())
    approvals = tuple(_shown(each.kept.entry) for post in sorted(state.parties) for each in _counted(state, post))
    proof = Proof(tuple(cards), _shown(folded.entries[0].entry), approvals, _shown(state.closed.kept.entry))
    return Page(state.revision, state.opening.languages, state.text(), proof, state.traffic)


def _counted(state: State, party: PostId) -> list[Approved]:
    """As many approvals as it takes for a party, of the officers with the smallest numbers.

    Those count first that counted in the release, even where they were taken back in crossing it.
    """
    closed = state.closed
    for held in (() if closed is None else state.signers(party, closed.kept), state.signers(party)):
        by_officer = {each.officer: each for each in held}
        if len(by_officer) >= state.persons:
            return [by_officer[officer] for officer in sorted(by_officer)[: state.persons]]
    return []


def _shown(entry: Entry) -> bytes:
    """The full form with the first item alone: why somebody said it is not for the public."""
    held = msgspec.structs.replace(entry, items=(entry.items[0], None), salts=(entry.salts[0], None))
    return encode_full(held)


def check_page(data: bytes) -> None:
    """Raise NotAllowed where a reader would be told that the page is wrong, as after a key was revoked."""
    faults = verify_page(data, {}).faults
    if faults:
        said = f"The page would not be proved to anybody: {faults[0].sentence} Export the line as a bundle instead."
        raise NotAllowed(said)


def write_page(names: Names, folded: Folded[State], file: str) -> dict[str, Any]:
    """Write the page into a file, if a verifier takes it. Raises also CannotWrite, DiskFull or TooLarge."""
    data = write(page_of(names, folded), page_frame())
    check_page(data)
    with writing(file) as out:
        out.write(data)
    return {"id": folded.head.hex(), "file": file, "bytes": len(data)}
