"""A book's quotations in stretches of about thirty, with the words around them, and what the turns of a conversation tell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from training.speakers.books import BookQuote, SpokenBook
from training.speakers.passages import Label

N_QUOTES = 30  # of a stretch
LONGEST_GAP = 400  # words of narration between two quotations of a stretch
LONGEST = 3_000  # words from its first quotation to its last
BEFORE, AFTER = 150, 60  # words around a stretch, and the paragraph that they are in
LONGEST_EXCHANGE = 6  # paragraphs between two known speakers
LONGEST_BEAT = 12  # words of narration in a paragraph of an exchange


@dataclass(frozen=True, slots=True)
class Stretch:
    """quotes: numbers of a book's quotations, one after the other. start, end: the words to be read."""

    quotes: range
    start: int
    end: int


def cut_stretches(book: SpokenBook) -> list[Stretch]:
    """All stretches of a book in which at least two speakers are named."""
    stretches: list[Stretch] = []
    first = 0
    for number in range(1, len(book.quotes) + 1):
        if number < len(book.quotes):
            begin, end = book.quotes[first].parts[0][0], book.quotes[number].parts[-1][1]
            near = book.quotes[number].parts[0][0] - book.quotes[number - 1].parts[-1][1] <= LONGEST_GAP
            if number - first < N_QUOTES and near and end - begin <= LONGEST:
                continue
        quotes = range(first, number)
        if sum(book.quotes[q].speaker is not None for q in quotes) >= 2:
            stretches.append(_stretch(book, quotes))
        first = number
    return stretches


def _stretch(book: SpokenBook, quotes: range) -> Stretch:
    begin, end = book.quotes[quotes[0]].parts[0][0], book.quotes[quotes[-1]].parts[-1][1]
    start = book.paragraphs[max(0, bisect_right(book.paragraphs, max(0, begin - BEFORE)) - 1)]
    start = max(start, begin - 3 * BEFORE)
    # whole sentences
    start = book.sentences[max(0, bisect_right(book.sentences, start) - 1)]
    after = bisect_left(book.paragraphs, end + AFTER)
    stop = book.paragraphs[after] if after < len(book.paragraphs) else len(book.words)
    stop = min(stop, end + 3 * AFTER)
    return Stretch(quotes, start, max(stop, end))


def tell_turns(quotes: Sequence[BookQuote], known: Mapping[int, int], lengths: Mapping[int, int]) -> dict[int, tuple[int, Label]]:
    """Who speaks quotations without a cue: the same as elsewhere in the paragraph; one of two who take turns.

    known: quotation -> person; lengths: paragraph -> words of narration in it.
    Turns count from one paragraph to the next, between two known speakers that fit them, and only where the exchange knows two.
    """
    told: dict[int, tuple[int, Label]] = {}
    by_paragraph: dict[int, list[int]] = {}
    for number, quote in enumerate(quotes):
        by_paragraph.setdefault(quote.paragraph, []).append(number)
    speaker: dict[int, int] = {}  # of paragraphs
    open_: set[int] = set()  # paragraphs that say nothing
    for paragraph, inside in by_paragraph.items():
        people = {known[q] for q in inside if q in known}
        cued = any(quotes[q].pronoun_cue for q in inside)
        if len(people) == 1 and not cued:
            speaker[paragraph] = next(iter(people))
            told.update((q, (speaker[paragraph], Label.PARAGRAPH)) for q in inside if q not in known)
        elif not people and not cued and lengths.get(paragraph, 0) <= LONGEST_BEAT:
            open_.add(paragraph)
    for first in sorted(speaker):
        last = first + 1
        while last in open_:
            last += 1
        distance = last - first
        if distance < 2 or distance > LONGEST_EXCHANGE or last not in speaker:
            continue
        one, other = speaker[first], speaker[last]
        if (distance % 2 == 0) != (one == other):
            continue
        if one == other:
            around = {speaker[p] for p in range(first - 3, last + 4) if p in speaker} - {one}
            if len(around) != 1:
                continue
            other = next(iter(around))
        for paragraph in range(first + 1, last):
            person = one if (paragraph - first) % 2 == 0 else other
            told.update((q, (person, Label.TURN)) for q in by_paragraph[paragraph])
    return told
