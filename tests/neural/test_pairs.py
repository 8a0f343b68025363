"""What a pair of mentions looks like from outside."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabula.neural.pairs import FEATURES, KINDS, PARAGRAPH_BINS, describe_mentions, find_features
from fabula.records import MentionKind

NAME, NOMINAL, PRONOUN = map(KINDS.index, (MentionKind.NAME, MentionKind.NOMINAL, MentionKind.PRONOUN))
NO_WORD, SAME_STRING, SAME_HEAD, CONTAINED, SHARED = range(5)


def features_of(*mentions: str, kind: int = NOMINAL, paragraphs: Sequence[int] = ()) -> dict[tuple[int, int], dict[str, int]]:
    """The features of all pairs of mentions, one a sentence; the last word is the head. paragraphs: their first words."""
    words = [word for mention in mentions for word in mention.split()]
    sizes = np.array([len(mention.split()) for mention in mentions], np.int64)
    ends = np.cumsum(sizes)
    starts = ends - sizes
    kinds = np.full(len(mentions), kind)
    table = describe_mentions(words, starts.tolist(), paragraphs, (), starts, ends, ends - 1, kinds, kinds)
    later, earlier = np.tril_indices(len(mentions), -1)
    rows = find_features(table, later, earlier).tolist()
    return {
        pair: dict(zip(FEATURES, row, strict=True))
        for pair, row in zip(zip(later.tolist(), earlier.tolist(), strict=True), rows, strict=True)
    }


def words_of(one: str, other: str) -> int:
    return features_of(one, other)[1, 0]["words"]


def test_the_words_of_a_pair() -> None:
    assert words_of("the old clerk", "an old clerk") == SAME_STRING
    assert words_of("the old clerk", "the young clerk") == SAME_HEAD
    assert words_of("Tom Hale", "Tom") == CONTAINED
    assert words_of("old Tom Hale", "Tom Reed") == SHARED
    assert words_of("Tom", "the clerk") == NO_WORD
    assert words_of("the clerk", "the boat") == NO_WORD


@settings(deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from([f"w{i}" for i in range(130)] + ["w1", "w2", "w3"]), min_size=1, max_size=5),
        min_size=2,
        max_size=12,
    )
)
def test_words_are_compared_as_sets_would_be(mentions: list[list[str]]) -> None:
    """More words than a mask has bits."""
    got = features_of(*(" ".join(mention) for mention in mentions))
    for (later, earlier), features in got.items():
        one, other = mentions[later], mentions[earlier]
        shared = [word for word in one if word in other]
        if one == other:
            wanted = SAME_STRING
        elif one[-1] == other[-1]:
            wanted = SAME_HEAD
        elif shared:
            wanted = CONTAINED if len(shared) in (len(one), len(other)) else SHARED
        else:
            wanted = NO_WORD
        assert features["words"] == wanted


def test_how_many_paragraphs_lie_between_a_pair() -> None:
    """she he ¶ it ¶ we"""
    features = features_of("she", "he", "it", "we", paragraphs=(0, 2, 3))
    assert features[1, 0]["paragraphs"] == 0
    assert features[2, 1]["paragraphs"] == features[3, 2]["paragraphs"] == 1
    assert features[3, 0]["paragraphs"] == 2


def test_paragraphs_that_are_not_known_have_a_bin_of_their_own() -> None:
    """she he, of which nobody knows the paragraphs; then in one, and far apart"""
    unknown = features_of("she", "he")[1, 0]["paragraphs"]
    assert unknown == FEATURES["paragraphs"] - 1
    apart = features_of(*["she"] * 20, paragraphs=range(20))
    assert {features["paragraphs"] for features in apart.values()} == set(range(1, len(PARAGRAPH_BINS) + 1))
    assert unknown not in {0, *(features["paragraphs"] for features in apart.values())}


@pytest.mark.parametrize("paragraphs", [(), (0, 30, 31, 32, 200)])
def test_every_bin_is_one_of_its_feature(paragraphs: Sequence[int]) -> None:
    for kind in (NAME, NOMINAL, PRONOUN):
        mentions = ["he", "Tom Hale", "his wife", "I", "the boats"] * 40
        for features in features_of(*mentions, kind=kind, paragraphs=paragraphs).values():
            assert all(0 <= features[name] < n for name, n in FEATURES.items())
