"""What an entry is: one number for each kind, for all time (spec/kinds.md)."""

from __future__ import annotations

from enum import IntEnum


class Kind(IntEnum):
    """Below 16 the line speaks of itself; from 16 on, people speak."""

    TERMS = 1
    EPOCH = 2
    KEYS = 3
    ACK = 4
    CHECKPOINT = 5
    COSIGN = 6
    EVIDENCE = 7
    MESSAGE = 16
    SEEN = 17
    ACKNOWLEDGED = 18
    TAKEN = 19
    PASSED_ON = 20
    CORRECTION = 21
    GIVEN_UP = 22
    COUNTERSIGNED = 23
    ROSTER = 24
    CALL_REQUEST = 32
    CALL_ANSWER = 33
    CALL_OUTCOME = 34
    CALL_ATTEMPT = 35
    CALL_CERTIFICATE = 36
    CALL_RESPONSE = 37
    HOAX_QUESTION = 52
    HOAX_ANSWER = 53
    HOAX_REPORT = 54
    MINUTE = 40
    MINUTE_POINT = 41
    MINUTE_WORD = 42
    MINUTE_SIGNED = 43
    COMMITMENT = 44
    COMMITMENT_WORD = 45
    DISCLOSURE = 48
    DISCLOSURE_AGREED = 49
    DISCLOSED = 50
    BREACH = 51
    CHECK = 56
    CHECK_ANSWER = 57
    CHECK_MISSED = 58
    OUTAGE = 59
    OUTAGE_OVER = 60
    NOTICE = 72
    NOTICE_ACKNOWLEDGED = 73
    NOTICE_AMENDED = 74
    NOTICE_ENDED = 75
    NOTICE_POSTPONED = 76
    NOTICE_REFUSED = 77
    NOTICE_ASKED = 78
    NOTICE_CONFIRMED = 79
    NOTICE_PASSED = 80
    NOTICE_TRIED = 81
    STOP = 84
    STOP_ADDED = 85
    STOP_READ_BACK = 86
    STOP_PASSED = 87
    STOP_WITHDRAWN = 88
    CLAIM = 104
    CLAIM_ANSWER = 105
    CLAIM_EVIDENCE = 106
    CLAIM_TOLD = 107
    CLAIM_WITHDRAWN = 108
    INQUIRY = 112
    INQUIRY_ANSWER = 113
    INQUIRY_JUDGED = 114
    JOINT_STATEMENT = 120
    JOINT_CHANGE = 121
    JOINT_WORD = 122
    JOINT_APPROVAL = 123
    JOINT_CLOSED = 124
    READOUT = 128
    READOUT_MARK = 129
    READOUT_WORD = 130
    TRANSLATION = 148
    TRANSLATION_WITHDRAWN = 149
    TOGETHER = 136
    TOGETHER_COMMITTED = 137
    TOGETHER_REVEALED = 138
    TOGETHER_WITHDRAWN = 139
    INCIDENT = 96
    INCIDENT_ASSESSED = 97
    INCIDENT_STANCE = 98
    INCIDENT_SOURCE = 99
    INCIDENT_INVESTIGATED = 100
    INCIDENT_QUIET = 101
    INCIDENT_CORRECTION = 102
    INCIDENT_WORD = 103


QUIET = frozenset({Kind.ACK, Kind.CHECKPOINT, Kind.COSIGN})
"""Kinds that are never acknowledged at once and that alone do not make a checkpoint due."""

BARE = frozenset({Kind.ACK, Kind.EVIDENCE, Kind.SEEN, Kind.ACKNOWLEDGED, Kind.TAKEN, Kind.GIVEN_UP, Kind.COUNTERSIGNED})
"""Kinds without a body."""

CLEAR = frozenset({Kind.TERMS, Kind.EPOCH, Kind.KEYS})
"""Kinds that must be readable before any epoch secret is: they travel in clear form."""
