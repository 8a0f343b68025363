"""Texts cut into segments."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabula.language.segmenting import PlacedSegment, cut_text, whole_segment
from fabula.records import Quote, QuoteKind, Span, SpanList, Text
from tests.passages import make_text
from tests.stories import make_weir

WEIR = make_weir()


def words_of(placed: PlacedSegment) -> str:
    return " ".join(placed.segment.words)


def quote(number: int, *parts: tuple[int, int]) -> Quote:
    return Quote(number, tuple(Span(*part) for part in parts), QuoteKind.SPEECH)


def test_a_chapter_is_a_segment_and_its_heading_a_sentence_of_it() -> None:
    """# One ¶ Tom slept. He woke. ¶ # Two ¶ Ann wept."""
    one, two = cut_text(make_text("# One ¶ Tom slept. He woke. ¶ # Two ¶ Ann wept."), ())
    assert one.segment.words == ("One", "Tom", "slept", ".", "He", "woke", ".")
    assert one.segment.sentences == (0, 1, 4)
    assert one.segment.paragraphs == (0, 1)
    assert (one.first, two.first) == (0, 7)
    assert words_of(two) == "Two Ann wept ."


def test_a_break_has_no_words() -> None:
    """Tom slept. ¶ * * * ¶ Ann wept."""
    (one,) = cut_text(make_text("Tom slept. ¶ * * * ¶ Ann wept."), ())
    assert one.segment.paragraphs == one.segment.sentences == (0, 3)


def test_quotations_are_ranges_of_words_marks_included() -> None:
    """“Go,” said Tom, “now.”"""
    text = make_text("He rose. ¶ “Go,” said Tom, “now.”")
    parts = [(text.string.index("“Go"), text.string.index(" said")), (text.string.index("“now"), len(text.string))]
    (one,) = cut_text(text, [quote(7, *parts)])
    assert one.quotes == (7,)
    assert [" ".join(one.segment.words[s:e]) for s, e in one.segment.quotes[0]] == ["“ Go , ”", "“ now . ”"]


def test_a_quotation_that_runs_on_into_the_next_chapter_is_one_of_both() -> None:
    """“I slept. ¶ # Two ¶ “I woke.”"""
    text = make_text("“I slept. ¶ # Two ¶ “I woke.” He rose.")
    second = text.string.index("“I woke")
    one, two = cut_text(text, [quote(0, (0, 9), (second, second + 9))])
    assert one.quotes == two.quotes == (0,)
    assert one.segment.quotes == (((0, 4),),)
    assert two.segment.quotes == (((1, 6),),)


def test_a_part_that_a_cut_goes_through_is_cut_too() -> None:
    """“Go . . . four words a sentence, cut after the second."""
    text = make_text("“Go on now. Go on now. Go on now. Go on now.”")
    one, two = cut_text(text, [quote(0, (0, len(text.string)))], longest=9)
    assert one.segment.quotes == (((0, len(one.segment.words)),),)
    assert two.segment.quotes == (((0, len(two.segment.words)),),)
    assert two.segment.sentences[0] == 0


def test_a_long_chapter_is_cut_at_paragraphs_into_pieces_about_alike() -> None:
    """Ten paragraphs of six words, at most 25 in a piece."""
    text = make_text(" ¶ ".join(["Tom slept at the weir."] * 10))
    pieces = list(cut_text(text, (), longest=25))
    assert [len(one.segment.words) for one in pieces] == [18, 24, 18]
    assert all(one.segment.paragraphs[0] == 0 and one.first % 6 == 0 for one in pieces)


def test_a_long_paragraph_is_cut_at_a_sentence() -> None:
    """Ten sentences of six words."""
    pieces = list(cut_text(make_text(" ".join(["Tom slept at the weir."] * 10)), (), longest=25))
    assert [one.segment.words[0] for one in pieces] == ["Tom"] * 3


def test_a_sentence_without_end_is_cut_at_a_word() -> None:
    pieces = list(cut_text(make_text("and on " * 500), (), longest=100))
    assert [len(one.segment.words) for one in pieces] == [100] * 10


def test_a_text_without_words_has_no_segment() -> None:
    """* * *"""
    assert list(cut_text(make_text("* * *"), ())) == []
    assert list(cut_text(Text("", (), (), SpanList.of(()), SpanList.of(())), ())) == []


@pytest.mark.parametrize("longest", [1, 3, 10, 1000])
def test_the_words_of_a_story_are_all_there_once_and_in_order(longest: int) -> None:
    text = WEIR.text
    pieces = list(cut_text(text, WEIR.quotes, longest=longest))
    assert [word for one in pieces for word in one.segment.words] == [text.quote(token) for token in text.tokens]
    assert [one.first for one in pieces] == [sum(len(p.segment.words) for p in pieces[:i]) for i in range(len(pieces))]


@settings(deadline=None)
@given(st.integers(1, 40), st.data())
def test_a_segment_is_sound_wherever_it_was_cut(longest: int, data: st.DataObject) -> None:
    """Quotations anywhere, even within one another."""
    text = replace(WEIR.text)
    spans = st.tuples(st.integers(0, len(text.string)), st.integers(0, 80))
    quotes = [quote(i, (start, start + size)) for i, (start, size) in enumerate(data.draw(st.lists(spans, max_size=8)))]
    n_inside = 0
    for one in cut_text(text, quotes, longest=longest):
        n = len(one.segment.words)
        assert n
        for firsts in (one.segment.sentences, one.segment.paragraphs):
            assert firsts[0] == 0 and list(firsts) == sorted(set(firsts)) and firsts[-1] < n
        assert len(one.quotes) == len(one.segment.quotes)
        ranges = [part for parts in one.segment.quotes for part in parts]
        assert all(0 <= start < end <= n for start, end in ranges)
        n_inside += sum(end - start for start, end in ranges)
    assert n_inside == sum(len(text.tokens.inside(part)) for q in quotes for part in q.parts)


def test_a_whole_text_is_numbered_as_its_tokens_are() -> None:
    """# One ¶ “Go,” said Tom. ¶ # Two ¶ Ann wept."""
    text = make_text("# One ¶ “Go,” said Tom. ¶ # Two ¶ Ann wept.")
    start = text.string.index("“")
    placed = whole_segment(text, [quote(7, (start, start + 5))])
    assert placed.segment.words == tuple(text.quote(token) for token in text.tokens)
    assert (placed.first, placed.quotes) == (0, (7,))
    assert [placed.segment.words[a:b] for parts in placed.segment.quotes for a, b in parts] == [("“", "Go", ",", "”")]
