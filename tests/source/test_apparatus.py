"""What in a page is not the story."""

from __future__ import annotations

import pytest

from fabula.records import AsideKind, Manuscript
from tests.source.books import read_html, texts


def notes(page: Manuscript) -> list[tuple[str, str]]:
    """The words before each footnote's mark, and the note."""
    footnotes = [aside for aside in page.asides if aside.kind is AsideKind.FOOTNOTE]
    return [(page.blocks[aside.block].text[: aside.offset], aside.text) for aside in footnotes]


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        ('<a href="#n1" id="r1"><sup>1</sup></a>', '<div class="footnote"><p><a id="n1" href="#r1">[1]</a> A dog.</p></div>'),
        ('<sup><a href="#n1" id="r1">1</a></sup>', '<p id="n1">1. A dog. <a href="#r1">↩</a></p>'),
        ('<a href="#n1" id="r1">[1]</a>', '<p class="footnote"><a id="n1"></a><a href="#r1">[1]</a> A dog.</p>'),
        ('[<a href="#n1" id="r1">1</a>]', '<p id="n1">[<a href="#r1">1</a>] A dog.</p>'),
        ('<a href="#n1" id="r1">*</a>', '<p><a name="n1" href="#r1">*</a> A dog.</p>'),
        ('<a epub:type="noteref" href="#n1">note</a>', '<aside epub:type="footnote" id="n1"><p>A dog.</p></aside>'),
        ('<a role="doc-noteref" href="#n1">1</a>', '<ol><li id="n1" role="doc-endnote"><p>A dog.</p></li></ol>'),
        ('<sup class="fnref"><a href="#n1">1</a></sup>', '<table><tr><td id="n1">1</td><td>A dog.</td></tr></table>'),
    ],
)
def test_a_footnote_leaves_the_prose_and_is_kept_at_its_mark(mark: str, note: str) -> None:
    """He saw it[1], and ran. ... [1] A dog."""
    page = read_html(f"<body><p>He saw it{mark}, and ran.</p><p>It was late.</p><hr/>{note}</body>")
    assert texts(page)[:2] == ["He saw it, and ran.", "It was late."]
    assert notes(page) == [("He saw it", "A dog.")]
    assert "dog" not in " ".join(texts(page))


def test_a_note_of_two_paragraphs_is_one() -> None:
    """[1] A dog. ¶ A brown one."""
    page = read_html(
        '<p>He saw<a href="#n1" id="r1">[1]</a> it.</p><div class="footnote" id="n1">'
        '<p><a href="#r1">[1]</a> A dog.</p><p>A brown one.</p></div>'
    )
    assert notes(page) == [("He saw", "A dog.\n\nA brown one.")]


def test_a_year_at_the_start_of_a_note_stays() -> None:
    """[1] 1848 was a cold year."""
    page = read_html(
        '<p>Then<a href="#n1" id="r1">[1]</a> it.</p><p class="footnote" id="n1"><a href="#r1">[1]</a> 1848 was a cold year.</p>'
    )
    assert notes(page) == [("Then", "1848 was a cold year.")]


def test_two_marks_of_two_notes_find_their_own() -> None:
    """one[1] two[2]"""
    page = read_html(
        '<p>one<a href="#a">[1]</a> two<a href="#b">[2]</a></p><h3>NOTES</h3><p id="a">[1] First.</p><p id="b">[2] Second.</p>'
    )
    assert notes(page) == [("one", "First."), ("one two", "Second.")]
    assert texts(page) == ["one two"]


def test_a_link_in_the_story_is_no_footnote() -> None:
    """He read <a href="#poem">the poem</a>."""
    page = read_html('<p>He read <a href="#poem">the poem</a>.</p><p id="poem">Roses are red.</p>')
    assert texts(page) == ["He read the poem.", "Roses are red."]


@pytest.mark.parametrize(
    "contents",
    [
        '<h2>CONTENTS</h2><table><tr><td><a href="#a">I.</a></td><td>Start</td></tr>'
        '<tr><td><a href="#b">II.</a></td><td>Middle</td></tr>'
        '<tr><td><a href="#c">III.</a></td><td>End</td></tr></table>',
        '<h2>Contents</h2><ul><li><a href="#a">Start</a></li><li><a href="#b">Middle</a></li><li><a href="#c">End</a></li></ul>',
        '<p>CONTENTS</p><p class="toc"><a href="#a">Start</a></p><p class="toc"><a href="#b">Middle</a></p>'
        '<p class="toc"><a href="#c">End</a></p>',
        '<div class="toc"><a href="#a">Start</a><br/><a href="#b">Middle</a><br/><a href="#c">End</a></div>',
    ],
)
def test_a_table_of_contents_is_no_story(contents: str) -> None:
    """CONTENTS: I. Start, II. Middle, III. End"""
    prose = "It was one of those days."
    story = "".join(f'<h2 id="{key}"><a href="#top">{key.upper()}</a></h2><p>{prose}</p>' for key in "abc")
    page = read_html(f"<body><h1>The Book</h1>{contents}{story}</body>")
    assert texts(page) == ["The Book", "A", prose, "B", prose, "C", prose]


def test_parts_that_are_marked_are_kept_apart() -> None:
    """<section epub:type="preface">"""
    page = read_html(
        '<section epub:type="titlepage"><h1>The Book</h1></section>'
        '<section epub:type="preface"><h2>Preface</h2><p>I wrote this.</p></section>'
        '<section epub:type="chapter"><h2>I</h2><p>It was late.</p></section><section role="doc-afterword"><p>Thanks.</p></section>'
    )
    assert texts(page) == ["I", "It was late."]
    assert [(aside.kind, aside.title, aside.block) for aside in page.asides] == [
        (AsideKind.FRONT, "The Book", 0),
        (AsideKind.PREFACE, "Preface", 0),
        (AsideKind.BACK, "", 2),
    ]


def test_a_transcribers_box_is_kept_apart() -> None:
    """<div class="transnote">"""
    page = read_html('<p>It was late.</p><div class="transnote"><p>Spelling was kept.</p></div>')
    assert texts(page) == ["It was late."]
    assert page.asides[0].text == "Spelling was kept."
