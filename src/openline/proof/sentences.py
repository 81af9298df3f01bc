"""A finding in plain sentences, for somebody who has never heard of a Merkle tree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from openline.proof import translations
from openline.terms import Instant, PostId, TrafficClass

if TYPE_CHECKING:
    from openline.proof.finding import Bounds, Feed, Finding, Moment
    from openline.proof.joint import Stated


def utc(at: Instant) -> str:
    """An instant as people read it: 2022-11-15T18:40:07Z."""
    try:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at)
    except OverflowError:
        return f"{at} ms after 1970"
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def sentences(finding: Finding) -> list[str]:
    """Unknown keys first, then what is wrong, what is shown, the verdict last."""
    names = {owner.post: f"“{owner.name}”" for owner in finding.owners}
    certified = [] if finding.certificate is None else finding.certificate.lines()
    stated = [] if finding.statement is None else list(_stated(finding.statement, names))
    return [*_keys(finding), *_faults(finding), *stated, *_shown(finding, names), *certified, _verdict(finding)]


def _keys(finding: Finding) -> Iterator[str]:
    for owner in finding.owners:
        if not owner.known:
            yield f"Not known here: the keys that call themselves “{owner.name}”, {owner.digits}."
    for owner in finding.owners:
        if owner.known:
            yield f"Known here: “{owner.name}”, {owner.digits}."


def _faults(finding: Finding) -> Iterator[str]:
    for fault in finding.faults:
        yield f"Wrong ({fault.code}): {fault.sentence}"
    if finding.more:
        yield f"And {finding.more} more like these."


def _shown(finding: Finding, names: dict[PostId, str]) -> Iterator[str]:
    if finding.exporter is not None and finding.exported_at is not None:
        who = names.get(finding.exporter, finding.exporter.hex()[:12])
        what = "The line" if finding.certificate is None else "A certificate of no contact on the line"
        yield f"{what} “{finding.name}”, exported by {who} at {utc(finding.exported_at)} by their clock."
    if finding.rule:
        yield f"Withheld by the exporter: {finding.rule}."
    for feed in finding.feeds:
        yield from _feed(feed, names)
    for acts in finding.acts:
        held = "vouched for by the post" if acts.holding == "post" else "key on the officer's own device"
        since = "" if acts.in_force else "; the post has ended or revoked this officer since"
        count = f"{acts.count} act{'s' if acts.count != 1 else ''}"
        yield f"{count} by {acts.name}, officer {acts.officer} of {names.get(acts.post, '')} ({held}{since})."
    for each in finding.disowned:
        by = " and ".join(names.get(post, post.hex()[:12]) for post in each.held_by)
        yield f"Entry {each.number} of {names.get(each.feed, '')}: disowned by its author, held by {by}: still proved."
    for settled in finding.settled:
        who = names.get(settled.feed, "")
        yield f"Entry {settled.number} of {who}: it signed several histories here and has named the true one."
    yield from translations.lines(finding.translations, names)
    for bounds in finding.bounds:
        yield _bounds(bounds, names)


def _stated(statement: Stated, names: dict[PostId, str]) -> Iterator[str]:
    drafter = names.get(statement.drafter, "")
    what = f"{len(statement.lines)} line{'s' if len(statement.lines) != 1 else ''} in {', '.join(statement.languages)}"
    if statement.traffic != TrafficClass.OPERATION:
        yield f"{statement.traffic.name}: nobody says this in earnest."
    yield f"A joint statement drafted by {drafter}: {what}, version {statement.version.hex()[:12]}."
    for each in statement.signed:
        yield f"Approved for {names.get(each.post, '')} by {each.name}, at {utc(each.at)} by their clock."
    for post in statement.parties:
        if post not in statement.approved:
            yield f"{names.get(post, post.hex()[:12])} has not approved it."
    yield f"Released by {drafter} at {utc(statement.released_at)} by its clock."


def _feed(feed: Feed, names: dict[PostId, str]) -> Iterator[str]:
    who = names.get(feed.post, feed.post.hex()[:12])
    entries = f"{feed.entries} entr{'ies' if feed.entries != 1 else 'y'}"
    yield f"{who}: {entries}, up to entry {feed.last} at {utc(feed.time)} by its clock."
    if feed.claimed > feed.last and feed.claimed_by is not None:
        other = names.get(feed.claimed_by, "")
        yield f"{other} signed that it held {who} up to entry {feed.claimed}; what is after {feed.last} is not shown."
    if feed.covered is None:
        yield f"No checkpoint covers entries of {who}: they have no post-quantum signature."
    else:
        by = " and ".join(names.get(post, post.hex()[:12]) for post in feed.covered.by)
        also = f"; cosigned up to {feed.covered.cosigned} by {by}" if by else "; cosigned by nobody"
        yield f"Checkpoints, with a post-quantum signature, cover {who} up to entry {feed.covered.size}{also}."
    if feed.withheld:
        yield f"Of {who}, {feed.withheld} items are withheld and {feed.shown} shown."


def _bounds(bounds: Bounds, names: dict[PostId, str]) -> str:
    def said(moment: Moment) -> str:
        return f"entry {moment.number} of {names.get(moment.feed, '')} (at {utc(moment.time)}, their clock)"

    before = said(bounds.not_before) if bounds.not_before is not None else "anything shown"
    after = said(bounds.not_after) if bounds.not_after is not None else "anything shown"
    own = f"Entry {bounds.of.number} of {names.get(bounds.of.feed, '')} says {utc(bounds.of.time)}"
    return f"{own}; it was signed not before {before}, and not after {after}."


def _verdict(finding: Finding) -> str:
    if finding.faults:
        return "NOT PROVED: this record is wrong as said above."
    if not finding.known:
        return (
            "NOT PROVED: it holds together, but anybody can invent posts and a flawless record between them. "
            "Get the card of each post that is not known here from its owner, compare its sixty digits by voice, "
            "and verify again with --card FILE."
        )
    if finding.statement is not None:
        traffic = finding.statement.traffic
        in_play = "" if traffic == TrafficClass.OPERATION else f", OF THE CLASS {traffic.name} AND NOT IN EARNEST"
        return (
            f"PROVED{in_play}: every word shown, in every language, is the one that the parties named above approved. "
            "The page does not show that no approval was taken back in an entry that is not in it: "
            "the record of a party does."
        )
    if finding.certificate is not None:
        return (
            "PROVED: every sentence above is signed by whom it names, everything shown is unchanged, and no entry is "
            "missing from the ranges that the certificate states."
        )
    return (
        "PROVED: everything shown was signed by the posts named above and is unchanged, "
        "and no entry is missing before the last ones shown."
    )
