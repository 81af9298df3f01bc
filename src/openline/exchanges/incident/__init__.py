"""An incident: something happened, and nobody claims to know the cause; each party says what it holds to be so.

The state is the fold of the entries in canonical order (feeds.folding), so all members see the same (spec/incident.md).
"""

from openline.exchanges.incident.agreement import Origin, origin, standing, words_of
from openline.exchanges.incident.state import Asked, Assessment, Correction, Spoken, State, Stood, Tie, Version
from openline.exchanges.incident.steps import OPENINGS, READERS, fold, objection
from openline.exchanges.incident.telling import due, overdue, told

__all__ = [
    "OPENINGS",
    "READERS",
    "Asked",
    "Assessment",
    "Correction",
    "Origin",
    "Spoken",
    "State",
    "Stood",
    "Tie",
    "Version",
    "due",
    "fold",
    "objection",
    "origin",
    "overdue",
    "standing",
    "told",
    "words_of",
]
