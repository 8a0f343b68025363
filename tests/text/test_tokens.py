"""Words and marks, and where sentences end. The cases are data: tests/cases/tokens.jsonl, sentences.jsonl."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.records import Paragraph, ParagraphKind, Span
from fabula.text.tokens import find_tokens
from tests.cases import Case, load_cases


def paragraphs_of(string: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a string: parted by two line ends."""
    found, at = [], 0
    for piece in string.split("\n\n"):
        if piece:
            found.append(Paragraph(Span(at, at + len(piece)), ParagraphKind.PROSE))
        at += len(piece) + 2
    return tuple(found)


@pytest.mark.parametrize("case", load_cases("tokens"))
def test_a_text_is_parted_into_words_and_marks(case: Case) -> None:
    """tests/cases/tokens.jsonl"""
    _, tokens = find_tokens(case.text, paragraphs_of(case.text))
    assert "|".join(case.text[s:e] for s, e in tokens) == case["tokens"]


@pytest.mark.parametrize("case", load_cases("sentences"))
def test_a_paragraph_is_parted_into_sentences(case: Case) -> None:
    """tests/cases/sentences.jsonl"""
    sentences, _ = find_tokens(case.text, paragraphs_of(case.text))
    assert [case.text[s:e] for s, e in sentences] == case["sentences"]


MESSY = st.text(
    st.one_of(st.sampled_from("aB.’'\"“”‘ -—\n!?…I1_*é\u0301\u00a0\U0001f600"), st.characters(codec="utf-8")),
    max_size=200,
)


@given(MESSY)
def test_tokens_cover_all_but_white_space_and_lie_in_sentences(string: str) -> None:
    """Any text at all."""
    sentences, tokens = find_tokens(string, paragraphs_of(string))
    covered: set[int] = set()
    for start, end in tokens:
        assert start < end
        covered.update(range(start, end))
    outside = [c for i, c in enumerate(string) if i not in covered]
    assert all(c.isspace() for c in outside)
    assert all(any(s.__contains__(t) for s in sentences) for t in tokens)
    ends = [0, *(x for span in tokens for x in span)]
    assert ends == sorted(ends)


def test_a_break_has_no_sentences() -> None:
    """a ¶ * * * ¶ b"""
    string = "a\n\n* * *\n\nb"
    paragraphs = tuple(Paragraph(p.span, ParagraphKind.BREAK if i == 1 else p.kind) for i, p in enumerate(paragraphs_of(string)))
    sentences, tokens = find_tokens(string, paragraphs)
    assert [string[s:e] for s, e in sentences] == ["a", "b"]
    assert len(tokens) == 2


def test_a_heading_is_one_sentence() -> None:
    """CHAPTER I. The Sea. The Sky."""
    string = "CHAPTER I. The Sea. The Sky."
    sentences, _ = find_tokens(string, (Paragraph(Span(0, len(string)), ParagraphKind.HEADING),))
    assert len(sentences) == 1
