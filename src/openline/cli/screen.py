"""What others wrote, made safe for a terminal (ECMA-48, Unicode UAX 9): characters that would move the cursor, change
colours or titles, hide, or turn the direction of text around become signs that can be seen.
"""

from __future__ import annotations

from unicodedata import category

from rich.console import Console, ConsoleRenderable, RenderHook
from rich.text import Text


def shown(text: str) -> str:
    """`text` with a visible sign for each character that is none; line ends and tabs stay. As long as before."""
    if text.isprintable():
        return text
    return "".join(character if character in "\n\t" else _sign(character) for character in text)


def on_one_line(text: str) -> str:
    """`text` with visible signs for its line ends, too."""
    return text.replace("\n", "␤")


JOINERS = "\u200c\u200d"
"""Zero width non-joiner and joiner: Persian, Indian scripts and emoji are written with them; they order nothing."""


def _sign(character: str) -> str:
    if character.isprintable() or character in JOINERS:
        return character
    if category(character) == "Zs":
        return " "
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else "�"


class _Signs(RenderHook):
    """Everything that a console prints goes through `shown`; styles are added after it."""

    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        for each in renderables:
            if isinstance(each, Text):
                each.plain = shown(each.plain)
        return renderables


def console(*, stderr: bool = False) -> Console:
    """A console that shows what peers wrote and obeys none of it."""
    made = Console(stderr=stderr, highlight=False, soft_wrap=True)
    made.push_render_hook(_Signs())
    return made
