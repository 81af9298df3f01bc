"""What is written down while one warning is read: its doubts, and the words that nobody understood."""

from __future__ import annotations

from openline.areas.navwarn.tokens import Token
from openline.areas.reading import Flag, Refused


class Notes:
    """Flags and refusals of one warning, each with the words of the source as they stand there.

    `digits` and `decimals` have how many digits positions are written with, `lost` the ones that seem to lack some.
    """

    def __init__(self, source: str) -> None:
        """Nothing is doubted yet."""
        self.source = source
        self.flags: list[Flag] = []
        self.refused: list[Refused] = []
        self.digits: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
        self.decimals: set[int] = set()
        self.lost: list[list[Token]] = []

    def flag(self, code: str, text: str, *tokens: Token) -> None:
        """Doubt something: a stable code, a sentence, and the words from the first to the last of these."""
        words = self.source[tokens[0].first : tokens[-1].last] if tokens else ""
        found = Flag(code, text, words)
        if found not in self.flags:
            self.flags.append(found)

    def refuse(self, why: str, *tokens: Token) -> None:
        """Refuse the words from the first to the last of these."""
        first, last = tokens[0].first, tokens[-1].last
        self.refused.append(Refused(self.source[first:last], first, last, why))
