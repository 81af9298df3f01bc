"""An officer's act on an entry: what a person signed before the entry had a number (spec/acts.md)."""

from __future__ import annotations

import hashlib

from openline.errors import BadField, BadSignature
from openline.identity.card import Card
from openline.identity.chain import Officer
from openline.identity.passkeys import Passkey, check_assertion
from openline.keys import ed25519
from openline.keys.ed25519 import SigningKey
from openline.terms import Instant
from openline.wire.assertion import Assertion
from openline.wire.change import Holding
from openline.wire.entry import ACT_CONTEXT, DRAFTED_CONTEXT, Act, Drafted, Header, Signature, act_to_be_signed


def sign_act(header: Header, officer: int, role: str, draft: bytes, time: Instant, key: SigningKey) -> Act:
    """The act of the officer with that number on an entry; it goes into `header.act`, and changes nothing it signs.

    `draft` is 16 new random bytes, used once; the items' salts come from it. `role` is one of the officer's, or "".
    The header's number, previous id, time and have-vector are not bound, so they may still change.
    """
    signature = key.sign(act_to_be_signed(header, draft=draft, role=role, time=time))
    return Act(officer, draft, role, time, signature)


def sign_drafted(header: Header, officer: int, role: str, draft: bytes, time: Instant, key: SigningKey) -> Drafted:
    """As `sign_act`, by the officer who drafts what another one is to release."""
    message = act_to_be_signed(header, draft=draft, role=role, time=time, context=DRAFTED_CONTEXT)
    return Drafted(officer, role, time, key.sign(message))


def challenge(message: bytes) -> bytes:
    """What a passkey signs instead of the bytes of an act: their SHA-256."""
    return hashlib.sha256(message).digest()


def check_act(header: Header, card: Card) -> Officer:
    """The officer, on the author's card, whose act the header carries.

    BadField for no act, another post's card, an unknown officer or a role that the officer does not have;
    BadSignature when the officer's key did not sign it. An ended or revoked officer is no error: see `Officer`.
    That a draft id is used once is for whoever holds the other entries to check.
    """
    if header.act is None:
        raise BadField("No officer has signed this entry.")
    if header.author != card.post:
        raise BadField("The author of this entry is not the post whose card was asked.")
    officers = {each.number: each for each in card.officers}
    try:
        check_signatures(header, officers)
    except BadField as error:
        raise BadField(f"The act of this entry by {card.name!r} is not good: it {error}.") from None
    except BadSignature as error:
        raise BadSignature(f"The act of this entry by {card.name!r} is not good: it {error}.") from None
    return officers[header.act.officer]


def check_signatures(header: Header, officers: dict[int, Officer]) -> None:
    """Raise BadField or BadSignature unless the act, and that of the drafter where there is one, hold.

    `officers` are those of the author's card. The errors go on from the name of the entry: "names officer 3, ...".
    """
    act = header.act
    assert act is not None
    _check(header, act, act.draft, officers, ACT_CONTEXT)
    if act.drafted is not None:
        if act.drafted.officer == act.officer:
            raise BadField(f"was drafted and released by one, officer {act.officer}")
        _check(header, act.drafted, act.draft, officers, DRAFTED_CONTEXT)


def _check(header: Header, act: Act | Drafted, draft: bytes, officers: dict[int, Officer], context: bytes) -> None:
    officer = officers.get(act.officer)
    if officer is None:
        raise BadField(f"names officer {act.officer}, whom its author's card does not have")
    if act.role and act.role not in officer.roles:
        raise BadField(f"has the act of officer {act.officer} in the role of {act.role!r}, which is not theirs")
    message = act_to_be_signed(header, draft=draft, role=act.role, time=act.time, context=context)
    if signing_key(officer, act.signature, message) is None:
        raise BadSignature(f"carries an act that officer {act.officer} did not sign")


def signing_key(officer: Officer, signature: Signature, message: bytes) -> bytes | None:
    """Under which of the officer's keys this signature of theirs holds; None for none."""
    if not isinstance(signature, Assertion):
        return officer.public if ed25519.verify(officer.public, signature, message) else None
    return next((each.public for each in officer.passkeys if _holds(each, signature, challenge(message))), None)


def _holds(passkey: Passkey, assertion: Assertion, about: bytes) -> bool:
    try:
        check_assertion(passkey, assertion, about)
    except BadSignature:
        return False
    return True


def holding(officer: Officer, signature: Signature) -> Holding:
    """Where the key is with which an officer signed."""
    return Holding.DEVICE if isinstance(signature, Assertion) else officer.holding
