"""Every error that Openline raises, with its stable code.

    OpenlineError
    ├── LocalError   something here must change: the command, the home, the machine
    └── PeerError    bytes from elsewhere broke a rule; the sender of the bytes is to blame, never the named author

An error is a sentence for a tired person. `code` is stable, listed in spec/errors.md, and goes out in ``--json``.
`advice` says what to do: retry, ask a person, give up.
"""

from __future__ import annotations

from typing import ClassVar


class OpenlineError(Exception):
    """The root. Catch this at the edge of the program; nothing else should come out of a room."""

    code: ClassVar[str] = "error"
    advice: ClassVar[str] = ""

    def __str__(self) -> str:
        """The sentence, then the advice."""
        said = super().__str__()
        return f"{said} {self.advice}".strip() if self.advice else said


class LocalError(OpenlineError):
    """Something on this side must change before it can work."""

    code = "local"


class PeerError(OpenlineError):
    """Bytes that came from elsewhere broke a documented rule."""

    code = "peer"


# Bytes from elsewhere


class BadEncoding(PeerError):
    """Not the one deterministic encoding of anything we know."""

    code = "bad-encoding"


class TooLarge(PeerError):
    """Longer than the maximum in `openline.limits`."""

    code = "too-large"


class BadField(PeerError):
    """Well encoded, but a field is missing, unknown, of the wrong type or out of range."""

    code = "bad-field"


class BadSignature(PeerError):
    """A signature does not verify under the key that it names."""

    code = "bad-signature"


class BadKey(PeerError):
    """A public key is not canonical, of small order, or not proved to be possessed."""

    code = "bad-key"


class BadSeal(PeerError):
    """Sealed bytes do not open under the key that they name."""

    code = "bad-seal"


class NotRebuilt(PeerError):
    """A short form does not rebuild into what its author signed; the full form is asked for once."""

    code = "not-rebuilt"


class UnknownVersion(PeerError):
    """A format version that this program does not know."""

    code = "unknown-version"
    advice = "Ask the other side which version it runs, then upgrade the older one."


class NotAMember(PeerError):
    """The author or sender is not a member of the line."""

    code = "not-a-member"


class KeyRevoked(PeerError):
    """Signed by a key that its owner has revoked, after the last entry it vouches for."""

    code = "key-revoked"


class NoPlace(PeerError):
    """An entry that its exchange has no place for, as things stand; it is kept, shown, and counts for nothing."""

    code = "no-place"


class ChangedPage(PeerError):
    """A public page of a joint statement whose frame, script or style is not the one of its version."""

    code = "changed-page"


class BadTerms(PeerError):
    """Terms that do not follow from the ones before, or lack a signature that they need."""

    code = "bad-terms"


class BadCheckpoint(PeerError):
    """A checkpoint whose tree is not the one that its entries make."""

    code = "bad-checkpoint"


class ForkedFeed(PeerError):
    """The author signed two different histories; both are kept as evidence."""

    code = "forked-feed"
    advice = (
        "Call the other side by telephone; nothing of that feed after the fork counts until they name the true branch."
    )


class CardForked(PeerError):
    """A post's root signed two different key statements with one number: `ours` and `theirs`, both evidence."""

    code = "card-forked"
    advice = (
        "Call the other side by telephone; their keys cannot be trusted until you have compared a new card by voice."
    )

    def __init__(self, said: str, ours: bytes = b"", theirs: bytes = b"") -> None:
        """Keep both statements as they were encoded."""
        super().__init__(said)
        self.ours = ours
        self.theirs = theirs


class TooFarAhead(PeerError):
    """A number too far beyond what is held."""

    code = "too-far-ahead"


class BadLink(PeerError):
    """The peer broke the link protocol."""

    code = "bad-link"


# Something on this side


class Misuse(LocalError):
    """The words of a command do not make sense together."""

    code = "misuse"


class UnknownName(LocalError):
    """No peer, line, officer or entry of that name or id here."""

    code = "unknown-name"


class NotAllowed(LocalError):
    """The line's terms, or the state of the thing, do not allow it."""

    code = "not-allowed"


class TwoPersons(NotAllowed):
    """The rules of the line want one officer who drafts this and another who releases it."""

    code = "two-persons"


class DraftStale(LocalError):
    """What was to be signed is not what could be written now: the line has moved on since it was drafted."""

    code = "draft-stale"


class CounterBack(LocalError):
    """A passkey counted no higher than before: somebody may have copied it."""

    code = "counter-back"


class TooManyWords(LocalError):
    """FLASH and IMMEDIATE are limited in words."""

    code = "too-many-words"


class NotReady(LocalError):
    """The line cannot be written to yet, and the sentence says what it waits for."""

    code = "not-ready"


