"""What a call gives accounts to be held against: who asked, what it came to, what was agreed, what came before."""

from __future__ import annotations

from pathlib import Path

from openline.accounts.assertion import What
from openline.accounts.facts import Fact, Picture
from openline.post.call import requests as calls
from openline.post.loop import now
from openline.post.service import Service
from openline.post.source.facts import picture
from openline.post.talk import minute_requests as minutes
from tests.accounts.pictures import at
from tests.post.conversations import shown
from tests.post.inside import ask, together, until
from tests.post.told import has


async def held(here: Service, day: str, topic: str) -> str:
    """A call that was held on a day."""
    request = calls.CallAsk(
        line="strait", office="Head", called=(("South", "Chief"),), reply_by=now() + 600_000, topics=(topic,)
    )
    contact = str((await ask(here, request))["id"])
    began, end = at(f"{day}T12:00"), at(f"{day}T12:30")
    await ask(here, calls.CallClose(contact=contact, outcome="held", began=began, ended=end, present=("An aide",)))
    return contact


def of(service: Service, contact: str) -> Picture:
    return picture(service.names, service.post.record, service.names.entry(contact))


def one(facts: Picture, what: What) -> Fact:
    (found,) = facts.of(what)
    return found


async def test_a_call_and_what_follows_it(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        before = await held(here, "2022-10-24", "a call")
        contact = await held(here, "2024-11-27", "the exercise")
        await shown(there, calls.CallList(), lambda value: len(value["contacts"]) == 2)
        point = (await ask(here, minutes.MinuteDraft(contact=contact, text="Planned.")))["id"]
        agreed = (await ask(here, minutes.MinuteDraft(contact=contact, text="The line stays open.")))["id"]
        await until(lambda: has(there, agreed))
        own = (await ask(there, minutes.MinuteWord(point=point, text="A response.")))["id"]
        yes = (await ask(there, minutes.MinuteWord(point=agreed)))["id"]
        owes = minutes.CommitMake(contact=contact, text="Send the coordinates.", due=now() + 600_000)
        promise = (await ask(here, owes))["id"]
        terms = (await ask(here, minutes.DisclosePropose(contact=contact, level="confirm-if-asked")))["id"]
        await until(lambda: has(there, terms))
        whole = (await ask(there, minutes.DiscloseAgree(proposal=terms)))["id"]
        said = minutes.DiscloseRecord(contact=contact, at=at("2024-12-05T12:00"), by="South", asked=True)
        public = (await ask(here, said))["id"]
        for each in (own, yes, whole):
            await until(lambda each=each: has(here, each))  # type: ignore[misc]
        facts = of(here, contact)
        assert facts.about == contact
        assert one(facts, What.INITIATED_BY).parties[0].post == "North"
        assert one(facts, What.WHOM).parties[0].office == "Chief"
        assert [each.post for each in one(facts, What.WHO).parties] == ["North", "South", "also present"]
        assert one(facts, What.WHEN).at == at("2024-11-27T12:00")
        assert one(facts, What.OUTCOME).value == "held"
        assert one(facts, What.ABOUT).text == "the exercise"
        assert [each.at for each in facts.of(What.TIMES)] == [at("2022-10-24T12:00"), at("2024-11-27T12:00")]
        assert one(facts, What.LAST_BEFORE).at == at("2022-10-24T12:00")
        assert {(each.value, each.text) for each in facts.of(What.AGREED)} == {
            ("differs", "Planned."),
            ("", "The line stays open."),
            ("", "Send the coordinates."),
            ("confirm-if-asked", ""),
        }
        assert {each.proof for each in facts.of(What.AGREED)} == {point, agreed, promise, terms}
        assert one(facts, What.REQUESTED_BY).parties[0].post == "North"
        assert [(each.parties[0].post, each.text, each.sides) for each in facts.of(What.SAID)] == [
            ("North", "Planned.", True),
            ("South", "A response.", True),
            ("North", "The line stays open.", False),
        ]
        assert (one(facts, What.CONFIRMED).proof, one(facts, What.CONFIRMED).value) == (public, "asked")
        assert of(here, before).of(What.LAST_BEFORE) == []

    await together(tmp_path, body)


async def test_a_call_that_nobody_answered(tmp_path: Path) -> None:
    """The officer's attempts say when it was tried, and the closing entry what it came to."""

    async def body(here: Service, there: Service) -> None:
        request = calls.CallAsk(line="strait", office="Head", called=(("South", "Chief"),), reply_by=now() + 1_800)
        contact = str((await ask(here, request))["id"])
        tried = calls.CallTry(contact=contact, means="telephone", began=at("2022-11-15T20:00"), text="Nobody answers.")
        await ask(here, tried)
        await until(lambda: now() > request.reply_by)
        await ask(here, calls.CallClose(contact=contact, outcome="no-answer", text="We tried."))
        facts = of(here, contact)
        outcome = one(facts, What.OUTCOME)
        assert (outcome.value, outcome.at, outcome.to[0].post) == ("no-answer", at("2022-11-15T20:00"), "South")
        assert [each.text for each in facts.of(What.SAID)] == ["Nobody answers.", "We tried."]
        assert facts.of(What.WHO) == facts.of(What.WHEN) == facts.of(What.TIMES) == []

    await together(tmp_path, body)
