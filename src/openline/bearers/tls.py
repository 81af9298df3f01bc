"""TLS 1.3 between two posts: mutual, pinned, post-quantum, over memory instead of a socket.

The OpenSSL inside the `cryptography` wheel has X25519MLKEM768, the one under Python's `ssl` may not; pyopenssl
reaches the former. A `Session` is one end of one connection: ciphertext in, plaintext out, and nothing here touches a
socket, a clock or a log.

Who is on the other side is decided by one question, `accepts(raw_key)`, asked while the handshake runs. The
certificate is only the envelope of a 32-byte Ed25519 key: names, dates and issuers in it are not looked at, and TLS
1.3 CertificateVerify (RFC 8446 section 4.4.3) proves that the other side holds the key. Nothing is resumed, so the
question is asked at every connection.

In TLS 1.3 the side that dials finishes first: a refusal of its certificate reaches it afterwards, as an alert.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, cast

from OpenSSL import SSL, crypto

from openline.errors import BadLink, LinkClosed, NotKnownToPeer, OpenlineError, StrangerRefused, TlsUnusable

POST_QUANTUM_GROUP: Final = "X25519MLKEM768"
GROUPS: Final = (POST_QUANTUM_GROUP, "x25519")

RECORD_MAX_BYTES: Final = 16_384
"""Plaintext of one TLS record (RFC 8446 section 5.1)."""

_TAKE_BYTES = 65_536
_ED25519_NID = 1087  # OpenSSL's number for id-Ed25519 (RFC 8410)
_REFUSED_CERTIFICATE = ("certificate", "unknown ca", "access denied")

Accepts = Callable[[bytes], bool]
"""Is this raw 32-byte Ed25519 key one that we link with?"""


class _Verdict:
    """What this end found about the other end's key, shared with the library's callback."""

    def __init__(self, accepts: Accepts) -> None:
        self.accepts = accepts
        self.key: bytes | None = None
        self.refused = ""

    def decide(self, certificate: crypto.X509, depth: int) -> bool:
        if depth != 0:
            self.refused = "The other side sent a chain of certificates instead of its own."
            return False
        if self.key is None and not self.refused:
            key = _raw_key(certificate)
            if key is None:
                self.refused = "The other side's certificate does not hold an Ed25519 key."
            elif not self.accepts(key):
                self.refused = f"The link key {key.hex()} is not one of a peer."
            else:
                self.key = key
        return self.key is not None


def _raw_key(certificate: crypto.X509) -> bytes | None:
    try:
        public_key = certificate.get_pubkey()
    except crypto.Error:
        return None
    if public_key.type() != _ED25519_NID:
        return None
    # An Ed25519 SubjectPublicKeyInfo is a constant prefix of 12 bytes and the key (RFC 8410 section 4).
    return crypto.dump_publickey(crypto.FILETYPE_ASN1, public_key)[-32:]


def _verify(connection: SSL.Connection, certificate: crypto.X509, error: int, depth: int, ok: int) -> bool:
    verdict: _Verdict = connection.get_app_data()
    return verdict.decide(certificate, depth)


class Tls:
    """What one post shows of itself on every link: its link certificate and key, PEM. Raises `TlsUnusable`."""

    def __init__(self, certificate_pem: bytes, key_pem: bytes) -> None:
        context = SSL.Context(SSL.TLS_METHOD)
        context.set_min_proto_version(SSL.TLS1_3_VERSION)
        context.set_session_cache_mode(SSL.SESS_CACHE_OFF)
        context.set_options(SSL.OP_NO_TICKET | SSL.OP_NO_COMPRESSION | SSL.OP_NO_RENEGOTIATION)
        context.set_mode(SSL.MODE_RELEASE_BUFFERS)
        context.set_verify(SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT, _verify)
        try:
            context.use_certificate(crypto.load_certificate(crypto.FILETYPE_PEM, certificate_pem).to_cryptography())
            private_key = crypto.load_privatekey(crypto.FILETYPE_PEM, key_pem).to_cryptography_key()
            context.use_privatekey(cast(Any, private_key))
            context.check_privatekey()
        except (crypto.Error, SSL.Error, ValueError, TypeError) as error:
            raise TlsUnusable("The link certificate and its key cannot be loaded or do not belong together.") from error
        self._context = context

    def session(self, *, dialling: bool, accepts: Accepts) -> Session:
        """One end of a new connection; `accepts` decides on the other end's raw link key."""
        return Session(self._context, dialling=dialling, accepts=accepts)

    def rehearse(self) -> str:
        """Shake hands with itself in memory and return the key exchange group, `POST_QUANTUM_GROUP` if all is well.

        For start-up, so that a post says at once what its links are worth. Raises `TlsUnusable`.
        """
        near = self.session(dialling=True, accepts=lambda key: True)
        far = self.session(dialling=False, accepts=lambda key: True)
        try:
            for _ in range(2):
                far.receive(near.outgoing())
                near.receive(far.outgoing())
        except OpenlineError as error:
            raise TlsUnusable(f"A rehearsed handshake failed. {error}") from error
        if not (near.is_open and far.is_open):
            raise TlsUnusable("A rehearsed handshake did not finish.")
        return near.group


