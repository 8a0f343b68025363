"""Whether probabilities say how often they are right."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from evaluation.counts import Summed

N_BINS = 10  # of equal width


@dataclass(frozen=True, slots=True)
class Calibration(Summed):
    """By bin of probability: how many claims there were, the sum of their probabilities, how many came true."""

    n: tuple[float, ...] = (0.0,) * N_BINS
    claimed: tuple[float, ...] = (0.0,) * N_BINS
    right: tuple[float, ...] = (0.0,) * N_BINS

    @classmethod
    def of(cls, claims: Iterable[tuple[float, bool]]) -> Self:
        """Of pairs of a probability and whether it came true."""
        n, claimed, right = ([0.0] * N_BINS for _ in range(3))
        for probability, is_right in claims:
            place = min(int(probability * N_BINS), N_BINS - 1)
            n[place] += 1
            claimed[place] += probability
            right[place] += is_right
        return cls(tuple(n), tuple(claimed), tuple(right))

    def __add__(self, other: Self) -> Self:
        pairs = ((self.n, other.n), (self.claimed, other.claimed), (self.right, other.right))
        return type(self)(*(tuple(a + b for a, b in zip(*pair, strict=True)) for pair in pairs))

    @property
    def error(self) -> float:
        """The expected calibration error: how far claims and truth part in a bin, the mean over all claims; nan if there is none.

        >>> round(Calibration.of([(0.95, True), (0.95, False)]).error, 2)
        0.45
        """
        apart = math.fsum(abs(claimed - right) for claimed, right in zip(self.claimed, self.right, strict=True))
        return apart / sum(self.n) if sum(self.n) else math.nan
