"""An officer's act on an entry: what a person signed before the entry had a number (spec/entry.md, Act)."""

from __future__ import annotations

from openline.errors import BadField, BadSignature
from openline.identity.card import Card
from openline.identity.chain import Officer
from openline.keys import ed25519
from openline.keys.ed25519 import SigningKey
from openline.terms import Instant
from openline.wire.entry import Act, Header, act_to_be_signed


def sign_act(header: Header, officer: int, role: str, draft: bytes, time: Instant, key: SigningKey) -> Act:
    """The act of the officer with that number on an entry; it goes into `header.act`, and changes nothing it signs.

    `draft` is 16 new random bytes, used once; the items' salts come from it. `role` is one of the officer's, or "".
    The header's number, previous id, time and have-vector are not bound, so they may still change.
    """
    signature = key.sign(act_to_be_signed(header, draft=draft, role=role, time=time))
    return Act(officer, draft, role, time, signature)


def check_act(header: Header, card: Card) -> Officer:
    """The officer, on the author's card, whose act the header carries.

    BadField for no act, another post's card, an unknown officer or a role that the officer does not have;
    BadSignature when the officer's key did not sign it. An ended or revoked officer is no error: see `Officer`.
    That a draft id is used once is for whoever holds the other entries to check.
    """
    act = header.act
    if act is None:
        raise BadField("No officer has signed this entry.")
    if header.author != card.post:
        raise BadField("The author of this entry is not the post whose card was asked.")
    officer = card.officer(act.officer)
    if officer is None:
        raise BadField(f"The card of {card.name!r} that is here has no officer {act.officer}.")
    if act.role and act.role not in officer.roles:
        raise BadField(f"Officer {act.officer} of {card.name!r} signed as {act.role!r}, which is not a role of theirs.")
    signed = act_to_be_signed(header, draft=act.draft, role=act.role, time=act.time)
    if not ed25519.verify(officer.public, act.signature, signed):
        raise BadSignature(f"Officer {act.officer} of {card.name!r} did not sign this.")
    return officer
