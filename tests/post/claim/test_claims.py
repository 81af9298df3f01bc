"""Claims between two posts on two lines: one claim, answered on each, withdrawn on both, replaced on both."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openline.errors import Misuse, NotAllowed
from openline.post import requests
from openline.post.claim import requests as asks
from openline.post.loop import now
from openline.post.service import Service
from tests.post.conversations import refused, shown
from tests.post.inside import ask, together, until

TEXT = "They prepare a provocation."


async def another_line(here: Service, there: Service, name: str) -> None:
    """A second line of the same two posts."""
    await ask(here, requests.LineOpen(line=name, peers=("South",)))
    await until(lambda: name in there.names.lines())
    await ask(there, requests.LineAccept(line=name))
    await until(lambda: _joined(here, name))


def _joined(here: Service, name: str) -> bool:
    held = here.names.machine_line(here.names.lines()[name])
    return held is not None and all(held.feeds[post].number for post in held.others())


async def told_is_allowed(here: Service, there: Service, name: str) -> None:
    """The rules of a line let members say who else was told."""
    await ask(here, requests.LineRules(line=name, text="others-told = true\n"))
    await until(lambda: _offered(there, name))
    await ask(there, requests.LineAccept(line=name))
    for service in (here, there):
        await until(lambda service=service: _allows(service, name))  # type: ignore[misc]


def _offered(service: Service, name: str) -> bool:
    held = service.names.machine_line(service.names.lines()[name])
    return held is not None and bool(held.offers)


def _allows(service: Service, name: str) -> bool:
    held = service.names.machine_line(service.names.lines()[name])
    return held is not None and held.rules.told


def _told(value: Any) -> Any:
    return value["claims"][0]["put"][0]["told"]


def statuses(value: Any) -> list[str]:
    """What each party answered, line by line."""
    return [party["status"] for put in value["put"] for party in put["parties"]]


async def _put_and_answered(here: Service, there: Service) -> str:
    both = (("strait", ()), ("sound", ("South",)))
    put = await ask(here, asks.ClaimPut(text=TEXT, to=both, reply_by=now() + 600_000))
    first, second = (each["id"] for each in put["written"])
    assert put["refused"] == []
    value = await shown(there, asks.ClaimList(), lambda value: value["claims"] and len(value["claims"][0]["put"]) == 2)
    assert len(value["claims"]) == 1
    assert (value["claims"][0]["text"], statuses(value["claims"][0])) == (TEXT, ["silent", "silent"])
    assert [len(each["put"]) for each in (await ask(there, asks.ClaimList(line="sound")))["claims"]] == [2]
    taken = await ask(there, requests.Mark(entry=second, what="taken"))
    assert await ask(there, requests.Mark(entry=second, what="taken")) == {**taken, "already": True}
    assert (await ask(there, requests.Receipts(entry=second)))["rung"] == "taken"
    await ask(there, asks.ClaimAnswer(claim=first, stance="asks-evidence"))
    await shown(here, asks.ClaimShow(claim=first), lambda value: "asks-evidence" in statuses(value))
    await ask(here, asks.ClaimEvidence(claim=first, text="Photographs.", files=(("map.pdf", "ab" * 32),)))
    await shown(there, asks.ClaimShow(claim=first), lambda value: "evidence-given" in statuses(value))
    await ask(there, asks.ClaimAnswer(claim=first, stance="rejects", text="Transparently false."))
    done = await shown(here, asks.ClaimShow(claim=second), lambda value: "rejects" in statuses(value))
    assert statuses(done) == ["rejects", "silent"]
    assert [each["stance"] for each in done["put"][0]["parties"][0]["answers"]] == ["asks-evidence", "rejects"]
    await shown(
        here,
        asks.ClaimShow(claim=second),
        lambda value: value["put"][1]["parties"][0]["reached"]["rung"] == "taken",
    )
    return str(first)


async def test_one_claim_on_two_lines(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        await another_line(here, there, "sound")
        first = await _put_and_answered(here, there)
        assert isinstance(await refused(here, asks.ClaimTell(claim=first, names=("Paris",))), NotAllowed)
        await told_is_allowed(here, there, "strait")
        await ask(here, asks.ClaimTell(claim=first, names=("Paris", "Ankara")))
        value = await shown(there, asks.ClaimShow(claim=first), lambda value: value["put"][0]["told"])
        stated = value["put"][0]["told"][0]
        assert (stated["names"], stated["allowed"]) == (["Paris", "Ankara"], True)
        again = await ask(here, asks.ClaimReplace(claim=first, text="They may prepare one.", reason="Too strong."))
        assert len(again["written"]) == 2
        old = await shown(there, asks.ClaimShow(claim=first), lambda value: all(p["withdrawn"] for p in value["put"]))
        assert {each["withdrawn"]["replaced_by"] for each in old["put"]} == {each["id"] for each in again["written"]}
        assert statuses(old) == ["rejects", "silent"]
        new = await ask(there, asks.ClaimShow(claim=again["id"]))
        assert (new["text"], statuses(new)) == ("They may prepare one.", ["silent", "silent"])
        assert {each["replaces"] for each in new["put"]} == {each["id"] for each in old["put"]}
        assert isinstance(await refused(there, asks.ClaimAnswer(claim=first, stance="rejects")), NotAllowed)
        assert isinstance(await refused(here, asks.ClaimReplace(claim=first, text="Once more.")), NotAllowed)
        assert isinstance(await refused(here, asks.ClaimAlso(claim=first, to=(("strait", ()),))), NotAllowed)
        part = await ask(here, asks.ClaimWithdraw(claim=again["id"], everywhere=False))
        rest = await ask(here, asks.ClaimWithdraw(claim=again["id"]))
        assert [len(part["written"]), len(rest["written"]), len(rest["refused"])] == [1, 1, 1]

    await together(tmp_path, body)


async def test_what_is_refused_and_what_is_put_to_more(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        to = (("strait", ()),)
        for bad in (
            asks.ClaimPut(text=" ", to=to),
            asks.ClaimPut(text=TEXT, to=()),
            asks.ClaimPut(text=TEXT, to=to, reply_by=1),
            asks.ClaimList(most=0),
        ):
            assert isinstance(await refused(here, bad), Misuse)
        assert isinstance(await refused(here, asks.ClaimPut(text=TEXT, to=to, told=("Paris",))), NotAllowed)
        await told_is_allowed(here, there, "strait")
        first = (await ask(here, asks.ClaimPut(text=TEXT, to=to, told=("Paris",))))["id"]
        value = await shown(
            there, asks.ClaimList(), lambda value: value["claims"] and value["claims"][0]["put"][0]["told"]
        )
        assert _told(value)[0]["names"] == ["Paris"]
        assert isinstance(await refused(here, asks.ClaimAlso(claim=first, to=to)), NotAllowed)
        assert isinstance(await refused(there, asks.ClaimWithdraw(claim=first)), NotAllowed)
        for wrong in (
            asks.ClaimEvidence(claim=first),
            asks.ClaimEvidence(claim=first, files=(("map.pdf", "ab"),)),
            asks.ClaimEvidence(claim=first, files=(("map.pdf", "no hex"),)),
            asks.ClaimTell(claim=first, names=(" ",)),
            asks.ClaimTell(claim=first, others=True),
            asks.ClaimReplace(claim=first, text=" "),
            asks.ClaimReplace(claim=first, text="Another.", reply_by=1),
        ):
            assert isinstance(await refused(here, wrong), Misuse)
        assert isinstance(await refused(there, asks.ClaimAnswer(claim=first, stance="perhaps")), Misuse)
        await another_line(here, there, "sound")
        more = await ask(here, asks.ClaimAlso(claim=first, to=(("sound", ()),)))
        both = await shown(there, asks.ClaimShow(claim=first), lambda value: len(value["put"]) == 2)
        assert [each["id"] for each in both["put"]] == [first, more["id"]]
        message = (await ask(here, requests.Send(line="strait", text="See the map.")))["id"]
        await ask(here, asks.ClaimEvidence(claim=first, text="The map.", entries=(message,)))
        wrong_line = asks.ClaimEvidence(claim=more["id"], text="The map.", entries=(message,))
        assert isinstance(await refused(here, wrong_line), NotAllowed)
        assert isinstance(await refused(here, asks.ClaimShow(claim=message)), Misuse)

    await together(tmp_path, body)
