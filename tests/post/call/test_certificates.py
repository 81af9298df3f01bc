"""Certificates of a running post: what is written is proved, shows no more than it needs, and says what was done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from openline.errors import CannotWrite, NotAllowed
from openline.identity.card import Card
from openline.post import requests
from openline.post.call import requests as asks
from openline.post.loop import now
from openline.post.service import Service
from openline.post.verifying import verify
from openline.proof.finding import Finding
from openline.terms import PostId
from tests.post.inside import ask, together, until

SOON_MS = 600_000


def cards(service: Service) -> dict[PostId, Card]:
    """What this post trusts, itself included."""
    known = {each.card.post: each.card for each in service.post.trust.peers.values()}
    return {**known, service.post.keyring.card.post: service.post.keyring.card}


async def certified(service: Service, contact: str, file: Path) -> Finding:
    await ask(service, asks.CallCertificate(contact=contact, file=str(file)))
    return verify(file, "", cards(service))


def codes(finding: Finding) -> list[str]:
    assert finding.certificate is not None
    return [each.code for each in finding.certificate.sentences]


def has(service: Service, contact: str) -> bool:
    return bool(service.post.record.between(*(bytes.fromhex(contact),) * 2, 1))  # type: ignore[arg-type]


async def test_a_certificate_is_proved_and_shows_what_it_needs(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        await ask(here, requests.Send(line="strait", text="A secret of another matter."))
        for service in (here, there):
            await ask(service, requests.LineCheckpoint(line="strait"))
        called: Any = (("South", "Head"),)
        words: Any = {"topics": ("the secret topic",), "content": "The secret content."}
        asked = (
            await ask(
                here, asks.CallAsk(line="strait", office="Chief", called=called, reply_by=now() + SOON_MS, **words)
            )
        )["id"]
        await until(lambda: has(there, asked))
        await ask(here, asks.CallTry(contact=asked, means="telephone", text="rang 40 seconds"))
        file = tmp_path / "certificate"
        first = await certified(here, asked, file)
        assert first.ok, first.sentences()
        said = codes(first)
        assert {"delivered", "asked", "attempt", "holds", "link", "after", "desk"} <= set(said)
        assert "answered" not in said
        data = file.read_bytes()
        assert b"secret" not in data
        assert b"rang 40 seconds" in data
        await until(lambda: len(_responses(here, asked)) == 1)
        await ask(there, asks.CallAnswer(contact=asked, reply="declined", reason="instructed-not-to"))
        await ask(there, asks.CallRespond(contact=asked, text="We had said so by telephone."))
        await until(lambda: len(_responses(here, asked)) == 2)
        second = await certified(here, asked, tmp_path / "second")
        assert second.ok, second.sentences()
        assert {"answered", "manned", "responded"} <= set(codes(second))
        assert "one-side" not in codes(second)
        with pytest.raises(CannotWrite):
            await certified(here, asked, tmp_path / "none" / "certificate")
        with pytest.raises(NotAllowed):
            await certified(there, asked, file)
        with pytest.raises(NotAllowed):
            await ask(here, asks.CallRespond(contact=asked, text="no"))

    def _responses(service: Service, contact: str) -> list[Any]:
        line = service.names.line("strait")
        held = service.post.record.exchange(line, bytes.fromhex(contact))  # type: ignore[arg-type]
        return [kept for kept in held if kept.entry.header.kind == 37]

    await together(tmp_path, body)
