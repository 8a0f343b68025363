from __future__ import annotations

import string as letters
import time
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fabula.records import (
    Anchor,
    Aside,
    AsideKind,
    Block,
    BlockKind,
    Manuscript,
    Oddity,
    ParagraphKind,
    Span,
    SpanList,
    Text,
    locate,
)
from fabula.source.plaintext import read_plaintext
from fabula.text import compose
from fabula.text.compose import compose_text
from tests.text.books import book, prose, read

LINES = [
    "CHAPTER I", "CHAPTER II.", "PART ONE", "I", "II", "THE END", "PREFACE", "CONTENTS", "APPENDIX", "Epilogue", "* * *", "THE DOG",
    "It rained, and _nobody_ came.", "“Who is it?” said Ann.", "Chapter 3: Rain", prose(1), prose(2), "May 7th.", "[1] A note.",
    "\t[Illustration: A dog]", "{23}",
]  # fmt: skip
words = st.text(alphabet=letters.ascii_letters + " .,!'“”—é\u0301\U0001f40d", min_size=1, max_size=60).map(str.strip).filter(bool)


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    kind = draw(st.sampled_from(list(BlockKind)))
    text = draw(st.one_of(words, st.sampled_from([" ".join(line.split()) for line in LINES])))
    text = "***" if kind is BlockKind.BREAK else text
    offsets = sorted(draw(st.sets(st.integers(1, len(text) - 1), max_size=3))) if len(text) > 1 else []
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=4)))
    emphasis = tuple(Span(a, b) for a, b in list(pairwise(cuts))[::2])
    level = draw(st.integers(1, 3)) if kind is BlockKind.HEADING else 0
    anchors = tuple(Anchor(offset, "book.html", n) for n, offset in enumerate([0, *offsets], 1))
    return Block(kind, text, anchors, level, draw(st.integers(0, 5)), 0, emphasis)


def letters_of(*texts: str) -> str:
    return "".join("".join(texts).replace("*", "").split())


def check(text: Text) -> None:
    """What holds for every text."""
    for above, below in pairwise(text.paragraphs):
        assert text.string[above.span.end : below.span.start] == "\n\n"
    assert (text.paragraphs[0].span.start, text.paragraphs[-1].span.end) == (0, len(text.string))
    assert text.chapters[0].span.start == 0 and text.chapters[-1].span.end == len(text.string)
    assert all(a.span.end == b.span.start for a, b in pairwise(text.chapters))
    assert [c.number for c in text.chapters] == list(range(1, len(text.chapters) + 1))
    starts = {p.span.start for p in text.paragraphs} | {len(text.string)}
    assert all(c.span.start in starts for c in text.chapters)
    assert all(a.offset < b.offset for a, b in pairwise(text.anchors))
    assert all(a.end <= b.start for a, b in pairwise(text.emphasis))
    assert all(0 <= note.at <= len(text.string) for note in text.notes)


def titled(*lines: str) -> list[Block]:
    """Blocks of a line each: `# ` opens a heading of the first level, `## ` one of the second."""
    made = []
    for line in lines:
        marks, _, words = line.rpartition("# ")
        level = len(marks) + 1 if line != words else 0
        kind = BlockKind.HEADING if level else BlockKind.PARAGRAPH
        made.append(Block(kind, words, (Anchor(0, "book.html", 1, ""),), level, gap=0))
    return made


@settings(max_examples=150, deadline=None)
@given(st.lists(blocks(), min_size=1, max_size=25))
@example(titled("A", "A", "A", "# A", "## A", "THE END", "Epilogue"))
def test_every_text_is_tiled_by_its_paragraphs_and_chapters(made: list[Block]) -> None:
    """any blocks"""
    text = compose_text(Manuscript(tuple(made), "html", "0"))
    check(text)
    kept = letters_of(text.string, *(note.text for note in text.notes))
    assert sorted(kept) == sorted(letters_of(*(block.text for block in made)))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(LINES), st.sampled_from(["\n", "\n\n", "\n\n\n\n"])), min_size=1, max_size=25))
def test_every_plain_text_is_tiled_by_its_paragraphs_and_chapters(made: list[tuple[str, str]]) -> None:
    """any lines"""
    manuscript = read_plaintext("".join(line + gap for line, gap in made), file="a.txt", sha256="0")
    if manuscript.blocks:
        check(compose_text(manuscript))


