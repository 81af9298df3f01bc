"""One TLS session over memory: who is let in, who is told what, and that garbage ends in a documented error."""

from __future__ import annotations

import ssl
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given
from hypothesis import strategies as st

from openline.bearers.tls import POST_QUANTUM_GROUP, Session, Tls
from openline.errors import BadLink, LinkClosed, NotKnownToPeer, StrangerRefused, TlsUnusable
from tests.bearers.posts import KEY, PEM, TLS, knows


def two_ends() -> tuple[Session, Session]:
    calling = TLS["calling"].session(dialling=True, accepts=knows("called"))
    called = TLS["called"].session(dialling=False, accepts=knows("calling"))
    return calling, called


def shake(calling: Session, called: Session) -> int:
    """Pass everything back and forth; return the bytes that it took."""
    count = 0
    for _ in range(3):
        for source, sink in ((calling, called), (called, calling)):
            flight = source.outgoing()
            count += len(flight)
            sink.receive(flight)
    return count


def test_both_ends_are_open_know_each_other_and_are_post_quantum() -> None:
    calling, called = two_ends()
    shake(calling, called)
    assert calling.is_open
    assert called.is_open
    assert (calling.peer_key, called.peer_key) == (KEY["called"], KEY["calling"])
    assert calling.group == called.group == POST_QUANTUM_GROUP == TLS["called"].rehearse()


def test_a_handshake_is_small() -> None:
    assert shake(*two_ends()) < 4_500


def test_nothing_is_open_before_the_other_end_is_known() -> None:
    calling, called = two_ends()
    assert called.receive(calling.outgoing()) == b""
    assert not called.is_open
    with pytest.raises(LinkClosed):
        called.send(b"too early")


