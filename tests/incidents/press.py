"""Accounts of three incidents as press might tell them: invented texts in our own words, and what is marked in them.

Each mark: the words, what they assert with its parts, the finding, and the name of the entry that decides it in the
record that test_accounts.py builds ("" where none does).
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

YES, NO, NOT_THERE = "matches", "contradicts", "not in the record"
GERASIMOV, BROWN, MILLEY = "General Gerasimov", "General Charles Q. Brown Jr.", "General Mark Milley"


class Marked(NamedTuple):
    """A mark and what it must come to."""

    words: str
    what: str
    parts: dict[str, Any]
    finding: str
    entry: str


class Published(NamedTuple):
    """An account: who published it when, and about which entry it is."""

    publisher: str
    date: str
    about: str
    text: str
    marks: tuple[Marked, ...]


CHRONICLE: Final = Published(
    "The Chronicle",
    "2024-12-05",
    "call",
    "General Gerasimov has telephoned General Charles Q. Brown Jr., the American chairman. "
    "The two offices last spoke in October 2022. "
    "According to unnamed officials the general said that the launch had been planned long before. "
    "The Kremlin calls the launch a response to a decision of the West. "
    "At the request of General Gerasimov the chairman agreed not to announce the call. "
    "On being asked, the chairman's spokesman confirmed it. There was no word of Russia. "
    "They spoke of the exercise in the Mediterranean, and of how to manage escalation.\n",
    (
        Marked("General Gerasimov has telephoned", "initiated-by", {"who": GERASIMOV}, YES, "asked"),
        Marked("General Charles Q. Brown Jr.", "who", {"who": BROWN, "whom": GERASIMOV}, YES, "held"),
        Marked("last spoke in October 2022", "last-before", {"days": "2022-10"}, NO, "march"),
        Marked(
            "planned long before",
            "reason",
            {"value": "planned", "text": "the launch", "according_to": "unnamed:officials"},
            YES,
            "launch",
        ),
        Marked(
            "a response to a decision",
            "reason",
            {"value": "response", "text": "the launch", "according_to": "office:Kremlin"},
            YES,
            "response",
        ),
        Marked("At the request of General Gerasimov", "requested-by", {"who": GERASIMOV}, YES, "terms"),
        Marked("agreed not to announce the call", "agreed", {"value": "not-announced"}, YES, "terms"),
        Marked("spokesman confirmed it", "confirmed", {"who": "United States", "value": "asked"}, YES, "spokesman"),
        Marked("no word of Russia", "confirmed", {"who": "Russia", "value": "not-confirmed"}, NO, "ministry"),
        Marked("the exercise in the Mediterranean", "about", {"text": "exercise in the Mediterranean"}, YES, "asked"),
        Marked("how to manage escalation", "about", {"text": "managing escalation"}, NOT_THERE, ""),
    ),
)

AGENCY: Final = Published(
    "Agency",
    "2024-12-06",
    "call",
    "General Gerasimov called on November 27. "
    "It was the first time the two spoke since General Brown became chairman in October 2023. "
    "With General Mark Milley he had several calls after February 2022. "
    "He gave warning of launches of high-precision missiles, which followed on the previous Tuesday. "
    "The launch of a new missile was a direct response to the United States and its allies. "
    "The chairman agreed not to disclose it, at General Gerasimov's request.\n",
    (
        Marked("called on November 27", "when", {"days": "2024-11-27"}, YES, "held"),
        Marked("first time the two spoke", "first-since", {"who": "General Brown", "days": "2023-10"}, YES, "held"),
        Marked(
            "With General Mark Milley he had several calls",
            "times",
            {"who": (GERASIMOV, MILLEY), "number": "2..", "of": "calls", "days": "2022-02"},
            YES,
            "march",
        ),
        Marked(
            "He gave warning of launches of high-precision missiles",
            "told",
            {"who": GERASIMOV, "text": "high-precision missiles", "days": "2024-12-03", "about": "notice"},
            YES,
            "notice",
        ),
        Marked("a direct response", "reason", {"value": "response", "text": "the launch", "who": "US"}, NO, "launch"),
        Marked("agreed not to disclose it", "agreed", {"value": "not-announced"}, YES, "terms"),
        Marked("at General Gerasimov's request", "requested-by", {"who": "Russia"}, YES, "terms"),
    ),
)

OBSERVER: Final = Published(
    "The Observer",
    "2024-12-05",
    "call",
    "The two offices had last spoken in March 2023. The call, which the Americans had asked for, was on Tuesday. "
    "Everything may be told of it. General Gerasimov had spoken with General Mark Milley once.\n",
    (
        Marked("last spoken in March 2023", "last-before", {"days": "2023-03"}, YES, "march"),
        Marked("the Americans had asked for", "initiated-by", {"who": "US"}, NO, "asked"),
        Marked("was on Tuesday", "when", {"days": "2024-12-03"}, NO, "held"),
        Marked("Everything may be told", "agreed", {"value": "open"}, NO, "terms"),
        Marked(
            "spoken with General Mark Milley once", "times", {"who": (GERASIMOV, MILLEY), "number": "1"}, NO, "march"
        ),
    ),
)

WIRE: Final = Published(
    "The Wire",
    "2022-11-16",
    "unreached",
    "General Mark Milley said on Wednesday that his staff could not connect him to General Gerasimov on Tuesday. "
    "He spoke with his Polish counterpart. Up to 100 missiles were launched that day, and two people were killed. "
    "The missile was likely one of Ukrainian air defence, and Poland investigates with American experts. "
    "It came down on Tuesday.\n",
    (
        Marked("his staff could not connect him", "initiated-by", {"who": MILLEY}, YES, "asked Russia"),
        Marked(
            "could not connect him to General Gerasimov on Tuesday",
            "outcome",
            {"value": "no-answer", "whom": GERASIMOV, "days": "2022-11-15"},
            YES,
            "no answer",
        ),
        Marked("He spoke with his Polish counterpart", "who", {"who": (MILLEY, "Poland")}, YES, "reached Poland"),
        Marked(
            "Up to 100 missiles",
            "number",
            {"number": "..100", "of": "missiles", "about": "incident"},
            YES,
            "assessment",
        ),
        Marked(
            "two people were killed", "number", {"number": "2", "of": "dead", "about": "incident"}, YES, "assessment"
        ),
        Marked(
            "likely one of Ukrainian air defence",
            "origin",
            {"who": "Poland", "text": "Ukrainian air defence", "about": "incident"},
            YES,
            "assessment",
        ),
        Marked(
            "Poland investigates with American experts",
            "investigates",
            {"who": ("Poland", "US"), "about": "incident"},
            YES,
            "investigation",
        ),
        Marked("It came down on Tuesday", "happened", {"days": "2022-11-15", "about": "incident"}, YES, "incident"),
    ),
)

EVENING: Final = Published(
    "Evening Post",
    "2022-11-16",
    "unreached",
    "General Gerasimov was not to be reached on Monday. General Andrzejczak was not reached either. "
    "Between 60 and 100 missiles had been launched; another paper has more than 120. Three people died.\n",
    (
        Marked(
            "not to be reached on Monday",
            "outcome",
            {"value": "no-answer", "whom": GERASIMOV, "days": "2022-11-13"},
            NO,
            "no answer",
        ),
        Marked(
            "General Andrzejczak was not reached either",
            "outcome",
            {"value": "no-answer", "whom": "Poland"},
            NO,
            "reached Poland",
        ),
        Marked(
            "Between 60 and 100 missiles",
            "number",
            {"number": "60..100", "of": "missiles", "about": "incident"},
            YES,
            "assessment",
        ),
        Marked(
            "more than 120",
            "number",
            {"number": "121..", "of": "missiles", "about": "incident", "according_to": "via:another paper"},
            NO,
            "assessment",
        ),
        Marked("Three people died", "number", {"number": "3", "of": "dead", "about": "incident"}, NO, "assessment"),
    ),
)

REVIEW: Final = Published(
    "The Review",
    "2022-10-25",
    "claim",
    "Russia has put its claim of a dirty bomb to several capitals. The United States and the United Kingdom reject it. "
    "France rejects it, too. On Monday General Gerasimov spoke with Admiral Sir Tony Radakin, who rejected the claim. "
    "Both agreed to keep channels of communication open.\n",
    (
        Marked("Russia has put its claim", "initiated-by", {"who": "Russia"}, YES, "claim"),
        Marked("its claim of a dirty bomb", "said", {"who": "Russia", "text": "dirty bomb"}, YES, "claim"),
        Marked(
            "The United States and the United Kingdom reject it",
            "rejected",
            {"who": ("United States", "United Kingdom"), "text": "dirty bomb"},
            YES,
            "rejection",
        ),
        Marked("France rejects it, too", "rejected", {"who": "France", "text": "dirty bomb"}, NOT_THERE, ""),
        Marked("On Monday", "when", {"days": "2022-10-24", "about": "chiefs"}, YES, "chiefs held"),
        Marked(
            "General Gerasimov spoke with Admiral Sir Tony Radakin",
            "who",
            {"who": (GERASIMOV, "Admiral Sir Tony Radakin"), "about": "chiefs"},
            YES,
            "chiefs held",
        ),
        Marked(
            "who rejected the claim",
            "rejected",
            {"who": "Admiral Radakin", "text": "dirty bomb", "about": "chiefs"},
            YES,
            "chiefs rejection",
        ),
        Marked(
            "agreed to keep channels of communication open",
            "agreed",
            {"text": "channels of communication open", "about": "chiefs"},
            YES,
            "channels",
        ),
    ),
)

ALL: Final = (CHRONICLE, AGENCY, OBSERVER, WIRE, EVENING, REVIEW)


class Article(NamedTuple):
    """A mark of tests/accounts/marks.json, by the first digits of its text and its start, and what is picked for it.

    `about` is an entry of the record, `finding` and `entry` are what it must come to.
    """

    text: str
    start: int
    parts: dict[str, Any]
    finding: str
    entry: str
    about: str


ARTICLES: Final = (
    Article(
        "de742dd2120e",
        227,
        {"value": "response", "text": "the launch", "according_to": "office:Kremlin"},
        YES,
        "response",
        "call",
    ),
    Article("de742dd2120e", 378, {"who": ("General Gerasimov", "General Brown")}, YES, "held", "call"),
    Article("de742dd2120e", 605, {"days": "2022-10"}, NO, "march", "call"),
    Article(
        "de742dd2120e",
        724,
        {"text": "war in Ukraine", "according_to": "unnamed:defense and military sources"},
        NOT_THERE,
        "",
        "call",
    ),
    Article(
        "de742dd2120e",
        1677,
        {"value": "planned", "text": "the launch", "according_to": "via:New York Times"},
        YES,
        "launch",
        "call",
    ),
    Article("de742dd2120e", 1843, {"who": "Russia", "value": "not-confirmed"}, NO, "ministry", "call"),
    Article("de742dd2120e", 1987, {"text": "avoiding escalation", "according_to": "unnamed"}, NOT_THERE, "", "call"),
    Article(
        "de742dd2120e",
        2064,
        {"who": "United States", "value": "asked", "according_to": "person:spokesman"},
        YES,
        "spokesman",
        "call",
    ),
    Article("de742dd2120e", 2191, {"who": "General Gerasimov"}, YES, "terms", "call"),
    Article("de742dd2120e", 2229, {"value": "not-announced", "according_to": "person:spokesman"}, YES, "terms", "call"),
    Article("49c44c1c6e09", 115, {"who": "General Gerasimov", "whom": "General Brown"}, YES, "asked", "call"),
    Article("49c44c1c6e09", 329, {"days": "2024-11-27"}, YES, "held", "call"),
    Article("49c44c1c6e09", 378, {"text": "exercises in the Mediterranean"}, YES, "asked", "call"),
    Article("49c44c1c6e09", 883, {"who": "Russia", "days": "2024-12-03"}, YES, "notice", "notice"),
    Article(
        "49c44c1c6e09",
        1341,
        {"who": "General Brown", "days": "2023-10", "according_to": "person:JD Dorsey"},
        YES,
        "held",
        "call",
    ),
    Article(
        "49c44c1c6e09",
        1438,
        {"who": ("General Gerasimov", "General Milley"), "number": "2..", "days": "2022-02"},
        YES,
        "march",
        "call",
    ),
    Article("49c44c1c6e09", 1634, {"who": "General Gerasimov"}, YES, "terms", "call"),
    Article("49c44c1c6e09", 1681, {"value": "not-announced"}, YES, "terms", "call"),
    Article(
        "49c44c1c6e09",
        2222,
        {"value": "response", "text": "the launch", "according_to": "office:Moscow"},
        YES,
        "response",
        "call",
    ),
    Article(
        "cd875f35744c", 126, {"who": "General Milley", "whom": "General Gerasimov"}, YES, "asked Russia", "unreached"
    ),
    Article("cd875f35744c", 214, {"value": "no-answer", "whom": "General Gerasimov"}, YES, "no answer", "unreached"),
    Article("cd875f35744c", 777, {"who": "Poland", "text": "Ukrainian air defence"}, YES, "assessment", "incident"),
    Article("cd875f35744c", 1536, {"who": ("General Milley", "Poland")}, YES, "reached Poland", "unreached"),
    Article("cd875f35744c", 1668, {"number": "2", "of": "dead"}, YES, "assessment", "incident"),
    Article("cd875f35744c", 2761, {"days": "2022-11-15"}, YES, "incident", "incident"),
    Article(
        "cd875f35744c",
        2933,
        {"number": "..100", "of": "missiles", "according_to": "person:Lloyd Austin"},
        YES,
        "assessment",
        "incident",
    ),
    Article(
        "12dc7474e21d",
        740,
        {"who": ("United States", "United Kingdom"), "text": "dirty bomb"},
        YES,
        "rejection",
        "claim",
    ),
    Article("12dc7474e21d", 847, {"who": "Russia"}, YES, "claim", "claim"),
    Article("12dc7474e21d", 2712, {"days": "2022-10-24"}, YES, "chiefs held", "chiefs"),
    Article(
        "12dc7474e21d", 2775, {"who": ("General Gerasimov", "Admiral Sir Tony Radakin")}, YES, "chiefs held", "chiefs"
    ),
    Article("12dc7474e21d", 3032, {"who": "Admiral Radakin", "text": "the claim"}, YES, "chiefs rejection", "chiefs"),
    Article(
        "12dc7474e21d",
        3169,
        {"text": "channels of communication open", "according_to": "office:UK Ministry of Defence"},
        YES,
        "channels",
        "chiefs",
    ),
    Article(
        "12dc7474e21d",
        2395,
        {"who": ("United States", "United Kingdom", "France"), "text": "dirty bomb"},
        NOT_THERE,
        "",
        "claim",
    ),
    Article(
        "48f8096a0608",
        404,
        {
            "value": "no-answer",
            "who": "General Milley",
            "whom": "General Gerasimov",
            "days": "2022-11-15",
            "according_to": "person:General Milley",
        },
        YES,
        "no answer",
        "unreached",
    ),
    Article(
        "48f8096a0608", 332, {"who": "General Milley", "whom": "General Gerasimov"}, YES, "asked Russia", "unreached"
    ),
    Article("48f8096a0608", 758, {"number": "2", "of": "dead"}, YES, "assessment", "incident"),
    Article("48f8096a0608", 2249, {"who": ("Poland", "United States")}, YES, "investigation", "incident"),
    Article(
        "48f8096a0608",
        2808,
        {"number": "60..100", "of": "missiles", "according_to": "person:General Milley"},
        YES,
        "assessment",
        "incident",
    ),
)
