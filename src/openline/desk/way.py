"""By which way browsers reach the desk: on this machine, through a proxy of the organisation, or by its own TLS.

Under a name other than this machine's, a password and a session cross a network: there browsers speak TLS, or nothing
is served. Cookies, the guard and passkeys follow from the way (RFC 6265bis section 4.1.3.2; WebAuthn section 5.1.3).
"""

from __future__ import annotations

import ipaddress
import ssl
import stat
from pathlib import Path
from typing import Final, NamedTuple

from openline.errors import Misuse, PeerError
from openline.wire.assertion import rp_id

HTTPS_PORT: Final = 443


class Reach(NamedTuple):
    """How one desk is reached: the names in Host, the scheme of its pages, its address, and its cookie."""

    hosts: frozenset[str]
    scheme: str
    address: str
    cookie: str
    proxied: bool = False

    @property
    def secure(self) -> bool:
        """Whether browsers speak TLS with it."""
        return self.scheme == "https"


class Way(NamedTuple):
    """What was said when the desk was started; without a name it is reached on this machine alone.

    `port` is that of the name, 0 where it is the usual one: 443 behind a proxy, else the one it listens at.
    """

    host: str
    name: str = ""
    port: int = 0
    tls: ssl.SSLContext | None = None

    def reach(self, listening: int) -> Reach:
        """How it is reached, once it listens at a port."""
        if not self.name:
            return Reach(
                names(self.host, listening),
                "http",
                f"http://{_bracketed(self.host)}:{listening}",
                f"openline-{listening}",  # cookies are not told apart by port
            )
        port = self.port or (HTTPS_PORT if self.tls is None else listening)
        authority = self.name if port == HTTPS_PORT else f"{self.name}:{port}"
        hosts = frozenset({authority, f"{self.name}:{port}"})
        return Reach(hosts, "https", f"https://{authority}", f"__Host-openline-{port}", self.tls is None)


def way(host: str, port: int, name: str = "", certificate: Path | None = None, key: Path | None = None) -> Way:
    """The way to a desk that listens at this host. Raises Misuse for one that would let a password be read."""
    if (certificate is None) != (key is None):
        raise Misuse("A certificate and its key go together: say --desk-cert and --desk-key, or neither.")
    if certificate is not None and not name:
        raise Misuse("Say with --desk-name under which name browsers reach the desk: the certificate is for that name.")
    if certificate is None and not is_local(host):
        where = f"say --desk 127.0.0.1:{port or 8080}"
        raise Misuse(
            f"The desk speaks plain HTTP, so it listens on this machine only: {where}, and reach it from elsewhere "
            "through a tunnel or a proxy, or give it a certificate with --desk-cert (docs/guides/desk.md)."
        )
    if not name:
        return Way(host)
    said, at = _name_of(name)
    return Way(host, said, at, None if certificate is None or key is None else _tls(certificate, key))


def _name_of(text: str) -> tuple[str, int]:
    """A name, and its port or 0. Raises Misuse."""
    name, colon, port = text.lower().partition(":")
    if colon and not (port.isascii() and port.isdigit() and 0 < int(port) <= 65_535):
        raise Misuse(f"{text!r} is not NAME or NAME:PORT.")
    try:
        return rp_id(name), int(port or 0)
    except PeerError:
        raise Misuse(
            f"{text!r} is no name of a host. A passkey belongs to a name: say one, as desk.north.example, no address."
        ) from None


def _tls(certificate: Path, key: Path) -> ssl.SSLContext:
    """TLS with this certificate. Raises Misuse where it cannot be, or others on this machine can read the key."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        if key.stat().st_mode & stat.S_IROTH:
            raise Misuse(f"Everybody on this machine can read {key}. Take that away (chmod o-rwx), and start again.")
        context.load_cert_chain(certificate, key, password="")
    except OSError as error:
        said = error.strerror or "it is no certificate with its key, in PEM, without a passphrase"
        raise Misuse(f"{certificate} and {key} cannot be used: {said}.") from error
    return context


def is_local(host: str) -> bool:
    """Whether an address leads to this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def names(host: str, port: int) -> frozenset[str]:
    """Under which names a desk on this machine is reached, as a browser writes them in Host."""
    known = {_bracketed(host).lower(), "127.0.0.1", "localhost", "[::1]"}
    return frozenset(f"{name}:{port}" for name in known) | (known if port == 80 else frozenset())


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
