"""All requests about exchanges, each with what answers it; how a post answers the others is in service.py."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from openline.post import (
    assets,
    calls,
    checking,
    claims,
    disclosures,
    drafts,
    hoaxes,
    incidents,
    inquiries,
    minutes,
    notices,
    noticing,
    offices,
    readouts,
    recordbook,
    sourcing,
    statements,
    stopping,
    together,
    voice,
    warnings,
    watchlog,
)
from openline.post.speaker import Answerer

ANSWERS: Final[Mapping[type, Answerer]] = {
    **recordbook.ANSWERS,
    **calls.ANSWERS,
    **voice.ANSWERS,
    **checking.ANSWERS,
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
}
"""By the type of the request."""
