"""The whole model: one encoder, many heads."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from fabula.neural.encoder import cut_segment
from fabula.neural.segments import Segment
from fabula.neural.windows import LONGEST_WORD, SPECIAL_CASE, Window, cut_windows
from fabula.neural.wordpieces import WordPieces
from training.examples import CLASSES, GUM_CLASSES, Inventories
from training.model.encoder import Encoder
from training.model.heads import Events, Mentions, Parse, Tags
from training.model.pairs import Pairs
from training.speakers.model import Speakers

WINDOW, CONTEXT = 384, 64  # pieces of a window, and how many it repeats of the one before


class ReadingModel(nn.Module):
    """The heads by name, as their parameters are named in `heads.npz`."""

    def __init__(self, inventories: Inventories, encoder: Encoder | None = None) -> None:
        super().__init__()
        self.encoder = encoder or Encoder()
        self.tags = Tags(len(inventories.upos), len(inventories.feats), len(inventories.lemmas))
        self.parse = Parse(len(inventories.relations))
        self.mentions = Mentions(1 + len(CLASSES), 1 + len(GUM_CLASSES))
        self.events = Events()
        self.pairs = Pairs()
        self.speakers = Speakers()

    def word_vectors(self, words: Sequence[str], sentences: Sequence[int], pieces: WordPieces, windows: Sequence[Window]) -> Tensor:
        """[n_words, WIDTH]: of each word the mean of its first and last piece, from the window that it is taken from.

        windows: those of `cut_windows`, or others of at most as many pieces whose own words cover all.
        """
        cut = cut_segment(Segment(tuple(words), tuple(sentences)), pieces, window=WINDOW, context=CONTEXT)
        inputs = [cut.inputs(window) for window in windows]
        lengths = np.array([len(numbers) for numbers, _ in inputs])
        longest = max(int(lengths.max()), WINDOW)  # one shape: for each new one the kernels are compiled anew
        ids = np.full((len(windows), longest), pieces.pad_id, np.int64)
        cases = np.full((len(windows), longest), SPECIAL_CASE, np.int64)
        first, last = np.zeros(len(words), np.int64), np.zeros(len(words), np.int64)
        for row, (window, (numbers, written)) in enumerate(zip(windows, inputs, strict=True)):
            ids[row, : len(numbers)] = numbers
            cases[row, : len(numbers)] = written
            own = np.arange(window.first, window.last)
            shift = row * longest + 1 - cut.before[window.start]
            first[own], last[own] = cut.before[own] + shift, cut.before[own + 1] - 1 + shift
        vectors = self.encoder(torch.from_numpy(ids), torch.from_numpy(cases), torch.from_numpy(lengths)).flatten(0, 1)
        return (vectors[torch.from_numpy(first)] + vectors[torch.from_numpy(last)]) / 2


def windows_for_training(words: Sequence[str], sentences: Sequence[int], pieces: WordPieces, offset: int) -> tuple[Window, ...]:
    """Windows without overlap, the first one shorter by `offset` pieces, so that the borders fall elsewhere in every epoch."""
    n_pieces = [min(LONGEST_WORD, len(pieces.pieces(word))) for word in words]
    head = 0
    for start in sentences:
        if start and sum(n_pieces[:start]) > offset:
            break
        head = start
    found: list[Window] = []
    for begin, end in ((0, head), (head, len(words))):
        if end > begin:
            inner = [start - begin for start in sentences if begin <= start < end]
            windows = cut_windows(n_pieces[begin:end], inner, window=WINDOW, context=0)
            found += [Window(*(number + begin for number in window)) for window in windows]
    return tuple(found)
