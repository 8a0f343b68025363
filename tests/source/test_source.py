"""The one function that the rest of the program calls."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fabula.errors import (
    DamagedSourceError,
    EmptySourceError,
    EncryptedSourceError,
    FabulaError,
    SourceMissingError,
    UnsupportedFormatError,
)
from fabula.records import BlockKind, Manuscript
from fabula.source import read_manuscript
from tests.source.books import archive, docx, epub, odt, paragraph_of, texts

PROSE = "It was one of those days on which nothing happens at all."
BOOKS = {
    "epub": epub({"a.xhtml": f"<h1>I</h1><p>{PROSE}</p>"}),
    "docx": docx(paragraph_of(PROSE)),
    "odt": odt(f"<text:p>{PROSE}</text:p>"),
    "rtf": f"{{\\rtf1 {PROSE}}}".encode(),
    "html": f"<html><body><p>{PROSE}</p></body></html>".encode(),
    "markdown": f"# I\n\n{PROSE}\n".encode(),
    "text": PROSE.encode(),
}


@pytest.mark.parametrize("kind", BOOKS)
def test_a_wrong_name_changes_nothing(tmp_path: Path, kind: str) -> None:
    """every format, called .pdf"""
    path = tmp_path / "book.pdf"
    path.write_bytes(BOOKS[kind])
    book = read_manuscript(path)
    assert book.format == kind
    assert texts(book)[-1] == PROSE
    assert len(book.sha256) == 64


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptySourceError),
        (b"<html><body></body></html>", EmptySourceError),
        (docx(""), EmptySourceError),
        (odt("<text:p> </text:p>"), EmptySourceError),
        (b"{\\rtf1 }", EmptySourceError),
        (epub({"a.xhtml": "<img alt='x'/>"}), EmptySourceError),
        (b"%PDF-1.4", UnsupportedFormatError),
        (b"\x00\x01" * 100, UnsupportedFormatError),
        (BOOKS["epub"][:200], DamagedSourceError),
        (BOOKS["docx"][:-60], DamagedSourceError),
        (archive({"META-INF/container.xml": "<a", "mimetype": "application/epub+zip"}), DamagedSourceError),
        (archive({"picture.png": b"\x89PNG"}), EmptySourceError),
        (epub({"a.xhtml": "x"}, more={"META-INF/sinf.xml": "<x/>"}), EncryptedSourceError),
    ],
)
def test_bad_files_get_their_own_sentence_and_leave_nothing_behind(tmp_path: Path, data: bytes, error: type[FabulaError]) -> None:
    """empty, binary, broken, encrypted"""
    path = tmp_path / "book.bin"
    path.write_bytes(data)
    with pytest.raises(error) as found:
        read_manuscript(path)
    assert str(path) in found.value.message
    assert found.value.hint
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_file_is_missing(tmp_path: Path) -> None:
    """nothing.epub"""
    with pytest.raises(SourceMissingError):
        read_manuscript(tmp_path / "nothing.epub")


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
def test_an_impossible_name_is_missing(name: str) -> None:
    """a name with a zero byte, a name too long"""
    with pytest.raises(SourceMissingError):
        read_manuscript(Path(name))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """mkfifo"""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SourceMissingError, match="neither"):
        read_manuscript(tmp_path / "pipe")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    """chmod 000"""
    path = tmp_path / "book.txt"
    path.write_text(PROSE)
    path.chmod(0)
    with pytest.raises(SourceMissingError, match="allowed"):
        read_manuscript(path)


def test_an_encoding_that_was_guessed_is_an_oddity(tmp_path: Path) -> None:
    """“It was late” in Windows-1252"""
    path = tmp_path / "book.txt"
    path.write_bytes("“It was late,” he said.".encode("cp1252"))
    book = read_manuscript(path)
    assert texts(book) == ["“It was late,” he said."]
    assert [oddity.kind for oddity in book.oddities] == ["encoding"]


PIECES = [b"", b"<", b">", b"&", b"\\", b"{", b"}", b"\0", b"</p>", b"PK", b"\xff", b"<a href='#x'>1</a>"]


def is_sound(book: Manuscript) -> None:
    """What holds of every manuscript."""
    assert any(block.text for block in book.blocks)
    for block in book.blocks:
        assert block.text or block.kind is BlockKind.BREAK
        assert block.anchors
        assert block.anchors[0].offset == 0
        assert all(0 <= a < b <= len(block.text) for a, b in block.emphasis)
    for aside in book.asides:
        assert 0 <= aside.block <= len(book.blocks)
        assert aside.text
    for oddity in book.oddities:
        assert 0 <= oddity.block <= len(book.blocks)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data(), kind=st.sampled_from(sorted(BOOKS)))
def test_whatever_the_bytes_it_is_a_sound_manuscript_or_an_error_of_ours(tmp_path: Path, data: st.DataObject, kind: str) -> None:
    """a book with bytes changed, cut out, put in"""
    book = bytearray(BOOKS[kind])
    for _ in range(data.draw(st.integers(0, 5))):
        at = data.draw(st.integers(0, len(book)))
        new = data.draw(st.sampled_from(PIECES))
        book[at : at + data.draw(st.integers(0, 8))] = new
    path = tmp_path / "book"
    path.write_bytes(bytes(book))
    try:
        is_sound(read_manuscript(path))
    except FabulaError as error:
        assert error.message


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.binary(max_size=400))
def test_any_bytes_are_a_sound_manuscript_or_an_error_of_ours(tmp_path: Path, data: bytes) -> None:
    """any bytes"""
    path = tmp_path / "book"
    path.write_bytes(data)
    try:
        is_sound(read_manuscript(path))
    except FabulaError as error:
        assert error.message
