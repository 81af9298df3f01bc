"""The words of a text that carry its meaning, so that two texts can be held side by side without guessing."""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SAY_NOTHING: Final = (
    "a an the of to in on at by for from with as and or but if that this these those it its he she they them his "
    "her their there is are was were be been being has have had do does did will would could should may might can "
    "not no about into than then when which who whom whose also more most so such up out over after before"
)
_EMPTY: Final = frozenset(_SAY_NOTHING.split())
_ENDINGS: Final = ("ations", "ation", "ings", "ing", "ments", "ment", "ers", "ies", "ed", "es", "s", "y", "e")
_STEM_MIN: Final = 4


def words_of(text: str) -> tuple[str, ...]:
    """The words that say something, each once, in order, without their endings."""
    found = (_stem(each) for word in _WORD.findall(text) if (each := word.casefold()) not in _EMPTY)
    return tuple(dict.fromkeys(found))


def _stem(word: str) -> str:
    bare = re.sub(r"['’]s$", "", word)
    for ending in _ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= _STEM_MIN:
            return bare.removesuffix(ending)
    return bare


def missing(wanted: str, text: str) -> tuple[str, ...]:
    """Which of the words wanted a text does not have."""
    held = set(words_of(text))
    return tuple(each for each in words_of(wanted) if each not in held)
