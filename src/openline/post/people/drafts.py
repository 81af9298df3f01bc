"""Drafts as people ask for them: any request that signs an entry can be made ready, shown in full, and signed later."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any, Final, Protocol

from openline.engine import events
from openline.engine.conversing import gather
from openline.engine.events import Draft, DropDraft, Mark, ReleaseDraft, Say, Send, SignDraft
from openline.engine.state import HeldDraft
from openline.errors import BadRequest, BadSignature, DraftStale, Misuse, NotReady, PeerError, UnknownName
from openline.feeds.record import Kept
from openline.identity.passkeys import Passkey, check_assertion, plain_assertion
from openline.post.people import draft_requests as asks
from openline.post.people.items import in_words
from openline.post.queries import kind_name
from openline.post.speaker import Answerer, Speaker
from openline.proof.sentences import utc
from openline.terms import EntryId, Precedence, TrafficClass
from openline.wire.assertion import Assertion, assertion_value, decode_assertion
from openline.wire.entry import DRAFT_BYTES

Wrapper = Callable[[events.Command], events.Command]


class Made(Protocol):
    """What a browser sends of a passkey's signature, each part in base64url."""

    @property
    def authenticator(self) -> str:
        """authenticatorData."""

    @property
    def client(self) -> str:
        """clientDataJSON."""

    @property
    def signature(self) -> str:
        """As the authenticator gave it."""


def drafter(*, release: bool, device: bool) -> Wrapper:
    """What makes a draft of a command. Raises Misuse for one that no officer signs by itself."""

    def wrapped(command: events.Command) -> events.Command:
        if not isinstance(command, Send | Mark | Say):
            raise Misuse("That is not an entry that can be drafted.")
        return Draft(request=command.request, line=command.line, of=command, release=release, device=device)

    return wrapped


def shown(service: Speaker, held: HeldDraft) -> dict[str, Any]:
    """All that is signed with a draft, for the officer to read before."""
    content, names = held.content, service.names
    own = service.post.keyring.card.post
    value: dict[str, Any] = {
        "draft": held.draft.hex(),
        "line": names.line_name(held.line),
        "kind": kind_name(content.kind),
        "class": TrafficClass(content.traffic).name.lower(),
        "precedence": Precedence(content.precedence).name.lower(),
        "exchange": None if content.exchange is None else content.exchange.hex(),
        "refers": [each.hex() for each in content.refers],
        "says": in_words(names, content.kind, content.items),
        "made": utc(held.made),
        "until": utc(held.until),
        "drafter": None,
        "asked": None,
    }
    if held.drafted is not None:
        value["drafter"] = names.signer(own, held.drafted.officer)
    if held.asked is not None:
        asked = held.asked
        value["asked"] = {
            "officer": names.signer(own, asked.officer),
            "role": asked.role,
            "time": utc(asked.time),
            "drafting": asked.drafting,
        }
    return value


def held(service: Speaker, draft: str) -> HeldDraft:
    """The draft with this id, or the beginning of it. Raises Misuse, UnknownName or NotReady."""
    if not 8 <= len(draft) <= 2 * DRAFT_BYTES or not set(draft) <= set("0123456789abcdef"):
        raise Misuse(f"{draft!r} is no draft: type the first 8 digits that 'drafts' shows, or more.")
    found = [each for each in drafts(service) if each.draft.hex().startswith(draft)]
    if len(found) != 1:
        raise UnknownName("There is no such draft here: it was written, dropped, or its time is over.")
    return found[0]


def drafts(service: Speaker) -> list[HeldDraft]:
    """All drafts, the oldest first. Raises NotReady."""
    engine = service.post.engine
    if engine is None:
        raise NotReady("The post is still loading its record.")
    return sorted(engine.state.drafts.values(), key=lambda each: (each.made, each.draft))


async def exchange_of(service: Speaker, draft: HeldDraft) -> tuple[Kept, ...]:
    """What the record has of the exchange of a draft."""
    opening: EntryId | None = draft.content.exchange
    if opening is None:
        return ()
    return await service.post.reading(gather, service.post.record, draft.line, opening)


async def sign(service: Speaker, request: asks.DraftSign) -> Any:
    """Give the machine what an officer's passkey made of a draft."""
    draft = held(service, request.draft)
    officer = None if draft.asked is None else service.post.keyring.card.officer(draft.asked.officer)
    if officer is None or draft.asked is None:
        raise DraftStale("No device was asked to sign this, or it took too long: ask again.")
    made, public = made_by(officer.passkeys, draft.asked.challenge, request)
    service.counters.counted(public, made.counter)
    exchange = await exchange_of(service, draft)
    return await service.command(
        lambda number: SignDraft(request=number, line=draft.line, draft=draft.draft, assertion=made, exchange=exchange)
    )


def made_by(passkeys: Iterable[Passkey], challenge: bytes, request: Made) -> tuple[Assertion, bytes]:
    """What a browser sent in its one form, and the public key of the passkey that made it about this challenge.

    Raises BadRequest, or BadSignature where none of them did.
    """
    parts = [bytes_of(each) for each in (request.authenticator, request.client, request.signature)]
    for passkey in passkeys:
        with suppress(PeerError):
            made = decode_assertion(assertion_value(plain_assertion(passkey.public, *parts)))
            check_assertion(passkey, made, challenge)
            return made, passkey.public
    raise BadSignature("No passkey of this officer made that, or it was made about something else.")


async def release(service: Speaker, request: asks.DraftRelease) -> Any:
    """A second officer releases a draft, or a passkey of theirs is asked to."""
    draft, officer = held(service, request.draft), service.names.officer(request.officer)
    exchange = await exchange_of(service, draft)
    value = await service.command(
        lambda number: ReleaseDraft(
            request=number,
            line=draft.line,
            draft=draft.draft,
            officer=officer,
            device=request.device,
            exchange=exchange,
        )
    )
    return with_words(service, value) if request.device else value


async def list_(service: Speaker, request: asks.DraftList) -> Any:
    """The drafts that wait for a second officer."""
    return {"drafts": [shown(service, each) for each in drafts(service) if each.drafted is not None]}


async def drop(service: Speaker, request: asks.DraftDrop) -> Any:
    """Nobody is to release this draft."""
    draft = held(service, request.draft)
    return await service.command(lambda number: DropDraft(number, draft.line, draft.draft))


def with_words(service: Speaker, value: dict[str, Any]) -> dict[str, Any]:
    """What came of a draft, with all that is to be signed."""
    told = {**value, "shown": shown(service, held(service, value["draft"]))}
    if "challenge" in value:
        told["challenge"] = text_of(bytes.fromhex(value["challenge"]))
    return told


def bytes_of(text: str) -> bytes:
    """Bytes in base64url without padding. Raises BadRequest."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise BadRequest("The bytes are not in base64url.") from None


def text_of(data: bytes) -> str:
    """Bytes as browsers write them: base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


ANSWERS: Final[Mapping[type, Answerer]] = {
    asks.DraftSign: sign,
    asks.DraftRelease: release,
    asks.DraftList: list_,
    asks.DraftDrop: drop,
}
"""By the type of the request; what makes a draft is in service.py, for it takes any other request."""
