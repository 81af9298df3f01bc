"""Joint statements between two posts: drafted by one, amended by the other, approved as read, released, withdrawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openline.errors import Misuse, NotAllowed
from openline.post import requests
from openline.post.loop import now
from openline.post.service import Service
from openline.post.statement import requests as asks
from tests.post.conversations import refused, shown
from tests.post.inside import ask, together

BOTH = (("en", "We reject the claim."), ("fr", "Nous rejetons cela."))


async def drafted(service: Service, **fields: Any) -> str:
    """A statement of all members in two languages."""
    body = {"line": "strait", "about": "The calls", "languages": ("en", "fr"), **fields}
    made: str = (await ask(service, asks.StatementDraft(**body)))["id"]
    return made


async def state(service: Service, statement: str, **wanted: Any) -> Any:
    """The statement, as soon as it has these values."""
    return await shown(
        service, asks.StatementShow(statement=statement), lambda value: all(value[key] == wanted[key] for key in wanted)
    )


async def opened_there(service: Service, statement: str) -> None:
    """Wait until a statement has come."""
    await shown(service, asks.StatementList(), lambda value: statement in [each["id"] for each in value["statements"]])


async def test_what_makes_no_statement_is_refused(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        for bad in (
            {"about": " "},
            {"languages": ("en", "en")},
            {"languages": ("English",)},
            {"needed": 2},
            {"needed": 1},
            {"not_before": -1},
            {"parties": ("Nowhere",)},
        ):
            fields = {"line": "strait", "about": "The calls", "languages": ("en", "fr"), **bad}
            assert (await refused(here, asks.StatementDraft(**fields))).code in ("misuse", "unknown-name")  # type: ignore[arg-type]
        made = await drafted(here)
        for texts in ((("ru", "Нет."),), (("en", "a  b"),), (("en", "\u202ea"),), ()):
            error = await refused(here, asks.StatementLine(statement=made, texts=texts))
            assert isinstance(error, Misuse | NotAllowed)
        assert isinstance(await refused(here, asks.StatementAmend(line=made, texts=BOTH)), Misuse)
        assert isinstance(await refused(here, asks.StatementList(most=0)), Misuse)
        assert isinstance(await refused(here, asks.StatementWithdraw(statement=made, text=" ")), Misuse)
        both_ways = asks.StatementLine(statement=made, texts=BOTH, after=made, first=True)
        assert isinstance(await refused(here, both_ways), Misuse)

    await together(tmp_path, body)


async def test_a_text_is_amended_by_the_other_side(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        made = await drafted(here, one_person=True)
        line = (await ask(here, asks.StatementLine(statement=made, texts=BOTH)))["id"]
        await opened_there(there, made)
        await state(there, made, revision=1)
        change = asks.StatementAmend(line=line, texts=(("fr", "Nous rejetons cette allégation."),), text="Clearer.")
        proposed = (await ask(there, change))["id"]
        value = await state(here, made, proposed=1)
        assert value["proposals"][0]["before"] == {"fr": "Nous rejetons cela."}
        assert value["proposals"][0]["text"] == "Clearer."
        await ask(here, asks.StatementWord(change=proposed, accept=True))
        value = await state(there, made, revision=2)
        assert value["lines"][0]["texts"]["fr"] == "Nous rejetons cette allégation."
        assert value["changes"][1]["author"] == "South"
        assert value["changes"][1]["accepted"]["by"] == "North"
        second = (await ask(there, asks.StatementLine(statement=made, texts=BOTH, first=True)))["id"]
        await state(here, made, proposed=1)
        await ask(here, asks.StatementWord(change=second, accept=False, text="Said already."))
        value = await state(there, made, proposed=0)
        assert value["proposals"][1]["status"] == "rejected"
        assert value["proposals"][1]["words"][0]["text"] == "Said already."
        await ask(here, asks.StatementLine(statement=made, texts=BOTH, after=line))
        await ask(here, asks.StatementAmend(line=line))
        assert len((await state(here, made, revision=4))["lines"]) == 1

    await together(tmp_path, body)


async def test_two_persons_approve_what_they_read_and_the_drafter_releases(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        for service in (here, there):
            await ask(service, requests.OfficerAdd(officer="Second"))
        made = await drafted(here)
        line = (await ask(here, asks.StatementLine(statement=made, texts=BOTH)))["id"]
        await opened_there(there, made)
        version = (await state(there, made, revision=1))["version"]
        assert isinstance(await refused(there, asks.StatementApprove(statement=made, version="ab")), Misuse)
        assert isinstance(await refused(there, asks.StatementApprove(statement=made, version="f" * 64)), NotAllowed)
        assert isinstance(await refused(here, asks.StatementRelease(statement=made, version=version)), NotAllowed)
        await ask(there, asks.StatementApprove(statement=made, version=version[:12]))
        again = await refused(there, asks.StatementApprove(statement=made, version=version))
        assert "already" in str(again)
        assert (await state(there, made, revision=1))["approved"] == []
        await ask(there, asks.StatementApprove(statement=made, version=version, officer="Second"))
        await ask(there, asks.StatementRevoke(statement=made, text="Wait."))
        value = await state(there, made, approved=[])
        assert all(each["taken_back"] for each in value["approvals"])
        await ask(here, asks.StatementAmend(line=line, texts=(("en", "We all reject the claim."),)))
        version = (await state(there, made, revision=2))["version"]
        for service in (here, there):
            for officer in ("", "Second"):
                await ask(service, asks.StatementApprove(statement=made, version=version, officer=officer))
        ready = await state(here, made, status="ready")
        assert sorted(ready["approved"]) == ["North", "South"]
        assert isinstance(await refused(there, asks.StatementRelease(statement=made, version=version)), NotAllowed)
        await ask(here, asks.StatementRelease(statement=made, version=version))
        value = await state(there, made, status="released")
        assert value["closed"]["author"] == "North"
        assert [each["of_this_version"] for each in value["approvals"]] == [False, False, True, True, True, True]
        assert "stands" in str(await refused(there, asks.StatementRevoke(statement=made)))
        assert (await ask(here, asks.StatementList(open=True)))["statements"] == []

    await together(tmp_path, body)


async def test_nothing_is_out_before_its_time(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        made = await drafted(here, one_person=True, not_before=now() + 3_600_000)
        await ask(here, asks.StatementLine(statement=made, texts=BOTH))
        await opened_there(there, made)
        version = (await state(there, made, revision=1))["version"]
        for service in (here, there):
            await ask(service, asks.StatementApprove(statement=made, version=version))
        value = await state(here, made, status="ready")
        assert value["not_before"]
        early = await refused(here, asks.StatementRelease(statement=made, version=version))
        assert "before the time of release" in str(early)
        await ask(here, asks.StatementWithdraw(statement=made, text="Settled otherwise."))
        value = await state(there, made, status="withdrawn")
        assert value["closed"]["text"] == "Settled otherwise."

    await together(tmp_path, body)


async def test_the_rules_of_the_line_may_ask_for_two_persons(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        before = await drafted(here, one_person=True)
        await ask(here, asks.StatementLine(statement=before, texts=BOTH))
        await opened_there(there, before)
        version = (await state(there, before, revision=1))["version"]
        rules = 'two-persons = ["joint-approval"]\n'
        await ask(here, requests.LineRules(line="strait", text=rules))
        await shown(there, requests.LineStatus(line="strait"), lambda value: value["proposed terms"])
        await ask(there, requests.LineAccept(line="strait"))
        for service in (here, there):
            wanted = requests.LineRules(line="strait")
            await shown(service, wanted, lambda value: value["rules"]["two_persons"])
            assert "two persons" in str(
                await refused(service, asks.StatementApprove(statement=before, version=version))
            )
            fields = {"line": "strait", "about": "The calls", "languages": ("en",), "one_person": True}
            assert "two persons" in str(await refused(service, asks.StatementDraft(**fields)))  # type: ignore[arg-type]
        await drafted(here)

    await together(tmp_path, body)
