"""The process that hands one page to one service, and nothing else: `python -m openline.post.page.ringing`.

Services are strangers, and so is the code that speaks to each: it runs here, away from the keys of the post, takes its
memory with it when it ends, and can be killed (docs/decisions/0060-pages-leave-by-a-process.md). One JSON object comes
in on stdin, one goes out on stdout: {"service", "text", "seconds"} to send, {"check": [services]} to ask which are
understood.
"""

from __future__ import annotations

import asyncio
import logging
import re
import sys
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec

WHY_MAX: Final = 200
"""Characters of the reason why a service did not take a page."""

_MAIL: Final = ("smtp", "smtps")
_SUBJECT: Final = "Openline"


class NotTaken(Exception):
    """The service did not take the page."""


def hand_over(service: str, text: str, seconds: float) -> str:
    """Hand a page to a service; "" when it took it, else why not, without the secrets in its address."""
    try:
        if service.split("://", 1)[0] in _MAIL:
            asyncio.run(_mail(service, text, seconds))
        else:
            _apprise(service, text, seconds)
    except NotTaken as error:
        return concealed(str(error), service)
    except Exception as error:
        logging.getLogger(__name__).exception("a page was not sent")
        return concealed(f"{type(error).__name__}: {error}", service)
    return ""


def _apprise(service: str, text: str, seconds: float) -> None:
    import apprise

    plugin = apprise.Apprise.instantiate(service)
    if plugin is None:
        raise NotTaken("The address of the service is not understood.")
    plugin.socket_connect_timeout = plugin.socket_read_timeout = seconds
    sender = apprise.Apprise()
    sender.add(plugin)
    # An AppriseResult is true on full success only.
    result = sender.notify(body=text, title=_SUBJECT)
    if not result:
        said = [entry.message for entry in result.logs() if entry.level in ("WARNING", "ERROR", "CRITICAL")]
        raise NotTaken(" ".join(said) or "The service did not take it, and did not say why.")


async def _mail(service: str, text: str, seconds: float) -> None:
    """smtp://USER:PASSWORD@HOST:PORT/?from=A&to=B,C: TLS where the server offers it, or by `tls=yes` or `tls=no`."""
    import aiosmtplib

    place = urlsplit(service)
    asked = {name: values[-1] for name, values in parse_qs(place.query).items()}
    to = [each for each in asked.get("to", "").split(",") if each]
    if not place.hostname or not to or "from" not in asked or not asked.keys() <= {"from", "to", "tls"}:
        raise NotTaken("A mail address is written smtp://USER:PASSWORD@HOST:PORT/?from=A&to=B.")
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = asked["from"], ", ".join(to), _SUBJECT
    message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain="openline.invalid")
    message.set_content(text)
    try:
        refused, _ = await aiosmtplib.send(
            message,
            hostname=place.hostname,
            port=place.port,
            username=unquote(place.username) if place.username else None,
            password=unquote(place.password) if place.password else None,
            timeout=seconds,
            use_tls=place.scheme == "smtps",
            start_tls={"yes": True, "no": False}.get(asked.get("tls", "")) if place.scheme == "smtp" else False,
        )
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:
        raise NotTaken(f"{type(error).__name__}: {error}") from error
    if refused:
        raise NotTaken(f"Refused for {', '.join(refused)}.")


def concealed(why: str, service: str) -> str:
    """A reason without anything that stands in the address of the service, on one line and short."""
    pieces = [piece for text in (service, unquote(service)) for piece in re.split(r"[/:@?&=,]+", text)]
    for secret in sorted(pieces, key=len, reverse=True):
        if len(secret) >= 4:
            why = why.replace(secret, "...")
    return " ".join(why.split())[:WHY_MAX]


def understood(service: str) -> bool:
    """Whether the address of a service can be used as it is written."""
    if service.split("://", 1)[0] in _MAIL:
        return bool(urlsplit(service).hostname) and {"from", "to"} <= parse_qs(urlsplit(service).query).keys()
    import apprise

    return apprise.Apprise.instantiate(service) is not None


def answer(data: bytes) -> dict[str, Any]:
    """What is answered to what came in."""
    asked = msgspec.json.decode(data)
    if "check" in asked:
        return {"understood": [understood(service) for service in asked["check"]]}
    return {"why": hand_over(asked["service"], asked["text"], asked["seconds"])}


def main() -> None:
    """Read, do, answer."""
    logging.basicConfig(stream=sys.stderr, level=logging.CRITICAL)
    sys.stdout.buffer.write(msgspec.json.encode(answer(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
