"""How well pairs of mentions go together: every feature has its say."""

from __future__ import annotations

import numpy as np
import pytest

from fabula.neural.heads.pairs import PairHead
from fabula.neural.heads.parameters import Parameters
from fabula.neural.pairs import FEATURES
from fabula.neural.surroundings import cut_mention_windows
from tests.neural.made_up import make_arrays, make_table


@pytest.mark.parametrize("name", FEATURES)
def test_every_feature_counts(name: str) -> None:
    """two pairs of the same mentions that fall into different bins of one feature"""
    head = PairHead(Parameters(make_arrays()).of("pairs"))
    m = np.random.default_rng(1).normal(size=(2, 256)).astype(np.float32)
    features = np.zeros((2, len(FEATURES)), np.int64)
    features[1, list(FEATURES).index(name)] = FEATURES[name] - 1
    one, other = head(m, make_table(2), np.array([1, 1]), np.array([0, 0]), features)
    assert np.abs(one - other).min() > 1e-3


def score_all(n: int, changed: int | None = None) -> np.ndarray:
    """Of n mentions every pair, [n, n]; changed: a mention that is another one."""
    head = PairHead(Parameters(make_arrays()).of("pairs"))
    m = np.random.default_rng(1).normal(size=(n, 256)).astype(np.float32)
    if changed is not None:
        m[changed] = -m[changed]
    later, earlier = np.tril_indices(n, -1)
    scores = np.full((n, n), np.nan, np.float32)
    features = np.zeros((len(later), len(FEATURES)), np.int64)
    scores[later, earlier] = head(m, make_table(n), later, earlier, features)[:, 0]
    return scores


def test_a_pair_knows_the_mentions_around_it() -> None:
    """three mentions, the second one changed: it counts for the other two"""
    assert abs(score_all(3)[2, 0] - score_all(3, changed=1)[2, 0]) > 1e-3


def test_a_mention_that_is_far_away_hardly_matters() -> None:
    """the first of 300 mentions: the last windows do not hold it, and only what may be meant is shared"""
    changed = np.abs(score_all(300) - score_all(300, changed=0))
    assert changed[256:, 200:256].max() < 1e-3 < np.nanmax(changed[1:20, 1:20])


@pytest.mark.parametrize("n", [0, 1, 128, 129, 500])
def test_every_mention_is_taken_from_one_window(n: int) -> None:
    windows = cut_mention_windows(n)
    assert [at for window in windows for at in range(window.first, window.last)] == list(range(n))
    assert all(window.start <= window.first and window.last <= window.stop <= n for window in windows)
