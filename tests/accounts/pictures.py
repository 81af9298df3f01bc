"""A picture that a record could give: Russia calls the United States on 27 November 2024, after three earlier calls."""

from __future__ import annotations

from datetime import UTC, date, datetime

from openline.accounts.assertion import What
from openline.accounts.facts import Fact, Holder, Picture
from openline.accounts.names import Party
from openline.terms import Instant

PUBLISHED = date(2024, 12, 5)


def at(text: str) -> Instant:
    """Milliseconds of 2024-11-27T13:00."""
    return Instant(int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000))


CHAIR = "Chairman of the Joint Chiefs of Staff"
CHIEF = "Chief of the General Staff"
MILLEY = Party("United States", CHAIR, ("General Milley",))
BROWN = Party("United States", CHAIR, ("General Brown",))
GERASIMOV = Party("Russia", CHIEF, ("General Gerasimov",))
ALL = (MILLEY, BROWN, GERASIMOV)
PLANNED = "The launch of 21 November was planned long before the decision on ATACMS."
RESPONSE = "The launch of 21 November was a response to the decision on ATACMS."


def _earlier(when: str, proof: str) -> Fact:
    return Fact(what=What.TIMES, proof=proof, parties=(GERASIMOV, MILLEY), at=at(when))


def picture() -> Picture:
    """All of it; proofs are short names instead of ids."""
    held = (GERASIMOV, BROWN)
    this, end = at("2024-11-27T13:00"), at("2024-11-27T13:40")
    return Picture(
        about="c0",
        facts=(
            Fact(what=What.WHO, proof="closed", parties=held, at=this),
            Fact(what=What.WHOM, proof="asked", parties=(BROWN,)),
            Fact(what=What.INITIATED_BY, proof="asked", parties=(GERASIMOV,)),
            Fact(what=What.WHEN, proof="closed", parties=held, at=this, until=end),
            Fact(what=What.OUTCOME, proof="closed", parties=(GERASIMOV,), to=(BROWN,), value="held", at=this),
            Fact(what=What.LAST_BEFORE, proof="march", parties=(GERASIMOV, MILLEY), at=at("2023-03-15T12:00")),
            _earlier("2022-05-19T12:00", "may"),
            _earlier("2022-10-24T12:00", "october"),
            _earlier("2023-03-15T12:00", "march"),
            Fact(what=What.TIMES, proof="closed", parties=held, at=this),
            Fact(what=What.ABOUT, proof="asked", text="exercise in the eastern Mediterranean"),
            Fact(what=What.AGREED, proof="terms", value="confirm-if-asked", parties=(GERASIMOV,), at=this),
            Fact(what=What.AGREED, proof="point", text="Both keep the line open.", parties=held),
            Fact(what=What.AGREED, proof="launch", text=PLANNED, value="differs", parties=(BROWN,)),
            Fact(what=What.REQUESTED_BY, proof="terms", parties=(GERASIMOV,)),
            Fact(what=What.SAID, proof="launch", text=PLANNED, parties=(BROWN,), sides=True),
            Fact(what=What.SAID, proof="word", text=RESPONSE, parties=(GERASIMOV,), sides=True),
            Fact(what=What.CONFIRMED, proof="public", parties=(BROWN,), value="asked", at=at("2024-12-05T15:00")),
            Fact(
                what=What.TOLD,
                proof="notice",
                parties=(GERASIMOV,),
                text="live-fire exercise: high-precision missiles",
                at=at("2024-12-01T00:00"),
                until=at("2024-12-03T20:00"),
            ),
        ),
        holders=(
            Holder(party=MILLEY, begins=at("2019-10-01T00:00"), ends=at("2023-10-01T00:00"), proof="roster"),
            Holder(party=BROWN, begins=at("2023-10-01T00:00"), proof="roster"),
            Holder(party=GERASIMOV, begins=at("2012-11-09T00:00"), proof="roster of Russia"),
        ),
    )


def unreached() -> Picture:
    """The United States tried to reach Russia on 15 November 2022 and did not; Poland was reached."""
    poland = Party("Poland", CHIEF, ("General Andrzejczak",))
    tried = at("2022-11-15T20:00")
    return Picture(
        about="c1",
        facts=(
            Fact(what=What.INITIATED_BY, proof="asked", parties=(MILLEY,)),
            Fact(what=What.OUTCOME, proof="none", parties=(MILLEY,), to=(GERASIMOV,), value="no-answer", at=tried),
            Fact(what=What.OUTCOME, proof="held", parties=(MILLEY,), to=(poland,), value="held", at=tried),
            Fact(what=What.WHO, proof="held", parties=(MILLEY, poland), at=tried),
            Fact(what=What.SAID, proof="told", parties=(MILLEY,), text="Some 90 missiles were launched. Two dead."),
        ),
    )
