"""A text cut into segments, which are read each by itself: a chapter, or a piece of a long one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fabula.neural.segments import Segment
from fabula.records import Quote, Text

LONGEST_SEGMENT = 6_000  # tokens, more or less; mentions are not paired with those of another segment

Ints = NDArray[np.int64]


class PlacedSegment(NamedTuple):
    """A segment and where it stands. first: the number of its first token in the text. quotes: the ids of its quotations."""

    segment: Segment
    first: int
    quotes: tuple[int, ...]


def whole_segment(text: Text, quotes: Sequence[Quote]) -> PlacedSegment:
    """A whole text as one segment, whose numbers of words are those of its tokens; not to be read, but for its structure."""
    starts = np.array(text.tokens.starts, np.int64)
    paragraphs = _first_tokens(starts, [paragraph.span.start for paragraph in text.paragraphs])
    return _place(text, 0, len(starts), _first_tokens(starts, text.sentences.starts), paragraphs, sorted(_find_parts(text, quotes)))


class _Part(NamedTuple):
    """The tokens of a part of a quotation."""

    start: int
    end: int
    quote: int


def cut_text(text: Text, quotes: Sequence[Quote], *, longest: int = LONGEST_SEGMENT) -> Iterator[PlacedSegment]:
    """The segments of a text in their order; they hold every token once, those of headings too, each a sentence of its own.

    A chapter of more than `longest` tokens is cut into pieces about alike, at the nearest paragraphs; only where none is near, at a
    sentence or, if need be, at a word. A quotation that a cut goes through belongs to both segments.
    """
    starts = np.array(text.tokens.starts, np.int64)
    paragraphs = _first_tokens(starts, [paragraph.span.start for paragraph in text.paragraphs])
    sentences = _first_tokens(starts, text.sentences.starts)
    chapters = _first_tokens(starts, [chapter.span.start for chapter in text.chapters])
    bounds = [0]
    for start, end in pairwise([*chapters.tolist(), len(starts)]):
        bounds += _cut_chapter(start, end, paragraphs, sentences, longest)
    parts: list[list[_Part]] = [[] for _ in bounds]
    for part in sorted(_find_parts(text, quotes)):
        for number in range(bisect_right(bounds, part.start) - 1, bisect_left(bounds, part.end)):
            parts[number].append(part)
    for number, (first, stop) in enumerate(pairwise(bounds)):
        yield _place(text, first, stop, sentences, paragraphs, parts[number])


def _first_tokens(tokens: Ints, offsets: Sequence[int]) -> Ints:
    """The numbers of the tokens at which stretches of text begin that have any; 0 is among them, unless there is no token."""
    found = np.searchsorted(tokens, np.array(offsets, np.int64))
    return np.unique(np.append(found[found < len(tokens)], 0)) if len(tokens) else np.zeros(0, np.int64)


def _find_parts(text: Text, quotes: Sequence[Quote]) -> Iterator[_Part]:
    for quote in quotes:
        for span in quote.parts:
            tokens = text.tokens.inside(span)
            if tokens:
                yield _Part(tokens.start, tokens.stop, quote.id)


def _cut_chapter(start: int, end: int, paragraphs: Ints, sentences: Ints, longest: int) -> list[int]:
    """The numbers of the tokens at which its segments end."""
    n_pieces = -(-(end - start) // longest)
    size = (end - start) / max(n_pieces, 1)
    bounds: list[int] = []
    for number in range(1, n_pieces):
        wanted = start + round(number * size)
        cut = _nearest(paragraphs, wanted, size / 3)
        if cut is None:
            cut = _nearest(sentences, wanted, size / 3)
        bounds.append(wanted if cut is None else cut)
    return [*bounds, end]


def _nearest(firsts: Ints, wanted: int, most: float) -> int | None:
    """The first token nearest to a wanted one, at most so many away."""
    at = int(np.searchsorted(firsts, wanted))
    near = firsts[max(0, at - 1) : at + 1].tolist()
    best = min(near, key=lambda first: abs(first - wanted), default=None)
    return best if best is not None and abs(best - wanted) <= most else None


def _place(text: Text, first: int, stop: int, sentences: Ints, paragraphs: Ints, parts: Sequence[_Part]) -> PlacedSegment:
    string = text.string
    words = tuple(
        string[start:end] for start, end in zip(text.tokens.starts[first:stop], text.tokens.ends[first:stop], strict=True)
    )
    by_quote: dict[int, list[tuple[int, int]]] = {}
    for part in parts:
        by_quote.setdefault(part.quote, []).append((max(part.start, first) - first, min(part.end, stop) - first))
    segment = Segment(
        words,
        _within(sentences, first, stop),
        _within(paragraphs, first, stop),
        tuple(tuple(ranges) for ranges in by_quote.values()),
    )
    return PlacedSegment(segment, first, tuple(by_quote))


def _within(firsts: Ints, first: int, stop: int) -> tuple[int, ...]:
    """Those of a segment, counted in it; it begins with one, even if it was cut out of the middle."""
    inside = firsts[np.searchsorted(firsts, first) : np.searchsorted(firsts, stop)] - first
    return tuple(np.union1d([0], inside).tolist())
