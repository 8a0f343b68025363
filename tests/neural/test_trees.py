"""Scores of heads decoded into trees: laws against all trees, and sizes."""

from __future__ import annotations

from itertools import product
from time import process_time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from fabula.neural.segments import NO_HEAD
from fabula.neural.trees import decode_tree, find_broken, find_tops, is_tree, pick_heads


@st.composite
def score_tables(draw: st.DrawFn, longest: int = 5) -> NDArray[np.float32]:
    n = draw(st.integers(1, longest))
    return np.array(draw(st.lists(st.integers(-9, 9), min_size=n * n + n, max_size=n * n + n)), np.float32).reshape(n, n + 1)


def reaches_one_root(heads: tuple[int, ...]) -> bool:
    """Followed by hand."""
    if heads.count(NO_HEAD) != 1:
        return False
    for word in range(len(heads)):
        steps = 0
        while word != NO_HEAD:
            word, steps = heads[word], steps + 1
            if steps > len(heads):
                return False
    return True


def total(scores: NDArray[np.float32], heads: tuple[int, ...]) -> float:
    return sum(float(scores[word, head]) for word, head in enumerate(heads))  # NO_HEAD is the last column


@settings(deadline=None)
@given(score_tables())
def test_no_tree_with_one_root_has_a_higher_score(scores: NDArray[np.float32]) -> None:
    n = len(scores)
    trees = [heads for heads in product(range(-1, n), repeat=n) if reaches_one_root(heads)]
    got = tuple(decode_tree(scores).tolist())
    assert reaches_one_root(got)
    assert total(scores, got) == max(total(scores, heads) for heads in trees)


@settings(deadline=None)
@given(score_tables(longest=40))
def test_a_long_sentence_is_a_tree(scores: NDArray[np.float32]) -> None:
    assert reaches_one_root(tuple(decode_tree(scores).tolist()))


def test_a_tree_that_the_words_agree_on_is_kept() -> None:
    """she slept here"""
    scores = np.full((3, 4), -5.0, np.float32)
    scores[[0, 1, 2], [1, 3, 1]] = 5
    assert decode_tree(scores).tolist() == [1, NO_HEAD, 1]


def test_a_word_does_not_hang_on_itself_however_much_it_wants_to() -> None:
    """she slept"""
    scores = np.array([[90, 1, 0], [0, 90, 1]], np.float32)
    assert pick_heads(scores).tolist() == [1, NO_HEAD]
    assert decode_tree(scores).tolist() == [1, NO_HEAD]


@pytest.mark.parametrize("n", [0, 1])
def test_the_shortest_sentences(n: int) -> None:
    assert decode_tree(np.zeros((n, n + 1), np.float32)).tolist() == [NO_HEAD] * n


def test_the_scores_are_left_as_they_were() -> None:
    scores = np.array([[0, 5, 1], [6, 0, 2]], np.float32)
    before = scores.copy()
    decode_tree(scores)
    assert (scores == before).all()


def test_sentences_that_are_no_trees_are_found_among_many() -> None:
    """A tree; two roots; a circle; a circle beside a root; a tree."""
    sentences = [[1, -1], [-1, -1], [1, 0], [-1, 2, 1], [-1]]
    firsts = np.cumsum([0, *map(len, sentences)])[:-1]
    heads = [h + first if h >= 0 else h for s, first in zip(sentences, firsts, strict=True) for h in s]
    assert find_broken(np.array(heads, np.int32), firsts).tolist() == [1, 2, 3]


@settings(deadline=None)
@given(st.integers(1, 6).flatmap(lambda n: st.lists(st.integers(-1, n - 1), min_size=n, max_size=n)))
def test_a_tree_is_told_from_what_is_none(heads: list[int]) -> None:
    assert is_tree(np.array(heads, np.int32)) == reaches_one_root(tuple(heads))


def test_two_hundred_words_that_want_to_run_in_circles_take_no_time() -> None:
    """Noise: nobody hangs on the root, and circles lie in circles."""
    scores = np.random.default_rng(1).normal(size=(200, 201)).astype(np.float32)
    scores[:, -1] -= 100
    started = process_time()
    heads = decode_tree(scores)
    assert process_time() - started < 1
    assert reaches_one_root(tuple(heads.tolist()))


def test_circles_within_circles_four_hundred_words_deep() -> None:
    """Each word wants the one before it, the first the second: every circle takes in one word more."""
    n = 400
    scores = np.zeros((n, n + 1), np.float32)
    scores[np.arange(1, n), np.arange(n - 1)] = 1
    scores[np.arange(n - 1), np.arange(1, n)] = np.arange(n - 1, 0, -1) / n + 1
    scores[:, -1] = -50
    started = process_time()
    heads = decode_tree(scores)
    assert process_time() - started < 3
    assert reaches_one_root(tuple(heads.tolist()))


def test_a_mention_hangs_by_the_word_whose_head_lies_outside() -> None:
    """[the mother of Tom] came; a ring has no such word, and gives its last"""
    heads = np.array([1, 4, 3, 1, -1])
    assert find_tops(heads, np.array([0, 2, 0]), np.array([4, 4, 1])).tolist() == [1, 3, 0]
    assert find_tops(np.array([1, 0]), np.array([0]), np.array([2])).tolist() == [1]
