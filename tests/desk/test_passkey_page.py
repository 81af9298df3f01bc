"""Passkeys in a real Chromium with a virtual authenticator: an officer signs in, and signs a FLASH that verifies."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.desk.browsing import browsing, opened, serve, stop_all, violations
from tests.pair import Served, done, introduce, make, stop, until

TEXT = "Two aircraft of ours cross your sector at 1450Z."


@contextmanager
def desks(folder: Path) -> Iterator[tuple[Path, Path, str]]:
    """North, whose desk is reached by a name, and South, on the line `strait`."""
    north, south = make(folder / "north", "North", "Maj. Berg"), make(folder / "south", "South", "Capt. Cole")
    introduce(north, south)
    done(north, "line", "open", "strait", "--with", "South")
    done(north, "officer", "add", "Lt. Aas")
    running: dict[str, Served] = {}
    with ExitStack() as stack:
        stack.callback(stop_all, running)
        running["South"], _ = serve(south)
        done(north, "peer", "address", "South", f"wss://{running['South'].link}")
        running["North"], desk = serve(north, "localhost:0")
        until(lambda: done(south, "line", "list")["lines"])
        done(south, "line", "accept", "strait")
        until(lambda: done(north, "line", "status", "strait")["members"][1]["accepted"])
        yield north, south, desk


def with_authenticator(browser: Browser) -> Page:
    """A page whose device has a screen lock and keeps passkeys; whoever is asked says yes."""
    page = opened(browser)
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


def picture(page: Page, name: str) -> None:
    """Keep a picture where somebody wants to look at it."""
    if folder := os.environ.get("OPENLINE_LOOK"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def test_an_officer_signs_in_and_signs_a_flash_with_a_passkey(tmp_path: Path) -> None:
    with desks(tmp_path) as (north, south, desk), browsing() as browser:
        page = with_authenticator(browser)
        page.goto(done(north, "desk", "link", "Maj. Berg")["url"])
        assert desk.startswith("http://localhost:")
        page.get_by_role("button", name="Use a passkey instead").click()
        page.locator(".live.on").wait_for()
        page.get_by_role("button", name="Sign out").click()
        page.get_by_role("button", name="Sign in with a passkey").wait_for()
        picture(page, "sign-in")
        assert violations(page) == []
        page.get_by_role("button", name="Sign in with a passkey").click()
        page.locator(".live.on").wait_for()

        page.keyboard.press("n")
        page.get_by_role("textbox", name="Text").fill(TEXT)
        page.get_by_label("FLASH").check()
        page.get_by_role("button", name="Sign and send").click()
        dialog = page.get_by_role("dialog")
        dialog.wait_for()
        for said in (TEXT, "strait", "FLASH", "OPERATION", "message", "Maj. Berg"):
            assert said in dialog.inner_text()
        picture(page, "sign-act")
        assert violations(page) == []
        assert done(south, "inbox")["entries"] == []
        page.get_by_role("button", name="Do not sign").click()
        dialog.wait_for(state="detached")
        assert page.get_by_role("textbox", name="Text").input_value() == TEXT
        page.get_by_role("button", name="Sign and send").click()
        page.get_by_role("button", name="Sign with passkey").click()
        dialog.wait_for(state="detached")
        until(lambda: [each for each in done(south, "inbox")["entries"] if each["text"] == TEXT])

        page.goto(f"{desk}/#/you")
        page.get_by_text("signs in and signs acts").wait_for()
        picture(page, "you")
        assert violations(page) == []
        done(south, "export", "strait", "--out", str(tmp_path / "strait.bundle"))
        found = done(south, "verify", str(tmp_path / "strait.bundle"))
        acts = [(each["name"], each["holding"]) for each in found["acts"] if each["name"] == "Maj. Berg"]
        assert ("Maj. Berg", "device") in acts, json.dumps(found["acts"])


def test_where_passkeys_cannot_be_a_password_and_a_code_are(tmp_path: Path) -> None:
    home = make(tmp_path / "north", "North", "Maj. Berg")
    here, desk = serve(home)
    try:
        with browsing() as browser:
            page = with_authenticator(browser)
            page.goto(f"{desk}/")
            page.get_by_role("button", name="Sign in").wait_for()
            page.get_by_label("One-time code").wait_for()
            assert page.get_by_role("button", name="Sign in with a passkey").count() == 0
    finally:
        stop(here)
