"""Requests about exchanges are answered each by one function, and none is answered twice."""

from __future__ import annotations

from typing import get_args

from openline.post import (
    answering,
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
    requests,
    sourcing,
    statements,
    stopping,
    together,
    voice,
    warnings,
    watchlog,
)


def test_each_request_has_one_answer() -> None:
    talks = (minutes, disclosures, incidents, claims, inquiries, statements, readouts, together, sourcing)
    ours = (recordbook, assets, warnings, watchlog, drafts)
    owners = (calls, voice, checking, hoaxes, offices, *talks, noticing, notices, stopping, *ours)
    parts = [each.ANSWERS for each in owners]
    assert len(answering.ANSWERS) == sum(map(len, parts)) > 20
    assert set(answering.ANSWERS) < set(get_args(requests.AnyRequest))
