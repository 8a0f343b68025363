"""Word documents."""

from __future__ import annotations

import time

import pytest

from fabula.errors import DamagedSourceError
from fabula.records import AsideKind
from tests.source.books import docx, emphasised, headings, kinds, read_word, run, texts


def paragraph(content: str, style: str = "", more: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{content}</w:p>' if style or more else f"<w:p>{content}</w:p>"


STYLES = (
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="ChapterTitle"><w:name w:val="Chapter Title"/><w:basedOn w:val="Heading1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Mine"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="character" w:styleId="Slanted"><w:name w:val="Slanted"/><w:rPr><w:i/></w:rPr></w:style>'
)


def test_headings_are_known_by_their_styles_and_what_those_are_based_on() -> None:
    """Heading 1, Überschrift 2, a style of one's own, a style with an outline level"""
    body = "".join(paragraph(run(key), key) for key in ("Heading1", "berschrift2", "ChapterTitle", "Mine", "Title", "Quote"))
    book = read_word(docx(body, styles=STYLES))
    assert headings(book) == ["Heading1", "berschrift2", "ChapterTitle", "Mine", "Title"]
    assert [block.level for block in book.blocks] == [1, 2, 1, 3, 1, 0]
    assert kinds(book)[-1] == ("inset", "Quote")


def test_tracked_insertions_are_kept_and_deletions_are_not() -> None:
    """It was <ins>very </ins><del>not </del>late."""
    deleted = '<w:del w:id="2"><w:r><w:delText>not </w:delText></w:r></w:del>'
    body = paragraph(f'{run("It was ")}<w:ins w:id="1">{run("very ")}</w:ins>{deleted}{run("late.")}')
    assert texts(read_word(docx(body))) == ["It was very late."]


def test_a_footnote_leaves_the_prose_and_is_kept_at_its_mark() -> None:
    """He saw it[1], and ran."""
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    note = f'<w:footnote w:id="2">{paragraph("<w:r><w:footnoteRef/></w:r>" + run(" A dog."))}</w:footnote>'
    book = read_word(docx(paragraph(run("He saw it") + mark + run(", and ran.")), footnotes=note))
    assert texts(book) == ["He saw it, and ran."]
    assert [(a.kind, a.text, a.block, a.offset) for a in book.asides] == [(AsideKind.FOOTNOTE, "A dog.", 0, 9)]


def test_emphasis_by_run_and_by_style() -> None:
    """It was <i>her</i> <slanted>hat</slanted>."""
    body = paragraph(run("It was ") + run("her", "<w:i/>") + run(" and ") + run("hat", '<w:rStyle w:val="Slanted"/>') + run("."))
    assert emphasised(read_word(docx(body, styles=STYLES)).blocks[0]) == ["her", "hat"]


def test_a_word_over_several_runs_is_one_word() -> None:
    """won|der|ful"""
    assert texts(read_word(docx(paragraph(run("won") + run("der") + run("ful"))))) == ["wonderful"]


def test_contents_are_left_out_and_breaks_are_known() -> None:
    """Chapter 1 ... 12; * * *"""
    body = paragraph(run("Chapter 1 ... 12"), "TOC1") + paragraph(run("It was late.")) + paragraph(run("* * *")) + paragraph("")
    assert kinds(read_word(docx(body, styles=STYLES))) == [("paragraph", "It was late."), ("break", "* * *")]


def test_lines_and_tabs_inside_a_paragraph() -> None:
    """One fish / two fish"""
    book = read_word(docx(paragraph(run("One fish") + "<w:r><w:br/></w:r>" + run("two") + "<w:r><w:tab/></w:r>" + run("fish"))))
    assert kinds(book) == [("verse", "One fish\ntwo fish")]


def test_paragraphs_are_counted_in_tables_too() -> None:
    """p[1], a table with p[2], p[3]"""
    cell = f"<w:tbl><w:tr><w:tc>{paragraph(run('Two.'))}</w:tc></w:tr></w:tbl>"
    book = read_word(docx(paragraph(run("One.")) + cell + paragraph(run("Three."))))
    assert texts(book) == ["One.", "Two.", "Three."]
    assert [block.anchors[0].element for block in book.blocks] == ["p[1]", "p[2]", "p[3]"]
    assert book.blocks[0].anchors[0].file == "book.docx"


def test_title_and_author_come_from_the_properties() -> None:
    """docProps/core.xml"""
    core = "<dc:title>Emma</dc:title><dc:creator>Jane Austen</dc:creator><dc:language>en-GB</dc:language>"
    book = read_word(docx(paragraph(run("One.")), core=core))
    assert (book.title, book.author, book.language, book.format) == ("Emma", "Jane Austen", "en-GB", "docx")


@pytest.mark.parametrize("body", ["<w:p>", '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="x"/></w:tcPr></w:tc></w:tr></w:tbl>'])
def test_a_broken_document_says_so(body: str) -> None:
    """an element that is not closed"""
    with pytest.raises(DamagedSourceError):
        read_word(docx(body))


def test_a_document_type_is_refused() -> None:
    """<!DOCTYPE ... <!ENTITY"""
    with pytest.raises(DamagedSourceError, match="document type"):
        read_word(docx(paragraph(run("x")), styles="<!DOCTYPE x [<!ENTITY a 'b'>]>"))


def test_deep_nesting_is_refused_in_a_sentence() -> None:
    """<w:ins><w:ins><w:ins> ..."""
    with pytest.raises(DamagedSourceError, match="nested"):
        read_word(docx(paragraph("<w:ins>" * 2000 + run("x") + "</w:ins>" * 2000)))


def test_one_long_paragraph_takes_seconds() -> None:
    """4 MB in one run"""
    start = time.perf_counter()
    words = " ".join(str(n) for n in range(600_000))
    assert texts(read_word(docx(paragraph(run(words))))) == [words]
    assert time.perf_counter() - start < 10
