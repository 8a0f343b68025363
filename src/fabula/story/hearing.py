"""What of a quotation is not yet understood where a view ends: the "I" and "you" of words whose speaker is told behind them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence

from fabula.lexicons.gender import PRONOUN_PERSONS, Person
from fabula.records import Mention, MentionKind, Quote


def find_unheard(
    mentions: Sequence[Mention],
    text: str,
    quotes: Sequence[Quote],
    said: Collection[int],
    told: Collection[int],
    answered: Collection[int],
) -> set[int]:
    """The ids of each "I" in a quotation of which it is told later who says it, and of each "you" likewise, or to whom.

    text: what has been read; mentions: those in it, in text order. quotes: all. said: ids of those whose speaker is known in the
    end; told: of those whose speaker has been told by now; answered: of those of them of which it has been told to whom.
    """
    end = len(text)
    begun = [q for q in quotes if q.span.start < end]
    heard = {q.id for q in begun if q.id not in said or (q.id in told and q.span.end <= end)}
    first = min((q.span.start for q in begun if q.id in said and not (q.id in heard and q.id in answered)), default=end)
    late = [q for q in begun if q.span.end > first]
    unheard = set()
    for mention in mentions[bisect_left(mentions, first, key=lambda m: m.span.start) :]:
        person = PRONOUN_PERSONS.get(text[slice(*mention.span)].lower()) if mention.kind is MentionKind.PRONOUN else None
        if person not in (Person.I, Person.YOU):
            continue
        at = mention.span.start
        around = [(part.end - part.start, q.id) for q in late for part in q.parts if part.start <= at < part.end]
        quote = min(around)[1] if around else None
        if quote in said and not (quote in heard and (person is Person.I or quote in answered)):
            unheard.add(mention.id)
    return unheard
