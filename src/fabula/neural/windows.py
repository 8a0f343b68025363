"""Which words the encoder sees together: a segment cut into windows, and how each word is written.

`training` cuts its windows here too, so that the model is asked as it was taught.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

WINDOW = 256  # pieces, [CLS] and [SEP] among them
CONTEXT = 64  # pieces, at most, that a window repeats of the one before it
LONGEST_WORD = 20  # pieces; the rest of a longer word is not read
SPECIAL_CASE, LOWER, TITLE, UPPER, MIXED, NO_LETTERS = range(6)
OPENS_SENTENCE = 6  # is added to the case of the first word with a letter of its sentence
N_CASES = 12


class Window(NamedTuple):
    """The words from `start` to `end` are seen together; those from `first` to `last` are taken from here (both half-open)."""

    start: int
    end: int
    first: int
    last: int


def cut_windows(
    n_pieces: Sequence[int] | NDArray[np.integer], sentences: Iterable[int], *, window: int = WINDOW, context: int = CONTEXT
) -> tuple[Window, ...]:
    """Windows over the words of a segment, as full as they can be; the parts taken from them cover every word once.

    n_pieces: of each word, at most LONGEST_WORD. sentences: the number of the first word of each.
    A window begins with a sentence: the earliest that repeats at most `context` pieces of the window before, else the one that
    this window cut. Only inside a sentence longer than a window one begins with another word. A word is taken from where it has
    most pieces around it, on the side where it has fewer; the ends of the segment are no lack.

        >>> cut_windows([1] * 8, [0, 3, 6], window=7, context=2)  # five pieces and two special ones
        (Window(start=0, end=5, first=0, last=4), Window(start=3, end=8, first=4, last=8))
    """
    before = np.concatenate([[0], np.cumsum(n_pieces, dtype=np.int64)])  # pieces before each word, and all
    spans = _cut(before, np.unique(np.fromiter(sentences, np.int64)), room=window - 2, context=context)
    return tuple(_share(before, spans))


def _cut(before: NDArray[np.int64], sentences: NDArray[np.int64], *, room: int, context: int) -> list[tuple[int, int]]:
    n = len(before) - 1
    spans: list[tuple[int, int]] = []
    start = end = 0
    while end < n:
        if spans:
            start = _begin(before, sentences, start, end, room=room, context=context)
        end = int(np.searchsorted(before, before[start] + room, side="right")) - 1
        spans.append((start, end))
    return spans


def _begin(before: NDArray[np.int64], sentences: NDArray[np.int64], start: int, end: int, *, room: int, context: int) -> int:
    """The first word of the window after that from `start` to `end`."""
    reach = int(np.searchsorted(before, before[end] - context))  # the first word from which at most `context` are repeated
    reach = max(reach, int(np.searchsorted(before, before[end + 1] - room)), start + 1)  # and one that takes the window past `end`
    near = int(np.searchsorted(sentences, reach))
    if near < len(sentences) and sentences[near] <= end:
        return int(sentences[near])
    cut = int(sentences[near - 1]) if near else 0  # where the sentence begins that goes on at `end`
    stop = int(sentences[near]) if near < len(sentences) else len(before) - 1
    return cut if cut > start and before[stop] - before[cut] <= room else reach


def _share(before: NDArray[np.int64], spans: Sequence[tuple[int, int]]) -> Iterable[Window]:
    """From which of the windows that hold it each word is taken: the first of the best."""
    n = len(before) - 1
    best = np.full(n, -1, np.int64)
    owner = np.zeros(n, np.int64)
    plenty = before[-1] + 1
    for number, (start, end) in enumerate(spans):
        left = before[start:end] - before[start] if start else plenty
        right = before[end] - before[start + 1 : end + 1] if end < n else plenty
        around = np.minimum(left, right)
        better = around > best[start:end]
        best[start:end][better] = np.broadcast_to(around, better.shape)[better]
        owner[start:end][better] = number
    # Later windows begin and end later, so what is taken from one is a single stretch.
    firsts = np.searchsorted(owner, np.arange(len(spans)))
    lasts = np.searchsorted(owner, np.arange(len(spans)), side="right")
    for (start, end), first, last in zip(spans, firsts.tolist(), lasts.tolist(), strict=True):
        yield Window(start, end, first, last)


@lru_cache(maxsize=50_000)
def case_of(word: str) -> int:
    """How a word is written; letters of scripts without case count as lower.

    >>> [case_of(word) for word in ("will", "Will", "I", "HIS", "McKay", "’Tis", "1850")]
    [1, 2, 2, 3, 4, 2, 5]
    """
    if word.isascii() and word.isalpha() and word.islower():  # most words
        return LOWER
    capital = [char.isupper() or char.istitle() for char in word if char.isalpha()]
    if not capital:
        return NO_LETTERS
    if not any(capital):
        return LOWER
    if all(capital) and len(capital) > 1:
        return UPPER
    return TITLE if capital[0] and not any(capital[1:]) else MIXED


def case_ids(words: Sequence[str], sentences: Iterable[int]) -> NDArray[np.uint8]:
    """How each word is written, below N_CASES: its case, and whether it is the first with a letter of its sentence."""
    cases = np.fromiter(map(case_of, words), np.uint8, len(words))
    lettered = np.flatnonzero(cases != NO_LETTERS)
    sentence = np.searchsorted(np.unique(np.fromiter(sentences, np.int64)), lettered, side="right")
    cases[lettered[np.unique(sentence, return_index=True)[1]]] += OPENS_SENTENCE
    return cases
