"""A desk under a name of the organisation, behind a real TLS proxy: socket, cookies and passkeys, in Chromium."""

from __future__ import annotations

from pathlib import Path

from tests.desk.browsing import browsing, serve
from tests.desk.proxying import NAME, certified, proxying
from tests.desk.test_passkey_page import with_authenticator
from tests.desk.test_way import free
from tests.pair import done, make, stop, until


def test_an_officer_works_at_it_with_a_passkey_of_that_name(tmp_path: Path) -> None:
    held, upstream = certified(tmp_path), free()
    home = make(tmp_path / "north", "North", "Maj. Berg")
    with proxying(held) as proxy:
        proxy.upstream = upstream
        running, desk = serve(home, f"127.0.0.1:{upstream}", "--desk-name", f"{NAME}:{proxy.port}")
        flags = (f"--host-resolver-rules=MAP {NAME} 127.0.0.1", f"--ignore-certificate-errors-spki-list={held.pin}")
        try:
            assert desk == f"https://{NAME}:{proxy.port}"
            with browsing(*flags) as browser:
                page = with_authenticator(browser)
                page.goto(done(home, "desk", "link", "Maj. Berg")["url"])
                page.get_by_role("button", name="Use a passkey instead").click()
                page.locator(".live.on").wait_for()
                (cookie,) = page.context.cookies()
                assert cookie["name"] == f"__Host-openline-{proxy.port}"
                assert (cookie["secure"], cookie["httpOnly"], cookie["sameSite"]) == (True, True, "Strict")
                page.get_by_role("button", name="Sign out").click()
                page.get_by_role("button", name="Sign in with a passkey").click()
                page.locator(".live.on").wait_for()
                page.goto(f"{desk}/#/you")
                page.get_by_text("signs in and signs acts").wait_for()
                until(lambda: NAME in page.locator("main").inner_text())
        finally:
            stop(running)
