"""With what officers sign in at the desk beside a password: passkeys, and one-time codes where those cannot be.

They are kept in the table `means` of the record, sealed, and go with a backup:

    "passkey" + SHA-256 of the credential id    [number, credential id, public key, RP id]
    "code" + number                             [secret, last step whose code was used, whether it was confirmed]

A passkey that the card certifies signs acts, too (spec/acts.md); where the root is kept offline it only signs in.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from typing import Final
from urllib.parse import quote

import msgspec

from openline.errors import Misuse, PeerError, RootOffline, StoreDamaged, TooBusy, WrongPassword
from openline.feeds.record import Drop, Put
from openline.identity.passkeys import Passkey, possession_challenge
from openline.keys import totp
from openline.keys.es256 import plain_public
from openline.limits import CLIENT_DATA_MAX_BYTES, DESK_SESSIONS_MAX, PASSKEYS_MAX
from openline.post.home import keychanges
from openline.post.home.secrets import MEANS_TABLE
from openline.post.loop import now
from openline.post.people.counters import Counters
from openline.post.people.drafts import Made, made_by
from openline.post.post import Post
from openline.wire import cbor
from openline.wire.assertion import rp_id
from openline.wire.fields import as_list, octets, text, uint

CHALLENGE_SECONDS: Final = 300.0
"""How long a sign-in with a passkey may take."""

_PASSKEY: Final = b"passkey"
_CODE: Final = b"code"
_VALUE_MAX_BYTES: Final = 4 << 10


class Credential(msgspec.Struct, frozen=True):
    """A passkey of one officer, as its authenticator calls it."""

    number: int
    id: bytes
    public: bytes
    rp: str


class Code(msgspec.Struct, frozen=True):
    """The secret of an officer's one-time codes; `used` is the last step, and nothing is asked before `confirmed`."""

    secret: bytes
    used: int
    confirmed: bool


