"""Every route with every role and without signing in; what may not be asked, and what fills in a request."""

from __future__ import annotations

from pathlib import Path

import pytest

from openline.desk import routes
from openline.desk.downloads import DOWNLOADS
from openline.desk.routes import ROUTES, from_body, from_query
from openline.errors import BadRequest
from openline.post import requests as asks
from openline.post.people.accounts import ROLES
from openline.post.people.tokens import MACHINE_ROLES
from tests.desk.inside import At, code, with_desk

ANYBODY = "about health officer-list line-list peer-list"
READING = (
    f"{ANYBODY} line-status inbox record-list show receipts action paging-show check-list hoax-list office-list "
    "translation-list call-board call-list call-show minute-show commit-list disclose-show "
    "incident-show incident-list statement-show statement-list readout-show readout-compare together-show "
    "together-list account-list account-show account-propose account-export account-matrix "
    "claim-show claim-list inquiry-show inquiry-list "
    "draft-list "
    "notice-forms notice-show notice-list notice-in-force notice-write stop-list stop-show "
    "office-history log-show asset-check notice-read area-read"
)
ON_WATCH = (
    f"{READING} send reply correct mark call-ask call-answer call-close call-try call-respond check-send check-answer "
    "translation-attach translation-withdraw outage-announce outage-over hoax-ask hoax-report "
    "hoax-answer office-hold minute-draft minute-word minute-sign "
    "incident-open incident-assess incident-stance incident-source incident-investigate incident-quiet "
    "incident-correct incident-word incident-same statement-draft statement-line statement-amend "
    "statement-word statement-approve statement-revoke statement-release statement-withdraw readout-file "
    "readout-mark readout-word together-open together-commit together-withdraw account-add account-about "
    "account-remove account-mark account-accept account-reject account-unmark account-import "
    "claim-put claim-also claim-answer claim-evidence claim-tell claim-withdraw claim-replace "
    "inquiry-ask inquiry-answer inquiry-judge "
    "commit-make commit-word disclose-propose disclose-agree disclose-record disclose-breach "
    "notice-send notice-import notice-amend notice-postpone notice-end notice-say notice-pass notice-try "
    "stop-send stop-add stop-read-back stop-pass stop-withdraw call-digits "
    "log-note log-hand-over log-take-over draft draft-sign draft-drop"
)
ALLOWED = {
    "viewer": READING,
    "watch officer": ON_WATCH,
    "releaser": f"{ON_WATCH} draft-release",
    "principal": READING,
    "administrator": f"{ANYBODY} desk-link desk-list desk-end desk-token-add desk-token-list desk-token-revoke",
}
MACHINES = {"viewer": READING, "monitor": "about health line-list peer-list"}


def test_what_each_role_may_ask() -> None:
    assert set(ALLOWED) == set(ROLES)
    assert {role: set(routes.may([role])) for role in ROLES} == {
        role: set(said.split()) for role, said in ALLOWED.items()
    }
    assert set(MACHINES) == set(MACHINE_ROLES)
    assert {role: set(routes.may([role])) for role in MACHINES} == {
        role: set(said.split()) for role, said in MACHINES.items()
    }


def test_no_program_signs_or_drafts_or_lets_anybody_in() -> None:
    """What a token may ask has no officer in it, and none of it is a request by which one signs."""
    every = {**ROUTES, **{f"download/{name}": each.route for name, each in DOWNLOADS.items()}}
    for name, route in every.items():
        if route.roles.intersection(MACHINE_ROLES):
            assert not route.signs, name
            assert not issubclass(route.request, asks.SIGNING), name
            assert not name.startswith(("draft-", "desk-")) or name == "draft-list"
            assert name != "draft"


