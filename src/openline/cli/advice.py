"""What to do first when an alarm rings, by its code; more is in docs/guides/alarms.md."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Any, Final

_ADVICE: Final[Mapping[str, str]] = {
    "did-you-call": "find out, then 'openline call we-did {id}' or 'openline call we-did-not {id}'.",
    "did-you-answered": "on a no, tell whoever took the call, and all members: 'openline call hoax {line}'.",
    "did-you-waits": "here: answer it; there: telephone, by a number that you had before.",
    "hoax-reported": "warn whoever takes calls here; 'openline call hoaxes' shows what was said.",
    "digits-asked": "if the call is agreed: 'openline call digits {id}'.",
    "digits-ready": "when the voice connection stands: 'openline call digits {id}'.",
    "digits-broken": "connect nobody, and begin again on both sides: 'openline call digits {id}'.",
    "untaken": "take it now, whoever is on watch: 'openline take {id}'.",
    "untaken-there": "reach them another way now; 'openline receipts {id}' shows how far it got.",
    "page-failed": "nothing at once: the next service or person is paged. Mend the service: 'openline paging show'.",
    "bad-paging": "mend paging.toml; 'openline paging show' says what counts now.",
    "late": "reach them another way now; 'openline receipts {id}' shows how far it got.",
    "roster-published": "'openline office sheet {line} --out FILE' makes a new page for the wall.",
    "check-waits": "answer it: 'openline line answer {id}'.",
    "check-missed": "look at the link: 'openline line status {line}'; then telephone.",
    "check-unanswered": "telephone: is their desk manned, is yours?",
    "call-requested": "'openline call show {id}'; anybody on watch may take the content: 'openline call take {id}'.",
    "outage-announced": "nothing: their silence is explained.",
    "call-closed": "'openline call show {id}': read the outcome.",
    "call-crossed": "'openline call show {id}' says which side closes it.",
    "call-answered": "'openline call show {id}'.",
    "answered-late": "'openline call show {id}'; a new request can take the answer up.",
    "contradicted": "keep the evidence: 'openline export {line} --out FILE'.",
    "call-certified": "'openline call show {id}'; 'openline call respond {id} --text ...', if your side of it differs.",
    "call-responded": "'openline call certificate {id} --out FILE' again: it then shows both sides.",
    "refuted": "keep the evidence: 'openline export {line} --out FILE'.",
    "minute-point": "'openline call minute show {id}'; then 'agree' or 'differ'.",
    "minute-complete": "nothing: all parties signed the minute.",
    "minute-refused": "'openline call minute show {id}' gives their reason.",
    "minute-waits": "'openline call minute show {id}'; then 'sign', or 'refuse' with the reason.",
    "commitment": "'openline call commit list'; accept or dispute what others say that this post owes.",
    "commitment-due": "'openline call commit list'; do it and say so, or ask whoever owes it.",
    "disclosure-proposed": "'openline call disclose show {id}'; agree, or propose otherwise.",
    "disclosure-agreed": "tell whoever speaks in public: 'openline call disclose show {id}'.",
    "disclosed": "'openline call disclose show {id}'; if it is not so, record it as it was.",
    "breach": "'openline call disclose show {id}'; then talk to them.",
    "reply-by": "'openline call show {id}'; answer it, or close it, or ask again.",
    "notice-given": "'openline notice show {id}'; "
    "then 'openline notice ack {id}' and 'openline notice pass {id} --to UNIT'.",
    "notice-changed": "'openline notice show {id}'; acknowledge it again, and pass it on again.",
    "notice-answered": "nothing: it is in their hands, and signed.",
    "notice-refused": "agree on the form with them: 'openline notice forms {line} --agree'; "
    "tell them by message meanwhile.",
    "notice-asked": "ask those on shift, then 'openline notice confirm {id}'.",
    "notice-contact-failed": "unverified: assume nothing, and tell everybody who can order fire there.",
    "notice-overdue": "'openline notice show {id}' says who owes what; do it, or telephone.",
    "notice-reconfirm": "'openline notice ask {id}', or there 'openline notice confirm {id}'.",
    "notice-gap": "nothing at first: it is asked for. If it stays missing, telephone its author.",
    "stop": "stop the fire now; then 'openline stop read-back {id}' and 'openline stop pass {id} --to UNIT'.",
    "stop-changed": "'openline stop show {id}'; read it back again.",
    "stop-answered": "see whether the fire stops; say what you learn: 'openline stop add {id}'.",
    "stop-waits": "'openline stop show {id}'; read it back and pass it on, or telephone them.",
    "gap": "read what is there; 'openline line status {line}' names what is missing. It is asked for by itself.",
    "restored": "make sure that no other copy of this post runs, and that a peer can be reached: it goes on by itself.",
    "empty-claim": "call them by telephone; keep the evidence: 'openline export {line} --out FILE'.",
    "resumed": "nothing: this post writes again.",
    "branch-named": "look at what was done on the strength of the other branch.",
    "have-differs": "call them by telephone; keep the evidence: 'openline export {line} --out FILE'.",
    "have-shrank": "call them by telephone; keep the evidence: 'openline export {line} --out FILE'.",
    "bad-checkpoint": "call them by telephone; keep the evidence: 'openline export {line} --out FILE'.",
    "terms-forked": "call all members by telephone, and accept nothing until it is settled.",
    "terms-proposed": "talk to them; then 'openline line accept {line}', or nothing.",
    "removed": "telephone one of the others: this post reads and writes on that line no more.",
    "line-proposed": "talk to them; then 'openline line accept {line}', or nothing.",
    "no-sealing-key": "ask that member for its newest card, compare its digits by voice, and add it.",
    "epoch-restated": "call them: an old copy of their post may be running beside the new one.",
    "bad-seal": "ask that member to send what it wrote once more; if it comes again, call them.",
}


def advice(alarm: Any) -> str:
    """What to do first, or "" where the sentence of the alarm says it already."""
    line, about = shlex.quote(alarm["line"] or "LINE"), (alarm["about"] or "ID")[:12]
    return _ADVICE.get(alarm["code"], "").format(line=line, id=about)
