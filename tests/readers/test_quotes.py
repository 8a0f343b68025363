"""Quotations. The cases are data: tests/cases/quotes.jsonl; parts are parted by |."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabula.readers.quotes import find_quotes
from fabula.records import QuoteKind
from tests.cases import Case, load_cases
from tests.passages import make_text


@pytest.mark.parametrize("case", load_cases("quotes"))
def test_quotations_are_found_with_their_parts(case: Case) -> None:
    """tests/cases/quotes.jsonl"""
    text = make_text(case.text)
    quotes, _ = find_quotes(text)
    assert [" | ".join(text.quote(p).strip() for p in q.parts) for q in quotes] == case["quotes"]
    if case.get("kinds"):
        assert [q.kind.value for q in quotes] == case["kinds"]


def test_a_lost_mark_is_noticed() -> None:
    """“I went, said Tom. ¶ It rained. ¶ “Oh,” said Ann."""
    text = make_text("“I went, said Tom. ¶ It rained. ¶ It snowed. ¶ “Oh,” said Ann.")
    _, notices = find_quotes(text)
    assert [(n.kind, text.quote(n.span)) for n in notices] == [("unclosed", "“I went,")]


def test_a_chapter_without_an_end_of_speech_is_not_swallowed() -> None:
    """An unclosed mark, then a hundred paragraphs of narration."""
    text = make_text('"Go, and never come back. ¶ ' + "It rained all day. ¶ " * 100 + '"Oh," said Ann.')
    quotes, _ = find_quotes(text)
    assert sum(p.end - p.start for q in quotes for p in q.parts) < 40


def test_each_chapter_has_its_own_style() -> None:
    """A chapter in double marks, a chapter in single ones."""
    text = make_text("# One ¶ “Go,” said Tom. ¶ “It’s late.” ¶ # Two ¶ ‘Go,’ said Tom. ¶ ‘It’s late.’")
    quotes, _ = find_quotes(text)
    assert [text.quote(q.span) for q in quotes] == ["“Go,”", "“It’s late.”", "‘Go,’", "‘It’s late.’"]


MARKED = st.lists(
    st.sampled_from(
        [
            "“",
            "”",
            "‘",
            "’",
            '"',
            "'",
            "«",
            "»",
            "—",
            "--",
            " ",
            " ",
            "¶",
            "Tom",
            "said",
            "the dog",
            ", ",
            ". ",
            "? ",
            "it's",
            "\U0001f600",
        ]
    ),
    max_size=60,
).map("".join)


@given(MARKED)
@settings(max_examples=300)
def test_quotations_nest_and_keep_to_their_paragraphs(passage: str) -> None:
    """Any heap of marks and words."""
    text = make_text(passage)
    quotes, notices = find_quotes(text)
    paragraphs = [p.span for p in text.paragraphs]
    owner: dict[int, int] = {}
    for quote in quotes:
        assert quote.parts
        assert isinstance(quote.kind, QuoteKind)
        assert list(quote.parts) == sorted(quote.parts)
        for part in quote.parts:
            assert part.start < part.end
            assert any(p.__contains__(part) for p in paragraphs)
            for at in range(part.start, part.end):
                assert owner.setdefault(at, quote.id) == quote.id, "a word belongs to two quotations"
    for one in quotes:
        for other in quotes:
            if one.span.overlaps(other.span):
                nested = one.span.__contains__(other.span) or other.span.__contains__(one.span)
                assert nested or len(one.parts) > 1 or len(other.parts) > 1
    assert [q.span.end for q in quotes] == sorted(q.span.end for q in quotes)
    assert all(n.span.end <= len(text.string) for n in notices)