@pytest.mark.parametrize("size", [1, 16_384, 16_385, 200_000])
def test_plaintext_arrives_whole(size: int) -> None:
    calling, called = two_ends()
    shake(calling, called)
    for source, sink in ((calling, called), (called, calling)):
        source.send(bytes(size))
        ciphertext = source.outgoing()
        assert len(ciphertext) <= size + 22 * (1 + size // 16_384)
        assert sink.receive(ciphertext[:7]) + sink.receive(ciphertext[7:]) == bytes(size)


def test_a_caller_whom_the_called_does_not_know_hears_why() -> None:
    calling = TLS["stranger"].session(dialling=True, accepts=knows("called"))
    called = TLS["called"].session(dialling=False, accepts=knows("calling"))
    with pytest.raises(StrangerRefused, match=KEY["stranger"].hex()):
        shake(calling, called)
    assert calling.is_open
    assert not called.is_open
    with pytest.raises(NotKnownToPeer):
        calling.receive(called.outgoing())


def test_a_caller_refuses_a_post_that_is_not_the_one_it_calls() -> None:
    calling = TLS["calling"].session(dialling=True, accepts=knows("third"))
    called = TLS["called"].session(dialling=False, accepts=knows("calling"))
    called.receive(calling.outgoing())
    with pytest.raises(StrangerRefused, match=KEY["called"].hex()):
        calling.receive(called.outgoing())
    with pytest.raises(NotKnownToPeer):
        called.receive(calling.outgoing())


def test_who_is_accepted_is_asked_at_every_connection() -> None:
    known: list[bytes] = []
    calling = TLS["calling"].session(dialling=True, accepts=knows("called"))
    called = TLS["called"].session(dialling=False, accepts=known.__contains__)
    with pytest.raises(StrangerRefused):
        shake(calling, called)
    known.append(KEY["calling"])
    calling = TLS["calling"].session(dialling=True, accepts=knows("called"))
    called = TLS["called"].session(dialling=False, accepts=known.__contains__)
    shake(calling, called)
    assert called.is_open


def other_certificate(kind: str) -> Tls:
    """A self-signed certificate of another kind of key, or one signed by somebody else, with dates long past."""
    public_of_calling = ed25519.Ed25519PrivateKey.from_private_bytes(b"\x01" * 32)
    key: ec.EllipticCurvePrivateKey | ed448.Ed448PrivateKey | ed25519.Ed25519PrivateKey
    signer: ec.EllipticCurvePrivateKey | ed448.Ed448PrivateKey | ed25519.Ed25519PrivateKey
    key = signer = public_of_calling
    if kind == "p-256":
        key = signer = ec.generate_private_key(ec.SECP256R1())
    elif kind == "ed448":
        key = signer = ed448.Ed448PrivateKey.generate()
    elif kind == "signed by another":
        signer = ed25519.Ed25519PrivateKey.generate()
    subject = x509.Name([])
    issuer = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "somebody")]) if signer is not key else subject
    begin = datetime(2001, 1, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder(issuer, subject, key.public_key(), 7, begin, begin.replace(year=2002))
    signed = builder.sign(signer, SHA256() if kind == "p-256" else None)
    return Tls(signed.public_bytes(Encoding.PEM), key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


@pytest.mark.parametrize("kind", ["p-256", "ed448"])
def test_only_ed25519_keys_are_looked_at(kind: str) -> None:
    calling = other_certificate(kind).session(dialling=True, accepts=knows("called"))
    called = TLS["called"].session(dialling=False, accepts=lambda key: True)
    with pytest.raises(StrangerRefused, match="Ed25519"):
        shake(calling, called)


def test_dates_and_issuers_mean_nothing_and_the_key_everything() -> None:
    calling = other_certificate("signed by another").session(dialling=True, accepts=knows("called"))
    called = TLS["called"].session(dialling=False, accepts=knows("calling"))
    shake(calling, called)
    assert called.peer_key == KEY["calling"]


def test_an_authentic_end_is_told_from_a_cut() -> None:
    calling, called = two_ends()
    shake(calling, called)
    calling.send(b"last")
    calling.close()
    assert called.receive(calling.outgoing()) == b"last"
    assert called.is_ended
    with pytest.raises(LinkClosed):
        calling.send(b"more")


@pytest.mark.parametrize("at", ["start", "open"])
@given(data=st.binary(min_size=1, max_size=100))
def test_any_bytes_end_in_silence_or_a_documented_error(at: str, data: bytes) -> None:
    calling, called = two_ends()
    if at == "open":
        shake(calling, called)
    with suppress(BadLink):
        assert called.receive(data) == b""


@pytest.mark.parametrize("at", range(0, 5 + 60, 3))
def test_a_changed_byte_on_the_way_ends_the_link(at: int) -> None:
    calling, called = two_ends()
    shake(calling, called)
    calling.send(bytes(40))
    ciphertext = bytearray(calling.outgoing())
    ciphertext[min(at, len(ciphertext) - 1)] ^= 1
    with pytest.raises(BadLink):
        called.receive(bytes(ciphertext) + bytes(70_000))


@pytest.mark.parametrize(
    ("certificate", "key"),
    [(b"", b""), (b"garbage", PEM["called"][1]), (PEM["called"][0], b"garbage"), (PEM["called"][0], PEM["third"][1])],
)
def test_an_identity_that_cannot_be_used_is_a_sentence(certificate: bytes, key: bytes) -> None:
    with pytest.raises(TlsUnusable, match="cannot be loaded or do not belong together"):
        Tls(certificate, key)


def stdlib_caller(folder: Path, version: ssl.TLSVersion, with_certificate: bool) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.maximum_version = version
    if with_certificate:
        for name, content in zip(("cert", "key"), PEM["calling"], strict=True):
            (folder / name).write_bytes(content)
        context.load_cert_chain(folder / "cert", folder / "key")
    return context


def called_by_stdlib(context: ssl.SSLContext) -> Session:
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    calling = context.wrap_bio(incoming, outgoing)
    called = TLS["called"].session(dialling=False, accepts=knows("calling"))
    for _ in range(3):
        with suppress(ssl.SSLWantReadError):
            calling.do_handshake()
        if flight := outgoing.read():
            called.receive(flight)
        incoming.write(called.outgoing())
    return called


def test_a_caller_with_an_older_library_links_and_the_group_tells(tmp_path: Path) -> None:
    context = stdlib_caller(tmp_path, ssl.TLSVersion.TLSv1_3, with_certificate=True)
    if ssl.OPENSSL_VERSION_INFO < (3, 5):
        assert called_by_stdlib(context).group == "x25519"
    else:
        assert called_by_stdlib(context).group == POST_QUANTUM_GROUP


def test_a_caller_without_a_certificate_is_a_stranger(tmp_path: Path) -> None:
    with pytest.raises(StrangerRefused, match="no certificate"):
        called_by_stdlib(stdlib_caller(tmp_path, ssl.TLSVersion.TLSv1_3, with_certificate=False))


def test_an_older_protocol_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadLink, match="protocol"):
        called_by_stdlib(stdlib_caller(tmp_path, ssl.TLSVersion.TLSv1_2, with_certificate=True))
