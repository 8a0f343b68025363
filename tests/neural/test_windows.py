"""Segments cut into windows, and the cases of words: examples and laws."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabula.neural.windows import (
    LONGEST_WORD,
    LOWER,
    MIXED,
    N_CASES,
    NO_LETTERS,
    OPENS_SENTENCE,
    TITLE,
    UPPER,
    Window,
    case_ids,
    case_of,
    cut_windows,
)

ROOM = 30  # pieces, in the laws: a few words


@st.composite
def segments(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    """The number of pieces of each word, and where sentences begin."""
    words = draw(st.lists(st.integers(1, LONGEST_WORD), max_size=80))
    starts = draw(st.sets(st.integers(0, max(len(words) - 1, 0)), max_size=30))
    return words, sorted(starts | {0}) if words else []


def cut(words: list[int], sentences: list[int], context: int = 10) -> tuple[Window, ...]:
    return cut_windows(words, sentences, window=ROOM + 2, context=context)


@settings(deadline=None)
@given(segments())
def test_every_word_is_taken_once_from_a_window_that_holds_it(segment: tuple[list[int], list[int]]) -> None:
    words, sentences = segment
    windows = cut(words, sentences)
    assert [i for w in windows for i in range(w.first, w.last)] == list(range(len(words)))
    assert all(w.start <= w.first <= w.last <= w.end for w in windows)


@settings(deadline=None)
@given(segments())
def test_windows_get_on_and_are_as_full_as_they_can_be(segment: tuple[list[int], list[int]]) -> None:
    words, sentences = segment
    windows = cut(words, sentences)
    for window in windows:
        assert sum(words[window.start : window.end]) <= ROOM
        assert window.end == len(words) or sum(words[window.start : window.end + 1]) > ROOM
    for one, other in pairwise(windows):
        assert one.start < other.start <= one.end < other.end


@settings(deadline=None)
@given(segments())
def test_only_inside_a_sentence_longer_than_a_window_one_begins_with_another_word(segment: tuple[list[int], list[int]]) -> None:
    words, sentences = segment
    ends = [*sentences[1:], len(words)]
    for window in cut(words, sentences):
        if window.start not in sentences:
            start, end = next((s, e) for s, e in zip(sentences, ends, strict=True) if s < window.start < e)
            assert sum(words[start:end]) > ROOM


@settings(deadline=None)
@given(segments())
def test_a_word_is_taken_from_where_it_has_most_around_it(segment: tuple[list[int], list[int]]) -> None:
    words, sentences = segment
    windows = cut(words, sentences)

    def around(i: int, window: Window) -> int:
        left = sum(words[window.start : i]) if window.start else 10**6
        right = sum(words[i + 1 : window.end]) if window.end < len(words) else 10**6
        return min(left, right)

    for i in range(len(words)):
        holding = [w for w in windows if w.start <= i < w.end]
        best = max(holding, key=lambda w: around(i, w))
        assert best.first <= i < best.last


def test_a_short_segment_is_one_window() -> None:
    """He went. She stayed."""
    assert cut_windows([1] * 6, [0, 3]) == (Window(0, 6, 0, 6),)


def test_an_empty_segment_has_no_window() -> None:
    assert cut_windows([], []) == ()


def test_a_sentence_that_a_window_cuts_begins_the_next_one_even_if_more_is_repeated() -> None:
    """Four sentences of twelve pieces: the third is cut after six, and four may be repeated."""
    assert [w.start for w in cut([1] * 48, [0, 12, 24, 36], context=4)] == [0, 24]


def test_a_sentence_longer_than_a_window_is_cut_at_words() -> None:
    """Forty words without a stop."""
    assert [(w.start, w.end) for w in cut([1] * 40, [0], context=10)] == [(0, 30), (20, 40)]


@pytest.mark.parametrize(
    ("word", "case"),
    [
        ("will", LOWER),
        ("Will", TITLE),
        ("I", TITLE),
        ("HIS", UPPER),
        ("Mr.", TITLE),
        ("’Tis", TITLE),
        ("O’Brien", MIXED),
        ("iPad", MIXED),
        ("well-Known", MIXED),
        ("Mother-in-law", TITLE),
        ("J.R.", UPPER),
        ("É", TITLE),
        ("ÉLAN", UPPER),
        ("1850", NO_LETTERS),
        ("“", NO_LETTERS),
        ("1st", LOWER),
        ("山水", LOWER),
        ("ǅ", TITLE),
        ("", NO_LETTERS),
    ],
)
def test_the_case_of_a_word(word: str, case: int) -> None:
    assert case_of(word) == case


def test_the_first_word_with_a_letter_opens_its_sentence() -> None:
    """“ Will came . ” ... — 5 ! HE"""
    words = "“ Will came . ” ... — 5 ! HE".split()
    got = case_ids(words, [0, 5, 9])
    opens = [NO_LETTERS, TITLE + OPENS_SENTENCE, LOWER, NO_LETTERS, NO_LETTERS, NO_LETTERS, NO_LETTERS, NO_LETTERS, NO_LETTERS]
    assert got.tolist() == [*opens, UPPER + OPENS_SENTENCE]
    assert got.dtype == np.uint8
    assert got.max() < N_CASES
