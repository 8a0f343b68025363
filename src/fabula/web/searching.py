"""Search: people by their names, passages by their words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fabula.records import Character, Paragraph, Span
from fabula.story.cast import without_accents
from fabula.web.lens import Lens
from fabula.web.payloads import SearchAnswer

MOST_PEOPLE = 12  # of those who are found by a name
LONGEST_QUERY = 200  # code points; what is longer is cut


def describe_search(lens: Lens, query: str, offset: int, limit: int) -> SearchAnswer:
    """Who goes by these words, and which passages hold them all; "in quotation marks" they are looked for as they stand."""
    query = query[:LONGEST_QUERY]
    people = sorted(_find_people(lens, query), key=lambda c: lens.people[c.id].rank)
    found = lens.view.search(query)
    terms = list(_terms(query))
    shown = [lens.passage(_find_first(lens, p, terms)) for p in found[offset : offset + limit]]
    return SearchAnswer(tuple(lens.people[c.id] for c in people[:MOST_PEOPLE]), tuple(shown), len(found))


def _find_people(lens: Lens, query: str) -> list[Character]:
    """Those of whom some name has a word that begins with the last word of the query, and all the others before it."""
    wanted = without_accents(query)
    if not wanted:
        return []
    pattern = re.compile(rf"(?:^| ){re.escape(wanted)}")
    return [c for c in lens.view.cast if any(pattern.search(folded) for folded in lens.folded_names[c.id])]


def _terms(query: str) -> Iterator[list[str]]:
    """The words, and the phrases in quotation marks, each as folded words."""
    for index, piece in enumerate(re.sub("[“”„]", '"', query).split('"')):
        words = _WORD.findall(piece)
        yield from [[_fold(w) for w in words]] if index % 2 else ([_fold(w)] for w in words)


_WORD = re.compile(r"\w+")


def _fold(word: str) -> str:
    return without_accents(word).replace(" ", "")


def _find_first(lens: Lens, paragraph: Paragraph, terms: Sequence[Sequence[str]]) -> Span:
    """Where the first of the terms stands in a paragraph; its first word if that cannot be told."""
    text, start = lens.view.quote(paragraph.span), paragraph.span.start
    words = [(Span(start + m.start(), start + m.end()), _fold(m[0])) for m in _WORD.finditer(text)]
    for at in range(len(words)):
        for term in terms:
            if term and [folded for _, folded in words[at : at + len(term)]] == list(term):
                return Span(words[at][0].start, words[at + len(term) - 1][0].end)
    return words[0][0] if words else Span(start, start)
