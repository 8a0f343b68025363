"""The whole model: one encoder, many heads."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from fabula.neural.windows import LONGEST_WORD, Window, case_ids, cut_windows
from fabula.neural.wordpieces import WordPieces
from training.examples import CLASSES, GUM_CLASSES, Inventories
from training.model.encoder import Encoder
from training.model.heads import Events, Mentions, Parse, Tags
from training.model.pairs import Pairs

STEP = 64  # pieces


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

    def word_vectors(self, words: Sequence[str], sentences: Sequence[int], pieces: WordPieces, windows: Sequence[Window]) -> Tensor:
        """[n_words, WIDTH]: of each word the mean of its first and last piece, from the window that it is taken from.

        windows: those of `cut_windows`, or others of at most as many pieces whose own words cover all.
        """
        cut = [pieces.pieces(word)[:LONGEST_WORD] for word in words]
        cases = case_ids(words, sentences)
        longest = 2 + max(sum(len(cut[at]) for at in range(window.start, window.end)) for window in windows)
        longest += -longest % STEP  # few shapes: for each new one the kernels are compiled anew
        ids = np.full((len(windows), longest), pieces.pad_id, np.int64)
        written = np.zeros((len(windows), longest), np.int64)
        lengths = np.zeros(len(windows), np.int64)
        first, last = np.zeros(len(words), np.int64), np.zeros(len(words), np.int64)
        for row, window in enumerate(windows):
            ids[row, 0] = pieces.cls_id
            at = 1
            for number in range(window.start, window.end):
                size = len(cut[number])
                ids[row, at : at + size] = cut[number]
                written[row, at : at + size] = cases[number]
                if window.first <= number < window.last:
                    first[number], last[number] = row * longest + at, row * longest + at + size - 1
                at += size
            ids[row, at] = pieces.sep_id
            lengths[row] = at + 1
        vectors = self.encoder(torch.from_numpy(ids), torch.from_numpy(written), torch.from_numpy(lengths)).reshape(
            len(windows) * longest, -1
        )
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
            for window in cut_windows(n_pieces[begin:end], inner, context=0):
                found.append(Window(*(number + begin for number in window)))
    return tuple(found)
