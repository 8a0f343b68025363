"""The story in a saved page of any site."""

from __future__ import annotations

import time

from fabula.records import AsideKind
from fabula.source.webpage import page_of_mhtml, read_webpage
from tests.source.books import headings, read_html, texts

STORY = "<p>It was a dark night, and the rain fell in torrents all over the place, as it does.</p><p>“Yes,” she said.</p>"
COMMENT = "<p>Great chapter! This comment is longer than the chapter itself, because its writer likes to write.</p>"


def test_a_page_that_is_only_the_story() -> None:
    """<h1>Emma</h1> ..."""
    page = read_html(f'<html lang="en-GB"><head><title>Emma, by Jane Austen</title></head><body><h1>Emma</h1>{STORY}</body></html>')
    assert (page.title, page.language, page.format) == ("Emma", "en-GB", "html")
    assert len(page.blocks) == 3


def test_navigation_comments_and_sharing_are_left_out() -> None:
    """a weblog's page"""
    page = read_html(
        '<head><title>Chapter 3 | My Serial</title><meta name="author" content="Bob Hale"></head>'
        '<body><header class="site"><h1>My Serial</h1><nav><a href="/">Home</a></nav></header>'
        f'<main><article><h1>Chapter 3</h1><div class="entry-meta">Posted on Tuesday</div>'
        f'<div class="entry-content">{STORY}'
        '<p><a href="/2">Previous Chapter</a> | <a href="/4">Next Chapter</a></p>'
        '<div class="sharedaddy">Share this</div></div></article>'
        f'<div id="comments"><h3>2 comments</h3>{COMMENT * 3}</div></main>'
        '<aside class="sidebar">Archives</aside><footer>© Bob</footer></body>'
    )
    assert texts(page) == ["Chapter 3", *texts(read_html(STORY))]
    assert page.author == "Bob Hale"
    assert headings(page) == ["Chapter 3"]


def test_chapters_in_an_article_each_are_all_kept() -> None:
    """<article>...</article><article>...</article>"""
    page = read_html("".join(f"<article><h2>Chapter {n}</h2>{STORY}</article>" for n in (1, 2, 3)))
    assert headings(page) == ["Chapter 1", "Chapter 2", "Chapter 3"]
    assert len(page.blocks) == 9


def test_a_header_that_holds_the_title_is_kept() -> None:
    """<header><h1>Emma</h1></header>"""
    assert headings(read_html(f"<body><header><h1>Emma</h1></header>{STORY}</body>")) == ["Emma"]


def test_a_story_in_an_element_with_a_sites_name_is_kept() -> None:
    """<div class="post-comments-off"> around everything"""
    assert len(read_html(f'<body><div class="menu widget">{STORY}</div></body>').blocks) == 2


def test_an_authors_note_in_the_text_is_an_aside() -> None:
    """A/N: sorry for the wait!"""
    page = read_html(f"<body><p>A/N: sorry for the wait!</p>{STORY}<p>An—an elephant! And a note.</p></body>")
    assert len(page.blocks) == 3
    assert [(aside.kind, aside.text) for aside in page.asides] == [(AsideKind.AUTHOR_NOTE, "A/N: sorry for the wait!")]


def test_prose_that_speaks_of_the_next_chapter_is_kept() -> None:
    """He turned to the <a>next chapter</a>."""
    assert len(read_html(f'<body>{STORY}<p>He turned to the <a href="/x">next chapter</a> of his life.</p></body>').blocks) == 3


def test_a_browsers_single_file_holds_the_page() -> None:
    """MIME-Version: 1.0, multipart/related"""
    data = (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=X\r\n\r\n--X\r\nContent-Type: text/html; charset=utf-8\r\n"
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>It was =E2=80=9Clate=E2=80=9D.</p>\r\n--X--\r\n"
    )
    assert page_of_mhtml(data) == "<p>It was “late”.</p>".encode()
    assert page_of_mhtml(b"MIME-Version: 1.0\r\n\r\nhello") is None


def test_a_page_of_a_hundred_thousand_elements_takes_seconds() -> None:
    """<p><i>a</i> b <br/> ...</p>"""
    start = time.perf_counter()
    read_webpage("<body><p>" + "<i>a</i> b <br/>" * 50_000 + "</p></body>", file="a", sha256="")
    assert time.perf_counter() - start < 15
