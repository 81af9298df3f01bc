"""Disclosure between two posts: proposed, countered, agreed; what became public is judged, a breach stops nothing."""

from __future__ import annotations

from pathlib import Path

from openline.errors import Misuse, NotAllowed
from openline.post.loop import now
from openline.post.service import Service
from openline.post.talk import minute_requests as asks
from tests.post.conversations import call, refused, shown
from tests.post.inside import ask, together


async def test_disclosure_between_two_posts(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        contact = await call(here, there)
        both = asks.DiscloseShow(contact=contact)
        early = asks.DiscloseRecord(contact=contact, by="South", asked=True, confirmed_only=True, who="spokesman")
        await ask(here, early)
        (held,) = (await ask(here, both))["disclosures"]
        (first,) = held["disclosed"]
        assert (first["judgement"], first["by_the_rule"]) == ("nothing was agreed for then", "broke the terms")
        opened = (await ask(here, asks.DisclosePropose(contact=contact, level="open")))["id"]
        await shown(there, both, lambda value: value["disclosures"] and value["disclosures"][0]["terms"])
        counter = (await ask(there, asks.DisclosePropose(contact=contact, level="confirm-if-asked")))["id"]
        assert isinstance(await refused(there, asks.DiscloseAgree(proposal=counter)), NotAllowed)
        await shown(here, both, lambda value: len(value["disclosures"][0]["terms"]) == 2)
        assert isinstance(await refused(here, asks.DiscloseAgree(proposal=first["id"])), Misuse)
        await ask(here, asks.DiscloseAgree(proposal=counter))
        agreed = await shown(there, both, lambda value: value["disclosures"][0]["in_force"] == counter)
        assert [each["agreed_since"] is not None for each in agreed["disclosures"][0]["terms"]] == [False, True]
        assert opened != counter
        await ask(there, asks.DiscloseRecord(contact=contact, by="South", asked=True, confirmed_only=True))
        said = (await ask(there, asks.DiscloseRecord(contact=contact, by="South", text="We spoke.")))["id"]
        assert isinstance(await refused(here, asks.DiscloseRecord(contact=contact, at=now() + 60_000)), Misuse)
        judged = await shown(here, both, lambda value: len(value["disclosures"][0]["disclosed"]) == 3)
        assert [each["judgement"] for each in judged["disclosures"][0]["disclosed"][1:]] == [
            "kept the terms",
            "broke the terms",
        ]
        assert isinstance(await refused(here, asks.DiscloseBreach(disclosed=counter)), Misuse)
        await ask(here, asks.DiscloseBreach(disclosed=said, text="Announced first."))
        last = (await ask(here, both))["disclosures"][0]["disclosed"][2]
        assert [each["text"] for each in last["breaches"]] == ["Announced first."]
        assert isinstance(await refused(here, asks.DisclosePropose(contact=contact, level="secret")), Misuse)

    await together(tmp_path, body)
