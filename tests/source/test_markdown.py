"""Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.records import AsideKind, Manuscript
from fabula.source.markdown import read_markdown
from tests.source.books import emphasised, headings, kinds, texts


def md(text: str) -> Manuscript:
    return read_markdown(text, file="a.md", sha256="")


def test_headings_paragraphs_breaks_and_insets() -> None:
    """# I, > Dear Tom,, ***"""
    book = md("# I\n\nIt was\nlate.\n\n> Dear Tom,\n\n***\n\nSetext\n======\n\n* * *\n\n\\* \\* \\*\n")
    assert kinds(book) == [
        ("heading", "I"),
        ("paragraph", "It was late."),
        ("inset", "Dear Tom,"),
        ("break", "***"),
        ("heading", "Setext"),
        ("break", "* * *"),
        ("break", "* * *"),
    ]
    assert [block.anchors[0].line for block in book.blocks] == [1, 3, 6, 8, 10, 13, 15]
    assert book.blocks[0].level == 1


def test_marks_are_taken_out_and_emphasis_is_kept() -> None:
    """It was *her* **hat**, [she](x) said_so `x`"""
    book = md("It was *her* **_hat_**, [she](http://x) said_so, `x` &amp; ![a hat](h.png)1 \\* 2")
    assert texts(book) == ["It was her hat, she said_so, x & 1 * 2"]
    assert emphasised(book.blocks[0]) == ["her", "hat"]


def test_quotation_marks_stay_as_they_are() -> None:
    """ "Yes," -- he said... 'No.'"""
    assert texts(md("\"Yes,\" -- he said... 'No.'")) == ["\"Yes,\" -- he said... 'No.'"]


def test_footnotes_leave_the_prose_and_are_kept_at_their_marks() -> None:
    """He saw it[^1], and ran.^[Fast.]"""
    book = md("He saw it[^1], and ran.^[Fast.]\n\n[^1]: A *dog*.\n\n    A brown one.\n\nSo.")
    assert texts(book) == ["He saw it, and ran.", "So."]
    assert [(a.kind, a.text, a.offset) for a in book.asides] == [
        (AsideKind.FOOTNOTE, "A dog.\n\nA brown one.", 9),
        (AsideKind.FOOTNOTE, "Fast.", 19),
    ]


def test_a_header_is_metadata() -> None:
    """---\\ntitle: Emma"""
    book = md('---\ntitle: "Emma"\nauthor: Jane Austen\nlang: en-GB\ntags:\n  - comedy\n  - village\n---\n\n# I\n\nSo.')
    assert (book.title, book.author, book.language) == ("Emma", "Jane Austen", "en-GB")
    assert dict(book.metadata) == {"tags": "comedy, village"}
    assert texts(book) == ["I", "So."]
    assert book.blocks[0].anchors[0].line == 10


def test_a_text_between_two_rules_is_no_header() -> None:
    """---\\nIt was late.\\n---"""
    assert "It was late." in texts(md("---\n\nIt was late.\n\n---\n\nSo."))


def test_a_paragraph_that_is_set_in_is_no_code() -> None:
    """It was late."""
    assert kinds(md("So.\n\n    It was late.\n\n\tShe left.")) == [
        ("paragraph", "So."),
        ("paragraph", "It was late."),
        ("paragraph", "She left."),
    ]


def test_tildes_are_a_break_and_do_not_swallow_the_book() -> None:
    """~~~"""
    assert kinds(md("One.\n\n~~~\n\nTwo.")) == [("paragraph", "One."), ("break", "~~~"), ("paragraph", "Two.")]


@pytest.mark.parametrize("sign", ["#", "*", "-", "##", "+"])
def test_a_lone_sign_is_a_break(sign: str) -> None:
    """#"""
    assert kinds(md(f"One.\n\n{sign}\n\nTwo.")) == [("paragraph", "One."), ("break", sign), ("paragraph", "Two.")]


def test_a_sentence_above_a_rule_is_no_heading() -> None:
    """She left.\\n---"""
    assert kinds(md("She left.\n---\nHe stayed.")) == [("paragraph", "She left."), ("break", "---"), ("paragraph", "He stayed.")]
    assert headings(md("The Arrival\n---\nHe stayed.")) == ["The Arrival"]


@pytest.mark.parametrize("line", ["1984. It was a cold year.", "- Yes, he said.", "1. The Bridge", "* a star"])
def test_what_begins_a_line_is_kept(line: str) -> None:
    """1984. It was a cold year."""
    assert texts(md(line)) == [line]


def test_hard_line_breaks_are_verse() -> None:
    """One fish\\ / two fish"""
    assert kinds(md("One fish  \ntwo fish\\\nred fish")) == [("verse", "One fish\ntwo fish\nred fish")]


def test_long_lines_without_blank_ones_are_paragraphs() -> None:
    """a paragraph a line"""
    long = "It was one of those days on which nothing happens at all, " * 4 + "he thought."
    assert texts(md(f"{long}\n{long}\n{long}")) == [long] * 3


def test_a_fence_is_a_screen_in_the_story() -> None:
    """```\\nLEVEL UP\\n```"""
    book = md("So.\n\n```\nLEVEL UP\nHP 10\n```\n\nGood.")
    assert kinds(book) == [("paragraph", "So."), ("verse", "LEVEL UP\nHP 10"), ("paragraph", "Good.")]


def test_html_in_it_is_read_and_comments_are_left_out() -> None:
    """<!-- todo --><center>* * *</center> It was <i>her</i>.<br>So."""
    book = md("<!-- todo: mend -->\n\n<center>* * *</center>\n\nIt was <i>her</i>. <!-- x -->\n")
    assert kinds(book) == [("break", "* * *"), ("paragraph", "It was her.")]
    assert emphasised(book.blocks[1]) == ["her"]


def test_a_line_of_any_length_is_read() -> None:
    """3 MB of marks in one line"""
    assert len(md("*a [b " * 500_000).blocks) == 1


def test_an_escaped_call_calls_no_note() -> None:
    """It\\[\\^1\\] was."""
    assert texts(md("It\\[\\^1\\] was.")) == ["It[^1] was."]


PROSE = st.text(alphabet=st.sampled_from("abc XYZ.,!?“”—éß1*_[]<>#&~`^|\\-+()"), min_size=1, max_size=60)


@given(st.lists(PROSE, min_size=1, max_size=6))
def test_any_text_comes_back_escaped(paragraphs: list[str]) -> None:
    """random paragraphs with a backslash before every mark"""
    written = ["x" + "".join(f"\\{c}" if c in "\\`*_[]<>#&~^|-+()!." else c for c in p) + "x" for p in paragraphs]
    assert [text.split() for text in texts(md("\n\n".join(written)))] == [f"x{p}x".split() for p in paragraphs]
