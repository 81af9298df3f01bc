"""One page to one service: what is taken, what is not and why, with no word of what the address hides."""

from __future__ import annotations

import json
import logging
import subprocess
import sys

import msgspec
import pytest

from openline.post.page.ringing import WHY_MAX, answer, concealed, hand_over, understood
from tests.post import sinks

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
"""Apprise 2.3 loads it for another library, in this process only because the tests call its functions here."""

TEXT = "Openline: FLASH waits at North."


def test_a_service_takes_a_page() -> None:
    with sinks.http() as sink:
        assert hand_over(f"json://127.0.0.1:{sink.port}/", TEXT, 5) == ""
    assert [(each["title"], each["message"]) for each in sink.got] == [("Openline", TEXT)]


def test_one_that_answers_500_does_not() -> None:
    with sinks.http(500) as sink:
        why = hand_over(f"json://127.0.0.1:{sink.port}/", TEXT, 5)
    assert "500" in why
    assert len(sink.got) == 1


def test_a_dead_port_does_not() -> None:
    assert "onnection" in hand_over(f"json://127.0.0.1:{sinks.dead_port()}/", TEXT, 5)
    why = hand_over(f"smtp://127.0.0.1:{sinks.dead_port()}/?from=a@example.org&to=b@example.org", TEXT, 5)
    assert "onnect" in why


def test_a_slow_one_does_not() -> None:
    with sinks.http(slow=True) as sink:
        why = hand_over(f"json://127.0.0.1:{sink.port}/", TEXT, 0.2)
    assert why


def test_mail_is_taken() -> None:
    with sinks.smtp() as sink:
        where = f"smtp://127.0.0.1:{sink.port}/?from=post@example.org&to=aas@example.org,lie@example.org"
        assert hand_over(where, TEXT, 5) == ""
        (mail,) = sink.got
        assert TEXT in mail
        assert "Subject: Openline\r\n" in mail
        assert "To: aas@example.org, lie@example.org\r\n" in mail
        assert "Refused" in hand_over(where.replace("lie@", "refused@"), TEXT, 5)
        assert "refused" in hand_over(where.replace("aas@example.org,lie@", "refused@"), TEXT, 5).lower()
        assert "TLS" in hand_over(f"{where}&tls=yes", TEXT, 5), "TLS that is asked for is not left out"


@pytest.mark.parametrize(
    ("service", "good"),
    [
        ("json://127.0.0.1/", True),
        ("smtps://u:p@mail.example/?from=a@b.example&to=c@d.example", True),
        ("smtp://mail.example/", False),
        ("smtp:///?from=a&to=b", False),
        ("nothing://x", False),
    ],
)
def test_an_address_is_understood_or_not(service: str, good: bool) -> None:
    assert understood(service) is good
    if not good:
        assert hand_over(service, TEXT, 1)


def test_a_service_that_breaks_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("openline.post.page.ringing._apprise", lambda *_: 1 / 0)
    logging.disable(logging.CRITICAL)
    try:
        assert hand_over("json://127.0.0.1/", TEXT, 1) == "ZeroDivisionError: division by zero"
    finally:
        logging.disable(logging.NOTSET)


def test_the_reason_shows_nothing_of_the_address() -> None:
    service = "tgram://123456:SECRET-token/-1000200300/?password=open%20sesame"
    why = concealed(f"{service} refused SECRET-token\nfor -1000200300: open sesame" + " x" * 500, service)
    assert not any(word in why for word in ("SECRET", "123456", "200300", "sesame"))
    assert "\n" not in why
    assert len(why) == WHY_MAX


def test_it_is_a_process() -> None:
    with sinks.http() as sink:
        asked = {"service": f"json://127.0.0.1:{sink.port}/", "text": TEXT, "seconds": 5}
        done = subprocess.run(
            [sys.executable, "-m", "openline.post.page.ringing"],
            input=msgspec.json.encode(asked),
            capture_output=True,
            check=True,
            timeout=30,
        )
    assert json.loads(done.stdout) == {"why": ""}
    assert len(sink.got) == 1


def test_what_is_asked_is_answered() -> None:
    assert answer(b'{"check": ["json://127.0.0.1/", "nothing://x"]}') == {"understood": [True, False]}
    assert answer(b'{"service": "nothing://x", "text": "", "seconds": 1}')["why"]
