"""Writing blocks down while a document is walked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.records import AsideKind, BlockKind
from fabula.source.prose import ProseWriter


def written(*pieces: str, kind: BlockKind = BlockKind.PARAGRAPH) -> list[tuple[str, str]]:
    """The blocks out of pieces of text; "\\n" is a line break."""
    writer = ProseWriter("a.html")
    writer.begin(kind, "p[1]", line=7)
    for piece in pieces:
        if piece == "\n":
            writer.break_line()
        else:
            writer.write(piece)
    writer.end()
    return [(str(block.kind), block.text) for block in writer.blocks]


def test_white_space_is_folded_over_pieces() -> None:
    """It  was | \\n late | ."""
    assert written(" It  was ", " \n late", ".  ") == [("paragraph", "It was late.")]


def test_a_single_no_break_space_is_the_books_own() -> None:
    """Mr.\u00a0Hale and\u00a0 so"""
    assert written("Mr.\u00a0Hale and\u00a0 so") == [("paragraph", "Mr.\u00a0Hale and so")]


def test_soft_hyphens_and_zero_width_spaces_are_left_out() -> None:
    """won\u00adder\u200bful"""
    assert written("won\u00adder\u200bful") == [("paragraph", "wonderful")]


def test_nothing_but_space_is_no_block() -> None:
    """&nbsp;"""
    assert written(" \u00a0 ") == []


def test_lines_of_verse_stay_lines() -> None:
    """Tyger Tyger, burning bright, / In the forests of the night;"""
    assert written("Tyger Tyger, burning bright,", "\n", "In the forests of the night;") == [
        ("verse", "Tyger Tyger, burning bright,\nIn the forests of the night;")
    ]


def test_two_line_breaks_part_paragraphs() -> None:
    """She left. // He stayed."""
    assert written("She left.", "\n", "\n", "He stayed.") == [("paragraph", "She left."), ("paragraph", "He stayed.")]


def test_speeches_on_lines_of_their_own_are_paragraphs() -> None:
    """“Yes.” / “No,” she said."""
    assert written("“Yes.”", "\n", "“No,” she said.") == [("paragraph", "“Yes.”"), ("paragraph", "“No,” she said.")]


def test_lines_broken_at_a_margin_are_one_paragraph() -> None:
    """The rain fell in torrents, except at occasional intervals, / when it was checked by a violent gust of wind"""
    lines = (
        "The rain fell in torrents, except at occasional intervals,",
        "when it was checked by a violent gust of wind which swept",
        "up the streets.",
    )
    assert written(lines[0], "\n", lines[1], "\n", lines[2]) == [("paragraph", " ".join(lines))]


def test_long_lines_are_paragraphs_each() -> None:
    """a paragraph that ends in <br>"""
    long = "It was a bright cold day in April, and the clocks were striking thirteen, and nobody in the street looked up at them."
    assert written(long, "\n", long) == [("paragraph", long), ("paragraph", long)]


def test_a_line_break_in_a_heading_is_a_space() -> None:
    """CHAPTER I<br/>The Arrival"""
    assert written("CHAPTER I", "\n", "The Arrival", kind=BlockKind.HEADING) == [("heading", "CHAPTER I The Arrival")]


@pytest.mark.parametrize("sign", ["* * *", "***", "⁂", "~~~", "#", "oOo"])
def test_a_line_of_signs_is_a_break(sign: str) -> None:
    """* * *"""
    assert written(sign) == [("break", sign)]


@pytest.mark.parametrize("text", ["O", "“?”", "No. 7", "I"])
def test_a_short_line_of_words_is_none(text: str) -> None:
    """“?”"""
    assert written(text)[0][0] == "paragraph" or text == "O"


def test_emphasis_is_kept_without_the_spaces_at_its_edges() -> None:
    """It was <i> her </i> hat"""
    writer = ProseWriter("a")
    writer.begin(BlockKind.PARAGRAPH, "p[1]")
    writer.write("It was")
    writer.start_emphasis()
    writer.write(" her ")
    writer.stop_emphasis()
    writer.write("hat")
    writer.end()
    (block,) = writer.blocks
    assert [block.text[a:b] for a, b in block.emphasis] == ["her"]


def test_emphasis_goes_on_in_the_next_block() -> None:
    """<i><p>One</p><p>Two</p></i>"""
    writer = ProseWriter("a")
    writer.start_emphasis()
    for word in ("One", "Two"):
        writer.begin(BlockKind.PARAGRAPH, "p")
        writer.write(word)
    writer.stop_emphasis()
    writer.end()
    assert [block.emphasis for block in writer.blocks] == [((0, 3),), ((0, 3),)]


def test_a_note_is_anchored_where_its_mark_stood() -> None:
    """The end [1]."""
    writer = ProseWriter("a")
    writer.begin(BlockKind.PARAGRAPH, "p")
    writer.write("The end ")
    writer.call_note("1")
    writer.write(".")
    writer.end()
    writer.add_note("1", "Or not.")
    assert writer.blocks[0].text == "The end."
    (aside,) = writer.asides()
    assert (aside.kind, aside.text, aside.block) == (AsideKind.FOOTNOTE, "Or not.", 0)


@given(st.lists(st.one_of(st.text(max_size=20), st.sampled_from(["\n", "<i>", "</i>", "1"])), max_size=20))
def test_blocks_hold_their_spans_and_have_no_space_at_their_ends(pieces: list[str]) -> None:
    """any text with line breaks, emphasis and notes"""
    writer = ProseWriter("a")
    writer.begin(BlockKind.PARAGRAPH, "p")
    for piece in pieces:
        if piece == "<i>":
            writer.start_emphasis()
        elif piece == "</i>":
            writer.stop_emphasis()
        elif piece == "\n":
            writer.break_line()
        elif piece == "1":
            writer.call_note("1")
        else:
            writer.write(piece)
    writer.add_note("1", "note")
    writer.end()
    for block in writer.blocks:
        assert block.text == block.text.strip() != ""
        ends = [0, *(place for span in block.emphasis for place in span)]
        assert ends == sorted(ends)
        assert ends[-1] <= len(block.text)
        assert block.anchors[0].offset == 0
    for aside in writer.asides():
        assert 0 <= aside.block <= len(writer.blocks)
        if aside.block < len(writer.blocks):
            assert 0 <= aside.offset <= len(writer.blocks[aside.block].text)
