"""XML that attacks its reader."""

from __future__ import annotations

import time
import tracemalloc

import pytest

from openline.areas.trees import read_xml
from openline.errors import BadEncoding, OpenlineError, TooLarge
from openline.limits import READING_FILE_MAX_BYTES, XML_DEPTH_MAX, XML_ELEMENTS_MAX

LAUGHS = b"".join(b'<!ENTITY a%d "%s">' % (at, b"&a%d;" % (at - 1) * 10) for at in range(1, 10))

ATTACKS = {
    "billion laughs": b'<!DOCTYPE x [<!ENTITY a0 "ha">' + LAUGHS + b"]><x>&a9;</x>",
    "blow-up": b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 100_000 + b'">]><x>' + b"&a;" * 10_000 + b"</x>",
    "file": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>',
    "type from outside": b'<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd"><x/>',
    "parameter entity": b'<!DOCTYPE x [<!ENTITY % a SYSTEM "file:///etc/hostname"> %a;]><x/>',
    "type": b"<!DOCTYPE x><x/>",
    "depth": b"<x>" * 1_000_000,
    "elements": b"<x>" + b"<a/>" * (XML_ELEMENTS_MAX + 1) + b"</x>",
    "bytes": b"<x>" + b" " * READING_FILE_MAX_BYTES + b"</x>",
    "attributes": b"<x " + b" ".join(b'a%d="1"' % at for at in range(100_000)) + b"><y></x>",
    "lines": b"<x>" + b"&lt;\n" * 800_000,
    "cut": b"<x><y>",
    "empty": b"",
    "nought": b"<x>\x00</x>",
    "unknown encoding": b'<?xml version="1.0" encoding="EBCDIC-XX"?><x/>',
    "undeclared entity": b"<x>&nbsp;</x>",
    "two roots": b"<x/><x/>",
}


@pytest.mark.parametrize("name", ATTACKS)
def test_every_attack_ends_in_a_documented_error_in_a_second_and_100_mb(name: str) -> None:
    tracemalloc.start()
    began = time.process_time()
    with pytest.raises((BadEncoding, TooLarge)) as caught:
        read_xml(ATTACKS[name], "x")
    took, (_, peak) = time.process_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(caught.value, OpenlineError)
    assert took < 2.0
    assert peak < 100 << 20


def test_wanted_elements_are_found_where_they_stand() -> None:
    source = b'<?xml version="1.0"?><feed>\n<x a=">">1</x><y/> <x>2<!-- > --></x ></feed>'
    tree = read_xml(source, "x")
    assert [source[first:last] for first, last in tree.spans] == [b'<x a=">">1</x>', b"<x>2<!-- > --></x >"]
    assert [element.text for element in tree.root.iter("x")] == ["1", "2"]


def test_the_deepest_that_is_allowed_is_read() -> None:
    tree = read_xml(b"<x>" * XML_DEPTH_MAX + b"</x>" * XML_DEPTH_MAX, "x")
    assert len(tree.spans) == XML_DEPTH_MAX
    with pytest.raises(TooLarge, match="deep"):
        read_xml(b"<x>" * (XML_DEPTH_MAX + 1), "x")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_encodings_that_are_declared_are_read(encoding: str) -> None:
    source = f'<?xml version="1.0" encoding="{encoding}"?><x>é</x>'.encode(encoding)
    assert read_xml(source, "x").root.text == "é"
