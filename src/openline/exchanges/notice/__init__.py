"""A notice: one tells the others what will happen, when and where; they acknowledge it and pass it on; it ends.

The state is the fold of the entries in canonical order (feeds.folding), so both ends see the same (spec/notice.md).
"""

from openline.exchanges.notice.shaping import area_of, place_of, span_of, window_of
from openline.exchanges.notice.standing import cancelled, cancelled_at, early, held, late_by, versions_held
from openline.exchanges.notice.state import Acknowledged, Asked, Closed, Confirmed, Passed, Refused, State, Try, Version
from openline.exchanges.notice.steps import OPENINGS, READERS, barred, fold, numbered, refusal, series
from openline.exchanges.notice.telling import due, overdue, told

__all__ = [
    "OPENINGS",
    "READERS",
    "Acknowledged",
    "Asked",
    "Closed",
    "Confirmed",
    "Passed",
    "Refused",
    "State",
    "Try",
    "Version",
    "area_of",
    "barred",
    "cancelled",
    "cancelled_at",
    "due",
    "early",
    "fold",
    "held",
    "late_by",
    "numbered",
    "overdue",
    "place_of",
    "refusal",
    "series",
    "span_of",
    "told",
    "versions_held",
    "window_of",
]