class NameTaken(LocalError):
    """Two peers, two officers or two tokens would have one name."""

    code = "name-taken"
    advice = "Choose another name; a peer gets one of your own with --as."


class RootOffline(LocalError):
    """The root key is not in this home, and only it can sign changes of keys."""

    code = "root-offline"
    advice = "Fetch the root key from where it is kept, and run the command again with it."


class NotSixtyDigits(LocalError):
    """What was typed for a fingerprint is not sixty digits."""

    code = "not-sixty-digits"
    advice = "Read all twelve groups of five digits again, from the card or by voice."


class WrongPassphrase(LocalError):
    """The passphrase does not open the private keys."""

    code = "wrong-passphrase"
    advice = "Type it again; nobody can open the keys without it."


class DamagedKeystore(LocalError):
    """The file of private keys was changed, cut, or is something else."""

    code = "damaged-keystore"
    advice = "Restore the home from its backup."


class UnknownKeystore(LocalError):
    """The file of private keys was written by a newer program."""

    code = "unknown-keystore"
    advice = "Run the program that wrote it, or a newer one."


# Bearers: sealed bytes from one post to another


class LinkClosed(LocalError):
    """The connection has ended: closed by either side, or cut."""

    code = "link-closed"


class FrameSize(LocalError):
    """A frame given to a bearer is empty or longer than the bearer takes."""

    code = "frame-size"


class NotReachable(LocalError):
    """No answer from the other post's address, or none in time."""

    code = "not-reachable"
    advice = "It is tried again by itself; if it lasts, ask them by telephone whether their post runs and where."


class NotKnownToPeer(LocalError):
    """The other post refused our link key."""

    code = "not-known-to-peer"
    advice = "Ask them to add our card."


class BadAddress(LocalError):
    """Not an address of a post."""

    code = "bad-address"
    advice = "Write it as wss://HOST:PORT."


class PortInUse(LocalError):
    """Another program listens on the port."""

    code = "port-in-use"
    advice = "Choose another port, or stop the program that holds this one."


class CannotListen(LocalError):
    """The machine does not let us listen there."""

    code = "cannot-listen"
    advice = "Check the host name and that the port is above 1023."


class TlsUnusable(LocalError):
    """The TLS library, or the link certificate and key given to it, cannot be used."""

    code = "tls-unusable"
    advice = "Install Openline again with its locked dependencies; there is no weaker link to fall back to."


class StrangerRefused(PeerError):
    """Someone without a link key that we know."""

    code = "stranger-refused"
    advice = "If it should be a peer, compare the fingerprint of its newest card by voice, then add that card."


class CutBundle(PeerError):
    """A bundle file ends before its end."""

    code = "cut-bundle"
    advice = "Copy the file again, or ask for it again."


class CutParcel(PeerError):
    """A parcel file ends before its end."""

    code = "cut-parcel"
    advice = "Copy the file again."


class BadParcel(PeerError):
    """Not a parcel file, or one whose bytes were changed on the way."""

    code = "bad-parcel"
    advice = "Ask for the file again."


class CannotRead(LocalError):
    """A file that cannot be opened, or is not an ordinary file."""

    code = "cannot-read"


class CannotWrite(LocalError):
    """A file that cannot be written: disk full, no permission, too many waiting."""

    code = "cannot-write"


class StoreTooNew(LocalError):
    """The store was written by a newer Openline."""

    code = "store-too-new"
    advice = "Run the newer Openline that wrote it, or restore a backup that this one made."


class StoreForeign(LocalError):
    """The file that should hold the store is not an Openline store."""

    code = "store-foreign"
    advice = "Check which home was named; nothing in the file was changed."


class StoreDamaged(LocalError):
    """The store breaks its own format: the disk, or something that wrote to it, changed it."""

    code = "store-damaged"
    advice = "Stop the post, keep this file as it is, and restore the newest backup; the members hold what is missing."


class StoreReadOnly(LocalError):
    """The store cannot be opened for writing."""

    code = "store-read-only"
    advice = "Check who owns the home and its files, and whether its disk is mounted read-only."


class StoreBusy(LocalError):
    """Another process is writing to the store."""

    code = "store-busy"
    advice = "One home is served by one process: find the other one and stop it."


class DiskFull(LocalError):
    """There is no room for what should be kept; what was kept before stands."""

    code = "disk-full"
    advice = "Make room on the disk of the home, then try again."


class DiskFailed(LocalError):
    """The disk refused to read or write; what was kept before stands."""

    code = "disk-failed"
    advice = "Look at the machine's log for the disk, and move the home to another one by backup and restore."


# A home, and the post that runs in it


class NoHome(LocalError):
    """There is no post in the directory that was named."""

    code = "no-home"
    advice = "Make one with 'openline init --name NAME', or name another directory with --home."


class HomeTaken(LocalError):
    """A post would be made where something already is."""

    code = "home-taken"
    advice = "Name an empty or new directory with --home."