class Session:
    """One end of one connection: give it what the socket received, send what `outgoing` returns after every call.

    `is_open`: the handshake is done and `peer_key`, the raw Ed25519 key of the other end, was accepted.
    `is_ended`: the other end said, authentically, that nothing follows. `group`: the key exchange.
    """

    def __init__(self, context: SSL.Context, *, dialling: bool, accepts: Accepts) -> None:
        self.is_open = False
        self.is_ended = False
        self.peer_key = b""
        self.group = ""
        self._verdict = _Verdict(accepts)
        self._tls = SSL.Connection(context, None)
        self._tls.set_app_data(self._verdict)
        if dialling:
            self._tls.set_connect_state()
            self._shake_hands()
        else:
            self._tls.set_accept_state()

    def receive(self, ciphertext: bytes | memoryview) -> bytes:
        """Take what came from the socket; return the plaintext that is complete now, possibly none.

        Raises `StrangerRefused`, `NotKnownToPeer` (on the dialling end after its handshake), or `BadLink`. `outgoing`
        then holds the alert that tells the other end.
        """
        if not ciphertext:
            return b""
        self._tls.bio_write(ciphertext)
        try:
            if not self.is_open:
                self._shake_hands()
            if not self.is_open:
                return b""
            return self._read_all()
        except SSL.Error as error:
            raise self._explain(error) from error

    def _read_all(self) -> bytes:
        records: list[bytes] = []
        while not self.is_ended:
            try:
                records.append(self._tls.recv(RECORD_MAX_BYTES))
            except SSL.WantReadError:
                break
            except SSL.ZeroReturnError:
                self.is_ended = True
        return records[0] if len(records) == 1 else b"".join(records)

    def _shake_hands(self) -> None:
        try:
            self._tls.do_handshake()
        except SSL.WantReadError:
            return
        self.group = self._tls.get_group_name() or ""
        if self._verdict.key is None or self.group not in GROUPS:
            raise BadLink(f"The handshake ended without a peer's key or with the key exchange {self.group!r}.")
        self.peer_key = self._verdict.key
        self.is_open = True

    def _explain(self, error: SSL.Error) -> OpenlineError:
        if self._verdict.refused:
            return StrangerRefused(self._verdict.refused)
        queue = error.args[0] if error.args and isinstance(error.args[0], list) else []
        reason = "; ".join(item[2] for item in queue) or "no reason given"
        if "alert" in reason and any(words in reason for words in _REFUSED_CERTIFICATE):
            return NotKnownToPeer("The other post does not know our link key.")
        if "did not return a certificate" in reason:
            return StrangerRefused("The other side showed no certificate.")
        return BadLink(f"TLS with the other side failed: {reason}.")

    def send(self, plaintext: bytes) -> None:
        """Encrypt; only when open and not ended by `close`. Raises `LinkClosed`."""
        try:
            self._tls.sendall(plaintext)
        except SSL.Error as error:
            raise LinkClosed("The connection is closed.") from error

    def outgoing(self) -> bytes:
        """What the socket has to send now, possibly nothing."""
        chunks: list[bytes] = []
        while not chunks or len(chunks[-1]) == _TAKE_BYTES:
            try:
                chunks.append(self._tls.bio_read(_TAKE_BYTES))
            except SSL.WantReadError:
                break
        return chunks[0] if len(chunks) == 1 else b"".join(chunks)

    def close(self) -> None:
        """Say authentically that nothing follows (RFC 8446 section 6.1), if there is anyone to tell."""
        if self.is_open:
            try:
                self._tls.shutdown()
            except SSL.Error:
                return
