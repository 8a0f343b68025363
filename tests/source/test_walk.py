"""From elements of HTML to blocks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fabula.records import AsideKind
from fabula.source.walk import italic_classes
from tests.source.books import emphasised, headings, kinds, read_html, texts


def test_paragraphs_headings_breaks_and_insets() -> None:
    """<h2>I</h2><p>One.</p><hr><blockquote><p>Dear Tom,</p></blockquote>"""
    page = read_html(
        "<h2>I</h2><p>It was one of those days.</p><hr><blockquote><p>Dear Tom,</p></blockquote><p>* * *</p><p>She read.</p>"
    )
    assert kinds(page) == [
        ("heading", "I"),
        ("paragraph", "It was one of those days."),
        ("break", ""),
        ("inset", "Dear Tom,"),
        ("break", "* * *"),
        ("paragraph", "She read."),
    ]
    assert page.blocks[0].level == 2


def test_a_quotation_around_the_whole_page_is_lay_out() -> None:
    """<blockquote> all of it </blockquote>"""
    assert kinds(read_html("<body><blockquote><p>One.</p><p>Two.</p></blockquote></body>"))[0][0] == "paragraph"


def test_a_drop_capital_belongs_to_its_word() -> None:
    """<span class="dropcap">T</span>he rain; <div class="dropcap">T</div><p>he rain; <img alt="T">he rain"""
    assert texts(read_html('<p><span class="dropcap">T</span>he rain fell.</p>')) == ["The rain fell."]
    assert texts(read_html('<div class="dropcap">T</div><p>he rain fell.</p><p>So.</p>')) == ["The rain fell.", "So."]
    assert texts(read_html('<p><img class="drop" alt="T"/>he rain fell.</p>')) == ["The rain fell."]


def test_a_picture_is_no_text_but_its_caption_is_kept() -> None:
    """<img alt="A hat"><p class="caption">The hat</p>"""
    page = read_html('<p>He left.</p><div><img alt="A hat"/><p class="caption">The <i>hat</i></p></div><p>She stayed.</p>')
    assert texts(page) == ["He left.", "She stayed."]
    assert [(aside.kind, aside.text, aside.block) for aside in page.asides] == [(AsideKind.ILLUSTRATION, "The hat", 1)]


def test_emphasis_by_element_style_and_class() -> None:
    """<i>a</i> <span style="font-style: italic">b</span> <span class="c">c</span>"""
    page = read_html(
        "<style>.c { font-style: italic } .d { color: red }</style>"
        '<p><i>a</i>, <span style="font-style: italic">b</span>, <span class="c">c</span>, <span class="d">d</span>, '
        "<b><em>e</em></b></p>"
    )
    assert emphasised(page.blocks[0]) == ["a", "b", "c", "e"]


def test_poems_by_class_keep_their_lines() -> None:
    """<div class="poem"><div class="stanza"><span class="i0">..."""
    page = read_html(
        '<p>He sang:</p><div class="poem"><div class="stanza"><span class="i0">One fish<br/></span>'
        '<span class="i2">two fish<br/></span></div>'
        '<div class="stanza"><div class="verse">red fish</div><div class="verse">blue fish</div></div></div><p>They slept.</p>'
    )
    assert kinds(page) == [
        ("paragraph", "He sang:"),
        ("verse", "One fish\ntwo fish"),
        ("verse", "red fish\nblue fish"),
        ("paragraph", "They slept."),
    ]


def test_preformatted_lines_are_kept() -> None:
    """<pre>"""
    page = read_html("<p>The sign:</p><pre>NO  ENTRY\n  today</pre>")
    assert kinds(page) == [("paragraph", "The sign:"), ("verse", "NO ENTRY\ntoday")]


def test_old_pages_without_paragraphs() -> None:
    """One.<br><br>Two."""
    assert texts(read_html("<body>She came in.<br><br>“You?” he said.<br><br>\nNobody answered.</body>")) == [
        "She came in.",
        "“You?” he said.",
        "Nobody answered.",
    ]


def test_page_numbers_are_left_out() -> None:
    """<span class="pagenum">[12]</span>, <a id="Page_13">13</a>"""
    page = read_html(
        '<p>It was <span class="pagenum">[12]</span>late, and <a id="Page_13">13</a>dark, at <span id="p1">one</span>.</p>'
    )
    assert texts(page) == ["It was late, and dark, at one."]


def test_titles_known_by_their_class() -> None:
    """<p class="chapter-title">The Arrival</p>, but not <div class="chapter"> around the prose"""
    page = read_html('<div class="chapter"><p class="chapter-title">The Arrival</p><p>It was late.</p></div>')
    assert kinds(page) == [("heading", "The Arrival"), ("paragraph", "It was late.")]


def test_hidden_words_and_scripts_are_left_out() -> None:
    """<p style="display:none">stolen from elsewhere</p>"""
    assert texts(read_html('<p>One.</p><p style="display: none">stolen</p><script>x()</script><p hidden>no</p>')) == ["One."]


def test_ruby_keeps_its_base_and_q_its_marks() -> None:
    """<ruby>漢<rt>kan</rt></ruby> <q>Yes</q>"""
    assert texts(read_html("<p><ruby>漢<rp>(</rp><rt>kan</rt></ruby> means <q>Han</q></p>")) == ["漢 means “Han”"]


def test_anchors_say_line_and_element() -> None:
    """the second paragraph on line 3"""
    page = read_html("<html><body>\n<p>One.</p>\n<p>Two.</p>\n<p id='x'>Three.</p></body></html>")
    assert [tuple(block.anchors[0]) for block in page.blocks] == [
        (0, "page.html", 2, "p[1]"),
        (0, "page.html", 3, "p[2]"),
        (0, "page.html", 4, "#x"),
    ]


def test_paragraphs_are_counted_over_those_left_out() -> None:
    """<div hidden><p>no</p></div><p>yes</p>"""
    assert read_html("<div hidden><p>no</p></div><p>yes</p>").blocks[0].anchors[0].element == "p[2]"


def test_classes_that_a_style_sheet_slants() -> None:
    """.a, p.b { font-style: italic }"""
    assert italic_classes(".a, p.b { margin: 0; font-style: italic; } .c { font-style: normal }") == {"a", "b"}


def test_headings_over_two_elements_stay_two() -> None:
    """<h2>CHAPTER I</h2><h3>The Arrival</h3>"""
    assert headings(read_html("<h2>CHAPTER I</h2><h3>The Arrival</h3><p>It was late.</p>")) == ["CHAPTER I", "The Arrival"]


WORDS = st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=40)


@given(st.lists(WORDS, min_size=1, max_size=8))
def test_any_text_comes_back_from_a_page(paragraphs: list[str]) -> None:
    """random paragraphs in <p>"""
    escaped = [p.replace("&", "&amp;").replace("<", "&lt;") for p in paragraphs]
    read = [block.text for block in read_html("<body>" + "".join(f"<p>x{p}x</p>" for p in escaped) + "</body>").blocks]
    assert ["".join(text.split()) for text in read] == ["".join(f"x{p}x".split()) for p in paragraphs]
