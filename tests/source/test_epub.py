"""EPUBs."""

from __future__ import annotations

import pytest

from fabula.errors import DamagedSourceError
from fabula.records import AsideKind
from tests.source.books import CONTAINER, archive, changed, emphasised, epub, headings, read_book, texts, toc
from tests.source.test_sites import AFTERWORD, CHAPTERS, PREFACE

PROSE = "<p>It was one of those days on which nothing happens at all.</p>"
PROSE_TEXT = "It was one of those days on which nothing happens at all."


def test_files_are_read_in_spine_order_with_their_places() -> None:
    """b.xhtml before a.xhtml"""
    book = read_book(epub({"b.xhtml": "<h1>One</h1>" + PROSE, "a.xhtml": "<h1>Two</h1>" + PROSE}))
    assert headings(book) == ["One", "Two"]
    assert [block.anchors[0].file for block in book.blocks] == ["OPS/b.xhtml"] * 2 + ["OPS/a.xhtml"] * 2
    assert (book.title, book.author, book.language, book.format) == ("The Book", "A. Writer", "en-GB", "epub")


def test_several_chapters_in_a_file_and_a_chapter_over_several_files() -> None:
    """I, II in the first; II goes on in the second"""
    book = read_book(epub({"a.xhtml": f"<h2>I</h2>{PROSE}<h2>II</h2>{PROSE}", "b.xhtml": PROSE, "c.xhtml": f"<h2>III</h2>{PROSE}"}))
    assert texts(book) == ["I", PROSE_TEXT, "II", PROSE_TEXT, PROSE_TEXT, "III", PROSE_TEXT]


def test_a_paragraph_that_the_contents_point_to_is_a_heading() -> None:
    """<p id="c1">I</p><p>The Arrival</p>, in the contents "1. The Arrival" """
    page = f'<p id="c1">I</p><p>The Arrival</p>{PROSE}<div id="c2"><p>Chapter Two</p>{PROSE}</div>'
    book = read_book(epub({"a.xhtml": page}, nav=toc(("a.xhtml#c1", "1. The Arrival"), ("a.xhtml#c2", "Chapter 2"))))
    assert headings(book) == ["I", "The Arrival", "Chapter Two"]
    assert book.blocks[0].level == 1


def test_a_chapter_whose_title_is_a_picture_gets_it_from_the_contents() -> None:
    """<img src="title1.png"/>, in the contents "The Arrival" """
    book = read_book(
        epub(
            {"a.xhtml": f'<img src="t1.png" alt="1"/>{PROSE}', "b.xhtml": f'<img src="t2.png"/>{PROSE}'},
            nav=toc(("a.xhtml", "The Arrival"), ("b.xhtml", "The Letter")),
        )
    )
    assert texts(book) == ["The Arrival", PROSE_TEXT, "The Letter", PROSE_TEXT]
    assert headings(book) == ["The Arrival", "The Letter"]
    assert [block.anchors[0].element for block in book.blocks] == ["nav", "p[1]", "nav", "p[1]"]


def test_the_contents_put_in_nothing_that_is_there_or_says_nothing() -> None:
    """ "Start", "The Book", "Chapter 1" """
    book = read_book(
        epub(
            {"a.xhtml": f"<h1>CHAPTER ONE</h1><h2>The Arrival</h2>{PROSE}", "b.xhtml": PROSE, "c.xhtml": PROSE},
            nav=toc(("a.xhtml", "Chapter 1: The Arrival"), ("b.xhtml", "Start"), ("c.xhtml", "The Book")),
        )
    )
    assert headings(book) == ["CHAPTER ONE", "The Arrival"]


def test_prose_that_begins_like_a_title_is_no_heading() -> None:
    """Home was where she was going, in the contents "Home" """
    page = f"<p>Home was where she was going that night, she said to him.</p>{PROSE}"
    book = read_book(epub({"a.xhtml": page}, nav=toc(("a.xhtml", "Home"))))
    assert headings(book) == ["Home"]
    assert len(book.blocks) == 3


FRONT = {
    "cover.xhtml": '<img src="c.jpg" alt="Cover"/>',
    "title.xhtml": "<h1>The Book</h1><p>A. Writer</p>",
    "rights.xhtml": "<p>Copyright © 2020 A. Writer. All rights reserved. ISBN 1.</p>",
    "toc.xhtml": '<h2>Contents</h2><p><a href="c1.xhtml">Chapter 1</a></p><p><a href="c2.xhtml">Chapter 2</a></p>',
    "preface.xhtml": "<h2>Preface</h2><p>I wrote this in the winter.</p>",
}
STORY = {"c1.xhtml": f"<h2>Chapter 1</h2>{PROSE * 9}", "c2.xhtml": f"<h2>Chapter 2</h2>{PROSE * 9}"}
BACK = {"about.xhtml": "<p>A. Writer lives in Kent.</p>", "also.xhtml": "<h2>Also by A. Writer</h2><p>Another Book</p>"}


def test_cover_contents_copyright_and_advertisements_are_no_story() -> None:
    """cover, title page, copyright, contents, preface; about the author, also by"""
    book = read_book(epub({**FRONT, **STORY, **BACK}, nav=toc(("c1.xhtml", "Chapter 1"), ("about.xhtml", "About the Author"))))
    assert headings(book) == ["Chapter 1", "Chapter 2"]
    assert len(book.blocks) == 20
    kept = [(aside.kind, aside.block) for aside in book.asides]
    assert kept == [(AsideKind.FRONT, 0)] * 3 + [(AsideKind.PREFACE, 0)] + [(AsideKind.BACK, 20)] * 2


