"""How well pairs of mentions go together: as the same one, and as what one says of the other.

Pairs are scored twice: by themselves, then knowing the mentions around both and what the first scores say of those (after
higher-order inference, Lee et al. 2018; here by a small transformer over mentions, whose attention the first scores bend).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fabula.neural.heads.blocks import Norm, read_blocks, sum_tables
from fabula.neural.heads.parameters import Floats, Linear, Parameters, relu
from fabula.neural.pairs import FEATURES, N_PAIR_KINDS, MentionTable
from fabula.neural.surroundings import N_CODES, cut_mention_windows, find_codes, find_traits

BLOCK = 512  # pairs at a time, so that they stay in the processor's cache
N_TRAINED_OUTPUTS = 3  # the third follows GUM's guidelines, and only training needs it
N_OUTPUTS = 2  # coreference, attribute
LEAST = -5.0  # log-odds of a pair that is scored again
_JOINED = (("kind", "quotes", "nested", "words"), ("mentions", "sentences", "paragraphs", "count"), ("types", "persons"))

Ints = NDArray[np.int64]


class PairHead:
    """Log-odds of pairs against "no earlier mention"."""

    def __init__(self, parameters: Parameters) -> None:
        self._alone = _Sides(parameters)
        self._company = Company(parameters.of("company"))
        self._together = _Sides(parameters.of("together"))
        self._features = _join_features(parameters.array("features.weight", 2))
        output = parameters.array("output.weight", 2).reshape(N_PAIR_KINDS, N_TRAINED_OUTPUTS, -1)[:, :N_OUTPUTS]
        flat = output.reshape(N_PAIR_KINDS * N_OUTPUTS, -1)
        self._output = Linear(np.ascontiguousarray(flat[:, :-1].T), np.ascontiguousarray(flat[:, -1]))

    def __call__(self, mentions: Floats, table: MentionTable, later: Ints, earlier: Ints, features: Ints) -> Floats:
        """[n_pairs, N_OUTPUTS]; mentions: vectors [n_mentions, 256], table: the same; later, earlier: rows of it, by growing later;
        features: of `find_features`.
        """
        alone = self._alone(mentions)
        scores = self._score([alone], later, earlier, features)
        likely = np.flatnonzero(scores.max(1) > LEAST)
        together = self._together(self._company(mentions, table, later, earlier, scores[:, 0]))
        scores[likely] = self._score([alone, together], later[likely], earlier[likely], features[likely])
        return scores

    def _score(self, sides: Sequence[_Projected], later: Ints, earlier: Ints, features: Ints) -> Floats:
        places = [_join_bins(features, names) for names in _JOINED]
        scores = np.empty((len(later), N_OUTPUTS), np.float32)
        for at in range(0, len(later), BLOCK):
            block = slice(at, at + BLOCK)
            one, other = later[block], earlier[block]
            hidden = np.zeros((len(one), self._features[0].shape[1]), np.float32)
            for projected in sides:
                projected.add(hidden, one, other)
            for feature, place in zip(self._features, places, strict=True):
                hidden += feature[place[block]]
            by_kind = self._output(relu(hidden)).reshape(-1, N_PAIR_KINDS, N_OUTPUTS)
            scores[block] = by_kind[np.arange(len(one)), features[block, 0]]
        return scores


class _Projected(NamedTuple):
    """What mentions bring into pairs, as the later and as the earlier one: summed, and multiplied."""

    later: Floats
    earlier: Floats
    product_later: Floats
    product_earlier: Floats
    product: Linear

    def add(self, hidden: Floats, later: Ints, earlier: Ints) -> None:
        """To the pairs' hidden layer."""
        hidden += self.product(self.product_later[later] * self.product_earlier[earlier])
        hidden += self.later[later]
        hidden += self.earlier[earlier]


class _Sides:
    def __init__(self, parameters: Parameters) -> None:
        self._later = parameters.linear("later")
        self._earlier = parameters.linear("earlier", bias=False)
        self._product_later = parameters.linear("product_later")
        self._product_earlier = parameters.linear("product_earlier")
        self._product = parameters.linear("product", bias=False)

    def __call__(self, mentions: Floats) -> _Projected:
        return _Projected(
            self._later(mentions),
            self._earlier(mentions),
            self._product_later(mentions),
            self._product_earlier(mentions),
            self._product,
        )


class Company:
    """Mentions as those around them show them: [n_mentions, 128]."""

    def __init__(self, parameters: Parameters) -> None:
        self._mention = parameters.linear("mention")
        self._traits = parameters.array("traits.weight", 2)
        self._blocks = read_blocks(parameters)
        self._lies = sum_tables([parameters.array(f"bias_{name}", 2) for name in ("steps", "sentences", "quotes")])
        self._links = parameters.array("bias_links", 2)
        self._norm = Norm.of(parameters, "norm")

    def __call__(self, mentions: Floats, table: MentionTable, later: Ints, earlier: Ints, log_odds: Floats) -> Floats:
        """log_odds: [n_pairs], by growing later, that the later mention means the earlier one, against none."""
        x = self._mention(mentions)
        x += self._traits[find_traits(table)]
        found = np.empty_like(x)
        probabilities = choose_antecedents(later, log_odds)
        for window in cut_mention_windows(len(x)):
            pairs = slice(*np.searchsorted(later, (window.start, window.stop)))
            inside = earlier[pairs] >= window.start
            rows, columns = later[pairs][inside] - window.start, earlier[pairs][inside] - window.start
            linked = np.zeros((window.stop - window.start,) * 2, np.float32)
            linked[rows, columns] = probabilities[pairs][inside]
            bias = self._lies[np.ravel_multi_index(find_codes(table, window), N_CODES)]
            bias = bias + linked[..., None] * self._links[0] + linked.T[..., None] * self._links[1]
            bias = np.ascontiguousarray(bias.transpose(2, 0, 1))
            n_heads = len(bias) // len(self._blocks)
            seen = x[window.start : window.stop]
            for number, block in enumerate(self._blocks):
                seen = block(seen, bias[number * n_heads : (number + 1) * n_heads])
            found[window.first : window.last] = seen[window.first - window.start : window.last - window.start]
        return self._norm(found)


def choose_antecedents(later: Ints, log_odds: Floats) -> Floats:
    """[n_pairs]: the probability of each to be chosen, among all of its later mention and none.

    >>> choose_antecedents(np.array([1, 2, 2]), np.array([0.0, 0.0, -30.0], np.float32)).round(2).tolist()
    [0.5, 0.5, 0.0]
    """
    if not len(later):
        return np.zeros(0, np.float32)
    odds = np.exp(np.minimum(log_odds, 30.0))
    total = 1.0 + np.bincount(later, odds)
    chosen: Floats = (odds / total[later]).astype(np.float32)
    return chosen


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
