"""Drafts by requests: what may be drafted, what is shown of it, and what a browser has to send."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from openline.engine.events import Certify, Draft, MakeCheckpoint, Send
from openline.errors import BadRequest, BadSignature, Misuse, UnknownName
from openline.identity.passkeys import Passkey
from openline.post import requests as asks
from openline.post.people import drafts
from openline.post.people.draft_requests import DraftDrop, DraftList, DraftMake, DraftRelease, DraftSign
from openline.post.post import Post
from openline.post.service import Service
from openline.terms import EntryId, LineId, PostId
from tests.identity.devices import Device, unpadded
from tests.post.inside import alone, ask, home

LINE = LineId(bytes(32))


def test_only_what_an_officer_signs_is_made_a_draft() -> None:
    wrap = drafts.drafter(release=True, device=False)
    made = wrap(Send(request=7, line=LINE, text="x", officer=1))
    assert isinstance(made, Draft)
    assert (made.request, made.line, made.release, made.device) == (7, LINE, True, False)
    for other in (
        MakeCheckpoint(1, LINE),
        Certify(request=1, line=LINE, post=PostId(LINE), opening=EntryId(LINE), officer=1),
    ):
        with pytest.raises(Misuse):
            wrap(other)


def test_what_a_browser_sends_is_held_to_the_challenge_and_the_keys() -> None:
    device, about = Device("phone"), bytes(range(32))
    authenticator, client, signature = map(unpadded, device.raw(about))
    sent = DraftSign(draft="", authenticator=authenticator, client=client, signature=signature)
    keys = [Passkey(Device("another").public, "localhost"), Passkey(device.public, "localhost")]
    made, public = drafts.made_by(keys, about, sent)
    assert (public, made.counter, len(made.signature)) == (device.public, 1, 64)
    for passkeys, challenge in ((keys[:1], about), (keys, bytes(32)), ([], about)):
        with pytest.raises(BadSignature):
            drafts.made_by(passkeys, challenge, sent)
    with pytest.raises(BadRequest):
        drafts.made_by(keys, about, msgspec.structs.replace(sent, client="not base64url!"))


def test_bytes_go_as_browsers_write_them() -> None:
    for data in (b"", b"\xff", b"\xfb\xef\xbe" * 5):
        assert drafts.bytes_of(drafts.text_of(data)) == data
    for odd in ("+", "=", "a", "\ud800", "é"):
        with pytest.raises(BadRequest):
            drafts.bytes_of(odd)


async def test_requests_about_drafts_that_are_none(tmp_path: Path) -> None:
    async def body(post: Post, service: Service) -> None:
        assert await ask(service, DraftList()) == {"drafts": []}
        for request in (
            DraftRelease(draft="00" * 16),
            DraftDrop(draft="00" * 16),
            DraftSign(draft="00" * 16, authenticator="", client="", signature=""),
        ):
            with pytest.raises(UnknownName):
                await ask(service, request)
        with pytest.raises(Misuse):
            await ask(service, DraftDrop(draft="no"))
        for inner in ({"do": "inbox"}, {"do": "draft-release", "draft": "00" * 16}, {"do": "backup", "file": "x"}):
            with pytest.raises(Misuse):
                await ask(service, DraftMake(request=inner, release=True))
        with pytest.raises(BadRequest):
            await ask(service, DraftMake(request={"do": "no such"}, release=True))
        with pytest.raises(UnknownName):
            await ask(service, DraftMake(request={"do": "send", "line": "none", "text": "x"}, release=True))
        assert (await ask(service, asks.About()))["name"] == "North"

    await alone(home(tmp_path, "North"), body)
