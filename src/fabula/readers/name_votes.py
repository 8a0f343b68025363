"""What the reading model's mentions say of a name over the whole book: whether it is a person's, wherever it stands.

The model judges each place by itself, and errs here and there; a name is one thing all through a story, so the places vote.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from fabula.records import Mention, MentionKind, MentionType, Span

A_PERSON = 0.5  # share of a name's places from which it is a person's, whatever else is known
AS_THE_RULES_SAY = 0.15  # share from which it is one where the rules say so


@dataclass(slots=True)
class Votes:
    """Of the places of a name: those where the model sees a person's name, those where it sees another name, and all."""

    person: int = 0
    other: int = 0
    n: int = 0


def vote(places: Iterable[tuple[str, Span]], read: Sequence[Mention]) -> Mapping[str, Votes]:
    """Count for every name what the model sees in its places. places: the name, and where it stands. read: in text order."""
    names = [mention for mention in read if mention.kind is MentionKind.NAME]
    starts = [mention.span.start for mention in names]
    votes: dict[str, Votes] = defaultdict(Votes)
    for name, span in places:
        mine = votes[name]
        mine.n += 1
        found = _name_at(names, starts, span)
        if found is not None:
            mine.person += found.type is MentionType.PERSON
            mine.other += found.type is not MentionType.PERSON
    return votes


def _name_at(names: Sequence[Mention], starts: Sequence[int], span: Span) -> Mention | None:
    """The name that shares most with a stretch; the shortest of equals."""
    low = max(0, bisect_left(starts, span.start) - 3)  # one that begins before, a title's or an article's length
    best, most = None, (0, 0)
    for mention in names[low : bisect_right(starts, span.end)]:
        shared = min(mention.span.end, span.end) - max(mention.span.start, span.start)
        rank = (shared, -(mention.span.end - mention.span.start))
        if shared > 0 and rank > most:
            best, most = mention, rank
    return best


def settle(by_rules: Set[str], votes: Mapping[str, Votes]) -> frozenset[str]:
    """The names that are people's, by the rules and by the votes."""
    return frozenset(
        name
        for name, mine in votes.items()
        if mine.person >= A_PERSON * mine.n or (name in by_rules and mine.person >= AS_THE_RULES_SAY * mine.n)
    )


def names_without_capitals(read: Sequence[Mention], taken: Sequence[Span]) -> list[Mention]:
    """People's names of the model that share no character with what is taken: "lyndsey", "dad". taken: in text order."""
    starts = [span.start for span in taken]
    kept = []
    for mention in read:
        if mention.kind is MentionKind.NAME and mention.type is MentionType.PERSON:
            near = taken[max(0, bisect_left(starts, mention.span.start) - 1) : bisect_right(starts, mention.span.end)]
            if not any(mention.span.overlaps(span) for span in near):
                kept.append(mention)
    return kept
