"""RTF."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.records import AsideKind, Manuscript
from fabula.source.rtf import read_rtf
from tests.source.books import emphasised, headings, kinds, texts


def rtf(body: str) -> Manuscript:
    head = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}{\f1\fcharset204 Kino;}}"
    head += r"{\stylesheet{Normal;}{\s1 heading 1;}{\s3 Quote;}{\s4 toc 1;}}"
    return read_rtf((head + body + "}").encode("latin-1"), file="a.rtf", sha256="")


def test_paragraphs_and_headings() -> None:
    r"""\pard\s1 I\par \pard It was late.\par"""
    book = rtf(
        "\\pard\\plain\\s1 I\\par\n\\pard\\plain It was\nlate.\\par\\pard\\s3 Dear Tom,\\par"
        "\\pard\\outlinelevel1 II\\par * * *\\par"
    )
    assert kinds(book)[:4] == [("heading", "I"), ("paragraph", "It waslate."), ("inset", "Dear Tom,"), ("heading", "II")]
    assert [block.level for block in book.blocks][:4] == [1, 0, 0, 2]
    assert [block.anchors[0].element for block in book.blocks][:2] == ["p[1]", "p[2]"]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (r"caf\'e9", "café"),
        (r"\u8220?Yes\u8221?", "“Yes”"),
        (r"\uc0\u8220 Yes\u8221 ", "“Yes”"),
        (r"\ldblquote Yes\rdblquote\emdash no", "“Yes”—no"),
        (r"\u-10179?\u-8704?", "😀"),
        (r"{\f1 \'ca\'ed\'ff\'e7\'fc}", "Князь"),
        (r"a\~b\_c\{d\}\\", "a\u00a0b\u2011c{d}\\"),
        (r"won\-derful", "wonderful"),
        (r"a\tab b", "a b"),
    ],
)
def test_characters(code: str, text: str) -> None:
    r"""\'e9, \u8220?, \emdash"""
    assert texts(rtf(code)) == [text]


def test_emphasis_and_its_end() -> None:
    r"""It was {\i her} \b hat\b0 ."""
    book = rtf(r"It was {\i her} and \b hat\b0 .\par Plain {\i a{\i0 b}c}")
    assert [emphasised(block) for block in book.blocks] == [["her", "hat"], ["a", "c"]]


def test_a_footnote_leaves_the_prose_and_is_kept_at_its_mark() -> None:
    r"""He saw it{\footnote \chftn A dog.}, and ran."""
    book = rtf(r"He saw it{\super\chftn{\footnote\pard\plain {\super\chftn} A dog.\par Brown.}}, and ran.\par So.")
    assert texts(book) == ["He saw it, and ran.", "So."]
    assert [(a.kind, a.text, a.block, a.offset) for a in book.asides] == [(AsideKind.FOOTNOTE, "A dog.\n\nBrown.", 0, 9)]


def test_what_is_hidden_deleted_or_no_text_is_left_out() -> None:
    r"""{\v x}{\deleted x}{\*\x x}{\pict 00}{\header x}"""
    book = rtf(
        r"{\header Title}It {\v x}{\deleted x}{\*\unknown x}{\pict\pngblip 0011}was"
        r"{\field{\*\fldinst HYPERLINK}{\fldrslt  late}}.\par"
        r"\pard\s4 I ... 3\par"
    )
    assert texts(book) == ["It was late."]


def test_raw_bytes_of_pictures_are_passed_over() -> None:
    r"""{\pict\bin5 }}}}}}"""
    assert texts(rtf(r"One{\pict\bin5 }}}}}} two.")) == ["One two."]


def test_title_and_author_come_from_the_information() -> None:
    r"""{\info{\title Emma}{\author Jane Austen}}"""
    book = rtf(r"{\info{\title Emma}{\author Jane Austen}{\subject x}}It was late.")
    assert (book.title, book.author, book.format, dict(book.metadata)) == ("Emma", "Jane Austen", "rtf", {"subject": "x"})
    assert texts(book) == ["It was late."]


def test_paragraphs_of_textedit_and_scrivener_end_in_a_backslash() -> None:
    r"""One.\\nTwo."""
    assert texts(rtf("One.\\\nTwo.\\\n\\\nThree.")) == ["One.", "Two.", "Three."]


def test_a_file_that_breaks_off_in_a_footnote_keeps_both() -> None:
    r"""It was{\footnote a dog"""
    book = read_rtf(rb"{\rtf1 It was{\footnote a dog", file="a", sha256="")
    assert texts(book) == ["It was"]
    assert book.asides[0].text == "a dog"


def test_endless_groups_end() -> None:
    """{{{{{{..."""
    book = read_rtf(b"{\\rtf1 One." + b"{" * 1_000_000, file="a", sha256="")
    assert texts(book) == ["One."]
    assert [oddity.kind for oddity in book.oddities] == ["nesting"]


def test_one_long_line_takes_seconds() -> None:
    """5 MB"""
    start = time.perf_counter()
    rtf("word and other " * 350_000)
    assert time.perf_counter() - start < 5


@given(st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=40))
def test_any_text_comes_back(text: str) -> None:
    """random letters as \\u codes"""
    units = text.encode("utf-16-le")
    codes = [int.from_bytes(units[at : at + 2], "little") for at in range(0, len(units), 2)]
    book = rtf("x" + "".join(f"\\u{code - 0x10000 if code > 0x7FFF else code}?" for code in codes) + "x")
    assert texts(book) == [f"x{text}x"]


TOKENS = [b"{", b"}", b"\\par ", b"\\i ", b"{\\footnote ", b"\\'e9", b"\\u8220?", b"x", b"\\bin3 ", b"\\*", b"\\s1 "]


@given(st.lists(st.sampled_from(TOKENS)))
def test_any_row_of_words_is_read(tokens: list[bytes]) -> None:
    """random RTF"""
    book = read_rtf(b"{\\rtf1 " + b"".join(tokens), file="a", sha256="")
    assert headings(book) == []
