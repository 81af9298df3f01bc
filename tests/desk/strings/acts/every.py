"""All of them, by their names; what comes after a space tells apart several of one name."""

from __future__ import annotations

from typing import Final

from tests.desk.strings.acts.calls import CALLS, MESSAGES
from tests.desk.strings.acts.claims import CLAIMS, OWN, TRANSLATIONS
from tests.desk.strings.acts.incidents import INCIDENTS, STATEMENTS
from tests.desk.strings.acts.notices import NOTICES
from tests.desk.strings.acts.talks import TALKS

CASES: Final = {**MESSAGES, **CALLS, **TALKS, **INCIDENTS, **STATEMENTS, **CLAIMS, **NOTICES, **TRANSLATIONS, **OWN}