def test_landmarks_and_guide_say_what_a_file_is() -> None:
    """epub:type="copyright-page", <reference type="dedication">"""
    landmarks = '<nav epub:type="landmarks"><ol><li><a epub:type="foreword" href="x.xhtml">X</a></li></ol></nav>'
    nav = toc(("c1.xhtml", "Chapter 1")) + landmarks
    guide = '<guide><reference type="dedication" href="y.xhtml"/></guide>'
    book = read_book(epub({"x.xhtml": "<p>Well, well.</p>", "y.xhtml": "<p>For Tom.</p>", **STORY}, nav=nav, guide=guide))
    assert [(str(aside.kind), aside.text) for aside in book.asides] == [("preface", "Well, well."), ("front", "For Tom.")]


@pytest.mark.parametrize("title", ["Prologue", "Epilogue", "Cover Me", "Notes from Underground", "The Dedication of Tom"])
def test_parts_of_the_story_are_kept(title: str) -> None:
    """Prologue"""
    book = read_book(epub({"x.xhtml": f"<h2>{title}</h2>{PROSE}", **STORY}, nav=toc(("x.xhtml", title))))
    assert headings(book)[0] == title


def test_a_book_in_one_file_is_its_story_whatever_the_file_is_called() -> None:
    """cover.xhtml with everything"""
    assert len(read_book(epub({"cover.xhtml": f"<h2>Preface</h2>{PROSE * 9}"})).blocks) == 10


def test_footnotes_in_a_file_of_their_own_find_their_marks() -> None:
    """a.xhtml#r1 -> notes.xhtml#n1"""
    book = read_book(
        epub(
            {
                "a.xhtml": f'<h2>I</h2><p>He saw it<a id="r1" href="notes.xhtml#n1"><sup>1</sup></a>, and ran.</p>{PROSE * 9}',
                "notes.xhtml": '<h2>Notes</h2><p id="n1"><a href="a.xhtml#r1">1</a>. A dog.</p>',
            },
            linear={"notes.xhtml": "no"},
        )
    )
    assert texts(book)[1] == "He saw it, and ran."
    assert [(a.kind, a.text, a.block, a.offset) for a in book.asides] == [(AsideKind.FOOTNOTE, "A dog.", 1, 9)]


def test_a_note_keeps_its_place_when_a_heading_is_put_in_before_it() -> None:
    """a mark in the first paragraph of a chapter without a heading"""
    page = f'<p>He saw it<a id="r1" href="#n1"><sup>1</sup></a>.</p>{PROSE * 9}<p id="n1">1. A dog.</p>'
    book = read_book(epub({"a.xhtml": page}, nav=toc(("a.xhtml", "The Arrival"))))
    (note,) = book.asides
    assert book.blocks[note.block].text[: note.offset] == "He saw it"


def test_classes_of_the_style_sheet_are_emphasis() -> None:
    """.c5 { font-style: italic }"""
    data = epub({"a.xhtml": '<p>It was <span class="c5">her</span>.</p>'}, more={"OPS/s.css": ".c5 { font-style: italic }"})
    package = '<item id="css" href="s.css" media-type="text/css"/></manifest>'
    book = read_book(changed(data, "OPS/book.opf", "</manifest>", package))
    assert emphasised(book.blocks[0]) == ["her"]


def test_a_missing_file_is_noticed_and_the_rest_is_read() -> None:
    """the spine names b.xhtml, which is not there"""
    data = changed(epub(STORY), "OPS/book.opf", 'href="c2.xhtml"', 'href="gone.xhtml"')
    book = read_book(data)
    assert headings(book) == ["Chapter 1"]
    assert [oddity.kind for oddity in book.oddities] == ["missing file"]


def test_an_epub_with_none_of_its_files_is_damaged() -> None:
    """a package and nothing else"""
    opf = '<package xmlns="x"><manifest><item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>'
    with pytest.raises(DamagedSourceError):
        read_book(archive({"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER, "OPS/book.opf": opf}))


def test_named_entities_and_broken_markup_in_a_page() -> None:
    """<?xml ...?><!DOCTYPE html PUBLIC ...>&nbsp;&mdash; <br>"""
    page = (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11.dtd">'
        "<html><head><title/></head><body><p>“Yes”&nbsp;&mdash; he said & left.</p></body></html>"
    )
    assert texts(read_book(epub({"a.xhtml": page}))) == ["“Yes”\u00a0— he said & left."]


def test_an_epub_of_the_archive_of_our_own() -> None:
    """preface, chapters and afterword in files of their own, classes with figures"""
    numbered = {"a.xhtml": PREFACE, "b.xhtml": CHAPTERS, "c.xhtml": AFTERWORD}
    pages = {name: page.replace('class="meta"', 'class="meta2"').replace('"tags"', '"tags1"') for name, page in numbered.items()}
    book = read_book(epub(pages, nav=toc(("a.xhtml", "Preface"), ("b.xhtml", "Chapter 1: Go"), ("c.xhtml", "Afterword"))))
    assert headings(book) == ["Chapter 1: Go", "Chapter 2"]
    assert texts(book)[1] == "It began."
    assert ("rating", "Teen And Up Audiences") in book.metadata
    assert [aside.title for aside in book.asides] == [
        "Summary", "Notes", "Chapter Summary", "Chapter Notes", "Chapter End Notes", "End Notes",
    ]  # fmt: skip
