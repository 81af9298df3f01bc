"""Write vectors/certificate/: certificates of no contact, right ones, and each way of being wrong.

Run as `python -m vectors.generate_certificate`. The ML-DSA signatures differ each time; nothing else does.
`certificate` holds the file as hex strings and names of the cards beside it. `expect` is "ok" or a fault's code;
`sentences` are those of the finding: code, label, and who wrote each proof with its number.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import msgspec

from openline.proof.reach import Sentence
from openline.terms import EntryId, Instant
from openline.wire.certificate import Beyond, LinkState, Span
from openline.wire.contact import Outcome
from openline.wire.entry import Have
from openline.wire.kinds import Kind
from tests.proof.bundles import cards, first
from tests.proof.certificates import Contact, nodes
from tests.proof.world import World
from vectors.bundle_case import pieces, signed_by
from vectors.generate_bundle import split

FOLDER = Path(__file__).parent / "certificate"
CASES: dict[str, tuple[str, str, Callable[[], tuple[Contact, bytes]]]] = {}

Made = tuple[Contact, bytes]


def case(about: str, expect: str = "ok") -> Callable[[Callable[[], Made]], Callable[[], Made]]:
    """Register a case."""

    def keep(make: Callable[[], Made]) -> Callable[[], Made]:
        CASES[make.__name__] = (about, expect, make)
        return make

    return keep


def silent() -> Contact:
    """Asked, tried, nothing heard."""
    contact = Contact()
    contact.tried()
    return contact


def certified(contact: Contact) -> Contact:
    """Certified as things stand, under a checkpoint."""
    contact.certify()
    contact.alpha.checkpoint()
    return contact


# Different causes of silence


@case("no path: nothing of theirs came, so cut or down is not known")
def no_path() -> Made:
    contact = certified(silent())
    return contact, contact.file()


@case("a third member had entries of theirs since the link was lost")
def third_tells() -> Made:
    contact = silent()
    contact.bravo.say("To whom it may concern.")
    contact.charlie.hear(contact.bravo)
    contact.certify()
    contact.charlie.acknowledge()
    contact.alpha.hear(contact.charlie)
    contact.alpha.checkpoint()
    return contact, contact.file()


@case("their desk is unmanned: their post signed for the request, and no officer did anything")
def desk_unmanned() -> Made:
    contact = Contact()
    contact.bravo.hear()
    contact.bravo.acknowledge()
    contact.alpha.hear()
    contact.certify(state=LinkState.UP)
    contact.alpha.checkpoint()
    return contact, contact.file()


@case("their officer is silent: signed something else after their post had the request")
def officer_silent() -> Made:
    contact = Contact()
    contact.bravo.hear()
    contact.bravo.acknowledge()
    contact.bravo.say("Radio check.")
    contact.alpha.hear()
    contact.certify(state=LinkState.UP)
    contact.alpha.checkpoint()
    return contact, contact.file()


@case("they declined")
def declined() -> Made:
    contact = Contact()
    contact.bravo.hear()
    contact.answered()
    contact.alpha.hear()
    contact.closed(Outcome.DECLINED)
    contact.certify(state=LinkState.UP)
    contact.alpha.checkpoint()
    return contact, contact.file()


@case("their checkpoint after reply-by covers all their headers: their own record holds no answer")
def no_answer_in_their_record() -> Made:
    contact = Contact(reply_within=3_000)
    contact.bravo.hear()
    contact.bravo.acknowledge()
    contact.world.now = Instant(contact.world.now + 10_000)
    contact.bravo.checkpoint()
    contact.alpha.hear()
    contact.closed()
    contact.certify()
    contact.alpha.checkpoint()
    return contact, contact.file()


@case("an entry of theirs follows that checkpoint: it does not cover all")
def checkpoint_too_early() -> Made:
    contact = Contact(reply_within=3_000)
    contact.bravo.hear()
    contact.bravo.acknowledge()
    contact.world.now = Instant(contact.world.now + 10_000)
    contact.bravo.checkpoint()
    contact.bravo.say("One word more.")
    contact.alpha.hear()
    contact.certify()
    contact.alpha.checkpoint()
    return contact, contact.file()


@case("their checkpoint is of before reply-by")
def checkpoint_before_reply_by() -> Made:
    contact = Contact()
    contact.bravo.hear()
    contact.bravo.acknowledge()
    contact.bravo.checkpoint()
    contact.alpha.hear()
    contact.certify()
    contact.alpha.checkpoint()
    return contact, contact.file()


@case("both sides: their response is in, and names the answer that crossed")
def responded() -> Made:
    contact = certified(silent())
    contact.bravo.hear()
    late = contact.answered()
    contact.responded(contact.statements[-1], late.id, text="We did answer.")
    contact.alpha.hear()
    return contact, contact.file(upto=len(contact.bravo.entries))


@case("nothing was cosigned before the request: their feed is shown from its first entry")
def from_the_start() -> Made:
    contact = Contact(cosigned=False)
    contact.certify()
    contact.alpha.checkpoint()
    return contact, contact.file()


@case("an answer is held beyond a gap, and stated")
def beyond_a_gap() -> Made:
    contact = Contact()
    contact.bravo.say("This one was lost.")
    contact.bravo.held[contact.alpha.post] = contact.alpha.entries[-1]
    answer = contact.answered()
    contact.certify(beyond=(Beyond(answer.header.number, answer.id),))
    contact.alpha.checkpoint()
    return contact, contact.file(more=(answer,))


# Wrong ones


@case("the requester had signed for more than it states", "understated")
def understated() -> Made:
    contact = Contact()
    contact.bravo.hear()
    contact.bravo.acknowledge()
    contact.alpha.hear()
    contact.alpha.acknowledge()
    contact.certify(number=len(contact.bravo.entries) - 1)
    contact.alpha.checkpoint()
    return contact, contact.file()


@case("an entry of theirs is missing from the stated range", "hole")
def hole() -> Made:
    contact = silent()
    contact.bravo.hear()
    gone = contact.answered()
    contact.bravo.acknowledge()
    contact.alpha.hear()
    certified(contact)
    return contact, contact.file(without=(gone,))


@case("an attempt is missing from the requester's own range", "hole")
def own_hole() -> Made:
    contact = silent()
    gone = contact.tried("the link is up")
    certified(contact)
    return contact, contact.file(without=(gone,))


@case("their last entries are left out", "short-range")
def short_of_n() -> Made:
    contact = silent()
    contact.bravo.hear()
    contact.answered()
    contact.alpha.hear()
    certified(contact)
    return contact, contact.file(upto=len(contact.bravo.entries) - 1)


@case("their range begins after the cosigned checkpoint", "short-range")
def late_start() -> Made:
    contact = silent()
    contact.bravo.say("One.")
    contact.bravo.say("Two.")
    contact.alpha.hear()
    certified(contact)
    ours, theirs = contact.spans(len(contact.bravo.entries))
    first_shown = theirs.first + 1
    late = Span(theirs.post, first_shown, theirs.last, nodes(contact.bravo, first_shown - 1))
    return contact, contact.file(spans=(ours, late))


@case("the checkpoint at which their range begins was cosigned after the request", "short-range")
def cosigned_too_late() -> Made:
    contact = Contact(cosigned=False)
    contact.anchor = next(each for each in contact.bravo.entries if each.header.kind == Kind.CHECKPOINT)
    contact.alpha.cosign(contact.bravo, contact.anchor)
    certified(contact)
    return contact, contact.file()


@case("the tree before their range is another than the checkpoint's", "bad-checkpoint")
def other_tree() -> Made:
    contact = certified(silent())
    ours, theirs = contact.spans(len(contact.bravo.entries))
    odd = msgspec.structs.replace(theirs, nodes=(bytes(32), *theirs.nodes[1:]))
    return contact, contact.file(spans=(ours, odd))


@case("the requester's range begins after the request", "short-range")
def request_left_out() -> Made:
    contact = certified(silent())
    ours, theirs = contact.spans(3)
    late = Span(ours.post, ours.first + 1, ours.last, nodes(contact.alpha, ours.first))
    return contact, contact.file(spans=(late, theirs), more=(contact.asked,))


@case("the answer was asked for by a time before the request itself", "bad-certificate")
def reply_by_before_the_request() -> Made:
    contact = certified(Contact(reply_within=-1))
    return contact, contact.file()


@case("no checkpoint of the requester covers the certificate", "no-checkpoint")
def no_checkpoint() -> Made:
    contact = silent()
    contact.certify()
    return contact, contact.file()


@case("an entry of theirs is signed by somebody else", "bad-signature")
def re_signed() -> Made:
    contact = silent()
    contact.bravo.hear()
    answer = contact.answered()
    contact.alpha.hear()
    certified(contact)
    forged = signed_by(answer, contact.alpha.own.feed)
    return contact, contact.file(without=(answer,), more=(forged,))


@case("one byte was edited", "changed-bundle")
def edited() -> Made:
    contact = certified(silent())
    return contact, contact.file().replace(b"a dial failed", b"a dial worked")


@case("the heading names no certificate", "bad-certificate")
def other_statement() -> Made:
    contact = certified(silent())
    return contact, contact.file(statement=EntryId(bytes(32)))


@case("the heading names another request", "bad-certificate")
def other_contact() -> Made:
    contact = silent()
    other = contact.ask(5_000)
    certified(contact)
    return contact, contact.file(contact=other.id)


@case("the ranges are of another feed than the counterpart's", "bad-certificate")
def other_ranges() -> Made:
    contact = certified(silent())
    ours, _ = contact.spans(3)
    return contact, contact.file(spans=(ours, Span(contact.charlie.post, 1, 1)))


@case("the certificate names another last entry than the one shown", "bad-have")
def other_last() -> Made:
    contact = Contact()
    wrong = contact.bravo.make(Kind.ACK, have=(Have(contact.alpha.post, 1, contact.alpha.entries[0].id),), number=3)
    kept, contact.bravo.entries[2] = contact.bravo.entries[2], wrong
    contact.certify(number=3, have=())
    contact.bravo.entries[2] = kept
    contact.alpha.checkpoint()
    return contact, contact.file()


@case("cut in the middle", "cut-bundle")
def cut() -> Made:
    contact = certified(silent())
    return contact, b"".join(pieces(contact.file())[:-2])


def placed(contact: Contact, sentence: Sentence) -> list[object]:
    """A sentence with its proofs by author and number, which are the same each time."""
    places = {each.id: (who.card.name, each.header.number) for who in contact.world.members for each in who.entries}
    return [sentence.code, sentence.label.value, *(list(places[proof]) for proof in sentence.proofs)]


def main() -> None:
    """Write every case."""
    FOLDER.mkdir(exist_ok=True)
    trusted = cards()
    world = World("Alpha", "Bravo", "Charlie")
    names = {f"{each.card.name.lower()}.card": each.card.encode() for each in world.members}
    for name, card in names.items():
        (FOLDER / name).write_bytes(card)
    for name, (about, expect, make) in CASES.items():
        contact, data = make()
        found = first(data, trusted).certificate
        said = [placed(contact, each) for each in found.sentences] if found is not None else None
        value = {"about": about, "expect": expect, "sentences": said, "certificate": split(data, names)}
        (FOLDER / f"{name}.json").write_text(json.dumps(value, indent=1) + "\n")


if __name__ == "__main__":
    main()