def test_emphasis_quotes_the_words_that_a_block_emphasizes() -> None:
    """It _rained_ all day. ¶ Nobody _came_."""
    text = read("It _rained_ all day.\n\nNobody _came_, _nobody_ wrote.\n")
    assert [text.quote(span) for span in text.emphasis] == ["rained", "came", "nobody"]


def test_emphasis_that_overlaps_is_one_stretch() -> None:
    """<b><i>It rained</i> all day</b>."""
    made = Block(BlockKind.PARAGRAPH, "It rained all day.", (Anchor(0, "a", 1),), emphasis=(Span(0, 17), Span(0, 9)))
    text = compose_text(Manuscript((made,), "html", "0"))
    assert list(text.emphasis) == [Span(0, 17)]


def test_anchors_lead_back_to_the_lines_of_the_file() -> None:
    """CHAPTER I ¶ In the house ..."""
    source = book("CHAPTER I", "CHAPTER II")
    text = read(source)
    lines = source.split("\n")
    for anchor in text.anchors:
        assert text.string.startswith(lines[anchor.line - 1].split()[0], anchor.offset)
    at = text.string.index("number 2-3")
    place = locate(text.anchors, at)
    assert lines[place.line - 1][place.column - 1 :].startswith("number 2-3")


def test_an_aside_stands_where_its_mark_stood() -> None:
    """It rained[1] all day."""
    block = Block(BlockKind.PARAGRAPH, "It rained all day.", (Anchor(0, "a", 1),))
    aside = Aside(AsideKind.FOOTNOTE, "In May.", 1, 9)
    text = compose_text(Manuscript((block, block), "html", "0", asides=(aside,)))
    assert [(note.at, text.string[: note.at].endswith("It rained")) for note in text.notes] == [(29, True)]


def test_an_aside_after_the_last_block_stands_at_the_end() -> None:
    """prose ¶ (author's note)"""
    block = Block(BlockKind.PARAGRAPH, "It rained.", (Anchor(0, "a", 1),))
    text = compose_text(Manuscript((block,), "html", "0", asides=(Aside(AsideKind.AUTHOR_NOTE, "Thanks!", 1),)))
    assert text.notes[0].at == len(text.string)


def test_an_oddity_becomes_a_notice_at_its_block() -> None:
    """two paragraphs, the second one odd"""
    made = tuple(Block(BlockKind.PARAGRAPH, words, (Anchor(0, "a", 1),)) for words in ("It rained.", "It snowed."))
    text = compose_text(Manuscript(made, "html", "0", oddities=(Oddity("damage", "half a page is missing", 1),)))
    assert [(n.kind, text.quote(n.span)) for n in text.notices] == [("damage", "It snowed.")]


def test_headings_and_breaks_are_paragraphs_of_their_kind() -> None:
    """CHAPTER I ¶ prose ¶ * * * ¶ prose"""
    text = read(f"CHAPTER I\n\n{prose(1, 1)}\n\n* * *\n\n{prose(2, 1)}")
    assert [p.kind for p in text.paragraphs] == [
        ParagraphKind.HEADING,
        ParagraphKind.PROSE,
        ParagraphKind.BREAK,
        ParagraphKind.PROSE,
    ]


def test_a_manuscript_without_blocks_is_an_empty_text() -> None:
    """(nothing)"""
    text = compose_text(Manuscript((), "text", "0"))
    assert (text.string, text.chapters, text.paragraphs) == ("", (), ())


def test_front_matter_alone_is_read_as_the_story() -> None:
    """PREFACE ¶ CHAPTER I"""
    text = read("CHAPTER I\n\nTHE END\n")
    assert text.string.startswith("CHAPTER I")
    check(text)


def test_a_long_book_is_composed_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """three million characters in three hundred chapters"""
    source = book(*(f"CHAPTER {n}" for n in range(1, 301)), paragraphs=20)
    manuscript = read_plaintext(source, file="a.txt", sha256="0")
    monkeypatch.setattr(compose, "find_tokens", lambda _string, _paragraphs: (SpanList.of(()), SpanList.of(())))
    start = time.perf_counter()
    text = compose_text(manuscript)
    assert time.perf_counter() - start < 3  # a fifth of a second on a laptop
    assert len(text.chapters) == 300
