"""A STOP: "you are hitting my people". It is read back word for word, and rings until it is, and is passed on.

The state is the fold of the entries in canonical order (feeds.folding), so both ends see the same (spec/stop.md).
"""

from openline.exchanges.stop.state import Added, Passed, Read, State, Withdrawn
from openline.exchanges.stop.steps import OPENINGS, READERS, fold, same_words
from openline.exchanges.stop.telling import ALARMS_MAX, EVERY_MS, due, overdue, told

__all__ = [
    "ALARMS_MAX",
    "EVERY_MS",
    "OPENINGS",
    "READERS",
    "Added",
    "Passed",
    "Read",
    "State",
    "Withdrawn",
    "due",
    "fold",
    "overdue",
    "same_words",
    "told",
]
