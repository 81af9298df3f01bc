"""Private keys at rest: only the passphrase opens them, and any other bytes raise a documented error."""

from __future__ import annotations

import hashlib
import struct

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import DamagedKeystore, LocalError, UnknownKeystore, WrongPassphrase
from openline.keys.keystore import Cost, lock, unlock
from openline.limits import KEYSTORE_MAX_BYTES

CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
SALT = b"\x51" * 16
PASSPHRASE = "correct horse \u00e9".encode()
PLAIN = b"\x52" * 40
LOCKED = lock(PASSPHRASE, PLAIN, SALT, CHEAP)


def hashed(body: bytes) -> bytes:
    """A body with the hash that makes it a file that nobody has damaged."""
    return body + hashlib.sha256(body).digest()


def test_the_format_is_the_one_written_down() -> None:
    header = b"OLKEYS\r\n" + struct.pack(">BIIB", 1, 64, 1, 1) + SALT
    key = Argon2id(salt=SALT, length=32, iterations=1, lanes=1, memory_cost=64).derive(PASSPHRASE)
    assert hashed(header + AESGCMSIV(key).encrypt(bytes(12), PLAIN, header)) == LOCKED


def test_rfc_9106_is_what_the_library_does() -> None:
    derived = Argon2id(
        salt=b"\x02" * 16, length=32, iterations=3, lanes=4, memory_cost=32, ad=b"\x04" * 12, secret=b"\x03" * 8
    ).derive(b"\x01" * 32)
    assert derived.hex() == "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"


def test_the_default_cost_opens_again() -> None:
    assert unlock(PASSPHRASE, lock(PASSPHRASE, PLAIN, SALT, Cost())) == PLAIN


@given(st.binary(max_size=40), st.binary(max_size=100), st.binary(min_size=16, max_size=16))
def test_what_is_locked_opens(passphrase: bytes, plain: bytes, salt: bytes) -> None:
    locked = lock(passphrase, plain, salt, CHEAP)
    assert unlock(passphrase, locked) == plain
    with pytest.raises(WrongPassphrase):
        unlock(passphrase + b"x", locked)


@pytest.mark.parametrize("at", range(len(LOCKED)))
def test_every_cut_and_every_changed_byte_is_damage(at: int) -> None:
    for change in (0x01, 0x80, 0xFF):
        with pytest.raises(DamagedKeystore):
            unlock(PASSPHRASE, LOCKED[:at] + bytes([LOCKED[at] ^ change]) + LOCKED[at + 1 :])
    with pytest.raises(DamagedKeystore):
        unlock(PASSPHRASE, LOCKED[:at])


@pytest.mark.parametrize("at", [*range(9), *range(18, len(LOCKED) - 32)])
def test_a_change_with_a_right_hash_does_not_open_either(at: int) -> None:
    body = LOCKED[:-32]
    with pytest.raises((WrongPassphrase, DamagedKeystore, UnknownKeystore)):
        unlock(PASSPHRASE, hashed(body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]))


def test_a_cheaper_cost_with_a_right_hash_does_not_open() -> None:
    body = LOCKED[:9] + struct.pack(">IIB", 32, 1, 1) + LOCKED[18:-32]
    with pytest.raises(WrongPassphrase):
        unlock(PASSPHRASE, hashed(body))


@given(st.one_of(st.binary(max_size=200), st.binary(max_size=200).map(lambda tail: hashed(LOCKED[:34] + tail))))
def test_any_bytes_raise_a_documented_error(locked: bytes) -> None:
    with pytest.raises((WrongPassphrase, DamagedKeystore)):
        unlock(PASSPHRASE, locked)


@pytest.mark.parametrize(
    ("memory_kib", "passes", "lanes"),
    [
        (100 << 20, 1, 1),
        (0xFFFFFFFF, 0xFFFFFFFF, 0xFF),
        ((256 << 10) + 1, 1, 1),
        (64, 17, 1),
        (64, 0, 1),
        (64, 1, 0),
        (1 << 10, 1, 17),
        (31, 1, 4),
        (0, 1, 1),
    ],
)
def test_a_file_cannot_ask_for_more_than_the_limits(memory_kib: int, passes: int, lanes: int) -> None:
    with pytest.raises(ValueError, match="to"):
        Cost(memory_kib, passes, lanes)
    with pytest.raises(DamagedKeystore, match="cost"):
        unlock(PASSPHRASE, hashed(LOCKED[:9] + struct.pack(">IIB", memory_kib, passes, lanes) + LOCKED[18:-32]))


def test_a_newer_file_is_not_called_damaged() -> None:
    with pytest.raises(UnknownKeystore, match="version 2"):
        unlock(PASSPHRASE, hashed(LOCKED[:8] + b"\x02" + LOCKED[9:-32]))


def test_sizes_are_bounded() -> None:
    with pytest.raises(DamagedKeystore):
        unlock(PASSPHRASE, LOCKED[:8] + bytes(KEYSTORE_MAX_BYTES))
    with pytest.raises(ValueError, match="at most"):
        lock(PASSPHRASE, bytes(KEYSTORE_MAX_BYTES), SALT, CHEAP)
    with pytest.raises(ValueError, match="1024"):
        lock(b"x" * 1025, PLAIN, SALT, CHEAP)
    with pytest.raises(WrongPassphrase, match="1024"):
        unlock(b"x" * 1025, LOCKED)
    with pytest.raises(ValueError, match="16 bytes"):
        lock(PASSPHRASE, PLAIN, b"short", CHEAP)


def test_the_words_say_what_to_do() -> None:
    with pytest.raises(LocalError, match="Type it again"):
        unlock(b"wrong", LOCKED)
    with pytest.raises(LocalError, match="backup"):
        unlock(PASSPHRASE, LOCKED[:-1])
