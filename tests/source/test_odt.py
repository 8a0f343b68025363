"""OpenDocument texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from fabula.errors import DamagedSourceError, EncryptedSourceError
from fabula.records import AsideKind
from fabula.source.odt import read_flat_odt
from tests.source.books import archive, emphasised, headings, kinds, odt, read_open, texts

STYLES = (
    '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>'
    '<style:style style:name="P1" style:parent-style-name="Quotations"/>'
    '<style:style style:name="P2" style:parent-style-name="Heading_20_2"/>'
)


def test_paragraphs_headings_and_insets() -> None:
    """<text:h text:outline-level="1">, a paragraph in a style made from "Heading 2", a quotation"""
    book = read_open(
        odt(
            '<text:h text:outline-level="1">I</text:h><text:p text:style-name="P2">The Arrival</text:p>'
            "<text:p>It was late.</text:p>"
            '<text:p text:style-name="P1">Dear Tom,</text:p><text:p>* * *</text:p>',
            styles=STYLES,
        )
    )
    assert kinds(book) == [
        ("heading", "I"),
        ("heading", "The Arrival"),
        ("paragraph", "It was late."),
        ("inset", "Dear Tom,"),
        ("break", "* * *"),
    ]
    assert [block.level for block in book.blocks] == [1, 2, 0, 0, 0]
    assert [block.anchors[0].element for block in book.blocks] == ["h[1]", "p[2]", "p[3]", "p[4]", "p[5]"]


def test_spaces_tabs_and_lines() -> None:
    """a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d"""
    assert texts(read_open(odt('<text:p>a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d</text:p>'))) == ["a b c\nd"]


def test_emphasis_by_automatic_style() -> None:
    """It was <T1>her</T1> hat"""
    book = read_open(odt('<text:p>It was <text:span text:style-name="T1">her</text:span> hat.</text:p>', styles=STYLES))
    assert (texts(book), emphasised(book.blocks[0])) == (["It was her hat."], ["her"])


def test_a_footnote_leaves_the_prose_and_is_kept_at_its_mark() -> None:
    """He saw it[1], and ran."""
    note = (
        '<text:note text:id="ftn1" text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>A dog.</text:p></text:note-body></text:note>"
    )
    book = read_open(odt(f"<text:p>He saw it{note}, and ran.</text:p>"))
    assert texts(book) == ["He saw it, and ran."]
    assert [(a.kind, a.text, a.block, a.offset) for a in book.asides] == [(AsideKind.FOOTNOTE, "A dog.", 0, 9)]


def test_deletions_comments_and_contents_are_left_out() -> None:
    """<text:tracked-changes>, <office:annotation>, <text:table-of-content>"""
    book = read_open(
        odt(
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region>"
            "</text:tracked-changes><text:table-of-content><text:p>Chapter 1</text:p></text:table-of-content>"
            '<text:p>It was <text:change text:change-id="c"/>late<office:annotation><text:p>why?</text:p></office:annotation>.'
            "</text:p>"
        )
    )
    assert texts(book) == ["It was late."]


def test_title_author_and_language_come_from_the_metadata() -> None:
    """meta.xml"""
    meta = "<dc:title>Emma</dc:title><meta:initial-creator>Jane Austen</meta:initial-creator><dc:creator>Typist</dc:creator>"
    book = read_open(odt("<text:p>One.</text:p>", meta=f"{meta}<dc:language>en-GB</dc:language>"))
    assert (book.title, book.author, book.language, book.format) == ("Emma", "Jane Austen", "en-GB", "odt")


def test_the_flat_form_is_read_alike_with_its_lines() -> None:
    """<office:document>"""
    flat = (
        '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>\n'
        '<text:h text:outline-level="1">I</text:h>\n'
        "<text:p>It was late.</text:p></office:text></office:body></office:document>"
    )
    book = read_flat_odt(flat, Path("a.fodt"), sha256="")
    assert headings(book) == ["I"]
    assert book.blocks[1].anchors[0].line == 3


def test_a_password_is_noticed() -> None:
    """<manifest:encryption-data>"""
    with pytest.raises(EncryptedSourceError):
        read_open(odt("<text:p>x</text:p>", manifest="<encryption-data/>"))


def test_without_content_it_is_damaged() -> None:
    """no content.xml"""
    with pytest.raises(DamagedSourceError):
        read_open(archive({"mimetype": "application/vnd.oasis.opendocument.text"}))
