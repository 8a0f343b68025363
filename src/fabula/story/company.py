"""Where people appear, and with whom: counted from their mentions, of whatever kind."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from fabula.records import Chapter, Mention, Paragraph


class Companion(NamedTuple):
    """Somebody who is mentioned in the same paragraphs: the character's id, and in how many."""

    character: int
    n_paragraphs: int


def count_presence(chapters: Sequence[Chapter], mentions: Sequence[Mention]) -> Mapping[int, tuple[int, ...]]:
    """For each character how often he or she is mentioned in each of the chapters; what stands before the first counts with it."""
    if not chapters:
        return {}
    starts = [chapter.span.start for chapter in chapters]
    presence: dict[int, list[int]] = {}
    for mention in mentions:
        if mention.character is not None:
            if mention.character not in presence:
                presence[mention.character] = [0] * len(chapters)
            presence[mention.character][max(0, bisect_right(starts, mention.span.start) - 1)] += 1
    return {character: tuple(counts) for character, counts in presence.items()}


def group_by_paragraph(paragraphs: Sequence[Paragraph], mentions: Sequence[Mention]) -> tuple[frozenset[int], ...]:
    """Who is mentioned in each of the paragraphs in which the story is told; those that mention nobody are left out."""
    told = [p.span for p in paragraphs if p.kind.is_prose]
    starts = [span.start for span in told]
    people: dict[int, set[int]] = {}
    for mention in mentions:
        if mention.character is not None:
            index = bisect_right(starts, mention.span.start) - 1
            if index >= 0 and mention.span.end <= told[index].end:
                people.setdefault(index, set()).add(mention.character)
    return tuple(frozenset(people[index]) for index in sorted(people))


def find_company(character: int, together: Sequence[Collection[int]], *, same: Collection[int] = ()) -> tuple[Companion, ...]:
    """Who is mentioned in the same paragraphs, those of most paragraphs first, then by id.

    together: the people of each paragraph. same: who is no company, being among the character, or having the character among
    them: a group and its members.
    """
    counts = Counter(other for present in together if character in present for other in present)
    ranked = sorted(counts.items(), key=lambda found: (-found[1], found[0]))
    return tuple(Companion(other, n) for other, n in ranked if other != character and other not in same)
