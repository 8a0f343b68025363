"""Who speaks each quotation of a segment, and to whom, once it is known which of its mentions are one person."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from fabula.neural.conversation import Mentions, find_called
from fabula.neural.segments import Links, Segment
from fabula.readers.turns import Turn, decide_speakers, find_beside

NOBODY = -1


class Voice(NamedTuple):
    """person: who speaks, None for nobody that is known. probability: by the scores of this quotation alone. to: who is spoken to,
    None if nobody is known."""

    person: int | None
    probability: float
    to: int | None


def find_voices(segment: Segment, mentions: Mentions, speakers: Links, people: Sequence[int]) -> list[Voice]:
    """A voice for each quotation of a segment.

    speakers: quotations, mentions, log-odds against nobody. people: whom each mention means, by any numbering; NOBODY is not asked.
    """
    n = len(segment.quotes)
    inside = find_innermost(segment)
    called: list[set[int]] = [set() for _ in range(n)]
    for mention in find_called(segment, mentions).nonzero()[0].tolist():
        quote = inside[int(mentions.starts[mention])]
        if quote >= 0 and people[mention] != NOBODY:
            called[quote].add(people[mention])
    probabilities = add_up(n, speakers, people)
    order = sorted(range(n), key=lambda quote: segment.quotes[quote][0][0])
    paragraphs = _number_paragraphs(segment, order)
    turns = [Turn(probabilities[quote], paragraphs[quote], called=frozenset(called[quote])) for quote in order]
    decided = decide_speakers(turns, {})  # no turn tells a gender
    by_quote = dict(zip(order, decided, strict=True))
    voice = [by_quote[quote].person for quote in range(n)]
    beside = find_beside(order, voice, [paragraphs[quote] for quote in range(n)])
    spoken_to = []
    for quote in range(n):
        by_name = called[quote] - {voice[quote]}
        other = beside[quote]
        answering = None if other is None else voice[other]
        spoken_to.append(next(iter(by_name)) if len(by_name) == 1 else answering)
    return [Voice(voice[quote], by_quote[quote].probability, spoken_to[quote]) for quote in range(n)]


def add_up(n_quotes: int, links: Links, people: Sequence[int]) -> list[dict[int, float]]:
    """The probability of each person to speak each quotation: of all their mentions together, nobody's taking its share.

    people: whom each mention means; NOBODY takes no part.
    """
    odds: list[dict[int, float]] = [{} for _ in range(n_quotes)]
    for row, column, log_odds in zip(links.rows.tolist(), links.columns.tolist(), links.log_odds.tolist(), strict=True):
        person = people[column]
        if person != NOBODY:
            odds[row][person] = odds[row].get(person, 0.0) + math.exp(min(log_odds, 30.0))
    return [{person: value / (1 + sum(own.values())) for person, value in own.items()} for own in odds]


def find_innermost(segment: Segment) -> list[int]:
    """Of each word the shortest quotation that it stands in, -1 for none."""
    within = [-1] * len(segment.words)
    parts = [(end - start, start, end, number) for number, parts in enumerate(segment.quotes) for start, end in parts]
    for _, start, end, number in sorted(parts, reverse=True):
        within[start:end] = [number] * (end - start)
    return within


def _number_paragraphs(segment: Segment, order: Sequence[int]) -> dict[int, int]:
    """Of each quotation the number of its paragraph; where they are not known, none follows upon another."""
    if not segment.paragraphs:
        return {quote: 2 * at for at, quote in enumerate(order)}
    return {quote: bisect_right(segment.paragraphs, segment.quotes[quote][0][0]) - 1 for quote in order}
