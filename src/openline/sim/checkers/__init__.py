"""What must hold in every world, one rule in each file. A checker watches from outside; it asks no machine."""

from __future__ import annotations

from openline.sim.checkers.acknowledged import Acknowledged
from openline.sim.checkers.base import Broken, Checker
from openline.sim.checkers.claims import Claims
from openline.sim.checkers.converge import Converge
from openline.sim.checkers.folds import Folds
from openline.sim.checkers.forks import Forks
from openline.sim.checkers.gapless import Gapless
from openline.sim.checkers.genuine import Genuine
from openline.sim.checkers.haves import Haves
from openline.sim.checkers.incidents import Incidents
from openline.sim.checkers.inquiries import Inquiries
from openline.sim.checkers.joint_texts import JointTexts
from openline.sim.checkers.keep_first import KeepFirst
from openline.sim.checkers.knowledge import KnowledgeProved
from openline.sim.checkers.late_answers import LateAnswers
from openline.sim.checkers.once import Once
from openline.sim.checkers.outcomes import Outcomes
from openline.sim.checkers.precedence import HighestFirst
from openline.sim.checkers.progress import Progress
from openline.sim.checkers.readouts import Readouts
from openline.sim.checkers.same_contact import SameContact
from openline.sim.checkers.same_notices import SameNotices
from openline.sim.checkers.same_talks import SameTalks
from openline.sim.checkers.sealed import Sealed
from openline.sim.checkers.signed_terms import SignedTerms
from openline.sim.checkers.together import NeitherFirst
from openline.sim.checkers.translations import Translations
from openline.sim.checkers.unjust import Unjust

__all__ = ["Broken", "Checker", "every_checker"]

ALL = (
    KeepFirst,
    Haves,
    Genuine,
    Sealed,
    Once,
    HighestFirst,
    Acknowledged,
    Unjust,
    Progress,
    Converge,
    Gapless,
    SignedTerms,
    Forks,
    Folds,
    Outcomes,
    SameContact,
    SameTalks,
    Claims,
    Inquiries,
    Readouts,
    NeitherFirst,
    JointTexts,
    SameNotices,
    LateAnswers,
    Incidents,
    KnowledgeProved,
    Translations,
)


def every_checker() -> list[Checker]:
    """A new set, for one world."""
    return [checker() for checker in ALL]
