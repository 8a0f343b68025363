"""Clusters out of the scores of pairs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fabula.readers.cast.coreference import cluster_mentions

Pair = tuple[int, int, float]


def test_mentions_that_nothing_joins_stay_apart() -> None:
    """Tom. A dog."""
    assert cluster_mentions(2, []) == [[0], [1]]
    assert cluster_mentions(2, [(1, 0, -2.0)]) == [[0], [1]]


def test_one_wrong_pair_does_not_fuse_two_people() -> None:
    """Tom ... he ... Ned ... he: the second "he" is likely Ned, less likely Tom, and Ned is not Tom."""
    pairs = [(1, 0, 4.0), (3, 2, 4.0), (2, 0, -4.0), (2, 1, -3.0), (3, 0, 1.0), (3, 1, 0.5)]
    assert cluster_mentions(4, pairs) == [[0, 1], [2, 3]]


def test_the_surest_pairs_are_joined_first() -> None:
    """a pronoun between two names that are not one"""
    assert cluster_mentions(3, [(1, 0, 1.0), (2, 1, 2.0), (2, 0, -3.0)]) == [[0], [1, 2]]


@st.composite
def scored(draw: st.DrawFn) -> tuple[int, list[Pair]]:
    n = draw(st.integers(0, 9))
    every = [(later, earlier) for later in range(n) for earlier in range(later)]
    chosen = draw(st.lists(st.sampled_from(every), unique=True)) if every else []
    return n, [(later, earlier, draw(st.floats(-9, 9))) for later, earlier in chosen]


@given(scored())
def test_every_mention_is_in_one_cluster(case: tuple[int, list[Pair]]) -> None:
    """whatever the scores"""
    n, pairs = case
    clusters = cluster_mentions(n, pairs)
    assert sorted(mention for cluster in clusters for mention in cluster) == list(range(n))
    assert clusters == sorted(clusters)


@given(scored())
def test_the_order_of_the_pairs_does_not_matter_but_for_ties(case: tuple[int, list[Pair]]) -> None:
    """the same pairs, the other way round"""
    n, pairs = case
    distinct = [(later, earlier, score + at * 1e-6) for at, (later, earlier, score) in enumerate(pairs)]
    assert cluster_mentions(n, distinct, doubt=99.0) == cluster_mentions(n, distinct[::-1], doubt=99.0)
