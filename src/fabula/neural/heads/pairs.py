"""How well pairs of mentions go together: as the same one, and as what one says of the other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fabula.neural.heads.parameters import Floats, Linear, Parameters, relu
from fabula.neural.pairs import FEATURES, N_PAIR_KINDS

BLOCK = 512  # pairs at a time, so that they stay in the processor's cache
N_TRAINED_OUTPUTS = 3  # the third follows GUM's guidelines, and only training needs it
N_OUTPUTS = 2  # coreference, attribute
_JOINED = (("kind", "quotes", "nested", "words"), ("mentions", "sentences", "paragraphs", "count"), ("types", "persons"))

Ints = NDArray[np.int64]


class PairHead:
    """Log-odds of pairs against "no earlier mention"."""

    def __init__(self, parameters: Parameters) -> None:
        self._later = parameters.linear("later")
        self._earlier = parameters.linear("earlier", bias=False)
        self._product_later = parameters.linear("product_later")
        self._product_earlier = parameters.linear("product_earlier")
        self._product = parameters.linear("product", bias=False)
        self._features = _join_features(parameters.array("features.weight", 2))
        output = parameters.array("output.weight", 2).reshape(N_PAIR_KINDS, N_TRAINED_OUTPUTS, -1)[:, :N_OUTPUTS]
        flat = output.reshape(N_PAIR_KINDS * N_OUTPUTS, -1)
        self._output = Linear(np.ascontiguousarray(flat[:, :-1].T), np.ascontiguousarray(flat[:, -1]))

    def __call__(self, mentions: Floats, later: Ints, earlier: Ints, features: Ints) -> Floats:
        """[n_pairs, N_OUTPUTS]; mentions: vectors [n_mentions, 256]; later, earlier: rows of it; features: of `find_features`."""
        sides = self._later(mentions), self._earlier(mentions)
        factors = self._product_later(mentions), self._product_earlier(mentions)
        places = [_join_bins(features, names) for names in _JOINED]
        scores = np.empty((len(later), N_OUTPUTS), np.float32)
        for at in range(0, len(later), BLOCK):
            block = slice(at, at + BLOCK)
            one, other = later[block], earlier[block]
            hidden = self._product(factors[0][one] * factors[1][other])
            hidden += sides[0][one]
            hidden += sides[1][other]
            for table, place in zip(self._features, places, strict=True):
                hidden += table[place[block]]
            by_kind = self._output(relu(hidden)).reshape(-1, N_PAIR_KINDS, N_OUTPUTS)
            scores[block] = by_kind[np.arange(len(one)), features[block, 0]]
        return scores


def _join_features(weight: Floats) -> list[Floats]:
    """A vector for every combination of bins of a few features: three are looked up instead of ten."""
    ends = np.cumsum(list(FEATURES.values()))
    rows = {name: weight[end - n : end] for (name, n), end in zip(FEATURES.items(), ends, strict=True)}
    tables = []
    for names in _JOINED:
        table = np.zeros((1, weight.shape[1]), np.float32)
        for name in names:
            table = (table[:, None] + rows[name][None]).reshape(-1, weight.shape[1])
        tables.append(table)
    return tables


def _join_bins(features: Ints, names: tuple[str, ...]) -> Ints:
    columns = list(FEATURES)
    joined = np.zeros(len(features), np.int64)
    for name in names:
        joined = joined * FEATURES[name] + features[:, columns.index(name)]
    return joined
