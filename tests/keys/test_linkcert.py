"""Link certificates, tried in real TLS 1.3 handshakes by both libraries that a post may use."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from hypothesis import example, given
from hypothesis import strategies as st
from OpenSSL import SSL

from openline.errors import BadKey
from openline.keys.ed25519 import SigningKey
from openline.keys.linkcert import certificate, public_of
from openline.terms import Instant

BEGIN = Instant(1_700_000_000_000)
SEEDS = {"called": b"\x61" * 32, "caller": b"\x62" * 32, "stranger": b"\x63" * 32}
PAIRS = {role: certificate(seed, role, BEGIN, 1) for role, seed in SEEDS.items()}
PUBLIC = {role: SigningKey.from_seed(seed).public for role, seed in SEEDS.items()}
DER = {role: ssl.PEM_cert_to_DER_cert(pair[0].decode()) for role, pair in PAIRS.items()}
ROUNDS = 10


def stdlib_context(role: str, peer: str, folder: Path) -> ssl.SSLContext:
    for name, content in zip(("cert", "key"), PAIRS[role], strict=True):
        (folder / f"{role}.{name}").write_bytes(content)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER if role == "called" else ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False
    context.verify_mode = ssl.CERT_REQUIRED
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN | ssl.VERIFY_X509_STRICT
    context.load_cert_chain(folder / f"{role}.cert", folder / f"{role}.key")
    context.load_verify_locations(cadata=PAIRS[peer][0].decode())
    return context


class Stdlib:
    """One end by the standard library, over memory."""

    def __init__(self, role: str, peer: str, folder: Path) -> None:
        self.incoming, self.outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        context = stdlib_context(role, peer, folder)
        self.tls = context.wrap_bio(self.incoming, self.outgoing, server_side=role == "called")
        self.done = False

    def turn(self, arrived: bytes) -> bytes:
        self.incoming.write(arrived)
        try:
            if self.done:
                self.tls.read(1)
            self.tls.do_handshake()
            self.done = True
        except ssl.SSLWantReadError:
            pass
        return self.outgoing.read()

    def peer(self) -> bytes:
        found = self.tls.getpeercert(True)
        assert found is not None
        return found


class Wheel:
    """One end by pyOpenSSL, over memory."""

    def __init__(self, role: str, peer: str, folder: Path) -> None:
        context = SSL.Context(SSL.TLS_METHOD)
        context.set_min_proto_version(SSL.TLS1_3_VERSION)
        context.use_certificate(x509.load_pem_x509_certificate(PAIRS[role][0]))
        private = load_pem_private_key(PAIRS[role][1], None)
        assert isinstance(private, Ed25519PrivateKey)
        context.use_privatekey(private)
        context.set_verify(SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT, lambda *_: True)
        self.tls = SSL.Connection(context, None)
        if role == "called":
            self.tls.set_accept_state()
        else:
            self.tls.set_connect_state()
        self.done = False

    def turn(self, arrived: bytes) -> bytes:
        if arrived:
            self.tls.bio_write(arrived)
        try:
            self.tls.do_handshake()
            self.done = True
        except SSL.WantReadError:
            pass
        try:
            return self.tls.bio_read(1 << 16)
        except SSL.WantReadError:
            return b""

    def peer(self) -> bytes:
        found = self.tls.get_peer_certificate(as_cryptography=True)
        assert found is not None
        return found.public_bytes(Encoding.DER)


End = type[Stdlib] | type[Wheel]


def shake(called: Stdlib | Wheel, caller: Stdlib | Wheel) -> None:
    to_called = b""
    for _ in range(ROUNDS):
        to_called = caller.turn(called.turn(to_called))
        if called.done and caller.done and not to_called:
            return
    pytest.fail("the handshake does not end")


@pytest.mark.parametrize("called_end", [Stdlib, Wheel])
@pytest.mark.parametrize("caller_end", [Stdlib, Wheel])
def test_both_ends_of_both_libraries_take_it(called_end: End, caller_end: End, tmp_path: Path) -> None:
    called, caller = called_end("called", "caller", tmp_path), caller_end("caller", "called", tmp_path)
    shake(called, caller)
    assert public_of(called.peer()) == PUBLIC["caller"]
    assert public_of(caller.peer()) == PUBLIC["called"]


def test_a_pin_keeps_others_out(tmp_path: Path) -> None:
    called, caller = Stdlib("called", "stranger", tmp_path), Stdlib("caller", "called", tmp_path)
    with pytest.raises(ssl.SSLCertVerificationError):
        shake(called, caller)


def test_it_is_a_function_of_its_arguments() -> None:
    assert certificate(SEEDS["called"], "called", BEGIN, 1) == PAIRS["called"]
    assert certificate(SEEDS["called"], "called", BEGIN, 2) != PAIRS["called"]


def test_it_says_what_it_was_told() -> None:
    found = x509.load_pem_x509_certificate(certificate(SEEDS["called"], "Post of the North \u00c5", BEGIN, 77)[0])
    begin = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    assert found.not_valid_before_utc == begin
    assert found.not_valid_after_utc == begin + timedelta(days=30 * 365)
    assert found.serial_number == 77
    assert found.subject.rfc4514_string() == "CN=Post of the North \u00c5"
    found.verify_directly_issued_by(found)


@pytest.mark.parametrize(
    ("seed", "name", "serial", "said"),
    [(b"", "n", 1, "32"), (b"1" * 32, "", 1, "64"), (b"1" * 32, "n", 0, "serial"), (b"1" * 32, "n" * 65, 1, "64")],
)
def test_other_arguments_are_mistakes_of_the_program(seed: bytes, name: str, serial: int, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        certificate(seed, name, BEGIN, serial)


def test_the_raw_key_comes_out() -> None:
    assert {role: public_of(der) for role, der in DER.items()} == PUBLIC


def test_another_kind_of_key_is_refused() -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([])
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(private.public_key())
    builder = builder.serial_number(1).not_valid_before(begin).not_valid_after(begin + timedelta(days=1))
    with pytest.raises(BadKey, match="another kind"):
        public_of(builder.sign(private, SHA256()).public_bytes(Encoding.DER))


@pytest.mark.parametrize("garbage", [b"", b"\x30", PAIRS["called"][0], DER["called"] + b"\x00", bytes(5000)])
def test_garbage_is_a_bad_key(garbage: bytes) -> None:
    with pytest.raises(BadKey):
        public_of(garbage)


@pytest.mark.parametrize("at", range(len(DER["called"])))
def test_any_cut_is_a_bad_key(at: int) -> None:
    with pytest.raises(BadKey):
        public_of(DER["called"][:at])


@pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")
@example(at=11, change=1)
@example(at=14, change=1)
@given(st.integers(0, len(DER["called"]) - 1), st.integers(1, 255))
def test_any_changed_byte_gives_a_key_or_bad_key(at: int, change: int) -> None:
    der = DER["called"]
    try:
        public = public_of(der[:at] + bytes([der[at] ^ change]) + der[at + 1 :])
    except BadKey:
        return
    assert len(public) == 32


@given(st.binary(max_size=400))
def test_any_bytes_are_a_bad_key(der: bytes) -> None:
    with pytest.raises(BadKey):
        public_of(der)
