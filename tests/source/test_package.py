"""What an EPUB says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from fabula.errors import DamagedSourceError, EncryptedSourceError
from fabula.source.archive import Archive
from fabula.source.package import Entry, Package, read_package
from tests.source.books import archive, epub, toc

PAGES = {"a.xhtml": "<p>One.</p>", "b.xhtml": "<p>Two.</p>"}
ENCRYPTION = (
    '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#">'
    '<enc:EncryptedData><enc:EncryptionMethod Algorithm="{}"/><enc:CipherData><enc:CipherReference URI="{}"/></enc:CipherData>'
    "</enc:EncryptedData></encryption>"
)


def package(data: bytes) -> Package:
    return read_package(Archive(data, Path("book.epub")))


def test_the_spine_gives_the_order() -> None:
    """b, a"""
    read = package(epub({"b.xhtml": "", "a.xhtml": ""}, linear={"a.xhtml": "no"}))
    assert [tuple(file) for file in read.spine] == [("OPS/b.xhtml", True), ("OPS/a.xhtml", False)]


def test_the_navigation_goes_before_the_ncx() -> None:
    """EPUB 3 with both"""
    ncx = '<navPoint><navLabel><text>Old</text></navLabel><content src="a.xhtml"/></navPoint>'
    assert [entry.title for entry in package(epub(PAGES, nav=toc(("a.xhtml", "New")), ncx=ncx)).contents] == ["New"]


def test_the_ncx_of_epub_2_is_read_with_its_depth() -> None:
    """PART I > Chapter 1"""
    inner = '<navPoint><navLabel><text>Chapter 1</text></navLabel><content src="a.xhtml#c1"/></navPoint>'
    ncx = f'<navPoint><navLabel><text>PART I</text></navLabel><content src="a.xhtml"/>{inner}</navPoint>'
    assert package(epub(PAGES, ncx=ncx)).contents == (
        Entry("OPS/a.xhtml", "", "PART I", 1),
        Entry("OPS/a.xhtml", "c1", "Chapter 1", 2),
    )


def test_a_broken_ncx_costs_the_contents_only() -> None:
    """<navPoint>"""
    assert package(epub(PAGES, ncx="<navPoint>")).contents == ()


def test_title_author_and_language() -> None:
    """a subtitle and an illustrator beside them"""
    read = package(
        epub(
            PAGES,
            metadata='<dc:title id="s">A Tale</dc:title><meta refines="#s" property="title-type">subtitle</meta>'
            "<dc:title>Emma</dc:title>"
            '<dc:creator id="c">Jane Austen</dc:creator><meta refines="#c" property="role">aut</meta>'
            '<dc:creator id="d">H. Brock</dc:creator><meta refines="#d" property="role">ill</meta><dc:language>en</dc:language>'
            '<dc:date>1815</dc:date><meta name="calibre:series" content="Novels"/>',
        )
    )
    assert (read.title, read.author, read.language) == ("Emma", "Jane Austen", "en")
    assert dict(read.metadata) == {"published": "1815", "series": "Novels"}


def test_encrypted_pages_are_refused() -> None:
    """Adobe's protection"""
    more = {"META-INF/encryption.xml": ENCRYPTION.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "OPS/a.xhtml")}
    with pytest.raises(EncryptedSourceError):
        package(epub(PAGES, more=more))


@pytest.mark.parametrize(
    ("algorithm", "name"),
    [("http://www.idpf.org/2008/embedding", "OPS/f.otf"), ("http://ns.adobe.com/pdf/enc#RC", "OPS/x"), ("unknown", "OPS/f.ttf")],
)
def test_scrambled_fonts_are_not_a_protection(algorithm: str, name: str) -> None:
    """http://www.idpf.org/2008/embedding"""
    assert package(epub(PAGES, more={"META-INF/encryption.xml": ENCRYPTION.format(algorithm, name)})).spine


def test_without_a_package_the_pages_are_read_by_name() -> None:
    """a.html, b.html and no .opf"""
    read = package(archive({"mimetype": "application/epub+zip", "b.html": "", "a.html": ""}))
    assert [file.name for file in read.spine] == ["a.html", "b.html"]


def test_an_epub_without_anything_to_read_is_damaged() -> None:
    """mimetype only"""
    with pytest.raises(DamagedSourceError):
        package(archive({"mimetype": "application/epub+zip"}))
    with pytest.raises(DamagedSourceError):
        package(epub({}))
