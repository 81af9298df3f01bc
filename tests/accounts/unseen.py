"""Invented accounts that no rule was written for or changed after: what proposals are worth on a text not seen before.

Each is when it was published, its text, and what a person marks in it.
"""

from __future__ import annotations

from typing import Final

PARTIES: Final = (
    ("Norland", "Chief of Defence", "General Halvorsen"),
    ("Norland", "Minister of Defence", "Ingrid Dahl"),
    ("Sudmark", "Chief of Staff", "Admiral Costa"),
    ("Sudmark", "Foreign Minister", "Paulo Reis"),
)

ACCOUNTS: Final = (
    (
        "2025-03-12",
        "Norland's chief of defence, General Halvorsen, rang his colleague Admiral Costa late on Monday, the Ministry "
        "of Defence said. It was their first conversation since the admiral took over last year. Mr Halvorsen wanted "
        "to know why two patrol boats had crossed the line. According to people familiar with the matter, the admiral "
        "insisted that the boats had lost their way in fog. The two men promised each other to keep the hotline "
        "manned through the weekend. Sudmark has so far not confirmed that the call took place.\n",
        (
            ("initiated-by", "General Halvorsen, rang his colleague Admiral Costa"),
            ("when", "late on Monday"),
            ("first-since", "their first conversation since the admiral took over last year"),
            ("about", "wanted to know why two patrol boats had crossed the line"),
            ("said", "the admiral insisted that the boats had lost their way in fog"),
            ("agreed", "promised each other to keep the hotline manned"),
            ("confirmed", "Sudmark has so far not confirmed that the call took place"),
        ),
    ),
    (
        "2025-03-14",
        "PORT ALVA - Foreign Minister Paulo Reis dismissed as fantasy the accusation that Sudmark had planned the "
        "crossing. “Our crews made an error of navigation,” he told journalists on Thursday. He denied that shots were "
        "fired. Norland's Ingrid Dahl, however, spoke of at least six warning shots and of one sailor wounded. She "
        "said the manoeuvre had been prepared for weeks. Both ministers are to talk again tomorrow. Attempts to reach "
        "Admiral Costa on Tuesday and Wednesday had failed, her office added.\n",
        (
            ("rejected", "dismissed as fantasy the accusation that Sudmark had planned the crossing"),
            ("said", "“Our crews made an error of navigation,”"),
            ("rejected", "He denied that shots were fired"),
            ("number", "at least six warning shots"),
            ("number", "one sailor wounded"),
            ("reason", "the manoeuvre had been prepared for weeks"),
            ("outcome", "Attempts to reach Admiral Costa on Tuesday and Wednesday had failed"),
        ),
    ),
    (
        "2025-03-20",
        "Sudmark informed its neighbour yesterday of a firing exercise off Cape Alva from 24 to 26 March, with up to "
        "12 ships. A drone that crashed near a school on 18 March probably belonged to Sudmark's coast guard, a "
        "Norland official said on condition of anonymity; police and experts from both countries are looking into it. "
        "Nobody was hurt. At the wish of the admiral the contents of last week's call are not being published. "
        "The chiefs had previously spoken in January.\n",
        (
            ("told", "Sudmark informed its neighbour yesterday of a firing exercise off Cape Alva"),
            ("number", "up to 12 ships"),
            ("happened", "A drone that crashed near a school on 18 March"),
            ("origin", "probably belonged to Sudmark's coast guard"),
            ("investigates", "police and experts from both countries are looking into it"),
            ("requested-by", "At the wish of the admiral"),
            ("agreed", "the contents of last week's call are not being published"),
            ("last-before", "The chiefs had previously spoken in January"),
        ),
    ),
)
