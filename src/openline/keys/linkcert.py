"""The certificate of a post's end of a link: a wrapping that TLS 1.3 wants around a bare Ed25519 key (RFC 8410).

Peers are pinned by the raw public key in it. Its name and its dates prove nothing, but TLS libraries read the dates:
so give a `not_before` well in the past, or a post whose clock is slow cannot be reached. A stranger who connects sees
the certificate: give no name that it may not see.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from openline.errors import BadKey
from openline.limits import CERTIFICATE_MAX_BYTES
from openline.terms import Instant

VALID_DAYS: Final = 30 * 365


def certificate(seed: bytes, name: str, not_before: Instant, serial: int) -> tuple[bytes, bytes]:
    """A self-signed certificate and its private key, both PEM, for either end of TLS 1.3; a pure function.

    `seed` is the link key's 32 bytes, `name` 1 to 64 characters, `serial` 1 to 2**159 - 1 (RFC 5280 section 4.1.2.2).
    ValueError for anything else. The private key comes out unlocked: it is for memory, or for a file that only this
    user can read.
    """
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public = private.public_key()
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    begin = datetime.fromtimestamp(not_before // 1000, UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(public)
        .serial_number(serial)
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=VALID_DAYS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_signing_only(), critical=True)
        .add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )
    signed = builder.sign(private, algorithm=None)
    return (
        signed.public_bytes(Encoding.PEM),
        private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    )


def _signing_only() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def public_of(cert_der: bytes) -> bytes:
    """The raw Ed25519 key, 32 bytes, of a peer's certificate as TLS hands it over (DER).

    BadKey when it is no certificate of an Ed25519 key. Nothing else in it is looked at, its signature neither:
    TLS has proved that the peer holds the key, and the caller compares it with the key that it expects.
    A serial number that is not positive makes the library warn (CryptographyDeprecationWarning) and is let pass.
    """
    if len(cert_der) > CERTIFICATE_MAX_BYTES:
        raise BadKey(f"A link certificate has at most {CERTIFICATE_MAX_BYTES} bytes; this one has {len(cert_der)}.")
    try:
        key = x509.load_der_x509_certificate(cert_der).public_key()
    except (ValueError, x509.InvalidVersion, UnsupportedAlgorithm):
        raise BadKey("This is not a link certificate.") from None
    if not isinstance(key, Ed25519PublicKey):
        raise BadKey("This link certificate holds another kind of key than Ed25519.")
    return key.public_bytes_raw()
