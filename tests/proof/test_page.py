"""The public page as bytes: read as it was written, and in no other form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadEncoding, ChangedPage, PeerError, TooLarge
from openline.limits import JOINT_PAGE_MAX_BYTES
from openline.post.statement.pages import page_frame
from openline.proof.page import Page, Proof, frame, read, write
from tests.proof.pages import good, released

SMALL = Page(0, ("en",), (("We reject it.",),), Proof((b"card",), b"opening", (b"approval",), b"release"))


def test_what_is_written_is_read() -> None:
    assert read(write(SMALL, page_frame())) == SMALL
    assert read(good()) == released().page()


def test_the_frame_is_the_one_of_this_version() -> None:
    other = frame("body {}", "go();")
    assert other != page_frame()
    with pytest.raises(ChangedPage):
        read(write(SMALL, other))
    text = page_frame().head.decode()
    assert "default-src 'none'" in text
    assert "unsafe" not in text


def test_only_what_is_shipped_may_run() -> None:
    both = page_frame().head + page_frame().tail
    assert both.count(b"<script>") == both.count(b"</script>") == 1
    assert b" src=" not in both
    assert b" onload" not in both
    assert b"http://" not in both
    assert b"https://" not in both


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<tr><td", b"<tr> <td"),
        (b'dir="auto"', b'dir="rtl"'),
        (b"<td lang", b"<td hidden lang"),
        (b"reject it.", b"reject it&#46;"),
        (b'"revision">0', b'"revision">00'),
        (b"</p>\n<table", b"</p>\r\n<table"),
        (b'<pre id="proof">h', b'<pre id="proof"> h'),
        (b"</tr>\n</table>", b"</tr>\n<tr></tr>\n</table>"),
    ],
)
def test_no_other_form_is_taken(old: bytes, new: bytes) -> None:
    data = write(SMALL, page_frame())
    assert old in data[data.index(b"<main>") :]
    begin = data.index(b"<main>")
    with pytest.raises(PeerError):
        read(data[:begin] + data[begin:].replace(old, new, 1))


def test_what_is_no_page_or_too_long_is_refused() -> None:
    for data in (b"", b"<!doctype html>\n", b"</main>\n<main>\n"):
        with pytest.raises(BadEncoding):
            read(data)
    with pytest.raises(TooLarge):
        read(bytes(JOINT_PAGE_MAX_BYTES + 1))
    long = Page(0, ("en",), (), Proof((bytes(JOINT_PAGE_MAX_BYTES),), b"", (), b""))
    with pytest.raises(TooLarge):
        write(long, page_frame())


@given(st.binary(max_size=200), st.integers(0, 10_000))
def test_any_bytes_are_read_or_refused(noise: bytes, at: int) -> None:
    data = write(SMALL, page_frame())
    middle = data.index(b"<main>\n") + at % 400
    for changed in (noise, data[:middle] + noise + data[middle + len(noise) :]):
        try:
            read(changed)
        except PeerError:
            continue
