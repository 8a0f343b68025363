"""From word pieces to vectors of words: the encoder as a seam, and the words of a segment through it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from fabula.neural.segments import Segment
from fabula.neural.windows import LONGEST_WORD, SPECIAL_CASE, Window, case_ids, cut_windows
from fabula.neural.wordpieces import WordPieces

WIDTH = 384  # of every vector

Ints = NDArray[np.int64]
Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Sees one window at a time, so that what it says of it depends on nothing else; may be asked by several threads."""

    def __call__(self, pieces: Ints, cases: Ints) -> Vectors:
        """A vector of each piece, [n_pieces, WIDTH]. cases: how the word of each piece is written (`windows.case_ids`)."""
        ...


class FakeEncoder:
    """An encoder for tests that needs no weights: a vector is made of the piece, its case, and its neighbours' pieces.

    >>> FakeEncoder()(np.array([2, 7, 3]), np.array([0, 1, 0])).shape
    (3, 384)
    """

    def __init__(self, seed: int = 0) -> None:
        self._table = np.random.default_rng(seed).normal(size=(997, WIDTH)).astype(np.float32)

    def __call__(self, pieces: Ints, cases: Ints) -> Vectors:
        own = self._table[(pieces * 13 + cases) % len(self._table)]
        around = np.pad(own, ((1, 1), (0, 0)))
        vectors: Vectors = own + np.float32(0.5) * around[:-2] + np.float32(0.25) * around[2:]
        return vectors


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of a segment. before [n_words + 1]: how many pieces stand before each word."""

    numbers: Ints
    cases: Ints
    before: Ints
    windows: tuple[Window, ...]
    opening: int
    closing: int

    def inputs(self, window: Window) -> tuple[Ints, Ints]:
        """What the encoder is shown of a window: its pieces between the two special ones, and their cases."""
        own = slice(int(self.before[window.start]), int(self.before[window.end]))
        pieces = np.concatenate([[self.opening], self.numbers[own], [self.closing]])
        return pieces, np.concatenate([[SPECIAL_CASE], self.cases[own], [SPECIAL_CASE]])

    def word_vectors(self, window: Window, vectors: Vectors) -> Vectors:
        """Of the words that are taken from a window: the mean of the first and the last piece."""
        first, last = window.first, window.last
        shift = 1 - int(self.before[window.start])  # the opening piece
        means = vectors[self.before[first:last] + shift] + vectors[self.before[first + 1 : last + 1] - 1 + shift]
        means *= np.float32(0.5)
        return means


def cut_segment(segment: Segment, pieces: WordPieces, *, window: int, context: int) -> Pieces:
    """The pieces of a segment's words, and the windows over them. window, context: in pieces."""
    cut: Sequence[tuple[int, ...]] = [pieces.pieces(word)[:LONGEST_WORD] for word in segment.words]
    sizes = np.fromiter(map(len, cut), np.int64, len(cut))
    return Pieces(
        np.fromiter((number for word in cut for number in word), np.int64, int(sizes.sum())),
        np.repeat(case_ids(segment.words, segment.sentences).astype(np.int64), sizes),
        np.concatenate([[0], np.cumsum(sizes)]),
        cut_windows(sizes, segment.sentences, window=window, context=context),
        pieces.cls_id,
        pieces.sep_id,
    )
