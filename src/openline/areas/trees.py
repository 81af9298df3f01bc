"""XML read safely: no document type, no entities, nothing fetched, bounded in depth, elements and bytes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from openline.errors import BadEncoding, TooLarge
from openline.limits import READING_FILE_MAX_BYTES, XML_DEPTH_MAX, XML_ELEMENTS_MAX

PIECE_BYTES: Final = 1 << 16


class Tree:
    """One document. `spans` holds where each wanted element stands, in bytes, in the order of their starts."""

    def __init__(self, root: Element, spans: list[tuple[int, int]]) -> None:
        """The root element, and the places of the wanted ones."""
        self.root = root
        self.spans = spans


def read_xml(source: bytes, wanted: str) -> Tree:
    """A document and where its elements called `wanted` stand. Raises `TooLarge` or `BadEncoding`."""
    if len(source) > READING_FILE_MAX_BYTES:
        raise TooLarge(f"A file of {len(source)} bytes; {READING_FILE_MAX_BYTES} are the most.")
    builder = _Bounded(wanted)
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    builder.place = lambda: parser.parser.CurrentByteIndex
    try:
        for at in range(0, len(source), PIECE_BYTES):
            parser.feed(source[at : at + PIECE_BYTES])
        parser.close()
    except DefusedXmlException as error:
        raise BadEncoding("The file declares entities or a document type; neither is read.") from error
    except (ParseError, ValueError, LookupError) as error:
        raise BadEncoding(f"The file is no XML: {error}.") from error
    if builder.root is None:
        raise BadEncoding("The file is no XML: it is empty.")
    spans = [(first, source.find(b">", last) + 1) for first, last in builder.found]
    return Tree(builder.root, spans)


class _Bounded:
    """A tree that stops growing."""

    def __init__(self, wanted: str) -> None:
        self._path: list[Element] = []
        self.root: Element | None = None
        self._last: Element | None = None
        self.place: Callable[[], int] = int
        self._words: list[str] = []
        self.found: list[tuple[int, int]] = []
        self._wanted = wanted
        self._open: list[int] = []
        self._count = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self._settle()
        self._count += 1
        if len(self._path) >= XML_DEPTH_MAX:
            raise TooLarge(f"Elements nested more than {XML_DEPTH_MAX} deep.")
        if self._count > XML_ELEMENTS_MAX:
            raise TooLarge(f"More than {XML_ELEMENTS_MAX} elements.")
        if tag == self._wanted:
            self._open.append(len(self.found))
            self.found.append((self.place(), 0))
        element = Element(tag, attrs)
        if self._path:
            self._path[-1].append(element)
        else:
            self.root = element
        self._path.append(element)
        self._last = None
        return element

    def end(self, tag: str, /) -> Element:
        self._settle()
        if tag == self._wanted:
            at = self._open.pop()
            self.found[at] = (self.found[at][0], self.place())
        self._last = self._path.pop()
        return self._last

    def data(self, text: str, /) -> None:
        self._words.append(text)

    def _settle(self) -> None:
        """Text belongs to the element that it follows: within it, or behind its end."""
        if self._last is not None:
            self._last.tail = "".join(self._words)
        elif self._path:
            self._path[-1].text = "".join(self._words)
        self._words.clear()

    def close(self) -> Element | None:
        return self.root
