"""Which stretches of words mean somebody or something, and what kind and type they are."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from fabula.neural.heads.parameters import Floats, Parameters, relu

LONGEST_MENTION = 64  # words, as in training
WIDTH_BINS = (1, 2, 3, 4, 5, 6, 8, 11, 16, 24, 40)  # as in training: how many of these are no larger than a span has words
GUIDELINE = 0  # LitBank's; 1 is GUM's, which only training needs
LIGHTEST = 1e-6  # of the weights of a span
MOST_CANDIDATES = 0.7  # a word, as in training
FEWEST_CANDIDATES = 8


@dataclass(frozen=True, slots=True)
class Spans:
    """The mentions of a segment, in text order, outer before inner.

    starts, ends: half-open; classes: places in the inventory; vectors [n_mentions, 256]: for the scores of pairs.
    """

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    classes: NDArray[np.uint8]
    probabilities: Floats
    vectors: Floats


class MentionHead:
    """A score for every stretch of a sentence, then a closer look at the best.

    candidate: log-odds from which a stretch is looked at. threshold: probability from which it is a mention.
    """

    def __init__(self, parameters: Parameters, *, candidate: float, threshold: float, temperature: float) -> None:
        self._start = parameters.linear("start.linear")
        self._end = parameters.linear("end.linear")
        self._span = parameters.array("span", 2)
        self._span_start = parameters.linear("span_start")
        self._span_end = parameters.linear("span_end")
        self._at_start = parameters.linear("at_start")
        self._at_end = parameters.linear("at_end", bias=False)
        self._pooled = parameters.linear("pooled", bias=False)
        self._weight = parameters.linear("weight", bias=False)
        self._width = parameters.array("width.weight", 2)
        self._classes = parameters.linear("classes")
        self._candidate = candidate
        self._threshold = threshold
        self._temperature = temperature

    def __call__(self, h: Floats, sentences: NDArray[np.int64]) -> Spans:
        """The mentions that it finds. sentences: the number of the first word of each, none of them empty."""
        spans = self.classify(h, *self.find_candidates(h, sentences))
        kept = spans.probabilities > self._threshold
        return Spans(spans.starts[kept], spans.ends[kept], spans.classes[kept], spans.probabilities[kept], spans.vectors[kept])

    def classify(self, h: Floats, starts: NDArray[np.int64], lasts: NDArray[np.int64]) -> Spans:
        """What each stretch would be as a mention, and whether it is one. lasts: of the last words, included."""
        vectors = self.describe(h, starts, lasts)
        scores = self._classes(vectors)
        some = np.logaddexp.reduce(scores[:, 1:], axis=1)  # of any class, against none
        odds = np.clip((some - scores[:, 0]) / self._temperature, -80, 80)
        classes = scores[:, 1:].argmax(1).astype(np.uint8)
        return Spans(starts, lasts + 1, classes, (1 / (1 + np.exp(-odds))).astype(np.float32), vectors)

    def find_candidates(self, h: Floats, sentences: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """First and last words, in text order, outer before inner."""
        start, end = relu(self._start(h)), relu(self._end(h))
        asked = start @ self._span
        from_start, from_end = self._span_start(start)[:, GUIDELINE], self._span_end(end)[:, GUIDELINE]
        bounds = [*sentences.tolist(), len(h)]
        band = _band(max(map(int.__sub__, bounds[1:], bounds), default=0))
        rows, columns, found = [], [], []
        for first, stop in pairwise(bounds):
            for at in range(first, stop, 2 * LONGEST_MENTION):  # of a long sentence only what lies along the diagonal
                n, reach = min(stop - at, 2 * LONGEST_MENTION), min(stop - at, 3 * LONGEST_MENTION)
                scores = asked[at : at + n] @ end[at : at + reach].T
                scores += from_start[at : at + n, None]
                scores += from_end[at : at + reach]
                row, column = np.nonzero((scores > self._candidate) & band[:n, :reach])
                rows.append(row + at)
                columns.append(column + at)
                found.append(scores[row, column])
        if not rows:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        starts, lasts, log_odds = np.concatenate(rows), np.concatenate(columns), np.concatenate(found)
        most = max(FEWEST_CANDIDATES, int(MOST_CANDIDATES * len(h)))
        if len(starts) > most:
            best = log_odds >= np.partition(log_odds, -most)[-most]
            starts, lasts = starts[best], lasts[best]
        order = np.lexsort((-lasts, starts))
        return starts[order], lasts[order]

    def describe(self, h: Floats, starts: NDArray[np.int64], lasts: NDArray[np.int64]) -> Floats:
        """A vector of each stretch, [n_spans, 256]; lasts: of the last words, included."""
        weights = np.exp(np.clip(self._weight(h), -15, 15))
        pooled = _sum_words(np.concatenate([h * weights, weights], 1), starts, lasts)
        pooled[:, :-1] /= np.maximum(pooled[:, -1:], LIGHTEST)
        bins = np.searchsorted(WIDTH_BINS, lasts - starts + 1, side="right")
        added = self._at_start(h[starts])
        added += self._at_end(h[lasts])
        added += self._pooled(pooled[:, :-1])
        added += self._width[bins]
        return relu(added)


def _sum_words(x: Floats, starts: NDArray[np.int64], lasts: NDArray[np.int64]) -> Floats:
    """The sum of the rows of each stretch, word after word; most stretches are one or two words."""
    widths = lasts - starts + 1
    order = np.argsort(-widths, kind="stable")
    summed = np.zeros((len(starts), x.shape[1]), np.float32)
    for ahead in range(int(widths.max(initial=0))):
        longer = order[: int((widths > ahead).sum())]
        summed[longer] += x[starts[longer] + ahead]
    return summed


def _band(longest: int) -> NDArray[np.bool_]:
    """Which columns a row may reach: from its own place on, LONGEST_MENTION of them."""
    n = min(longest, 3 * LONGEST_MENTION)
    places = np.arange(n)
    ahead = places[None] - places[:, None]
    band: NDArray[np.bool_] = (ahead >= 0) & (ahead < LONGEST_MENTION)
    return band
