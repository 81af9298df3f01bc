"""Accounts as the home remembers them: each has a table of its own with its text and marks (docs/decisions/0096).

Objects of the table `account` name them all, without their texts. All are in every backup.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date
from typing import Final

import msgspec

from openline.accounts.assertion import Mark
from openline.errors import Misuse, NotAllowed, StoreDamaged, TooBusy, UnknownName
from openline.feeds.record import Drop, Keep, Put
from openline.limits import ACCOUNT_MARKS_MAX, ACCOUNTS_MAX
from openline.post.names import ID_DIGITS_MIN
from openline.post.post import Post

TABLE: Final = "account"
_TEXT: Final = b"text"
_MARK: Final = b"mark "
_REJECTED: Final = b"rejected "


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """A published text as a source; `digest` is the SHA-256 of its bytes, `about` an entry in hex or empty.

    `source` is from whom an imported one came, empty for our own.
    """

    id: bytes
    publisher: str
    published: date
    digest: bytes
    characters: int
    language: str = ""
    about: str = ""
    officer: str = ""
    at: int = 0
    source: str = ""


def account_id(publisher: str, published: date, digest: bytes, source: str) -> bytes:
    """The id of an account: the same text of one publisher and day is filed once."""
    said = msgspec.json.encode([publisher, published, digest.hex(), source])
    return hashlib.sha256(b"openline/account/1\x00" + said).digest()


class Sources:
    """The accounts of one post. Reads raise StoreDamaged where the store holds something else."""

    def __init__(self, post: Post) -> None:
        self._post = post

    def all(self) -> list[Account]:
        """All of them, the newest publication first, then by publisher."""
        held = [self._account(value) for value in self._post.record.objects(TABLE).values()]
        return sorted(held, key=lambda each: (-each.published.toordinal(), each.publisher, each.id))

    def find(self, text: str) -> Account:
        """The account whose id begins so. Raises Misuse or UnknownName."""
        if re.fullmatch(rf"[0-9a-fA-F]{{{ID_DIGITS_MIN},64}}", text) is None:
            raise Misuse(f"{text!r} is no id of an account: type the digits that 'account list' shows.")
        found = [each for each in self.all() if each.id.hex().startswith(text.lower())]
        if not found:
            raise UnknownName(f"No account whose id begins with {text} is filed here; look at 'account list'.")
        if len(found) > 1:
            raise Misuse(f"Several accounts have ids that begin with {text}; type more digits.")
        return found[0]

    def text(self, account: Account) -> str:
        """Its text; raises StoreDamaged unless its bytes are those that were filed."""
        data = self._post.record.objects(_table(account)).get(_TEXT, b"")
        if hashlib.sha256(data).digest() != account.digest:
            raise StoreDamaged(f"The store does not hold the text of account {account.id.hex()[:12]} as it was filed.")
        return data.decode()

    def marks(self, account: Account) -> dict[int, Mark]:
        """Its marks by number, in order."""
        held = self._post.record.objects(_table(account))
        return {
            int.from_bytes(key.removeprefix(_MARK), "big"): self._mark(value)
            for key, value in sorted(held.items())
            if key.startswith(_MARK)
        }

    def rejected(self, account: Account) -> set[str]:
        """The ids of proposals that somebody rejected."""
        held = self._post.record.objects(_table(account))
        return {key.removeprefix(_REJECTED).decode() for key in held if key.startswith(_REJECTED)}

    def add(self, account: Account, text: bytes, marks: tuple[Mark, ...] = ()) -> bool:
        """File it; False if it was filed before. Raises TooBusy, or as the store."""
        known = self._post.record.objects(TABLE)
        if account.id in known:
            return False
        if len(known) >= ACCOUNTS_MAX:
            raise TooBusy(f"A home has at most {ACCOUNTS_MAX} accounts: remove one.")
        keeps: list[Keep] = [_put(account), Put(_table(account), _TEXT, text)]
        keeps += [_put_mark(account, number, mark) for number, mark in enumerate(marks, 1)]
        self._post.keep(keeps)
        return True

    def change(self, account: Account) -> None:
        """Keep what changed about an account."""
        self._post.keep([_put(account)])

    def remove(self, account: Account) -> None:
        """Forget it."""
        held = self._post.record.objects(_table(account))
        self._post.keep([Drop(TABLE, account.id), *(Drop(_table(account), key) for key in held)])

    def mark(self, account: Account, mark: Mark) -> int:
        """Add a mark; its number. Raises NotAllowed where there are too many."""
        numbers = list(self.marks(account))
        if len(numbers) >= ACCOUNT_MARKS_MAX:
            raise NotAllowed(f"An account has at most {ACCOUNT_MARKS_MAX} marks.")
        number = max(numbers, default=0) + 1
        self._post.keep([_put_mark(account, number, mark)])
        return number

    def unmark(self, account: Account, number: int) -> None:
        """Take a mark away. Raises UnknownName."""
        if number not in self.marks(account):
            raise UnknownName(f"Account {account.id.hex()[:12]} has no mark {number}.")
        self._post.keep([Drop(_table(account), _mark_key(number))])

    def reject(self, account: Account, proposal: str) -> None:
        """Remember that a proposal was rejected. Raises NotAllowed where there are too many."""
        if len(self.rejected(account)) >= ACCOUNT_MARKS_MAX:
            raise NotAllowed(f"At most {ACCOUNT_MARKS_MAX} rejected proposals of an account are remembered.")
        self._post.keep([Put(_table(account), _REJECTED + proposal.encode(), b"")])

    def _account(self, value: bytes) -> Account:
        try:
            return msgspec.msgpack.decode(value, type=Account)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise StoreDamaged("An account in the store is damaged.") from None

    def _mark(self, value: bytes) -> Mark:
        try:
            return msgspec.msgpack.decode(value, type=Mark)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise StoreDamaged("A mark of an account in the store is damaged.") from None


def _table(account: Account) -> str:
    return f"{TABLE} {account.id.hex()}"


def _put(account: Account) -> Put:
    return Put(TABLE, account.id, msgspec.msgpack.encode(account))


def _put_mark(account: Account, number: int, mark: Mark) -> Put:
    return Put(_table(account), _mark_key(number), msgspec.msgpack.encode(mark))


def _mark_key(number: int) -> bytes:
    return _MARK + number.to_bytes(4, "big", signed=False)