async def test_every_route_with_every_role_and_with_none(tmp_path: Path) -> None:
    every = {routes.name_of(kind) for kind in asks.AnyRequest.__args__}

    async def body(at: At) -> None:
        async with at.stranger() as stranger:
            for name in every:
                for method in ("GET", "POST"):
                    assert code(await stranger.request(method, f"/api/v1/{name}", json={})) == "not-signed-in"
        for role in ROLES:
            async with at.officer("Aas", role) as client:
                for name in every:
                    method = ROUTES[name].method if name in ROUTES else "POST"
                    answer = await client.request(method, f"/api/v1/{name}", json={} if method == "POST" else None)
                    if name not in ROUTES:
                        assert (answer.status_code, code(answer)) == (404, "unknown-name"), name
                    elif name in ALLOWED[role].split():
                        assert answer.status_code in (200, 400), (name, answer.text)
                    else:
                        assert (answer.status_code, code(answer)) == (403, "role-needed"), name

    await with_desk(tmp_path, body)


OFFICERS_ALONE = "note passkey-add passkey-prove code-new code-confirm"


async def test_every_route_with_a_token_of_every_role(tmp_path: Path) -> None:
    every = {routes.name_of(kind) for kind in asks.AnyRequest.__args__}

    async def body(at: At) -> None:
        for role, said in MACHINES.items():
            async with at.machine(role, role) as client:
                for name in every:
                    method = ROUTES[name].method if name in ROUTES else "POST"
                    answer = await client.request(method, f"/api/v1/{name}", json={} if method == "POST" else None)
                    if name not in ROUTES:
                        assert (answer.status_code, code(answer)) == (404, "unknown-name"), name
                    elif name in said.split():
                        assert answer.status_code in (200, 400), (name, answer.text)
                    else:
                        assert (answer.status_code, code(answer)) == (403, "role-needed"), name
                for name, each in DOWNLOADS.items():
                    answer = await client.post(f"/api/v1/download/{name}", json={})
                    may = role in each.route.roles
                    assert (answer.status_code, code(answer)) == ((400, "bad-request") if may else (403, "role-needed"))
                bad = {"authorization": client.headers["authorization"][:-1]}
                for name in said.split()[:: max(1, len(said.split()) // 10)]:
                    method = ROUTES[name].method
                    refused = await client.request(method, f"/api/v1/{name}", headers=bad)
                    assert (refused.status_code, code(refused)) == (401, "bad-token"), name
                for name in OFFICERS_ALONE.split():
                    junk = {"number": 1, "public": "", "id": "", "code": "1"}
                    answer = await client.post(f"/api/v1/{name}", json=junk)
                    assert code(answer) in ("role-needed", "bad-request"), name
                me = (await client.get("/api/v1/me")).json()
                assert (me["machine"], me["roles"], set(me["may"])) == (role, [role], set(said.split()))
                assert (await client.get("/api/v1/openapi.json")).status_code == 200
                assert "sign-in" in (await client.get("/")).text, "a page is for officers"

    await with_desk(tmp_path, body)


@pytest.mark.parametrize("name", [name for name, route in ROUTES.items() if route.method == "POST"])
def test_the_asker_fills_in_neither_the_name_nor_who_signs(name: str) -> None:
    route = ROUTES[name]
    for field in ("do", "id", *(["officer"] if route.signs else [])):
        with pytest.raises(BadRequest):
            from_body(route, f'{{"{field}": "x"}}'.encode(), "Berg")


def test_who_has_signed_in_signs() -> None:
    asked = from_body(ROUTES["send"], b'{"line": "strait", "text": "Boat 17.", "class": "test"}', "Aas")
    assert asked == asks.Send(line="strait", text="Boat 17.", traffic="test", officer="Aas")


def test_a_query_is_a_request() -> None:
    assert from_query(ROUTES["inbox"], [("most", "7"), ("before", "12")]) == asks.Inbox(most=7, before=12)
    for query in (
        [("most", "many")],
        [("most", "1"), ("most", "2")],
        [("colour", "red")],
        [("most", "1"), ("do", "x")],
    ):
        with pytest.raises(BadRequest):
            from_query(ROUTES["inbox"], query)


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b'{"line": 5}', b"\xff", b"[" * 100_000])
def test_what_is_no_request(body: bytes) -> None:
    with pytest.raises(BadRequest):
        from_body(ROUTES["send"], body, "Berg")
