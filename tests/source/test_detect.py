"""What a file is, by its content."""

from __future__ import annotations

from pathlib import Path

import pytest

from fabula.errors import EmptySourceError, EncryptedSourceError, UnsupportedFormatError
from fabula.source.detect import Format, detect_format
from tests.source.books import archive, docx, epub, odt

TEXT = "It was one of those days on which nothing happens at all.\n\nShe left.\n"


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (epub({"a.xhtml": ""}), "book.txt", Format.EPUB),
        (docx(""), "book.epub", Format.DOCX),
        (odt(""), "book.docx", Format.ODT),
        (b"{\\rtf1 x}", "book.txt", Format.RTF),
        (b"\xef\xbb\xbf<!DOCTYPE html><html><p>x</p></html>", "book.epub", Format.HTML),
        (b"<?xml version='1.0'?>\n<!-- a -->\n<html><body/></html>", "book.xml", Format.HTML),
        (b"<p>One.</p>\n<p>Two.</p>", "book.txt", Format.HTML),
        ("<html><body><p>“x”</p></body></html>".encode("utf-16"), "a", Format.HTML),
        (b"<office:document xmlns:office='x'/>", "book.fodt", Format.FLAT_ODT),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n", "a.mhtml", Format.MHTML),
        (b"# One\n\nx\n\n# Two\n\nx\n", "book.txt", Format.MARKDOWN),
        (TEXT.encode(), "book.md", Format.MARKDOWN),
        (TEXT.encode(), "book.txt", Format.TEXT),
        (TEXT.encode("utf-16"), "book.txt", Format.TEXT),
        (TEXT.encode("utf-16-le"), "book.txt", Format.TEXT),
        ("“Größe,” sagte er.".encode("cp1252"), "book.doc", Format.TEXT),
        (b"*** START OF THE PROJECT GUTENBERG EBOOK X ***\n\nOne.\n", "book.md", Format.TEXT),
        (b"One.\n\n#\n\nTwo.\n\n#\n\nThree.\n", "book.txt", Format.TEXT),
        (b"<b>He</b> left. 3 < 4, she said.", "book.txt", Format.TEXT),
        (b"---\ntitle: Emma\n---\n\nOne.\n", "book", Format.MARKDOWN),
        (archive({"ch1.md": "x"}), "serial.zip", Format.ZIP),
    ],
)
def test_the_content_decides_not_the_name(data: bytes, name: str, expected: Format) -> None:
    """an EPUB called .txt"""
    assert detect_format(data, Path(name)) is expected


@pytest.mark.parametrize(
    ("data", "seen", "hint"),
    [
        (b"%PDF-1.7\n", "PDF", "pdftotext"),
        (b"\x00" * 60 + b"BOOKMOBI" + b"\x00" * 60, "Kindle", "Calibre"),
        (b"CONT\x02\x00rest", "KFX", "Calibre"),
        (b"TPZ0" + b"x" * 100, "Topaz", "Calibre"),
        (b"AT&TFORM\x00\x00DJVM", "DjVu", "djvutxt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "DOC", "LibreOffice"),
        (b"\x89PNG\r\n\x1a\n\0\0", "picture", "prose"),
        (b"\x1f\x8b\x08\0\0", "gzip", "unpack"),
        (b"SQLite format 3\0xxx", "database", "fabula show"),
        (b"<?xml version='1.0'?><FictionBook xmlns='x'><body/></FictionBook>", "FB2", "Calibre"),
        (archive({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "spreadsheet", "prose"),
        (archive({"Index/Document.iwa": ""}), "Pages", "export"),
        (bytes(range(256)) * 20, "binary", "convert"),
        (b"\x00\x01\x02\x03" * 100, "binary", "convert"),
    ],
)
def test_other_formats_get_a_sentence_and_a_hint(data: bytes, seen: str, hint: str) -> None:
    """%PDF-1.7"""
    with pytest.raises(UnsupportedFormatError) as error:
        detect_format(data, Path("book.txt"))
    assert seen in error.value.message
    assert hint in error.value.hint


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_is_empty(data: bytes) -> None:
    """nothing but a byte order mark"""
    with pytest.raises(EmptySourceError):
        detect_format(data, Path("book.txt"))


def test_a_word_document_with_a_password_is_encrypted() -> None:
    """EncryptedPackage in an old Word file's frame"""
    with pytest.raises(EncryptedSourceError):
        detect_format(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), Path("a.docx"))