class Means:
    """The passkeys and codes of one running post; `clock` gives seconds."""

    def __init__(self, post: Post, counters: Counters, clock: Callable[[], float]) -> None:
        self._post = post
        self._counters = counters
        self._clock = clock
        self._read = False
        self._passkeys: dict[bytes, Credential] = {}
        self._codes: dict[int, Code] = {}
        self._begun: dict[bytes, float] = {}

    # Passkeys

    def passkeys(self, number: int) -> list[Credential]:
        """Those of one officer."""
        self._held()
        return [each for each in self._passkeys.values() if each.number == number]

    def begin(self) -> bytes:
        """A challenge for a sign-in, 32 bytes, good once and for five minutes."""
        at = self._clock()
        self._begun = {each: until for each, until in self._begun.items() if until > at}
        if len(self._begun) >= DESK_SESSIONS_MAX:
            del self._begun[next(iter(self._begun))]
        challenge = secrets.token_bytes(32)
        self._begun[challenge] = at + CHALLENGE_SECONDS
        return challenge

    def signed_in(self, credential: bytes, challenge: bytes, made: Made) -> int:
        """The number of the officer whose passkey has signed a challenge of this desk. Raises WrongPassword.

        CounterBack where the passkey may have been copied.
        """
        self._held()
        until = self._begun.pop(challenge, None)
        known = self._passkeys.get(_digest(credential))
        if until is None or until < self._clock() or known is None or self._revoked(known):
            raise WrongPassword("No officer signs in here with that passkey.")
        try:
            assertion, public = made_by([Passkey(known.public, known.rp)], challenge, made)
        except PeerError:
            raise WrongPassword("No officer signs in here with that passkey.") from None
        self._counters.counted(public, assertion.counter)
        return known.number

    def _revoked(self, known: Credential) -> bool:
        officer = self._post.keyring.card.officer(known.number)
        return officer is None or any(each.public == known.public and each.revoked for each in officer.passkeys)

    def prove(self, spki: bytes) -> bytes:
        """What a new passkey with this public key has to sign, 32 bytes. Raises BadKey."""
        return possession_challenge(self._post.keyring.card.post, plain_public(spki))

    async def add(self, number: int, credential: bytes, spki: bytes, rp: str, made: Made) -> bool:
        """Take up a passkey that proved itself; whether the card certifies it, so that it signs acts.

        Raises Misuse, TooBusy, BadKey or BadSignature.
        """
        self._held()
        public, rp = plain_public(spki), rp_id(rp)
        if not credential or len(credential) > CLIENT_DATA_MAX_BYTES or _digest(credential) in self._passkeys:
            raise Misuse("That passkey is here already, or its name is none.")
        if len(self.passkeys(number)) >= PASSKEYS_MAX:
            raise TooBusy(f"An officer has at most {PASSKEYS_MAX} passkeys: drop one.")
        proof, _ = made_by([Passkey(public, rp)], self.prove(spki), made)
        self._counters.counted(public, proof.counter)
        certified = True
        try:
            await self._post.change_keys(keychanges.add_passkey(number, public, rp, proof))
        except RootOffline:
            certified = False
        held = Credential(number, credential, public, rp)
        value = cbor.encode([number, credential, public, rp])
        self._post.keep([Put(MEANS_TABLE, _PASSKEY + _digest(credential), value)])
        self._passkeys[_digest(credential)] = held
        return certified

    def forget(self, number: int) -> None:
        """An officer signs in no more: neither passkeys nor codes."""
        self._held()
        gone = [_digest(each.id) for each in self.passkeys(number)]
        self._post.keep([Drop(MEANS_TABLE, _PASSKEY + each) for each in gone])
        for each in gone:
            del self._passkeys[each]
        self.end_code(number)

    # One-time codes

    def new_code(self, number: int) -> bytes:
        """A new secret for codes of an officer; asked for once it was confirmed by a code."""
        self._held()
        held = self._codes.get(number)
        if held is not None and held.confirmed:
            raise Misuse("One-time codes are asked for already; a new link from an administrator ends that.")
        self._keep_code(number, Code(secrets.token_bytes(totp.SECRET_BYTES), 0, confirmed=False))
        return self._codes[number].secret

    def confirm(self, number: int, said: str) -> None:
        """From here on codes are asked for. Raises WrongPassword for a wrong one."""
        self._held()
        held = self._codes.get(number)
        step = None if held is None else totp.match(held.secret, said, now(), held.used)
        if held is None or step is None:
            raise WrongPassword("That is not the code of now: look at the clock of the device.")
        self._keep_code(number, Code(held.secret, step, confirmed=True))

    def code_fits(self, number: int, said: str) -> bool:
        """Whether this may pass beside the password; each code passes once."""
        self._held()
        held = self._codes.get(number)
        if held is None or not held.confirmed:
            return True
        step = totp.match(held.secret, said.strip(), now(), held.used)
        if step is None:
            return False
        self._keep_code(number, Code(held.secret, step, confirmed=True))
        return True

    def end_code(self, number: int) -> None:
        """No code is asked for any more: a new one-time link sets a new password, and codes anew."""
        self._held()
        if self._codes.pop(number, None) is not None:
            self._post.keep([Drop(MEANS_TABLE, _CODE + _number(number))])

    def asks_code(self, number: int) -> bool:
        """Whether an officer signs in with a code beside the password."""
        self._held()
        held = self._codes.get(number)
        return held is not None and held.confirmed

    def _keep_code(self, number: int, held: Code) -> None:
        value = cbor.encode([held.secret, held.used, held.confirmed])
        self._post.keep([Put(MEANS_TABLE, _CODE + _number(number), value)])
        self._codes[number] = held

    def _held(self) -> None:
        if self._read:
            return
        try:
            for key, value in self._post.record.objects(MEANS_TABLE).items():
                self._take(key, value)
        except PeerError as error:
            raise StoreDamaged(f"A passkey or a code in the store is damaged: {error}") from None
        self._read = True

    def _take(self, key: bytes, value: bytes) -> None:
        if key.startswith(_PASSKEY):
            number, name, public, rp = as_list(cbor.decode(value, _VALUE_MAX_BYTES), "passkey", most=4, exactly=4)
            held = Credential(
                uint(number, "officer"), octets(name, "id"), octets(public, "key"), text(rp, "rp", most=253)
            )
            self._passkeys[key.removeprefix(_PASSKEY)] = held
        else:
            secret, used, confirmed = as_list(cbor.decode(value, _VALUE_MAX_BYTES), "code", most=3, exactly=3)
            number = int.from_bytes(key.removeprefix(_CODE), "big")
            self._codes[number] = Code(octets(secret, "secret"), uint(used, "step"), confirmed is True)


def uri_of(secret: bytes, officer: str, post: str) -> str:
    """The same as an address that an app opens (otpauth)."""
    return f"otpauth://totp/{quote(post)}:{quote(officer)}?secret={totp.text_of(secret)}&issuer={quote(post)}"


def _digest(credential: bytes) -> bytes:
    return hashlib.sha256(credential).digest()


def _number(number: int) -> bytes:
    return number.to_bytes(4, "big")
