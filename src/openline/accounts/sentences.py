"""A text in sentences: where each begins and ends, by characters. A line ends a sentence, an abbreviation does not."""

from __future__ import annotations

import re
from typing import Final

from openline.limits import ACCOUNT_SENTENCE_MAX_CHARACTERS, ACCOUNT_SENTENCES_MAX

_END: Final = re.compile(r"[.!?…]{1,4}[\"'”’»)\]]{0,4}(?=\s)|\n")
_SHORT: Final = re.compile(
    r"(?:^|[\s(“\"])(?:Gen|Adm|Capt|Col|Lt|Maj|Sgt|Mr|Mrs|Ms|Dr|Jr|Sr|St|Sen|Rep|Gov|No|vs|approx"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|[A-Z]|U\.S|U\.K|U\.N|[ap]\.m)$"
)


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of a text in order, without the space around them; at most ACCOUNT_SENTENCES_MAX.

    One that is longer than ACCOUNT_SENTENCE_MAX_CHARACTERS is cut into several.
    """
    found: list[tuple[int, int]] = []
    start = 0
    for end in _END.finditer(text):
        if end[0][0] == "." and _SHORT.search(text, max(start, end.start() - 8), end.start()):
            continue
        start = _keep(found, text, start, end.end())
        if len(found) >= ACCOUNT_SENTENCES_MAX:
            return found[:ACCOUNT_SENTENCES_MAX]
    _keep(found, text, start, len(text))
    return found


def _keep(found: list[tuple[int, int]], text: str, start: int, end: int) -> int:
    held = text[start:end]
    first = start + len(held) - len(held.lstrip())
    last = start + len(held.rstrip())
    pieces = range(first, last, ACCOUNT_SENTENCE_MAX_CHARACTERS)
    found.extend((at, min(last, at + ACCOUNT_SENTENCE_MAX_CHARACTERS)) for at in pieces)
    return end
