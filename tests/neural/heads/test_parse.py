"""On which word each word hangs: what the distance between them adds."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from fabula.neural.encoder import WIDTH
from fabula.neural.heads.parameters import Parameters
from fabula.neural.heads.parse import N_DISTANCES, ParseHead, distance_bins
from fabula.neural.segments import NO_HEAD
from tests.neural.made_up import make_arrays

ITSELF = N_DISTANCES // 2  # the bin in the middle


def heads_of(distances: NDArray[np.float32], n_words: int, sentences: list[int]) -> list[int]:
    """The heads of words that are all alike, so that nothing but the distance is asked, and the root as little as may be."""
    arrays = {name: np.zeros_like(array) for name, array in make_arrays().items() if name.startswith("parse.")}
    arrays["parse.dependent.linear.bias"] += 1
    arrays["parse.root"] += 1e-4
    arrays["parse.arc_distances"] += distances[:, None]
    head = ParseHead(Parameters(arrays).of("parse"))
    heads, _ = head(np.zeros((n_words, WIDTH), np.float32), np.array(sentences, np.int64))
    return [int(above) for above in heads]


def only(bin_: int) -> NDArray[np.float32]:
    wanted = np.zeros(N_DISTANCES, np.float32)
    wanted[bin_] = 1
    return wanted


def test_near_words_have_bins_of_their_own_and_far_ones_share() -> None:
    """a word and forty behind it, the head one to the right, two, and so on"""
    [bins, *_] = distance_bins(41).tolist()
    assert bins[:7] == [ITSELF + distance for distance in range(7)]
    assert bins[6] == bins[7] < bins[8] == bins[10] < bins[11]
    assert bins[24] < bins[25] == bins[40] == N_DISTANCES - 1


@settings(deadline=None)
@given(st.integers(0, 60), st.integers(0, 60))
def test_bins_are_places_in_the_table_and_left_mirrors_right(n: int, more: int) -> None:
    """sentences of any length: those of a shorter one are the corner of those of a longer one"""
    bins = distance_bins(n)
    assert bins.shape == (n, n)
    assert ((bins >= 0) & (bins < N_DISTANCES)).all()
    assert (bins + bins.T == 2 * ITSELF).all()
    assert (distance_bins(n + more)[:n, :n] == bins).all()


def test_a_word_hangs_as_far_off_and_on_the_side_that_it_wants() -> None:
    """four words of which each wants the next one, the one before, the next but one"""
    assert heads_of(only(ITSELF + 1), 4, [0]) == [1, 2, 3, NO_HEAD]
    assert heads_of(only(ITSELF - 1), 4, [0]) == [NO_HEAD, 0, 1, 2]
    assert heads_of(only(ITSELF + 2), 4, [0])[:2] == [2, 3]


def test_distances_are_counted_within_a_sentence() -> None:
    """sentences of three words, one and two: each wants the next one, but none over the end"""
    assert heads_of(only(ITSELF + 1), 6, [0, 3, 4]) == [1, 2, NO_HEAD, NO_HEAD, 5, NO_HEAD]


def test_what_a_word_says_of_itself_does_not_count() -> None:
    """three words that want themselves"""
    heads = heads_of(only(ITSELF), 3, [0])
    assert heads.count(NO_HEAD) == 1
    assert all(above != word for word, above in enumerate(heads))
