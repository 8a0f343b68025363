"""Who is the same within one segment, from what the reading model says of it and of who speaks."""

from __future__ import annotations

from fabula.lexicons.gender import PRONOUN_PERSONS, Person
from fabula.neural.segments import Links, Reading, Segment
from fabula.readers.cast.coreference import cluster_mentions
from fabula.readers.cast.voices import find_speech_pairs

Pair = tuple[int, int, float]


def find_chains(segment: Segment, reading: Reading) -> list[list[int]]:
    """The chains of a segment: numbers of mentions, each in one chain."""
    same = list_pairs(reading.antecedents)
    scores = {(later, earlier): log_odds for later, earlier, log_odds in same}
    persons = [
        PRONOUN_PERSONS.get(segment.words[start].lower(), Person.UNKNOWN) if end == start + 1 else Person.UNKNOWN
        for start, end in zip(reading.starts.tolist(), reading.ends.tolist(), strict=True)
    ]
    quotes = _innermost(segment, reading.starts.tolist())
    for later, earlier, log_odds in find_speech_pairs(persons, quotes, list_pairs(reading.speakers), same):
        scores[later, earlier] = scores.get((later, earlier), 0.0) + log_odds
    return cluster_mentions(len(reading.starts), ((*pair, log_odds) for pair, log_odds in scores.items()))


def list_pairs(links: Links) -> list[Pair]:
    """Row, column, log-odds of every link."""
    return list(zip(links.rows.tolist(), links.columns.tolist(), links.log_odds.tolist(), strict=True))


def _innermost(segment: Segment, starts: list[int]) -> list[int]:
    """The shortest quotation that each of some words stands in, -1 for none."""
    within = [-1] * len(segment.words)
    parts = [(end - start, start, end, number) for number, parts in enumerate(segment.quotes) for start, end in parts]
    for _, start, end, number in sorted(parts, reverse=True):
        within[start:end] = [number] * (end - start)
    return [within[start] for start in starts]
