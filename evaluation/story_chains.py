"""How well the characters of a story agree with the chains of a text: coreference from file to story.

A chain of the story is what `mentions_of` gives of a character: all mentions of a person that lead to one, folded. A mention of a
person that leads to none is a chain by itself: somebody, mentioned once. Spans are compared exactly, in the story's own tokens, to
which the gold ones are moved letter by letter.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from evaluation.chained_texts import ChainedText
from evaluation.coreference import CoreferenceCounts, count_coreference
from evaluation.letters import Letters, align
from fabula.records import MentionType, Span
from fabula.story.story import StoryView
from training.corpora.alignment import TokenSpan

RATIOS: Mapping[str, Callable[[CoreferenceCounts], float]] = {
    "mentions: precision": lambda c: c.mentions.precision,
    "mentions: recall": lambda c: c.mentions.recall,
    "MUC F1": lambda c: c.muc.f1,
    "B3 precision": lambda c: c.b3.precision,
    "B3 recall": lambda c: c.b3.recall,
    "B3 F1": lambda c: c.b3.f1,
    "CEAFe F1": lambda c: c.ceafe.f1,
    "CoNLL": lambda c: c.conll,
}


@dataclass(frozen=True)
class Places:
    """Stretches of a text, and of the story that was made of it, in the story's tokens.

    text: what was given to be read; the story may have left some out, and written some otherwise.
    """

    text: str
    story: StoryView

    @cached_property
    def _ours(self) -> Letters:
        return Letters.of(self.story.text)

    @cached_property
    def _theirs(self) -> Letters:
        return Letters.of(self.text)

    @cached_property
    def _found(self) -> NDArray[np.int64]:
        """For each letter of the text its number in the story, -1 where it is not in it."""
        of_ours = align(self._theirs.folded, self._ours.folded)
        found = np.full(len(self._theirs), -1, np.int64)
        is_there = of_ours >= 0
        found[of_ours[is_there]] = np.flatnonzero(is_there)
        return found

    def of_text(self, span: Span) -> TokenSpan | None:
        """Where a stretch of the text stands; None where its first or last letter is not in the story."""
        letters = self._found[self._theirs.within(*span)]
        return self._cover(int(letters[0]), int(letters[-1])) if len(letters) and min(letters[0], letters[-1]) >= 0 else None

    def of_story(self, span: Span) -> TokenSpan | None:
        """Where a stretch of the story stands; None where it has no letter."""
        letters = self._ours.within(*span)
        return self._cover(letters.start, letters.stop - 1) if letters.start < letters.stop else None

    def _cover(self, first: int, last: int) -> TokenSpan | None:
        """The tokens from one letter to another."""
        start, end = (self.story.tokens.at(int(np.searchsorted(self._ours.before, letter + 1)) - 1) for letter in (first, last))
        return None if start is None or end is None else TokenSpan(start, end + 1)


def count_story(gold: ChainedText, story: StoryView, *, singletons: bool) -> CoreferenceCounts:
    """Score the story that was read from a text. singletons: whether chains of one mention count, on either side."""
    places = Places(gold.text, story)
    ours = place_chains(gold.chains, places.of_text, "of the text")
    theirs = place_chains(story_chains(story), places.of_story, "of the story")
    least = 1 if singletons else 2
    return count_coreference(*([chain for chain in chains if len(chain) >= least] for chains in (ours, theirs)))


def story_chains(story: StoryView) -> list[list[Span]]:
    """The mentions of every character that are of a person; each that has none is a chain by itself."""
    chains: dict[tuple[str, int], list[Span]] = {}
    for mention in story.mentions:
        if mention.type is MentionType.PERSON:
            of = ("mention", mention.id) if mention.character is None else ("character", mention.character)
            chains.setdefault(of, []).append(mention.span)
    return list(chains.values())


def place_chains(chains: Iterable[Iterable[Span]], place: Callable[[Span], TokenSpan | None], side: str) -> list[list[Hashable]]:
    """The chains by the places of their mentions, each place in one: a second mention there is none.

    What has no place is a mention that the other side cannot have.
    """
    taken: set[TokenSpan] = set()

    def placed(chain: Iterable[Span]) -> Iterator[Hashable]:
        for span in chain:
            where = place(span)
            if where is None:
                yield side, span
            elif where not in taken:
                taken.add(where)
                yield where

    return [list(placed(chain)) for chain in chains]