class HomeDamaged(LocalError):
    """A file that every home has is missing or cannot be read."""

    code = "home-damaged"
    advice = "Keep the directory as it is, and restore the newest backup into another one."


class HomeTooNew(LocalError):
    """The home was made by a newer Openline."""

    code = "home-too-new"
    advice = "Run the newer Openline that made it."


class HomeInUse(LocalError):
    """Another process holds the home."""

    code = "home-in-use"
    advice = "One home is served by one process: use the one that runs, or stop it."


class NoPassphrase(LocalError):
    """The private keys are needed, and nobody is there to be asked for the passphrase."""

    code = "no-passphrase"
    advice = "Set OPENLINE_PASSPHRASE, name a file with --passphrase-file, or run the command in a terminal."


class NotRunning(LocalError):
    """No post runs in the home, or it does not answer."""

    code = "not-running"
    advice = "Start it with 'openline serve'."


class BadRequest(LocalError):
    """Bytes on the control socket that are no request."""

    code = "bad-request"
    advice = "The requests are listed in docs/reference/control.md."


class TooBusy(LocalError):
    """More requests or watchers at once than a post takes."""

    code = "too-busy"
    advice = "Wait for the answers to those before."


class PeerUnknown(PeerError):
    """From a post whose card this home does not hold."""

    code = "peer-unknown"
    advice = "Compare the fingerprint of its card by voice, then add the card."


class InternalError(LocalError):
    """The program broke its own rules; nothing that was acknowledged is lost."""

    code = "internal-error"
    advice = "Try once more; if it comes again, send the log to whoever looks after this post."


class BadPaging(LocalError):
    """The file that says who is on call cannot be used."""

    code = "bad-paging"
    advice = "Mend the file; until then the last one that could be used counts, and 'openline paging show' tells of it."


class BadBackup(LocalError):
    """A file that is no backup, or was cut or changed."""

    code = "bad-backup"
    advice = "Use another copy of the backup, or an older one."


class LineTooLarge(LocalError):
    """More members than one line can have."""

    code = "line-too-large"


class WrongFingerprint(LocalError):
    """The digits that a person compared are not those of the card."""

    code = "wrong-fingerprint"
    advice = "Do not use this card. Ask the other side by voice for its digits, and for the file again."


class DemoFailed(LocalError):
    """A step of the demo did not come out as it must."""

    code = "demo-failed"
    advice = "Run it again with --keep DIR, and look at the logs in DIR."


class BadExercise(LocalError):
    """The file of an exercise does not hold together."""

    code = "bad-exercise"
    advice = "Mend these lines, then look at it again with 'openline exercise check FILE'."


class ExerciseFailed(LocalError):
    """An exercise could not go on: a post did not start, or ended by itself."""

    code = "exercise-failed"
    advice = "Look at the logs in the directory of the run, then begin again in a new one."


# The desk


class WrongMethod(LocalError):
    """An address of the desk was asked with another method than the one that it takes, which is `allow`."""

    code = "wrong-method"
    advice = "Ask a question with GET, an act with POST; /api/v1/openapi.json lists which is which."

    def __init__(self, sentence: str, allow: str = "GET") -> None:
        super().__init__(sentence)
        self.allow = allow


class NotSignedIn(LocalError):
    """Whoever asks at the desk has not signed in, or not lately."""

    code = "not-signed-in"
    advice = "Sign in; what you have typed stays where it is."


class BadToken(LocalError):
    """A program shows a token that is unknown, revoked or over; which of them is not said."""

    code = "bad-token"
    advice = "Have an administrator make another: 'openline desk token add'."


class WrongPassword(LocalError):
    """No officer of that name with that password signs in here; which of the two is wrong is not said."""

    code = "wrong-password"
    advice = "Type both again; whoever administers the desk can make a new link."


class LinkSpent(LocalError):
    """A one-time link that was used, replaced, or is too old."""

    code = "link-spent"
    advice = "Ask for a new one: 'openline desk link'."


class RoleNeeded(LocalError):
    """The officer has signed in, but in no role that may do this."""

    code = "role-needed"
    advice = "Ask whoever administers the desk, or do it with the officer who has the role."


class ForeignOrigin(LocalError):
    """A request that a page of another address made, or that names the desk by a name that is not its own."""

    code = "foreign-origin"
    advice = "Open the desk under the address that 'openline serve' prints."


class TooManyTries(LocalError):
    """More tries at a password or link than the desk takes."""

    code = "too-many-tries"
    advice = "Wait a minute; the command line works meanwhile."


class DeskNotBuilt(LocalError):
    """This copy of the program does not hold the page of the desk."""

    code = "desk-not-built"
    advice = "Run 'make' in the clone, or install the wheel, which holds it."
