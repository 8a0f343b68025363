"""Counts of documents that add up, the ratios taken of their sums, and how far those would move with other documents.

Ratios are of sums, not means of ratios: every mention, word or link has the same weight, whichever document it stands in.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import NamedTuple, Self, TypeVar

import numpy as np

N_RESAMPLES = 1_000
SEED = 1
COVERED = 95  # per cent of the resamples that an interval holds


@dataclass(frozen=True, slots=True)
class Summed:
    """A record of counts, or of records of counts, that is added field by field."""

    def __add__(self, other: Self) -> Self:
        return type(self)(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


@dataclass(frozen=True, slots=True)
class Share(Summed):
    """`hit` of `total`."""

    hit: float = 0.0
    total: float = 0.0

    @property
    def value(self) -> float:
        """From 0 to 1; nan where there is nothing to divide by."""
        return self.hit / self.total if self.total else math.nan


@dataclass(frozen=True, slots=True)
class Agreement(Summed):
    """Of what was predicted with gold. What has nothing to divide by is 0, as the reference scorers have it."""

    predicted: Share = field(default_factory=Share)
    gold: Share = field(default_factory=Share)

    @classmethod
    def of(cls, gold: Collection[object], predicted: Collection[object]) -> Self:
        """Of two sets: what is in both is right."""
        n_right = len(set(gold) & set(predicted))
        return cls(Share(n_right, len(set(predicted))), Share(n_right, len(set(gold))))

    @property
    def precision(self) -> float:
        return self.predicted.value if self.predicted.total else 0.0

    @property
    def recall(self) -> float:
        return self.gold.value if self.gold.total else 0.0

    @property
    def f1(self) -> float:
        precision, recall = self.precision, self.recall
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


class Figure(NamedTuple):
    """A ratio from 0 to 1, and the interval that holds `COVERED` per cent of what resampled documents give."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        """In per cent.

        >>> [str(figure) for figure in (Figure(0.9, 0.855, 0.95), Figure(math.nan, math.nan, math.nan))]
        ['90.0 [85.5, 95.0]', '–']
        """
        return "–" if math.isnan(self.value) else f"{100 * self.value:.1f} [{100 * self.low:.1f}, {100 * self.high:.1f}]"


C = TypeVar("C", bound=Summed)


def total(counts: Sequence[C]) -> C:
    """The sum of at least one."""
    summed = counts[0]
    for more in counts[1:]:
        summed = summed + more
    return summed


def measure(
    groups: Sequence[Sequence[C]], ratios: Mapping[str, Callable[[C], float]], *, n_resamples: int = N_RESAMPLES, seed: int = SEED
) -> dict[str, Figure]:
    """Every ratio, with its interval; of several groups (the folds) the mean of theirs.

    groups: the counts of their documents. Documents are drawn anew, with replacement, within each group.
    """
    values = {name: _mean(ratio, [total(group) for group in groups]) for name, ratio in ratios.items()}
    drawn: dict[str, list[float]] = {name: [] for name in ratios}
    chance = random.Random(seed)
    for _ in range(n_resamples):
        sums = [total(chance.choices(group, k=len(group))) for group in groups]
        for name, ratio in ratios.items():
            drawn[name].append(_mean(ratio, sums))
    tail = (100 - COVERED) / 2
    figures: dict[str, Figure] = {}
    for name, value in values.items():
        known = [one for one in drawn[name] if not math.isnan(one)]
        low, high = np.percentile(known, [tail, 100 - tail]).tolist() if known else (math.nan, math.nan)
        figures[name] = Figure(value, low, high)
    return figures


def _mean(ratio: Callable[[C], float], sums: Sequence[C]) -> float:
    return math.fsum(ratio(one) for one in sums) / len(sums)
