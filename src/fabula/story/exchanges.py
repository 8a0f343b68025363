"""Who speaks to whom, and how often in each chapter."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from fabula.records import QuoteKind
from fabula.story.story import StoryView


class Exchange(NamedTuple):
    """What one character says to another one, by their ids; None is nobody that is known.

    by_chapter: how many quotations in each of the view's chapters, in their order.
    """

    speaker: int | None
    addressee: int | None
    n_quotes: int
    by_chapter: tuple[int, ...]


def count_exchanges(view: StoryView) -> tuple[Exchange, ...]:
    """Who says how much to whom in speech, the most first. What is said to several counts for each of them.

    Each of the people, or nobody known, to whom somebody speaks makes one exchange; those without a word make none.
    """
    starts = [chapter.span.start for chapter in view.chapters]
    counts: dict[tuple[int | None, int | None], list[int]] = {}
    totals: dict[tuple[int | None, int | None], int] = {}
    for quote in view.quotes:
        if quote.kind is not QuoteKind.SPEECH:
            continue
        for addressee in quote.addressees or (None,):
            pair = quote.speaker, addressee
            totals[pair] = totals.get(pair, 0) + 1
            by_chapter = counts.setdefault(pair, [0] * len(starts))
            if starts:
                by_chapter[max(0, bisect_right(starts, quote.span.start) - 1)] += 1
    found = [Exchange(*pair, n, tuple(counts[pair])) for pair, n in totals.items()]
    return tuple(sorted(found, key=lambda one: (-one.n_quotes, _order(one.speaker), _order(one.addressee))))


def _order(character: int | None) -> int:
    return -1 if character is None else character


def rank_voices(exchanges: Sequence[Exchange]) -> tuple[int, ...]:
    """The characters who speak or are spoken to, by in how many exchanges of words they take part, the most first."""
    parts: dict[int, int] = {}
    for one in exchanges:
        for character in {one.speaker, one.addressee} - {None}:
            if character is not None:
                parts[character] = parts.get(character, 0) + one.n_quotes
    return tuple(sorted(parts, key=lambda id_: (-parts[id_], id_)))
