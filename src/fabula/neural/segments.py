"""What the reading model is given, a segment, and what it says of it, a reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

NO_HEAD = -1  # the head of a root


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a story that is read by itself: what is said of it does not depend on what surrounds it.

    sentences, paragraphs: the number of the first word of each, growing; the first is 0. No paragraphs: they are unknown.
    quotes: each quotation's parts, half-open ranges of words, marks included.
    """

    words: tuple[str, ...]
    sentences: tuple[int, ...]
    paragraphs: tuple[int, ...] = ()
    quotes: tuple[tuple[tuple[int, int], ...], ...] = ()


class Links(NamedTuple):
    """Scored pairs, those worth keeping: `rows` growing, `columns` growing within a row, the log-odds that they belong together."""

    rows: NDArray[np.int32]
    columns: NDArray[np.int32]
    log_odds: NDArray[np.float32]


NO_LINKS = Links(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.float32))


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What the reading model says of a segment of n words: numbers of words and mentions count within the segment.

    upos, feats, relations uint8 [n], lemmas uint16 [n] (scripts of edits): places in the model's inventories.
    heads int32 [n]: the word that each depends on, NO_HEAD at the root of its sentence.
    events float32 [n]: log-odds that the word triggers an event that happens.
    starts, ends int32 [m]: the words of each mention, half-open, in text order, outer before inner; classes uint8 [m]: its
    kind and type, a place in the inventory; probabilities float32 [m]: that it is a mention.
    antecedents, attributes: rows are mentions, columns earlier ones. speakers: rows are quotations, columns mentions; the
    log-odds are against nobody of them. named: the same where only those are asked that say who it is, names above all.
    """

    upos: NDArray[np.uint8]
    feats: NDArray[np.uint8]
    lemmas: NDArray[np.uint16]
    heads: NDArray[np.int32]
    relations: NDArray[np.uint8]
    events: NDArray[np.float32]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    classes: NDArray[np.uint8]
    probabilities: NDArray[np.float32]
    antecedents: Links = NO_LINKS
    attributes: Links = NO_LINKS
    speakers: Links = NO_LINKS
    named: Links = NO_LINKS
