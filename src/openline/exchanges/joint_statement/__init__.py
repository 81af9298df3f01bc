"""A joint statement: a text in several languages, amended by all, approved by each, released by its drafter.

One post has the pen: only changes that the drafter makes or accepts are in the text, so it has one history and no two
ends ever hold different texts. An approval binds the digest of one version; each change makes another
(spec/joint-statement.md).
"""

from openline.exchanges.joint_statement.folding import OPENINGS, READERS, begin, fold, objection, step
from openline.exchanges.joint_statement.state import Approved, Closed, Edit, Line, Proposal, State, Status
from openline.exchanges.joint_statement.telling import barred, due, overdue, told

__all__ = [
    "OPENINGS",
    "READERS",
    "Approved",
    "Closed",
    "Edit",
    "Line",
    "Proposal",
    "State",
    "Status",
    "barred",
    "begin",
    "due",
    "fold",
    "objection",
    "overdue",
    "step",
    "told",
]
