"""The certificate of no contact: this post states how much it holds of the feed of one whom it asked for a call.

The statement is made in the turn that signs it, so it can never say less than the have-vectors that this post has
signed: it would convict itself (spec/certificate.md).
"""

from __future__ import annotations

from openline.engine import reaching
from openline.engine.events import Certify, Say
from openline.engine.line import Line
from openline.engine.state import State
from openline.errors import NotAllowed
from openline.exchanges.contact import described
from openline.limits import BEYOND_MAX
from openline.wire.certificate import CERTIFICATE, Beyond, Certificate
from openline.wire.contact import WORDS, Words
from openline.wire.kinds import Kind


def statement(state: State, line: Line, command: Certify) -> Say:
    """The certificate as an entry to be written now. Raises NotAllowed."""
    feed = line.feeds.get(command.post)
    if feed is None or command.post == state.me:
        raise NotAllowed("A certificate is about another member of the line.")
    known = reaching.facts(state, line, command.post)
    beyond = tuple(Beyond(number, entry) for number, entry in feed.have(BEYOND_MAX).beyond)
    body = Certificate(post=command.post, link=known.link, number=known.held, id=known.last, beyond=beyond)
    words = Words(described(known, state.name_of))
    return Say(
        request=command.request,
        line=line.id,
        kind=Kind.CALL_CERTIFICATE,
        items=(CERTIFICATE.item(body), WORDS.item(words)),
        officer=command.officer,
        precedence=command.precedence,
        traffic=command.traffic,
        opening=command.opening,
        refers=(command.opening,),
        exchange=command.exchange,
    )
