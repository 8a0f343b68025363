"""Pages of archives whose markup is known."""

from __future__ import annotations

from fabula.records import AsideKind, BlockKind, Manuscript
from tests.source.books import headings, read_html, texts

PREFACE = """<div id="preface"><h2 class="toc-heading">Preface</h2>
<p class="message"><b>The Fic</b><br/>Posted originally on the <a href="http://archiveofourown.org/">Archive of Our Own</a> at
<a href="http://archiveofourown.org/works/1">http://archiveofourown.org/works/1</a>.</p>
<div class="meta"><dl class="tags"><dt>Rating:</dt><dd><a href="#">Teen And Up Audiences</a></dd>
<dt>Fandoms:</dt><dd><a>Emma</a>, <a>Persuasion</a></dd>
<dt>Additional Tags:</dt><dd><a>Fluff</a></dd><dt>Language:</dt><dd>English</dd>
<dt>Stats:</dt><dd> Published: 2020-01-02 Completed: 2020-02-03 Words: 1,234 Chapters: 2/2 </dd></dl>
<h1>The Fic</h1><div class="byline">by <a rel="author" href="#">writer</a></div>
<p>Summary</p><blockquote class="userstuff"><p>They meet.</p></blockquote>
<p>Notes</p><blockquote class="userstuff"><p>Hi all.</p></blockquote>
<div class="endnote-link">See the end of the work for more notes</div>
</div></div>"""
CHAPTERS = """<div id="chapters" class="userstuff">
<div class="meta group"><h2 class="heading">Chapter 1: Go</h2><p>Chapter Summary</p>
<blockquote class="userstuff"><p>She goes.</p></blockquote>
<p>Chapter Notes</p><blockquote class="userstuff"><p>Warm up.</p></blockquote></div>
<!--chapter content--><div class="userstuff"><p>It began.</p><p class="message">A text from him.</p>
<blockquote><p>Dear Tom,</p></blockquote></div><!--/chapter content-->
<div class="meta" id="endnotes1"><p>Chapter End Notes</p><blockquote class="userstuff"><p>Bye.</p></blockquote></div>
<div class="meta group"><h2 class="heading">Chapter 2</h2></div><div class="userstuff"><p>It ended.</p></div></div>"""
AFTERWORD = """<div id="afterword"><h2 class="toc-heading">Afterword</h2><div class="meta"><div id="endnotes"><p>End Notes</p>
<blockquote class="userstuff"><p>Thanks.</p></blockquote></div></div>
<p class="message">Please <a href="#">drop by the Archive and comment</a> to let the creator know!</p></div>"""
DOWNLOAD = f"<html><head><title>The Fic - writer - Emma</title></head><body>{PREFACE}{CHAPTERS}{AFTERWORD}</body></html>"

LIVE = """<html lang="en"><head><title>The Fic - Chapter 2 - writer</title></head><body>
<div id="header"><ul><li>Log in</li></ul></div>
<dl class="work meta group"><dt class="rating tags">Rating:</dt><dd class="rating tags"><ul><li><a>Mature</a></li></ul></dd>
<dt class="language">Language:</dt><dd class="language">English</dd>
<dt class="stats">Stats:</dt><dd class="stats"><dl class="stats"><dt>Words:</dt><dd>999</dd><dt>Kudos:</dt><dd>7</dd></dl></dd></dl>
<div id="workskin"><div class="preface group"><h2 class="title heading">The Fic</h2><h3 class="byline heading"><a>writer</a></h3>
<div class="summary module"><h3 class="heading">Summary:</h3>
<blockquote class="userstuff"><p>They meet.</p></blockquote></div></div>
<div id="chapters" role="article"><div class="chapter" id="chapter-2"><div class="chapter preface group">
<h3 class="title"><a>Chapter 2</a>: Gone</h3><div id="notes" class="notes module"><h3 class="heading">Notes:</h3>
<blockquote class="userstuff"><p>Sorry.</p></blockquote><p>(See the end of the chapter for <a>more notes</a>.)</p></div></div>
<div class="userstuff module" role="article"><h3 class="landmark heading" id="work">Chapter Text</h3><p>She was gone.</p></div>
<div class="chapter preface group"><div class="end notes module"><h3 class="heading">Notes:</h3>
<blockquote class="userstuff"><p>Bye.</p>
</blockquote></div></div></div></div></div><div id="feedback"><h3>Comments</h3><p>So good!</p></div></body></html>"""

