"""The terms of the line as the record shows them: the chain, who signed it, and whether every author kept to it."""

from __future__ import annotations

from collections.abc import Iterable

from openline.errors import PeerError
from openline.proof.batch import Seen
from openline.proof.faults import Faults
from openline.proof.feed import FeedWalk
from openline.terms import LineId, PostId
from openline.wire.kinds import Kind
from openline.wire.lineterms import LineTerms, decode_terms, follows, line_id, must_sign, terms_hash
from openline.wire.rules import decode_rules


class _Version:
    """One version as somebody proposed it, and by whom it was signed."""

    def __init__(self, payload: bytes, terms: LineTerms, first: Seen) -> None:
        self.payload = payload
        self.terms = terms
        self.first = first
        self.signers: set[PostId] = set()


class TermsWalk:
    """`chain` holds the versions in force, `members` every post that is or was to be a member."""

    def __init__(self, line: LineId, faults: Faults) -> None:
        self.line = line
        self.faults = faults
        self.chain: list[LineTerms] = []
        self.members: set[PostId] = set()
        self._joined: set[PostId] = set()
        self._versions: dict[bytes, _Version] = {}
        self._signed: dict[tuple[PostId, bytes | None], bytes] = {}

    @property
    def name(self) -> str:
        """The line's name, empty when its terms are not shown."""
        return self.chain[-1].name if self.chain else next((each.terms.name for each in self._versions.values()), "")

    def read(self, feeds: Iterable[FeedWalk]) -> None:
        """Take up all TERMS entries, bring versions into force, and hold every author to them."""
        feeds = list(feeds)
        for feed in feeds:
            for seen in feed.bodies:
                if seen.kind == Kind.TERMS:
                    self._take(seen)
        self._chain_up()
        if not self.chain:
            self.faults.add("bad-terms", "The founding terms of the line are not shown.")
        for feed in feeds:
            self._check_use(feed)

    def _take(self, seen: Seen) -> None:
        (payload,) = seen.body
        try:
            terms = decode_terms(payload)
        except PeerError as error:
            self.faults.entry(error.code, f"holds terms that are none: {error}", seen.author, seen.number, seen.id)
            return
        if (terms.version == 1) != (line_id(payload) == self.line):
            self.faults.entry("bad-terms", "holds terms of another line", seen.author, seen.number, seen.id)
            return
        version = self._versions.setdefault(payload, _Version(payload, terms, seen))
        version.signers.add(seen.author)
        self.members.update(member.post for member in terms.members)
        other = self._signed.setdefault((seen.author, terms.previous), payload)
        if other != payload:
            said = "signs a second successor of one version of the terms"
            self.faults.entry("forked-terms", said, seen.author, seen.number, seen.id)

    def _chain_up(self) -> None:
        """Bring into force, one after the other, what all have signed who must; what fits nowhere is a fault."""
        waiting = dict(self._versions)
        payload: bytes | None = None
        while True:
            before = self.chain[-1] if self.chain else None
            fitting = [each for each in waiting.values() if _fits(each.terms, before, payload)]
            for each in fitting:
                del waiting[each.payload]
            signed = [each for each in fitting if each.signers.issuperset(_signers(each.terms, before))]
            if len(signed) != 1:
                break
            self.chain.append(signed[0].terms)
            self._joined |= signed[0].signers
            payload = signed[0].payload
        for each in [*waiting.values(), *(signed if len(signed) > 1 else ())]:
            seen = each.first
            said = "holds terms that do not follow from those in force"
            self.faults.entry("bad-terms", said, seen.author, seen.number, seen.id)

    def _check_use(self, feed: FeedWalk) -> None:
        for version, (number, entry) in sorted(feed.terms.items()):
            if version <= len(self.chain) and feed.post not in self.chain[version - 1].active():
                said = f"is by no member of the line under version {version} of its terms"
                self.faults.entry("not-a-member", said, feed.post, number, entry)
        for version, (number, entry) in sorted(feed.spoken.items()):
            if version > len(self.chain):
                said = f"was written under version {version} of the terms, which not all who must have signed"
                self.faults.entry("bad-terms", said, feed.post, number, entry)
        for (version, kind), (number, entry) in sorted(feed.by_one.items()):
            if version <= len(self.chain) and kind in _two_persons(self.chain[version - 1]):
                said = "is signed by one person alone, of a kind for which the rules of the line ask for two"
                self.faults.entry("one-person", said, feed.post, number, entry)
        if feed.spoken and feed.post not in self._joined:
            number, entry = min(feed.spoken.values())
            said = "speaks on the line, and its author is not shown to have signed any of its terms"
            self.faults.entry("not-a-member", said, feed.post, number, entry)


def _two_persons(terms: LineTerms) -> tuple[int, ...]:
    """Kinds for two persons; rules that cannot be read ask for nothing (spec/rules.md)."""
    try:
        return decode_rules(terms.rules).two_persons
    except PeerError:
        return ()


def _signers(terms: LineTerms, before: LineTerms | None) -> tuple[PostId, ...]:
    """Who must have signed terms that come into force. The founding ones are known by the line's id."""
    return must_sign(terms, before) if before is not None else ()


def _fits(terms: LineTerms, before: LineTerms | None, payload: bytes | None) -> bool:
    if before is None or payload is None:
        return terms.version == 1
    return terms.previous == terms_hash(payload) and follows(terms, before, payload)
