"""Requests about exchanges are answered each by one function, and none is answered twice."""

from __future__ import annotations

from typing import get_args

from openline.post import answering, health, recordbook, requests, translations
from openline.post.call import calls, checking, hoaxes, offices, voice
from openline.post.claim import claims, inquiries
from openline.post.incident import incidents
from openline.post.notice import assets, notices, noticing, stopping, warnings
from openline.post.people import drafts, tokens, watchlog
from openline.post.source import sourcing
from openline.post.statement import statements
from openline.post.talk import disclosures, minutes, readouts, together


def test_each_request_has_one_answer() -> None:
    talks = (minutes, disclosures, incidents, claims, inquiries, statements, readouts, together, sourcing)
    ours = (health, recordbook, translations, assets, warnings, watchlog, drafts, tokens)
    owners = (calls, voice, checking, hoaxes, offices, *talks, noticing, notices, stopping, *ours)
    parts = [each.ANSWERS for each in owners]
    assert len(answering.ANSWERS) == sum(map(len, parts)) > 20
    assert set(answering.ANSWERS) < set(get_args(requests.AnyRequest))
