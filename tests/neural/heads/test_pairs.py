"""How well pairs of mentions go together: every feature has its say."""

from __future__ import annotations

import numpy as np
import pytest

from fabula.neural.heads.pairs import PairHead
from fabula.neural.heads.parameters import Parameters
from fabula.neural.pairs import FEATURES
from tests.neural.made_up import make_arrays


@pytest.mark.parametrize("name", FEATURES)
def test_every_feature_counts(name: str) -> None:
    """two pairs of the same mentions that fall into different bins of one feature"""
    head = PairHead(Parameters(make_arrays()).of("pairs"))
    m = np.random.default_rng(1).normal(size=(2, 256)).astype(np.float32)
    features = np.zeros((2, len(FEATURES)), np.int64)
    features[1, list(FEATURES).index(name)] = FEATURES[name] - 1
    one, other = head(m, np.array([1, 1]), np.array([0, 0]), features)
    assert np.abs(one - other).min() > 1e-3
