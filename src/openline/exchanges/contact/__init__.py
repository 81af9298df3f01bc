"""A contact: one asks to speak with others, each answers as often as it likes, and the one who asked closes, once each.

The state is the fold of the entries in canonical order (feeds.folding), so both ends see the same (spec/contact.md).
Requests that crossed between the same two posts are one contact: it has the id of the smaller one, whose author closes.
"""

from openline.exchanges.contact.state import Answered, Certified, Ended, Opened, Party, Responded, State, Tried
from openline.exchanges.contact.stating import Facts, described, owed, watches
from openline.exchanges.contact.steps import OPENINGS, READERS, fold, group, met, objection
from openline.exchanges.contact.telling import due, overdue, told

__all__ = [
    "OPENINGS",
    "READERS",
    "Answered",
    "Certified",
    "Ended",
    "Facts",
    "Opened",
    "Party",
    "Responded",
    "State",
    "Tried",
    "described",
    "due",
    "fold",
    "group",
    "met",
    "objection",
    "overdue",
    "owed",
    "told",
    "watches",
]
