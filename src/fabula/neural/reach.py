"""Which pairs of mentions are worth a score: how far back a mention may find what it means."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from fabula.neural.pairs import KINDS, MentionTable
from fabula.records import MentionKind

PRONOUN_REACH = 30  # mentions back; 95 % of pronouns find theirs within 7 (ANCHORS 8)
NOUN_REACH = 50  # mentions back, whatever their words
SHARED_REACH = 300  # mentions back, for names and nominals that share a word

Ints = NDArray[np.int64]


def find_pairs(table: MentionTable) -> tuple[Ints, Ints]:
    """The later and the earlier mention of each pair, as rows of the table; by later, then by earlier."""
    n = len(table.starts)
    is_pronoun = table.kinds == KINDS.index(MentionKind.PRONOUN)
    rows = np.arange(n)
    reach = np.minimum(rows, np.where(is_pronoun, PRONOUN_REACH, NOUN_REACH))
    later = np.repeat(rows, reach)
    column = np.arange(len(later)) - np.repeat(np.cumsum(reach) - reach, reach)  # 0, 1 ... in each row
    near = later * n + later - np.repeat(reach, reach) + column
    far = np.unique(np.concatenate([np.zeros(0, np.int64), *_find_far(table.keys, is_pronoun)]))
    pairs = np.insert(near, np.searchsorted(near, far), far)
    return pairs // max(n, 1), pairs % max(n, 1)


def _find_far(keys: Ints, is_pronoun: NDArray[np.bool_]) -> Iterator[Ints]:
    """Names and nominals that share a word, further apart than NOUN_REACH: later * n + earlier, some more than once."""
    n = len(keys)
    # Names and nominals by their words: in each word's list, each with the one before, the second before ...
    mention, column = np.nonzero((keys >= 0) & ~is_pronoun[:, None])
    words = keys[mention, column]
    order = np.lexsort((mention, words))
    mention, words = mention[order], words[order]
    for step in range(1, len(words)):
        same = (words[step:] == words[:-step]) & (mention[step:] - mention[:-step] <= SHARED_REACH)
        if not same.any():
            break
        one, other = mention[step:][same], mention[:-step][same]
        far = one - other > NOUN_REACH
        yield one[far] * n + other[far]
