"""Which mentions are looked at together, and how they lie to one another. Training and product share it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fabula.neural.pairs import KINDS, PERSONS, MentionTable

Ints = NDArray[np.int64]

OWN, CONTEXT = 128, 64  # mentions taken from a window, and those on either side that they see
STEP_BINS = (2, 3, 4, 5, 8, 16, 32, 64)  # mentions apart
MOST_SENTENCES = 3  # apart; those farther are one bin
N_STEPS = 2 * (len(STEP_BINS) + 1) + 1
N_SENTENCES = 2 * MOST_SENTENCES + 1
N_QUOTES = 5
N_CODES = (N_STEPS, N_SENTENCES, N_QUOTES)
N_TRAITS = len(PERSONS) * len(KINDS)


class MentionWindow(NamedTuple):
    """Mentions [start, stop) that see each other; those in [first, last) are taken from it."""

    start: int
    stop: int
    first: int
    last: int


def cut_mention_windows(n_mentions: int) -> list[MentionWindow]:
    """Windows whose own mentions are all, each once.

    >>> cut_mention_windows(200)
    [MentionWindow(start=0, stop=192, first=0, last=128), MentionWindow(start=64, stop=200, first=128, last=200)]
    """
    return [
        MentionWindow(max(0, first - CONTEXT), min(n_mentions, first + OWN + CONTEXT), first, min(n_mentions, first + OWN))
        for first in range(0, n_mentions, OWN)
    ]


def find_traits(table: MentionTable) -> Ints:
    """[n_mentions]: what the words of each say of it, below N_TRAITS."""
    return table.persons * len(KINDS) + table.kinds


def find_codes(table: MentionTable, window: MentionWindow) -> tuple[Ints, Ints, Ints]:
    """How the mentions of a window lie to one another, below N_CODES: [k, k] each, row to column."""
    own = slice(window.start, window.stop)
    place = np.arange(window.stop - window.start)
    apart = place[None] - place[:, None]
    far = np.searchsorted(STEP_BINS, np.abs(apart), side="right") + 1
    steps = np.where(apart == 0, 0, np.where(apart < 0, far, far + len(STEP_BINS) + 1))
    sentences = table.sentences[own]
    between = np.clip(sentences[None] - sentences[:, None], -MOST_SENTENCES, MOST_SENTENCES) + MOST_SENTENCES
    quotes = table.quotes[own]
    row, column = quotes[:, None], quotes[None]
    spoken = np.select([(row < 0) & (column < 0), row == column, (row >= 0) & (column >= 0), row >= 0], [0, 1, 2, 3], 4)
    return steps, between, spoken