FANFICTION = """<html><head><title>The Fic Chapter 3: Gone, an emma fanfic | FanFiction</title></head><body>
<div id="pre_story_links"><a class="xcontrast_txt">Books</a><a class="xcontrast_txt">Emma</a></div>
<div id="profile_top"><b class="xcontrast_txt">The Fic</b><span>By:</span><a class="xcontrast_txt" href="/u/1/writer">writer</a>
<div style="margin-top:2px" class="xcontrast_txt">They meet.</div>
<span class="xgray xcontrast_txt">Rated: <a>Fiction T</a> - English -
Romance - Chapters: 3 - Words: 4,321 - id: 12 </span></div>
<select id="chap_select"><option value="1">1. Go</option><option value="3" selected>3. Gone</option></select>
<div id="storytextp"><div class="storytext" id="storytext"><p>A/N: I own nothing.</p><p>She was gone.</p><hr size=1 noshade>
<p>He was too.</p></div></div><select id="chap_select"><option>1. Go</option></select>
<form>Review this Story</form></body></html>"""


def asides(page: Manuscript) -> list[tuple[str, str, str, int]]:
    return [(str(aside.kind), aside.title, aside.text, aside.block) for aside in page.asides]


def test_a_download_of_the_archive_gives_the_story_alone() -> None:
    """Chapter 1: Go ... Chapter 2"""
    page = read_html(DOWNLOAD)
    assert texts(page) == ["Chapter 1: Go", "It began.", "A text from him.", "Dear Tom,", "Chapter 2", "It ended."]
    assert headings(page) == ["Chapter 1: Go", "Chapter 2"]
    assert page.blocks[3].kind is BlockKind.INSET


def test_a_download_says_title_author_rating_and_tags() -> None:
    """<dl class="tags">"""
    page = read_html(DOWNLOAD)
    assert (page.title, page.author, page.language) == ("The Fic", "writer", "en")
    assert dict(page.metadata) == {
        "rating": "Teen And Up Audiences",
        "fandom": "Emma, Persuasion",
        "tags": "Fluff",
        "language": "English",
        "published": "2020-01-02",
        "completed": "2020-02-03",
        "words": "1,234",
        "chapters": "2/2",
        "summary": "They meet.",
    }


def test_a_downloads_notes_are_asides_where_they_stood() -> None:
    """Summary, Notes, Chapter Notes, Chapter End Notes, End Notes"""
    assert asides(read_html(DOWNLOAD)) == [
        ("summary", "Summary", "They meet.", 0),
        ("author_note", "Notes", "Hi all.", 0),
        ("summary", "Chapter Summary", "She goes.", 1),
        ("author_note", "Chapter Notes", "Warm up.", 1),
        ("author_note", "Chapter End Notes", "Bye.", 4),
        ("author_note", "End Notes", "Thanks.", 6),
    ]


def test_a_download_of_one_chapter_has_no_heading() -> None:
    """<div id="chapters" class="userstuff"><div class="userstuff">"""
    story = '<div id="chapters" class="userstuff"><div class="userstuff"><p>It began.</p></div></div>'
    assert texts(read_html(f"<html><body>{PREFACE}{story}{AFTERWORD}</body></html>")) == ["It began."]


def test_a_chapter_saved_from_the_browser() -> None:
    """Chapter 2: Gone"""
    page = read_html(LIVE)
    assert texts(page) == ["Chapter 2: Gone", "She was gone."]
    assert page.blocks[0].kind is BlockKind.HEADING
    assert (page.title, page.author, page.language) == ("The Fic", "writer", "en")
    assert ("rating", "Mature") in page.metadata
    assert ("words", "999") in page.metadata
    assert asides(page) == [
        ("summary", "Summary", "They meet.", 0),
        ("author_note", "Chapter Notes", "Sorry.", 1),
        ("author_note", "Chapter End Notes", "Bye.", 2),
    ]


def test_a_page_of_fanfiction_net() -> None:
    """3. Gone"""
    page = read_html(FANFICTION)
    assert texts(page) == ["Gone", "She was gone.", "", "He was too."]
    assert page.blocks[0].anchors[0].element == "#chap_select"
    assert (page.title, page.author, page.language) == ("The Fic", "writer", "en")
    assert dict(page.metadata) == {
        "summary": "They meet.",
        "rating": "Fiction T",
        "language": "English",
        "genre": "Romance",
        "chapters": "3",
        "words": "4,321",
        "id": "12",
        "fandom": "Emma",
    }
    assert [aside.kind for aside in page.asides] == [AsideKind.SUMMARY, AsideKind.AUTHOR_NOTE]


def test_a_page_with_a_preface_of_its_own_is_no_archives() -> None:
    """<div id="preface"> without chapters"""
    assert texts(read_html('<div id="preface"><p>I wrote this.</p></div><p>It began.</p>')) == ["I wrote this.", "It began."]
