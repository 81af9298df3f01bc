"""All requests about exchanges, each with what answers it; how a post answers the others is in service.py."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from openline.post import health, recordbook, translations
from openline.post.call import calls, checking, hoaxes, offices, voice
from openline.post.claim import claims, inquiries
from openline.post.home import rootkey
from openline.post.incident import incidents
from openline.post.notice import assets, notices, noticing, stopping, warnings
from openline.post.people import drafts, tokens, watchlog
from openline.post.source import sourcing
from openline.post.speaker import Answerer
from openline.post.statement import statements
from openline.post.talk import disclosures, minutes, readouts, together

ANSWERS: Final[Mapping[type, Answerer]] = {
    **health.ANSWERS,
    **recordbook.ANSWERS,
    **translations.ANSWERS,
    **calls.ANSWERS,
    **voice.ANSWERS,
    **checking.ANSWERS,
    **rootkey.ANSWERS,
    **drafts.ANSWERS,
    **hoaxes.ANSWERS,
    **offices.ANSWERS,
    **minutes.ANSWERS,
    **disclosures.ANSWERS,
    **claims.ANSWERS,
    **inquiries.ANSWERS,
    **sourcing.ANSWERS,
    **statements.ANSWERS,
    **readouts.ANSWERS,
    **together.ANSWERS,
    **noticing.ANSWERS,
    **notices.ANSWERS,
    **assets.ANSWERS,
    **warnings.ANSWERS,
    **stopping.ANSWERS,
    **watchlog.ANSWERS,
    **incidents.ANSWERS,
    **tokens.ANSWERS,
}
"""By the type of the request."""
