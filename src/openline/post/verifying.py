"""Verifying without a post: a bundle, or the record in a home as it lies on disk; no passphrase, nothing changed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from openline.errors import CannotRead, Misuse, UnknownName
from openline.feeds.record import Record
from openline.identity.card import Card
from openline.limits import JOINT_PAGE_MAX_BYTES
from openline.post.bundles import entries
from openline.post.home.homes import Home, find
from openline.post.names import AMBIGUOUS_LISTED
from openline.post.post import CARD_TABLE, INTRODUCED_TABLE, PEER_TABLE
from openline.post.spreading import spreading
from openline.proof.finding import Finding
from openline.proof.joint import verify_page
from openline.proof.page import DOCTYPE
from openline.proof.verify import verify_bundle, verify_record
from openline.store.sqlite import SqliteRecord
from openline.terms import ID_BYTES, EntryId, LineId, PostId
from openline.wire import cbor
from openline.wire.full import encode_full
from openline.wire.lineterms import LineTerms, decode_terms

ID_DIGITS = 2 * ID_BYTES
_FORK_MAX_BYTES = 1_024


def verify(path: Path, line: str, known: Mapping[PostId, Card], bounds_of: Collection[str] = ()) -> Finding:
    """What a bundle proves, or a line of a home, to somebody who trusts the cards in `known`.

    `bounds_of` names entries whose bounds in time are wanted, by their ids in hex or the beginnings of them.
    Raises CannotRead, Misuse, UnknownName, or what is wrong with the home or its store.
    """
    finding = _verify(path, line, known, [EntryId(bytes.fromhex(each)) for each in bounds_of if len(each) == ID_DIGITS])
    if all(len(each) == ID_DIGITS for each in bounds_of):
        return finding
    return _verify(path, line, known, [_found(path, finding, each) for each in bounds_of])


def _found(path: Path, finding: Finding, digits: str) -> EntryId:
    """The one entry that a finding is of and whose id begins with these digits. Raises Misuse or UnknownName."""
    columns = finding.index.columns.values()
    ids = [entry for column in columns for _, entry, _ in column.rows() if entry.hex().startswith(digits.lower())]
    if not ids:
        raise UnknownName(f"No entry whose id begins with {digits} is shown in {path}.")
    if len(ids) > 1:
        listed = ", ".join(sorted(each.hex()[:24] for each in ids[:AMBIGUOUS_LISTED]))
        raise Misuse(f"Several entries have ids that begin with {digits}; type more digits of one: {listed}.")
    return ids[0]


def _verify(path: Path, line: str, known: Mapping[PostId, Card], bounds_of: Collection[EntryId]) -> Finding:
    if path.is_dir():
        return _verify_home(find(path), line, known, bounds_of)
    try:
        if (page := _page(path)) is not None:
            return verify_page(page, known)
        with spreading(path.stat().st_size) as map_function, open(path, "rb") as bundle:
            return verify_bundle(bundle, known, map_function=map_function, bounds_of=bounds_of)
    except OSError as error:
        raise CannotRead(f"{path} cannot be read: {error.strerror}.") from error


def _page(path: Path) -> bytes | None:
    """The public page of a joint statement at this path, up to where it is too large; None where it is something else.

    Raises OSError.
    """
    with open(path, "rb") as file:
        begin = file.read(len(DOCTYPE))
        return begin + file.read(JOINT_PAGE_MAX_BYTES) if begin.lower() == DOCTYPE else None


def trusted(home: Home) -> dict[PostId, Card]:
    """The cards that people of a home compared, and its own."""
    known = {home.post: Card.admit(home.card())}
    if not home.record.exists():
        return known
    record = SqliteRecord.open(home.record)
    try:
        compared = record.objects(PEER_TABLE)
        for post, data in record.objects(CARD_TABLE).items():
            if post in compared:
                known[PostId(post)] = Card.admit(data)
    finally:
        record.close()
    return known


def _verify_home(home: Home, line: str, known: Mapping[PostId, Card], bounds_of: Collection[EntryId]) -> Finding:
    if not home.record.exists():
        raise UnknownName("Nothing is kept in this home yet.")
    with spreading(home.record.stat().st_size) as map_function, closing(SqliteRecord.open(home.record)) as record:
        lines = _lines(record)
        chosen = [each for each, terms in lines.items() if not line or terms.name == line]
        if len(chosen) != 1:
            names = ", ".join(sorted(terms.name for terms in lines.values())) or "none"
            raise (Misuse if chosen else UnknownName)(f"Name the line to be verified with --line; there are: {names}.")
        identifier = chosen[0]
        members = sorted(member.post for member in lines[identifier].members)
        held = record.objects(INTRODUCED_TABLE) | record.objects(CARD_TABLE) | {home.post: home.card()}
        cards = [held[post] for post in members if post in held]
        entries = _entries(record, identifier, members)
        return verify_record(identifier, cards, entries, known, map_function=map_function, bounds_of=bounds_of)


def _entries(record: Record, line: LineId, members: list[PostId]) -> Iterator[bytes]:
    forks = {
        PostId(key[ID_BYTES:]): EntryId(cbor.decode(value, _FORK_MAX_BYTES)[2])
        for key, value in record.objects("fork").items()
        if key[:ID_BYTES] == line
    }
    return (encode_full(entry) for entry in entries(record, line, members, forks))


def _lines(record: Record) -> dict[LineId, LineTerms]:
    """The newest terms of each line."""
    found: dict[LineId, LineTerms] = {}
    for key, payload in record.objects("terms").items():
        found[LineId(key[:ID_BYTES])] = decode_terms(payload)
    return found
