"""Project Gutenberg's frame in pages and books."""

from __future__ import annotations

from fabula.records import Aside, AsideKind, Manuscript
from fabula.source.licence import cut_licence
from tests.source.books import read_html, texts

PAGE = """<html lang="en"><head><title>The Project Gutenberg eBook of Emma, by Jane Austen</title></head><body>
<section class="pg-boilerplate pgheader" id="pg-header" lang="en"><h2 id="pg-header-heading">The Project Gutenberg eBook of
<span id="pg-title-no-subtitle">Emma</span></h2><div>This ebook is for the use of anyone anywhere.</div>
<div class="container" id="pg-machine-header"><p><strong>Title</strong>: Emma</p><p><strong>Author</strong>: Jane Austen</p>
<p><strong>Release date</strong>: August 1, 1994</p><p><strong>Language</strong>: English</p></div>
<div id="pg-start-separator"><span>*** START OF THE PROJECT GUTENBERG EBOOK EMMA ***</span></div></section>
<h1>Emma</h1><h2>CHAPTER I</h2><p>Emma Woodhouse<span class="pagenum" id="p1">[Pg 1]</span>, handsome, clever, and rich.</p><hr/>
<p>So.</p><section class="pg-boilerplate pgfooter" id="pg-footer"><div id="pg-end-separator">
<span>*** END OF THE PROJECT GUTENBERG EBOOK EMMA ***</span></div><div><p>Updated editions will replace the previous one.</p></div>
<h2>THE FULL PROJECT GUTENBERG LICENSE</h2><p>PLEASE READ THIS</p></section></body></html>"""


def test_header_and_licence_are_cut_and_the_header_is_read() -> None:
    """*** START OF THE PROJECT GUTENBERG EBOOK EMMA ***"""
    page = read_html(PAGE)
    bare = Manuscript(page.blocks, "html", "", asides=page.asides)
    cut = cut_licence(bare)
    assert texts(cut) == ["Emma", "CHAPTER I", "Emma Woodhouse, handsome, clever, and rich.", "", "So."]
    assert (cut.title, cut.author, cut.language) == ("Emma", "Jane Austen", "en")


def test_what_the_file_itself_says_goes_first() -> None:
    """<html lang="en-GB">"""
    assert cut_licence(read_html(PAGE.replace('lang="en"', 'lang="en-GB"', 1))).language == "en-GB"


def test_the_licence_is_cut_from_an_aside_too() -> None:
    """notes at the end of an EPUB, and the licence after them in the same file"""
    notes = Aside(
        AsideKind.BACK, "Spelling was kept.\n\n*** END OF THE PROJECT GUTENBERG EBOOK EMMA ***\n\nUpdated editions ...", 0
    )
    alone = Aside(AsideKind.BACK, "*** END OF THE PROJECT GUTENBERG EBOOK EMMA ***\n\nUpdated editions ...", 0)
    page = read_html("<p>It was late.</p>")
    cut = cut_licence(Manuscript(page.blocks, "epub", "", asides=(notes, alone)))
    assert [aside.text for aside in cut.asides] == ["Spelling was kept."]


def test_a_story_that_speaks_of_gutenberg_is_left_alone() -> None:
    """He had it from Project Gutenberg."""
    page = read_html("<p>He had it from Project Gutenberg.</p><p>It was late.</p>")
    assert cut_licence(page) is page
