"""What messages, notices, claims, incidents and statements give accounts to be held against."""

from __future__ import annotations

from pathlib import Path

from openline.accounts.assertion import What
from openline.accounts.facts import Picture
from openline.post import requests
from openline.post.claim import inquiry_requests as inquiries
from openline.post.claim import requests as claims
from openline.post.incident import requests as incidents
from openline.post.loop import now
from openline.post.service import Service
from openline.post.source import facts as source_facts
from openline.post.statement import requests as statements
from tests.accounts.pictures import at
from tests.post.conversations import shown
from tests.post.inside import ask, together, until
from tests.post.notice.test_noticing import exercise
from tests.post.told import agreed, has


def of(service: Service, entry: str) -> Picture:
    return source_facts.picture(service.names, service.post.record, service.names.entry(entry))


def said(facts: Picture, what: What) -> list[tuple[str, ...]]:
    """Who, and in which words."""
    return [(*sorted(party.post for party in each.parties), each.text) for each in facts.of(what)]


async def written(service: Service, other: Service, request: requests.AnyRequest) -> str:
    """The id of an entry that the other has, too."""
    entry = str((await ask(service, request))["id"])
    await until(lambda: has(other, entry))
    return entry


async def test_each_exchange_gives_its_facts(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        message = await written(here, there, requests.Send(line="strait", text="Some 90 missiles."))
        await written(there, here, requests.Reply(entry=message, text="We count 96."))
        assert said(of(here, message), What.SAID) == [("North", "Some 90 missiles."), ("South", "We count 96.")]

        claim = await written(here, there, claims.ClaimPut(text="They prepare it.", to=(("strait", ()),)))
        answer = await written(there, here, claims.ClaimAnswer(claim=claim, stance="rejects", text="Not true."))
        facts = of(here, answer)
        assert facts.about == claim
        assert said(facts, What.REJECTED) == [("South", "They prepare it. Not true.")]
        assert (facts.of(What.REJECTED)[0].value, facts.of(What.REJECTED)[0].proof) == ("rejects", answer)
        assert said(facts, What.INITIATED_BY) == [("North", "")]
        assert said(facts, What.SAID) == [("North", "They prepare it."), ("South", "Not true.")]

        when = at("2022-11-15T14:40")
        opened = incidents.IncidentOpen(line="strait", title="Explosion", place="At the border", at=when)
        incident = await written(here, there, opened)
        held = incidents.IncidentAssess(incident=incident, what="Two dead.", origin="A stray missile")
        version = await written(here, there, held)
        await written(there, here, incidents.IncidentStance(version=version, stance="disputes", text="It was not."))
        asked = await written(here, there, incidents.IncidentInvestigate(incident=incident, partners=("South",)))
        await written(there, here, incidents.IncidentWord(entry=asked, word="accepted"))
        facts = of(here, incident)
        assert [each.at for each in facts.of(What.HAPPENED)] == [when]
        assert said(facts, What.ORIGIN) == [("North", "Two dead. A stray missile")]
        assert said(facts, What.REJECTED) == [("South", "Two dead. A stray missile")]
        assert said(facts, What.INVESTIGATES) == [("North", "South", "")]

    await together(tmp_path, body)


async def test_an_inquiry_that_is_not_answered(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        ask_them = inquiries.InquiryAsk(
            line="strait", peer="South", what="Columns of vehicles", question="Which units?", reply_by=now() + 1_800
        )
        asked = await written(here, there, ask_them)
        assert said(of(here, asked), What.ABOUT) == [("North", "Columns of vehicles. Which units?")]
        await until(lambda: now() > ask_them.reply_by)
        closed = await written(here, there, inquiries.InquiryJudge(inquiry=asked, verdict="not-answered"))
        (outcome,) = of(here, asked).of(What.OUTCOME)
        assert (outcome.value, outcome.proof, outcome.to[0].post) == ("no-answer", closed, "South")

    await together(tmp_path, body)


async def test_a_notice_and_a_statement(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        notice = await written(here, there, exercise())
        (told,) = of(here, notice).of(What.TOLD)
        assert told.parties[0].post == "North"
        assert told.text.startswith("live fire exercise. ")
        assert 0 < told.at < told.until

        draft = statements.StatementDraft(line="strait", about="The calls", languages=("en",), one_person=True)
        made = await written(here, there, draft)
        line = statements.StatementLine(statement=made, texts=(("en", "We reject the claim."),))
        await written(here, there, line)
        assert of(here, made).facts == ()
        show = statements.StatementShow(statement=made)
        version = (await shown(there, show, lambda value: value["revision"] == 1))["version"]
        for service, other in ((here, there), (there, here)):
            await written(service, other, statements.StatementApprove(statement=made, version=version[:12]))
        await written(here, there, statements.StatementRelease(statement=made, version=version[:12]))
        assert said(of(here, made), What.SAID) == [("North", "South", "We reject the claim.")]

    await agreed(tmp_path, body)
