"""On which word each word hangs, and as what."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from fabula.neural.heads.parameters import Floats, Parameters, relu
from fabula.neural.segments import NO_HEAD
from fabula.neural.trees import decode_tree, find_broken, pick_heads

LONGEST_TREE = 400  # words; the scores of a sentence grow with the square
_DISTANCES = np.array([1, 2, 3, 4, 5, 6, 8, 11, 16, 25])  # words between a word and its head; bins by direction
N_DISTANCES = 2 * len(_DISTANCES) + 1


def distance_bins(n_words: int) -> NDArray[np.int64]:
    """[n_words, n_words]: the bin of how far, and on which side, the word of a column lies from that of a row."""
    between = np.arange(n_words)[None] - np.arange(n_words)[:, None]
    bins: NDArray[np.int64] = np.sign(between) * np.searchsorted(_DISTANCES, np.abs(between), side="right") + len(_DISTANCES)
    return bins


class ParseHead:
    """Heads and relations of whole sentences.

    A sentence of more than LONGEST_TREE words is read in pieces; the roots of the later ones hang on the root of the first.
    """

    def __init__(self, parameters: Parameters) -> None:
        self._dependent = parameters.linear("dependent.linear")
        self._head = parameters.linear("head.linear")
        self._arc = parameters.array("arc", 2)
        self._arc_bias = parameters.array("arc_bias", 1)
        self._arc_distances = parameters.array("arc_distances", 2)
        self._root = parameters.array("root", 1)
        self._relation_dependent = parameters.linear("relation_dependent")
        self._relation_head = parameters.linear("relation_head")
        self._relation_root = parameters.array("relation_root", 1)
        self._relation = parameters.linear("relation")

    def __call__(self, h: Floats, sentences: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
        """The head of each word (NO_HEAD at the root of its sentence), and its relation's place in the inventory.

        sentences: the number of the first word of each, none of them empty.
        """
        heads = self._find_heads(h, sentences)
        above = self._relation_head(h)[heads]
        above[heads == NO_HEAD] = self._relation_root
        above += self._relation_dependent(h)
        return heads, self._relation(relu(above)).argmax(1).astype(np.uint8)

    def _find_heads(self, h: Floats, sentences: NDArray[np.int64]) -> NDArray[np.int32]:
        cuts = [first for start, end in _stretches(sentences, len(h)) for first in range(start, end, LONGEST_TREE)]
        pieces = np.array(cuts, np.int64)
        bins = distance_bins(int(np.diff(np.append(pieces, len(h))).max(initial=0)))
        dependent, head = relu(self._dependent(h)), relu(self._head(h))
        asked = dependent @ self._arc
        wanted = dependent @ self._arc_distances.T
        roots = dependent @ self._root
        bias = head @ self._arc_bias

        def score(start: int, end: int) -> Floats:
            n = end - start
            scores = np.empty((n, n + 1), np.float32)
            np.matmul(asked[start:end], head[start:end].T, out=scores[:, :-1])
            scores[:, :-1] += np.take_along_axis(wanted[start:end], bins[:n, :n], 1)
            scores[:, :-1] += bias[start:end]
            scores[:, -1] = roots[start:end]
            return scores

        heads = np.empty(len(h), np.int32)
        for start, end in _stretches(pieces, len(h)):
            heads[start:end] = _shift(pick_heads(score(start, end)), start)
        ends = np.append(pieces[1:], len(h))
        for number in find_broken(heads, pieces).tolist():
            start, end = int(pieces[number]), int(ends[number])
            heads[start:end] = _shift(decode_tree(score(start, end)), start)
        later = ~np.isin(pieces, sentences)
        if later.any():
            tops = np.flatnonzero(heads == NO_HEAD)  # one a piece
            first = np.maximum.accumulate(np.where(later, -1, np.arange(len(pieces))))
            heads[tops[later]] = tops[first[later]]
        return heads


def _shift(heads: NDArray[np.int32], start: int) -> NDArray[np.int32]:
    return np.where(heads == NO_HEAD, NO_HEAD, heads + start).astype(np.int32)


def _stretches(firsts: NDArray[np.int64], n: int) -> Iterator[tuple[int, int]]:
    return pairwise([*firsts.tolist(), n])
