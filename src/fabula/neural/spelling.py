"""How a word is spelled, as the tags see it; no word piece tells that "coming" is spelled like "moving", and both hide an e."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

ENDINGS = (2, 3, 4)  # letters
N_PARTS = 1 + len(ENDINGS)  # the whole word, and its endings
N_SPELLINGS = 8192  # rows of the table that parts of words fall into


def spell(words: Sequence[str]) -> NDArray[np.int64]:
    """Rows of the table of spellings, [n_words, N_PARTS]: of each word in lower case, and of its endings.

    Parts that share a row by chance are told apart by the word's other parts.
    """
    rows = np.empty((len(words), N_PARTS), np.int64)
    for at, word in enumerate(words):
        rows[at] = _spell_word(word)
    return rows


@lru_cache(maxsize=50_000)
def _spell_word(word: str) -> tuple[int, ...]:
    lowered = word.lower()
    parts = (f"={lowered}", *(f"-{lowered[-length:]}" if len(lowered) > length else f"={lowered}{length}" for length in ENDINGS))
    return tuple(crc32(part.encode("utf-8", "surrogatepass")) % N_SPELLINGS for part in parts)
